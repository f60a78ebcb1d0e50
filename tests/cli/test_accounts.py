"""Accounts from the terminal: the link for the first one, and the way back in; and where the website answers."""

import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar

import pytest
from tests.installation import KARVON, Installation

PASSWORD = "seven wooden camels"
LINK = re.compile(r"(https?://\S+)/en/-/link/([\w-]{40,})/")


@contextmanager
def serving(installation: Installation, *arguments: str, lines: int, **more: str) -> Iterator[list[str]]:
    """A running website and the first lines it printed; no link stands in what it prints later or complains of."""
    server = subprocess.Popen(
        [KARVON, "serve", "--language", "en", *(arguments or ("--address", "127.0.0.1:0"))],
        env={**installation.environment, **more}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    try:
        assert server.stdout is not None
        yield [server.stdout.readline().rstrip("\n") for _ in range(lines)]
    finally:
        server.terminate()
        printed, complaints = server.communicate(timeout=30)
    assert [word for word in ("/-/link/", "Traceback") if word in printed + complaints] == []


class Browser:
    def __init__(self) -> None:
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def read(self, url: str, **form: str) -> tuple[str, str]:
        """The address it ended at and the page; with a form, that of the page with its token."""
        data = None
        if form:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.read(url)[1])
            assert token is not None
            data = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token[1]}).encode()
        with self.open(url, data) as answer:
            return answer.url, answer.read().decode()


def first_account(installation: Installation, email: str = "anna@example.org") -> None:
    with serving(installation, lines=3) as printed:
        link = LINK.search(printed[2])
        assert link is not None
        browser = Browser()
        where, page = browser.read(link[0])
        assert (where, "The first account" in page) == (f"{link[1]}/en/-/welcome/", True)
        where, page = browser.read(where, email=email, password=PASSWORD)
        assert (where, "One step is left" in page) == (f"{link[1]}/en/-/account/", True)


def test_the_link_for_the_first_account_is_printed_until_there_is_one(installation: Installation) -> None:
    with serving(installation, lines=3) as printed:
        assert printed[0].startswith("The website is at http://127.0.0.1:")
        assert printed[1] == "To make the first account, open this link; it works once, for a day:"
        old = LINK.search(printed[2])
    first_account(installation)
    with serving(installation, lines=1) as printed:
        here = printed[0].split()[4].rstrip("/")
        assert old is not None
        with pytest.raises(urllib.error.HTTPError, match="410"):
            Browser().read(f"{here}/en/-/link/{old[2]}/")
        assert "Sign in" in Browser().read(f"{here}/en/")[1]


@pytest.mark.only_on("sqlite")
def test_somebody_who_cannot_sign_in_is_let_in_from_the_terminal(installation: Installation) -> None:
    first_account(installation)
    made = installation.karvon("account", "link", "ANNA@example.org", "--language", "en")
    link = LINK.search(made.stdout)
    assert (made.returncode, link is not None, made.stderr) == (0, True, "")
    assert link is not None
    assert link[1] == "http://127.0.0.1:8000"
    with serving(installation, lines=1) as printed:
        here = printed[0].split()[4].rstrip("/")
        assert "anna@example.org" in Browser().read(f"{here}/en/-/link/{link[2]}/")[1]


def test_an_address_without_an_account_is_refused_in_words(installation: Installation) -> None:
    refused = installation.karvon("account", "link", "nobody@example.org", "--language", "en")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "There is no such account. Check the e-mail address in the list of accounts.\n"


@pytest.mark.only_on("sqlite")
def test_other_machines_are_answered_with_accounts_and_tls_only(installation: Installation) -> None:
    other = ("--address", "0.0.0.0:0")
    without = installation.karvon("serve", *other, "--language", "en")
    assert (without.returncode, "nobody has an account yet" in without.stderr) == (2, True)
    first_account(installation)
    bare = installation.karvon("serve", *other, "--language", "en")
    assert (bare.returncode, "passwords would travel in the open" in bare.stderr) == (2, True)
    with serving(installation, *other, lines=1, KARVON_URL="https://karvon.example.org") as printed:
        assert printed[0].startswith("The website is at http://0.0.0.0:")


@pytest.mark.only_on("sqlite")
def test_cookies_travel_through_tls_only_behind_a_proxy(installation: Installation) -> None:
    first_account(installation)
    with serving(installation, lines=1, KARVON_URL="https://karvon.example.org") as printed:
        here = printed[0].split()[4]
        headers = {"Host": "karvon.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        asked = urllib.request.Request(f"{here}en/-/sign-in/", headers=headers)  # noqa: S310
        with urllib.request.urlopen(asked) as answer:  # noqa: S310
            cookie = answer.headers["Set-Cookie"]
            lasting = answer.headers["Strict-Transport-Security"]
    assert [part in cookie for part in ("csrftoken=", "Secure", "HttpOnly", "SameSite=Lax")] == [True] * 4
    assert lasting == "max-age=31536000"


def test_a_mail_address_that_is_no_server_is_refused(installation: Installation) -> None:
    installation.environment["KARVON_MAIL_URL"] = "imap://mail.example.org"
    refused = installation.karvon("account", "link", "anna@example.org")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


@pytest.mark.only_on("sqlite")
def test_the_database_is_for_its_owner_only_whatever_folder_it_lies_in(untouched: Installation) -> None:
    untouched.home.mkdir(mode=0o755, exist_ok=True)
    untouched.home.chmod(0o755)
    untouched.karvon("results")
    database = untouched.home / "karvon.sqlite3"
    assert database.stat().st_mode & 0o777 == 0o600


@pytest.mark.only_on("sqlite")
def test_whoever_comes_around_the_proxy_is_sent_to_its_door(installation: Installation) -> None:
    environment = {**installation.environment, "KARVON_URL": "https://karvon.example.org"}
    asked = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "for secure in (False, True):\n"
        "    answer = Client(headers={'host': 'karvon.example.org'}).get('/en/-/none/', secure=secure)\n"
        "    print(answer.status_code, answer.get('Location', ''))\n"
    )
    installation.karvon("results")  # makes the tables
    answers = subprocess.run(
        [sys.executable, "-c", asked],
        env={**environment, "DJANGO_SETTINGS_MODULE": "karvon.server.settings"}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    plain, secure = answers.stdout.splitlines()
    assert plain == "301 https://karvon.example.org/en/-/none/"
    assert secure.startswith("404")
