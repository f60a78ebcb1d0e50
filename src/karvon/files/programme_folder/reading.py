"""Read a programme folder: the whole of it, or every problem at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from karvon.files.programme_folder.building import build
from karvon.files.programme_folder.files import check_files
from karvon.files.programme_folder.from_toml import NAME as TOML
from karvon.files.programme_folder.from_toml import records_of_toml
from karvon.files.programme_folder.from_workbook import NAME as WORKBOOK
from karvon.files.programme_folder.from_workbook import records_of_workbook
from karvon.files.programme_folder.raw import Findings, RawRecord
from karvon.files.programme_folder.register import read_register
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme.checking import check_programme
from karvon.rules.programme.description import ProgrammeDescription
from karvon.rules.programme.register import RegisterFiles

_LARGEST: Final = 20_000_000
"""Bytes of a description; a programme of a thousand events has one."""


@dataclass(frozen=True, slots=True)
class FolderReading:
    """A folder that holds together: what it describes and the files it names."""

    description: ProgrammeDescription
    files: Mapping[str, Path]
    """Sheets, scans and documents: path in the folder -> where it lies, by path."""
    hashes: Mapping[str, str]
    """Path in the folder -> SHA-256, as it was read."""
    register: RegisterFiles | None = None
    problems: tuple[Problem, ...] = ()
    """Warnings only."""


def read_folder(folder: Path) -> FolderReading:
    """Everything the folder says, or ``Refused`` with every problem found; nothing is changed.

    Each problem names file and line (``programme.toml``) or cell (``programme.xlsx``) and key.
    """
    findings = Findings()
    records = _records(folder, findings)
    description = build(records, findings) if records else None
    if description is None:
        raise (
            Refused(*findings.problems) if findings.refused else Refused(Problem("folder.empty", Place(TOML)))
        )
    where = _places(records)
    findings.problems += [_placed(problem, where) for problem in check_programme(description)]
    files = check_files(
        folder, description, findings, lambda kind, key, field: where(f"{kind}[{key}].{field}")
    )
    if not any(record.kind.name == "programme" for record in records):
        findings.add("no_programme", Place(records[0].where("").file))
    register = read_register(folder, findings)
    problems = sorted(findings.problems, key=_position)
    if findings.refused:
        raise Refused(*problems)
    return FolderReading(
        description,
        files={file.path: file.source for file in files},
        hashes={file.path: file.sha256 for file in files},
        register=register,
        problems=tuple(problems),
    )


def _records(folder: Path, findings: Findings) -> list[RawRecord]:
    if not folder.is_dir():
        findings.add("no_folder", Place(str(folder)))
        return []
    toml, workbook = folder / TOML, folder / WORKBOOK
    if toml.exists() and workbook.exists():
        findings.add("two_descriptions", Place(WORKBOOK))
        return []
    if not toml.exists() and not workbook.exists():
        findings.add("no_description", Place(str(folder)))
        return []
    path = toml if toml.exists() else workbook
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            findings.add("description_unreadable", Place(path.name), reason=f"> {_LARGEST} B")
            return []
        data = path.read_bytes()
    except OSError as error:
        findings.add("description_unreadable", Place(path.name), reason=error.strerror or str(error))
        return []
    return (records_of_toml if path == toml else records_of_workbook)(data, findings)


def _places(records: Sequence[RawRecord]) -> Callable[[str], Place]:
    """``visit[key].field`` -> where it stands."""
    by_name: Mapping[str, RawRecord] = {
        record.kind.name if record.kind.name == "programme" else f"{record.kind.name}[{record.key}]": record
        for record in reversed(records)
        if record.kind.name == "programme" or record.key
    }

    def where(name: str) -> Place:
        called, _, field = name.rpartition(".") if not name.endswith("]") else (name, "", "")
        record = by_name.get(called)
        return record.where(field) if record else Place(key=name)

    return where


def _placed(problem: Problem, where: Callable[[str], Place]) -> Problem:
    return replace(problem, where=where(problem.where.key))


def _position(problem: Problem) -> tuple[bool, str, str, int, str]:
    where = problem.where
    return (problem.severity == "warning", where.file, where.sheet, where.row or 0, where.column)
