"""``karvon sheet read FILE``: what is read from one sign-in sheet, for people and for programs."""

import json
import pathlib
import sys
from collections import Counter
from typing import Any

import click

from karvon import catalog
from karvon.cli.language import language_option, raw
from karvon.files.readers.sign_in_sheet import read_sheet
from karvon.rules.evidence.sheet import PersonRow, SheetReading, SheetTable
from karvon.rules.problems import Place
from karvon.rules.wording import fill, problem_text

_SHOWN = 12


@click.group(help=raw("help_sheet"))
def sheet() -> None:
    """Read sign-in sheets."""


@sheet.command(help=raw("help_sheet_read"))
@click.argument("file", type=click.Path(path_type=pathlib.Path))
@click.option("--json", "as_json", is_flag=True, help=raw("help_json"))
@language_option()
def read(file: pathlib.Path, *, as_json: bool, language: str) -> None:
    """Print the people of a sheet with their places, and every doubt; exit code 2 when the file was refused."""
    reading = read_sheet(file)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    if as_json:
        click.echo(json.dumps(as_data(reading, language=language), ensure_ascii=False))
    else:
        _print_summary(reading, language)
    if not reading.rows:
        for problem in reading.problems:
            click.echo(problem_text(problem, language), err=True)
        sys.exit(2)


def as_data(reading: SheetReading, *, language: str) -> dict[str, Any]:
    """The reading as plain JSON values: tables with columns, rows and skipped rows, and problems with their text."""
    return {
        "tables": [_table(table) for table in reading.tables],
        "problems": [
            {"code": p.code, "where": str(p.where), "text": problem_text(p, language)}
            for p in reading.problems
        ],
    }


def _table(table: SheetTable) -> dict[str, Any]:
    columns: dict[str, Any] = dict(table.columns)
    if table.days:
        columns["days"] = [day.letter for day in table.days]
    return {
        "sheet": table.sheet,
        "header_rows": list(table.header_rows),
        "columns": columns,
        "rows": [_row(row) for row in table.rows],
        "skipped": [
            {"where": str(Place(sheet=s.sheet, row=s.row)), "reason": s.reason} for s in table.skipped
        ],
    }


def _row(row: PersonRow) -> dict[str, Any]:
    data: dict[str, Any] = {"where": _where(row), **row.cells}
    if row.marks:
        data["days"] = dict(row.marks)
    return data


def _where(row: PersonRow) -> str:
    return str(Place(sheet=row.sheet, row=row.row, column=row.block))


def _print_summary(reading: SheetReading, language: str) -> None:
    words = catalog.load(f"sheet_words/summary/{language}")
    for table in reading.tables:
        title = table.sheet or words["list"]
        click.echo(f"{title}: {fill(words['people'], language, {'n': len(table.rows)})}")
        columns = ", ".join(
            f"{words['fields'][name]} {at}"
            for name, at in sorted(table.columns.items(), key=lambda item: (len(item[1]), item[1]))
        )
        if columns:
            click.echo(f"  {words['columns']}: {columns}")
        if table.days:
            span = (
                table.days[0].letter
                if len(table.days) == 1
                else f"{table.days[0].letter}–{table.days[-1].letter}"
            )
            click.echo(f"  {fill(words['days'], language, {'n': len(table.days)})}: {span}")
        for row in table.rows[:_SHOWN]:
            click.echo(
                f"  {_where(row):>14}  {_name(row)}"
                + (f"  · {row.cells['organisation']}" if "organisation" in row.cells else "")
            )
        if len(table.rows) > _SHOWN:
            click.echo(f"  {fill(words['more'], language, {'n': len(table.rows) - _SHOWN})}")
        reasons = Counter(skipped.reason for skipped in table.skipped)
        if reasons:
            listed = ", ".join(
                f"{words['reasons'][reason]} {count}" for reason, count in sorted(reasons.items())
            )
            click.echo(f"  {words['skipped']}: {listed}")
    if reading.rows and reading.problems:
        click.echo(f"\n{words['doubts']}")
        for problem in reading.problems:
            click.echo(f"  – {problem_text(problem, language)}")


def _name(row: PersonRow) -> str:
    parts = [
        row.cells[part] for part in ("name", "surname", "given_name", "middle_name") if part in row.cells
    ]
    return " ".join(" ".join(parts).split())
