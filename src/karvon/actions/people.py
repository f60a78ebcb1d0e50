"""Linking lines to people: resolving the register, keeping links, decisions and snapshots."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from karvon.actions.inserting import insert_rows, measure_tables
from karvon.actions.journal import COMMAND, Actor, new_id, save_payload, write_entry
from karvon.actions.results import refresh_standings
from karvon.files.programme_folder import RegisterFiles
from karvon.queries.register import (
    RegisterLine,
    current_snapshot,
    identity_line,
    people_of_lines,
    register_lines,
    same_by_definition,
    standing_decisions,
)
from karvon.records import models as records
from karvon.rules.identity.line import Decision, Resolution, Snapshot, Verdict
from karvon.rules.identity.resolve import resolve, take_snapshot
from karvon.rules.problems import Place, Problem, Refused


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is who among these lines, with the person each line belongs to."""

    lines: tuple[RegisterLine, ...]
    resolution: Resolution
    person_of: dict[str, str]

    @property
    def snapshot(self) -> Snapshot:
        return self.resolution.snapshot

    @property
    def roster(self) -> list[RegisterLine]:
        """The lines of the programme's own lists."""
        return [line for line in self.lines if line.source.startswith(("expert:", "delegate:"))]

    @property
    def person_of_source(self) -> dict[str, str]:
        """``expert:<key>`` and ``delegate:<key>`` -> person."""
        return {line.source: self.person_of[line.line] for line in self.roster}


def resolve_register(
    programme: str,
    *,
    lines: Sequence[RegisterLine],
    snapshot: Snapshot | None,
    brought: RegisterFiles | None = None,
) -> Resolved:
    """Link these lines under the decisions that stand; writes nothing.

    Without a snapshot the first one is taken of these lines. A person keeps its id: a group takes the id most
    of its lines had, then the smallest; an id is given once.
    """
    identity_lines = [identity_line(line) for line in lines]
    if snapshot is None:
        snapshot = take_snapshot(identity_lines, number=1)
    present = {line.line for line in lines}
    decisions = {
        (one.a, one.b): one for one in (*_brought_decisions(brought), *standing_decisions(programme))
    }
    standing = [one for pair, one in sorted(decisions.items()) if present >= set(pair)]
    resolution = resolve(identity_lines, decisions=[*standing, *same_by_definition(lines)], snapshot=snapshot)
    before = people_of_lines(programme) or {
        line.line: line.person for line in (brought.lines if brought else ()) if line.person
    }
    return Resolved(tuple(lines), resolution, _keep_ids(resolution.groups, before))


def _brought_decisions(brought: RegisterFiles | None) -> list[Decision]:
    latest = {(one.a, one.b): one.verdict for one in (brought.decisions if brought else ())}
    return [Decision(a, b, verdict) for (a, b), verdict in latest.items() if verdict != "undone"]


def _keep_ids(groups: Sequence[tuple[str, ...]], before: dict[str, str]) -> dict[str, str]:
    claims: list[tuple[int, str, int]] = []
    for index, group in enumerate(groups):
        held: dict[str, int] = {}
        for line in group:
            if line in before:
                held[before[line]] = held.get(before[line], 0) + 1
        claims += [(-lines, person, index) for person, lines in held.items()]
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, person, index in sorted(claims):
        if index not in given and person not in taken:
            given[index] = person
            taken.add(person)
    return {
        line: person
        for index, group in enumerate(groups)
        for person in (given.get(index) or new_id(),)
        for line in group
    }


def keep_snapshot(programme: records.Programme, snapshot: Snapshot) -> None:
    """Keep the snapshot under its number; one that is kept already stays as it is."""
    if not records.Snapshot.objects.filter(programme=programme, number=snapshot.number).exists():
        records.Snapshot.objects.create(
            programme=programme, number=snapshot.number, payload=save_payload(snapshot.tables)
        )


def keep_decisions(programme: records.Programme, brought: RegisterFiles | None) -> None:
    """Keep the decisions a folder brings along, each once, with who decided and when."""
    if brought is None:
        return
    known = {
        (row.a_id, row.b_id, row.verdict, row.at)
        for row in records.Decision.objects.filter(programme=programme)
    }
    lines = set(records.Line.objects.filter(programme=programme).values_list("id", flat=True))
    records.Decision.objects.bulk_create(
        records.Decision(
            programme=programme,
            a_id=one.a,
            b_id=one.b,
            verdict=one.verdict,
            at=one.at,
            by_name=one.by,
            reason=one.reason,
        )
        for one in brought.decisions
        if (one.a, one.b, one.verdict, one.at) not in known and {one.a, one.b} <= lines
    )


def write_links(programme: records.Programme, resolved: Resolved) -> None:
    """Make links and matches say what was resolved; links that stay are not touched."""
    now = people_of_lines(programme.key)
    wanted = resolved.person_of
    gone = [line for line, person in now.items() if wanted.get(line) != person]
    records.Link.objects.filter(line__in=gone).delete()
    shown = _shown(resolved)
    people = dict(records.Person.objects.filter(programme=programme).values_list("id", "shown_id"))
    insert_rows(
        records.Person,
        ("id", "programme_id", "shown_id"),
        ((person, programme.pk, shown[person]) for person in sorted(shown.keys() - people.keys())),
    )
    insert_rows(
        records.Link,
        ("line_id", "person_id"),
        ((line, person) for line, person in sorted(wanted.items()) if now.get(line) != person),
    )
    records.Match.objects.filter(programme=programme).delete()
    insert_rows(
        records.Match,
        ("programme_id", "a_id", "b_id", "weight", "band", "parts"),
        (
            (
                programme.pk,
                match.a,
                match.b,
                match.weight,
                match.band,
                [[part.field, part.level, part.weight] for part in match.parts],
            )
            for match in resolved.resolution.matches
        ),
    )
    changed = [
        records.Person(id=person, programme=programme, shown_id=shown[person])
        for person, line in sorted(people.items())
        if person in shown and shown[person] != line
    ]
    records.Person.objects.bulk_update(changed, ["shown"], batch_size=500)
    records.Person.objects.filter(programme=programme, links__isnull=True).delete()
    measure_tables(
        records.Line, records.Attendance, records.NameKey, records.Person, records.Link, records.Match
    )


def _shown(resolved: Resolved) -> dict[str, str]:
    """The line whose name form each person is shown by."""
    forms: dict[str, list[RegisterLine]] = {}
    for line in resolved.lines:
        forms.setdefault(resolved.person_of[line.line], []).append(line)
    return {person: max(lines, key=_fullness).line for person, lines in forms.items()}


def _fullness(line: RegisterLine) -> tuple[bool, int, bool, bool, bool, int, str]:
    """The programme's own list first; then more whole words, Latin letters, not all capitals, then letters."""
    words = [word for word in line.name.replace(".", ". ").split() if len(word.strip(".")) > 2]
    return (
        line.source.startswith(("expert:", "delegate:")),
        min(len(words), 3),
        line.name.isascii(),
        not line.name.isupper() and not line.name.islower(),
        not any(letter.isdigit() for letter in line.name),
        min(len(line.name), 60),
        line.line,
    )


def relink(programme: str, *, by: Actor = COMMAND, new_snapshot: bool = False) -> Resolved:
    """Link all lines again; with ``new_snapshot``, on rarities and translations measured anew."""
    record = records.Programme.objects.get(key=programme)
    lines = register_lines(programme)
    snapshot = current_snapshot(programme)
    if new_snapshot:
        snapshot = take_snapshot(map(identity_line, lines), number=snapshot.number + 1 if snapshot else 1)
    resolved = resolve_register(programme, lines=lines, snapshot=snapshot)
    with transaction.atomic():
        keep_snapshot(record, resolved.snapshot)
        write_links(record, resolved)
        refresh_standings(record)
        write_entry(
            "relink",
            by=by,
            programme=record,
            facts={"snapshot": resolved.snapshot.number, "lines": len(lines)},
        )
    return resolved


def decide(
    programme: str, a: str, b: str, *, verdict: Verdict, reason: str = "", by: Actor = COMMAND
) -> Resolved:
    """Keep a person's word about two lines for ever and link again under it.

    The latest decision about a pair holds. Raises `Refused` for lines that are not in this programme's use.
    """
    return _say(programme, a, b, verdict=verdict, reason=reason, by=by)


def undo_decision(programme: str, a: str, b: str, *, reason: str = "", by: Actor = COMMAND) -> Resolved:
    """Take back what was decided about two lines; the decision and its undoing both stay on record."""
    return _say(programme, a, b, verdict="undone", reason=reason, by=by)


def _say(programme: str, a: str, b: str, *, verdict: str, reason: str, by: Actor) -> Resolved:
    record = records.Programme.objects.get(key=programme)
    a, b = min(a, b), max(a, b)
    found = records.Line.objects.filter(programme=record, id__in=(a, b), retired_at__isnull=True).count()
    if a == b or found != 2:
        raise Refused(Problem("people.no_such_lines", Place(key=f"{a}, {b}")))
    with transaction.atomic():
        records.Decision.objects.create(
            programme=record, a_id=a, b_id=b, verdict=verdict, at=timezone.now(), by=by.user, reason=reason
        )
        resolved = resolve_register(
            programme, lines=register_lines(programme), snapshot=current_snapshot(programme)
        )
        write_links(record, resolved)
        refresh_standings(record)
        write_entry(
            "decide",
            by=by,
            programme=record,
            object_kind="match",
            object_key=f"{a} {b}",
            facts={"verdict": verdict},
        )
    return resolved
