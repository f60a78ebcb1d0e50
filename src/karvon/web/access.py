"""Who asks for a page, and whether they may see it: every view says what it needs through one of two decorators.

`needs` is for pages of the installation; `karvon.web.page.of_programme` for those of a programme. Both leave
``need`` on the view, and a test walks all addresses to find a view without.
"""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from karvon.actions.journal import Actor
from karvon.queries import accounts as questions
from karvon.rules.access import Need, Reader, answer, parts_of, programmes_of, reads_all
from karvon.web.proof import is_proven
from karvon.web.sessions import keep_typed

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
OWN_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
FORWARDED: Final = (
    "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_CLIENT_IP",
    "HTTP_X_CLUSTER_CLIENT_IP", "HTTP_TRUE_CLIENT_IP", "HTTP_CF_", "HTTP_X_ORIGINAL_", "HTTP_X_ENVOY_",
)  # fmt: skip
"""What headers begin with that a proxy adds: whoever it speaks for sits at another machine."""


def needs(need: Need) -> Callable[[View], View]:
    """The view shows this need of the installation; whoever may not see it is sent away before it runs.

    No cache keeps what it answers.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = refusal(request, need) or view(request, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                response["Cache-Control"] = "private, no-store"
            return response

        guarded.need = need  # type: ignore[attr-defined]  # what the test reads
        return cast(View, guarded)

    return decorate


def refusal(
    request: HttpRequest, need: Need, *, programme: str = "", part: str = ""
) -> HttpResponseRedirect | None:
    """Nothing if the reader may see it, else the way to sign in, after which they come back here.

    Raises ``Http404`` for what is nobody's business and ``PermissionDenied`` for what is known to all.
    """
    published = need == "edition" and questions.published(programme)
    said = answer(need, reader_of(request), programme=programme, part=part, published=published)
    match said:
        case "yes":
            return None
        case "sign_in":
            if need == "change":
                keep_typed(request)
            here = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('account_login')}?{here}")
        case "second_factor":
            return HttpResponseRedirect(reverse("mfa_index"))
        case "unknown":
            raise Http404
        case "forbidden":
            raise PermissionDenied


def reader_of(request: HttpRequest) -> Reader:
    """Who asks; looked up once per request. Session and account with roles take one SQL statement each."""
    known: Reader | None = getattr(request, "_reader", None)
    if known is None:
        known = _reader(request)
        request._reader = known  # type: ignore[attr-defined]  # kept for the rest of the request
    return known


def actor(request: HttpRequest) -> Actor:
    """Whoever is signed in, for the journal."""
    return Actor("web", request.user if request.user.is_authenticated else None)


def first_page(reader: Reader, programme: str) -> str:
    """Where a reader begins in a programme: at all of it, at their part, or at what it has published."""
    if answer("programme", reader, programme=programme) == "yes":
        return reverse("overview", args=(programme,))
    for contract in parts_of(reader, programme, "auditor"):
        return reverse("audit", args=(programme, contract))
    for expert in parts_of(reader, programme, "expert"):
        return reverse("expert", args=(programme, expert))
    return reverse("reports", args=(programme,))


def opens(reader: Reader, programme: str, *, published: frozenset[str]) -> bool:
    """Whether there is anything in this programme for the reader."""
    return reads_all(reader) or programme in programmes_of(reader) or programme in published


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the request was made on the machine that answers it, as far as can be told.

    No browser has spoken HTTP/1.0 for decades; proxies that were told nothing about headers still do.
    """
    if settings.KARVON_URL or request.META.get("SERVER_PROTOCOL") == "HTTP/1.0":
        return False
    if any(name.startswith(FORWARDED) for name in request.META):
        return False
    try:
        local = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        local = False
    return local and _host_name(request) in OWN_NAMES


def passkeys_work(request: HttpRequest) -> bool:
    """Browsers keep passkeys for names, not for bare addresses such as 127.0.0.1."""
    name = _host_name(request)
    return bool(name) and not (name.startswith("[") or name.replace(".", "").isdigit())


def _host_name(request: HttpRequest) -> str:
    """The host without its port; an IPv6 address in its brackets. '' for a name that is not ours."""
    try:
        host = request.get_host()
    except DisallowedHost:  # the page that says so asks, too
        return ""
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _reader(request: HttpRequest) -> Reader:
    user = getattr(request, "user", None)  # not there where the request failed before anybody was known
    if user is None:
        return Reader()
    if user.is_authenticated:
        held = getattr(user, "grants", None)  # read with the account, except right after signing in
        return Reader(
            signed_in=True,
            proven=is_proven(request),
            grants=questions.grants(user.pk) if held is None else held,
        )
    return Reader(alone=from_this_machine(request) and not questions.has_accounts())
