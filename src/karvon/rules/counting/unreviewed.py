"""How many certain matches nobody has looked at: the bounds are hard given these, and page and report say so."""

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
    in_scope = see(_ANYBODY, scope, facts).by_line
    decided = {frozenset(pair) for pair in facts.register.same | facts.register.different}
    return sum(
        1
        for pair in {frozenset(pair) for pair in facts.register.certain}
        if pair not in decided and any(line in in_scope for line in pair)
    )
