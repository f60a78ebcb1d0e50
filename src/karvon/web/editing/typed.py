"""What was typed into a form, as the plain values a folder would write; and where it cannot be told what was meant."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.http import QueryDict

from karvon.files.programme_folder.one_record import TARGETS
from karvon.files.programme_folder.schema import SCOPE, TARGET, Field, Kind
from karvon.rules.problems import Place, Problem
from karvon.rules.wording import LANGUAGES
from karvon.web.editing.layout import NOT_TYPED, TYPED

MOST_ROWS: Final = 200
LISTS_OF_LINES: Final = frozenset({"word"})
"""Shapes whose many values are typed one to a line."""


def typed_values(
    kind: Kind, post: QueryDict, *, before: Mapping[str, Any], languages: Sequence[str]
) -> dict[str, Any]:
    """The values by field; what was left empty is left out. What no form changes stays as it was ``before``.

    Texts come in the order of the programme's ``languages``, whichever the form asked for first.
    """
    values: dict[str, Any] = {}
    order = {tag: place for place, tag in enumerate((*languages, *LANGUAGES)) if tag not in languages[:place]}
    for field in kind.fields:
        typed = field.name not in NOT_TYPED and field.shape in TYPED
        value = _field(kind, field, post) if typed else before.get(field.name)
        if field.shape == "text" and typed:
            said: dict[str, str] = value or {}
            value = {tag: said[tag] for tag in sorted(said, key=order.__getitem__)}
        if value not in (None, "", [], {}) or (field.shape == "shares" and value is not None):
            values[field.name] = value
    if kind.name == "indicator":
        targets = [{n: v for n, v in row.items() if v} for row in target_rows(post)]
        if any(targets):
            values[TARGETS] = [row for row in targets if row]
    if kind.name != "event" and not values.get("shares", True):
        del values["shares"]
    return values


def unclear(kind: Kind, key: str, post: QueryDict) -> Iterator[Problem]:
    """Problems of the typing itself, which the values no longer show."""
    named = f"{kind.name}[{key}]"
    days = [row["day"] for row in head_rows(post) if row["heads"]]
    twice = next((day for n, day in enumerate(days) if day in days[:n]), None)
    if twice is not None:
        yield Problem("folder.said_twice", Place(key=f"{named}.head_count"), {"found": twice})
    if kind.name == "event" and not post.get("shares:own") and any(named_values(post, "shares").values()):
        yield Problem("editing.shares_unclear", Place(key=f"{named}.shares"))


def _field(kind: Kind, field: Field, post: QueryDict) -> Any:
    match field.shape:
        case "scope":
            within = {part.name: _plain(part, f"scope.{part.name}", post) for part in SCOPE}
            return {name: value for name, value in within.items() if value}
        case "shares":
            own = kind.name != "event" or post.get("shares:own")
            return (
                {name: said for name, said in named_values(post, "shares").items() if said} if own else None
            )
        case "parameters":
            return {name: said for name, said in named_values(post, "parameters").items() if said}
        case "head_count":
            return {row["day"]: row["heads"] for row in head_rows(post) if row["heads"]}
    if (kind.name, field.name) == ("delegate", "organisation"):
        return _tidy(post.get("organisation")) or _tidy(post.get("organisation:written"))
    return _plain(field, field.name, post)


def _plain(field: Field, name: str, post: QueryDict) -> Any:
    match field.shape:
        case "text":
            said = named_values(post, name)
            return {tag: text for tag, text in said.items() if text and tag in LANGUAGES}
        case "money":
            amount, currency = _tidy(post.get(f"{name}.amount")), _tidy(post.get(f"{name}.currency")).upper()
            return {"amount": amount, "currency": currency} if amount else None
        case "yes_no":
            return {"true": True, "false": False}.get(post.get(name, ""))
    if field.many and field.shape in LISTS_OF_LINES:
        return [line.strip() for line in _tidy(post.get(name)).split("\n") if line.strip()]
    if field.many:
        return [one for one in map(_tidy, post.getlist(name)) if one]
    return _tidy(post.get(name))


def head_rows(post: QueryDict) -> list[dict[str, str]]:
    """Rows of head-counts as typed, empty ones too."""
    return _rows(post, "head_count", ("day", "heads"))


def target_rows(post: QueryDict) -> list[dict[str, str]]:
    """Rows of targets as typed, empty ones too."""
    return _rows(post, TARGETS, tuple(f.name for f in TARGET.fields if f.name != "indicator"))


def _rows(post: QueryDict, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    rows = []
    for number in range(MOST_ROWS):
        if not any(f"{name}.{number}.{column}" in post for column in columns):
            break
        rows.append({column: _tidy(post.get(f"{name}.{number}.{column}")) for column in columns})
    return rows


def named_values(post: QueryDict, name: str) -> dict[str, str]:
    """Values under names: ``shares.lv79`` -> lv79."""
    return {key.removeprefix(f"{name}."): _tidy(post.get(key)) for key in post if key.startswith(f"{name}.")}


def _tidy(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
