"""Latvian renderings: j is the glide, ž and dž are j, the masculine -s is an ending."""

import pytest

from karvon.rules.names.cleaning import clean
from karvon.rules.names.orthography import fold, orthography_of


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("Jūldaševs", "yuldašev"),
        ("Džahongirs", "jahongir"),
        ("Žaparovs", "japarov"),
        ("Husanovs", "husanov"),
        ("Šavkats", "šavkat"),
        ("Mirzijojevs", "mirzioev"),
        ("Musajeva", "musaeva"),
        ("Dmitrijs", "dmitri"),
        ("Zijods", "ziod"),
        ("Kahors", "kahor"),
        ("Ņesterovs", "nesterov"),
        ("Jeļcins", "elcin"),
        ("Fjodors", "fodor"),
        ("Pjotrs", "potr"),
        ("Hruščovs", "hrušov"),
        ("Brežņevs", "brejnev"),
        ("Guļams", "gulam"),
        ("Ķirsons", "kirson"),
        ("Vītols", "vitol"),
        ("Taškenta", "taškenta"),
        ("Biškeka", "biškeka"),
        ("Liepāja", "liepa"),
        ("Jelgava", "elgava"),
        ("Jēkabpils", "ekabpil"),
        ("Rainis", "rainis"),
        ("Ilzs", "ilz"),
    ],
)
def test_latvian_is_read(written: str, letters: str) -> None:
    assert fold(clean(written), "latvian") == letters


@pytest.mark.parametrize("text", ["Karimovs", "Šavkats", "Dmitrijs", "Musajeva", "Sergej", "Zulfija"])
def test_latvian_is_recognised_by_its_marks(text: str) -> None:
    assert orthography_of(text) == "latvian"


@pytest.mark.parametrize("text", ["Karimov", "Khusanov", "Юрис", "Rahmatov"])
def test_other_writing_is_not_taken_for_latvian(text: str) -> None:
    assert orthography_of(text) != "latvian"
