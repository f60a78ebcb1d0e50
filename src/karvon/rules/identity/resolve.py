"""The one door of identity."""

from collections.abc import Iterable

from karvon.rules.identity.line import Decision, IdentityLine, Resolution, Snapshot


def take_snapshot(lines: Iterable[IdentityLine], *, number: int = 1) -> Snapshot:
    """Measure rarities and translations on these lines."""
    raise NotImplementedError


def resolve(
    lines: Iterable[IdentityLine], *, decisions: Iterable[Decision] = (), snapshot: Snapshot | None = None
) -> Resolution:
    """Link lines that name the same person. Does not depend on the order of lines or decisions."""
    raise NotImplementedError
