"""The catalogue can be read, and what it calls things by it calls in all five languages."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import karvon
from karvon import catalog
from karvon.rules.wording import LANGUAGES

HOUSE = Path(karvon.__file__).parent
CATALOG = HOUSE / "catalog"
FILES = sorted(HOUSE.rglob("*.toml"))


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_data_file_is_toml_that_says_something(path: Path) -> None:
    assert tomllib.loads(path.read_text("utf-8")) != {}


@pytest.mark.parametrize("path", [path for path in FILES if CATALOG in path.parents], ids=named)
def test_the_catalogue_opens_every_file_of_it(path: Path) -> None:
    name = path.relative_to(CATALOG).with_suffix("").as_posix()
    assert catalog.load(name) == tomllib.loads(path.read_text("utf-8"))
    assert path.stem in catalog.names(path.parent.relative_to(CATALOG).as_posix())


def said_in_languages(data: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table that gives something per language."""
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from said_in_languages(item, f"{where}[{number}]")
    elif isinstance(data, dict):
        if {"lv", "en", "ru"} <= data.keys():
            yield where, data
        for key, value in data.items():
            yield from said_in_languages(value, f"{where}.{key}")


@pytest.mark.parametrize("path", [path for path in FILES if CATALOG in path.parents], ids=named)
def test_a_name_in_several_languages_is_there_in_all_five(path: Path) -> None:
    lacking = {
        where: set(LANGUAGES) - said.keys()
        for where, said in said_in_languages(tomllib.loads(path.read_text("utf-8")))
        if not set(LANGUAGES) <= said.keys() or not all(said[language] for language in LANGUAGES)
    }
    assert lacking == {}
