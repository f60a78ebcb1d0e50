"""`karvon tidy`: what has no use to anybody any more goes; at every start, and every night by a timer."""

import click

from karvon.cli.language import language_option, reader_language
from karvon.cli.main import open_records
from karvon.files.wording import wording_of

ROOM = "karvon.server"


@click.command(help=wording_of(ROOM, reader_language())("help_tidy"))
@language_option()
def tidy(language: str) -> None:
    open_records()
    click.echo(wording_of(ROOM, language)("tidied", n=put_in_order()))


def put_in_order() -> int:
    """Forget sessions that ended, attempts to sign in whose time has passed, and uploads and evidence files that
    were cut short; safe while Karvon runs, in one process or several. Returns how many evidence files went.
    """
    from django.contrib.sessions.backends.db import SessionStore

    from karvon.actions.sweeping import sweep_evidence
    from karvon.server.attempts import forget_old
    from karvon.web.uploads import forget_left_behind

    SessionStore.clear_expired()
    forget_old()
    forget_left_behind()
    return sweep_evidence()
