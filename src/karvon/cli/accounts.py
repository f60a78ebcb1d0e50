"""`karvon account`: letting somebody in from the terminal, when nobody else can."""

import click

from karvon.cli.language import language_option, raw, say
from karvon.cli.main import open_records


@click.group(help=raw("help_account"))
def account() -> None:
    """Commands about accounts."""


@account.command(help=raw("help_account_link"))
@click.argument("email")
@click.option("--at", default="", help=raw("help_account_at"))
@language_option()
def link(email: str, at: str, language: str) -> None:
    open_records()
    from django.conf import settings

    from karvon.actions.accounts import make_link
    from karvon.actions.journal import COMMAND
    from karvon.queries.accounts import account_of
    from karvon.rules.problems import Problem, Refused

    found = account_of(email)
    if found is None:
        raise Refused(Problem("accounts.no_such_account"))
    token = make_link(found, purpose="anew", by=COMMAND)
    print_link("account_link", at or settings.KARVON_URL or "http://127.0.0.1:8000", token, language)


def print_link(sentence: str, site: str, token: str, language: str) -> None:
    """A one-time link under what it is for; its page speaks the terminal's language."""
    click.echo(say(sentence, language))
    click.echo(f"  {site.rstrip('/')}/{language.lower()}/-/link/{token}/")
