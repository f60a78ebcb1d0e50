"""What is written is read back, and written again to the same bytes."""

import tempfile
import tomllib
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from tests.files.programme_folder.examples import guide_toml, make_folder
from tests.files.programme_folder.generated import file_contents, programmes, registers

from karvon.files.programme_folder import RegisterFiles, read_folder, write_folder
from karvon.rules.programme.description import ProgrammeDescription


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@settings(
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(programmes(), registers())
def test_any_programme_and_register_come_back_equal_and_to_the_same_bytes(
    description: ProgrammeDescription, register: RegisterFiles
) -> None:
    with tempfile.TemporaryDirectory() as parent:
        first, second = Path(parent) / "first", Path(parent) / "second"
        write_folder(description, first, files=file_contents(description), register=register)
        reading = read_folder(first)
        assert (reading.description, reading.register) == (description, register)
        write_folder(reading.description, second, files=reading.files, register=reading.register)
        assert contents(second) == contents(first)


def test_the_guides_programme_comes_back_equal_and_to_the_same_bytes(tmp_path: Path) -> None:
    by_hand = read_folder(make_folder(tmp_path / "hand", guide_toml()))
    write_folder(by_hand.description, tmp_path / "first", files=by_hand.files)
    again = read_folder(tmp_path / "first")
    write_folder(again.description, tmp_path / "second", files=again.files)
    assert again.description == by_hand.description
    assert contents(tmp_path / "second") == contents(tmp_path / "first")


def test_every_text_of_the_canonical_form_has_a_line_of_its_own(tmp_path: Path) -> None:
    by_hand = read_folder(make_folder(tmp_path / "hand", guide_toml()))
    write_folder(by_hand.description, tmp_path / "first", files=by_hand.files)
    toml = (tmp_path / "first/programme.toml").read_text("utf-8")
    assert toml.split("\n")[2:6] == [
        "[programme]",
        'key = "uzbekistan-2018"',
        'title.en = "Capacity building in Uzbekistan 2018"',
        'title.lv = "Kapacitātes stiprināšana Uzbekistānā 2018"',
    ]
    assert tomllib.loads(toml)["programme"]["title"] == {
        "en": "Capacity building in Uzbekistan 2018",
        "lv": "Kapacitātes stiprināšana Uzbekistānā 2018",
    }
