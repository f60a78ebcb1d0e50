"""The figures of indicators of people as they are kept: two small tables, summed in the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from django.db.models import Count as SqlCount

from karvon.records import models as records
from karvon.rules.counting.figures import Asked
from karvon.rules.reporting.figure import Figure


@dataclass(frozen=True, slots=True)
class Asking:
    """One figure of an indicator: the programme's own, a contract's, an overlap of two, or the union."""

    kind: Literal["programme", "contract", "overlap", "union", "participations"]
    first: str = ""
    second: str = ""

    def asked(self, contracts: Sequence[str]) -> Asked:
        match self.kind:
            case "programme":
                return Asked((None,))
            case "contract":
                return Asked((self.first,))
            case "overlap":
                return Asked((self.first, self.second))
            case "union":
                return Asked(tuple(contracts), "any")
            case "participations":
                raise ValueError("participations are counted by a rule of their own")


def askings(contracts: Sequence[str]) -> tuple[Asking, ...]:
    """Everything the table of results asks of one indicator."""
    return (
        Asking("programme"),
        *(Asking("contract", contract) for contract in contracts),
        *(Asking("overlap", first, second) for first, second in combinations(contracts, 2)),
        *([Asking("union")] if contracts else []),
    )


Maintained = dict[str, dict[Asking, Figure]]
"""Indicator -> its figures."""


def maintained_figures(programme: str) -> Maintained:
    """Every figure of every indicator of people, summed from the maintained tables.

    Settled people are counted in the database by the contracts they stand under; what unsettled components
    and unnamed heads add was worked out by the reference when the register last changed. Tested to be equal
    to ``reference_figures``. Two SQL statements, however many contracts and people.
    """
    rows = list(
        records.UnsettledBound.objects.filter(indicator__programme__key=programme).select_related(
            "indicator", "contract", "second"
        )
    )
    contracts = {row.contract.id: row.contract.key for row in rows if row.contract}
    settled: dict[str, dict[Asking, int]] = {}
    standings = (
        records.Standing.objects.filter(indicator__programme__key=programme, settled=True)
        .order_by()
        .values_list("indicator__key", "under", "by_programme")
        .annotate(people=SqlCount("id"))
    )
    for indicator, under, by_programme, people in standings:
        counts = settled.setdefault(indicator, {})
        for asking in counted_in(
            [contracts[int(contract)] for contract in under.split(",") if contract], by_programme
        ):
            counts[asking] = counts.get(asking, 0) + people
    found: Maintained = {}
    for row in rows:
        first, second = (one.key if one else "" for one in (row.contract, row.second))
        asking = Asking(row.kind, first, second)  # type: ignore[arg-type]  # written from an Asking
        sure = settled.get(row.indicator.key, {}).get(asking, 0)
        found.setdefault(row.indicator.key, {})[asking] = Figure(
            sure + row.lower, sure + row.best, sure + row.upper, outer=row.outer, unnamed=row.unnamed
        )
    return found


def counted_in(under: Sequence[str], by_programme: bool) -> Iterable[Asking]:
    """The figures that hold a person who stands under these contracts."""
    yield from (Asking("contract", contract) for contract in under)
    yield from (Asking("overlap", first, second) for first, second in combinations(under, 2))
    if under:
        yield Asking("union")
    if by_programme:
        yield Asking("programme")
