"""Everything a user reads is there in all five languages, with the same blanks, and none is left in English."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import karvon
from karvon.rules.wording import LANGUAGES, locale_of

HOUSE = Path(karvon.__file__).parent
PROBLEMS = HOUSE / "catalog" / "problems"
ROOMS = sorted({*(path for path in PROBLEMS.iterdir() if path.is_dir()), *HOUSE.rglob("wording/")})
OTHERS = tuple(language for language in LANGUAGES if language != "en")
FORMS = {"zero", "one", "two", "few", "many", "other"}
NEEDED_FORMS = {"lv": {"other", "one"}, "en": {"other", "one"}, "ru": {"other", "one", "few", "many"}}
"""Uzbek nouns keep one form after a number."""
SAME_IN_ANY_LANGUAGE = re.compile(
    r"\{[^}]*\}"  # blanks
    r"|pip install 'karvon\[[a-z]+\]'"
    r"|\bkarvon(?: [a-z]+)*(?: [A-Z]+)*|--[a-z-]+"  # commands and their options
    r"|\b[\w./-]+\.(?:toml|xlsx|xls|ods|csv|tsv|docx|pdf|html|jpg|png|json|zip)\b|\b(?:sheets|documents|register)/"
    r"|https?://\S+|\b127\.0\.0\.1\S*|\blocalhost\b"
    r"|\b[A-Z][A-Z0-9_]+(?:-\d+)?\b|\bSHA-256\b|\bsha-256\b|\b(?:utf|cp|koi8|latin|UTF|ISO)[-\d\w]*\b"
    r"|\b(?:Ctrl|loopback|undo)\b"  # keys, and words a command takes
    r"|\b(?:Karvon|Excel|Word|Typst|PostgreSQL|SQLite|DuckDB|duckdb|Spark|Java|Natural Earth)\b"
    r"|\b[a-z]+(?:_[a-z]+)+\b"  # names of fields
)
ALLOWED: frozenset[tuple[str, str]] = frozenset()
"""(room/language, key) of what is rightly the same as in English."""


def named(part: Path | str) -> str:
    return str(part.relative_to(HOUSE)) if isinstance(part, Path) else part


@cache
def wording(room: Path, language: str) -> dict[str, Any]:
    return dict(_leaves(tomllib.loads((room / f"{language}.toml").read_text("utf-8"))))


def spoken(*languages: str) -> list[tuple[Path, str]]:
    """Rooms with each of the languages they speak; that none is missing has a test of its own."""
    return [
        (room, language) for room in ROOMS for language in languages if (room / f"{language}.toml").exists()
    ]


def _leaves(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted key and value; a table of plural forms is one value."""
    for key, value in table.items():
        if isinstance(value, dict) and not (value.keys() <= FORMS and "other" in value):
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def sentences(value: Any) -> list[str]:
    if isinstance(value, dict):
        return list(chain.from_iterable(map(sentences, value.values())))
    return list(chain.from_iterable(map(sentences, value))) if isinstance(value, list) else [str(value)]


def blanks(value: Any) -> set[str]:
    return {
        re.split(r"[.\[]", name)[0]
        for sentence in sentences(value)
        for _, name, _, _ in string.Formatter().parse(sentence)
        if name is not None
    }


def words(sentence: str) -> list[str]:
    """What a reader reads, without what is the same in any language."""
    return re.findall(r"[^\W\d_]{3,}", SAME_IN_ANY_LANGUAGE.sub(" ", sentence))


@pytest.mark.parametrize("room", ROOMS, ids=named)
def test_every_room_speaks_all_five_languages(room: Path) -> None:
    assert {path.stem for path in room.glob("*.toml")} == set(LANGUAGES)


@pytest.mark.parametrize(("room", "language"), spoken(*OTHERS), ids=named)
class TestEveryLanguage:
    def test_says_the_same_things(self, room: Path, language: str) -> None:
        assert wording(room, language).keys() ^ wording(room, "en").keys() == set()

    def test_leaves_the_same_blanks(self, room: Path, language: str) -> None:
        english = wording(room, "en")
        other = {
            key: blanks(value) ^ blanks(english[key])
            for key, value in wording(room, language).items()
            if key in english and blanks(value) != blanks(english[key])
        }
        assert other == {}

    def test_is_not_left_in_english(self, room: Path, language: str) -> None:
        english = wording(room, "en")
        left = [
            key
            for key, value in wording(room, language).items()
            if key in english
            and (named(room), key) not in ALLOWED
            and any(words(one) for one in set(sentences(value)) & set(sentences(english[key])))
        ]
        assert left == []


@pytest.mark.parametrize(("room", "language"), spoken("ru", "uz-Cyrl"), ids=named)
def test_cyrillic_wording_holds_no_latin_words(room: Path, language: str) -> None:
    latin = {
        key: found
        for key, value in wording(room, language).items()
        for sentence in sentences(value)
        if (found := [word for word in words(sentence) if re.search("[A-Za-zĀ-ž]", word)])
    }
    assert latin == {}


@pytest.mark.parametrize(("room", "language"), spoken(*LANGUAGES), ids=named)
def test_plural_tables_have_the_forms_of_the_language(room: Path, language: str) -> None:
    needed = NEEDED_FORMS.get(language, {"other"})
    known = {"other", *locale_of(language).plural_form.rules}
    wrong = {
        key: sorted(value)
        for key, value in wording(room, language).items()
        if isinstance(value, dict) and not (needed <= value.keys() <= known | {"zero"})
    }
    assert wrong == {}


@pytest.mark.parametrize(("room", "language"), spoken("uz"), ids=named)
def test_uzbek_is_written_with_its_own_letters(room: Path, language: str) -> None:
    """oʻ and gʻ with U+02BB, the tutuq belgisi with U+02BC: not with quotation marks."""
    quoted = {
        key: sentence
        for key, value in wording(room, language).items()
        for sentence in sentences(value)
        if re.search(r"[A-Za-z]['’‘`´][A-Za-z]|[oOgG]ʼ(?=\w)", sentence)
    }
    assert quoted == {}


def codes() -> Iterator[tuple[str, str]]:
    """Every problem the house can have, where its code is written out: (code, place)."""
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
            ):
                continue
            given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]
            for code in given:
                if isinstance(code, ast.Constant):
                    yield str(code.value), f"{path.relative_to(HOUSE)}:{node.lineno}"


def test_every_problem_has_its_sentence() -> None:
    unsaid = [
        f"{place}: {code}"
        for code, place in codes()
        for room, _, what in [code.partition(".")]
        if not (PROBLEMS / room / "en.toml").exists() or what not in wording(PROBLEMS / room, "en")
    ]
    assert unsaid == []
