"""Days and periods as each language writes them.

CLDR's patterns for Uzbek ("10-sentabr, 2018") and its short Latvian months are not what a native
reader writes in a report, so the patterns are ours: ``catalog/dates/<language>.toml``.
"""

from datetime import date

from karvon import catalog
from karvon.rules.programme.values import Period


def day_text(day: date, language: str, *, short: bool = False) -> str:
    """``10 September 2018``, ``2018. gada 10. septembris``; short, for tables: ``10 Sep 2018``, ``10.09.2018.``"""
    return _written("short_day" if short else "day", day, day, language)


def day_of_a_month_text(day: date, language: str) -> str:
    """A day without its year, for axes and agendas of one visit."""
    return _written("day_of_a_month", day, day, language)


def month_text(day: date, language: str) -> str:
    """The month of this day with its year."""
    words = catalog.load(f"dates/{language}")
    month = words.get("months_alone", words["months"])[day.month - 1]
    return str(words["month"]).format(month=month, year=day.year)


def month_name(day: date, language: str) -> str:
    """The short name of this day's month, for an axis."""
    words = catalog.load(f"dates/{language}")
    return str(words["short_months"][day.month - 1])


def period_text(period: Period, language: str, *, short: bool = False) -> str:
    """Both days with what they share said once; an open end is an ellipsis; '' when nothing is known."""
    first, last = period.starts, period.ends
    if first is None or last is None:
        ends = [day_text(day, language, short=short) if day else "…" for day in (first, last)]
        return " – ".join(ends) if first or last else ""
    if first == last:
        return day_text(first, language, short=short)
    if first.year != last.year:
        return f"{day_text(first, language, short=short)} – {day_text(last, language, short=short)}"
    shared = "days_of_a_month" if first.month == last.month else "days_of_a_year"
    return _written(f"short_{shared}" if short else shared, first, last, language)


def _written(pattern: str, first: date, last: date, language: str) -> str:
    words = catalog.load(f"dates/{language}")
    return str(words[pattern]).format(
        day=first.day,
        month=words["months"][first.month - 1],
        short_month=words["short_months"][first.month - 1],
        number=first.month,
        year=first.year,
        last_day=last.day,
        last_month=words["months"][last.month - 1],
        last_short_month=words["short_months"][last.month - 1],
        last_number=last.month,
    )
