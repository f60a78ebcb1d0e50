"""`karvon report`: the results report in every language and form."""

from pathlib import Path
from typing import get_args

import click

from karvon.cli.language import TAGS, language_option, raw, say
from karvon.cli.main import open_records
from karvon.files.reports.results.report import Form


@click.command(help=raw("help_report"))
@click.option("--programme", default="", help=raw("help_programme"))
@click.option("--output", type=click.Path(path_type=Path), default=Path("results"), help=raw("help_output"))
@click.option("--in", "languages", type=click.Choice(TAGS), multiple=True, help=raw("help_report_in"))
@click.option(
    "--form", "forms", type=click.Choice(get_args(Form)), multiple=True, help=raw("help_report_form")
)
@language_option()
def report(
    programme: str, output: Path, languages: tuple[str, ...], forms: tuple[Form, ...], language: str
) -> None:
    open_records()
    from karvon.cli.choosing import chosen_programme

    written = write_reports(
        chosen_programme(programme), output, languages=languages, forms=forms, language=language
    )
    for path in written:
        click.echo(str(path))


def write_reports(
    programme: str,
    output: Path,
    *,
    languages: tuple[str, ...] = (),
    forms: tuple[Form, ...] = (),
    language: str,
) -> tuple[Path, ...]:
    """Freeze the edition and write its files, ``<programme>-<language>.<form>``; the same facts give the same bytes."""
    from karvon.actions.publishing import publish_results

    def told(done: int, of: int, name: str) -> None:
        click.echo(say("step_report", language, done=done, of=of, name=name), err=True)

    return publish_results(
        programme, output, languages=languages or TAGS, forms=forms or get_args(Form), progress=told
    )
