"""A description -> the one canonical ``programme.toml``: the same facts give the same bytes, a fact its own line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

from karvon.files.programme_folder.schema import KINDS, PROGRAMME, SCOPE, TARGET, Field, Kind
from karvon.rules.programme.description import Event, ProgrammeDescription
from karvon.rules.programme.text import Text

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def toml_of(description: ProgrammeDescription) -> str:
    """The canonical text. Kinds, fields and records stand in a fixed order; what equals its default is left out."""
    languages = description.programme.languages
    first = languages[0] if languages else "en"
    tables = ["format = 1\n"]
    for kind in KINDS:
        found = getattr(description, kind.holder)
        for record in (found,) if kind is PROGRAMME else found:
            header = f"[{kind.name}]" if kind is PROGRAMME else f"[[{kind.name}]]"
            tables.append(_table(header, kind, record, first))
            tables += [
                _table("[[indicator.target]]", TARGET, target, first)
                for target in getattr(record, "targets", ())
            ]
    return "\n".join(tables)


def _table(header: str, kind: Kind, record: Any, first: str) -> str:
    lines = [header]
    defaults = {field.name: field.default for field in fields(record)}
    for field in kind.fields:
        if kind is TARGET and field.name == "indicator":
            continue
        value = value_of(record, field)
        if field.needed or not _is_default(record, field, value, defaults):
            lines += _entries(field, value, first)
    return "\n".join(lines) + "\n"


def value_of(record: Any, field: Field) -> Any:
    """What the record says in this field; an end of its period is one of its fields."""
    if field.name in ("starts", "ends"):
        return getattr(record.period, field.name)
    return getattr(record, field.becomes)


def _is_default(record: Any, field: Field, value: Any, defaults: Mapping[str, Any]) -> bool:
    if isinstance(record, Event) and field.name == "structured":
        return bool(value == (record.kind == "training"))
    default = defaults.get(field.becomes, MISSING)
    return value in (None, "") or value == (None if default is MISSING else default)


def _entries(field: Field, value: Any, first: str) -> Iterator[str]:
    if isinstance(value, Text):
        if [language for language, _ in value] == [first]:
            yield f"{field.name} = {toml_string(value.say(first))}"
        else:
            for language, text in value:
                yield f"{field.name}.{language} = {toml_string(text)}"
    elif field.many:
        yield f"{field.name} = [{', '.join(_one(item) for item in value)}]"
    else:
        yield f"{field.name} = {_WRITERS.get(field.shape, _one)(value)}"


def _one(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return number_text(value)
    return toml_string(str(value))


def number_text(number: int | Decimal) -> str:
    """The number without trailing zeros or exponent: 50000, 7.5."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def toml_string(text: str) -> str:
    return (
        '"'
        + "".join(_ESCAPED.get(c) or (c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}") for c in text)
        + '"'
    )


def _inline(pairs: Iterator[tuple[str, str]]) -> str:
    return (
        "{"
        + ", ".join(
            f"{name if _BARE.fullmatch(name) else toml_string(name)} = {text}" for name, text in pairs
        )
        + "}"
    )


def _scope_pairs(scope: Any) -> Iterator[tuple[str, str]]:
    for field in SCOPE:
        value = value_of(scope, field)
        if value:
            yield field.name, f"[{', '.join(map(_one, value))}]" if field.many else _one(value)


_WRITERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "money": lambda m: _inline(
        iter([("amount", number_text(m.amount)), ("currency", toml_string(m.currency))])
    ),
    "shares": lambda shares: _inline((s.contract, number_text(s.percent)) for s in shares),
    "head_count": lambda counts: _inline((c.day.isoformat(), str(c.heads)) for c in counts),
    "parameters": lambda parameters: _inline((name, number_text(number)) for name, number in parameters),
    "scope": lambda scope: _inline(_scope_pairs(scope)),
}
