"""`karvon serve`: the website from one process."""

import ipaddress
import signal
import socket
import sys
from types import FrameType

import click

from karvon.cli.language import language_option, raw, say
from karvon.cli.main import open_records
from karvon.rules.problems import Problem, Refused


def loopback(address: str) -> tuple[str, int]:
    """Host and port of ``127.0.0.1:8000``, ``[::1]:8000`` or ``localhost:8000``.

    Raises `Refused` for any other machine's address: nobody can sign in yet, so only this machine may read.
    """
    host, separator, port = address.rpartition(":")
    host = host.strip("[]")
    if not separator or not host or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise Refused(Problem("terminal.address_unreadable", facts={"address": address}))
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise Refused(Problem("terminal.address_not_loopback", facts={"address": address}))
    return host, int(port)


@click.command(help=raw("help_serve"))
@click.option("--address", default="127.0.0.1:8000", show_default=True, help=raw("help_address"))
@language_option()
def serve(address: str, language: str) -> None:
    host, port = loopback(address)
    open_records()
    serve_forever(host, port, language)


def serve_forever(host: str, port: int, language: str) -> None:
    """Serve until Ctrl-C or a termination signal; the address is said once it answers."""
    from waitress.server import create_server

    from karvon.server.wsgi import application

    try:
        server = create_server(application, host=host, port=port, threads=4, ident=None)
    except OSError as error:
        code = "terminal.address_taken" if error.errno in (98, 48, 10048) else "terminal.address_refused"
        raise Refused(
            Problem(code, facts={"address": f"{host}:{port}", "why": error.strerror or ""})
        ) from error
    shown = f"[{host}]" if ":" in host else host
    click.echo(say("serving", language, url=f"http://{shown}:{_port(server, port)}/"))
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        click.echo(say("served", language))
    finally:
        server.close()


def _port(server: object, asked: int) -> int:
    """The port that was opened, where 0 let the system choose."""
    sock = getattr(server, "socket", None)
    return sock.getsockname()[1] if asked == 0 and isinstance(sock, socket.socket) else asked


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
