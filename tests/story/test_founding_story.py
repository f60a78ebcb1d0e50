"""The founding story end to end, as a coordinator meets it: a folder, one command, figures that open to their lines."""

import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.installation import Installation, fresh_installation
from tests.story import told

from karvon.files.programme_folder import FolderReading
from karvon.rules.reporting.dates import day_text
from karvon.rules.wording import LANGUAGES


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for the whole story, with the folder imported."""
    with fresh_installation(tmp_path_factory.mktemp("story") / "home", untouched=True) as own:
        done = own.karvon("import", told.EXAMPLE)
        assert done.returncode == 0, done.stderr
        yield own


@pytest.fixture(scope="module")
def results(installation: Installation) -> dict[str, Any]:
    return said(installation, "results", "--json")


@pytest.fixture(scope="module")
def trace(installation: Installation) -> dict[str, Any]:
    return said(installation, "trace", "trained", "--json")


def said(installation: Installation, *arguments: str) -> dict[str, Any]:
    done = installation.karvon(*arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def figures(results: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {indicator["key"]: indicator for indicator in results["indicators"]}


def counted_rows(trace: dict[str, Any]) -> set[tuple[str, str, int]]:
    return {
        (Path(line["path"]).name, line["table"], line["row"])
        for person in trace["people"]
        for line in person["lines"]
    }


def true_rows(gold: tuple[told.GoldRow, ...], folder: FolderReading) -> set[tuple[str, str, int]]:
    """Rows of participants on lists of trainings, by the truth."""
    lists = {(Path(s.file).name, s.table) for s in folder.description.sheets if s.event in told.TRAININGS}
    return {
        (row.file, row.sheet, row.row)
        for row in gold
        if row.role == "participant" and ((row.file, row.sheet) in lists or (row.file, "") in lists)
    }


def test_importing_again_changes_nothing(installation: Installation, results: dict[str, Any]) -> None:
    again = installation.karvon("import", told.EXAMPLE)
    assert again.returncode == 0, again.stderr
    assert said(installation, "results", "--json") == results


def test_one_visit_came_in_and_three_went_out(results: dict[str, Any]) -> None:
    known = figures(results)
    counted = [known[key]["figure"]["best"] for key in ("incoming-visits", "outgoing-visits", "contracts")]
    assert counted == [1, 3, 2]


def test_everything_published_is_supported_and_the_drafts_are_not(results: dict[str, Any]) -> None:
    assert {one["key"]: one["verdict"] for one in results["statements"]} == {
        "october-75": "supported",
        "all-150": "supported",
        "one-incoming": "supported",
        "three-outgoing": "supported",
        "three-groups": "supported",
        "two-contracts": "supported",
        "draft-200": "not_supported",
        "draft-160": "open",
    }


def test_more_than_75_in_october_stands_on_the_lower_bound(results: dict[str, Any]) -> None:
    figure = next(one for one in results["statements"] if one["key"] == "october-75")["figure"]
    assert figure["lower"] > 75
    assert 76 <= figure["best"] <= 90
    assert figure["lower"] <= 83 <= figure["upper"]


def test_more_than_150_in_all_stands_on_the_lower_bound(results: dict[str, Any]) -> None:
    figure = figures(results)["trained"]["figure"]
    assert figure["lower"] > 150
    assert 151 <= figure["best"] <= 175
    assert figure["lower"] <= 161 <= figure["upper"]


def test_the_open_draft_names_the_few_doubts_that_would_settle_it(results: dict[str, Any]) -> None:
    draft = next(one for one in results["statements"] if one["key"] == "draft-160")
    assert 1 <= len(draft["settling"]) <= 8
    assert all(pair["a"]["line"] != pair["b"]["line"] for pair in draft["settling"])


def test_both_contracts_have_their_own_people_and_share_dozens(results: dict[str, Any]) -> None:
    trained = figures(results)["trained"]
    by_contract = {one["number"]: one["figure"]["best"] for one in trained["by_contract"]}
    (both,) = trained["overlaps"]
    assert sorted(by_contract) == ["3.2.1.1/16/A/014", "LV-79"]
    assert both["figure"]["best"] >= 24
    assert trained["union"]["best"] == sum(by_contract.values()) - both["figure"]["best"]
    assert trained["union"]["best"] < sum(by_contract.values())


def test_participations_are_more_than_people_and_stand_beside_them(results: dict[str, Any]) -> None:
    trained = figures(results)["trained"]
    assert trained["participations"]["lower"] <= 245 <= trained["participations"]["upper"]


def test_the_figure_opens_to_exactly_the_rows_of_the_participants(
    trace: dict[str, Any], gold: tuple[told.GoldRow, ...], folder: FolderReading
) -> None:
    counted, true = counted_rows(trace), true_rows(gold, folder)
    assert (sorted(counted - true), sorted(true - counted)) == ([], [])
    assert len(trace["people"]) == trace["figure"]["best"]


def test_every_line_leads_to_the_hash_of_its_sheet_and_to_its_scan_if_there_is_one(
    trace: dict[str, Any], folder: FolderReading
) -> None:
    lines = [line for person in trace["people"] for line in person["lines"]]
    paths = {line["path"]: line["sha256"] for line in lines}
    assert paths == {path: hashlib.sha256((told.EXAMPLE / path).read_bytes()).hexdigest() for path in paths}
    scan = {(sheet.file, sheet.event): sheet.scan for sheet in folder.description.sheets}
    assert {(line["path"], line["event"]): line["scan_path"] for line in lines} == {
        (path, event): scan[path, event] for path, event in {(line["path"], line["event"]) for line in lines}
    }
    assert {bool(line["scan_path"]) for line in lines} == {True, False}


def test_names_in_the_trace_are_exactly_those_on_the_sheets(
    trace: dict[str, Any], gold: tuple[told.GoldRow, ...]
) -> None:
    written = {(row.file, row.sheet, row.row): row.name for row in gold}
    shown = {
        (Path(line["path"]).name, line["table"], line["row"]): line["name"]
        for person in trace["people"]
        for line in person["lines"]
    }
    assert shown == {place: written[place] for place in shown}


def test_a_contract_opens_to_its_own_people(installation: Installation, results: dict[str, Any]) -> None:
    by_contract = {one["number"]: one["figure"]["best"] for one in figures(results)["trained"]["by_contract"]}
    for number, best in by_contract.items():
        opened = said(installation, "trace", "trained", "--contract", number, "--json")
        assert len(opened["people"]) == best


@pytest.fixture(scope="module")
def reports(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    done = installation.karvon("report", "--output", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_report_is_written_in_five_languages_and_three_forms(reports: Path) -> None:
    assert sorted(path.name for path in reports.iterdir()) == sorted(
        f"uzbekistan-2018-{language}.{form}" for language in LANGUAGES for form in ("pdf", "docx", "html")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_report_tells_the_whole_story(language: str, reports: Path, folder: FolderReading) -> None:
    text = plain_text(reports / f"uzbekistan-2018-{language}.html")
    described = folder.description
    wanted = [described.programme.title.say(language)]
    wanted += [contract.number for contract in described.contracts]
    wanted += [visit.title.say(language) for visit in described.visits]
    wanted += [group.title.say(language) for group in described.recommendation_groups]
    wanted += [one.title.say(language) for one in described.recommendations]
    wanted += [one.title.say(language) for one in described.proposals]
    wanted += [one.text.say(language) for one in described.statements]
    assert [sentence for sentence in wanted if sentence not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_report_says_what_participants_learned_and_thought_in_numbers_only(
    language: str, reports: Path
) -> None:
    text = plain_text(reports / f"uzbekistan-2018-{language}.html")
    comma = "." if language == "en" else ","
    assert [
        one for one in (f"51{comma}2", f"61{comma}8", f"+10{comma}6", f"4{comma}4") if one not in text
    ] == []
    assert "Tuproq tahlili" not in text  # what somebody wrote in words stays on the event's page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_report_carries_private_contact_data(language: str, reports: Path) -> None:
    text = plain_text(reports / f"uzbekistan-2018-{language}.html")
    assert re.findall(r"\+998|\+371|[\w.-]+@[\w-]+\.example", text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_report_is_dated_with_the_day_the_facts_were_last_true(
    language: str, reports: Path, folder: FolderReading
) -> None:
    as_of = folder.description.programme.as_of
    assert as_of is not None
    assert " ".join(day_text(as_of, language).split()) in plain_text(
        reports / f"uzbekistan-2018-{language}.html"
    )


def test_writing_the_report_again_gives_the_same_bytes(
    installation: Installation, reports: Path, tmp_path: Path
) -> None:
    done = installation.karvon("report", "--output", tmp_path, "--in", "lv")
    assert done.returncode == 0, done.stderr
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(again) == 3
    assert [name for name, content in again.items() if (reports / name).read_bytes() != content] == []


def plain_text(page: Path) -> str:
    """What a reader sees of a page, white space folded."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page.read_text(encoding="utf-8"), flags=re.S)
    text = html.unescape(text)
    return " ".join(text.split())
