"""`karvon init`, `karvon import`, `karvon export`: the programme folder."""

from collections.abc import Callable
from pathlib import Path

import click

from karvon.cli.language import language_option, raw, reader_language, say
from karvon.cli.main import open_records, report_problems


@click.command(help=raw("help_init"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--toml", is_flag=True, help=raw("help_init_toml"))
@language_option()
def init(folder: Path, toml: bool, language: str) -> None:
    from karvon.files.programme_folder.starting import init_toml, init_workbook

    path = (init_toml if toml else init_workbook)(folder, language)
    click.echo(say("init_done", language, path=str(path)))


@click.command("import", help=raw("help_import"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help=raw("help_import_replace"))
@language_option()
def import_(folder: Path, replace: bool, language: str) -> None:
    open_records()
    from karvon.actions.evidence import import_folder

    outcome = import_folder(folder, replace=replace, progress=show_progress(language))
    report_problems(outcome.problems, language)
    if outcome.unchanged:
        click.echo(say("import_unchanged", language, programme=outcome.programme))
        return
    click.echo(
        say("import_done", language, programme=outcome.programme, n=outcome.lines, sheets=outcome.sheets)
        + " "
        + say("import_people", language, n=outcome.people)
        + " "
        + say("import_doubts", language, n=outcome.doubts)
    )


def show_progress(language: str | None = None) -> Callable[[str, int, int], None]:
    """Tells each step once on standard error, as it begins."""
    told: set[str] = set()
    language = language or reader_language()

    def progress(step: str, done: int, of: int) -> None:
        if step not in told:
            told.add(step)
            click.echo(say(f"step_{step}", language, n=of), err=True)

    return progress


@click.command(help=raw("help_export"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--programme", default="", help=raw("help_programme"))
@language_option()
def export(folder: Path, programme: str, language: str) -> None:
    open_records()
    from karvon.cli.choosing import chosen_programme
    from karvon.cli.exporting import export_folder

    programme = chosen_programme(programme)
    export_folder(programme, folder)
    click.echo(say("export_done", language, programme=programme, folder=str(folder)))
