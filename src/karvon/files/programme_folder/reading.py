"""Read a programme folder: the whole of it, or every problem at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from karvon.files.programme_folder.building import build
from karvon.files.programme_folder.files import check_files
from karvon.files.programme_folder.from_toml import NAME as TOML
from karvon.files.programme_folder.from_toml import records_of_toml
from karvon.files.programme_folder.raw import Findings, RawRecord
from karvon.files.programme_folder.register import read_register
from karvon.files.programme_folder.schema import PROGRAMME, WORKBOOK
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
    if not any(record.kind is PROGRAMME for record in records) and not findings.refused:
        name = TOML if (folder / TOML).exists() else WORKBOOK
        findings.add(
            "no_programme",
            Place(name),
            kind="programme",
            needed=", ".join(f.name for f in PROGRAMME.fields if f.needed),
        )
    if not records:
        raise Refused(*findings.problems)
    description = build(records, findings)
    where = _places(records)
    refused = {problem.where for problem in findings.problems}
    placed = (_placed(problem, where) for problem in check_programme(description))
    findings.problems += [problem for problem in placed if problem.where not in refused]
    files = check_files(
        folder, description, findings, lambda kind, key, field: where(f"{kind}[{key}].{field}")
    )
    register = read_register(folder, findings, events={event.key for event in description.events})
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
    if _there(toml) and _there(workbook):
        findings.add("two_descriptions", Place(WORKBOOK))
        return []
    if not _there(toml) and not _there(workbook):
        findings.add("no_description", Place(str(folder)))
        return []
    path = toml if _there(toml) else workbook
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            findings.add("description_outside", Place(path.name))
            return []
        if not path.is_file():
            findings.add("not_a_file", Place(path.name), found=path.name)
            return []
        if path.stat().st_size > _LARGEST:
            findings.add("description_too_large", Place(path.name), n=_LARGEST // 1_000_000)
            return []
        data = path.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        findings.add("file_unreadable", Place(path.name), found=path.name, reason=reason)
        return []
    if path == toml:
        return records_of_toml(data, findings)
    from karvon.files.programme_folder.from_workbook import records_of_workbook  # openpyxl is slow to load

    return records_of_workbook(data, findings)


def _there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _places(records: Sequence[RawRecord]) -> Callable[[str], Place]:
    """``visit[key].field`` -> where it stands."""
    by_name: Mapping[str, RawRecord] = {
        record.kind.name if record.kind.name == "programme" else f"{record.kind.name}[{record.key}]": record
        for record in reversed(records)
        if record.kind.name == "programme" or record.key
    }

    def where(name: str) -> Place:
        called, bracket, field = name.partition("].")
        called, field = (called + "]", field) if bracket else _programme_field(name)
        record = by_name.get(called)
        return record.where(field) if record else Place(key=name)

    return where


def _programme_field(name: str) -> tuple[str, str]:
    """``programme.ends`` -> programme, ends; ``visit[key]`` has no field."""
    called, _, field = ("", "", "") if name.endswith("]") else name.partition(".")
    return (called, field) if field else (name, "")


def _placed(problem: Problem, where: Callable[[str], Place]) -> Problem:
    return replace(problem, where=where(problem.where.key))


def _position(problem: Problem) -> tuple[bool, str, str, int, str]:
    where = problem.where
    return (problem.severity == "warning", where.file, where.sheet, where.row or 0, where.column)
