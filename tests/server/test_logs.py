"""A log holds no one-time link that opens anything."""

import logging

import pytest

from karvon.server.logs import WithoutTokens


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Method Not Allowed (POST): /en/-/link/abc-DEF_123/", "Method Not Allowed (POST): /en/-/link/.../"),
        ("Forbidden (%s): /uz-cyrl/-/link/abc/more", "Forbidden (x): /uz-cyrl/-/link/.../more"),
        ("Not Found: /en/small/links/", "Not Found: /en/small/links/"),
        ("/en/-/link/", "/en/-/link/"),
    ],
)
def test_a_one_time_link_is_logged_without_its_token(said: str, kept: str) -> None:
    arguments = ("x",) if "%s" in said else ()
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, said, arguments, None)
    printing = [
        one for one in logging.getLogger().handlers if any(isinstance(f, WithoutTokens) for f in one.filters)
    ]
    assert len(printing) == 1
    assert printing[0].filter(record)
    assert record.getMessage() == kept
