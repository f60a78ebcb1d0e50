"""What the lines of one component say of each other, every pair compared once."""

from collections.abc import Sequence

from karvon.rules.identity.features import Features
from karvon.rules.identity.weights import Part, Weights

Pair = tuple[int, int]


class Comparison:
    """The evidence on pairs of positions in ``lines``, in any order of the two; remembered."""

    __slots__ = ("_parts", "_vetoed", "_weight", "_weights", "lines")

    def __init__(self, lines: Sequence[Features], weights: Weights) -> None:
        self.lines = lines
        self._weights = weights
        self._parts: dict[Pair, list[Part]] = {}
        self._weight: dict[Pair, int] = {}
        self._vetoed: dict[Pair, bool] = {}

    def parts(self, a: int, b: int) -> list[Part]:
        """Every field's evidence; do not change it."""
        pair = (a, b) if a < b else (b, a)
        found = self._parts.get(pair)
        if found is None:
            found = self._parts[pair] = self._weights.parts(self.lines[pair[0]], self.lines[pair[1]])
        return found

    def weight(self, a: int, b: int) -> int:
        """The sum of the parts, in 1/100 bit."""
        pair = (a, b) if a < b else (b, a)
        found = self._weight.get(pair)
        if found is None:
            found = self._weight[pair] = sum(part[2] for part in self.parts(a, b))
        return found

    def vetoed(self, a: int, b: int) -> bool:
        """Whether what the two lines say plainly cannot be one person."""
        pair = (a, b) if a < b else (b, a)
        found = self._vetoed.get(pair)
        if found is None:
            found = self._vetoed[pair] = self._weights.vetoed(self.lines[pair[0]], self.lines[pair[1]])
        return found
