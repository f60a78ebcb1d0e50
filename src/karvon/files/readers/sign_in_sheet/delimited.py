"""csv, tsv and other delimited text: encoding and delimiter decided by what people write, not by a guess of bytes."""

import csv
import io
import re
from collections import Counter
from typing import Final, Literal

from karvon.files.readers.sign_in_sheet.encodings import likeliest
from karvon.files.readers.sign_in_sheet.grid import Cell, Grid, equally_wide
from karvon.files.readers.sign_in_sheet.limits import MOST_LINES
from karvon.rules.problems import Place, Problem, Refused

_DELIMITERS: Final = "\t;,|"
_SAMPLE_LINES: Final = 300
_LONGEST_FIELD: Final = 131_072


def read(data: bytes, here: Place, *, ending: str) -> tuple[tuple[Grid, ...], tuple[Problem, ...]]:
    """One grid without a name; each row's number is the physical line its record starts on."""
    text, problems = decode(data, here)
    if not text.strip("\ufeff \t\r\n;,|"):
        raise Refused(Problem("sheet.empty_file", here))
    ends = max(text.count("\n"), text.count("\r"))
    if ends > MOST_LINES:
        raise Refused(Problem("sheet.too_many_lines", here, {"lines": ends, "limit": MOST_LINES}))
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="").readlines()
    told, skip = _told_delimiter(lines)
    delimiter = told or _delimiter(lines, ending)
    parsed = _parse(lines, delimiter, csv.QUOTE_MINIMAL) if delimiter else None
    if delimiter and parsed is None:
        problems = (*problems, Problem("sheet.open_quote", here, {}, "warning"))
        parsed = _parse(lines, delimiter, csv.QUOTE_NONE)
    if parsed is None:
        quoted = [_unquoted(line.rstrip("\r\n")) for line in lines]
        parsed = [[cell] if cell else [] for cell in quoted], list(range(1, len(lines) + 1))
    rows, numbers = parsed
    if skip:
        rows, numbers = rows[1:], numbers[1:]
    return (Grid("", equally_wide(rows, here), numbers=numbers),), problems


def decode(data: bytes, here: Place) -> tuple[str, tuple[Problem, ...]]:
    """The text, and a warning when two encodings are nearly as likely.

    Raises ``Refused`` for NUL bytes in what is no UTF-16, and for bytes that are no text at all.
    """
    found = likeliest(data)
    if found is None:
        code = "sheet.nul_bytes" if b"\0" in data else "sheet.no_text"
        raise Refused(Problem(code, here))
    problems: tuple[Problem, ...] = ()
    if found.doubt:
        facts: dict[str, str | int] = {"encoding": found.name, "other": found.doubt}
        problems = (Problem("sheet.encoding_doubt", here, facts, "warning"),)
    return found.text, problems


def _told_delimiter(lines: list[str]) -> tuple[str, bool]:
    """Excel's own first line ``sep=;``."""
    found = re.match(r'\s*"?sep=(.)"?\s*$', lines[0], re.IGNORECASE) if lines else None
    return (found[1], True) if found else ("", False)


def _delimiter(lines: list[str], ending: str) -> str:
    """The delimiter that cuts most lines into equally many cells; empty for a plain list of lines."""
    sample = [line for line in lines[: _SAMPLE_LINES * 4] if line.strip()][:_SAMPLE_LINES]
    best, best_score = "", 0.0
    for delimiter in _DELIMITERS:
        parsed = _parse(sample, delimiter, csv.QUOTE_MINIMAL) or _parse(sample, delimiter, csv.QUOTE_NONE)
        widths = Counter(len(row) for row in parsed[0] if row) if parsed else Counter()
        cut = sum(count for width, count in widths.items() if width > 1)
        if not cut:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))
        score = (count + 0.3 * (cut - count)) / sum(widths.values()) * (1 + 0.05 * min(width, 20))
        if delimiter == "\t" and ending in (".tsv", ".tab"):
            score *= 1.5
        if delimiter == "," and _is_punctuation(sample):
            score *= 0.3
        if score > best_score:
            best, best_score = delimiter, score
    return best if best_score >= 0.35 else ""


def _is_punctuation(sample: list[str]) -> bool:
    """Commas that only stand inside names and sentences: ``Karimov, Anvar`` under a header without any."""
    commas = sum(line.count(",") for line in sample)
    spaced = sum(line.count(", ") for line in sample)
    quoted = any('"' in line for line in sample)
    return not quoted and commas == spaced and "," not in sample[0] and commas <= 1.2 * len(sample)


def _parse(
    lines: list[str], delimiter: str, quoting: Literal[0, 3]
) -> tuple[list[list[Cell]], list[int]] | None:
    """Records and the line each starts on, or ``None`` when a quote is never closed."""
    spaced = quoting == csv.QUOTE_MINIMAL and any(f'{delimiter} "' in line for line in lines[:50])
    reader = csv.reader(
        lines,
        delimiter=delimiter,
        quoting=quoting,
        skipinitialspace=spaced,
        doublequote=True,
    )
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    start = 1
    try:
        for record in reader:
            if reader.line_num - start > 100 and quoting != csv.QUOTE_NONE:
                return None
            rows.append(list(record))
            numbers.append(start)
            start = reader.line_num + 1
    except csv.Error:
        return None
    return rows, numbers


def _unquoted(line: str) -> str:
    stripped = line.strip()
    if len(stripped) >= 2 and stripped[0] == stripped[-1] == '"':
        return stripped[1:-1].replace('""', '"')
    return line
