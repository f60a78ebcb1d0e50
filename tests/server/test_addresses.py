"""The addresses in the settings: refused in words before anything rests on them."""

import pytest
from tests.installation import Installation

from karvon.rules.problems import Refused
from karvon.server.addresses import database_url, mail_server, public_url


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("https://karvon.example.org/", "https://karvon.example.org"),
        (" https://karvon.example.org:8443 ", "https://karvon.example.org:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_public_address_has_tls_or_is_this_machine(given: str, kept: str) -> None:
    assert public_url(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        "http://karvon.example.org", "http://192.0.2.7:8000", "karvon.example.org", "ftp://karvon.example.org",
        "https://", "https:karvon.example.org", "http://127.0.0.1.example.org", "http://[::1",
        "http://localhost@karvon.example.org",
    ],
)  # fmt: skip
def test_any_other_is_refused(given: str) -> None:
    with pytest.raises(Refused) as refused:
        public_url(given)
    assert [problem.code for problem in refused.value.problems] == ["server.url_without_tls"]


def test_a_mail_server_needs_the_address_its_letters_lead_to() -> None:
    assert mail_server("", public="") == ""
    given = "submission://karvon:secret@mail.example.org"
    assert mail_server(given, public="https://karvon.example.org") == given
    for url, public, code in (
        (given, "", "server.mail_without_url"),
        ("imap://mail.example.org", "https://karvon.example.org", "server.mail_unreadable"),
    ):
        with pytest.raises(Refused) as refused:
            mail_server(url, public=public)
        assert [problem.code for problem in refused.value.problems] == [code]
        assert "secret" not in str(refused.value)


def test_a_database_is_postgresql_or_a_file_of_sqlite() -> None:
    found = database_url("postgres://karvon:p%40ss@%2Frun%2Fpostgresql/records")
    assert (found["ENGINE"], found["HOST"], found["PASSWORD"], found["NAME"]) == (
        "django.db.backends.postgresql", "/run/postgresql", "p@ss", "records",
    )  # fmt: skip
    assert database_url("sqlite:////srv/karvon.sqlite3")["NAME"] == "/srv/karvon.sqlite3"
    for given in ("nonsense", "mysql://karvon:secret@localhost/records", "postgres://karvon:secret@[::1"):
        with pytest.raises(Refused) as refused:
            database_url(given)
        assert [problem.code for problem in refused.value.problems] == ["server.database_unreadable"]
        assert "secret" not in str(refused.value)


def test_every_command_refuses_them_in_words(installation: Installation) -> None:
    installation.environment["KARVON_URL"] = "http://karvon.example.org"
    refused = installation.karvon("check", "--language", "en")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "KARVON_URL is http://karvon.example.org: it begins with https://, because passwords would travel in the "
        "open. Only this machine’s own address may begin with http://, like http://127.0.0.1:8000.\n"
    )
