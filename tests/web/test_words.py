"""Every word a reader meets is said in their language, with the right plural, and in no other."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from string import Formatter
from typing import Any, get_args

import pytest
from django.test import Client
from django.utils.translation import gettext, ngettext, override
from tests.web.pages import CODES, PAGES, address

from karvon import catalog
from karvon.rules.counting.scope import Reason
from karvon.rules.evidence.sheet import Field, SkipReason
from karvon.rules.identity.levels import LEVELS, Rarity
from karvon.rules.programme import description as d
from karvon.rules.statements import Verdict
from karvon.web import words
from karvon.web.catalogues import catalogue_folders
from karvon.web.languages import OWN_NAMES, tag_of
from karvon.web.translations import catalogues, fresh, messages, read

LOCALES = ("lv", "ru", "uz", "uz_Cyrl")
BLANK = re.compile(r"%\((\w+)\)s")


def test_there_is_a_catalogue_for_every_language_but_our_own() -> None:
    names = [source.parent.parent.name for source in catalogues()]
    assert names == [*LOCALES] * len(catalogue_folders())


def messages_of(locale: str) -> Iterator[Any]:
    """What the catalogues of a language hold, whichever folder they lie in."""
    for source in catalogues():
        if source.parent.parent.name == locale:
            yield from (message for message in read(source) if message.id)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_translated_and_none_is_stale(locale: str) -> None:
    said: dict[tuple[str, str, str], tuple[str, ...]] = {}
    twice = []
    for message in messages_of(locale):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        key = ids[0], ids[1] if len(ids) > 1 else "", message.context or ""
        assert not message.fuzzy
        twice += [key] if key in said else []
        said[key] = strings
    assert twice == []
    wanted = {(m.text, m.plural, m.context) for m in messages()}
    assert set(said) == wanted
    assert [ids for ids, strings in said.items() if not all(strings)] == []
    forms = {"lv": 3, "ru": 3}.get(locale, 1)
    assert {len(strings) for (_, plural, _), strings in said.items() if plural} == {forms}
    for (text, _plural, _), strings in said.items():
        blanks = set(BLANK.findall(text))
        assert {text: [set(BLANK.findall(s)) for s in strings]} == {text: [blanks] * len(strings)}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_compiled_catalogue_says_what_its_source_says(locale: str) -> None:
    """If not: ``python -m karvon.web.translations``."""
    assert [fresh(source) for source in catalogues() if source.parent.parent.name == locale] == [True] * len(
        catalogue_folders()
    )


def test_uzbek_is_written_with_its_own_apostrophes() -> None:
    typed = [str(m.string) for m in messages_of("uz") if re.search("['’‘`]", str(m.string).strip("('),"))]
    assert [text for text in typed if isinstance(text, str) and re.search("[oOgGaeiu]['’‘`]", text)] == []


def test_uzbek_cyrillic_holds_no_latin_words_but_names() -> None:
    names = {
        "Karvon",
        "SHA",
        "HXL",
        "Karimov",
        "Karimovs",
        "Fergāna",
        "Fargʻona",
        "sheets",
        "documents",
        "sheet",
        "JavaScript",
        "localhost",
        *("UZ", "FA", "zip"),
        *("Word", "Excel", "DOCX"),
        *("name", "example", "org"),  # of an address that serves as an example
        *("CSV", "xlsx", "PDF"),
        *("Aegis", "FreeOTP", "Google", "Authenticator"),
    }
    found = set()
    for message in messages_of("uz_Cyrl"):
        for text in (message.string,) if isinstance(message.string, str) else message.string:
            found |= set(re.findall(r"[A-Za-zʻʼā]{2,}", BLANK.sub("", text)))
    assert found <= names


def test_plurals_follow_each_language() -> None:
    asked = {}
    for code in CODES:
        with override(code):
            asked[code] = [
                ngettext("%(shown)s event", "%(shown)s events", n) % {"shown": n}
                for n in (0, 1, 2, 5, 11, 21)
            ]
    assert asked == {
        "lv": ["0 pasākumu", "1 pasākums", "2 pasākumi", "5 pasākumi", "11 pasākumi", "21 pasākums"],
        "en": ["0 events", "1 event", "2 events", "5 events", "11 events", "21 events"],
        "ru": [
            "0 мероприятий",
            "1 мероприятие",
            "2 мероприятия",
            "5 мероприятий",
            "11 мероприятий",
            "21 мероприятие",
        ],
        "uz": [f"{n} ta tadbir" for n in (0, 1, 2, 5, 11, 21)],
        "uz-cyrl": [f"{n} та тадбир" for n in (0, 1, 2, 5, 11, 21)],
    }


@pytest.mark.parametrize(
    ("table", "literal"),
    [
        ("direction", d.Direction), ("event", d.EventKind), ("role", d.Role), ("stage", d.Stage),
        ("priority", d.Priority), ("response", d.ResponseStatus), ("organisation", d.OrganisationKind),
        ("document", d.DocumentKind), ("measure", d.Measure), ("skipped", SkipReason), ("field", Field),
        ("left_out", Reason), ("verdict", Verdict),
    ],
)  # fmt: skip
def test_every_kind_and_reason_has_a_word(table: str, literal: object) -> None:
    assert set(words.TABLES[table]) == set(get_args(literal))


def test_every_field_and_level_of_evidence_has_a_word() -> None:
    assert set(words.EVIDENCE_FIELD) == set(LEVELS)
    assert set(words.EVIDENCE_LEVEL) == {level for levels in LEVELS.values() for level in levels}
    assert set(words.RARITY) == set(get_args(Rarity)) - {""}


def test_every_comparison_has_a_word() -> None:
    assert set(words.COMPARATOR) == set(get_args(d.Comparator))


def test_every_counting_rule_is_worded_in_every_language() -> None:
    for rule in catalog.names("counting_rules"):
        data = catalog.load(f"counting_rules/{rule}")
        assert (rule, set(data["name"]), set(data["sentence"])) == (rule, set(OWN_NAMES), set(OWN_NAMES))


def _visible(html: str) -> list[str]:
    """What a reader or a screen reader meets in our own words: without names, files and texts of other languages."""
    html = re.sub(r"<(style|script|pre)\\b.*?</\\1>", " ", html, flags=re.S)
    for _ in range(4):
        html = re.sub(r'<(\w+)[^>]*(?:translate="no"|lang="(?!{tag}")[^"]*")[^>]*>[^<]*</\1>', " ", html)
    said = re.findall(r'(?:aria-label|placeholder|title|alt|data-label)="([^"]*)"', html)
    return [unescape(text) for text in (*re.findall(r">([^<]+)<", html), *said) if text.strip()]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_no_english_word_of_ours_leaks(reader: Client, make: Callable[..., str], code: str) -> None:
    key = make(rows=4)
    english = {m.text for m in messages()} | {m.plural for m in messages() if m.plural}
    plain = {text for text in english if "%(" not in text and len(text) > 2}
    with override(code):
        same = {text for text in plain if gettext(text) == text}
    leaks = {}
    for name in PAGES:
        html = reader.get(address(name, programme=key, code=code)).content.decode()
        html = html.replace(f'lang="{tag_of(code)}"', "")
        said = {text.strip() for text in _visible(html)}
        if found := (said & plain) - same:
            leaks[name] = found
    assert leaks == {}


def test_a_person_never_fills_a_blank_of_the_catalogue() -> None:
    """A translated text has named blanks only, so that a name in it cannot be read as one."""
    for message in messages():
        assert [field for _, field, _, _ in Formatter().parse(message.text) if field] == []
