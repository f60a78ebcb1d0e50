"""Two processes of one installation count attempts to sign in together."""

import re
import urllib.parse
import urllib.request
from contextlib import ExitStack
from http.cookiejar import CookieJar

from tests.installation import Installation
from tests.server.serving import two_servers


def attempt(port: int) -> bool:
    """A wrong password for the same address, from a browser of its own; whether one has to wait by now."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    url = f"http://127.0.0.1:{port}/en/-/sign-in/"
    with opener.open(url) as answer:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
    assert token is not None
    form = {"login": "anna@example.org", "password": "wrong wrong wrong", "csrfmiddlewaretoken": token[1]}
    with opener.open(url, urllib.parse.urlencode(form).encode()) as answer:
        return "Too many attempts" in answer.read().decode()


def test_the_sixth_attempt_waits_whichever_process_it_comes_to(installation: Installation) -> None:
    assert installation.karvon("check").returncode == 0
    with ExitStack() as running:
        ports = two_servers(installation, running)
        waits = [attempt(ports[number % 2]) for number in range(6)]
    assert waits == [False] * 5 + [True]
