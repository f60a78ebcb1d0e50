"""What every page's frame needs: languages, the rooms of the programme, where the reader is."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvon import __version__
from karvon.queries.programme import contract_numbers, own_places
from karvon.rules.access import Reader, answer, parts_of
from karvon.web.access import first_page, passkeys_work, reader_of
from karvon.web.languages import OWN_NAMES, SHORT_NAMES, codes, current, tag_of

ROOMS: Final = (
    ("overview", _("Overview")),
    ("results", _("Results")),
    ("visits", _("Visits")),
    ("events", _("Events")),
    ("people", _("People")),
    ("organisations", _("Organisations")),
    ("recommendations", _("Advice")),
    ("proposals", _("Proposals")),
    ("sheets", _("Evidence")),
    ("reports", pgettext_lazy("room", "Reports")),
)
"""The rooms of a programme in the order of the navigation, by the name of their first page."""
WITHIN: Final = {
    "results": (
        ("results", _("Figures")),
        ("statements", _("Statements")),
        ("contracts", _("Contracts")),
        ("counting", _("How we count")),
    ),
    "sheets": (("sheets", _("Sheets")), ("documents", _("Documents")), ("journal", _("Journal"))),
}
"""Pages beside each other within a room."""
SAID: Final = "said"
"""Where the session keeps what was refused, for the next page."""
TOLD: Final = "told"
"""Where it keeps what was done, with the way to undo it."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the navigation; ``current`` is the value of ``aria-current``, '' elsewhere."""

    href: str
    label: Any
    current: str


@dataclass(frozen=True, slots=True)
class LanguageWay:
    href: str
    tag: str
    short: str
    name: str
    here: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Who reads, languages of the page and, within a programme, the navigation that is open to them."""
    programme = getattr(request, "programme", None)
    reader = reader_of(request)
    whole = programme is not None and answer("programme", reader, programme=programme.key) == "yes"
    return {
        "tag": current(),
        "version": __version__,
        "languages": _languages(request),
        "reader": reader,
        "mail": settings.KARVON_MAIL,
        "passkeys_work": passkeys_work(request),
        "administers": answer("accounts", reader) == "yes",
        "changes": programme is not None and answer("change", reader, programme=programme.key) == "yes",
        "said": _once(request, SAID),
        "told": _once(request, TOLD),
        "programme": programme,
        "whole": whole,
        "begins": first_page(reader, programme.key) if programme else "",
        "rooms": (_rooms(request) if whole else _parts(request, reader)) if programme else (),
        "own_places": SimpleLazyObject(lambda: own_places(programme.key)) if programme else {},
    }


def _once(request: HttpRequest, kept: str) -> Any:
    """What the page before had to say, once; nothing where it said nothing."""
    session = getattr(request, "session", None)
    return session.pop(kept) if session is not None and kept in session else None


def ways_within(request: HttpRequest, room: str) -> tuple[Way, ...]:
    """The pages beside this one within its room."""
    return tuple(_way(request, name, label, exact=True) for name, label in WITHIN.get(room, ()))


def _rooms(request: HttpRequest) -> tuple[Way, ...]:
    return tuple(_way(request, name, label, exact=False) for name, label in ROOMS)


def _parts(request: HttpRequest, reader: Reader) -> tuple[Way, ...]:
    """What is open to somebody who reads only a part of the programme."""
    key = request.programme.key  # type: ignore[attr-defined]  # set with the programme
    audited = parts_of(reader, key, "auditor")
    numbers = contract_numbers(key, audited) if audited else {}
    ways: list[tuple[str, Any]] = [
        (reverse("audit", args=(key, contract)), numbers[contract])
        for contract in audited
        if contract in numbers
    ]
    ways += [
        (reverse("expert", args=(key, expert)), _("Own work")) for expert in parts_of(reader, key, "expert")
    ]
    ways.append((reverse("reports", args=(key,)), pgettext_lazy("room", "Reports")))
    here = request.path
    return tuple(Way(href, label, _current(here, href)) for href, label in ways)


def _current(here: str, href: str) -> str:
    return "page" if here == href else "true" if here.startswith(href) else ""


def _way(request: HttpRequest, name: str, label: Any, *, exact: bool) -> Way:
    href = reverse(name, args=(request.programme.key,))  # type: ignore[attr-defined]  # set with the programme
    room = getattr(request, "room", "")
    inside = request.path.startswith(href) if exact else room == name
    here = "page" if request.path == href else "true" if inside else ""
    return Way(href, label, here)


def _languages(request: HttpRequest) -> tuple[LanguageWay, ...]:
    """The same page in every language; an address without a language leads to the front page."""
    parts = request.path_info.split("/", 2)
    rest = parts[2] if len(parts) == 3 and parts[1] in codes() else ""
    query = f"?{request.META['QUERY_STRING']}" if rest and request.META.get("QUERY_STRING") else ""
    return tuple(
        LanguageWay(
            href=f"{request.META.get('SCRIPT_NAME', '')}/{code}/{rest}{query}",
            tag=tag_of(code),
            short=SHORT_NAMES[tag_of(code)],
            name=OWN_NAMES[tag_of(code)],
            here=tag_of(code) == current(),
        )
        for code in codes()
    )
