"""Several people of one process change a programme one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

LONGEST_WAIT: Final = 5.0
"""Seconds after which it is tried all the same: nobody waits for a large list that is being brought in."""
_TURNS: Final[dict[str, Lock]] = {}


@contextmanager
def turn(programme: str) -> Iterator[None]:
    """Wait for whoever is changing this programme, instead of overtaking them so that they have to begin again.

    It orders those who wait and guarantees nothing: what guards the records is the transaction, which other
    processes obey, too. Take it before the transaction begins.
    """
    lock = _TURNS.setdefault(programme, Lock())
    mine = lock.acquire(timeout=LONGEST_WAIT)
    try:
        yield
    finally:
        if mine:
            lock.release()
