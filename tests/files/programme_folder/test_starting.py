"""``karvon init`` writes what a person can fill in, in their language."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tests.files.programme_folder.examples import problems_of

from karvon.files.programme_folder import hints
from karvon.files.programme_folder.schema import BY_NAME, KINDS
from karvon.files.programme_folder.starting import init_toml, init_workbook
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.wording import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_toml_says_which_required_fields_are_missing(tmp_path: Path, language: str) -> None:
    path = init_toml(tmp_path, language)
    line = path.read_text("utf-8").split("\n").index("[programme]") + 1
    assert problems_of(tmp_path) == [
        Problem("folder.missing", Place("programme.toml", row=line, key=f"programme.{name}"), {"field": name})
        for name in ("key", "title")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_workbook_says_which_required_cells_are_missing(tmp_path: Path, language: str) -> None:
    init_workbook(tmp_path, language)
    tab = hints.tab_title(BY_NAME["programme"], language)
    assert problems_of(tmp_path) == [
        Problem("folder.missing", Place("programme.xlsx", tab, 3, column, name), {"field": name})
        for column, name in (("A", "key"), ("B", "title"))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_stands_in_the_empty_toml_and_is_toml_once_uncommented(
    tmp_path: Path, language: str
) -> None:
    text = init_toml(tmp_path, language).read_text("utf-8")
    tables = tomllib.loads("\n".join(_uncommented(text)))
    for kind in KINDS:
        table = tables[kind.name] if kind.name == "programme" else tables[kind.name][0]
        names = [name for name in table if name != "target"]
        assert names == [field.name for field in kind.fields]


def _uncommented(text: str) -> list[str]:
    """The tables and fields of the empty TOML without the mark that makes them comments."""
    lines = [line.removeprefix("# ") for line in text.split("\n")]
    fields = {field.name for kind in BY_NAME.values() for field in kind.fields}
    return [line for line in lines if line.startswith("[") or line.split(" = ")[0] in fields]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_begins_with_how_to_fill_it_in_and_has_a_tab_per_kind(
    tmp_path: Path, language: str
) -> None:
    book = openpyxl.load_workbook(init_workbook(tmp_path, language))
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    kinds = [*KINDS[:-1], BY_NAME["target"], KINDS[-1]]
    assert visible == [
        hints.words(language)["guide"]["tab"],
        *(hints.tab_title(kind, language) for kind in kinds),
    ]


def test_a_drop_down_list_offers_the_words_of_the_language(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(init_workbook(tmp_path, "lv"))
    (validation,) = [rule for rule in book["Vizītes"].data_validations.dataValidation if "B3" in rule.sqref]
    tab, _, cells = str(validation.formula1).partition("!")
    offered = [cell.value for (cell,) in book[tab.strip("'")][cells.replace("$", "")]]
    assert offered == ["ienākoša (mācību vizīte)", "izejoša (ekspertu misija)"]


@pytest.mark.parametrize("init", [init_toml, init_workbook])
def test_a_description_that_is_there_is_never_overwritten(
    tmp_path: Path, init: Callable[[Path, str], Path]
) -> None:
    path = init_toml(tmp_path, "lv")
    path.write_text("mine")
    with pytest.raises(Refused) as refused:
        init(tmp_path, "lv")
    assert refused.value.problems == (Problem("folder.already_there", Place(str(path))),)
    assert path.read_text() == "mine"


@pytest.mark.parametrize("init", [init_toml, init_workbook])
def test_a_language_we_do_not_speak_is_refused_and_nothing_is_written(
    tmp_path: Path, init: Callable[[Path, str], Path]
) -> None:
    with pytest.raises(Refused) as refused:
        init(tmp_path / "new", "xx")
    facts = {"found": "xx", "allowed": "lv, en, ru, uz, uz-Cyrl"}
    assert refused.value.problems == (Problem("folder.unknown_language", Place(), facts),)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("init", [init_toml, init_workbook])
def test_the_folders_for_sheets_and_documents_are_there_and_a_file_in_the_way_is_said(
    tmp_path: Path, init: Callable[[Path, str], Path]
) -> None:
    path = init(tmp_path / "new", "ru")
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["documents", path.name, "sheets"]
    with pytest.raises(Refused) as refused:
        init(path, "ru")
    assert [problem.code for problem in refused.value.problems] == ["folder.cannot_write"]
