"""Fill in an empty workbook as a coordinator would: by the headings of its tabs, in their language."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from karvon.files.programme_folder import hints
from karvon.files.programme_folder.schema import BY_NAME, KINDS, TARGET, Field, Kind
from karvon.files.programme_folder.to_toml import value_of
from karvon.rules.programme.description import ProgrammeDescription
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Share


def fill_in(path: Path, description: ProgrammeDescription, language: str) -> None:
    """Write the description into the empty workbook, below its hints, with the words of its language."""
    book = load_workbook(path)
    for kind in KINDS:
        records = getattr(description, kind.holder)
        sheet = book[hints.tab_title(kind, language)]
        for row, record in enumerate(records if isinstance(records, tuple) else (records,), 3):
            for column, field in hints.columns(kind):
                _write(sheet, row, kind, column, field, record, language)
    row = 3
    for indicator in description.indicators:
        for target in indicator.targets:
            sheet = book[hints.tab_title(TARGET, language)]
            for column, field in hints.columns(BY_NAME["target"]):
                value = indicator.key if column == "indicator" else value_of(target, field)
                sheet.cell(row, _column(sheet, TARGET, column, language), _cell(field, value, language))
            row += 1
    book.save(path)


def _column(sheet: Any, kind: Kind, column: str, language: str) -> int:
    title = hints.column_title(kind, column, language)
    return next(cell.column for cell in sheet[1] if cell.value in (title, f"{title} *"))


def _write(sheet: Any, row: int, kind: Kind, column: str, field: Field, record: Any, language: str) -> None:
    at = _column(sheet, kind, column, language)
    if column.startswith("scope_"):
        sheet.cell(row, at, _cell(field, value_of(record.scope, field), language))
    elif field.shape == "money":
        money = getattr(record, field.name)
        sheet.cell(row, at, money and (money.amount if column.endswith("_amount") else money.currency))
    elif field.shape == "text":
        for tag, text in value_of(record, field):
            sheet.cell(row, _language_column(sheet, at, tag), text)
    else:
        sheet.cell(row, at, _cell(field, value_of(record, field), language))


def _language_column(sheet: Any, at: int, tag: str) -> int:
    """The column of the text in this language, added at the end when it is not there."""
    heading = f"{sheet.cell(1, at).value.removesuffix(' *')} ({tag})"
    for cell in sheet[1]:
        if cell.value == heading:
            return int(cell.column)
    column = int(sheet.max_column) + 1
    sheet.cell(1, column, heading)
    return column


def _cell(field: Field, value: Any, language: str) -> Any:
    guide = hints.words(language)["guide"]
    if field.shape == "shares":
        return _shares(value)
    if field.shape == "head_count":
        return "; ".join(f"{count.day}: {count.heads}" for count in value)
    if field.shape == "parameters":
        return "; ".join(f"{name}: {number}" for name, number in value)
    if isinstance(value, bool):
        return guide["yes"] if value else guide["no"]
    if isinstance(value, tuple):
        return "; ".join(str(_cell(field, item, language)) for item in value)
    if field.shape == "choice" and value:
        return hints.choice_word(value, language)
    return value if isinstance(value, Decimal | int) or value is None or not isinstance(value, Text) else None


def _shares(shares: tuple[Share, ...] | None) -> str | None:
    if shares is None:
        return None
    return "; ".join(f"{share.contract}: {share.percent} %" for share in shares) or "-"
