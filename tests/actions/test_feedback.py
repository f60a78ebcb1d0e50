"""Feedback comes through a link that ends, from paper and with a folder; it tells nobody's name, and is taken back."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.actions.forgetting import forget_everything
from tests.actions.test_attendance import bytes_of
from tests.small_folder import PROGRAMME, small_folder

from karvon.actions.evidence import import_folder
from karvon.actions.feedback import (
    give_feedback,
    make_link,
    take_back_feedback,
    type_feedback,
    withdraw_answer,
    withdraw_link,
)
from karvon.actions.journal import COMMAND, new_id
from karvon.cli.exporting import export_folder
from karvon.queries.feedback import asked_of, event_feedback
from karvon.records import models as records
from karvon.rules.feedback import Answer
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db
GOOD = Answer({"usefulness": 5, "trainer": 4}, {"will_use": 'The leak map,\n"daily"'}, "uz")


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    made = small_folder(tmp_path / "folder")
    import_folder(made)
    return made


def today() -> date:
    return timezone.localdate()


def open_link(days: int = 3) -> str:
    link = new_id()
    assert make_link("small", "water-2", link, ends=today() + timedelta(days=days), by=COMMAND) > 0
    return link


def marks() -> list[tuple[int | None, ...]]:
    found = event_feedback("small", "water-2", today=today())
    assert found is not None
    return [tuple(mark for _, mark in one.marks) for one in found.answers]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problems[0].code


def test_a_form_sent_twice_is_one_answer_and_the_journal_tells_no_words(folder: Path) -> None:
    link, form = open_link(), new_id()
    assert [give_feedback(link, form, GOOD) for _ in range(2)] == [True, False]
    assert marks() == [(5, None, 4, None)]
    entry = records.JournalEntry.objects.get(action="give_feedback")
    assert (entry.facts, entry.payload, entry.by) == ({}, None, None)
    row = records.FeedbackAnswer.objects.get()
    assert (row.way, row.language, row.given_on) == ("form", "uz", today())
    assert row.payload is not None
    assert row.payload.body == {"will_use": 'The leak map,\n"daily"'}


def test_a_link_that_ended_was_withdrawn_or_never_made_takes_nothing(folder: Path) -> None:
    ended, withdrawn = open_link(), open_link()
    records.FeedbackLink.objects.filter(pk=ended).update(ends=today() - timedelta(days=1))
    entry = withdraw_link("small", "water-2", withdrawn, by=COMMAND)
    for link in (ended, withdrawn, new_id()):
        with pytest.raises(Refused) as refused:
            give_feedback(link, new_id(), GOOD)
        assert (code_of(refused), asked_of(link, today=today())) == ("feedback.link_ended", None)
    assert marks() == []
    take_back_feedback("small", entry, by=COMMAND)
    assert give_feedback(withdrawn, new_id(), GOOD)


def test_a_link_made_twice_is_one_and_none_ends_before_it_begins(folder: Path) -> None:
    link = open_link()
    assert make_link("small", "water-2", link, ends=today(), by=COMMAND) == 0
    with pytest.raises(Refused) as refused:
        make_link("small", "water-2", new_id(), ends=today() - timedelta(days=1), by=COMMAND)
    assert (code_of(refused), records.FeedbackLink.objects.count()) == ("feedback.ends_before_today", 1)


def test_an_empty_form_and_a_damaged_one_are_refused(folder: Path) -> None:
    link, codes = open_link(), []
    for key, said in ((new_id(), Answer()), ("short", GOOD), ("x" * 40, GOOD)):
        with pytest.raises(Refused) as refused:
            give_feedback(link, key, said)
        codes.append(code_of(refused))
    assert codes == ["feedback.nothing_said", "feedback.form_unreadable", "feedback.form_unreadable"]


def test_a_typed_answer_is_left_out_and_let_count_again(folder: Path) -> None:
    form = new_id()
    typed = type_feedback("small", "water-2", form, GOOD, by=COMMAND)
    assert (type_feedback("small", "water-2", form, GOOD, by=COMMAND), marks()) == (0, [(5, None, 4, None)])
    left = withdraw_answer("small", "water-2", form, by=COMMAND)
    assert marks() == []
    with pytest.raises(Refused) as refused:
        take_back_feedback("small", typed, by=COMMAND)
    assert code_of(refused) == "feedback.nothing_to_take_back"
    take_back_feedback("small", left, by=COMMAND)
    assert marks() == [(5, None, 4, None)]


def test_an_event_with_answers_is_not_removed(folder: Path) -> None:
    give_feedback(open_link(), new_id(), GOOD)
    text = PROGRAMME[: PROGRAMME.index('[[event]]\nkey = "water-2"')]
    text += PROGRAMME[
        PROGRAMME.index('[[sheet]]\nkey = "first"') : PROGRAMME.index('[[sheet]]\nkey = "second"')
    ]
    text += PROGRAMME[PROGRAMME.index("[[indicator]]") :]
    (folder / "programme.toml").write_text(text, encoding="utf-8")
    (folder / "sheets/second.csv").unlink()
    with pytest.raises(Refused) as refused:
        import_folder(folder)
    assert "import.still_needed" in {problem.code for problem in refused.value.problems}
    assert marks() == [(5, None, 4, None)]


def test_answers_leave_and_come_back_to_the_same_bytes(
    folder: Path, tmp_path: Path, settings: Settings
) -> None:
    export_folder("small", tmp_path / "none")
    link = open_link()
    give_feedback(link, new_id(), GOOD)
    left_out = new_id()
    give_feedback(link, left_out, Answer({"relevance": 1}))
    withdraw_answer("small", "water-2", left_out, by=COMMAND)
    type_feedback(
        "small", "water-2", new_id(), Answer({"organisation": 3}, {"missing": "Time; =1+1"}), by=COMMAND
    )
    was = sorted(marks(), key=repr)
    export_folder("small", tmp_path / "out")
    assert "register/feedback.csv" not in bytes_of(tmp_path / "none")
    assert import_folder(tmp_path / "out").unchanged
    forget_everything()
    settings.KARVON_HOME = tmp_path / "another"
    import_folder(tmp_path / "out")
    export_folder("small", tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(tmp_path / "out")
    assert (sorted(marks(), key=repr), records.FeedbackLink.objects.count()) == (was, 0)


def test_a_folder_whose_answers_are_damaged_is_refused_with_the_row(folder: Path, tmp_path: Path) -> None:
    type_feedback("small", "water-2", new_id(), GOOD, by=COMMAND)
    export_folder("small", tmp_path / "out")
    file = tmp_path / "out/register/feedback.csv"
    good = file.read_text(encoding="utf-8")
    codes = []
    for text in (good.replace(",water-2,", ",nowhere,"), good.replace(",5,,4,", ",6,,4,")):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(Refused) as refused:
            import_folder(tmp_path / "out")
        codes += [(problem.code, str(problem.where)) for problem in refused.value.problems]
    assert codes == [
        ("folder.unknown_event", "register/feedback.csv!2"),
        ("folder.register_value", "register/feedback.csv!2: usefulness"),
    ]
