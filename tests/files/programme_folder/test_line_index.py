"""Every table and key is found at its line, however the TOML is laid out."""

import tomllib

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from karvon.files.programme_folder.line_index import index_lines, line_of

LAID_OUT = '''\
# a comment with [brackets] and "quotes"
format = 1

[programme] # the one
key = "a # b"
title.lv = "Vesels"
title."uz-Cyrl" = """
[[visit]]
not = "a table"
"""

[[visit]]
places = [
  "riga",   # ] not yet
  "cesis",
]
shares = {a = 1, "b.c" = 2}

[[visit]]
[visit.title]
en = \'\'\'one\'\'\'

[[indicator]]
key = 'x'
[[indicator.target]]
value = 1
[[indicator.target]]
value = 2
'''


def test_tables_keys_and_dotted_keys_are_at_their_lines() -> None:
    assert index_lines(LAID_OUT) == {
        ("format",): 2,
        ("programme",): 4,
        ("programme", "key"): 5,
        ("programme", "title"): 6,
        ("programme", "title", "lv"): 6,
        ("programme", "title", "uz-Cyrl"): 7,
        ("visit", 0): 12,
        ("visit", 0, "places"): 13,
        ("visit", 0, "shares"): 17,
        ("visit", 1): 19,
        ("visit", 1, "title"): 20,
        ("visit", 1, "title", "en"): 21,
        ("indicator", 0): 23,
        ("indicator", 0, "key"): 24,
        ("indicator", 0, "target", 0): 25,
        ("indicator", 0, "target", 0, "value"): 26,
        ("indicator", 0, "target", 1): 27,
        ("indicator", 0, "target", 1, "value"): 28,
    }


def test_what_is_not_listed_is_at_the_line_of_what_holds_it() -> None:
    lines = index_lines(LAID_OUT)
    assert line_of(lines, ("visit", 0, "shares", "b.c")) == 17
    assert line_of(lines, ("visit", 1, "starts")) == 19
    assert line_of(lines, ("nothing",)) is None


values = st.one_of(
    st.text(max_size=20), st.integers(-9, 9), st.booleans(), st.lists(st.text(max_size=5), max_size=3)
)
tables = st.dictionaries(st.text(min_size=1, max_size=6), values, max_size=4)
documents = st.dictionaries(
    st.text(min_size=1, max_size=6),
    st.one_of(values, tables, st.lists(tables, min_size=1, max_size=3)),
    max_size=5,
)


@given(documents)
def test_every_value_of_any_toml_stands_at_the_line_it_is_found_at(document: dict[str, object]) -> None:
    text = tomli_w.dumps(document, multiline_strings=True)
    lines = text.split("\n")
    for path, line in index_lines(text).items():
        rest = "\n".join(lines[line - 1 :])
        name = next(part for part in reversed(path) if isinstance(part, str))
        first = next(iter(_first_table(rest)))
        assert first == name, (path, rest)


def _first_table(rest: str) -> dict[str, object]:
    """The first statement of the rest of a text: lines are added until they are TOML."""
    lines = rest.split("\n")
    for end in range(1, len(lines) + 1):
        try:
            return tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
    raise AssertionError(rest)
