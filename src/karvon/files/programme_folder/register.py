"""``register/``: lines, decisions, what people said of lines and events, the snapshot; read back to the same bytes."""

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, get_args

from karvon.files.programme_folder.raw import Findings
from karvon.rules.attendance.corrected import CorrectedField
from karvon.rules.feedback import COMMENTS, LONGEST_COMMENT, MARKS
from karvon.rules.identity.line import Snapshot
from karvon.rules.problems import Place
from karvon.rules.programme.register import (
    RegisterAnswer,
    RegisterCorrection,
    RegisterDecision,
    RegisterFiles,
    RegisterLine,
    RegisterSignature,
    RegisterVerdict,
)

LINES: Final = "register/lines.csv"
DECISIONS: Final = "register/decisions.csv"
SNAPSHOT: Final = "register/snapshot.json"
SIGNATURES: Final = "register/signatures.csv"
"""Written where somebody looked at signatures."""
ATTENDANCE: Final = "register/attendance.csv"
"""Written where somebody corrected what a sheet says of attendance."""
FEEDBACK: Final = "register/feedback.csv"
"""Written where participants answered the form of an event."""
_LARGEST: Final = 500_000_000
_HASH: Final = re.compile("([0-9a-f]{64})?")
_HEX: Final = re.compile("([0-9a-f]{2})*")

Write = Callable[[Any], str]
Read = Callable[[str], Any]


def _moment_text(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).isoformat()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)


def _matching(pattern: re.Pattern[str]) -> Read:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return text

    return read


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def _needed(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _yes(text: str) -> bool:
    return {"": False, "yes": True}[text]


def _or_none(read: Read) -> Read:
    return lambda text: read(text) if text else None


def _cells(text: str) -> Mapping[str, str]:
    cells = json.loads(text) if text else {}
    if not isinstance(cells, dict) or not all(isinstance(value, str) for value in cells.values()):
        raise ValueError(text)
    return cells


def _verdict(text: str) -> str:
    if text not in get_args(RegisterVerdict):
        raise ValueError(text)
    return text


def _corrected_field(text: str) -> str:
    if text not in get_args(CorrectedField):
        raise ValueError(text)
    return text


def _way(text: str) -> str:
    if text not in ("form", "typed"):
        raise ValueError(text)
    return text


def _mark(text: str) -> int:
    if text not in ("1", "2", "3", "4", "5"):
        raise ValueError(text)
    return int(text)


def _comment(text: str) -> str:
    if len(text) > LONGEST_COMMENT:
        raise ValueError(text)
    return text


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


_LINE_COLUMNS: Final[Mapping[str, tuple[Write, Read]]] = {
    "line": (str, _needed),
    "source": (str, _needed),
    "person": (str, str),
    "file": (str, _matching(_HASH)),
    "table": (str, str),
    "row": (_plain, _or_none(_whole)),
    "block": (str, str),
    "page": (_plain, _or_none(_whole)),
    "event": (str, str),
    "day": (_plain, _or_none(date.fromisoformat)),
    "role": (str, str),
    "key": (str, str),
    "salt": (str, _matching(_HEX)),
    "shown": (lambda shown: "yes" if shown else "", _yes),
    "retired": (_moment_text, _or_none(_moment)),
    "cells": (lambda cells: _json(cells) if cells else "", _cells),
}
_DECISION_COLUMNS: Final[Mapping[str, tuple[Write, Read]]] = {
    "a": (str, _needed),
    "b": (str, _needed),
    "verdict": (str, _verdict),
    "at": (_moment_text, _moment),
    "by": (str, str),
    "reason": (str, str),
}

_CORRECTION_COLUMNS: Final[Mapping[str, tuple[Write, Read]]] = {
    "line": (str, _needed),
    "field": (str, _corrected_field),
    "day": (_plain, _or_none(date.fromisoformat)),
    "value": (str, str),
    "at": (_moment_text, _moment),
    "by": (str, str),
    "reason": (str, str),
}
_ANSWER_COLUMNS: Final[Mapping[str, tuple[Write, Read]]] = {
    "answer": (str, _needed),
    "event": (str, _needed),
    "way": (str, _way),
    "given_on": (_plain, _or_none(date.fromisoformat)),
    "language": (str, str),
    **{mark: (_plain, _or_none(_mark)) for mark in MARKS},
    **dict.fromkeys(COMMENTS, (str, _comment)),
}
_SIGNATURE_COLUMNS: Final[Mapping[str, tuple[Write, Read]]] = {
    "line": (str, _needed),
    "seen": (lambda seen: "yes" if seen else "no", lambda text: {"yes": True, "no": False}[text]),
    "at": (_moment_text, _moment),
    "by": (str, str),
}


def register_bytes(register: RegisterFiles) -> Mapping[str, bytes]:
    """The files of ``register/`` by their path: lines by id, decisions in their order, canonical JSON."""
    files = {
        LINES: _csv(_LINE_COLUMNS, sorted(register.lines, key=lambda line: line.line)),
        DECISIONS: _csv(_DECISION_COLUMNS, register.decisions),
    }
    if register.signatures:
        files[SIGNATURES] = _csv(_SIGNATURE_COLUMNS, sorted(register.signatures, key=lambda one: one.line))
    if register.corrections:
        files[ATTENDANCE] = _csv(_CORRECTION_COLUMNS, register.corrections)
    if register.answers:
        files[FEEDBACK] = _csv(_ANSWER_COLUMNS, sorted(register.answers, key=lambda one: one.answer))
    if register.snapshot is not None:
        snapshot = {"number": register.snapshot.number, "tables": register.snapshot.tables}
        files[SNAPSHOT] = (_json(snapshot, indent=1) + "\n").encode()
    return files


def _json(value: Any, indent: int | None = None) -> str:
    separators = (",", ":") if indent is None else None
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, indent=indent, separators=separators, allow_nan=False
    )


def _csv(columns: Mapping[str, tuple[Write, Read]], rows: Iterable[Any]) -> bytes:
    written = [
        list(columns),
        *([write(getattr(row, name)) for name, (write, _) in columns.items()] for row in rows),
    ]
    return "".join(",".join(map(_csv_cell, row)) + "\n" for row in written).encode()


def _csv_cell(text: str) -> str:
    """Quoted where it must be. Our own, since Python's writers differ between versions in quoting a lone ``\\r``."""
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def read_register(
    folder: Path, findings: Findings, *, events: Collection[str] | None = None
) -> RegisterFiles | None:
    """The register of the folder; ``None`` when it has none. Whatever is damaged is a problem.

    ``events`` are the keys of the events that answers may speak of, where they are known.
    """
    if not (folder / "register").is_dir():
        return None
    before = len(findings.problems)
    lines = list(_rows(folder, LINES, _LINE_COLUMNS, RegisterLine, findings))
    known: dict[str, int] = {}
    for row, line in enumerate(lines, 2):
        first = known.setdefault(line.line, row)
        if first != row:
            findings.add(
                "line_twice", Place(LINES, row=row), found=line.line, first=str(Place(LINES, row=first))
            )
    whole = len(findings.problems) == before
    decisions = list(_rows(folder, DECISIONS, _DECISION_COLUMNS, RegisterDecision, findings))
    for row, decision in enumerate(decisions, 2):
        for name in (decision.a, decision.b):
            if whole and name not in known:
                findings.add("unknown_line", Place(DECISIONS, row=row), found=name)
        if decision.a >= decision.b:
            findings.add("lines_in_order", Place(DECISIONS, row=row))
    signatures = list(_if_there(folder, SIGNATURES, _SIGNATURE_COLUMNS, RegisterSignature, findings))
    for row, signature in enumerate(signatures, 2):
        if whole and signature.line not in known:
            findings.add("unknown_line", Place(SIGNATURES, row=row), found=signature.line)
    corrections = list(_if_there(folder, ATTENDANCE, _CORRECTION_COLUMNS, RegisterCorrection, findings))
    for row, correction in enumerate(corrections, 2):
        if whole and correction.line not in known:
            findings.add("unknown_line", Place(ATTENDANCE, row=row), found=correction.line)
    answers = list(_if_there(folder, FEEDBACK, _ANSWER_COLUMNS, RegisterAnswer, findings))
    for row, answer in enumerate(answers, 2):
        if events is not None and answer.event not in events:
            findings.add("unknown_event", Place(FEEDBACK, row=row), found=answer.event)
    return RegisterFiles(
        tuple(lines),
        tuple(decisions),
        _snapshot(folder, findings),
        tuple(signatures),
        tuple(corrections),
        tuple(answers),
    )


def _if_there(
    folder: Path,
    path: str,
    columns: Mapping[str, tuple[Write, Read]],
    row_type: type[Any],
    findings: Findings,
) -> Iterator[Any]:
    """The rows of a file that is written only where there is something to say."""
    if (folder / path).exists():
        yield from _rows(folder, path, columns, row_type, findings)


def _rows(
    folder: Path,
    path: str,
    columns: Mapping[str, tuple[Write, Read]],
    row_type: type[Any],
    findings: Findings,
) -> Iterator[Any]:
    text = _text(folder, path, findings)
    if text is None:
        return
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        heading = next(rows, [])
        if heading != list(columns):
            findings.add("register_columns", Place(path, row=1), allowed=",".join(columns))
            return
        for number, row in enumerate(rows, 2):
            values = _row_values(row, columns, Place(path, row=number), findings)
            if values is not None:
                yield row_type(**values)
    except csv.Error as error:
        findings.add("register_damaged", Place(path, row=rows.line_num), what=str(error))


def _row_values(
    row: list[str], columns: Mapping[str, tuple[Write, Read]], where: Place, findings: Findings
) -> dict[str, Any] | None:
    if len(row) != len(columns):
        findings.add("register_columns", where, allowed=",".join(columns))
        return None
    values = {}
    for text, (name, (_, read)) in zip(row, columns.items(), strict=True):
        try:
            values[name] = read(text)
        except (ValueError, KeyError):
            findings.add("register_value", Place(where.file, row=where.row, key=name), found=text[:60])
    return values if len(values) == len(columns) else None


def _snapshot(folder: Path, findings: Findings) -> Snapshot | None:
    if not (folder / SNAPSHOT).exists():
        return None
    text = _text(folder, SNAPSHOT, findings)
    if text is None:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        findings.add("register_damaged", Place(SNAPSHOT, row=getattr(error, "lineno", None)), what=str(error))
        return None
    if not isinstance(value, dict) or value.keys() != {"number", "tables"}:
        findings.add("register_damaged", Place(SNAPSHOT), what="number, tables")
        return None
    number, tables = value["number"], value["tables"]
    if type(number) is not int or number < 1 or not isinstance(tables, dict):
        findings.add("register_damaged", Place(SNAPSHOT), what="number, tables")
        return None
    return Snapshot(number, tables)


def _text(folder: Path, path: str, findings: Findings) -> str | None:
    source = folder / path
    try:
        if not source.resolve(strict=True).is_relative_to(folder.resolve()):
            findings.add("file_outside", Place(path), found=path, folder="register")
            return None
        if not source.is_file() or source.stat().st_size > _LARGEST:
            findings.add("not_a_file", Place(path), found=path)
            return None
        data = source.read_bytes()
    except FileNotFoundError:
        findings.add("file_missing", Place(path), found=path)
        return None
    except (OSError, RuntimeError) as error:
        findings.add(
            "file_unreadable", Place(path), found=path, reason=getattr(error, "strerror", "") or str(error)
        )
        return None
    if b"\0" in data:
        findings.add("nul", Place(path, row=data.count(b"\n", 0, data.index(b"\0")) + 1))
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.add("not_utf8", Place(path, row=data.count(b"\n", 0, error.start) + 1))
        return None
