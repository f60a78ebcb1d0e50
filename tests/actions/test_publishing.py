"""Editions are frozen once, released and taken back; an own template travels with its programme."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from pytest_django import Settings
from tests.small_folder import small_folder

from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.actions.publishing import add_template, freeze_edition, publish_edition, withdraw_edition
from karvon.cli.exporting import export_folder
from karvon.queries.accounts import published, published_programmes
from karvon.queries.editions import edition, editions
from karvon.queries.publishing import report_templates
from karvon.records import models as records
from karvon.rules.problems import Refused
from karvon.rules.programme.values import Period
from karvon.rules.reporting.part import WHOLE, Part

pytestmark = pytest.mark.django_db
QUARTER = Part("A", Period(date(2018, 10, 1), date(2018, 12, 31)))


@pytest.fixture
def small(tmp_path: Path, settings: Settings) -> str:
    settings.KARVON_HOME = tmp_path / "home"
    import_folder(small_folder(tmp_path / "given"))
    return "small"


def freeze(programme: str, part: Part = WHOLE, *languages: str) -> int:
    return freeze_edition(programme, part, languages=languages or ("en",), forms=("html",), by=COMMAND).number


def test_every_part_is_an_edition_of_its_own_and_the_same_facts_are_the_same_edition(small: str) -> None:
    assert [freeze(small), freeze(small, QUARTER), freeze(small), freeze(small, QUARTER)] == [1, 2, 1, 2]
    found = edition(small, 2)
    assert found is not None
    assert (found.part, found.contract_number, found.state) == (QUARTER, "LV-1", "draft")
    assert edition(small, 3) is None


def test_further_languages_are_added_and_files_there_are_stay_as_they_are(small: str) -> None:
    freeze(small, WHOLE, "en")
    before = records.EditionFile.objects.get().stored_id
    frozen = freeze_edition(small, languages=("en", "lv"), forms=("html",), by=COMMAND)
    assert (frozen.number, frozen.new, [name for name, _ in frozen.files]) == (
        1, True, ["small-en.html", "small-lv.html"],
    )  # fmt: skip
    kept = dict(records.EditionFile.objects.values_list("language", "stored"))
    assert (kept["en"], sorted(kept)) == (before, ["en", "lv"])


def test_an_edition_goes_out_and_comes_back_and_each_step_is_kept(small: str) -> None:
    freeze(small)
    assert (published(small), published_programmes(), editions(small, drafts=False)) == (
        False, frozenset(), (),
    )  # fmt: skip
    assert [publish_edition(small, 1, by=COMMAND), publish_edition(small, 1, by=COMMAND)] == [True, False]
    assert (published(small), published_programmes()) == (True, {small})
    assert [len(one.files) for one in editions(small, drafts=False)] == [1]
    assert withdraw_edition(small, 1, reason=" Counted \n twice. ", by=COMMAND)
    assert not withdraw_edition(small, 1, reason="Again.", by=COMMAND)
    (left,) = editions(small, drafts=False)
    assert (left.state, left.reason, left.files) == ("withdrawn", "Counted twice.", ())
    assert publish_edition(small, 1, by=COMMAND)
    assert list(records.EditionRelease.objects.values_list("step", flat=True)) == [
        "published", "withdrawn", "published",
    ]  # fmt: skip


def test_what_cannot_be_withdrawn_is_said(small: str) -> None:
    freeze(small)
    for number, reason, code in (
        (1, "r", "publishing.not_published"),
        (1, " ", "publishing.reason_missing"),
        (9, "r", "publishing.unknown_edition"),
    ):
        with pytest.raises(Refused) as caught:
            withdraw_edition(small, number, reason=reason, by=COMMAND)
        assert [problem.code for problem in caught.value.problems] == [code]
    assert records.EditionRelease.objects.count() == 0


def template(path: Path, text: str) -> Path:
    document = Document()
    document.add_paragraph(text)
    document.save(path)
    return path


def test_an_own_template_leaves_with_an_export_and_comes_back_the_same(small: str, tmp_path: Path) -> None:
    before = freeze(small)
    given = template(tmp_path / "given.docx", "{{figure.trained.best}}")
    key = add_template(small, given, name="Mūsu pārskats 2018.docx", by=COMMAND)
    (row,) = report_templates(small)
    assert (row.key, row.name) == (key, "musu-parskats-2018.docx")
    assert freeze(small) == before  # a template proves nothing, so that no report says otherwise
    export_folder(small, tmp_path / "first")
    kept = tmp_path / "first" / "documents" / "report-templates" / row.name
    assert kept.read_bytes() == given.read_bytes()
    import_folder(tmp_path / "first", replace=True)
    export_folder(small, tmp_path / "second")
    one, two = (
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "first", tmp_path / "second")
    )
    assert one == two
    assert [row.name for row in report_templates(small)] == [kept.name]


def test_a_template_of_the_same_name_takes_the_place_of_the_other(small: str, tmp_path: Path) -> None:
    for text in ("{{figure.trained.best}}", "{{programme.title}}"):
        add_template(small, template(tmp_path / "t.docx", text), name="Ours.docx", by=COMMAND)
    assert len(report_templates(small)) == 1
    assert records.JournalEntry.objects.filter(action="add_template").count() == 2


def test_a_template_with_an_unknown_field_is_not_kept(small: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        add_template(
            small, template(tmp_path / "t.docx", "{{figure.traned.best}}"), name="t.docx", by=COMMAND
        )
    assert [(p.code, p.facts["near"]) for p in caught.value.problems] == [
        ("template.unknown_field", "figure.trained.best")
    ]
    assert report_templates(small) == ()


def test_templates_named_in_other_letters_do_not_replace_each_other(small: str, tmp_path: Path) -> None:
    given = template(tmp_path / "t.docx", "{{programme.title}}")
    for name in ("Отчёт.docx", "Ҳисобот.docx", "Отчёт.docx", "Report Отчёт.docx"):
        add_template(small, given, name=name, by=COMMAND)
    assert len(report_templates(small)) == 3
