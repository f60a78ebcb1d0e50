"""How many certain matches nobody has looked at: the bounds are hard given these, and page and report say so."""

from collections.abc import Iterable

from karvon.rules.counting.facts import Facts
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import see
from karvon.rules.programme.description import Scope

_ANYBODY = Rule(
    id="",
    version=0,
    counts="people",
    way="distinct",
    per="period",
    structured_only=False,
    signed_only=False,
    counts_unnamed=False,
    verified=True,
    source="",
)


def certain_unreviewed(facts: Facts, scope: Scope) -> int:
    """The number of certain matches with at least one line in the scope that no person has decided on."""
    in_scope = see(_ANYBODY, scope, facts).by_line.keys()
    register = facts.register
    left = _ordered(register.certain) - _ordered(register.same) - _ordered(register.different)
    return sum(1 for a, b in left if a in in_scope or b in in_scope)


def _ordered(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(a, b) if a <= b else (b, a) for a, b in pairs}
