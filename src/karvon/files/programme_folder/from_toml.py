"""``programme.toml`` -> raw records with the line of every field."""

import re
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from karvon.files.programme_folder.line_index import Path, index_lines, line_of
from karvon.files.programme_folder.raw import Findings, RawRecord
from karvon.files.programme_folder.schema import KINDS, TARGET, Kind
from karvon.files.programme_folder.suggesting import listed, nearest
from karvon.rules.problems import Place

NAME: Final = "programme.toml"
_SPOT: Final = re.compile(
    r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL
)


def records_of_toml(data: bytes, findings: Findings) -> list[RawRecord]:
    """Every record of the text, in its order; problems of syntax, encoding and unknown tables go to the findings."""
    text = _decoded(data, findings)
    if text is None:
        return []
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
        lines = index_lines(text)
    except tomllib.TOMLDecodeError as error:
        spot = _SPOT.match(str(error))
        line = int(spot["line"]) if spot and spot["line"] else text.count("\n") + 1
        findings.add("toml_broken", Place(NAME, row=line), what=spot["what"] if spot else str(error))
        return []
    except (RecursionError, ValueError) as error:  # nested too deep; an integer of thousands of digits
        findings.add("toml_broken", Place(NAME), what=str(error))
        return []
    return _records(tables, lines, findings)


def _decoded(data: bytes, findings: Findings) -> str | None:
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        findings.add("nul", Place(NAME, row=line))
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        findings.add("not_utf8", Place(NAME, row=data.count(b"\n", 0, error.start) + 1))
        return None


def _records(tables: Mapping[str, Any], lines: Mapping[Path, int], findings: Findings) -> list[RawRecord]:
    known = {kind.name: kind for kind in KINDS}
    records: list[RawRecord] = []
    for name, value in tables.items():
        where = Place(NAME, row=line_of(lines, (name,)) or line_of(lines, (name, 0)), key=name)
        if name == "format":
            if value != 1:
                findings.add("format_unknown", where, found=str(value))
        elif name not in known:
            findings.add(
                "unknown_table", where, found=name, suggestion=nearest(name, known), allowed=listed(known)
            )
        elif name == "programme":
            if isinstance(value, dict):
                records.append(_record(known[name], value, (name,), lines))
            else:
                findings.add("not_a_table", where, found=name)
        elif not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            findings.add("not_tables", where, found=name)
        else:
            for position, item in enumerate(value):
                records.extend(_with_targets(known[name], item, (name, position), lines, findings))
    return records


def _with_targets(
    kind: Kind, item: Mapping[str, Any], path: Path, lines: Mapping[Path, int], findings: Findings
) -> list[RawRecord]:
    if kind.name != "indicator" or "target" not in item:
        return [_record(kind, item, path, lines)]
    indicator = _record(kind, {k: v for k, v in item.items() if k != "target"}, path, lines)
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    records = [indicator]
    for position, target in enumerate(targets):
        inner: Path = (*path, "target", position)
        if not isinstance(target, dict):
            findings.add("not_tables", indicator.where("target"), found="indicator.target")
        elif "indicator" in target:
            findings.add("target_names_indicator", _places(TARGET, target, inner, lines)("indicator"))
        else:
            records.append(
                RawRecord(
                    TARGET, {**target, "indicator": indicator.key}, _places(TARGET, target, inner, lines)
                )
            )
    return records


def _record(kind: Kind, item: Mapping[str, Any], path: Path, lines: Mapping[Path, int]) -> RawRecord:
    return RawRecord(kind, item, _places(kind, item, path, lines))


def _places(
    kind: Kind, item: Mapping[str, Any], path: Path, lines: Mapping[Path, int]
) -> Callable[[str], Place]:
    """``visit[tashkent-october].starts`` at its line; a record without a key is named by its number."""
    called = kind.name
    if kind.name != "programme":
        key = item.get("key")
        called += f"[{key}]" if isinstance(key, str) and key else f"[{_number(path)}]"

    def where(field: str) -> Place:
        inner = (*path, *field.split(".")) if field else path
        return Place(NAME, row=line_of(lines, inner), key=f"{called}.{field}" if field else called)

    return where


def _number(path: Path) -> int:
    return next((part + 1 for part in reversed(path) if isinstance(part, int)), 1)
