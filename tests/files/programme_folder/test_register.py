"""The register is read back exactly, and damage to it is named by file and row."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.files.programme_folder.examples import guide_toml, make_folder, problems_of

from karvon.files.programme_folder import RegisterDecision, RegisterFiles, RegisterLine, read_folder
from karvon.files.programme_folder.register import DECISIONS, LINES, SNAPSHOT, register_bytes
from karvon.rules.identity.line import Snapshot
from karvon.rules.problems import Place

WHEN = datetime(2018, 11, 1, 9, 30, 0, 5, UTC)
REGISTER = RegisterFiles(
    (
        RegisterLine(
            line="a1", source="tashkent-heat-1", person="p1", file="ab" * 32, table="Лист1", row=5, page=1,
            event="tashkent-heat", day=date(2018, 10, 11), role="participant", key="k", salt="00ff", shown=True,
        ),
        RegisterLine(line="b2", source="expert:berzins", retired=WHEN, cells={"name": 'Jānis, "J." Bērziņš\r\n'}),
    ),
    (RegisterDecision("a1", "b2", "different", WHEN, "Ilze", "cits\ncilvēks"),),
    Snapshot(1, {"given": {"жан": 0.25}}),
)  # fmt: skip


def with_register(folder: Path, *changes: tuple[str, str, str]) -> Path:
    files = dict(register_bytes(REGISTER))
    for path, old, new in changes:
        assert old.encode() in files[path], old
        files[path] = files[path].replace(old.encode(), new.encode(), 1)
    make_folder(folder, guide_toml())
    for path, content in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_the_register_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_folder(with_register(tmp_path)).register == REGISTER


def test_a_folder_without_a_register_has_none(tmp_path: Path) -> None:
    assert read_folder(make_folder(tmp_path, guide_toml())).register is None


def test_lines_and_decisions_are_plain_csv(tmp_path: Path) -> None:
    files = register_bytes(REGISTER)
    assert files[LINES].decode().split("\n")[:2] == [
        "line,source,person,file,table,row,block,page,event,day,role,key,salt,shown,retired,cells",
        f"a1,tashkent-heat-1,p1,{'ab' * 32},Лист1,5,,1,tashkent-heat,2018-10-11,participant,k,00ff,yes,,",
    ]
    assert files[DECISIONS].decode() == (
        'a,b,verdict,at,by,reason\na1,b2,different,2018-11-01T09:30:00.000005+00:00,Ilze,"cits\ncilvēks"\n'
    )


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ((LINES, "a1,", "b2,"), "line_twice", Place(LINES, row=3)),
        ((LINES, "source", "quelle"), "register_columns", Place(LINES, row=1)),
        ((LINES, ",yes,,", ",maybe,,"), "register_value", Place(LINES, row=2, key="shown")),
        ((LINES, ",5,,1,", ",fifth,,1,"), "register_value", Place(LINES, row=2, key="row")),
        ((LINES, ",5,,1,", ",5,1,"), "register_columns", Place(LINES, row=2)),
        ((LINES, "00ff", "0"), "register_value", Place(LINES, row=2, key="salt")),
        ((LINES, "Лист1", "\0"), "nul", Place(LINES, row=2)),
        ((DECISIONS, "different", "divorced"), "register_value", Place(DECISIONS, row=2, key="verdict")),
        ((DECISIONS, "+00:00", ""), "register_value", Place(DECISIONS, row=2, key="at")),
        ((DECISIONS, "a1,b2", "a0,b2"), "unknown_line", Place(DECISIONS, row=2)),
        ((DECISIONS, "a1,b2", "b2,a1"), "lines_in_order", Place(DECISIONS, row=2)),
        ((DECISIONS, 'cilvēks"', "cilvēks"), "register_damaged", Place(DECISIONS, row=3)),
        ((SNAPSHOT, "{", "["), "register_damaged", Place(SNAPSHOT, row=2)),
        ((SNAPSHOT, "number", "nombre"), "register_damaged", Place(SNAPSHOT)),
        ((SNAPSHOT, ": 1,", ": 0,"), "register_damaged", Place(SNAPSHOT)),
    ],
)
def test_damage_is_named_by_file_and_row(
    tmp_path: Path, change: tuple[str, str, str], code: str, where: Place
) -> None:
    problems = problems_of(with_register(tmp_path, change))
    assert [(problem.code, problem.where) for problem in problems] == [(f"folder.{code}", where)]
