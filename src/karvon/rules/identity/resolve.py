"""The one door of identity."""

from collections.abc import Iterable

from karvon.rules.identity.candidates import Readings, candidate_pairs, readings, said_by
from karvon.rules.identity.deciding import LEAST_WEIGHT, decide_each, said_of
from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Decision, IdentityLine, Resolution, Snapshot
from karvon.rules.identity.reading import KeptLine, block_keys, packed_keys, said_digest
from karvon.rules.identity.snapshot import read_and_measure, read_lines
from karvon.rules.identity.weights import Weights


def take_snapshot(lines: Iterable[IdentityLine], *, number: int = 1) -> Snapshot:
    """Measure rarities on these lines; the same lines give the same tables in any order."""
    return read_and_measure(sorted(lines, key=_by_line), number=number)[1]


def resolve(
    lines: Iterable[IdentityLine], *, decisions: Iterable[Decision] = (), snapshot: Snapshot | None = None
) -> Resolution:
    """Link lines that name the same person. Does not depend on the order of lines.

    Without a ``snapshot`` one is taken of these lines. Of several decisions on one pair the last holds:
    *different* is obeyed always, *same* unless it contradicts a *different*, *cannot tell* keeps a pair undecided.
    """
    return _resolved(lines, decisions, snapshot)[0]


def resolve_and_keep(
    lines: Iterable[IdentityLine],
    *,
    register: str,
    decisions: Iterable[Decision] = (),
    snapshot: Snapshot | None = None,
) -> tuple[Resolution, list[KeptLine]]:
    """As ``resolve``, with what is kept of every line so that ``newcomers`` can go on from here.

    ``register`` names the register in its keys.
    """
    resolution, read, (surnames, given), parts = _resolved(lines, decisions, snapshot)
    first = {at: read[part[0]].line for part in parts for at in part}
    kept: dict[tuple[object, ...], tuple[int, str]] = {}  # lines that say the same have the same keys
    found = []
    for at, f in enumerate(read):
        said = said_by(f)
        if said not in kept:
            keys = packed_keys(block_keys(f, surnames, given, register=register))
            kept[said] = (said_digest(f), keys)
        found.append(KeptLine(f, *kept[said], first[at]))
    return resolution, found


def _resolved(
    lines: Iterable[IdentityLine], decisions: Iterable[Decision], snapshot: Snapshot | None
) -> tuple[Resolution, list[Features], tuple[Readings, Readings], list[list[int]]]:
    ordered = sorted(lines, key=_by_line)
    if snapshot is None:
        read, snapshot = read_and_measure(ordered, number=1)
    else:
        read = read_lines(ordered, shares=snapshot.tables["given_share"])
    weights = Weights(snapshot)
    said = said_of(decisions, {line.line: at for at, line in enumerate(ordered)})
    words = readings(read, weights)
    weighed = {
        pair: weight
        for pair in sorted(candidate_pairs(read, words))
        if (weight := weights.weight(read[pair[0]], read[pair[1]])) >= LEAST_WEIGHT
    }
    made = decide_each(read, weighed=weighed, said=said, weights=weights)
    resolution = Resolution(
        groups=tuple(
            tuple(ordered[at].line for at in group)
            for group in sorted(group for _, component in made for group in component.groups)
        ),
        matches=tuple(
            sorted((match for _, component in made for match in component.matches), key=lambda m: (m.a, m.b))
        ),
        snapshot=snapshot,
        chances=tuple(chance for _, component in made for chance in component.chances),
        too_large=tuple(
            sorted(
                tuple(ordered[at].line for at in crowd)
                for _, component in made
                for crowd in component.too_large
            )
        ),
    )
    return resolution, read, words, [part for part, _ in made]


def _by_line(line: IdentityLine) -> str:
    return line.line
