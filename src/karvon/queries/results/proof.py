"""What proves a figure: the people it counts, their lines, and the lines it leaves out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q, QuerySet

from karvon.queries.programme_description import describe
from karvon.queries.register import (
    attendances_of,
    counting_events,
    counting_facts,
)
from karvon.queries.results.figures import PEOPLE, rule_of
from karvon.queries.results.rows import CountedPerson, LeftOutLine, Page, ProofLine
from karvon.records import models as records
from karvon.rules.counting.cells import By, disaggregate
from karvon.rules.counting.facts import Facts, Register
from karvon.rules.counting.scope import see
from karvon.rules.names.search import query_keys
from karvon.rules.programme import description as d
from karvon.rules.programme.text import Text
from karvon.rules.reporting.content import Figure

NOBODY = Register({})


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


def _indicator(programme: str, key: str) -> d.Indicator | None:
    description = describe(programme)
    return next((i for i in description.indicators if i.key == key), None) if description else None


def counted_people(
    programme: str,
    indicator: str,
    *,
    contract: str | None = None,
    contains: str = "",
    page: int = 1,
    size: int = 50,
) -> tuple[tuple[CountedPerson, ...], Page]:
    """Who a figure counts in its likeliest grouping, by the name shown, with the lines that make them count.

    ``contract``: only those counted under it. ``contains``: only those some spelling of these words names.
    """
    people = _standing(programme, indicator, contract)
    if contains.strip():
        people = people.filter(id__in=_named(programme, contains))
    total = people.count()
    wanted = Page(number=max(1, page), size=size, total=total)
    start = (wanted.number - 1) * size
    rows = list(
        people.select_related("shown__payload").order_by("shown__payload__body__name", "id")[
            start : start + size
        ]
    )
    described = _indicator(programme, indicator)
    if described is None or described.measure not in PEOPLE:
        return (), replace(wanted, total=0)
    scope = replace(described.scope, contracts=(contract,)) if contract else described.scope
    of_person: dict[str, list[str]] = {row.id: [] for row in rows}
    links = records.Link.objects.filter(person__in=of_person).values_list("line_id", "person_id")
    for line, person in links:
        of_person[person].append(line)
    held = [line for lines in of_person.values() for line in lines]
    facts = Facts(attendances_of(programme, lines=held), counting_events(programme), NOBODY)
    sightings = see(rule_of(described), scope, facts).by_line
    sure = {line: {s.event.event for s in of if s.sure} for line, of in sightings.items()}
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
    ), wanted


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
    programme: str, indicator: str, *, page: int = 1, size: int = 50
) -> tuple[tuple[LeftOutLine, ...], Page]:
    """The lines of the figure's events that it does not count, each with the reason, in order of line."""
    described = _indicator(programme, indicator)
    if described is None or described.measure not in PEOPLE:
        return (), Page(1, size, 0)
    facts = Facts(attendances_of(programme), counting_events(programme), NOBODY)
    left = see(rule_of(described), described.scope, facts).left_out
    once = sorted(
        {(one.event, one.line): one for one in left}.values(),
        key=lambda one: (one.event, one.reason, one.line),
    )
    wanted = Page(number=max(1, page), size=size, total=len(once))
    shown = once[(wanted.number - 1) * size : wanted.number * size]
    proofs = proof_lines({one.line for one in shown})
    return tuple(
        LeftOutLine(proof, one.reason)
        for one in shown
        for proof in proofs.get(one.line, ())
        if proof.event == one.event
    ), wanted


def cells(programme: str, indicator: str, by: By, *, facts: Facts | None = None) -> dict[str, Figure]:
    """The figure broken down: value -> figure, with ``several`` and '' (not stated); not suppressed."""
    described = _indicator(programme, indicator)
    if described is None or described.measure not in PEOPLE:
        return {}
    facts = facts or counting_facts(programme)
    return {
        value: Figure.of(found)
        for value, found in disaggregate(rule_of(described), described.scope, facts, by=by).items()
    }
