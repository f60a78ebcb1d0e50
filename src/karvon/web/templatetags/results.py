"""What the pages of results write besides the words of all pages."""

from django import template

from karvon.web.results.words import REACHED

register = template.Library()


@register.filter
def reached(state: str) -> str:
    """Whether a target is reached, in words."""
    return str(REACHED[state])


@register.filter
def at_most(number: int, most: int) -> int:
    return min(number, most)
