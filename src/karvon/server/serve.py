"""`karvon serve`: the website from one process."""

import gc
import signal
import socket
import sys
from types import FrameType
from typing import Any, Final

import click

from karvon.cli.language import language_option, raw, say
from karvon.cli.main import open_records
from karvon.rules.problems import Problem, Refused
from karvon.server.addresses import is_loopback

LARGEST_REQUEST: Final = 110 * 1024**2
"""Bytes that are taken in at once: the largest upload and what a form puts around it. The proxy allows the same."""


def host_and_port(address: str) -> tuple[str, int]:
    """Host and port of ``127.0.0.1:8000``, ``[::1]:8000`` or ``localhost:8000``; raises `Refused` for anything else."""
    host, separator, port = address.rpartition(":")
    host = host.strip("[]")
    if not separator or not host or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise Refused(Problem("terminal.address_unreadable", facts={"address": address}))
    return host, int(port)


def may_answer(host: str, address: str) -> None:
    """Raises `Refused` for an address of other machines while nobody has an account, or without TLS before us.

    Without accounts everybody who reaches the website would read it; without TLS passwords would travel in the
    open. Call it with the records open.
    """
    from django.conf import settings

    from karvon.queries.accounts import has_accounts

    if is_loopback(host):
        return
    if not has_accounts():
        raise Refused(Problem("terminal.address_not_loopback", facts={"address": address}))
    if not settings.KARVON_URL.startswith("https://"):
        raise Refused(Problem("terminal.address_without_tls", facts={"address": address}))


@click.command(help=raw("help_serve"))
@click.option("--address", default="127.0.0.1:8000", show_default=True, help=raw("help_address"))
@language_option()
def serve(address: str, language: str) -> None:
    host, port = host_and_port(address)
    open_records()
    may_answer(host, address)
    serve_forever(host, port, language)


def serve_forever(host: str, port: int, language: str) -> None:
    """Serve until Ctrl-C or a termination signal; the address is said once it answers."""
    from django.urls import get_resolver
    from waitress.server import create_server

    from karvon.server.refusing import answer_early
    from karvon.server.stopping import serve_until_stopped
    from karvon.server.tidying import put_in_order
    from karvon.server.wsgi import application

    get_resolver().url_patterns  # noqa: B018 - every page is loaded, or the start fails and not the first visitor
    put_in_order()
    _look_for_garbage_often()
    answer_early()
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=4,
            ident=None,
            max_request_body_size=LARGEST_REQUEST,
            **_behind_a_proxy(),
        )
    except OSError as error:
        code = "terminal.address_taken" if error.errno in (98, 48, 10048) else "terminal.address_refused"
        raise Refused(
            Problem(code, facts={"address": f"{host}:{port}", "why": error.strerror or ""})
        ) from error
    shown = f"[{host}]" if ":" in host else host
    here = f"http://{shown}:{_port(server, port)}"
    click.echo(say("serving", language, url=f"{here}/"))
    offer_first_account(here, language)
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, _stop)
    try:
        serve_until_stopped(server)
    except (KeyboardInterrupt, SystemExit):
        pass  # told twice: at once
    finally:
        server.close()
    click.echo(say("served", language))


def _look_for_garbage_often() -> None:
    """A command keeps its garbage until it ends; a server that did would grow with every large change.

    What is loaded by now stays for good, so nobody needs to look through it again.
    """
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)


def offer_first_account(here: str, language: str) -> None:
    """Print the one-time link that makes the first account, on an installation without any."""
    from django.conf import settings

    from karvon.actions.accounts import make_first_link
    from karvon.actions.journal import COMMAND
    from karvon.cli.accounts import print_link
    from karvon.queries.accounts import has_accounts

    if not has_accounts():
        token = make_first_link(by=COMMAND)
        print_link("first_link", settings.KARVON_URL or here, token, language)


def _behind_a_proxy() -> dict[str, Any]:
    """Whose word is taken about the visitor's address and about TLS: the proxy's, and nobody's without one.

    Without a public address nobody's word is taken, and headers that speak of a proxy are left for the website
    to see: it then does not take the request for one of this machine.
    """
    from django.conf import settings

    if not settings.KARVON_URL:
        return {"clear_untrusted_proxy_headers": False}
    return {
        "trusted_proxy": settings.KARVON_PROXY,
        "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
        "clear_untrusted_proxy_headers": True,
    }


def _port(server: object, asked: int) -> int:
    """The port that was opened, where 0 let the system choose."""
    sock = getattr(server, "socket", None)
    return sock.getsockname()[1] if asked == 0 and isinstance(sock, socket.socket) else asked


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
