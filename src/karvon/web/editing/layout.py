"""The order in which a coordinator meets the fields of each kind: the few that are needed first, then the rest."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karvon.files.programme_folder.one_record import TARGETS
from karvon.files.programme_folder.schema import KINDS, SCOPE, Field, Kind
from karvon.web.words import TABLES

Words = Promise | str
Group = tuple[Words, tuple[str, ...]]

PAYS: Final = _("Who pays")
PEOPLE: Final = _("Who takes part")
MORE: Final = _("More details")
SCOPE_PARTS: Final = tuple(f"scope.{part.name}" for part in SCOPE)

_FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    "programme": (
        "title",
        "languages",
        "starts",
        "ends",
        "home_country",
        "partner_countries",
        "lead",
        "summary",
    ),
    "contract": ("number", "funder", "title", "starts", "ends", "budget"),
    "organisation": ("name", "kind", "country", "place"),
    "membership": ("organisation", "member", "starts", "ends"),
    "expert": ("names", "role", "organisation", "position"),
    "place": ("name", "country", "region", "latitude", "longitude"),
    "facility": ("name", "kind", "operator", "place", "sectors"),
    "visit": ("direction", "title", "starts", "ends", "places"),
    "delegate": ("visit", "name", "organisation", "position", "role"),
    "event": ("visit", "kind", "title", "starts", "ends", "place", "hours", "head_count"),
    "document": ("kind", "title", "visit", "event", "contract"),
    "observation": ("event", "text", "observer", "on", "facility", "sectors"),
    "recommendation_group": ("title",),
    "recommendation": ("group", "title", "text", "addressee", "priority", "given_on"),
    "action_point": ("recommendation", "text", "owner", "due"),
    "proposal": ("title", "stage", "stage_on", "cost", "funding_sought", "summary"),
    "indicator": ("title", "measure", "rule", "parameters", TARGETS, "baseline"),
    "statement": ("text", "indicator", "comparator", "number", "published_in", "published_on"),
}
_NEXT: Final[Mapping[str, tuple[Group, ...]]] = {
    "visit": ((PAYS, ("shares",)), (PEOPLE, ("host", "experts"))),
    "event": ((PAYS, ("shares",)), (PEOPLE, ("trainers", "interpreters", "organisations"))),
    "recommendation": (
        (_("The answer"), ("response_due", "response_status", "response", "responded_on")),
        (_("What it rests on"), ("observations", "sectors")),
    ),
    "indicator": ((_("Only a part of the programme"), SCOPE_PARTS),),
    "statement": ((_("Only a part of what the indicator counts"), SCOPE_PARTS),),
}
ORDER: Final[tuple[tuple[Words, tuple[str, ...]], ...]] = (
    (_("Who and where"), ("organisation", "membership", "expert", "place", "facility")),
    (PAYS, ("contract",)),
    (_("What happened"), ("visit", "delegate", "event", "document")),
    (
        _("What came of it"),
        ("observation", "recommendation_group", "recommendation", "action_point", "proposal"),
    ),
    (_("What we say of it"), ("indicator", "statement")),
)
"""The kinds of things in the order of the page that leads to them."""
NEW: Final[Mapping[str, Words]] = {
    "contract": _("New contract"),
    "organisation": _("New organisation"),
    "membership": _("New member"),
    "expert": _("New expert"),
    "place": _("New place"),
    "facility": _("New facility"),
    "visit": _("New visit"),
    "delegate": _("New member of a delegation"),
    "event": _("New event"),
    "document": _("New document"),
    "observation": _("New observation"),
    "recommendation_group": _("New area of advice"),
    "recommendation": _("New recommendation"),
    "action_point": _("New action point"),
    "proposal": _("New proposal"),
    "indicator": _("New indicator"),
    "statement": _("New statement"),
}
"""What the form of a thing that is not there yet is called."""
WRITTEN: Final = frozenset(name for _heading, names in ORDER for name in names)
"""Kinds with pages of their own; sheets have a room to themselves, the programme itself one page."""
OF_A_FILE: Final = frozenset({"document"})
"""Kinds that begin with a file, which their form takes."""
NOT_TYPED: Final = frozenset({"key", "file", "scan", "reading"})
TYPED: Final = frozenset(
    {
        "word", "text", "choice", "day", "yes_no", "whole", "decimal", "money", "reference", "funder", "sector",
        "place", "country", "region", "language", "tongue", "shares", "head_count", "parameters", "scope", "rule",
    }
)  # fmt: skip
"""Shapes the forms know; what has another stays as it is."""
SECRET_KEY: Final = frozenset({"expert", "delegate"})
"""Kinds whose key could tell a name in an address; it is always one of chance."""

_LONG: Final = frozenset(
    {"summary", "acknowledgement", "purpose", "text", "response"}
)  # texts of more than a line
_TABLE_OF: Final[Mapping[tuple[str, str], str]] = {
    ("organisation", "kind"): "organisation",
    ("event", "kind"): "event",
    ("document", "kind"): "document",
    ("recommendation", "priority"): "priority",
    ("recommendation", "response_status"): "response",
}
HELP: Final[Mapping[str, Words]] = {
    "key": _("A short name by which other things refer to this one, in addresses and in the folder."),
    "funder": _("An organisation of the programme, or a funder Karvon knows."),
    "names": _("One spelling to a line, each exactly as written; the first is shown."),
    "spellings": _("Other ways it is written on sheets, one to a line."),
    "places": _("In the order of the journey."),
    "languages": _("In these languages you write; the first is the main one."),
    "shares": _("In per cent, at most 100 together."),
    "head_count": _("How many participants the organiser counted, day by day."),
    "hours": _("Contact hours of the whole event."),
    "event.ends": _("Leave it empty for one day."),
    "event.shares": _("In per cent, at most 100 together; or as its visit is paid."),
    "delegate.name": _("Exactly as written in the invitation."),
    "delegate.organisation": _("Choose it, or write it as it stands in the invitation."),
    "parameters": _("Only for rules that ask for a number; empty means as the rule says."),
    TARGETS: _("Without a contract it is the target of the whole programme."),
    "rule": _("How people are counted; needed where the indicator measures people."),
    "region": _("The code of the region, such as UZ-FA."),
    "response_status": _("Needed where there is an answer."),
    "as_of": _("The day on which all this was last true; empty means today."),
    "fictitious": _("Yes if every person is invented; pages and reports say so."),
    "home_country": _("It sends the experts; a visit to it is a study visit."),
    "lead": _("The organisation that runs the programme."),
    "acknowledgement": _("The sentence the funder wants on everything published."),
    "host": _("The organisation that receives the visit."),
    "structured": _("Whether it is a training with a programme of its own, as funders ask."),
    "scope.contracts": _("Nothing chosen means all."),
    "scope.countries": _("Of the participants’ organisations; nothing chosen means all."),
}


def kind_of(name: str) -> Kind | None:
    """The kind of this name, where it has pages here."""
    return next((kind for kind in KINDS if kind.name == name and name in {*WRITTEN, "programme"}), None)


def groups(kind: Kind) -> tuple[Group, ...]:
    """All controls of the form: heading and names, '' for the group that comes first. None is left out."""
    first, following = _FIRST[kind.name], _NEXT.get(kind.name, ())
    placed = {*first, *(name for _, names in following for name in names), *NOT_TYPED}
    rest = tuple(name for name in controls(kind) if name not in placed)
    return (("", first), *following, *(((MORE, rest),) if rest else ()))


def controls(kind: Kind) -> tuple[str, ...]:
    """The names of everything that is typed; each part of a scope is a control of its own."""
    names: list[str] = []
    for field in kind.fields:
        if field.name not in NOT_TYPED and field.shape in TYPED:
            names += SCOPE_PARTS if field.shape == "scope" else (field.name,)
    return (*names, TARGETS) if kind.name == "indicator" else tuple(names)


def field_of(kind: Kind, name: str) -> Field:
    """The format's field behind a control."""
    if name.startswith("scope."):
        return next(part for part in SCOPE if f"scope.{part.name}" == name)
    field = kind.field(name)
    if field is None:
        raise KeyError(name)
    return field


def is_long(field: Field) -> bool:
    return field.name in _LONG


def word_of(kind: str, field: Field, choice: str) -> Any:
    """Our word for one of the field's choices; ``None`` where the format's own is used."""
    table = _TABLE_OF.get((kind, field.name), field.name if field.name in TABLES else "")
    if field.name == "event_kinds":
        table = "event"
    return TABLES[table].get(choice) if table else None


def help_of(kind: str, name: str) -> Any:
    return HELP.get(f"{kind}.{name}", HELP.get(name, ""))
