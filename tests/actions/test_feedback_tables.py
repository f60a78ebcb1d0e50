"""Answers that stand in a table come with their document and go with it, and travel as the table itself."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from pytest_django import Settings
from tests.actions.forgetting import forget_everything
from tests.actions.test_attendance import bytes_of
from tests.small_folder import small_folder

from karvon.actions.editing import Done, take_back
from karvon.actions.evidence import import_folder
from karvon.actions.feedback_bringing import bring_table
from karvon.actions.journal import COMMAND
from karvon.cli.exporting import export_folder
from karvon.queries.feedback import event_feedback
from karvon.records import models as records
from karvon.rules.feedback.columns import Columns
from karvon.rules.problems import Refused

pytestmark = pytest.mark.django_db
TABLE = "Time,How useful?,Trainer,What was missing?\n9:00,5,4,Time\n9:01,4,3,\n9:02,,5,=1+1\n9:03,,,\n"
COLUMNS = Columns(1, {"B": "usefulness", "C": "trainer", "D": "missing"})


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    made = small_folder(tmp_path / "folder")
    import_folder(made)
    return made


def bring(path: Path, *, key: str = "said", columns: Columns = COLUMNS) -> Done:
    return bring_table("small", "water-2", key, path, name=path.name, columns=columns, by=COMMAND)


def csv_table(tmp_path: Path, text: str = TABLE) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text(text, encoding="utf-8")
    return path


def answers() -> list[tuple[object, ...]]:
    rows = records.FeedbackAnswer.objects.order_by("row").select_related("payload")
    return [
        (row.row, row.usefulness, row.trainer, (row.payload.body if row.payload else {}) or {})
        for row in rows
    ]


SAID = [(2, 5, 4, {"missing": "Time"}), (3, 4, 3, {}), (4, None, 5, {"missing": "=1+1"})]


def test_a_table_is_kept_as_evidence_by_its_hash_and_taken_back(folder: Path, tmp_path: Path) -> None:
    path = csv_table(tmp_path)
    done = bring(path)
    document = records.Document.objects.get(key="said")
    assert (document.kind, document.path, document.event and document.event.key) == (
        "evaluation",
        "documents/answers.csv",
        "water-2",
    )
    assert (answers(), {row.way for row in records.FeedbackAnswer.objects.all()}) == (SAID, {"sheet"})
    assert bring(path) == Done("document", "said", "create")
    words = records.FeedbackAnswer.objects.get(row=2).payload
    take_back("small", done.entry, by=COMMAND)
    assert (answers(), records.Document.objects.count()) == ([], 0)
    assert words is not None
    words.refresh_from_db()
    assert words.body is None


def test_the_same_answers_twice_and_what_is_no_such_table_are_refused(folder: Path, tmp_path: Path) -> None:
    bring(csv_table(tmp_path))
    codes = []
    tries = (
        (TABLE, COLUMNS),
        ("Useful,Trainer\ngood,bad\n", Columns(1, {"A": "usefulness"})),
        ("Useful,Trainer\n", Columns(1, {"A": "usefulness"})),
        ("Useful\n5\n4\n", Columns(1, {"B": "usefulness"})),
    )
    for number, (text, columns) in enumerate(tries):
        with pytest.raises(Refused) as refused:
            bring(csv_table(tmp_path, text), key=f"other-{number}", columns=columns)
        codes.append(refused.value.problems[0].code)
    assert codes == [
        "feedback.same_table", "feedback.no_marks", "feedback.no_answers", "feedback.no_answers",
    ]  # fmt: skip
    assert answers() == SAID


def test_a_workbook_is_read_and_its_answers_travel_with_the_folder(
    folder: Path, tmp_path: Path, settings: Settings
) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("Feedback",), ("", "Useful", "Trainer", "Missing"), ("", 5, 4, "Time"), ("", 4, 3.0, None)):
        book.active.append(row)
    book.save(tmp_path / "answers.xlsx")
    bring(tmp_path / "answers.xlsx", columns=Columns(2, COLUMNS.questions))
    was = answers()
    assert was == [(3, 5, 4, {"missing": "Time"}), (4, 4, 3, {})]
    export_folder("small", tmp_path / "out")
    files = bytes_of(tmp_path / "out")
    assert ("register/feedback.csv" in files, "documents/answers.xlsx" in files) == (False, True)
    assert 'reading = ["header = 2", "B = usefulness", "C = trainer", "D = missing"]' in (
        files["programme.toml"].decode()
    )
    assert import_folder(tmp_path / "out").unchanged
    forget_everything()
    settings.KARVON_HOME = tmp_path / "another"
    import_folder(tmp_path / "out")
    export_folder("small", tmp_path / "again")
    assert (bytes_of(tmp_path / "again"), answers()) == (files, was)


def test_a_folder_says_what_columns_hold_or_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "documents/answers.csv").write_text(TABLE, encoding="utf-8")
    text = (folder / "programme.toml").read_text(encoding="utf-8")
    document = '\n[[document]]\nkey = "said"\nfile = "documents/answers.csv"\nkind = "evaluation"\n'
    codes = []
    for more in (
        'event = "water-2"\nreading = ["B = nonsense"]\n',
        'reading = ["B = usefulness"]\n',
        'event = "water-2"\nreading = ["A = usefulness"]\n',
    ):
        (folder / "programme.toml").write_text(text + document + more, encoding="utf-8")
        with pytest.raises(Refused) as refused:
            import_folder(folder)
        codes += [problem.code for problem in refused.value.problems]
    assert codes == ["folder.not_columns", "folder.table_without_event", "feedback.no_marks"]
    (folder / "programme.toml").write_text(
        text + document + 'event = "water-2"\nreading = ["B = usefulness", "C = trainer", "D = missing"]\n',
        encoding="utf-8",
    )
    import_folder(folder)
    found = event_feedback("small", "water-2", today=records.Event.objects.all()[0].ends)
    assert found is not None
    assert (answers(), found.tables) == (SAID, (("said", "documents/answers.csv"),))
