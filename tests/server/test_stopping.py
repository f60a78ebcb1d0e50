"""Told to stop, the server lets nobody in and answers whom it has let in."""

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests.installation import KARVON, Installation
from tests.server.serving import port_of

HALF = b"POST /-/health/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\n12345"


@pytest.fixture
def server(installation: Installation) -> Iterator["subprocess.Popen[str]"]:
    running = subprocess.Popen(
        [KARVON, "serve", "--language", "en", "--address", "127.0.0.1:0"],
        env=installation.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
    yield running
    if running.poll() is None:
        running.kill()
    running.communicate()


def refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=10).close()
    except ConnectionError:
        return True
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")
def test_a_request_that_is_still_coming_in_is_answered_and_nobody_new_is_let_in(
    server: "subprocess.Popen[str]",
) -> None:
    port = port_of(server)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as inside:
        inside.sendall(HALF)
        with socket.create_connection(("127.0.0.1", port), timeout=30) as other:  # read after the first one
            other.sendall(b"GET /-/health/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            assert other.recv(12) == b"HTTP/1.1 200"
        server.terminate()
        while not refused(port):
            pass
        assert server.poll() is None
        inside.sendall(b"67890")
        assert inside.recv(12) == b"HTTP/1.1 405"
    assert server.wait(30) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")
def test_told_twice_it_stops_at_once(server: "subprocess.Popen[str]") -> None:
    port = port_of(server)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as inside:
        inside.sendall(HALF)
        with socket.create_connection(("127.0.0.1", port), timeout=30) as other:
            other.sendall(b"GET /-/health/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            assert other.recv(12) == b"HTTP/1.1 200"
        server.terminate()
        while not refused(port):
            pass
        server.terminate()
        assert server.wait(10) == 0
