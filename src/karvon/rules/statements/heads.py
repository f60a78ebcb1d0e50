"""Heads without a name that a decision about who is who leaves behind."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from karvon.rules.counting.components import Component
from karvon.rules.counting.desk import Desk
from karvon.rules.counting.scope import days_of, is_participant
from karvon.rules.counting.standing import Bounds

Columns = tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class FreedHeads:
    """Under a rule that counts unnamed heads: the sessions with counted heads at which each line is a name.

    Two names of one session that become one person leave one head more without a name there.
    """

    at: Desk
    sessions: Mapping[str, frozenset[tuple[str, date]]]

    @classmethod
    def of(cls, at: Desk) -> "FreedHeads | None":
        """``None`` under a rule that counts no heads without a name."""
        if not at.rule.counts_unnamed:
            return None
        events = at.sightings.events
        counted = {(event.event, day) for event in events.values() for day, _ in event.head_counts}
        named: dict[str, set[tuple[str, date]]] = {}
        for seen in at.facts.attendances:
            event = events.get(seen.event)
            if event is not None and is_participant(seen):
                days = days_of(event) if seen.day is None else (seen.day,)
                named.setdefault(seen.line, set()).update({(seen.event, day) for day in days} & counted)
        return cls(at, {line: frozenset(sessions) for line, sessions in named.items()})

    def filled(
        self, was: Sequence[Component], now: Columns, decided: Sequence[Component], then: Columns
    ) -> Columns:
        """The bounds ``then`` of ``decided`` were every place filled that it frees beside ``was``; never too narrow.

        Both are parts of the register with the same lines, ``now`` and ``then`` their bounds column by column.
        """
        freed = sum((self._names(was) - self._names(decided)).values())
        adds_up = self.at.rule.way not in ("threshold", "completion")
        return tuple(
            replace(one, upper=(one.upper if adds_up else max(before.upper, one.upper)) + freed)
            for before, one in zip(now, then, strict=True)
        )

    def _names(self, parts: Iterable[Component]) -> Counter[tuple[str, date]]:
        """How many are named at each session, without the delegation that travelled there."""
        found: Counter[tuple[str, date]] = Counter()
        for atom in (atom for component in parts for atom in component.atoms):
            away = {event for line in atom for event in self.at.tally.delegates.get(line, ())}
            sessions = {session for line in atom for session in self.sessions.get(line, ())}
            found.update(session for session in sessions if session[0] not in away)
        return found
