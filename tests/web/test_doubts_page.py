"""The page of doubts: what to look at first, what a decision would settle, and what nobody has looked at."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from tests.web.pages import CODES, address

from karvon.queries.results import indicator_result
from karvon.records import models as records
from karvon.rules.programme.text import Text


def read(reader: Client, name: str, programme: str, code: str = "en") -> str:
    html = reader.get(address(name, programme=programme, code=code)).content.decode()
    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    return re.sub(r" ([:;,)])", r"\1", said.replace("( ", "("))


@pytest.fixture
def tight(programme: str) -> str:
    """The programme with a statement that its one doubt decides."""
    result = indicator_result(programme, "trained")
    assert result is not None
    assert result.figure.upper == result.figure.lower + 1
    records.Statement.objects.create(
        programme=records.Programme.objects.get(key=programme), key="tight", order=99, number=result.figure.lower,
        indicator=records.Indicator.objects.get(key="trained"), comparator="more_than",
        text=Text((("en", "More specialists trained."),)),
    )  # fmt: skip
    return programme


def test_a_doubt_says_which_statement_it_would_settle_and_how(reader: Client, tight: str) -> None:
    said = read(reader, "doubts", tight)
    assert (
        "Would settle: More specialists trained. (one person: not supported; two people: supported)" in said
    )
    assert "Would narrow: Specialists trained" in said
    assert "1 doubt is left." in said


@pytest.mark.parametrize("code", CODES)
def test_it_is_said_in_every_language(reader: Client, tight: str, code: str) -> None:
    said = read(reader, "doubts", tight, code)
    with override(code):
        for words in ("Would settle:", "Would narrow:", "one person", "two people"):
            assert gettext(words) in said


@pytest.mark.parametrize("name", ["figure", "statement", "results", "doubts", "counting"])
def test_how_many_certain_matches_nobody_looked_at_is_always_said(
    reader: Client, programme: str, name: str
) -> None:
    asked = r"\d+ certain match(es were| was) made by Karvon alone; no person has looked at (them|it)\."
    assert re.search(asked, read(reader, name, programme))
    for match in records.Match.objects.filter(band="certain"):
        records.Decision.objects.create(
            programme=match.programme, a=match.a, b=match.b, verdict="same", at="2019-01-01T00:00:00Z"
        )
    assert "Every certain match has been looked at by a person." in read(reader, name, programme)


def test_an_agreement_in_a_common_value_is_called_so(reader: Client, programme: str) -> None:
    assert "surname the same (common) +3.3" in read(reader, "doubts", programme)
