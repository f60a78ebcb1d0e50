"""How a view answers: with a page of a programme, in the reader's language, never kept by a cache in between."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_from_request
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from karvon.actions.journal import new_id
from karvon.queries.programme import ProgrammeRow, programme
from karvon.rules.access import Need
from karvon.rules.problems import Refused
from karvon.rules.wording import problem_text
from karvon.web.access import first_page, reader_of, refusal
from karvon.web.context import TOLD, ways_within
from karvon.web.languages import current

Params = ParamSpec("Params")
MOST_TYPED = 200
"""Letters of a search that are read."""
SOUGHT = "sought"
"""Where a session keeps what was searched for lately, under keys that say nothing."""
MOST_SOUGHT = 20


class ProgrammeRequest(HttpRequest):
    """A request for a page of a programme, which has been looked up."""

    programme: ProgrammeRow
    room: str


View = Callable[Concatenate[ProgrammeRequest, Params], HttpResponseBase]
Answer = Callable[Concatenate[HttpRequest, str, Params], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way back; the last one, the page itself, has no address."""

    label: Any
    href: str = ""


def of_programme(
    room: str, *, need: Need = "programme", part: str = "", typed: bool = False, changes: bool = False
) -> Callable[[View[Params]], Answer[Params]]:
    """Ask whether the reader may see this need of the programme in the first part of the address; look it up.

    ``part`` names the argument that holds the key of the contract or expert the page is about. Whoever may not
    see it is told what `karvon.web.access.refusal` says, and 404 answers for a programme that is not there.
    Pages only read, so they answer GET and HEAD; a ``typed`` one also answers POST, because what somebody
    types (a name) must not stand in an address. A page that ``changes`` something answers POST as well, and is
    there for whoever may change the programme, whatever its need says.
    """

    needed: Need = "change" if changes else need

    def decorate(view: View[Params]) -> Answer[Params]:
        @wraps(view)
        def answer(
            request: HttpRequest, programme_key: str, *args: Params.args, **kwargs: Params.kwargs
        ) -> HttpResponseBase:
            asked_of = str(kwargs[part]) if part else ""
            if refused := refusal(request, needed, programme=programme_key, part=asked_of):
                return refused
            found = programme(programme_key)
            if found is None:
                raise Http404
            mine = cast(ProgrammeRequest, request)
            mine.programme, mine.room = found, room
            return view(mine, *args, **kwargs)

        allow = require_http_methods(["GET", "HEAD", "POST"]) if typed or changes else require_safe
        guarded = allow(answer)
        guarded.need = needed  # type: ignore[attr-defined]  # what the test of all addresses reads
        return cast("Answer[Params]", guarded)

    return decorate


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    crumbs: tuple[Crumb, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page; a reader who chose this language by its address is given it again on the front page."""
    room = getattr(request, "room", "")
    within = ways_within(request, room) if room else ()
    shown = {**context, "crumbs": _way_back(request, crumbs), "within": within}
    if request.method == "POST" and "looked_for" in context and reader_of(request).signed_in:
        shown["sought"] = _found_again_at(request, context["looked_for"])
    response = render(request, template, shown, status=status)
    response["Cache-Control"] = "private, no-store"  # names stand on nearly every page
    code = get_language() or "en"
    if code != get_language_from_request(request):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response


def crumb(request: ProgrammeRequest, label: Any, name: str, *args: Any) -> Crumb:
    """A step to a page of the programme."""
    return Crumb(label, to(request, name, *args))


def to(request: ProgrammeRequest, name: str, *args: Any) -> str:
    """The address of a page of the programme."""
    return reverse(name, args=(request.programme.key, *args))


def typed(request: HttpRequest) -> str:
    """What was typed into a search field, shortened; or what this session searched for under the key in the address."""
    if request.method != "POST" and (key := request.GET.get(SOUGHT)):
        return str(request.session.get(SOUGHT, {}).get(key, ""))
    return " ".join(request.POST.get("q", "").split())[:MOST_TYPED]


def _found_again_at(request: HttpRequest, looked_for: str) -> str:
    """The address that finds the same again in this session and names nobody, so that a browser's Back leads to what
    was found instead of asking whether to send the form once more.
    """
    asked = {name: said for name, said in request.GET.items() if name not in (SOUGHT, "page")}
    if looked_for:
        kept: dict[str, str] = request.session.get(SOUGHT, {})
        key = next((key for key, said in kept.items() if said == looked_for), "") or new_id()
        kept.pop(key, None)
        request.session[SOUGHT] = dict([*kept.items(), (key, looked_for)][-MOST_SOUGHT:])
        asked[SOUGHT] = key
    if page_number(request) > 1:
        asked["page"] = str(page_number(request))
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def sentences(refused: Refused) -> list[str]:
    """Why something was refused, in the reader's language."""
    return [problem_text(problem, current()) for problem in refused.problems]


def tell(request: HttpRequest, sentence: Any, *, undo: str = "") -> None:
    """Say this on the next page; ``undo`` is an address that takes back, by POST, what the sentence says was done."""
    request.session[TOLD] = {"sentence": str(sentence), "undo": undo}


def page_number(request: HttpRequest) -> int:
    """The page of a list that was asked for; 1 for anything that is no page number."""
    text = request.POST.get("page") or request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 else 1


def as_of(found: ProgrammeRow) -> date:
    """The day on which things are late or not: the day the programme's facts were last true, else today."""
    return found.as_of or timezone.localdate()


def _way_back(request: HttpRequest, crumbs: tuple[Crumb, ...]) -> tuple[Crumb, ...]:
    """Crumbs after the page where the reader begins in the programme; none where they would name this page only."""
    found = getattr(request, "programme", None)
    if found is None or not crumbs:
        return crumbs if len(crumbs) > 1 else ()
    return (Crumb(_("Overview"), first_page(reader_of(request), found.key)), *crumbs)
