"""Lists of rows for ``karvon people resolve`` and ``karvon people count``: linked without any database."""

import csv
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from karvon.cli.main import report_problems
from karvon.files.readers.participant_list import each_participant, read_participants
from karvon.rules.counting.facts import Register
from karvon.rules.counting.named import Named
from karvon.rules.identity.clustering import LARGEST_GROUP
from karvon.rules.identity.expected import Expected
from karvon.rules.identity.line import IdentityLine, Resolution
from karvon.rules.identity.resolve import resolve
from karvon.rules.problems import Place, Problem, Refused

if TYPE_CHECKING:
    from karvon.bulk import EngineName

BUILT_IN: Final = "built-in"


@dataclass(frozen=True, slots=True)
class Linked:
    """The lines of a list in its order, who they name, and the bounds of any of them."""

    lines: tuple[IdentityLine, ...]
    resolution: Resolution
    named: Named


def linked(rows: Path, language: str) -> Linked:
    """Reads and links a list; what is odd about its rows is said on standard error."""
    read = read_participants(rows)
    report_problems(read.problems, language)
    resolution = resolve(read.lines)
    report_problems(_too_large(resolution.too_large, rows), language)
    register = Register(
        person_of={line: group[0] for group in resolution.groups for line in group},
        certain=frozenset((m.a, m.b) for m in resolution.matches if m.band == "certain"),
        undecided=frozenset((m.a, m.b) for m in resolution.matches if m.band == "undecided"),
    )
    return Linked(read.lines, resolution, Named(register))


def _too_large(crowds: Iterable[tuple[str, ...]], rows: Path) -> list[Problem]:
    """A doubt about each set of rows that are too many for one person."""
    here = Place(file=rows.name)
    return [
        Problem(
            "people_rows.too_large",
            here,
            {"n": len(crowd), "first": crowd[0], "limit": LARGEST_GROUP},
            "warning",
        )
        for crowd in crowds
    ]


def counted(
    found: Linked, groups: Mapping[str, tuple[str, ...]], file: Path, language: str
) -> list[dict[str, str | int]]:
    """``group_id, lower, low95, best, high95, upper`` of every group, in order; never a range beyond its bounds."""
    on_sheet: defaultdict[str, list[str]] = defaultdict(list)
    for line in found.lines:
        on_sheet[line.sheet].append(line.line)
    expected = Expected(found.resolution)
    result: list[dict[str, str | int]] = []
    for group, sheets in groups.items():
        unknown = [sheet for sheet in sheets if sheet not in on_sheet]
        report_problems(
            [
                Problem(
                    "people_rows.unknown_sheet",
                    Place(file=file.name),
                    {"group": group, "sheet": sheet},
                    "warning",
                )
                for sheet in unknown
            ],
            language,
        )
        lines = [line for sheet in sheets for line in on_sheet.get(sheet, ())]
        bounds, likely = found.named.people(lines), expected.people(lines)
        result.append(
            {
                "group_id": group,
                "lower": bounds.lower,
                "low95": max(bounds.lower, likely.low),
                "best": bounds.best,
                "high95": min(bounds.upper, likely.high),
                "upper": bounds.upper,
            }
        )
    return result


@dataclass(frozen=True, slots=True)
class Clusters:
    """Row -> first row of its likeliest person, and of those it is certainly one person with; in order of the list."""

    rows: list[str]
    cluster: Mapping[str, str]
    certain: Mapping[str, str]


def clusters(rows: Path, language: str, *, engine: str = BUILT_IN) -> Clusters:
    """Who is who in a list; every engine says the same. Raises `Refused` where the engine is not installed."""
    if engine != BUILT_IN:
        return _in_bulk(rows, language, "spark" if engine == "spark" else "duckdb")
    found = linked(rows, language)
    return Clusters(
        [line.line for line in found.lines],
        {line: group[0] for group in found.resolution.groups for line in group},
        {line.line: found.named.certainly(line.line) for line in found.lines},
    )


def _in_bulk(rows: Path, language: str, engine: "EngineName") -> Clusters:
    from karvon import bulk

    if engine == "spark" and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise Refused(Problem("people_rows.no_java"))
    problems: list[Problem] = []
    order: list[str] = []
    too_large: list[tuple[str, ...]] = []

    def lines() -> Iterator[IdentityLine]:
        for line in each_participant(rows, problems):
            order.append(line.line)
            yield line

    try:
        found = bulk.resolve(lines(), engine=engine, too_large=too_large)
    except bulk.EngineMissing as error:
        raise Refused(Problem("people_rows.engine_missing", facts={"engine": engine})) from error
    cluster: dict[str, str] = {}
    certain: dict[str, str] = {}
    for line, its_cluster, its_certain in found:
        cluster[line], certain[line] = its_cluster, its_certain
    report_problems([*problems, *_too_large(too_large, rows)], language)
    return Clusters(order, cluster, certain)


def refuse_to_overwrite(rows: Path, out: Path) -> None:
    if out.exists() and rows.exists() and out.samefile(rows):
        raise Refused(Problem("people_rows.same_file", Place(file=out.name)))


def write_clusters(out: Path, found: Clusters) -> None:
    """``row_id,cluster_id,certain_id`` in the order of the list; the file is there whole or not at all."""
    temporary = ""
    try:
        out = out.resolve()  # a link stays a link
        if out.exists() and not out.is_file():  # a terminal or a pipe is written to, never replaced
            with out.open("w", encoding="utf-8", newline="") as file:
                _write_table(file, found)
            return
        handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=".writing-")
        with open(handle, "w", encoding="utf-8", newline="") as file:
            _write_table(file, found)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, out)
        temporary = ""
    except OSError as error:
        raise Refused(Problem("people_rows.cannot_write", Place(file=str(out)))) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _write_table(file: TextIO, found: Clusters) -> None:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["row_id", "cluster_id", "certain_id"])
    table.writerows((row, found.cluster[row], found.certain[row]) for row in found.rows)
