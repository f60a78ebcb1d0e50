"""One's own account, and the one-time links that lead to it."""

from typing import Any, Final, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karvon.actions import accounts as actions
from karvon.actions.journal import Actor
from karvon.queries import accounts as questions
from karvon.records.models import User
from karvon.rules.access import digest_of
from karvon.rules.problems import Refused
from karvon.web.access import actor, from_this_machine, needs, reader_of
from karvon.web.accounts.forms import ChooseLanguage, LostPassword, OpenAccount, PasteLink
from karvon.web.accounts.letters import send_link
from karvon.web.accounts.outbox import behind
from karvon.web.languages import code_of, current
from karvon.web.page import Crumb, sentences, show

LINK: Final = "one_time_link"
"""Where the session keeps the digest of the link somebody came by."""
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@needs("own_account")
@get_or_post
def own_account(request: HttpRequest) -> HttpResponse:
    """How one signs in, what one may see, and the language of the pages."""
    user = cast(User, request.user)
    key = user.pk
    form = ChooseLanguage(request.POST or None, initial={"language": user.language or current()})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["language"]
        actions.choose_language(key, chosen, by=actor(request))
        return redirect(f"/{code_of(chosen)}{reverse('mfa_index').removeprefix(f'/{code_of(current())}')}")
    return show(
        request,
        "accounts/own.html",
        {
            "account": questions.account(key),
            "ways": questions.ways_in(key),
            "proven": reader_of(request).proven,
            "form": form,
        },
        crumbs=(Crumb(_("Your account")),),
    )


@needs("door")
@get_or_post
def paste_link(request: HttpRequest) -> HttpResponse:
    """Where a one-time link can be pasted, and what one is."""
    form = PasteLink(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _open(request, form.cleaned_data["link"])
    context = {"form": form, "first": not questions.has_accounts(), "here": from_this_machine(request)}
    return show(request, "accounts/link.html", context)


@needs("door")
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: remembered by its digest, so that the token stands in no further address.

    Whatever was copied along with the token comes here, too: an address that is not there would be logged.
    """
    return _open(request, token)


@needs("door")
@sensitive_post_parameters("password")
@get_or_post
def use_link(request: HttpRequest) -> HttpResponseBase:
    """The page behind a one-time link: a password, and for the first account an address."""
    digest = request.session.get(LINK, "")
    link = questions.link(digest) if digest else None
    if link is None:
        return show(request, "accounts/link_ended.html", {}, status=410)
    form = OpenAccount(request.POST or None, email=link.email)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.use_link(
                digest,
                password=form.cleaned_data["password"],
                email=form.cleaned_data.get("email", ""),
                language=current(),
            )
        except Refused as refused:
            problems = sentences(refused)
        else:
            del request.session[LINK]
            record_authentication(request, user, method="password", reauthenticated=True)
            response: HttpResponseBase = perform_login(request, user, redirect_url=reverse("mfa_index"))
            return response
    return show(request, "accounts/welcome.html", {"link": link, "form": form, "problems": problems})


@needs("door")
@get_or_post
def lost_password(request: HttpRequest) -> HttpResponseBase:
    """A letter with a one-time link, to addresses that have an account; the answer is the same for all."""
    form = LostPassword(request.POST or None)
    if request.method == "POST" and settings.KARVON_MAIL and form.is_valid():
        email = form.cleaned_data["email"].lower()
        slow_down: HttpResponse | None = ratelimit.consume_or_429(request, action="reset_password", key=email)
        if slow_down:
            return slow_down
        reads = current()
        behind(lambda: _write_to(email, reads))
        return show(request, "accounts/lost_sent.html", {})
    return show(request, "accounts/lost.html", {"form": form, "mail": settings.KARVON_MAIL})


def _write_to(email: str, language: str) -> None:
    """The letter to somebody who lost the password, if the address has an account; it speaks their language."""
    key = questions.account_of(email)
    found = questions.account(key) if key else None
    if found is None:
        return
    token = actions.make_link(found.id, purpose="password", by=Actor("web"))
    letter = "password" if found.accepted else "invitation"
    send_link(email, token, letter=letter, language=found.language or language)


@needs("door")
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Nobody makes an account of their own accord; the address is only there because the library names it."""
    raise Http404


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # ships no types
    template_name = "accounts/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A passkey of ours always signs in by itself: it is kept on the device and asks who is there."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        found["js_data"] = {"creation_options": begin_registration(self.request.user, True)}
        return found


class PasskeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc]  # ships no types
    template_name = "accounts/again_passkey.html"

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """Say what was wrong where it was."""
        response: HttpResponseBase = self.render_to_response(self.get_context_data())
        return response


@needs("own_account")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Whoever sits at this browser next finds no page and no scan in its cache."""
    get_adapter().logout(request)
    response = redirect("home")
    response["Clear-Site-Data"] = '"cache"'
    return response


def _open(request: HttpRequest, token: str) -> HttpResponse:
    digest = digest_of(token)
    if questions.link(digest):
        if request.user.is_authenticated:
            logout(request)  # the link is for another account, or makes this one anew
        request.session[LINK] = digest
    elif LINK in request.session:
        del request.session[LINK]
    return redirect("link-use")
