"""What is published: the content of a results report, and the editions there are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from karvon import catalog
from karvon.queries.feedback import feedback_numbers
from karvon.queries.programme_description import describe
from karvon.queries.register import stored_files
from karvon.queries.results import Once, certain_unreviewed, indicator_results, statement_results
from karvon.queries.results.figures import (
    PEOPLE,
    Asking,
    contracts_of,
    recorded_figures,
    reference_figures,
    rule_of,
)
from karvon.queries.results.parts import PAID_FOR, region_name
from karvon.queries.results.rows import IndicatorResult
from karvon.queries.scores import score_limit, score_summaries
from karvon.records import models as records
from karvon.rules.attendance.scores import ScoreSummary
from karvon.rules.counting.cells import disaggregate
from karvon.rules.counting.count import count, load_rule
from karvon.rules.counting.doubts import open_doubts
from karvon.rules.counting.facts import Facts
from karvon.rules.places import find_place, find_sector
from karvon.rules.programme import description as d
from karvon.rules.programme.description import Scope
from karvon.rules.programme.scope import narrowed
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import ALWAYS, Period
from karvon.rules.reporting import content as c
from karvon.rules.reporting.figure import Figure
from karvon.rules.reporting.part import WHOLE, Part, part_of
from karvon.rules.reporting.suppression import publishable

TEMPLATES: Final = "documents/report-templates/"
"""Where in a programme the organisation's own Word files lie that reports are filled into; they prove nothing."""


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A Word file of the organisation's own, kept by its hash."""

    key: str
    name: str
    sha256: str
    size: int


def lines_in_use(programme: str) -> int:
    """How many lines a report of the whole programme speaks of."""
    return records.Line.objects.filter(programme__key=programme, retired_at__isnull=True).count()


def report_templates(programme: str) -> tuple[TemplateRow, ...]:
    """The programme's templates in the order they came."""
    rows = records.Document.objects.filter(programme__key=programme, path__startswith=TEMPLATES)
    return tuple(
        TemplateRow(row.key, row.path.removeprefix(TEMPLATES), row.stored_id, row.stored.size)
        for row in rows.select_related("stored").order_by("order", "id")
    )


def results_report(programme: str, part: Part = WHOLE) -> c.ResultsReport | None:
    """Everything the results report of this part shows, as of the programme's own day.

    ``None`` for no such programme or contract. It holds no participant's name and no contact data; cells below five
    are withheld, also those that a report of another contract, or of another period, would give away.
    """
    whole = describe(programme)
    if whole is None or (part.contract and part.contract not in {one.key for one in whole.contracts}):
        return None
    described, once = part_of(whole, part), Once(programme)
    names = Names(whole)
    results = indicator_results(programme, once=once) if not part else ()
    rows = tuple(_row(result) for result in results) or tuple(_part_rows(whole, described, part, once.facts))
    evidence = _evidence(programme, described)
    return c.ResultsReport(
        programme=_programme(described, names),
        contracts=tuple(_contract(one, names) for one in described.contracts),
        visits=tuple(
            _visit(visit, described, names)
            for visit in sorted(described.visits, key=lambda v: (v.period, v.key))
        ),
        results=rows,
        notes=_notes(programme, evidence, described, part, once),
        headline=next((row.key for row in rows if row.measure == "people"), ""),
        rules=_rules(described.indicators),
        breakdowns=tuple(map(_largest_first, _publishable(whole, part, once.facts, names))),
        statements=tuple(_statements(programme, described, once)),
        learning=tuple(_learning(programme, described)),
        advice=tuple(_advice(described, names)),
        proposals=tuple(_proposal(proposal, names) for proposal in described.proposals),
        members=tuple(_members(described, names)),
        evidence=evidence,
        documents=tuple(_documents(programme, described, "")),
        places=tuple(_further_places(whole, names)),
        part=part,
        further_contracts=tuple(_further(whole, described, rows, part, names)),
    )


def _learning(programme: str, described: d.ProgrammeDescription) -> Iterable[c.EventLearning]:
    """Events with tests or feedback that can be shown without pointing at anybody, in order of time."""
    events = {event.key: event for event in described.events}
    rows = list(records.Event.objects.filter(programme__key=programme, key__in=events))
    scores, feedback = score_summaries(rows), feedback_numbers([row.pk for row in rows])
    for row in sorted(rows, key=lambda row: (events[row.key].period, row.key)):
        tests, answers = scores[row.pk], feedback[row.pk]
        means = tuple((q.question, q.mean) for q in answers.questions if q.enough and q.mean is not None)
        learned = c.EventLearning(
            row.key,
            events[row.key].title,
            events[row.key].period,
            _tests(tests, score_limit(row)) if tests.enough else None,
            c.FeedbackResult(answers.answers, means) if answers.enough and means else None,
        )
        if learned.tests or learned.feedback:
            yield learned


def _tests(tests: ScoreSummary, out_of: Decimal) -> c.ScoreChange | None:
    if tests.mean_before is None or tests.mean_after is None or tests.mean_gain is None:
        return None
    return c.ScoreChange(
        tests.both, tests.gained, tests.mean_before, tests.mean_after, tests.mean_gain, out_of
    )


def _further(
    whole: d.ProgrammeDescription,
    described: d.ProgrammeDescription,
    rows: Sequence[c.ResultRow],
    part: Part,
    names: "Names",
) -> Iterable[c.ContractHead]:
    """The other contracts that pay for what is shown or count some of the people, by number and funder only."""
    if not part.contract:
        return
    shares = [share for visit in described.visits for share in visit.shares]
    shares += [share for event in described.events for share in event.shares or ()]
    sharing = {share.contract for share in shares}
    sharing |= {key for row in rows for one in row.overlaps for key in one.contracts}
    for one in whole.contracts:
        if one.key in sharing and one.key != part.contract:
            yield c.ContractHead(one.key, one.number, names.organisation(one.funder))


def _part_rows(
    whole: d.ProgrammeDescription, described: d.ProgrammeDescription, part: Part, facts: Facts
) -> Iterable[c.ResultRow]:
    """Every figure of the part, by the reference way of counting."""
    original = {indicator.key: indicator for indicator in whole.indicators}
    for indicator in described.indicators:
        scope = narrowed(original[indicator.key].scope, Scope(period=part.period)) or indicator.scope
        of_people = indicator.measure in PEOPLE
        contracts = contracts_of(whole, original[indicator.key].scope)
        if of_people:
            found = reference_figures(rule_of(indicator), scope, facts, contracts)
        elif indicator.measure in PAID_FOR:
            found = recorded_figures(replace(indicator, scope=scope), whole)
        elif indicator.measure == "contracts" and part.contract:
            continue
        else:
            found = recorded_figures(indicator, described)
        participations = None
        if indicator.measure == "people":
            participations = Figure.of(count(load_rule("participations"), indicator.scope, facts))
        yield _part_row(indicator, rule_of(indicator).id if of_people else "", found, part, participations)


def _part_row(
    indicator: d.Indicator,
    rule: str,
    found: Mapping[Asking, Figure],
    part: Part,
    participations: Figure | None,
) -> c.ResultRow:
    targets = {target.contract: target.value for target in indicator.targets}
    programme = found[Asking("programme")]
    own = {asking.first: figure for asking, figure in found.items() if asking.kind == "contract"}
    if part.contract:
        own = {part.contract: own.get(part.contract, programme)}
    return c.ResultRow(
        key=indicator.key,
        title=indicator.title,
        measure=indicator.measure,
        rule=rule,
        contracts=tuple(c.ContractFigure(key, figure, targets.get(key)) for key, figure in own.items()),
        overlaps=tuple(
            c.OverlapFigure((asking.first, asking.second), figure)
            for asking, figure in found.items()
            if asking.kind == "overlap"
            and (not part.contract or part.contract in (asking.first, asking.second))
        ),
        union=None if part.contract else found.get(Asking("union")),
        programme=None if part.contract else programme,
        participations=participations,
        baseline=indicator.baseline,
        target=None if part.contract else targets.get(""),
    )


def _publishable(
    whole: d.ProgrammeDescription, part: Part, facts: Facts, names: "Names"
) -> tuple[c.Breakdown, ...]:
    """The headline figure of the part broken down, with small cells withheld.

    A contract's cells are looked at beside those of the programme and of all its contracts, and a period's beside
    those of all time, so that no report gives away what another withholds.
    """
    if not part:
        return publishable(tuple(_breakdowns(whole, Scope(), facts, names)))

    def cut(contract: str, period: Period, mark: str) -> list[c.Breakdown]:
        scope = Part(contract, period).scope
        return [replace(one, contract=mark) for one in _breakdowns(whole, scope, facts, names)]

    beside = cut("", part.period, "")
    for contract in whole.contracts:
        beside += cut(contract.key, part.period, contract.key)
    shown = [one for one in publishable(beside) if one.contract == part.contract]
    if part.period != ALWAYS:
        over_time = publishable([*cut(part.contract, ALWAYS, ""), *cut(part.contract, part.period, "part")])
        shown = [
            _both_withheld(one, other)
            for one in shown
            for other in over_time
            if other.contract == "part" and other.by == one.by
        ]
    return tuple(shown)


def _both_withheld(one: c.Breakdown, other: c.Breakdown) -> c.Breakdown:
    """The breakdown with all cells withheld that either of the two withholds."""
    hidden = {cell.key for cell in other.cells if cell.figure is None}
    return replace(
        one,
        cells=tuple(replace(cell, figure=None) if cell.key in hidden else cell for cell in one.cells),
        total=None if other.total is None else one.total,
    )


@dataclass(frozen=True, slots=True)
class Names:
    """How the things of a programme are called, by their keys."""

    described: d.ProgrammeDescription

    def organisation(self, key: str) -> Text:
        return next((one.name for one in self.described.organisations if one.key == key), Text())

    def sector(self, code: str) -> Text:
        sector = find_sector(code)
        return sector.name if sector else Text((("en", code),))

    def sectors(self, codes: Iterable[str]) -> tuple[Text, ...]:
        return tuple(self.sector(code) for code in codes)

    def place(self, key: str) -> c.PlaceSeen | None:
        own = next((place for place in self.described.places if place.key == key), None)
        if own is not None:
            return c.PlaceSeen(key, own.name, own.country, own.latitude, own.longitude)
        known = find_place(key)
        return (
            c.PlaceSeen(known.key, known.name, known.country, known.latitude, known.longitude)
            if known
            else None
        )

    def place_name(self, key: str) -> Text:
        place = self.place(key)
        return place.name if place else Text((("en", key),) if key else ())

    def facility(self, key: str) -> Text:
        return next((one.name for one in self.described.facilities if one.key == key), Text())


def _programme(described: d.ProgrammeDescription, names: Names) -> c.ProgrammeHead:
    programme = described.programme
    return c.ProgrammeHead(
        key=programme.key,
        title=programme.title,
        period=programme.period,
        as_of=as_of(described),
        lead=names.organisation(programme.lead),
        summary=programme.summary,
        home_country=programme.home_country,
        partner_countries=programme.partner_countries,
        fictitious=programme.fictitious,
    )


def as_of(described: d.ProgrammeDescription) -> date:
    """The day the facts were last true: as stated, else the latest day anything in the programme happened."""
    days = [visit.period.ends for visit in described.visits] + [described.programme.period.ends]
    return described.programme.as_of or max((day for day in days if day), default=date(1970, 1, 1))


def _contract(contract: d.Contract, names: Names) -> c.ContractHead:
    return c.ContractHead(
        key=contract.key,
        number=contract.number,
        funder=names.organisation(contract.funder),
        title=contract.title,
        period=contract.period,
        budget=contract.budget,
        acknowledgement=contract.acknowledgement,
    )


def _visit(visit: d.Visit, described: d.ProgrammeDescription, names: Names) -> c.VisitHead:
    delegates = [one for one in described.delegates if one.visit == visit.key]
    events = [event for event in described.events if event.visit == visit.key]
    return c.VisitHead(
        key=visit.key,
        direction=visit.direction,
        title=visit.title,
        period=visit.period,
        places=tuple(place for key in visit.places if (place := names.place(key))),
        purpose=visit.purpose,
        sectors=names.sectors(visit.sectors),
        shares=visit.shares,
        host=names.organisation(visit.host),
        experts=(len(delegates) if visit.direction == "incoming" else len(visit.experts)) or None,
        events=tuple(
            _event(event, visit, names)
            for event in sorted(events, key=lambda event: (event.period, event.key))
        ),
    )


def _event(event: d.Event, visit: d.Visit, names: Names) -> c.EventHead:
    shares = visit.shares if event.shares is None else event.shares
    return c.EventHead(
        key=event.key,
        kind=event.kind,
        title=event.title,
        period=event.period,
        place=names.place_name(event.place) if event.place else Text(),
        facility=names.facility(event.facility),
        sectors=names.sectors(event.sectors),
        contracts=tuple(share.contract for share in shares),
        hours=event.hours,
    )


def _row(result: IndicatorResult) -> c.ResultRow:
    targets = {target.contract: target.value for target in result.targets}
    figures = {one.contract: one.figure for one in result.by_contract}
    return c.ResultRow(
        key=result.key,
        title=result.title,
        measure=result.measure,
        rule=result.rule,
        contracts=tuple(
            c.ContractFigure(contract, figures.get(contract), targets.get(contract))
            for contract in dict.fromkeys((*figures, *(contract for contract in targets if contract)))
        ),
        overlaps=tuple(c.OverlapFigure((one.first, one.second), one.figure) for one in result.overlaps),
        union=result.union,
        programme=result.figure,
        participations=result.participations,
        baseline=result.baseline,
        target=targets.get(""),
    )


def _rules(indicators: Sequence[d.Indicator]) -> tuple[c.RuleNote, ...]:
    notes: dict[str, c.RuleNote] = {}
    for indicator in indicators:
        rule = rule_of(indicator) if indicator.measure in PEOPLE else None
        if rule and rule.id not in notes:
            data = catalog.load(f"counting_rules/{rule.id}")
            notes[rule.id] = c.RuleNote(
                id=rule.id,
                version=rule.version,
                name=Text.of(data["name"]),
                sentence=Text.of(data["sentence"]),
                facts=rule.parameters,
                source=rule.source,
                verified=rule.verified,
            )
    return tuple(notes.values())


def _breakdowns(
    described: d.ProgrammeDescription, part: Scope, facts: Facts, names: Names
) -> Iterable[c.Breakdown]:
    """The headline figure of the part by sector, event, sex, region and organisation, small cells not yet withheld."""
    indicator = next((one for one in described.indicators if one.measure == "people"), None)
    scope = narrowed(indicator.scope, part) if indicator else None
    if indicator is None or scope is None:
        return
    rule = rule_of(indicator)
    events = {event.key: event.title for event in described.events}
    label: Mapping[c.BreakdownBy, Callable[[str], Text]] = {
        "sector": names.sector,
        "event": lambda key: events.get(key, Text()),
        "region": region_name,
        "organisation": names.organisation,
        "sex": lambda key: Text(),
    }
    kinds: tuple[Literal["sector", "event", "sex", "region", "organisation"], ...] = (
        "sector",
        "event",
        "sex",
        "region",
        "organisation",
    )
    for by in kinds:
        found = disaggregate(rule, scope, facts, by=by)
        cells = tuple(
            c.Cell(key, Text() if value in ("several", "") else label[by](value), Figure.of(count))
            for value, count in found.items()
            if count.upper or value
            for key in (_cell_key(by, value),)
        )
        if any(cell.key != "not_stated" for cell in cells):
            yield c.Breakdown(
                by=by,
                cells=cells,
                total=Figure.of(found.total),
                indicator=indicator.key,
                exclusive=found.exclusive,
            )


def _largest_first(breakdown: c.Breakdown) -> c.Breakdown:
    """Regions and organisations by size. Withheld cells come after, in their old order, which tells no size."""
    if breakdown.by not in ("region", "organisation"):
        return breakdown

    def place(cell: c.Cell) -> tuple[bool, bool, int]:
        return (
            cell.key in ("several", "not_stated"),
            cell.figure is None,
            -(cell.figure.best if cell.figure else 0),
        )

    return replace(breakdown, cells=tuple(sorted(breakdown.cells, key=place)))


def _cell_key(by: str, key: str) -> str:
    if not key:
        return "not_stated"
    return {"m": "male", "f": "female"}.get(key, key) if by == "sex" else key


def _statements(programme: str, described: d.ProgrammeDescription, once: Once) -> Iterable[c.JudgedStatement]:
    wanted = {statement.key for statement in described.statements}
    for one in statement_results(programme, once=once) if wanted else ():
        if one.key not in wanted:
            continue
        yield c.JudgedStatement(
            key=one.key,
            text=one.text,
            comparator=one.comparator,
            number=one.number,
            judgement=one.verdict,
            figure=one.figure,
            indicator=one.indicator_title,
            settled_by=len(one.settling),
            published_in=one.published_in,
            published_on=one.published_on,
        )


def _advice(described: d.ProgrammeDescription, names: Names) -> Iterable[c.AdviceGroup]:
    events = {event.key: event for event in described.events}
    observations = {one.key: one for one in described.observations}

    def seen_at(key: str) -> Text:
        observation = observations[key]
        return names.facility(observation.facility) or events[observation.event].title

    for group in described.recommendation_groups:
        yield c.AdviceGroup(
            group.key,
            group.title,
            tuple(
                c.Advice(
                    key=one.key,
                    title=one.title,
                    text=one.text,
                    addressee=names.organisation(one.addressee),
                    priority=one.priority,
                    observed=tuple(dict.fromkeys(map(seen_at, one.observations))),
                    given_on=one.given_on,
                    response_due=one.response_due,
                    response_status=one.response_status,
                    response=one.response,
                    responded_on=one.responded_on,
                    actions=tuple(
                        c.ActionTaken(
                            text=action.text,
                            owner=names.organisation(action.owner),
                            due=action.due,
                            completed_on=action.completed_on,
                            verified_by=_who_verified(action.verified_by, names),
                        )
                        for action in described.action_points
                        if action.recommendation == one.key
                    ),
                )
                for one in described.recommendations
                if one.group == group.key
            ),
        )


def _who_verified(written: str, names: Names) -> Text:
    """An organisation's name where the key of one was written; an expert is not named in a report."""
    if any(expert.key == written for expert in names.described.experts):
        return Text()
    return names.organisation(written) or Text((("", written),) if written else ())


def _proposal(proposal: d.Proposal, names: Names) -> c.ProposalHead:
    return c.ProposalHead(
        key=proposal.key,
        title=proposal.title,
        stage=proposal.stage,
        stage_on=proposal.stage_on,
        summary=proposal.summary,
        owner=names.organisation(proposal.owner),
        place=names.place_name(proposal.place) if proposal.place else Text(),
        sectors=names.sectors(proposal.sectors),
        cost=proposal.cost,
        funding_sought=proposal.funding_sought,
        advice=proposal.recommendations,
    )


def _members(described: d.ProgrammeDescription, names: Names) -> Iterable[c.MemberCompany]:
    home = {expert.key: expert.organisation for expert in described.experts}
    for membership in described.memberships:
        if membership.organisation != described.programme.lead:
            continue
        visits = tuple(
            visit.key
            for visit in described.visits
            if any(home.get(expert) == membership.member for expert in visit.experts)
        )
        if visits:
            yield c.MemberCompany(names.organisation(membership.member), visits)


def _evidence(programme: str, described: d.ProgrammeDescription) -> tuple[c.EventEvidence, ...]:
    lines: dict[str, int] = {}
    for key in records.Line.objects.filter(
        programme__key=programme, sheet__isnull=False, retired_at__isnull=True
    ).values_list("sheet__key", flat=True):
        lines[str(key)] = lines.get(str(key), 0) + 1
    hashes = stored_files(programme)
    found = []
    for event in sorted(described.events, key=lambda event: (event.period, event.key)):
        sheets = tuple(
            c.EvidenceSheet(
                file=sheet.file,
                sha256=hashes[sheet.file],
                lines=lines.get(sheet.key, 0),
                table=sheet.table,
                day=sheet.day,
                role=sheet.role,
                scan=c.ScanOfSheet(sheet.scan, hashes[sheet.scan], sheet.pages) if sheet.scan else None,
            )
            for sheet in described.sheets
            if sheet.event == event.key
        )
        documents = tuple(_documents(programme, described, event.key, hashes=hashes))
        if sheets or documents:
            found.append(c.EventEvidence(event.key, sheets, documents))
    return tuple(found)


def _documents(
    programme: str, described: d.ProgrammeDescription, event: str, *, hashes: Mapping[str, str] | None = None
) -> Iterable[c.EvidenceDocument]:
    hashes = stored_files(programme) if hashes is None else hashes
    for document in described.documents:
        if document.file.startswith(TEMPLATES):
            continue
        if document.event == event and (event or document.kind != "scan"):
            yield c.EvidenceDocument(document.file, hashes[document.file], document.kind, document.title)


def _notes(
    programme: str,
    evidence: Sequence[c.EventEvidence],
    described: d.ProgrammeDescription,
    part: Part,
    once: Once,
) -> c.CountingNotes:
    facts, held = once.facts, {event.key for event in described.events}
    lines: set[str] = set()
    named: dict[tuple[str, date | None], set[str]] = {}
    for attendance in facts.attendances:
        if attendance.event in held:
            lines.add(attendance.line)
        if attendance.role == "participant" and attendance.status != "registered":
            person = facts.register.person_of.get(attendance.line, attendance.line)
            named.setdefault((attendance.event, attendance.day), set()).add(person)
    doubts = open_doubts(facts.register)
    decisions = records.Decision.objects.filter(programme__key=programme).values_list("a_id", "b_id")
    return c.CountingNotes(
        lines=sum(sheet.lines for one in evidence for sheet in one.sheets),
        certain_unseen=certain_unreviewed(programme, part.scope if part else None, once=once),
        doubts_left=sum(not part or any(a in lines or b in lines for a, b in pairs) for pairs in doubts),
        decisions=sum(not part or a in lines or b in lines for a, b in decisions),
        unnamed_heads=sum(
            max(0, heads - len(named.get((event.event, day), ())))
            for event in facts.events
            for day, heads in event.head_counts
            if event.event in held and part.period.holds(day)
        ),
        snapshot=records.Snapshot.objects.filter(programme__key=programme).count(),
    )


def _further_places(described: d.ProgrammeDescription, names: Names) -> Iterable[c.PlaceSeen]:
    """Where the lead sits, so that the map's routes have a beginning."""
    lead = next((one for one in described.organisations if one.key == described.programme.lead), None)
    place = names.place(lead.place) if lead and lead.place else None
    if place is not None:
        yield place
