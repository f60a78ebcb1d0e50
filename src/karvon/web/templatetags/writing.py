"""Texts, days, numbers and names as the reader's language writes them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import format_percent
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from karvon.rules.identity.levels import rarity
from karvon.rules.identity.line import EvidencePart
from karvon.rules.places import country_name, place_of_key, sector_name
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Money, Period
from karvon.rules.reporting.dates import day_text, period_text
from karvon.rules.wording import locale_of, money_text, number_text
from karvon.web.journal.told import said_facts
from karvon.web.languages import OWN_NAMES, current
from karvon.web.words import COMPARATOR, RARITY, REPORT_FORM, ROLE_COUNTED, TABLES

register = template.Library()


@register.filter
def say(text: Text) -> str | SafeString:
    """What was written, in the reader's language; marked with its own language where that is another."""
    tag = current()
    said, language = text.say(tag), text.language_said(tag)
    if language == tag or not said:
        return said
    return format_html('<span lang="{}">{}</span>', language, said)


@register.filter
def facts(said: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Facts of a journal entry with their words."""
    return said_facts(said)


@register.filter
def say_plain(text: Text) -> str:
    """What was written, without markup, for titles."""
    return text.say(current())


@register.filter
def written(name: str) -> SafeString:
    """A name exactly as somebody wrote it: never translated, in no stated language."""
    return format_html('<span class="written" lang="und" translate="no">{}</span>', name)


@register.filter
def day(value: date | None) -> str:
    return day_text(value, current()) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    return day_text(value, current(), short=True) if value else ""


@register.filter
def moment(value: datetime) -> str:
    """Day and minute, universal time."""
    at = localtime(value)
    return f"{day_text(at.date(), current(), short=True)} {at:%H:%M}"


@register.filter
def period(value: Period) -> str:
    return period_text(value, current())


@register.filter
def short_period(value: Period) -> str:
    return period_text(value, current(), short=True)


@register.filter
def number(value: int | Decimal | None) -> str:
    return "" if value is None else number_text(value, current())


@register.filter
def money(value: Money | None) -> str:
    return money_text(value.amount, value.currency, current()) if value else ""


@register.filter
def per_cent(value: Decimal) -> str:
    return format_percent(value / 100, locale=locale_of(current()), decimal_quantization=False)


@register.filter
def size(value: int) -> str:
    """A file's size in kilobytes."""
    return f"{number_text(max(1, round(value / 1000)), current())} kB"


@register.filter
def bits(hundredths: int) -> str:
    """Evidence in bits with its sign, to a tenth: +3.3, −1.7."""
    text = number_text(round(abs(Decimal(hundredths)) / 100, 1), current())
    return f"{'−' if hundredths < 0 else '+'}{text}"


@register.filter
def sector(code: str) -> str:
    return sector_name(code, current())


@register.filter
def sectors(codes: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(sector_name(code, current()) for code in codes))


@register.filter
def country(code: str) -> str:
    return country_name(code, current()) if code else ""


@register.filter
def spoken(tag: str) -> str:
    """The name of a spoken language."""
    base = {"uz-Cyrl": "uz"}.get(tag, tag)
    names: Mapping[str, str] = locale_of(current()).languages
    return names.get(base, tag)


@register.filter
def word(value: str, table: str) -> str:
    """The field's word for a kind, role, stage or reason; the code itself for one nobody worded."""
    found = TABLES[table].get(value)
    return str(found) if found is not None else value


@register.filter
def role_counted(role: str, people: int) -> str:
    """``participants`` as it follows their number; the number itself is not written."""
    return str(ROLE_COUNTED[role] % people)


@register.filter
def first_up(text: str) -> str:
    """With a capital at the start; the rest is left alone, and markup too."""
    return text if isinstance(text, SafeString) else text[:1].upper() + text[1:]


@register.filter
def form(value: str) -> str:
    return REPORT_FORM[value]


@register.filter
def held_against(value: str, number: int) -> str:
    """``more than 150`` in the reader's language."""
    return str(COMPARATOR[value]) % {"number": number_text(number, current())}


@register.filter
def key_of(mapping: Mapping[str, Any], key: str) -> Any:
    return mapping.get(key, "")


@register.filter
def file_name(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


@register.filter
def label(value: Any) -> str | SafeString:
    """A step of the way back: a text of the programme, or words of ours."""
    return say(value) if isinstance(value, Text) else str(value)


@register.filter
def own_name(tag: str) -> str:
    """A language's own name for itself."""
    return OWN_NAMES[tag]


@register.simple_tag
def seldom_or_often(field: str, level: str, weight: int) -> str:
    """`` (common)`` or `` (rare)`` behind an agreement that is; else nothing."""
    found = rarity(EvidencePart(field, level, weight))
    return f" ({RARITY[found]})" if found else ""


@register.simple_tag(takes_context=True)
def place(context: template.Context, key: str) -> str | SafeString:
    """A place by its key: of the catalogue, else of the programme's own."""
    known = place_of_key(key)
    if known:
        return say(known.name)
    own: Mapping[str, Text] = context.get("own_places") or {}
    return say(own[key]) if key in own else key


@register.simple_tag(takes_context=True)
def itinerary(context: template.Context, keys: Iterable[str]) -> SafeString:
    """Places in the order of the journey."""
    return mark_safe(" – ".join(str(format_html("{}", place(context, key))) for key in keys))  # noqa: S308
