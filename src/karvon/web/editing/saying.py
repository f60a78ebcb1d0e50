"""What is wrong, beside the field it is about: problems of the format in a form's words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karvon.files.programme_folder import hints
from karvon.files.programme_folder.schema import BY_NAME, KINDS, Kind
from karvon.rules.problems import Place, Problem
from karvon.rules.reporting.dates import day_text
from karvon.rules.wording import problem_text
from karvon.web.editing.choices import Choices
from karvon.web.editing.layout import controls, field_of, kind_of

_AGAIN: Final = _("Choose one of those that are offered.")
_GONE: Final = _("What was chosen is not there any more. Choose again.")
_OWN: Final[Mapping[str, Promise]] = {
    "folder.missing": _("Fill this in."),
    "folder.blank": _("Fill this in."),
    "folder.not_a_day": _("“%(found)s” is no date. Write it like 2018-10-25 or 25.10.2018."),
    "folder.not_a_number": _("“%(found)s” cannot be read as a number. Write it like 50000 or 7.5."),
    "folder.not_allowed": _AGAIN,
    "folder.unknown_reference": _GONE,
    "folder.unknown_place": _AGAIN,
    "folder.unknown_sector": _AGAIN,
    "folder.unknown_country": _AGAIN,
    "folder.unknown_language": _AGAIN,
    "folder.unknown_rule": _AGAIN,
    "folder.unknown_currency": _AGAIN,
    "folder.key_twice": _("This key is taken. Write another."),
    "folder.rule_missing": _("People are counted by a rule. Choose one."),
    "folder.response_without_status": _("There is an answer: choose what it says."),
    "import.changed_meanwhile": _("Somebody else saved at the same moment. Save once more."),
    "import.still_needed": _("It is still needed by %(needed_by)s. Remove that first."),
}
"""In place of the format's sentences where those speak of files and quotation marks."""
_SPOT: Final = re.compile(r"(?P<kind>\w+)(?:\[(?P<key>[^\]]*)\])?(?:\.(?P<field>.*))?")
_NAMED: Final = {
    "visit": "visit", "event": "event", "contract": "contract", "indicator": "indicator",
}  # fmt: skip
"""Facts that hold the key of a thing of this kind."""
NEEDED: Final = re.compile(r"folder\.unknown_(?:reference|place)(?:_meant)?")
"""What is said of a thing that refers to one that was removed."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The thing and the field a problem is about."""

    kind: str
    key: str
    field: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A problem of another thing than the one in the form."""

    kind: str
    key: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Said:
    """Problems in the reader's language: beside controls, of other things, and the rest."""

    beside: Mapping[str, tuple[str, ...]]
    elsewhere: tuple[Elsewhere, ...] = ()
    above: tuple[str, ...] = ()


def spot_of(problem: Problem) -> Spot:
    found = _SPOT.match(problem.where.key)
    if found is None:
        return Spot("", "", "")
    return Spot(found["kind"], found["key"] or "", found["field"] or "")


def said(problems: Iterable[Problem], *, kind: Kind, key: str, choices: Choices) -> Said:
    """Every problem as a sentence where it belongs; one sentence once."""
    beside: dict[str, list[str]] = {}
    elsewhere: list[Elsewhere] = []
    above: list[str] = []
    for problem in problems:
        spot, sentence = spot_of(problem), sentence_of(problem, kind=kind, choices=choices)
        if spot.kind == kind.name and spot.key in (key, ""):
            _once(beside.setdefault(_control(kind, spot.field), []), sentence)
        elif spot.kind in {one.name for one in KINDS} and spot.key:
            name = choices.things(spot.kind).get(spot.key, spot.key) if kind_of(spot.kind) else spot.key
            elsewhere.append(Elsewhere(spot.kind, spot.key, name, sentence))
        else:
            _once(above, sentence)
    above += beside.pop("", [])
    return Said({name: tuple(found) for name, found in beside.items()}, tuple(elsewhere), tuple(above))


def _once(sentences: list[str], sentence: str) -> None:
    if sentence not in sentences:
        sentences.append(sentence)


def _control(kind: Kind, field: str) -> str:
    """The control a problem at this field stands beside; '' where it is none's."""
    known = {*controls(kind), "key"}
    parts = field.split(".")
    for length in range(len(parts), 0, -1):
        if (name := ".".join(parts[:length])) in known:
            return name
    return "scope.ends" if field == "scope" else ""


def sentence_of(problem: Problem, *, kind: Kind, choices: Choices) -> str:
    """The problem without its place, which the reader sees."""
    facts = {name: _fact(name, value, problem, kind, choices) for name, value in problem.facts.items()}
    own = _OWN.get(problem.code.removesuffix("_meant"))
    if own is not None:
        return str(own) % facts
    text = problem_text(Problem(problem.code, Place(), facts), choices.language).lstrip(":– ")
    return text[:1].upper() + text[1:]


def _fact(name: str, value: Any, problem: Problem, kind: Kind, choices: Choices) -> Any:
    """Days as the reader's language writes them, things by their names, choices by their words."""
    if not isinstance(value, str):
        return value
    try:
        return day_text(date.fromisoformat(value), choices.language, short=True)
    except ValueError:
        pass
    spot = spot_of(problem)
    if name in _NAMED:
        return choices.things(_NAMED[name]).get(value, value)
    if name == "first" and spot.kind in BY_NAME:
        return choices.things(spot.kind).get(value, value)
    if name in ("measure", "counts"):
        return choices.word("indicator", field_of(BY_NAME["indicator"], "measure"), value)
    if name == "found" and problem.code in (
        "folder.rule_counts_else",
        "folder.said_twice",
        "folder.member_of_itself",
    ):
        control = _control(kind, spot.field)
        return (
            choices.label(kind.name, field_of(kind, control), value) if control in controls(kind) else value
        )
    return value


def title_of(kind: Kind, language: str) -> str:
    """Things of this kind, as the format's own tabs call them."""
    return hints.tab_title(kind, language)
