"""A funder's counting rule as data, and the number it gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from karvon import catalog
from karvon.rules.problems import Problem, Refused
from karvon.rules.programme.description import Scope


@dataclass(frozen=True, slots=True)
class Rule:
    """A funder's rule, from ``catalog/counting_rules/<id>.toml``."""

    id: str
    version: int
    counts: Literal["people", "participations", "person_days"]
    way: Literal["distinct", "threshold", "completion", "participation", "day"]
    per: Literal["period", "contract"]
    structured_only: bool
    signed_only: bool
    counts_unnamed: bool
    verified: bool
    source: str
    parameters: tuple[tuple[str, Decimal], ...] = ()

    def parameter(self, name: str) -> Decimal:
        """The value of one parameter; raises ``KeyError`` where the rule has none of that name."""
        return dict(self.parameters)[name]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a Count speaks of; its rows are fetched again from this when it is opened."""

    rule: str
    rule_version: int
    parameters: tuple[tuple[str, Decimal], ...]
    scope: Scope
    snapshot: int


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its bounds: lower <= best <= upper.

    Hard given the certain matches and given that unmatched lines are different people.
    ``outer`` says that some component was too large for exact bounds and a safe outer bound stands in.
    """

    lower: int
    best: int
    upper: int
    selection: Selection
    outer: bool = False
    unnamed: int = 0
    """Heads without a name, already inside ``upper`` where the rule counts them (0 where it does not)."""


def load_rule(rule_id: str, parameters: Mapping[str, Decimal] | None = None) -> Rule:
    """A rule of the catalogue with its parameters, the given ones in place of its own.

    Raises ``Refused`` with ``counting.rule_unknown``, ``counting.parameter_unknown`` or
    ``counting.parameter_out_of_range``.
    """
    if rule_id not in catalog.names("counting_rules"):
        known = ", ".join(catalog.names("counting_rules"))
        raise Refused(Problem("counting.rule_unknown", facts={"rule": rule_id, "known": known}))
    data = catalog.load(f"counting_rules/{rule_id}")
    ranges = {
        name: (Decimal(p["least"]), Decimal(p["most"])) for name, p in data.get("parameters", {}).items()
    }
    values = {name: Decimal(p["value"]) for name, p in data.get("parameters", {}).items()}
    problems = []
    for name, value in sorted((parameters or {}).items()):
        if name not in ranges:
            problems.append(Problem("counting.parameter_unknown", facts={"rule": rule_id, "parameter": name}))
        elif not (value.is_finite() and ranges[name][0] <= value <= ranges[name][1]):
            facts = {
                "parameter": name,
                "value": str(value),
                "least": str(ranges[name][0]),
                "most": str(ranges[name][1]),
            }
            problems.append(Problem("counting.parameter_out_of_range", facts={"rule": rule_id, **facts}))
        else:
            values[name] = value
    if problems:
        raise Refused(*problems)
    return Rule(
        id=rule_id,
        version=data["version"],
        counts=data["counts"],
        way=data["way"],
        per=data["per"],
        structured_only=data["structured_only"],
        signed_only=data["signed_only"],
        counts_unnamed=data["counts_unnamed"],
        verified=data["verified"],
        source=data["source"],
        parameters=tuple(sorted(values.items())),
    )
