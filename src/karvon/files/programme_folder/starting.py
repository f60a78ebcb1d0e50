"""An empty programme to fill in: a folder with ``programme.toml`` or ``programme.xlsx``, hints in one language."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from karvon import catalog
from karvon.files.programme_folder import hints
from karvon.files.programme_folder.from_toml import NAME as TOML
from karvon.files.programme_folder.schema import BY_NAME, KINDS, PROGRAMME, TARGET, WORKBOOK, Field, Kind
from karvon.files.programme_folder.to_toml import toml_string
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.wording import LANGUAGES

_ROWS: Final = 2_000
"""Rows of a tab that offer a drop-down list."""
_HEADING: Final = PatternFill("solid", fgColor="DCE6E4")
_LISTS: Final = "#"
_TABS: Final = (*KINDS[:-1], TARGET, KINDS[-1])
"""Targets stand right behind the indicators."""


def init_toml(folder: Path, language: str) -> Path:
    """Make a folder with a ``programme.toml`` whose every field stands as a comment with its hint in the language.

    Also makes ``sheets/`` and ``documents/``; returns the file to fill in. Refuses a folder that already has
    a description, and a language Karvon does not speak; then nothing is written.
    """
    return _start(folder, TOML, language, _write_toml)


def init_workbook(folder: Path, language: str) -> Path:
    """Make a folder with a ``programme.xlsx``: how to fill it in, then a tab per kind of record with headings, hints
    and drop-down lists. They are in the language; the reader understands those of all our languages.

    Also makes ``sheets/`` and ``documents/``; returns the file to fill in. Refuses as `init_toml` does.
    """
    return _start(folder, WORKBOOK, language, _write_workbook)


def _start(folder: Path, name: str, language: str, write: Callable[[Path, str], None]) -> Path:
    _refuse_language(language)
    there = next((other for other in (TOML, WORKBOOK) if (folder / other).exists()), None)
    if there:
        raise Refused(Problem("folder.already_there", Place(str(folder / there))))
    try:
        for below in ("sheets", "documents"):
            (folder / below).mkdir(parents=True, exist_ok=True)
        write(folder / name, language)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(Problem("folder.cannot_write", Place(str(folder)), {"reason": reason})) from error
    return folder / name


def _refuse_language(language: str) -> None:
    if language not in LANGUAGES:
        facts = {"found": language, "allowed": ", ".join(LANGUAGES)}
        raise Refused(Problem("folder.unknown_language", Place(), facts))


def _write_toml(path: Path, language: str) -> None:
    guide = hints.words(language)["guide"]
    lines = [f"# {guide['title']}", "#"]
    lines += [f"# {guide[step]}" for step in ("step_2", "step_6")]
    lines += ["", "format = 1"]
    for kind in _TABS:
        lines += ["", f"# {hints.tab_title(kind, language)}: {hints.words(language)['about'][kind.name]}"]
        lines += list(_empty_table(kind, language))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _empty_table(kind: Kind, language: str) -> Iterator[str]:
    """The table with its fields as comments; only ``[programme]`` itself stands, since it must be there."""
    name = "indicator.target" if kind is TARGET else kind.name
    yield f"[{name}]" if kind is PROGRAMME else f"# [[{name}]]"
    for field in kind.fields:
        if kind is TARGET and field.name == "indicator":
            continue
        if kind is PROGRAMME and field.name == "languages":
            yield f"languages = [{toml_string(language)}]  # {_toml_hint(kind, field, language)}"
        else:
            yield f"# {field.name} = {_example(field)}  # {_toml_hint(kind, field, language)}"


def _toml_hint(kind: Kind, field: Field, language: str) -> str:
    column = {"money": f"{field.name}_amount", "scope": "scope_contracts"}.get(field.shape, field.name)
    title = hints.column_title(kind, column, language)
    if field.shape == "scope":
        title = title.partition(":")[0]
    parts = [title, _hint(kind, column, field, language, form="toml")]
    if field.choices:
        parts.append(
            " | ".join(f"{choice} = {hints.choice_word(choice, language)}" for choice in field.choices)
        )
    needed = f" ({hints.words(language)['guide']['needed']})" if field.needed else ""
    said = "; ".join(part for part in parts[1:] if part)
    return f"{parts[0]}{needed}: {said}" if said else f"{parts[0]}{needed}"


_EXAMPLES: Final = {
    "day": "2018-10-10", "yes_no": "true", "whole": "1", "decimal": "1.5", "head_count": "{2018-10-11 = 30}",
    "money": '{amount = 50000, currency = "EUR"}', "shares": "{LV-79 = 60, erdf = 40}", "parameters": "{hours = 16}",
    "scope": '{countries = ["UZ"]}',
}  # fmt: skip


def _example(field: Field) -> str:
    if field.shape in _EXAMPLES:
        value = _EXAMPLES[field.shape]
    elif field.shape == "file":
        value = toml_string(f"{field.folder}/")
    else:
        value = toml_string(field.choices[0] if field.choices else "")
    return f"[{value}]" if field.many else value


def _write_workbook(path: Path, language: str) -> None:
    book = Workbook()
    _write_guide(book.active, language)
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for kind in _TABS:
        _write_tab(book.create_sheet(hints.tab_title(kind, language)), lists, kind, language)
    for sheet in book.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
    book.save(path)


def _write_guide(sheet: Any, language: str) -> None:
    guide, about = hints.words(language)["guide"], hints.words(language)["about"]
    sheet.title = guide["tab"]
    rows = [[guide["title"]], [], *([guide[f"step_{number}"]] for number in range(1, 7)), []]
    rows.append([guide["tab_heading"], guide["about_heading"]])
    rows += [[hints.tab_title(kind, language), about[kind.name]] for kind in _TABS]
    for row in rows:
        sheet.append(row)
    for number in range(3, 9):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
        sheet.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number].height = 30 if len(str(sheet.cell(number, 1).value)) > 110 else 16
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[10]:
        cell.font = Font(bold=True)
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 90


def _write_tab(sheet: Any, lists: Any, kind: Kind, language: str) -> None:
    for number, (column, field) in enumerate(hints.columns(kind), 1):
        needed = field.needed and not column.endswith("_currency")
        heading = hints.column_title(kind, column, language) + (" *" if needed else "")
        hint = _hint(kind, column, field, language)
        _style(sheet.cell(1, number, heading), heading=True)
        _style(sheet.cell(2, number, f"# {hint}" if number == 1 else hint), heading=False)
        if kind is PROGRAMME and column == "languages":
            sheet.cell(3, number, language)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(16, min(40, len(heading) + 4))
        if field.shape == "day":
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
        words = _offered(field, language)
        if words:
            _offer(sheet, lists, letter, words)
    sheet.freeze_panes = "B3"
    sheet.row_dimensions[2].height = 96


def _style(cell: Any, *, heading: bool) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=heading, italic=not heading, color=None if heading else "5A6B68")
    if heading:
        cell.fill = _HEADING


def _offered(field: Field, language: str) -> list[str]:
    """The words a column's drop-down list offers; none for a list field, whose cells hold several."""
    guide = hints.words(language)["guide"]
    if field.many:
        return []
    if field.shape == "yes_no":
        return [guide["yes"], guide["no"]]
    if field.shape == "rule":
        return list(catalog.names("counting_rules"))
    return [hints.choice_word(choice, language) for choice in field.choices]


def _offer(sheet: Any, lists: Any, letter: str, words: list[str]) -> None:
    """A drop-down list; its words stand in a hidden tab, since a list inside the rule may hold 255 characters only."""
    column = lists.max_column + 1 if lists["A1"].value else 1
    for row, word in enumerate(words, 1):
        lists.cell(row, column, word)
    spot = get_column_letter(column)
    formula = f"'{_LISTS}'!${spot}$1:${spot}${len(words)}"
    offered = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    sheet.add_data_validation(offered)
    offered.add(f"{letter}3:{letter}{_ROWS}")


def _hint(
    kind: Kind, column: str, field: Field, language: str, *, form: Literal["toml", "workbook"] = "workbook"
) -> str:
    """What belongs into the column: its meaning, then the form it is written in."""
    words = hints.words(language)
    meaning = words["hints"].get(kind.name, {}).get(column) or words["hints"]["any"].get(column, "")
    shapes = words["shapes"] | (words["toml_shapes"] if form == "toml" else {})
    pointed = field.kind or "place"
    written = shapes.get(field.shape, "").format(
        column=hints.column_title(kind, column, language),
        tab=hints.tab_title(BY_NAME[pointed], language),
        table=f"[[{pointed}]]",
        rules=", ".join(catalog.names("counting_rules")),
    )
    return "; ".join(part for part in (meaning, written) if part)
