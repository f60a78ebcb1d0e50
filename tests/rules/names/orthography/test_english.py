"""Passport spellings in plain Latin: BGN/PCGN, habit of Russian and of Uzbek passports."""

import pytest

from karvon.rules.names.cleaning import clean
from karvon.rules.names.orthography import fold, orthography_of


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("Yuldashev", "yuldašev"),
        ("Iuldashev", "yuldašev"),
        ("Dzhakhongir", "jahongir"),
        ("Djahongir", "jahongir"),
        ("Zhakhongir", "jahongir"),
        ("Jahongir", "jahongir"),
        ("Khusanov", "husanov"),
        ("Husanov", "husanov"),
        ("Xusanov", "husanov"),
        ("Ghani", "gani"),
        ("Shchukin", "šukin"),
        ("Khrushchev", "hrušev"),
        ("Tchaikovsky", "čaikovski"),
        ("Alexander", "aleksander"),
        ("Alexei", "aleksei"),
        ("Maxim", "maksim"),
        ("Xenia", "ksenia"),
        ("Felix", "feliks"),
        ("Philip", "filip"),
        ("Fayziev", "faiziev"),
        ("Dmitry", "dmitri"),
        ("Dmitriy", "dmitri"),
        ("Dmitrii", "dmitri"),
        ("Wohid", "vohid"),
        ("Tsoy", "coi"),
        ("Farghona", "fargona"),
        ("Qŭqon", "kokon"),
        ("Zokirjon", "zokirjon"),
        ("Nuruddin", "nuridin"),
        ("Shukrulloh", "šukrulo"),
    ],
)
def test_passport_spelling_is_read(written: str, letters: str) -> None:
    assert fold(clean(written), "english") == letters


@pytest.mark.parametrize("text", ["Karimov", "Khusanov", "Dzhanibekov", "Alexander"])
def test_english_is_recognised_by_its_marks(text: str) -> None:
    assert orthography_of(text) == "english"


@pytest.mark.parametrize("text", ["Karimovs", "G'ani", "Karimova Šaira"])
def test_other_writing_is_not_taken_for_english(text: str) -> None:
    assert orthography_of(text) != "english"
