"""Whether a published sentence with a number holds, and what would settle it where that is open."""

from karvon.rules.statements.doubts import SettlingPair, settling
from karvon.rules.statements.queue import (
    Figured,
    Queued,
    Settled,
    Shift,
    Weighed,
    queue,
    ranked,
    weigh_doubts,
)
from karvon.rules.statements.verdict import Verdict, judge

__all__ = [
    "Figured",
    "Queued",
    "Settled",
    "SettlingPair",
    "Shift",
    "Verdict",
    "Weighed",
    "judge",
    "queue",
    "ranked",
    "settling",
    "weigh_doubts",
]
