"""Everybody's accounts: inviting, giving and taking roles, letting back in, closing."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from karvon.actions import accounts as actions
from karvon.queries import accounts as questions
from karvon.rules.problems import Refused
from karvon.web.access import actor, needs
from karvon.web.accounts.forms import GiveRole, Invite
from karvon.web.accounts.letters import link_address, send_link
from karvon.web.accounts.views import get_or_post
from karvon.web.languages import current
from karvon.web.page import Crumb, sentences, show
from karvon.web.proof import prove_again


@needs("accounts")
@get_or_post
def accounts(request: HttpRequest) -> HttpResponse:
    """Who has an account, and inviting somebody."""
    places = questions.role_places()
    form = Invite(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        prove_again(request)
        try:
            return _invite(request, form)
        except Refused as refused:
            form.add_error("email", sentences(refused))
    return show(
        request,
        "accounts/list.html",
        {"accounts": questions.accounts(), "form": form, "mail": settings.KARVON_MAIL},
        crumbs=(Crumb(_("Accounts")),),
    )


@needs("accounts")
@get_or_post
def account(request: HttpRequest, key: int) -> HttpResponse:
    """One account: its roles, letting its owner in again, closing it, and what was done with it."""
    found = questions.account(key)
    if found is None:
        raise Http404
    places = questions.role_places()
    wanted = request.POST.get("do", "")
    form = GiveRole(request.POST if wanted == "give" else None, places=places)
    problems: list[str] = []
    if wanted in ("link", "give", *CHANGES):
        prove_again(request)
    try:
        if wanted == "link":
            token = actions.make_link(key, purpose="anew", by=actor(request))
            return _link_made(
                request, found.email, token, purpose="invitation" if not found.accepted else "anew"
            )
        if wanted in CHANGES:
            CHANGES[wanted](request, key)
            return redirect("account", key)
        if wanted == "give" and form.is_valid() and form.grant:
            actions.grant_role(key, form.grant, by=actor(request))
            return redirect("account", key)
    except Refused as refused:
        problems = sentences(refused)
    return show(
        request,
        "accounts/account.html",
        {
            "account": found,
            "form": form,
            "problems": problems,
            "history": questions.history(key),
            "self": key == request.user.pk,
        },
        crumbs=(Crumb(_("Accounts"), reverse("accounts")), Crumb(found.email)),
    )


def _take_role(request: HttpRequest, key: int) -> None:
    role = request.POST.get("role", "")
    if (
        role.isascii() and role.isdigit() and len(role) < 19
    ):  # longer is no id, and may be no number for Python
        actions.remove_role(int(role), by=actor(request))


def _close(request: HttpRequest, key: int) -> None:
    actions.close_account(key, by=actor(request))


def _reopen(request: HttpRequest, key: int) -> None:
    actions.open_account(key, by=actor(request))


CHANGES: dict[str, Callable[[HttpRequest, int], None]] = {
    "take": _take_role,
    "close": _close,
    "reopen": _reopen,
}


def _invite(request: HttpRequest, form: Invite) -> HttpResponse:
    email, language = form.cleaned_data["email"].lower(), form.cleaned_data["language"]
    invited = actions.invite(
        email, grants=(form.grant,) if form.grant else (), language=language, by=actor(request)
    )
    return _link_made(request, email, invited.token, purpose="invitation", language=language)


def _link_made(
    request: HttpRequest, email: str, token: str, *, purpose: str, language: str = ""
) -> HttpResponse:
    """The link, shown once to be handed over; an invitation is also sent where mail is set up."""
    language = language or current()
    address = link_address(request, token, language=language)
    sent = purpose == "invitation" and send_link(email, token, letter="invitation", language=language)
    context: dict[str, Any] = {"email": email, "address": address, "sent": sent, "purpose": purpose}
    return show(
        request,
        "accounts/link_made.html",
        context,
        crumbs=(Crumb(_("Accounts"), reverse("accounts")), Crumb(email)),
    )
