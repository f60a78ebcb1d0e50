"""The rows that results are told in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from karvon.rules.programme.description import Comparator, Measure, Scope
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period
from karvon.rules.reporting.figure import Figure
from karvon.rules.statements import Verdict


@dataclass(frozen=True, slots=True)
class ContractFigure:
    contract: str
    number: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class OverlapFigure:
    """People counted under both contracts."""

    first: str
    second: str
    first_number: str
    second_number: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class TargetResult:
    contract: str
    """'' for the programme's own."""
    value: Decimal
    period: Period


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    key: str
    title: Text
    measure: Measure
    rule: str
    """A counting rule's id; '' for measures that need none."""
    rule_version: int
    parameters: tuple[tuple[str, Decimal], ...]
    scope: Scope
    figure: Figure
    """The programme's own count: everybody once."""
    by_contract: tuple[ContractFigure, ...]
    overlaps: tuple[OverlapFigure, ...]
    union: Figure | None
    """People counted under at least one contract; ``None`` for measures that are not of people."""
    participations: Figure | None
    """Person x event in the same scope, printed beside the people under its own name."""
    baseline: Decimal | None
    targets: tuple[TargetResult, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A statement or an indicator by its key and its words."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class SettledStatement:
    """An open statement, and the verdict on it were two lines one person, and were they two."""

    key: str
    text: Text
    same: Verdict
    different: Verdict


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """An undecided match: two lines that may be one person."""

    a: "ProofLine"
    b: "ProofLine"
    weight: int
    parts: tuple[tuple[str, str, int], ...]
    """Field, level of agreement, hundredths of a bit."""
    settles: tuple[SettledStatement, ...] = ()
    """The open statements a decision would settle, by one answer at least."""
    helps: tuple[Named, ...] = ()
    """The other open statements whose bounds a decision would bring closer."""
    narrows: tuple[Named, ...] = ()
    """The indicators whose figure, or that of a contract, a decision would narrow; most narrowed first."""
    looked_at: bool = False
    """Somebody looked and could not tell."""
    decision: int = 0
    """The latest word about the two lines, which may be that an earlier one is taken back; 0: nobody said any."""


@dataclass(frozen=True, slots=True)
class StatementResult:
    key: str
    text: Text
    indicator: str
    indicator_title: Text
    measure: Measure
    comparator: Comparator
    number: int
    scope: Scope
    """The indicator's scope, narrowed by the statement."""
    published_in: str
    published_on: date | None
    figure: Figure
    verdict: Verdict
    settling: tuple[DoubtfulPair, ...]
    """For an open statement: the few doubts whose decision would settle it, most useful first."""


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A line of the proof chain: the name as written, where, and what the file is."""

    line: str
    name: str
    """Exactly as written; '' once erased."""
    organisation: str
    event: str
    """Key of the event; '' for entries of the programme's own lists."""
    event_title: Text
    days: tuple[date, ...]
    sheet: str
    """Key of the sheet; '' for entries of the programme's own lists."""
    path: str
    table: str
    row: int | None
    page: int | None
    sha256: str
    scan_path: str
    """'' means transcript only."""
    scan_sha256: str
    role: str
    status: str
    signed: bool | None


@dataclass(frozen=True, slots=True)
class CountedPerson:
    person: str
    shown_name: str
    """The fullest name form; '' once erased."""
    lines: tuple[ProofLine, ...]
    """The lines in scope that make this person count."""


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    line: ProofLine
    reason: str
    """A code of ``rules/counting``: role, not_structured, not_signed, below_hours ..."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a longer list: ``number`` from 1, ``total`` items in all."""

    number: int
    size: int
    total: int

    @classmethod
    def of(cls, total: int, *, wanted: int, size: int) -> Self:
        """The page that was wanted, or the nearest there is."""
        return cls(min(max(1, wanted), max(1, -(-total // size))), size, total)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))
