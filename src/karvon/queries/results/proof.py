"""What proves a figure: the people it counts, their lines, and the lines it leaves out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from karvon.queries.results.figures import PEOPLE, rule_of
from karvon.queries.results.once import NOBODY, Once
from karvon.queries.results.parts import EVERYTHING, Dimension, Narrowing
from karvon.queries.results.rows import CountedPerson, LeftOutLine, Page, ProofLine
from karvon.records import models as records
from karvon.rules.counting.cell_members import cell_members
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.members import members
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import see
from karvon.rules.names.search import query_keys
from karvon.rules.programme import description as d
from karvon.rules.programme.description import Scope
from karvon.rules.programme.scope import narrowed
from karvon.rules.programme.text import Text


def proof_lines(
    lines: Iterable[str], *, events: Sequence[str] | None = None
) -> dict[str, tuple[ProofLine, ...]]:
    """The proof of each line: one per event it was seen at, in order of time; only at ``events`` where given.

    Lines of the programme's own lists have one without an event. Two SQL statements for any number of lines.
    """
    wanted = list(lines)
    found: dict[str, list[ProofLine]] = {}
    shown = records.Line.objects.filter(id__in=wanted).select_related(
        "payload", "sheet__event", "sheet__scan", "delegate", "expert"
    )
    seen: dict[str, dict[str, list[records.Attendance]]] = {}
    attendances = records.Attendance.objects.filter(line__in=wanted).select_related("event").order_by("day")
    for attendance in attendances:
        seen.setdefault(attendance.line_id, {}).setdefault(attendance.event.key, []).append(attendance)
    for row in shown:
        at = seen.get(row.id, {})
        found[row.id] = [
            _proof_line(row, key, of) for key, of in at.items() if events is None or key in events
        ] or ([_proof_line(row, "", [])] if not at and events is None else [])
    return {line: tuple(proofs) for line, proofs in found.items()}


def _proof_line(row: records.Line, event: str, attendances: Sequence[records.Attendance]) -> ProofLine:
    body = row.payload.body or {}
    sheet = row.sheet
    first = attendances[0] if attendances else None
    return ProofLine(
        line=row.id,
        name=body.get("name", ""),
        organisation=body.get("cells", {}).get("organisation", ""),
        event=event,
        event_title=first.event.title if first else Text(),
        days=tuple(a.day for a in attendances if a.day is not None),
        sheet=sheet.key if sheet else "",
        path=sheet.path if sheet else "",
        table=row.table,
        row=row.row if sheet else None,
        page=row.page,
        sha256=sheet.stored_id if sheet else "",
        scan_path=sheet.scan_path if sheet else "",
        scan_sha256=(sheet.scan_id or "") if sheet else "",
        role=first.role
        if first
        else (row.expert.role if row.expert else row.delegate.role if row.delegate else ""),
        status=first.status if first else "",
        signed=first.signed if first else None,
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of a figure, as `karvon.queries.results.parts` names it."""

    by: Dimension
    value: str


def counted_people(
    programme: str,
    indicator: str,
    *,
    contract: str | None = None,
    narrowing: Narrowing | None = None,
    cell: Cell | None = None,
    contains: str = "",
    page: int = 1,
    size: int = 50,
    once: Once | None = None,
) -> tuple[tuple[CountedPerson, ...], Page]:
    """Who a figure counts in its likeliest grouping, by the name shown, with the lines that make them count.

    ``contract``: only those counted under it. ``narrowing`` and ``cell``: only those of this part of the figure,
    which are as many as `parts` counts. ``contains``: only those some spelling of these words names. The number
    of SQL statements depends on neither people nor lines.
    """
    once = once or Once(programme)
    described = once.indicator(indicator)
    if described is None or described.measure not in PEOPLE:
        return (), Page(max(1, page), size, 0)
    if narrowing and cell is None and narrowing == Narrowing(contract=narrowing.contract):
        contract, narrowing = narrowing.contract, None  # who is counted under a contract is kept
    rule, scope = rule_of(described), _scope_of(described, contract, narrowing, cell)
    if scope is None:
        return (), Page(max(1, page), size, 0)
    people = records.Person.objects.filter(programme__key=programme)
    seen: dict[str, frozenset[tuple[str, str]]] | None = None
    if narrowing or cell or rule.counts != "people":
        seen = _seen_in(rule, scope, once.facts, cell)
    else:
        people = _standing(programme, indicator, contract)
    if contains.strip():
        people = people.filter(id__in=_named(programme, contains))
    people = people.order_by("filed_under", "id")
    if seen is None:
        total = people.count()
        wanted = Page(number=max(1, page), size=size, total=total)
        start = (wanted.number - 1) * size
        rows = list(people.select_related("shown__payload")[start : start + size])
    else:
        # a database takes only so many values in one statement, and a figure may count more people than that
        ids = [person for person in people.values_list("id", flat=True) if person in seen]
        wanted = Page(number=max(1, page), size=size, total=len(ids))
        shown = ids[(wanted.number - 1) * size : wanted.number * size]
        by_id = records.Person.objects.select_related("shown__payload").in_bulk(shown)
        rows = [by_id[person] for person in shown]
    return _with_proof(programme, rows, rule, scope, seen, once), wanted


def rows_counted(
    programme: str,
    indicator: str,
    *,
    narrowing: Narrowing | None = None,
    cell: Cell | None = None,
    once: Once | None = None,
) -> Mapping[str, frozenset[tuple[str, str]]]:
    """Person -> the (line, event) pairs behind a figure or a part of it; of people as many as the figure says.

    The same selection as `counted_people`, all of it at once, in a number of SQL statements that does not grow.
    """
    once = once or Once(programme)
    described = once.indicator(indicator)
    contract = None
    if narrowing and cell is None and narrowing == Narrowing(contract=narrowing.contract):
        contract, narrowing = narrowing.contract, None  # a contract counts by itself, as its column does
    scope = _scope_of(described, contract, narrowing, cell) if described else None
    if described is None or described.measure not in PEOPLE or scope is None:
        return {}
    rule = rule_of(described)
    sightings = see(rule, scope, once.facts).by_line
    sure = {(line, s.event.event) for line, of in sightings.items() for s in of if s.sure}
    return {person: pairs & sure for person, pairs in _seen_in(rule, scope, once.facts, cell).items()}


def _scope_of(
    indicator: d.Indicator, contract: str | None, narrowing: Narrowing | None, cell: Cell | None
) -> Scope | None:
    """What is counted; a contract counts by itself, so that it is a scope and no part of one."""
    scope = narrowed(indicator.scope, (narrowing or EVERYTHING).scope)
    if cell is not None and cell.by == "contract":
        contract = cell.value
    if scope is None or not contract:
        return scope
    return replace(scope, contracts=(contract,))


def _seen_in(
    rule: Rule, scope: Scope, facts: Facts, cell: Cell | None
) -> dict[str, frozenset[tuple[str, str]]]:
    """Person -> the (line, event) pairs that put them into the part."""
    if cell is None or cell.by == "contract":
        return {
            one.person: frozenset((line, event) for line in one.lines for event in one.events)
            for one in members(rule, scope, facts)
        }
    found = cell_members(rule, scope, facts, by=cell.by, value=cell.value)
    return {one.person: frozenset(one.seen) for one in found}


def _with_proof(
    programme: str,
    rows: Sequence[records.Person],
    rule: Rule,
    scope: Scope,
    seen: Mapping[str, frozenset[tuple[str, str]]] | None,
    once: Once,
) -> tuple[CountedPerson, ...]:
    of_person: dict[str, list[str]] = {row.id: [] for row in rows}
    links = records.Link.objects.filter(person__in=of_person).values_list("line_id", "person_id")
    for line, person in links:
        of_person[person].append(line)
    held = {line for lines in of_person.values() for line in lines}
    sightings = see(rule, scope, once.facts_of(held)).by_line
    sure = {line: {s.event.event for s in of if s.sure} for line, of in sightings.items()}
    if seen is not None:
        kept = {pair for row in rows for pair in seen[row.id]}
        sure = {line: {event for event in of if (line, event) in kept} for line, of in sure.items()}
    proofs = proof_lines(line for line in sure if sure[line])
    return tuple(
        CountedPerson(
            person=row.id,
            shown_name=((row.shown.payload.body or {}).get("name", "") if row.shown else ""),
            lines=tuple(
                proof
                for line in sorted(of_person[row.id], key=lambda line: _first_day(proofs.get(line, ())))
                for proof in proofs.get(line, ())
                if proof.event in sure[line]
            ),
        )
        for row in rows
    )


def _first_day(proofs: Sequence[ProofLine]) -> tuple[date, str]:
    return (
        min(((proof.days or (date.max,))[0], proof.sheet) for proof in proofs) if proofs else (date.max, "")
    )


def _standing(programme: str, indicator: str, contract: str | None) -> QuerySet[records.Person]:
    standings = records.Standing.objects.filter(indicator__programme__key=programme, indicator__key=indicator)
    if contract is None:
        standings = standings.filter(by_programme=True)
    else:
        ids = records.Contract.objects.filter(programme__key=programme, key=contract).values_list(
            "id", flat=True
        )
        under = [f",{row}," for row in ids]
        standings = standings.filter(under__contains=under[0]) if under else standings.none()
    return records.Person.objects.filter(id__in=standings.values("person"))


def _named(programme: str, words: str) -> QuerySet[records.Link]:
    """People of whom one line answers to every word, whatever the spelling."""
    keys = records.NameKey.objects.filter(programme__key=programme, line__isnull=False)
    lines = records.Line.objects.filter(programme__key=programme)
    for alternatives in query_keys(words):
        any_of = Q()
        for alternative in alternatives:
            any_of |= Q(key__startswith=alternative)
        lines = lines.filter(id__in=keys.filter(any_of).values("line"))
    return records.Link.objects.filter(line__in=lines).values("person")  # type: ignore[return-value]  # a subquery


def left_out(
    programme: str, indicator: str, *, page: int = 1, size: int = 50, once: Once | None = None
) -> tuple[tuple[LeftOutLine, ...], Page]:
    """The lines of the figure's events that it does not count, each with the reason, in order of line."""
    once = once or Once(programme)
    described = once.indicator(indicator)
    if described is None or described.measure not in PEOPLE:
        return (), Page(1, size, 0)
    left = see(rule_of(described), described.scope, replace(once.facts, register=NOBODY)).left_out
    once_each = sorted(
        {(one.event, one.line): one for one in left}.values(),
        key=lambda one: (one.event, one.reason, one.line),
    )
    wanted = Page(number=max(1, page), size=size, total=len(once_each))
    shown = once_each[(wanted.number - 1) * size : wanted.number * size]
    proofs = proof_lines({one.line for one in shown})
    return tuple(
        LeftOutLine(proof, one.reason)
        for one in shown
        for proof in proofs.get(one.line, ())
        if proof.event == one.event
    ), wanted
