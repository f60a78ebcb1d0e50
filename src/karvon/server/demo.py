"""`karvon demo`: the main job from beginning to end on the training example."""

from pathlib import Path

import click

from karvon.cli.folder import show_progress
from karvon.cli.language import language_option, raw, say
from karvon.cli.main import open_records
from karvon.cli.publishing import write_reports
from karvon.cli.results import print_results
from karvon.server.serve import host_and_port, may_answer, serve_forever


@click.command(help=raw("help_demo"))
@click.argument("folder", type=click.Path(path_type=Path), default=Path("examples/uzbekistan-2018"))
@click.option("--output", type=click.Path(path_type=Path), default=Path("results"), help=raw("help_output"))
@click.option("--serve/--no-serve", default=True, help=raw("help_demo_serve"))
@click.option("--address", default="127.0.0.1:8000", show_default=True, help=raw("help_address"))
@language_option()
def demo(folder: Path, output: Path, serve: bool, address: str, language: str) -> None:
    host, port = host_and_port(address)
    open_records()
    if serve:
        may_answer(host, address)
    from karvon.actions.evidence import import_folder

    outcome = import_folder(folder, progress=show_progress(language))
    written = write_reports(outcome.programme, output, language=language)
    click.echo("")
    print_results(outcome.programme, language)
    click.echo("\n" + say("demo_files", language))
    for path in written:
        click.echo(f"  {path}")
    if serve:
        click.echo("")
        serve_forever(host, port, language)
