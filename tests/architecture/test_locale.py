"""The website's words: every sentence is translated, with its blanks, and the compiled file is that of the source."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import karvon
from karvon.rules.wording import LANGUAGES

LOCALE = Path(karvon.__file__).parent / "locale"
FOLDERS = sorted(language.replace("-", "_") for language in LANGUAGES if language != "en")
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def source(folder: str) -> Catalog:
    with (LOCALE / folder / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=folder)


def sentences(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def asked(message: Message) -> tuple[object, object]:
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


def compiled(catalog: Catalog) -> dict[object, object]:
    return {asked(message): message.string for message in catalog if message.id}


def test_the_website_speaks_every_language() -> None:
    assert sorted(path.name for path in LOCALE.iterdir() if path.is_dir() and path.name != "en") == FOLDERS


@pytest.mark.parametrize("folder", FOLDERS)
class TestTheWebsite:
    def test_has_every_sentence(self, folder: str) -> None:
        untranslated = [asked(m) for m in source(folder) if m.id and (m.fuzzy or not all(sentences(m)))]
        assert untranslated == []

    def test_has_the_same_sentences_as_the_other_languages(self, folder: str) -> None:
        assert {asked(m) for m in source(folder)} == {asked(m) for m in source("lv")}

    def test_leaves_the_same_blanks(self, folder: str) -> None:
        wrong = {}
        for message in source(folder):
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            wanted = set(BLANK.findall(ids[-1]))
            if message.id and any(not set(BLANK.findall(one)) <= wanted for one in sentences(message)):
                wrong[asked(message)] = message.string
            if message.id and set(BLANK.findall(sentences(message)[-1])) != wanted:
                wrong[asked(message)] = message.string
        assert wrong == {}

    def test_is_compiled_from_its_source(self, folder: str) -> None:
        fresh = BytesIO()
        write_mo(fresh, source(folder))
        fresh.seek(0)
        with (LOCALE / folder / "LC_MESSAGES" / "django.mo").open("rb") as kept:
            assert compiled(read_mo(kept)) == compiled(read_mo(fresh))
