"""One record by itself: the plain values a folder would write of it, and a record read from such values.

Values are JSON: texts by language, numbers and days as text, shares and head-counts by name. Whoever types them into a
form is held to the same shapes as whoever writes them into a folder.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, Final

from karvon.files.programme_folder.building import read_values
from karvon.files.programme_folder.raw import Findings, RawRecord
from karvon.files.programme_folder.schema import BY_NAME, KINDS, SCOPE, TARGET, Field, Kind
from karvon.files.programme_folder.shapes import Reader
from karvon.files.programme_folder.to_toml import number_text, value_of
from karvon.rules.places.funders import catalogue_funders
from karvon.rules.problems import Place, Problem
from karvon.rules.programme.description import Organisation, ProgrammeDescription
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Money

TARGETS: Final = "target"
"""Under this name an indicator's targets stand among its values, as they stand below it in TOML."""
_COMMA: Final = re.compile(r"(-?\d+),(\d+)")
_GROUPED: Final = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class RecordReading:
    """What became of the values: a record, or problems at ``kind[key].field``."""

    record: Any
    """``None`` where there are problems."""
    problems: tuple[Problem, ...] = ()
    funders: tuple[Organisation, ...] = ()
    """Of the catalogue, named here, and not among the programme's organisations yet."""


def values_of(kind: Kind, record: Any) -> dict[str, Any]:
    """The record as JSON values by field, in the order of the format, without its key; what is empty is left out.

    Two records with the same key are equal if and only if their values are.
    """
    values = {
        field.name: _written(value_of(record, field), field) for field in kind.fields if field.name != "key"
    }
    if kind.name == "indicator":
        values[TARGETS] = [
            {f.name: _written(value_of(target, f), f) for f in TARGET.fields if f.name != "indicator"}
            for target in record.targets
        ]
        values[TARGETS] = [{n: v for n, v in one.items() if v not in (None, "")} for one in values[TARGETS]]
    nobody_pays = kind.name == "event" and record.shares == ()
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", [], {}) or (name == "shares" and nobody_pays)
    }


def _written(value: Any, field: Field) -> Any:
    if value is None:
        return None
    match field.shape:
        case "shares":
            return {share.contract: number_text(share.percent) for share in value}
        case "head_count":
            return {count.day.isoformat(): str(count.heads) for count in value}
        case "parameters":
            return {name: number_text(number) for name, number in value}
        case "scope":
            within = {part.name: _written(value_of(value, part), part) for part in SCOPE}
            return {name: said for name, said in within.items() if said not in (None, "", [])}
    return [_plain(one) for one in value] if field.many else _plain(value)


def _plain(value: Any) -> Any:
    match value:
        case Text():
            return dict(value.said)
        case Money():
            return {"amount": number_text(value.amount), "currency": value.currency}
        case bool():
            return value
        case date():
            return value.isoformat()
        case int() | Decimal():
            return number_text(value)
    return value


def read_record(
    kind: Kind, key: str, values: Mapping[str, Any], *, within: ProgrammeDescription
) -> RecordReading:
    """The record these values describe in this programme, by the shapes and references of a folder."""
    findings = Findings()
    known = _known_keys(within, kind, key)
    languages = within.programme.languages
    reader = Reader(findings, known, languages[0] if languages else "en", set())
    record = _raw(kind, key, values)
    read = read_values(record, reader)
    if kind.name == "indicator" and read is not None:
        read["targets"] = tuple(_targets(key, values.get(TARGETS, ()), reader))
    if findings.refused or read is None:
        return RecordReading(None, tuple(findings.problems))
    there = {organisation.key for organisation in within.organisations}
    funders = catalogue_funders()
    named = tuple(funders[one].organisation() for one in sorted(reader.unnamed_funders - there))
    return RecordReading(kind.becomes(**read), funders=named)


def _known_keys(within: ProgrammeDescription, kind: Kind, key: str) -> dict[str, dict[str, str]]:
    known = {
        one.name: {thing.key.casefold(): thing.key for thing in getattr(within, one.holder)}
        for one in KINDS
        if one.name != "programme"
    }
    known.setdefault(kind.name, {}).setdefault(key.casefold(), key)
    return known


def _raw(kind: Kind, key: str, values: Mapping[str, Any]) -> RawRecord:
    fields = {field.name: field for field in kind.fields}
    typed = {
        name: _typed(value, fields[name]) if name in fields else value
        for name, value in values.items()
        if name != TARGETS
    }
    named = kind.name if kind.name == "programme" else f"{kind.name}[{key}]"
    return RawRecord(kind, {"key": key, **typed}, partial(_place, named))


def _place(named: str, field: str) -> Place:
    return Place(key=f"{named}.{field}" if field else named)


def _targets(key: str, rows: Any, reader: Reader) -> list[Any]:
    targets = []
    for number, row in enumerate(rows):
        typed = {name: _typed(value, _target_field(name)) for name, value in row.items()}
        record = RawRecord(
            TARGET, {**typed, "indicator": key}, partial(_place, f"indicator[{key}].{TARGETS}.{number}")
        )
        read = read_values(record, reader)
        if read is not None:
            read.pop("indicator")
            targets.append(TARGET.becomes(contract=read.pop("contract", ""), **read))
    return targets


def _target_field(name: str) -> Field:
    return TARGET.field(name) or Field(name, "word")


def _typed(value: Any, field: Field) -> Any:
    """The value as ``tomllib`` would give it: numbers are numbers, what is none stays as it was typed."""
    match field.shape:
        case "whole" | "decimal":
            return [_number(one) for one in value] if isinstance(value, list) else _number(value)
        case "money" if isinstance(value, dict) and "amount" in value:
            return {**value, "amount": _number(value["amount"])}
        case "shares" | "head_count" | "parameters" if isinstance(value, dict):
            return {name: _number(number) for name, number in value.items()}
    return value


def _number(value: Any) -> Any:
    """A number as people type it: with a comma, or with spaces between thousands. ``50,000`` could be two numbers."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[ \u00a0\u202f]", "", text).replace(",", ".")
    elif comma := _COMMA.fullmatch(text):
        text = f"{comma[1]}.{comma[2]}" if len(comma[2]) != 3 else text
    try:
        number = Decimal(text) if re.fullmatch(r"-?\d{1,20}(?:\.\d{1,20})?", text, re.ASCII) else None
    except InvalidOperation:
        number = None
    return value if number is None else number


def kind_named(name: str) -> Kind | None:
    """The kind of record of this name that stands by itself; a target stands with its indicator."""
    found = BY_NAME.get(name)
    return None if found is TARGET else found
