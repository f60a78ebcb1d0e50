"""On which line of a TOML text each table and key stands; ``tomllib`` does not say."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Path = tuple[str | int, ...]
"""Table and key names; a number is the position (from 0) in an array of tables."""

_KEY: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)


def index_lines(text: str) -> Mapping[Path, int]:
    """The line (from 1) of every table header and every key of a text that ``tomllib`` has accepted.

    Keys inside inline tables are not listed: look up the longest part of the path that is.
    """
    return _Scan(text).run()


def line_of(lines: Mapping[Path, int], path: Path) -> int | None:
    """The line of the path, or of the nearest thing around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


@dataclass(slots=True)
class _Scan:
    text: str
    at: int = 0
    lines: dict[Path, int] = field(default_factory=dict)
    lengths: dict[Path, int] = field(default_factory=dict)
    counted_to: int = 0
    line: int = 1

    def run(self) -> Mapping[Path, int]:
        table: Path = ()
        while self._to_statement():
            line = self._line_here()
            if self.text[self.at] == "[":
                table = self._header()
                self.lines.setdefault(table, line)
            else:
                key = self._dotted_key()
                for end in range(1, len(key) + 1):
                    self.lines.setdefault((*table, *key[:end]), line)
                self._skip_value()
        return self.lines

    def _line_here(self) -> int:
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        return self.line

    def _to_statement(self) -> bool:
        """Move over blank space and comments; whether anything is left."""
        while self.at < len(self.text):
            if self.text[self.at] == "#":
                self._skip_comment()
            elif self.text[self.at].isspace() or self.text[self.at] == "\ufeff":
                self.at += 1
            else:
                return True
        return False

    def _skip_comment(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end

    def _header(self) -> Path:
        array = self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        names = self._dotted_key()
        self.at = self.text.index("]", self.at) + (2 if array else 1)
        path: Path = ()
        for name in names[:-1]:
            path = self._last_of((*path, name))
        path = (*path, names[-1])
        if not array:
            return path
        position = self.lengths.get(path, 0)
        self.lengths[path] = position + 1
        return (*path, position)

    def _last_of(self, path: Path) -> Path:
        return (*path, self.lengths[path] - 1) if path in self.lengths else path

    def _dotted_key(self) -> tuple[str, ...]:
        names = []
        while True:
            self._skip_spaces()
            found = _KEY.match(self.text, self.at)
            if found is None:  # cannot happen in a text that tomllib accepts
                raise ValueError(f"no key at {self.at}")
            names.append(_unquoted(found[0]))
            self.at = found.end()
            self._skip_spaces()
            if self.text[self.at : self.at + 1] != ".":
                return tuple(names)
            self.at += 1

    def _skip_spaces(self) -> None:
        while self.text[self.at : self.at + 1] in (" ", "\t"):
            self.at += 1

    def _skip_value(self) -> None:
        """Move behind the value: to the end of the line at which every bracket is closed."""
        depth = 0
        while self.at < len(self.text):
            mark = self.text[self.at]
            if mark in "\"'":
                found = _STRING.match(self.text, self.at)
                self.at = found.end() if found else self.at + 1
                continue
            if mark == "#":
                self._skip_comment()
                continue
            if mark == "\n" and depth == 0:
                return
            depth += (mark in "[{") - (mark in "]}")
            self.at += 1


def _unquoted(name: str) -> str:
    if name[0] == "'":
        return name[1:-1]
    if name[0] == '"':
        return str(next(iter(tomllib.loads(f"{name} = 0"))))
    return name
