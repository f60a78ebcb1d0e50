"""What is found of two lines in the end, and why, where the two by themselves would say something else."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import combinations, pairwise, product
from typing import Literal

from karvon.rules.identity.explain import explain
from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Decision, IdentityLine, Match, Resolution, Verdict
from karvon.rules.identity.resolve import resolve
from karvon.rules.identity.snapshot import read_lines
from karvon.rules.identity.support import contradicts
from karvon.rules.identity.weights import Weights

State = Literal["same", "doubtful", "different"]
Why = Literal["decided", "decided_elsewhere", "rival", "contradiction", "through", "surroundings"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """Whether two lines are one person; ``together``: the likeliest grouping has them as one."""

    state: State
    together: bool

    @property
    def rank(self) -> tuple[int, bool]:
        return ("different", "doubtful", "same").index(self.state), self.together


@dataclass(frozen=True, slots=True)
class Reason:
    """What makes the finding differ from what the two lines say by themselves.

    - *decided*: a person's word about these two lines.
    - *decided_elsewhere*: a person's word about ``lines``, two others they are linked with.
    - *rival*: the second of ``lines`` is taken to be somebody else's and fits the first nearly as well, by ``weight``.
    - *contradiction*: ``lines``, two that would have to be one person too, contradict each other.
    - *through*: ``lines``, from one to the other, link them.
    - *surroundings*: all lines linked with one and with the other together say less; ``weight`` is their average
      where they were not taken to be one person.
    """

    why: Why
    lines: tuple[str, ...] = ()
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    evidence: Match
    """The two lines by themselves, field by field."""
    alone: Said
    """What would be found were there no other lines and no decisions."""
    found: Said
    reason: Reason | None
    """``None`` where both say the same."""


def finding(
    a: str,
    b: str,
    *,
    lines: Mapping[str, IdentityLine],
    resolution: Resolution,
    decisions: Iterable[Decision] = (),
    everybody: Callable[[], Iterable[IdentityLine]],
) -> Finding:
    """Explain two different lines under a resolution.

    ``lines`` holds at least every line of their two groups; of ``resolution`` only these groups and the matches
    among their lines are looked at. ``everybody`` is asked for all lines only where somebody else's line matters.
    """
    near = {
        line: lines[line] for group in resolution.groups if a in group or b in group for line in sorted(group)
    }
    said = {_pair(one.a, one.b): one.verdict for one in decisions}
    alone = _said(a, b, resolve((near[a], near[b]), snapshot=resolution.snapshot))
    found = _said(a, b, resolution)
    return Finding(
        evidence=explain(near[a], near[b], resolution.snapshot),
        alone=alone,
        found=found,
        reason=None
        if alone == found
        else _Search(a, b, near, resolution, said, everybody).reason(alone, found),
    )


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _said(a: str, b: str, resolution: Resolution) -> Said:
    group_of = {line: group for group in resolution.groups if a in group or b in group for line in group}
    together = group_of[a] is group_of[b]
    one, other = (_certain(line, resolution) for line in (a, b))
    if b in one:
        return Said("same", True)
    doubtful = together or any(
        (match.a in one and match.b in other) or (match.a in other and match.b in one)
        for match in resolution.matches
    )
    return Said("doubtful" if doubtful else "different", together)


def _certain(line: str, resolution: Resolution) -> set[str]:
    """The lines that are certainly one person with this one."""
    linked: dict[str, list[str]] = {}
    for match in resolution.matches:
        if match.band == "certain":
            linked.setdefault(match.a, []).append(match.b)
            linked.setdefault(match.b, []).append(match.a)
    found, border = {line}, [line]
    while border:
        for other in linked.get(border.pop(), ()):
            if other not in found:
                found.add(other)
                border.append(other)
    return found


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for what made the difference among the lines near the two, and beyond them."""

    a: str
    b: str
    near: Mapping[str, IdentityLine]
    resolution: Resolution
    said: Mapping[Pair, Verdict]
    everybody: Callable[[], Iterable[IdentityLine]]

    def reason(self, alone: Said, found: Said) -> Reason:
        verdict = self.said.get(_pair(self.a, self.b))
        if verdict is not None and found.state == {"cannot_tell": "doubtful"}.get(verdict, verdict):
            return Reason("decided")
        if found.rank > alone.rank:
            return self._through(found) or Reason("surroundings")
        inside = resolve(
            self.near.values(),
            decisions=[Decision(a, b, verdict) for (a, b), verdict in self.said.items()],
            snapshot=self.resolution.snapshot,
        )
        if _said(self.a, self.b, inside).rank > found.rank and (rival := self._rival()):
            return rival
        return self._contradiction() or Reason(
            "surroundings", weight=None if found.together else self._average()
        )

    def _through(self, found: Said) -> Reason | None:
        """The way from one line to the other of the fewest links; of several the one whose weakest is strongest."""
        wanted = {"certain"} if found.state == "same" else {"certain", "undecided"}
        edges: dict[str, dict[str, int]] = {line: {} for line in self.near}
        for match in self.resolution.matches:
            if match.band in wanted and match.a in edges and match.b in edges:
                edges[match.a][match.b] = edges[match.b][match.a] = match.weight
        edges[self.a].pop(self.b, None)
        border: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, (self.a,))]
        reached: set[str] = set()
        while border:
            steps, weakest, way = heappop(border)
            if way[-1] == self.b:
                pairs = (_pair(one, other) for one, other in pairwise(way))
                decided = next((pair for pair in pairs if self.said.get(pair) == "same"), None)
                return Reason("decided_elsewhere", decided) if decided else Reason("through", way[1:-1])
            if way[-1] not in reached:
                reached.add(way[-1])
                for line, weight in edges[way[-1]].items():
                    heappush(border, (steps + 1, max(weakest, -weight) if steps else -weight, (*way, line)))
        return None

    def _rival(self) -> Reason | None:
        """Of the lines elsewhere the one that fits a line here best."""
        weights = Weights(self.resolution.snapshot)
        here = self._read(self.near.values())
        there = self._read(line for line in self.everybody() if line.line not in self.near)
        best: tuple[int, str, str] | None = None
        for one in here:
            for other in there:
                weight = weights.weight(one, other)
                if self.said.get(_pair(one.line, other.line)) == "different":
                    continue
                if (best is None or (-weight, one.line, other.line) < best) and not weights.vetoed(
                    one, other
                ):
                    best = -weight, one.line, other.line
        return Reason("rival", best[1:], -best[0]) if best else None

    def _contradiction(self) -> Reason | None:
        """The two lines here that most plainly cannot be one person, rather with one of the two asked about."""
        weights = Weights(self.resolution.snapshot)
        read = {one.line: one for one in self._read(self.near.values())}
        found: list[tuple[bool, int, int, Pair]] = []
        for one, other in self._between():
            verdict = self.said.get((one, other))
            x, y = read[one], read[other]
            parts, weight = weights.parts(x, y), weights.weight(x, y)
            against = contradicts(parts, weight) or weights.vetoed(x, y)
            if (one, other) != _pair(self.a, self.b) and (against if verdict is None else verdict != "same"):
                asked = (self.a in (one, other)) + (self.b in (one, other))
                found.append((verdict is None, -asked, weight, (one, other)))
        if not found:
            return None
        unsaid, _, weight, pair = min(found)
        return Reason("contradiction", pair, weight) if unsaid else Reason("decided_elsewhere", pair)

    def _average(self) -> int:
        weights = Weights(self.resolution.snapshot)
        read = {one.line: one for one in self._read(self.near.values())}
        each = [weights.weight(read[one], read[other]) for one, other in self._between()]
        return sum(each) // len(each)

    def _between(self) -> Iterator[Pair]:
        """The pairs of lines that are to be one person: across the groups of the two, or within their one."""
        groups = [group for group in self.resolution.groups if self.a in group or self.b in group]
        if len(groups) == 1:
            yield from combinations(groups[0], 2)
        else:
            yield from (_pair(one, other) for one, other in product(*groups))

    def _read(self, lines: Iterable[IdentityLine]) -> list[Features]:
        return read_lines(list(lines), shares=self.resolution.snapshot.tables["given_share"])
