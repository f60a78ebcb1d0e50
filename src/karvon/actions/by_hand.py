"""A person's word about a whole person: this line is somebody else, these two are one; and taking it back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from karvon.actions.journal import COMMAND, Actor, write_entry
from karvon.actions.people import link_about, link_whole, shown_id
from karvon.actions.roles import refresh_roles
from karvon.actions.touching import refresh_touched
from karvon.queries.kept_register import kept_register
from karvon.queries.register import counting_register, decisions_in_force
from karvon.queries.results.moving import NOTHING_MOVED, Moved, held, moved
from karvon.records import models as records
from karvon.rules.identity.fewest import Pair, apart, together
from karvon.rules.identity.line import Decision
from karvon.rules.identity.newcomers import decide_with
from karvon.rules.identity.weights import RememberedWeights
from karvon.rules.problems import Place, Problem, Refused

MOST_LINES = 60
"""Lines of the people concerned; with more, nobody can say of all at once what they are."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was said of a whole person. ``entry`` is the journal's, by which it is taken back."""

    entry: int
    person: str
    """Whom the line, or both people, are now."""
    decisions: int
    moved: Moved = NOTHING_MOVED


def take_away(programme: str, line: str, *, reason: str = "", by: Actor = COMMAND) -> Settled:
    """This line names somebody else than the other lines of its person: as few decisions as that needs, at once.

    Raises `Refused` for a line that is not in use, or stands alone.
    """
    with transaction.atomic():
        record = _locked(programme)
        link = records.Link.objects.filter(
            line=line, line__programme=record, line__retired_at__isnull=True
        ).first()
        if link is None:
            raise Refused(Problem("people.unknown_line", Place(key=shown_id(line))))
        others = _lines_of(record, [link.person_id]) - {line}
        if not others:
            raise Refused(Problem("people.line_of_nobody", Place(key=line)))
        _refuse_many(others)
        _keep_register(record)
        said = apart(
            line, others, link=_Linking(record, {line, *others}), weights=_weights(record, {line, *others})
        )
        return _say(record, said, action="take_away", about=line, reason=reason, by=by, shown=line)


def make_one(programme: str, person: str, other: str, *, reason: str = "", by: Actor = COMMAND) -> Settled:
    """These two are one person: as few decisions as that needs, at once.

    Raises `Refused` for somebody the programme does not know, or one and the same.
    """
    with transaction.atomic():
        record = _locked(programme)
        mine, theirs = (_lines_of(record, [key]) for key in (person, other))
        if not mine or not theirs:
            raise Refused(Problem("people.nobody_known"))
        if person == other:
            raise Refused(Problem("people.same_person_already"))
        _refuse_many(mine | theirs)
        _keep_register(record)
        lines = mine | theirs
        said = together(
            mine,
            theirs,
            link=_Linking(record, lines),
            weights=_weights(record, lines),
            different=[
                (one.a, one.b)
                for one in decisions_in_force(record.key)
                if one.verdict == "different" and {one.a, one.b} <= lines
            ],
        )
        return _say(record, said, action="make_one", about=person, reason=reason, by=by, shown=min(mine))


def all_one(programme: str, crowd: str, *, reason: str = "", by: Actor = COMMAND) -> Settled:
    """All lines of a set that is too large for a person (``queries.crowds``) are one: each person with the next.

    Whoever somebody put apart from another of them is left as they are: which of the two is meant, nobody said.
    Raises `Refused` where the set is gone, or nobody is left to be made one.
    """
    with transaction.atomic():
        record = _locked(programme)
        rows = records.CrowdLine.objects.filter(programme=record, crowd=crowd)
        person_of = dict(rows.values_list("line_id", "line__link__person"))
        apart_said = {
            person_of[line]
            for one in decisions_in_force(record.key)
            if one.verdict == "different" and {one.a, one.b} <= person_of.keys()
            for line in (one.a, one.b)
        }
        first: dict[str, str] = {}
        for line, person in sorted(person_of.items()):
            if person not in apart_said:
                first.setdefault(person, line)
        if len(first) < 2:
            raise Refused(Problem("people.crowd_gone"))
        said = [Decision(a, b, "same") for a, b in pairwise(sorted(first.values()))]
        return _say(
            record, said, action="all_one", about=person_of[said[0].a], reason=reason, by=by, shown=said[0].a
        )


def take_back(programme: str, entry: int, *, by: Actor = COMMAND) -> Settled:
    """Take back all that was decided with this entry of the journal, where nobody said anything else since.

    Raises `Refused` where nothing of it stands any more.
    """
    with transaction.atomic():
        record = _locked(programme)
        row = records.JournalEntry.objects.filter(
            programme=record, pk=entry, action__in=("take_away", "make_one", "all_one")
        ).first()
        made = list(records.Decision.objects.filter(pk__in=row.facts["decisions"])) if row else []
        standing = [one for one in made if _latest(record, one) == one.pk]
        if row is None or not standing:
            raise Refused(Problem("people.nothing_to_undo", Place(key=f"{entry}")))
        said = [Decision(one.a_id, one.b_id, "same") for one in standing]
        return _say(
            record, said, action="take_back_said", about=row.object_key, reason="", by=by,
            shown=standing[0].a_id, verdict="undone",
        )  # fmt: skip


def _say(
    record: records.Programme,
    said: Sequence[Decision],
    *,
    action: str,
    about: str,
    reason: str,
    by: Actor,
    shown: str,
    verdict: str = "",
) -> Settled:
    """Keep these decisions, link again what they touch, and write one entry."""
    before, register = held(record.key), counting_register(record.key)
    now = timezone.now()
    made = records.Decision.objects.bulk_create(
        records.Decision(
            programme=record, a_id=one.a, b_id=one.b, verdict=verdict or one.verdict, at=now, by=by.user,
            reason=reason,
        )
        for one in said
    )  # fmt: skip
    lines = {line for one in said for line in (one.a, one.b)}
    link_about(record, lines)
    refresh_touched(record, before=register, about=lines, earlier_roles=refresh_roles(record))
    entry = write_entry(
        action,
        by=by,
        programme=record,
        object_kind="line" if action == "take_away" else "person",
        object_key=about,
        facts={"decisions": [one.pk for one in made], "lines": [[one.a, one.b] for one in said]},
    )
    person = records.Link.objects.filter(line=shown).values_list("person_id", flat=True).first()
    return Settled(entry.pk, person or "", len(made), moved(before, held(record.key)))


def _locked(programme: str) -> records.Programme:
    record = records.Programme.objects.select_for_update().filter(key=programme).first()
    if record is None:
        raise Refused(Problem("people.nobody_known"))
    return record


def _lines_of(record: records.Programme, people: Iterable[str]) -> set[str]:
    links = records.Link.objects.filter(
        person__in=people, line__programme=record, line__retired_at__isnull=True
    )
    return set(links.values_list("line_id", flat=True))


def _refuse_many(lines: Collection[str]) -> None:
    if len(lines) > MOST_LINES:
        raise Refused(Problem("people.too_many_lines", facts={"n": len(lines), "most": MOST_LINES}))


def _keep_register(record: records.Programme) -> None:
    """See to it that what identity reads is kept by the rules as they are."""
    if kept_register(record.key) is None:
        link_whole(record)
        record.refresh_from_db()


def _weights(record: records.Programme, lines: Collection[str]) -> dict[Pair, int]:
    rows = records.Match.objects.filter(Q(a__in=lines), Q(b__in=lines), programme=record)
    return {(a, b): weight for a, b, weight in rows.values_list("a_id", "b_id", "weight")}


def _latest(record: records.Programme, decision: records.Decision) -> int:
    rows = records.Decision.objects.filter(programme=record, a=decision.a_id, b=decision.b_id)
    return rows.order_by("-at", "-id").values_list("id", flat=True)[0]


class _Linking:
    """How the lines concerned would be grouped under more decisions; writes nothing."""

    def __init__(self, record: records.Programme, lines: Collection[str]) -> None:
        kept = kept_register(record.key)
        if kept is None:  # never: it was kept just before
            raise Refused(Problem("people.nobody_known"))
        self._register, self._snapshot = kept
        self._weights = RememberedWeights(self._snapshot)
        self._standing = {(one.a, one.b): one for one in decisions_in_force(record.key)}
        self._lines = set(lines)

    def __call__(self, decisions: Sequence[Decision]) -> tuple[tuple[str, ...], ...]:
        decided = decide_with(
            (),
            register=self._register,
            weights=self._weights,
            given_shares=self._snapshot.tables["given_share"],
            decisions=[*(self._standing | {(one.a, one.b): one for one in decisions}).values()],
            about=self._lines,
        )
        return decided.groups
