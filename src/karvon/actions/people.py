"""Linking lines to people: resolving the register, keeping links, decisions and snapshots."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from karvon.actions.inserting import insert_rows, measure_tables
from karvon.actions.journal import COMMAND, Actor, new_id, save_payload, write_entry
from karvon.actions.results import refresh_standings
from karvon.actions.roles import refresh_roles
from karvon.actions.touching import refresh_touched
from karvon.actions.turns import turn
from karvon.files.programme_folder import RegisterFiles
from karvon.queries.kept_register import RegisterRecords, kept_register, rules_of
from karvon.queries.register import (
    RegisterLine,
    counting_register,
    current_snapshot,
    decisions_in_force,
    identity_line,
    people_of_lines,
    register_lines,
    same_by_definition,
    standing_decisions,
)
from karvon.queries.results.moving import NOTHING_MOVED, Moved, held, moved
from karvon.records import models as records
from karvon.rules.identity.line import Decision, Match, Resolution, Snapshot, Verdict
from karvon.rules.identity.newcomers import Decided, decide_with
from karvon.rules.identity.reading import (
    KeptLine,
    Words,
    four_words,
    packed,
    packed_keys,
    packed_words,
    words_of,
)
from karvon.rules.identity.resolve import resolve_and_keep, take_snapshot
from karvon.rules.identity.weights import RememberedWeights
from karvon.rules.names.order import order_key
from karvon.rules.problems import Place, Problem, Refused


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is who among these lines, with the person each line belongs to."""

    lines: tuple[RegisterLine, ...]
    resolution: Resolution
    person_of: dict[str, str]
    linked: tuple[KeptLine, ...]
    """What is kept of each line for those that come later."""

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
    present = {line.line for line in lines}
    decisions = {
        (one.a, one.b): one for one in (*_brought_decisions(brought), *standing_decisions(programme))
    }
    standing = [one for pair, one in sorted(decisions.items()) if present >= set(pair)]
    resolution, linked = resolve_and_keep(
        identity_lines,
        register=programme,
        decisions=[*standing, *same_by_definition(lines)],
        snapshot=snapshot,
    )
    before = people_of_lines(programme) or {
        line.line: line.person for line in (brought.lines if brought else ()) if line.person
    }
    return Resolved(tuple(lines), resolution, _keep_ids(resolution.groups, before), tuple(linked))


@dataclass(frozen=True, slots=True)
class Joined:
    """New lines in a register that was linked before: the components they touch, as they are now."""

    decided: Decided
    person_of: Mapping[str, str]


def join_register(programme: str, new: Sequence[RegisterLine], *, in_use: frozenset[str]) -> Joined | None:
    """Link new lines to the register as it is kept, under the decisions that stand; writes nothing.

    ``in_use``: the lines of the register. ``None`` where the register is to be linked as a whole first.
    """
    kept = kept_register(programme)
    if kept is None:
        return None
    register, snapshot = kept
    present = in_use | {line.line for line in new}
    decided = decide_with(
        map(identity_line, new),
        register=register,
        weights=RememberedWeights(snapshot),
        given_shares=snapshot.tables["given_share"],
        decisions=[one for one in decisions_in_force(programme) if one.a in present and one.b in present],
    )
    now = records.Link.objects.filter(line__in=list(decided.components)).values_list("line_id", "person_id")
    return Joined(decided, _keep_ids(decided.groups, dict(now)))


def write_joined(programme: records.Programme, joined: Joined) -> None:
    """Make links, matches and what is kept of the lines say what was decided of new lines; they are kept already."""
    decided = joined.decided
    stale = [one.features.line for one in decided.keyed]
    records.BlockKey.objects.filter(line__in=stale).delete()
    records.LineReading.objects.filter(line__in=stale).delete()
    insert_readings(
        programme,
        [
            KeptLine(one.features, one.said, packed_keys(one.keys), decided.components[one.features.line])
            for one in decided.keyed
        ],
    )
    _write_decided(programme, decided, joined.person_of)
    before = RegisterRecords(programme.key, programme.pk, programme.linked_under).words()
    state = programme.linked_under.rpartition(":")[0] + ":" + new_id()
    _linked_now(programme, state, words=before | words_of(one.features for one in decided.keyed))


def _brought_decisions(brought: RegisterFiles | None) -> list[Decision]:
    latest = {(one.a, one.b): one.verdict for one in (brought.decisions if brought else ())}
    return [Decision(a, b, verdict) for (a, b), verdict in latest.items() if verdict != "undone"]


def _keep_ids(groups: Sequence[tuple[str, ...]], before: Mapping[str, str]) -> dict[str, str]:
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
    """Make links, matches and what is kept of every line say what was resolved; links that stay are not touched."""
    _write_people(
        programme,
        resolved.person_of,
        lines=resolved.lines,
        now=people_of_lines(programme.key),
        people=records.Person.objects.filter(programme=programme),
    )
    _write_matches(programme, resolved.resolution.matches, records.Match.objects.filter(programme=programme))
    _write_crowds(
        programme, resolved.resolution.too_large, records.CrowdLine.objects.filter(programme=programme)
    )
    keep_readings(programme, resolved.linked)
    state = rules_of(resolved.snapshot.number) + new_id()
    _linked_now(programme, state, words=words_of(one.features for one in resolved.linked))
    measure_tables(
        records.Line, records.Attendance, records.NameKey, records.Person, records.Link, records.Match,
        records.LineReading, records.BlockKey,
    )  # fmt: skip


def _linked_now(programme: records.Programme, state: str, *, words: Words) -> None:
    """The register is in this new state; its words go with it."""
    records.RegisterWords.objects.update_or_create(
        programme=programme, defaults={"state": state, "words": packed_words(words)}
    )
    records.Programme.objects.filter(pk=programme.pk).update(linked_under=state)
    programme.linked_under = state


def _write_decided(
    programme: records.Programme, decided: Decided, person_of: Mapping[str, str] | None = None
) -> None:
    """The same for the lines of some components; all others stay with whom they were."""
    lines = list(decided.components)
    now = dict(records.Link.objects.filter(line__in=lines).values_list("line_id", "person_id"))
    _write_people(
        programme,
        person_of if person_of is not None else _keep_ids(decided.groups, now),
        lines=register_lines(programme.key, only=lines),
        now=now,
        people=records.Person.objects.filter(pk__in=set(now.values())),
    )
    _write_matches(programme, decided.matches, records.Match.objects.filter(Q(a__in=lines) | Q(b__in=lines)))
    _write_crowds(programme, decided.too_large, records.CrowdLine.objects.filter(line__in=lines))
    for component in set(decided.components.values()):
        hanging = [line for line, first in decided.components.items() if first == component]
        records.LineReading.objects.filter(line__in=hanging).exclude(component=component).update(
            component=component
        )


def _write_people(
    programme: records.Programme,
    wanted: Mapping[str, str],
    *,
    lines: Sequence[RegisterLine],
    now: Mapping[str, str],
    people: QuerySet[records.Person],
) -> None:
    """Link these lines as wanted; ``people`` are those they, and no other lines, were linked with."""
    gone = [line for line, person in now.items() if wanted.get(line) != person]
    records.Link.objects.filter(line__in=gone).delete()
    shown = {person: (line.line, order_key(line.name)) for person, line in _shown(lines, wanted).items()}
    before = {person: of for person, *of in people.values_list("id", "shown_id", "filed_under")}
    insert_rows(
        records.Person,
        ("id", "programme_id", "shown_id", "filed_under"),
        ((person, programme.pk, *shown[person]) for person in sorted(shown.keys() - before.keys())),
    )
    insert_rows(
        records.Link,
        ("line_id", "person_id"),
        ((line, person) for line, person in sorted(wanted.items()) if now.get(line) != person),
    )
    changed = [
        records.Person(id=person, programme=programme, shown_id=line, filed_under=place)
        for person in sorted(before.keys() & shown.keys())
        for line, place in (shown[person],)
        if before[person] != [line, place]
    ]
    records.Person.objects.bulk_update(changed, ["shown", "filed_under"], batch_size=500)
    records.Person.objects.filter(pk__in=before.keys() - shown.keys(), links__isnull=True).delete()


def _write_matches(
    programme: records.Programme, matches: Iterable[Match], earlier: QuerySet[records.Match]
) -> None:
    earlier.delete()
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
            for match in matches
        ),
    )


def _write_crowds(
    programme: records.Programme, crowds: Iterable[Sequence[str]], earlier: QuerySet[records.CrowdLine]
) -> None:
    earlier.delete()
    insert_rows(
        records.CrowdLine,
        ("line_id", "programme_id", "crowd"),
        ((line, programme.pk, min(crowd)) for crowd in crowds for line in crowd),
    )


def keep_readings(programme: records.Programme, linked: Iterable[KeptLine]) -> None:
    """Keep what identity read of every line in use, and nothing of any other; what stays as it is is not touched."""
    columns = ("said", "component", "features", "keys")
    rows = records.LineReading.objects.filter(programme=programme).order_by()
    kept = {line: of for line, *of in rows.values_list("line_id", *columns)}
    known = frozenset(kept)
    fresh = []
    for one in linked:
        values = [one.said, one.component, packed(one.features), one.packed_keys]
        if kept.pop(one.features.line, None) != values:
            fresh.append((one, values))
    if stale := [*kept, *known.intersection(one.features.line for one, _ in fresh)]:
        records.BlockKey.objects.filter(line__in=stale).delete()
        rows.filter(line__in=stale).delete()
    insert_readings(programme, [one for one, _ in fresh])


def insert_readings(programme: records.Programme, kept: Sequence[KeptLine]) -> None:
    """Keep what identity read of lines of which nothing is kept."""
    columns = ("said", "component", "features", "keys")
    insert_rows(
        records.LineReading,
        ("line_id", "programme_id", *columns, "surname", "given", "turned_surname", "turned_given"),
        (
            (
                *(one.features.line, programme.pk, one.said, one.component),
                *(packed(one.features), one.packed_keys, *four_words(one.features)),
            )
            for one in kept
        ),
    )
    insert_rows(
        records.BlockKey,
        ("key", "line_id", "said", "wordy"),
        ((number, one.features.line, one.said, wordy) for one in kept for number, wordy in one.keys),
    )


def _shown(lines: Iterable[RegisterLine], person_of: Mapping[str, str]) -> dict[str, RegisterLine]:
    """The line whose name form each person is shown by."""
    forms: dict[str, list[RegisterLine]] = {}
    for line in lines:
        forms.setdefault(person_of[line.line], []).append(line)
    return {person: max(of, key=_fullness) for person, of in forms.items()}


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
        refresh_roles(record)
        refresh_standings(record)
        write_entry(
            "relink",
            by=by,
            programme=record,
            facts={"snapshot": resolved.snapshot.number, "lines": len(lines)},
        )
    return resolved


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody's word about two lines did."""

    decision: int
    """The record of it: what ``undo_decision`` and the next word about the pair are held against."""
    moved: Moved = NOTHING_MOVED
    again: bool = False
    """The same person had said the same already, and nothing was written."""


def decide(
    programme: str,
    a: str,
    b: str,
    *,
    verdict: Verdict,
    reason: str = "",
    by: Actor = COMMAND,
    seen: int | None = None,
) -> Said:
    """Keep a person's word about two lines for ever and link again under it what it touches.

    The latest decision about a pair holds. ``seen`` is the latest the person knew of (0: none), so that two people
    do not overrule each other unawares. Raises `Refused` for lines that are not in this programme's use, and where
    somebody else has decided since.
    """
    return _say(programme, a, b, verdict=verdict, reason=reason, by=by, seen=seen)


def undo_decision(
    programme: str, a: str, b: str, *, reason: str = "", by: Actor = COMMAND, seen: int | None = None
) -> Said:
    """Take back what was decided about two lines; the decision and its undoing both stay on record.

    Raises `Refused` where nothing stands that could be taken back, and as ``decide`` does.
    """
    return _say(programme, a, b, verdict="undone", reason=reason, by=by, seen=seen)


def _say(programme: str, a: str, b: str, *, verdict: str, reason: str, by: Actor, seen: int | None) -> Said:
    a, b = min(a, b), max(a, b)
    with turn(programme), transaction.atomic():
        record = records.Programme.objects.select_for_update().filter(key=programme).first()
        if record is None:
            raise Refused(Problem("people.no_such_lines", Place(key=f"{shown_id(a)}, {shown_id(b)}")))
        _refuse_lines(record, a, b)
        latest = records.Decision.objects.filter(programme=record, a=a, b=b).order_by("at", "id").last()
        if latest is not None and seen is not None and latest.pk != seen:
            if latest.verdict == verdict and latest.by == by.user:
                return Said(latest.pk, again=True)
            raise Refused(_decided_meanwhile(latest))
        if verdict == "undone" and (latest is None or latest.verdict == "undone"):
            raise Refused(Problem("people.nothing_to_undo", Place(key=f"{a}, {b}")))
        before, register = held(programme), counting_register(programme)
        decision = records.Decision.objects.create(
            programme=record, a_id=a, b_id=b, verdict=verdict, at=timezone.now(), by=by.user, reason=reason
        )
        link_about(record, (a, b))
        refresh_touched(record, before=register, about=(a, b), earlier_roles=refresh_roles(record))
        write_entry(
            "decide",
            by=by,
            programme=record,
            object_kind="match",
            object_key=f"{a} {b}",
            facts={"verdict": verdict},
        )
        return Said(decision.pk, moved(before, held(programme)))


def _refuse_lines(programme: records.Programme, a: str, b: str) -> None:
    """Refuse two lines of which not both are in use, or which are one."""
    found = dict(
        records.Line.objects.filter(programme=programme, id__in=(a, b)).values_list("id", "retired_at")
    )
    where = Place(key=f"{shown_id(a)}, {shown_id(b)}")
    if a == b or len(found) != 2:
        raise Refused(Problem("people.no_such_lines", where))
    if any(found.values()):
        raise Refused(Problem("people.line_withdrawn", where))


def _decided_meanwhile(latest: records.Decision) -> Problem:
    """Who said what when about the pair since somebody last looked."""
    by = latest.by.get_username() if latest.by else latest.by_name
    at = f"{timezone.localtime(latest.at):%Y-%m-%d %H:%M}"
    facts = {"who": f"{by}, {at}" if by else at}
    return {
        "same": Problem("people.meanwhile_same", facts=facts),
        "different": Problem("people.meanwhile_different", facts=facts),
        "cannot_tell": Problem("people.meanwhile_cannot_tell", facts=facts),
        "undone": Problem("people.meanwhile_undone", facts=facts),
    }[latest.verdict]


def shown_id(text: str) -> str:
    """What somebody gave as an id, without signs that would steer a terminal, and not endlessly long."""
    return "".join(letter if letter.isprintable() else "�" for letter in text[:40])


def link_about(programme: records.Programme, lines: Collection[str]) -> None:
    """Link again what hangs together with these lines; everything, where what is kept of it is of other rules."""
    kept = kept_register(programme.key)
    if kept is None:
        link_whole(programme)
        return
    register, snapshot = kept
    decided = decide_with(
        (),
        register=register,
        weights=RememberedWeights(snapshot),
        given_shares=snapshot.tables["given_share"],
        decisions=decisions_in_force(programme.key),
        about=lines,
    )
    _write_decided(programme, decided)


def link_whole(programme: records.Programme) -> None:
    """Link every line under the decisions that stand and the snapshot at hand."""
    lines, snapshot = register_lines(programme.key), current_snapshot(programme.key)
    resolved = resolve_register(programme.key, lines=lines, snapshot=snapshot)
    keep_snapshot(programme, resolved.snapshot)
    write_links(programme, resolved)
