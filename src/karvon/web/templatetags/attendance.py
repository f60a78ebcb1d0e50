"""Attendance as a reader reads it."""

from datetime import date

from django import template

from karvon.rules.attendance import hours_said
from karvon.rules.reporting.dates import day_text
from karvon.rules.wording import number_text
from karvon.web.attendance.words import PRESENCE
from karvon.web.languages import current
from karvon.web.words import ROLE

register = template.Library()


@register.filter
def presence(status: str) -> str:
    """Present, completed, registered only; not there for somebody a sheet does not show that day."""
    return str(PRESENCE[status or "absent"])


@register.filter
def said_by_hand(value: str, field: str) -> str:
    """The value of a correction."""
    if field == "hours":
        hours = hours_said(value, whole=True)
        return number_text(hours, current()) if hours is not None else value
    return str((ROLE if field == "role" else PRESENCE).get(value, value))


@register.filter
def narrow_day(day: date) -> str:
    """The day at the head of a narrow column."""
    return day_text(day, current(), short=True)
