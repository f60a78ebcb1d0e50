"""On which page a thing is read."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.urls import reverse

_OWN_PAGE: Final[Mapping[str, str]] = {
    "visit": "visit", "event": "event", "contract": "contract", "organisation": "organisation", "expert": "expert",
    "statement": "statement", "indicator": "figure",
}  # fmt: skip
_LIST: Final[Mapping[str, str]] = {"proposal": "proposals"}
_PAPER_OF: Final = ("event", "visit", "contract")
_ADVICE: Final[Mapping[str, Callable[[str, Mapping[str, Any]], str]]] = {
    "recommendation_group": lambda key, values: "",
    "recommendation": lambda key, values: key,
    "action_point": lambda key, values: str(values.get("recommendation", "")),
}
_WITHIN: Final[Mapping[str, tuple[str, str]]] = {
    "delegate": ("visit", "visit"), "observation": ("event", "event"), "membership": ("organisation", "organisation"),
}  # fmt: skip
"""Shown with another thing: the page, and the field that names it."""


def read_at(programme: str, kind: str, key: str, values: Mapping[str, Any]) -> str:
    """The address at which the thing is read; that of the list of its kind where it has no page."""
    if kind == "programme":
        return reverse("overview", args=(programme,))
    if kind in _OWN_PAGE:
        return reverse(_OWN_PAGE[kind], args=(programme, key))
    if kind == "document":
        page = next((page for page in _PAPER_OF if values.get(page)), "")
        return (
            reverse(page, args=(programme, values[page])) if page else reverse("documents", args=(programme,))
        )
    if kind in _LIST:
        return reverse(_LIST[kind], args=(programme,))
    if kind in _ADVICE:
        spot = _ADVICE[kind](key, values)
        return reverse("recommendations", args=(programme,)) + (f"#{spot}" if spot else "")
    if kind in _WITHIN and values.get(_WITHIN[kind][1]):
        page, field = _WITHIN[kind]
        return reverse(page, args=(programme, values[field]))
    return reverse("writing-kind", args=(programme, kind))
