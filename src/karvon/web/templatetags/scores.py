"""Test scores as a reader reads them."""

from decimal import Decimal
from typing import Final

from django import template
from django.utils.translation import gettext_lazy as _

from karvon.rules.wording import number_text, sign_of
from karvon.web.languages import current
from karvon.web.words import Words

register = template.Library()
SCORE: Final[Words] = {"score_before": _("Before"), "score_after": _("After")}


@register.filter
def score_word(field: str) -> str:
    """Which of the two tests it is."""
    return str(SCORE[field])


@register.filter
def signed(change: Decimal | None) -> str:
    """A change with its sign: +12.5, −3, 0."""
    if change is None:
        return ""
    return f"{sign_of(change)}{number_text(abs(change), current())}"
