"""A million lines or three: the engine in bulk says what the built-in engine says."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from bench.bulk_rows import rows as generated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvon import bulk
from karvon.bulk import EngineName, linking
from karvon.bulk.joining import met_classes, read_pairs
from karvon.bulk.on_duckdb import DuckDB
from karvon.bulk.reading import read_register
from karvon.rules.identity import candidates, clustering
from karvon.rules.identity.candidates import (
    LARGEST_BLOCK,
    LARGEST_WORDY_BLOCK,
    candidate_pairs,
    line_pairs,
    readings,
)
from karvon.rules.identity.line import Decision, IdentityLine, Resolution
from karvon.rules.identity.resolve import resolve, take_snapshot
from karvon.rules.identity.weights import Weights

WITHOUT_SPARK = find_spec("pyspark") is None or shutil.which("java") is None
ENGINES = [
    "duckdb",
    pytest.param(
        "spark",
        marks=[
            pytest.mark.spark,
            pytest.mark.skipif(
                WITHOUT_SPARK, reason="pyspark or Java 17 is missing: `make test-spark` runs it"
            ),
        ],
    ),
]

SURNAMES = ("Karimov", "Karimova", "Каримов", "Karimovs", "Umarov", "Умаров", "Yusupova", "Юсупова")
GIVEN = ("Aziz", "Азиз", "A.", "Hasan", "Husan", "Ҳасан", "Dilbar", "Дилбар", "", "Axmad", "Ahmad")
FATHERS = ("", "", "Rustamovich", "Рустамович", "Rustam oʻgʻli", "B.", "Karimovna")


def lines(number: int, *, seed: int = 3) -> list[IdentityLine]:
    return [line for line, _ in generated(number, seed=seed)]


@st.composite
def registers(draw: st.DrawFn) -> list[IdentityLine]:
    number = draw(st.integers(0, 25))
    return [
        IdentityLine(
            line=f"L{at}",
            sheet=draw(st.sampled_from(("S1", "S2", "S3"))),
            name=" ".join(draw(st.sampled_from(words)) for words in (SURNAMES, GIVEN, FATHERS)).strip(),
            organisation=draw(st.sampled_from(("", "Maxsustrans", "Махсустранс", "Zarbuloq"))),
            phone=draw(st.sampled_from(("", "", "901112233", "904445566"))),
            email=draw(st.sampled_from(("", "", 'a"b@mail.uz', "c@mail.uz"))),
            region=draw(st.sampled_from(("", "Toshkent", "Навои"))),
            sex=draw(st.sampled_from(("", "f", "m"))),
        )
        for at in range(number)
    ]


verdicts = st.lists(
    st.builds(
        Decision,
        a=st.integers(0, 25).map("L{}".format),
        b=st.integers(0, 25).map("L{}".format),
        verdict=st.sampled_from(("same", "different", "cannot_tell")),
    ),
    max_size=6,
)


@given(registers(), verdicts, st.randoms(use_true_random=False))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_any_lines_in_any_order_are_resolved_as_by_the_built_in_engine(
    register: list[IdentityLine], said: list[Decision], chance: object
) -> None:
    expected = resolve(register, decisions=said)
    shuffled = list(register)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert bulk.resolution(shuffled, decisions=said, processes=1) == expected


@given(registers(), st.integers(1, 5), st.integers(1, 3), st.integers(1, 6), st.integers(2, 6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_lines_beyond_the_limits_are_resolved_as_by_the_built_in_engine(
    register: list[IdentityLine], block: int, following: int, most: int, largest: int
) -> None:
    register = [*register, *(replace(one, line=f"{one.line}+", sheet="S9") for one in register)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(candidates, "LARGEST_BLOCK", block)
        patched.setattr(candidates, "LARGEST_LOOSEST_BLOCK", block)
        patched.setattr(candidates, "LARGEST_WORDY_BLOCK", min(block, 2))
        patched.setattr(candidates, "NEXT", following)
        patched.setattr(candidates, "MOST_LINES", most)
        patched.setattr(clustering, "LARGEST_GROUP", largest)
        assert bulk.resolution(register, processes=1) == resolve(register)


SPELLINGS = ("Karimov Aziz Rustamovich", "Каримов Азиз Рустамович", "Aziz Karimov", "Karimov A.R.")


@pytest.mark.parametrize("engine", ENGINES)
def test_an_organiser_on_four_hundred_sheets_is_told_alike(engine: EngineName) -> None:
    register = [
        *lines(200),
        *(
            IdentityLine(
                line=f"X{at:03d}",
                sheet=f"X{at}",
                name=SPELLINGS[at % 4],
                organisation=("NEK", "НЭК", "")[at % 3],
                phone="971112233",
            )
            for at in range(400)
        ),
    ]
    expected = resolve(register)
    assert [len(crowd) for crowd in expected.too_large] == [400]
    too_large: list[tuple[str, ...]] = []
    assigned = list(bulk.resolve(register, engine=engine, too_large=too_large))
    assert tuple(too_large) == expected.too_large
    assert {one.line: one.cluster for one in assigned} == clusters(expected)
    assert {one.line: one.certain for one in assigned} == certain(expected)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_gives_the_partition_the_matches_and_the_snapshot_of_the_built_in_one(
    engine: EngineName,
) -> None:
    register = lines(1000)
    assert bulk.resolution(reversed(register), engine=engine) == resolve(register)


@pytest.fixture
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is divided many times, so that the seams are there."""
    monkeypatch.setattr("karvon.bulk.reading.CHUNK", 170)
    monkeypatch.setattr("karvon.bulk.joining.PORTION", 130)
    monkeypatch.setattr("karvon.bulk.deciding.PORTION", 90)


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("processes", [1, 2])
def test_neither_portions_nor_workers_change_the_answer(processes: int) -> None:
    register = lines(900)
    assert bulk.resolution(register, processes=processes) == resolve(register)


@pytest.mark.usefixtures("small_portions")
def test_the_snapshot_given_is_the_one_used() -> None:
    register, snapshot = lines(600), take_snapshot(lines(900, seed=8), number=7)
    found = bulk.resolution(register, snapshot=snapshot, processes=2)
    assert found == resolve(register, snapshot=snapshot)
    assert found.snapshot.number == 7


def clusters(resolution: Resolution) -> dict[str, str]:
    return {line: group[0] for group in resolution.groups for line in group}


def certain(resolution: Resolution) -> dict[str, str]:
    """By walking the certain matches from each line in turn."""
    near: dict[str, set[str]] = {line: set() for group in resolution.groups for line in group}
    for match in resolution.matches:
        if match.band == "certain":
            near[match.a].add(match.b)
            near[match.b].add(match.a)
    found: dict[str, str] = {}
    for line in sorted(near):
        waiting = [line] if line not in found else []
        while waiting:
            at = waiting.pop()
            if found.setdefault(at, line) == line:
                waiting += [other for other in near[at] if other not in found]
    return found


def test_each_line_comes_once_with_the_first_line_of_its_group_and_of_its_certain_group() -> None:
    register = lines(800)
    expected = resolve(register)
    assigned = list(bulk.resolve(iter(register)))
    assert len(assigned) == len(register)
    assert {one.line: one.cluster for one in assigned} == clusters(expected)
    assert {one.line: one.certain for one in assigned} == certain(expected)
    assert {one.cluster != one.certain for one in assigned} == {True, False}


def test_the_working_folder_is_empty_again_also_when_nobody_reads_to_the_end(tmp_path: Path) -> None:
    stream = bulk.resolve(lines(60), workdir=tmp_path)
    next(stream)
    during = [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()]
    stream.close()  # type: ignore[attr-defined]
    assert (during, list(tmp_path.iterdir())) == ([0o700], [])


def namesakes(number: int, name: Callable[[int], str]) -> list[IdentityLine]:
    return [IdentityLine(line=f"L{at:04d}", sheet=f"S{at:04d}", name=name(at)) for at in range(number)]


@pytest.mark.parametrize(
    "register",
    [
        namesakes(LARGEST_BLOCK + 30, lambda at: f"Karimov Aziz {'ABDEFGHIJKLMNOPRSTUV'[at % 20]}. {at}"),
        namesakes(350, lambda at: "Karimov Aziz"),
        namesakes(
            LARGEST_WORDY_BLOCK + 20,
            lambda at: (
                f"Karimov A{'bdfgklmnprst'[at % 12]}{'aiu'[at % 3]}{'dlnrz'[at % 5]}"
                if at % 4
                else "Karimov A."
            ),
        ),
        [],
    ],
    ids=["too many different lines", "too many equal lines", "a loose block", "no lines"],
)
def test_large_blocks_are_broken_up_alike(register: list[IdentityLine], tmp_path: Path) -> None:
    read = read_register(register, snapshot=None, folder=tmp_path, processes=1)
    engine = DuckDB(memory="100MB", threads=1)
    classes, pairs = met_classes(read, engine, folder=tmp_path, processes=1)
    met = {
        pair
        for path in (pairs.rglob("*.csv") if pairs.exists() else ())
        for one, two, linked in read_pairs(path)
        for pair in line_pairs(classes, one, two, linked=linked)
    }
    assert met == candidate_pairs(read.read, readings(read.read, Weights(read.snapshot)))


def test_an_engine_that_is_not_installed_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "find_spec", lambda module: None)
    with pytest.raises(bulk.EngineMissing, match=r"pyspark is not installed: pip install 'karvon\[bulk\]'"):
        bulk.resolve([], engine="spark")


def test_rows_that_break_off_end_the_run() -> None:
    def broken() -> Iterator[IdentityLine]:
        yield from lines(10)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(bulk.resolve(broken()))
