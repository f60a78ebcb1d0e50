"""What both forms of a folder are read into first: records of plain values, each with its place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from karvon.files.programme_folder.schema import Kind
from karvon.rules.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as written; values have the shapes ``tomllib`` gives (a workbook's cells are brought to them)."""

    kind: Kind
    values: Mapping[str, Any]
    where: Callable[[str], Place]
    """The place of a field, or with '' of the record itself."""

    @property
    def key(self) -> str:
        key = self.values.get("key")
        return key if isinstance(key, str) else ""


@dataclass(slots=True)
class Findings:
    """Problems gathered while reading; nothing is raised until all are known."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, where: Place, /, **facts: str | int) -> None:
        """Note an error. With a ``suggestion`` that is not empty the sentence is the one that asks "did you mean"."""
        if facts.get("suggestion"):
            code += "_meant"
        self.problems.append(Problem(f"folder.{code}", where, facts))

    def warn(self, code: str, where: Place, /, **facts: str | int) -> None:
        self.problems.append(Problem(f"folder.{code}", where, facts, "warning"))

    @property
    def refused(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)
