"""What travels with a folder beside its facts: lines with their ids, people, decisions and the snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from karvon.rules.attendance.corrected import CorrectedField
from karvon.rules.feedback import Way
from karvon.rules.identity.line import Snapshot

RegisterVerdict = Literal["same", "different", "cannot_tell", "undone"]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One name as written in one place, by its kept id, and the person it is linked to."""

    line: str
    source: str
    """Key of the sheet; ``expert:<key>`` or ``delegate:<key>`` for the programme's own lists."""
    person: str = ""
    file: str = ""
    """SHA-256 of the file it stands in."""
    table: str = ""
    """The workbook's sheet name."""
    row: int | None = None
    block: str = ""
    page: int | None = None
    event: str = ""
    day: date | None = None
    role: str = ""
    key: str = ""
    """HMAC that recognises the line in a corrected sheet."""
    salt: str = ""
    """The key's salt, in hexadecimal; erased with the text."""
    shown: bool = False
    """Its name form is shown for the person."""
    retired: datetime | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    """Of a retired line only: what it said, since no sheet of the folder says it any more."""


@dataclass(frozen=True, slots=True)
class RegisterDecision:
    """A person's word about two lines (``a < b``), in the order given; ``undone`` takes back the one before."""

    a: str
    b: str
    verdict: RegisterVerdict
    at: datetime
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RegisterSignature:
    """What a person saw on the signed paper beside a line."""

    line: str
    seen: bool
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class RegisterCorrection:
    """A person's word about a line's attendance or scores, in the order given; '' takes back the one before."""

    line: str
    field: CorrectedField
    value: str
    at: datetime
    day: date | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What one participant said of an event through its form, or on paper that was typed in."""

    answer: str
    """Its random id."""
    event: str
    way: Way
    given_on: date | None = None
    language: str = ""
    usefulness: int | None = None
    relevance: int | None = None
    trainer: int | None = None
    organisation: int | None = None
    will_use: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """The folder's ``register/``: lines by id, decisions by time, the one snapshot they were resolved with."""

    lines: tuple[RegisterLine, ...] = ()
    decisions: tuple[RegisterDecision, ...] = ()
    snapshot: Snapshot | None = None
    signatures: tuple[RegisterSignature, ...] = ()
    """By line; those of lines that are there."""
    corrections: tuple[RegisterCorrection, ...] = ()
    """Of attendances, by time."""
    answers: tuple[RegisterAnswer, ...] = ()
    """By id; those read from a table are in the table."""
