"""Whether a published sentence with a number holds, and what would settle it where that is open."""

from karvon.rules.statements.judge import Verdict, judge

__all__ = ["Verdict", "judge"]
