"""What the lines of one component say of each other, every pair of different lines compared once."""

from collections.abc import Sequence

from karvon.rules.identity.features import Features
from karvon.rules.identity.weights import Part, Weights, total

Pair = tuple[int, int]
Said = tuple[int, int] | tuple[int, int, bool]
FEW = 32
"""Lines among which it does not pay to look for such as say the same."""


class Comparison:
    """The evidence on pairs of positions in ``lines``, in any order of the two; remembered.

    Lines that say the same are compared as one, but for whether two stand on one sheet: thousands of copies take
    little time and memory.
    """

    __slots__ = ("_parts", "_same_as", "_vetoed", "_weight", "_weights", "lines")

    def __init__(self, lines: Sequence[Features], weights: Weights) -> None:
        self.lines = lines
        self._weights = weights
        self._parts: dict[Said, list[Part]] = {}
        self._weight: dict[Said, int] = {}
        self._vetoed: dict[Said, bool] = {}
        self._same_as = _first_that_says_it(lines) if len(lines) > FEW else None

    def said(self, a: int, b: int) -> Said:
        """The same for pairs whose evidence is the same."""
        if b < a:
            a, b = b, a
        same_as = self._same_as
        return (a, b) if same_as is None else (same_as[a], same_as[b], self.on_one_sheet(a, b))

    def on_one_sheet(self, a: int, b: int) -> bool:
        sheet = self.lines[a].sheet
        return sheet != "" and sheet == self.lines[b].sheet

    def parts(self, a: int, b: int) -> list[Part]:
        """Every field's evidence; do not change it."""
        said = self.said(a, b)
        found = self._parts.get(said)
        if found is None:
            if b < a:
                a, b = b, a
            found = self._parts[said] = self._weights.parts(self.lines[a], self.lines[b])
        return found

    def weight(self, a: int, b: int) -> int:
        """The sum of the parts, in 1/100 bit."""
        said = self.said(a, b)
        found = self._weight.get(said)
        if found is None:
            found = self._weight[said] = total(self.parts(a, b))
        return found

    def vetoed(self, a: int, b: int) -> bool:
        """Whether what the two lines say plainly cannot be one person."""
        said = self.said(a, b)
        found = self._vetoed.get(said)
        if found is None:
            if b < a:
                a, b = b, a
            found = self._vetoed[said] = self._weights.vetoed(self.lines[a], self.lines[b])
        return found


def _first_that_says_it(lines: Sequence[Features]) -> list[int]:
    """For each position the first of those that say the same in everything that is compared."""
    first: dict[tuple[object, ...], int] = {}
    return [
        first.setdefault((_compared(f), f.turned and _compared(f.turned)), at) for at, f in enumerate(lines)
    ]


def _compared(f: Features) -> tuple[object, ...]:
    return (
        f.surname, f.given, f.father, f.given_initial, f.father_initial, f.gender, f.organisation, f.position, f.place,
        f.phone, f.email,
    )  # fmt: skip
