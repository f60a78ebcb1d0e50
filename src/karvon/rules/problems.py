"""A doubt or an error as data: a code, a place and facts; text is made at the edge in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and within it a sheet, a row (1-based), a column letter, a key."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    key: str = ""

    def __str__(self) -> str:
        """``file!Sheet!12``, ``file!Sheet!B12``, ``programme.toml: visit[2].starts``; empty parts are left out."""
        cell = f"{self.column}{self.row}" if self.row is not None else self.column
        spot = "!".join(part for part in (self.file, self.sheet, cell) if part)
        return ": ".join(part for part in (spot, self.key) if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know or mend.

    ``code`` is ``<room>.<what>`` and names the sentence in ``catalog/problems/<room>/<language>.toml``;
    ``facts`` fill its blanks. An *error* stops the action, a *warning* does not.
    """

    code: str
    where: Place = Place()
    facts: Mapping[str, str | int] = field(default_factory=dict)
    severity: Severity = "error"


class Refused(Exception):
    """An action was refused and nothing was changed; it carries every problem found, in order."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.code} {p.where}" for p in problems))
        self.problems = problems
