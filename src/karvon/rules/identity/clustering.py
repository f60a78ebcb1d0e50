"""Greedy average linkage with veto: never plain transitive closure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from heapq import heapify, heappop, heappush

LARGEST_GROUP = 300
"""Lines one person is given without a person's word; what would grow beyond is left for review."""

Pair = tuple[int, int]


class Grouping:
    """Groups of positions 0..n-1, merged from the strongest average evidence down.

    ``weights``: known pairs (a < b). ``weigh`` compares any other pair, ``vetoed`` says that two may not be one,
    ``apart`` that a person said so.
    Positions must already be in a stable order: ties go to the smallest.
    """

    def __init__(
        self,
        size: int,
        *,
        weights: Mapping[Pair, int],
        weigh: Callable[[int, int], int],
        vetoed: Callable[[int, int], bool],
        apart: Callable[[int, int], bool],
        least: int,
    ) -> None:
        self._weights = weights
        self._weigh = weigh
        self._vetoed = vetoed
        self._apart = apart
        self._least = least
        self.members: dict[int, list[int]] = {i: [i] for i in range(size)}
        self.group_of = list(range(size))
        self._sums: defaultdict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        self._blocked: set[Pair] = set()
        self._too_large: list[Pair] = []

    def bind(self, pairs: Iterable[Pair]) -> None:
        """Put pairs together by a person's word, unless that would join two a person's word keeps apart."""
        for a, b in sorted(pairs):
            x, y = self.group_of[a], self.group_of[b]
            if not any(
                self._apart(min(i, j), max(i, j)) for i in self.members[x] for j in self.members[y] if i != j
            ):
                self._join(x, y)

    def _join(self, one: int, two: int) -> int:
        if one == two:
            return one
        keep, gone = min(one, two), max(one, two)
        for line in self.members[gone]:
            self.group_of[line] = keep
        self.members[keep] = sorted(self.members[keep] + self.members.pop(gone))
        return keep

    def merge(self) -> list[tuple[int, ...]]:
        """Merge while the best pair of groups averages ``least`` or more; the groups, sorted."""
        sums = self._sums
        for (a, b), weight in self._weights.items():
            x, y = self.group_of[a], self.group_of[b]
            if x != y:
                total, count = sums[x].get(y, (0, 0))
                sums[x][y] = sums[y][x] = (total + weight, count + 1)
        heap = [
            (-(total // count), x, y) for x, row in sums.items() for y, (total, count) in row.items() if x < y
        ]
        heap = [entry for entry in heap if -entry[0] >= self._least]
        heapify(heap)
        while heap:
            negative, x, y = heappop(heap)
            entry = sums[x].get(y) if x in self.members and y in self.members else None
            if entry is None or entry[0] // entry[1] != -negative:
                continue
            if (x, y) in self._blocked:
                continue
            if entry[1] < len(self.members[x]) * len(self.members[y]):
                # pairs no key brought together count too: compare them before believing the average
                total = sum(self._pair_weight(a, b) for a in self.members[x] for b in self.members[y])
                entry = (total, len(self.members[x]) * len(self.members[y]))
                sums[x][y] = sums[y][x] = entry
                average = entry[0] // entry[1]
                if average != -negative:
                    if average >= self._least:
                        heappush(heap, (-average, x, y))
                    continue
            if self._veto_between(x, y):
                self._blocked.add((x, y))
                continue
            if len(self.members[x]) + len(self.members[y]) > LARGEST_GROUP:
                self._blocked.add((x, y))
                self._too_large.append((x, y))
                continue
            self._absorb(x, y, heap)
        return sorted(tuple(lines) for lines in self.members.values())

    def too_large(self) -> list[tuple[int, ...]]:
        """After ``merge``: lines whose groups would have been one but for ``LARGEST_GROUP``, sorted."""
        together: dict[int, set[int]] = {}
        for a, b in self._too_large:
            x, y = self.group_of[a], self.group_of[b]
            joined = together.get(x, {x}) | together.get(y, {y})
            together.update(dict.fromkeys(joined, joined))
        crowds = {min(groups): groups for groups in together.values()}
        return [
            tuple(sorted(line for group in crowds[first] for line in self.members[group]))
            for first in sorted(crowds)
        ]

    def _pair_weight(self, a: int, b: int) -> int:
        key = (a, b) if a < b else (b, a)
        known = self._weights.get(key)
        return self._weigh(*key) if known is None else known

    def _veto_between(self, x: int, y: int) -> bool:
        vetoed, others = self._vetoed, self.members[y]
        for a in self.members[x]:  # loops: asked very often
            for b in others:
                if vetoed(a, b) if a < b else vetoed(b, a):
                    return True
        return False

    def _absorb(self, x: int, y: int, heap: list[tuple[int, int, int]]) -> None:
        sums = self._sums
        keep = self._join(x, y)
        gone = y if keep == x else x
        del sums[keep][gone]
        for other, (total, count) in sums.pop(gone).items():
            if other == keep or other not in self.members:
                continue
            sums[other].pop(gone, None)
            before = sums[keep].get(other, (0, 0))
            sums[keep][other] = sums[other][keep] = (before[0] + total, before[1] + count)
            if self._is_blocked(keep, other) or self._is_blocked(gone, other):
                self._blocked.add((min(keep, other), max(keep, other)))
        for other, (total, count) in sums[keep].items():
            average = total // count
            if average >= self._least:
                heappush(heap, (-average, min(keep, other), max(keep, other)))

    def _is_blocked(self, x: int, y: int) -> bool:
        return ((x, y) if x < y else (y, x)) in self._blocked
