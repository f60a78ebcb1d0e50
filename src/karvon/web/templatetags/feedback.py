"""Feedback as a reader reads it."""

from django import template

from karvon.web.feedback.words import ASKED, WAY

register = template.Library()


@register.filter
def asked_about(question: str) -> str:
    """What a question is about, in a word or two."""
    return str(ASKED[question])


@register.filter
def came(way: str) -> str:
    """How an answer came."""
    return str(WAY[way])
