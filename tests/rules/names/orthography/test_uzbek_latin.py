"""Uzbek Latin of 1995 with every apostrophe habit, and the letters of 2026."""

import pytest

from karvon.rules.names.cleaning import clean
from karvon.rules.names.orthography import fold, orthography_of


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("Yoʻldosh", "yoldoš"),
        ("Yo'ldosh", "yoldoš"),
        ("Yo‘ldosh", "yoldoš"),
        ("Yo’ldosh", "yoldoš"),
        ("Yo`ldosh", "yoldoš"),
        ("Yo´ldosh", "yoldoš"),
        ("Yöldosh", "yoldoš"),
        ("Yöldoş", "yoldoš"),
        ("Yōldosh", "yoldoš"),
        ("Gʻofur", "gofur"),
        ("G'ofur", "gofur"),
        ("Ğofur", "gofur"),
        ("Ḡofur", "gofur"),
        ("Isʼhoq", "išok"),
        ("Isoq", "isok"),
        ("Qahhor", "kahor"),
        ("Xurshid", "huršid"),
        ("Hurşid", "huršid"),
        ("Choʻlpon", "čolpon"),
        ("Çölpon", "čolpon"),
        ("Jahongir", "jahongir"),
        ("Ziyod", "ziod"),
        ("Fayziyev", "faiziev"),
        ("Yakub", "yakub"),
        ("Maʼmur", "mamur"),
        ("Sirdaryo", "sirdaro"),
        ("Ŭtkir", "otkir"),
        ("Tsoy", "coi"),
        ("Nuriddin", "nuridin"),
        ("Nuruddin", "nuridin"),
        ("Xayrulloh", "hairulo"),
        ("Hayrullo", "hairulo"),
    ],
)
def test_uzbek_latin_is_read(written: str, letters: str) -> None:
    assert fold(clean(written), "uzbek_latin") == letters


@pytest.mark.parametrize("text", ["Yo'ldoshev", "G'aniyev", "Öktam", "Şavkat"])
def test_uzbek_latin_is_recognised_by_its_marks(text: str) -> None:
    assert orthography_of(text) == "uzbek_latin"


@pytest.mark.parametrize("text", ["Karimov", "Юлдашев", "Bērziņš"])
def test_other_writing_is_not_taken_for_uzbek_latin(text: str) -> None:
    assert orthography_of(text) != "uzbek_latin"
