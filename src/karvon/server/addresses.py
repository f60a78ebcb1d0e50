"""The addresses the settings name, looked at before anything rests on them."""

import ipaddress
from typing import Any, Final
from urllib.parse import urlsplit

import dj_database_url

from karvon.rules.problems import Problem, Refused

MAIL_SCHEMES: Final = ("smtp", "submission")
ENGINES: Final = ("django.db.backends.postgresql", "django.db.backends.sqlite3")


def public_url(given: str) -> str:
    """The address people open, without the slash at its end; '' for none.

    Raises `Refused` for one without TLS, unless it is this machine's own: passwords would travel in the open.
    """
    url = given.strip().rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:  # brackets without an address between them
        host = ""
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))):
        examples = {"secure": "https://", "plain": "http://", "own": "http://127.0.0.1:8000"}
        raise Refused(Problem("server.url_without_tls", facts={"url": url, **examples}))
    return url


def mail_server(given: str, *, public: str) -> str:
    """The mail server's address as it was given; '' for none.

    Raises `Refused` for what names no mail server, and where nobody said which address letters lead to.
    """
    if not given:
        return ""
    if urlsplit(given).scheme not in MAIL_SCHEMES:
        examples = {"like": "submission://user:password@mail.example.org", "local": "smtp://localhost"}
        raise Refused(Problem("server.mail_unreadable", facts=examples))
    if not public:
        raise Refused(Problem("server.mail_without_url"))
    return given


def database_url(given: str) -> dict[str, Any]:
    """What Django is told of the database this address names.

    Raises `Refused` for what names neither PostgreSQL nor SQLite.
    """
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(given))
    except (ValueError, KeyError):  # no address at all, or of an engine it does not know
        database = {}
    if database.get("ENGINE") not in ENGINES:
        raise Refused(
            Problem("server.database_unreadable", facts={"like": "postgres://user:password@localhost/karvon"})
        )
    return database


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches this host."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
