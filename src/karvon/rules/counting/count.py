"""The reference way of counting; queries run the same rules as SQL and are tested to be equal."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from karvon.rules.counting.facts import Facts
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
    """Heads without a name, already inside ``upper`` where the rule counts them."""


def load_rule(rule_id: str, parameters: Mapping[str, Decimal] | None = None) -> Rule:
    raise NotImplementedError


def count(rule: Rule, scope: Scope, facts: Facts, *, snapshot: int = 0) -> Count:
    raise NotImplementedError


def overlap(rule: Rule, first: str, second: str, scope: Scope, facts: Facts, *, snapshot: int = 0) -> Count:
    """People counted under both contracts."""
    raise NotImplementedError


def union(rule: Rule, contracts: tuple[str, ...], scope: Scope, facts: Facts, *, snapshot: int = 0) -> Count:
    """People counted under at least one of the contracts."""
    raise NotImplementedError
