"""What pages about doubts and people need beside the words."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django import template

register = template.Library()


@register.filter
def with_next(things: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each thing with the one after it; ``None`` after the last."""
    return list(zip_longest(things, things[1:]))


@register.filter
def keys_of(things: Sequence[Any]) -> list[str]:
    """The keys of the things."""
    return [thing.key for thing in things]
