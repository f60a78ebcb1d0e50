"""Answering until told to stop, and then to the end of what was begun."""

import time
from typing import Any, Final

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

PATIENCE: Final = 30.0
"""Seconds that requests which are being answered, or still come in, get when the server is told to stop."""


def serve_until_stopped(server: Any, *, patience: float = PATIENCE) -> None:
    """Run waitress' server until Ctrl-C or a termination signal; then nobody new is let in, whoever is there is
    answered. A second signal, or the end of patience, cuts what is left: its transaction is rolled back.
    """
    sockets: dict[int, Any] = server.map if hasattr(server, "effective_listen") else server._map
    try:
        wasyncore.loop(timeout=server.adj.asyncore_loop_timeout, map=sockets)
    except (KeyboardInterrupt, SystemExit):
        _let_nobody_in(sockets)
        _answer_the_rest(sockets, until=time.monotonic() + patience)
    server.task_dispatcher.shutdown(timeout=0.5)


def _let_nobody_in(sockets: dict[int, Any]) -> None:
    """Close the doors; what was let in, and what wakes the loop, stays open."""
    for door in [one for one in sockets.values() if isinstance(one, BaseWSGIServer)]:
        wasyncore.dispatcher.close(door)


def _answer_the_rest(sockets: dict[int, Any], *, until: float) -> None:
    while time.monotonic() < until and any(map(_busy, list(sockets.values()))):
        wasyncore.loop(timeout=0.1, map=sockets, count=1)


def _busy(one: Any) -> bool:
    """Somebody waits for an answer, is being sent one, or is still sending the question."""
    return isinstance(one, HTTPChannel) and bool(one.requests or one.request or one.total_outbufs_len)
