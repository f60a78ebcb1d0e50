"""`karvon people doubts`, as it is typed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.installation import Installation, fresh_installation
from tests.queries.test_doubts import NAMESAKES, SECOND, statement
from tests.small_folder import PROGRAMME, small_folder

from karvon.cli.language import TAGS, _wording

DESCRIPTION = PROGRAMME[: PROGRAMME.index("[[statement]]")]


def given(folder: Path, *said: str) -> Path:
    return small_folder(folder, description=DESCRIPTION + "".join(said), first=NAMESAKES, second=SECOND)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with doubts, one of which settles a statement; the tests only read."""
    folder = tmp_path_factory.mktemp("doubtful")
    with fresh_installation(folder / "home") as own:
        own.karvon("import", given(folder / "given"))
        figure = json.loads(own.karvon("results", "--json").stdout)["indicators"][0]["figure"]
        said = statement("tight", "more_than", figure["upper"] - 1)
        own.karvon("import", given(folder / "again", said))
        yield own


@pytest.mark.only_on("sqlite")
def test_a_doubt_is_printed_with_its_ids_places_evidence_and_what_it_would_settle(
    installation: Installation,
) -> None:
    printed = installation.karvon("people", "doubts", "--language", "en").stdout
    told = json.loads(installation.karvon("people", "doubts", "--json").stdout)
    first = told["doubts"][0]
    assert f"\n{first['a']['line']} {first['b']['line']}  " in printed
    assert re.search(r"^  prior −\d+\.\d any two lines   surname \+\d+\.\d same", printed, re.M)
    assert "  would settle: more_than " in printed
    assert "(one person: not supported)" in printed
    assert "  would narrow: Specialists trained" in printed
    assert [one["key"] for one in first["settles"]] == ["tight"]
    assert told["page"] == {"number": 1, "size": 50, "total": len(told["doubts"])}


@pytest.mark.only_on("sqlite")
def test_what_a_doubt_would_settle_is_said_in_the_readers_language(installation: Installation) -> None:
    for language in TAGS:
        printed = installation.karvon("people", "doubts", "--language", language).stdout
        words = _wording(language)
        for said in (words["doubt_settles"], words["doubt_narrows"]):
            assert said.partition("{")[0] in printed
        assert words["doubt_if"]["same"] in printed


@pytest.mark.only_on("sqlite")
def test_doubts_come_page_by_page(installation: Installation) -> None:
    whole = json.loads(installation.karvon("people", "doubts", "--json").stdout)["doubts"]
    assert len(whole) > 1
    first = installation.karvon("people", "doubts", "--size", "1", "--language", "en").stdout
    assert f"Page 1 of {len(whole)}. Next: karvon people doubts --page 2" in first
    second = json.loads(
        installation.karvon("people", "doubts", "--size", "1", "--page", "2", "--json").stdout
    )
    assert second["doubts"] == whole[1:2]


def test_the_terminal_says_how_many_certain_links_nobody_has_looked_at(installation: Installation) -> None:
    said = re.compile(
        r"^\d+ certain match(es were| was) made by Karvon alone; no person has looked at (them|it)\.$", re.M
    )
    for arguments in (("results",), ("trace", "trained"), ("people", "doubts")):
        assert said.search(installation.karvon(*arguments, "--language", "en").stdout), arguments
    for arguments in (("results",), ("trace", "trained"), ("people", "doubts")):
        assert json.loads(installation.karvon(*arguments, "--json").stdout)["certain_unreviewed"] > 0
    assert "doubts left." in installation.karvon("results", "--language", "en").stdout
