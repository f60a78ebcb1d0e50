"""What is published: the content of a results report, and the editions there are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from karvon import catalog
from karvon.queries.programme_description import describe
from karvon.queries.register import counting_facts, stored_files
from karvon.queries.results import certain_unreviewed, doubt_count, indicator_results, statement_results
from karvon.queries.results.figures import rule_of
from karvon.queries.results.rows import IndicatorResult
from karvon.records import models as records
from karvon.rules.counting.cells import disaggregate
from karvon.rules.counting.count import load_rule
from karvon.rules.counting.facts import Facts
from karvon.rules.places import find_place, find_sector
from karvon.rules.places.lookup import catalogue_places
from karvon.rules.programme import description as d
from karvon.rules.programme.text import Text
from karvon.rules.reporting import content as c
from karvon.rules.reporting.suppression import publishable


def results_report(programme: str) -> c.ResultsReport | None:
    """Everything the results report shows, as of the programme's own day; ``None`` for no such programme.

    It holds no participant's name and no contact data; cells below five are withheld.
    """
    described = describe(programme)
    if described is None:
        return None
    names = Names(described)
    results = indicator_results(programme)
    facts = counting_facts(programme)
    evidence = _evidence(programme, described)
    return c.ResultsReport(
        programme=_programme(described, names),
        contracts=tuple(_contract(one, names) for one in described.contracts),
        visits=tuple(
            _visit(visit, described, names)
            for visit in sorted(described.visits, key=lambda v: (v.period, v.key))
        ),
        results=tuple(_row(result) for result in results),
        notes=_notes(programme, evidence, facts),
        headline=next((result.key for result in results if result.measure == "people"), ""),
        rules=_rules(results),
        breakdowns=tuple(map(_largest_first, publishable(tuple(_breakdowns(described, facts, names))))),
        statements=tuple(_statements(programme)),
        advice=tuple(_advice(described, names)),
        proposals=tuple(_proposal(proposal, names) for proposal in described.proposals),
        members=tuple(_members(described, names)),
        evidence=evidence,
        documents=tuple(_documents(programme, described, "")),
        places=tuple(_further_places(described, names)),
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


def _rules(results: Sequence[IndicatorResult]) -> tuple[c.RuleNote, ...]:
    notes = {}
    for result in results:
        if result.rule and result.rule not in notes:
            rule = load_rule(result.rule, dict(result.parameters))
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


def _breakdowns(described: d.ProgrammeDescription, facts: Facts, names: Names) -> Iterable[c.Breakdown]:
    """The headline figure by sector, event, sex, region and organisation, small cells not yet withheld."""
    indicator = next((one for one in described.indicators if one.measure == "people"), None)
    if indicator is None:
        return
    rule = rule_of(indicator)
    events = {event.key: event.title for event in described.events}
    label: Mapping[c.BreakdownBy, Callable[[str], Text]] = {
        "sector": names.sector,
        "event": lambda key: events.get(key, Text()),
        "region": _region_name,
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
        found = disaggregate(rule, indicator.scope, facts, by=by)
        cells = tuple(
            c.Cell(key, Text() if value in ("several", "") else label[by](value), c.Figure.of(count))
            for value, count in found.items()
            if count.upper or value
            for key in (_cell_key(by, value),)
        )
        if any(cell.key != "not_stated" for cell in cells):
            yield c.Breakdown(
                by=by,
                cells=cells,
                total=c.Figure.of(found.total),
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


def _region_name(code: str) -> Text:
    """The region of an ISO 3166-2 code as it is called, else its town; the code where the catalogue has neither."""
    there = [place for place in catalogue_places().values() if place.region == code]
    there.sort(key=lambda place: place.kind != "region")
    return there[0].name if there else Text((("en", code),))


def _cell_key(by: str, key: str) -> str:
    if not key:
        return "not_stated"
    return {"m": "male", "f": "female"}.get(key, key) if by == "sex" else key


def _statements(programme: str) -> Iterable[c.JudgedStatement]:
    for one in statement_results(programme):
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
        if document.event == event and (event or document.kind != "scan"):
            yield c.EvidenceDocument(document.file, hashes[document.file], document.kind, document.title)


def _notes(programme: str, evidence: Sequence[c.EventEvidence], facts: Facts) -> c.CountingNotes:
    named: dict[tuple[str, date | None], set[str]] = {}
    for attendance in facts.attendances:
        if attendance.role == "participant" and attendance.status != "registered":
            person = facts.register.person_of.get(attendance.line, attendance.line)
            named.setdefault((attendance.event, attendance.day), set()).add(person)
    return c.CountingNotes(
        lines=sum(sheet.lines for one in evidence for sheet in one.sheets),
        certain_unseen=certain_unreviewed(programme),
        doubts_left=doubt_count(programme),
        decisions=records.Decision.objects.filter(programme__key=programme).count(),
        unnamed_heads=sum(
            max(0, heads - len(named.get((event.event, day), ())))
            for event in facts.events
            for day, heads in event.head_counts
        ),
        snapshot=records.Snapshot.objects.filter(programme__key=programme).count(),
    )


def _further_places(described: d.ProgrammeDescription, names: Names) -> Iterable[c.PlaceSeen]:
    """Where the lead sits, so that the map's routes have a beginning."""
    lead = next((one for one in described.organisations if one.key == described.programme.lead), None)
    place = names.place(lead.place) if lead and lead.place else None
    if place is not None:
        yield place


@dataclass(frozen=True, slots=True)
class EditionFileRow:
    language: str
    form: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A frozen report and its files."""

    number: int
    as_of: date
    made_at: datetime
    digest: str
    files: tuple[EditionFileRow, ...]


def latest_edition(programme: str) -> EditionRow | None:
    """The newest edition; ``None`` before the first report."""
    row = (
        records.Edition.objects.filter(programme__key=programme)
        .prefetch_related("files__stored")
        .order_by("-number")
        .first()
    )
    if row is None:
        return None
    files = (
        EditionFileRow(f.language, f.form, f.stored_id, f.stored.size, f.stored.media_type)
        for f in row.files.all()
    )
    return EditionRow(
        row.number,
        row.as_of,
        row.made_at,
        row.digest,
        tuple(sorted(files, key=lambda f: (f.language, f.form))),
    )
