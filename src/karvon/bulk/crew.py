"""Work on every core: each worker is a copy of this process and reads what it has already read."""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_inherited: list[Any] = []
"""In a worker: what all its tasks share."""


def cores() -> int:
    """The cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(task: Callable[[Any, T], R], items: Iterable[T], *, shared: Any, processes: int) -> Iterator[R]:
    """``task(shared, item)`` of every item, in the order of items.

    ``shared`` is never sent: workers are forked and find it in their memory. Where processes cannot be forked
    safely (macOS, Windows), with one process or one item, everything runs here. A worker that dies ends the run with an
    error instead of waiting for ever.
    """
    items = list(items)
    if min(processes, len(items)) < 2 or sys.platform != "linux":
        for item in items:
            yield task(shared, item)
        return
    with ProcessPoolExecutor(
        processes, mp_context=get_context("fork"), initializer=_inherit, initargs=(shared,)
    ) as pool:
        yield from pool.map(_run, ((task, item) for item in items))


def _inherit(shared: Any) -> None:
    """Keep what was forked, not sent. Pages nobody writes to stay shared; the collector would write to all of them."""
    gc.freeze()
    _inherited[:] = [shared]


def _run(work: tuple[Callable[[Any, T], R], T]) -> R:
    task, item = work
    return task(_inherited[0], item)
