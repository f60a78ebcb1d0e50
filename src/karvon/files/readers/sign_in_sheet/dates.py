"""Days as people write them: ISO, day first, month names in many languages, a workbook's serial numbers."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from karvon.files.readers.sign_in_sheet.grid import Cell
from karvon.files.readers.sign_in_sheet.words import fold, words

_ISO: Final = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?$")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d{2})\.?(?:\s+\d{1,2}:.*)?$")
_EPOCH: Final = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 29221, 65380  # 1980-01-01 to 2078-12-31: nobody trains outside


def serial_day(number: float) -> date | None:
    """The day of a workbook's serial number, or ``None`` when it is no likely day of a training."""
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(number))
    return None


def day_written(cell: Cell, *, year: int | None = None) -> date | None:
    """The day a cell names, or ``None``.

    Understands real dates, serial numbers, ``2018-10-10``, ``10.10.2018``, ``10/10/18`` (day first; month first
    only where the day would be over 12), ``10 October 2018`` in the languages of the catalogue. A day without its
    year is read only when ``year`` is given.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return serial_day(cell)
    if isinstance(cell, str):
        return _day_of_text(cell.strip(), year)
    return None


@lru_cache(maxsize=4096)
def _day_of_text(text: str, year: int | None) -> date | None:
    if not 3 <= len(text) <= 40 or not any(sign.isdigit() for sign in text):
        return None
    if found := _ISO.match(text):
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(text):
        wide = int(found[3])
        wide += 2000 if wide < 80 else 1900 if wide < 100 else 0
        first, second = int(found[1]), int(found[2])
        return _valid(wide, second, first) or _valid(wide, first, second)
    return _with_month_name(text, year)


def _with_month_name(text: str, year: int | None) -> date | None:
    months = words().months
    month, numbers = None, []
    for part in re.findall(r"[^\W\d_]+|\d+", fold(text)):
        if part.isdigit():
            numbers.append(int(part))
        elif part in months:
            month = months[part]
    if month is None or not numbers:
        return None
    wide = next((n for n in numbers if 1980 <= n <= 2078), year)
    days = [n for n in numbers if 1 <= n <= 31]
    if wide is None and len(numbers) == 2 and 10 <= numbers[1] < 79:
        wide = 2000 + numbers[1]  # "10-Oct-18"
    return _valid(wide, month, days[0]) if wide and days else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1980 <= found.year <= 2078 else None
