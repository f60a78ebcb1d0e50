"""Whether a published sentence with a number holds, and what would settle it where that is open."""

from karvon.rules.statements.doubts import SettlingPair, settling
from karvon.rules.statements.queue import Figured, Queued, Settled, queue
from karvon.rules.statements.verdict import Verdict, judge

__all__ = ["Figured", "Queued", "Settled", "SettlingPair", "Verdict", "judge", "queue", "settling"]
