"""A request that is too large is answered with a page before its body has come, and none of the body is kept."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server

from karvon.server.refusing import answer_early
from karvon.server.serve import LARGEST_REQUEST
from karvon.server.wsgi import application

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def port(tmp_path: Path, settings: Settings) -> Iterator[int]:
    """Karvon as it is served, on a port of this test's own."""
    settings.KARVON_HOME = tmp_path
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    answer_early()
    server = create_server(
        application, host="127.0.0.1", port=0, threads=2, max_request_body_size=LARGEST_REQUEST
    )
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    yield server.socket.getsockname()[1]
    server.close()
    HTTPChannel.parser_class = HTTPRequestParser


def asked(port: int, code: str, length: int) -> str:
    """What comes back when a request says how long it is and sends only its beginning."""
    head = (
        f"POST /{code}/small/desk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {length}\r\n\r\n--x\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head.encode())
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer.decode()


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("length", [101 * 1024**2, 10 * 1024**3])
def test_too_much_is_answered_at_once_in_the_language_of_the_address(
    port: int, tmp_path: Path, length: int
) -> None:
    said = {code: asked(port, code, length) for code in ("lv", "en", "ru")}
    assert {answer.split("\r\n")[0] for answer in said.values()} == {"HTTP/1.1 413 Request Entity Too Large"}
    found = [
        word in said[code] for code, word in (("lv", "Par lielu"), ("en", "Too large"), ("ru", "100 МБ"))
    ]
    assert found == [True, True, True]
    assert not (tmp_path / "incoming").exists()
