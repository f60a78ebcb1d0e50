"""Why two lines are, or are not, taken to be one person: every field in words and hundredths of a bit."""

from karvon.rules.identity.comparison import Comparison
from karvon.rules.identity.line import EvidencePart, IdentityLine, Match, Snapshot
from karvon.rules.identity.snapshot import read_lines
from karvon.rules.identity.support import NO_RIVAL, Core, between, certainly, support
from karvon.rules.identity.weights import Weights


def explain(a: IdentityLine, b: IdentityLine, snapshot: Snapshot) -> Match:
    """Every part of the evidence on two lines by themselves; the weight is their sum.

    The band says what the pair alone shows; rivals and decisions can only lower it from certain.
    """
    if b.line < a.line:
        a, b = b, a
    weights = Weights(snapshot)
    read = read_lines([a, b], shares=snapshot.tables["given_share"])
    comparison = Comparison(read, weights)
    parts = list(comparison.parts(0, 1))
    said = between(comparison, 0, 1, apart=None)
    first, second = (Core.of(at, line, NO_RIVAL) for at, line in enumerate(read))
    value = support(first, second, said, group_at_odds=False)
    certain = not said.at_odds and certainly(first, second, said, value)
    if comparison.vetoed(0, 1):
        parts.append(("veto", "cannot be one person", 0))
    return Match(
        a=a.line,
        b=b.line,
        weight=said.weight,
        band="certain" if certain else "undecided",
        parts=tuple(EvidencePart(*part) for part in parts),
    )
