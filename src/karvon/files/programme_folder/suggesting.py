"""Did you mean ...? The nearest of the words that would have been right, and those there are."""

from collections.abc import Iterable

from karvon.rules.suggesting import nearest

__all__ = ["listed", "nearest"]

_SHOWN = 12


def listed(words: Iterable[str]) -> str:
    """The allowed words for a sentence: all of a short list, the first of a long one."""
    words = list(words)
    return ", ".join(words[:_SHOWN]) + (", …" if len(words) > _SHOWN else "")
