"""What the pages of reports write besides the words of all pages."""

from collections.abc import Mapping
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

register = template.Library()

STATE: Final[Mapping[str, Promise]] = {
    "draft": pgettext_lazy("edition", "draft"),
    "published": pgettext_lazy("edition", "published"),
    "withdrawn": pgettext_lazy("edition", "withdrawn"),
}


@register.filter
def edition_state(state: str) -> str:
    return str(STATE[state])
