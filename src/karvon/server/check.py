"""`karvon check`: bring the database up to date and say whether everything is well."""

import click

from karvon.cli.language import language_option, reader_language
from karvon.cli.main import open_records
from karvon.files.wording import wording_of
from karvon.rules.problems import Refused

ROOM = "karvon.server"


@click.command(help=wording_of(ROOM, reader_language())("help_check"))
@language_option()
def check(language: str) -> None:
    open_records()
    from django.conf import settings
    from django.db import connection

    from karvon.server.health import free_bytes, problems

    if found := problems(settings.KARVON_HOME):
        raise Refused(*found)
    facts = {"database": connection.vendor, "home": settings.KARVON_HOME}
    gigabytes = free_bytes(settings.KARVON_HOME) // 1_000_000_000
    click.echo(wording_of(ROOM, language)("well", **facts, free=gigabytes))
