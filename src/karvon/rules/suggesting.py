"""Did you mean ...? The nearest of the words that would have been right."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, among: Iterable[str]) -> str:
    """The most similar word, or '' when none is near."""
    folded = {_folded(one): one for one in among}
    near = get_close_matches(_folded(word), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else ""


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
