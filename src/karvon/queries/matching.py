"""Who on a list that is not kept yet is who in the register: asked while the list is still on the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from karvon.queries.kept_register import kept_register
from karvon.queries.register import (
    current_snapshot,
    decisions_in_force,
    identity_line,
    people_of_lines,
    register_lines,
)
from karvon.rules.identity.line import IdentityLine, Match, Snapshot
from karvon.rules.identity.newcomers import decide_with
from karvon.rules.identity.resolve import resolve, take_snapshot
from karvon.rules.identity.weights import RememberedWeights


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """A line of the list: the person it would belong to ('' for somebody new), and every match it rests on or that
    leaves it in doubt, the strongest first."""

    line: str
    person: str
    certain: bool
    """Whether a certain match leads to this person."""
    matches: tuple[Match, ...]
    together_with: tuple[str, ...]
    """The other new lines that would be the same person."""


def matched(programme: str, new: Sequence[IdentityLine]) -> tuple[MatchedLine, ...]:
    """What linking these lines would come to, in their order; writes nothing.

    Their ids must not be those of lines of the register. Only what the new lines touch is read, so the number of
    SQL statements and the time do not grow with the register.
    """
    groups, matches, before = _linked(programme, new)
    ids = {line.line for line in new}
    group_of = {line: group for group in groups for line in group}
    about: dict[str, list[Match]] = {line: [] for line in ids}
    for match in matches:
        for line in {match.a, match.b} & ids:
            about[line].append(match)
    found = []
    for line in (one.line for one in new):
        group = group_of[line]
        held: dict[str, int] = {}
        for other in group:
            if other in before:
                held[before[other]] = held.get(before[other], 0) + 1
        person = min(held, key=lambda one: (-held[one], one)) if held else ""
        ranked = sorted(about[line], key=lambda match: (-match.weight, match.a, match.b))
        own = {other for other in group if before.get(other) == person}
        found.append(
            MatchedLine(
                line=line,
                person=person,
                certain=any(m.band == "certain" and (m.a in own or m.b in own) for m in ranked),
                matches=tuple(ranked),
                together_with=tuple(other for other in group if other in ids and other != line),
            )
        )
    return tuple(found)


def _linked(
    programme: str, new: Sequence[IdentityLine]
) -> tuple[Sequence[tuple[str, ...]], Sequence[Match], dict[str, str]]:
    """Groups and matches that hold the new lines, and the people of the older lines among them."""
    kept = kept_register(programme)
    if kept is None:
        return _linked_whole(programme, new)
    register, snapshot = kept
    decided = decide_with(
        new,
        register=register,
        weights=RememberedWeights(snapshot),
        given_shares=snapshot.tables["given_share"],
        decisions=decisions_in_force(programme),
    )
    return decided.groups, decided.matches, register.people(decided.components)


def _linked_whole(
    programme: str, new: Sequence[IdentityLine]
) -> tuple[Sequence[tuple[str, ...]], Sequence[Match], dict[str, str]]:
    """The same by linking everything: before the first import, and after rules of reading changed."""
    kept = register_lines(programme)
    lines = [*map(identity_line, kept), *new]
    snapshot: Snapshot = current_snapshot(programme) or take_snapshot(lines)
    resolution = resolve(lines, decisions=decisions_in_force(programme), snapshot=snapshot)
    return resolution.groups, resolution.matches, people_of_lines(programme)
