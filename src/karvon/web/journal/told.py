"""What an entry says of a field, before and after, as a reader reads it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import pgettext, pgettext_lazy

from karvon.queries.journal import FieldChange
from karvon.rules.reporting.dates import day_text
from karvon.web import words
from karvon.web.journal.fields import FACT, FACT_CODE, FIELD
from karvon.web.languages import SHORT_NAMES, current

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CODES: Final[Mapping[str, words.Words]] = {
    "direction": words.DIRECTION,
    "event_kinds": words.EVENT_KIND,
    "measure": words.MEASURE,
    "priority": words.PRIORITY,
    "response_status": words.RESPONSE,
    "role": words.ROLE,
    "stage": words.STAGE,
    "status": {**words.STATUS, "absent": pgettext_lazy("attendance", "not there")},
    "verdict": words.DECISION,
}
"""Fields that hold a code, and its words."""
_FACT_CODES: Final[Mapping[str, words.Words]] = {
    "purpose": FACT_CODE,
    "role": words.ACCOUNT_ROLE,
    "verdict": words.DECISION,
    "way": FACT_CODE,
    "with": FACT_CODE,
}
"""Facts that are codes, and their words."""
_MADE_OF_FIELDS: Final = frozenset({"", "scope", "target"})
_KINDS: Final[Mapping[str, words.Words]] = {
    "document": words.DOCUMENT_KIND,
    "event": words.EVENT_KIND,
    "organisation": words.ORGANISATION_KIND,
}
"""The words of the field ``kind``, by the kind of object."""


def field_word(field: str) -> str:
    """The field's word; the field itself for one nobody worded."""
    return str(FIELD.get(field, field))


def said_facts(facts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Facts of an entry with their words and, where they are codes, the codes' words; what nobody worded stays."""
    return tuple(
        (str(FACT.get(name, name)), ", ".join(_fact_text(name, one) for one in _parts_of(name, value)))
        for name, value in facts
    )


def _parts_of(name: str, value: str) -> list[str]:
    """Several ways of signing in are one fact, with a plus between them."""
    return value.split("+") if name == "with" else [value]


def _fact_text(name: str, value: str) -> str:
    return str(_FACT_CODES[name].get(value, value)) if name in _FACT_CODES else value


def said_lines(value: Any, field: str = "", kind: str = "") -> tuple[str, ...]:
    """A JSON value as lines to read: a text in several languages a line each, a list an item each."""
    if isinstance(value, Mapping):
        return tuple(
            f"{_part(str(name), field)}: {'; '.join(said_lines(one, _coded(str(name), field), kind))}"
            for name, one in sorted(value.items(), key=_place)
            if one not in (None, "", [], {})
        )
    if isinstance(value, list | tuple):
        return tuple("; ".join(_item(one, field, kind)) for one in value)
    return (_plain(value, field, kind),) if value not in (None, "") else ()


def change_text(change: FieldChange, kind: str) -> str:
    """``title: Old → New`` on one line, for a cell of a table."""
    before = "; ".join(said_lines(change.before, change.field, kind))
    after = "; ".join(said_lines(change.after, change.field, kind))
    said = f"{before or '–'} → {after or '–'}" if before else after or "–"
    return f"{field_word(change.field)}: {said}" if change.field else said


def _part(name: str, field: str) -> str:
    """What a part of a value is called: a language, a day, a field of a scope or target, else as it is written."""
    if name in SHORT_NAMES:
        return SHORT_NAMES[name]
    return field_word(name) if field in _MADE_OF_FIELDS else _plain(name, "", "")


def _place(part: tuple[Any, Any]) -> tuple[int, str]:
    """Languages in their usual order, everything else by name: databases keep no order of their own."""
    name = str(part[0])
    return (list(SHORT_NAMES).index(name) if name in SHORT_NAMES else len(SHORT_NAMES), name)


def _coded(name: str, field: str) -> str:
    """Whose codes the parts of a field are: of a scope, its own fields'; of presence by day, presence."""
    return name if field in _MADE_OF_FIELDS else field


def _item(value: Any, field: str, kind: str) -> tuple[str, ...]:
    """An item of a list; a pair of language and text says both."""
    if isinstance(value, list | tuple) and len(value) == 2 and value[0] in SHORT_NAMES:
        return (f"{SHORT_NAMES[value[0]]}: {value[1]}",)
    return said_lines(value, field, kind)


def _plain(value: Any, field: str, kind: str) -> str:
    if isinstance(value, bool):
        return pgettext("journal", "yes") if value else pgettext("journal", "no")
    text = str(value)
    if _DAY.fullmatch(text):
        try:
            return day_text(date.fromisoformat(text), current(), short=True)
        except ValueError:
            return text
    known = _KINDS.get(kind, {}) if field == "kind" else _CODES.get(field, {})
    return str(known.get(text, text))
