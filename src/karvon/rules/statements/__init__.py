"""Whether a published sentence with a number holds, and what would settle it where that is open."""

from karvon.rules.statements.doubts import SettlingPair, settling
from karvon.rules.statements.verdict import Verdict, judge

__all__ = ["SettlingPair", "Verdict", "judge", "settling"]
