"""`karvon report`, `karvon publish`, `karvon withdraw`: a report made, let out to everybody, and taken back."""

from datetime import datetime
from pathlib import Path
from typing import Final, get_args

import click

from karvon.cli.language import TAGS, language_option, raw, say
from karvon.cli.main import open_records
from karvon.files.reports.results.report import Form
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme.values import Period
from karvon.rules.reporting.part import WHOLE, Part

DAY: Final = click.DateTime(formats=["%Y-%m-%d"])


@click.command(help=raw("help_report"))
@click.option("--programme", default="", help=raw("help_programme"))
@click.option("--contract", default="", help=raw("help_report_contract"))
@click.option("--from", "starts", type=DAY, help=raw("help_report_from"))
@click.option("--until", "ends", type=DAY, help=raw("help_report_until"))
@click.option("--output", type=click.Path(path_type=Path), default=Path("results"), help=raw("help_output"))
@click.option("--in", "languages", type=click.Choice(TAGS), multiple=True, help=raw("help_report_in"))
@click.option(
    "--form", "forms", type=click.Choice(get_args(Form)), multiple=True, help=raw("help_report_form")
)
@language_option()
def report(
    programme: str,
    contract: str,
    starts: datetime | None,
    ends: datetime | None,
    output: Path,
    languages: tuple[str, ...],
    forms: tuple[Form, ...],
    language: str,
) -> None:
    open_records()
    from karvon.cli.choosing import chosen_programme

    programme = chosen_programme(programme)
    part = Part(_contract_key(programme, contract), Period(starts and starts.date(), ends and ends.date()))
    written = write_reports(programme, output, part=part, languages=languages, forms=forms, language=language)
    for path in written:
        click.echo(str(path))


def _contract_key(programme: str, asked: str) -> str:
    """The contract of this key or number; '' where none is asked for. Raises `Refused` naming those there are."""
    from karvon.queries.programme import contracts

    if not asked:
        return ""
    known = {contract.key: contract.number for contract in contracts(programme)}
    for key, number in known.items():
        if asked in (key, number):
            return key
    raise Refused(
        Problem("terminal.unknown_contract", Place(key=asked), {"there": ", ".join(known.values())})
    )


@click.command(help=raw("help_publish"))
@click.option("--programme", default="", help=raw("help_programme"))
@click.option("--edition", type=int, default=0, help=raw("help_publish_edition"))
@language_option()
def publish(programme: str, edition: int, language: str) -> None:
    open_records()
    from karvon.actions.journal import COMMAND
    from karvon.actions.publishing import publish_edition
    from karvon.cli.choosing import chosen_programme
    from karvon.queries.editions import editions

    programme = chosen_programme(programme)
    newest = next(iter(editions(programme, drafts=True)), None)
    number = edition or (newest.number if newest else 0)
    if not number:
        raise Refused(Problem("publishing.no_edition"))
    new = publish_edition(programme, number, by=COMMAND)
    click.echo(say("published" if new else "published_already", language, number=number))


@click.command(help=raw("help_withdraw"))
@click.option("--programme", default="", help=raw("help_programme"))
@click.option("--edition", type=int, required=True, help=raw("help_withdraw_edition"))
@click.option("--reason", required=True, help=raw("help_withdraw_reason"))
@language_option()
def withdraw(programme: str, edition: int, reason: str, language: str) -> None:
    open_records()
    from karvon.actions.journal import COMMAND
    from karvon.actions.publishing import withdraw_edition
    from karvon.cli.choosing import chosen_programme

    new = withdraw_edition(chosen_programme(programme), edition, reason=reason, by=COMMAND)
    click.echo(say("withdrawn" if new else "withdrawn_already", language, number=edition))


def write_reports(
    programme: str,
    output: Path,
    *,
    part: Part = WHOLE,
    languages: tuple[str, ...] = (),
    forms: tuple[Form, ...] = (),
    language: str,
) -> tuple[Path, ...]:
    """Freeze the edition as a draft and write its files, ``<programme>-<language>.<form>``.

    The same facts give the same bytes.
    """
    from karvon.actions.publishing import publish_results

    def told(done: int, of: int, name: str) -> None:
        click.echo(say("step_report", language, done=done, of=of, name=name), err=True)

    return publish_results(
        programme,
        output,
        part=part,
        languages=languages or TAGS,
        forms=forms or get_args(Form),
        progress=told,
    )
