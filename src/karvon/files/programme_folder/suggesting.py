"""Did you mean ...? The nearest of the words that would have been right."""

from collections.abc import Iterable
from difflib import get_close_matches

_SHOWN = 12


def nearest(word: str, among: Iterable[str]) -> str:
    """The most similar word, or '' when none is near."""
    words = list(among)
    folded = {w.casefold().replace("-", "_").replace(" ", "_"): w for w in words}
    near = get_close_matches(word.casefold().replace("-", "_").replace(" ", "_"), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else ""


def listed(words: Iterable[str]) -> str:
    """The allowed words for a sentence: all of a short list, the first of a long one."""
    words = list(words)
    return ", ".join(words[:_SHOWN]) + (", …" if len(words) > _SHOWN else "")
