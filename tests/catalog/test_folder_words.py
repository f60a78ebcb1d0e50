"""The words of an empty programme lead back, in every language, to the one thing they mean."""

from tests.files.programme_folder.examples import GUIDE

from karvon.files.programme_folder import hints
from karvon.files.programme_folder.schema import BY_NAME, KINDS, SCOPE
from karvon.rules.wording import LANGUAGES


def test_the_titles_of_tabs_name_one_kind_each_and_fit_a_tab() -> None:
    meant: dict[str, set[str]] = {}
    for kind in BY_NAME.values():
        for title in (kind.name, *(hints.tab_title(kind, language) for language in LANGUAGES)):
            meant.setdefault(hints.fold(title), set()).add(kind.name)
            assert len(title) <= 31
    assert {title: kinds for title, kinds in meant.items() if len(kinds) > 1} == {}


def test_the_headings_of_a_tab_name_one_column_each_whatever_the_language() -> None:
    for kind in BY_NAME.values():
        meant: dict[str, set[str]] = {}
        for column, _ in hints.columns(kind):
            for title in (column, *(hints.column_title(kind, column, language) for language in LANGUAGES)):
                meant.setdefault(hints.fold(title), set()).add(column)
        assert {title: columns for title, columns in meant.items() if len(columns) > 1} == {}


def test_the_words_of_a_choice_name_one_choice_each_whatever_the_language() -> None:
    fields = [field for kind in KINDS for field in kind.fields if field.choices]
    for field in (*fields, *(field for field in SCOPE if field.choices)):
        meant: dict[str, set[str]] = {}
        for choice in field.choices:
            for word in (choice, *(hints.choice_word(choice, language) for language in LANGUAGES)):
                meant.setdefault(hints.fold(word), set()).add(choice)
        assert {word: choices for word, choices in meant.items() if len(choices) > 1} == {}


def test_every_language_has_the_same_words() -> None:
    def names(table: dict[str, object], above: str = "") -> set[str]:
        found = set()
        for name, value in table.items():
            found |= names(value, f"{above}{name}.") if isinstance(value, dict) else {above + name}
        return found

    shapes = [names(dict(hints.words(language))) for language in LANGUAGES]
    assert [shape ^ shapes[0] for shape in shapes] == [set()] * len(LANGUAGES)


def test_the_guide_names_every_field_of_every_record() -> None:
    guide = GUIDE.read_text("utf-8")
    for kind in KINDS:
        table = f"`[{kind.name}]`" if kind.name == "programme" else f"`[[{kind.name}]]`"
        section = next(part for part in guide.split("\n### ") if table in part.split("\n")[0])
        assert [field.name for field in kind.fields if field.name not in section] == []
