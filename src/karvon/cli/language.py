"""Speaking to the reader of the terminal in their language."""

import os
import tomllib
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Any, Final, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

TAGS: Final = ("lv", "en", "ru", "uz", "uz-Cyrl")


def reader_language() -> str:
    """The language of ``KARVON_LANGUAGE``, else of the terminal's locale, else English."""
    if (asked := os.environ.get("KARVON_LANGUAGE", "")) in TAGS:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = os.environ.get(name, "")
        if locale:
            tag = locale.partition(".")[0].partition("_")[0]
            if tag == "uz" and "cyrillic" in locale:
                return "uz-Cyrl"
            return tag if tag in TAGS else "en"
    return "en"


@cache
def _wording(language: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(f"wording/{language}.toml").read_text("utf-8"))


def raw(key: str, language: str | None = None) -> str:
    """A sentence without blanks, as it stands in the wording; cheap enough for help texts."""
    return str(_wording(language or reader_language())[key])


def say(key: str, language: str | None = None, **facts: Any) -> str:
    """A sentence of the terminal with its blanks filled, plurals and dates as the language has them."""
    from karvon.rules.wording import fill  # Babel is slow to import, and `karvon --version` needs none of it

    language = language or reader_language()
    return fill(_wording(language)[key], language, facts)


def word(table: str, key: str, language: str) -> str:
    """A word of one of the wording's tables; the key itself for one nobody worded."""
    return str(_wording(language)[table].get(key, key))


_asked: ContextVar[str] = ContextVar("asked", default="")


def asked_language() -> str:
    """The language the running command was asked to speak, else the reader's: for what ends a command."""
    return _asked.get() or reader_language()


def forget_language() -> None:
    """A new command begins."""
    _asked.set("")


def language_option() -> Callable[[Command], Command]:
    """``--language``: one of our five tags. It holds for refusals too, so it is looked at first."""
    return click.option(
        "--language",
        type=click.Choice(TAGS),
        default=reader_language,
        is_eager=True,
        callback=_remember,
        help=raw("help_language"),
    )


def _remember(context: click.Context, parameter: click.Parameter, language: str) -> str:
    _asked.set(language)
    return language
