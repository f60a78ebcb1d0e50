"""Organisations with all their spellings: which sheets write, which are claimed, and which are one."""

import secrets
from typing import Any, Final, get_args

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karvon.actions import organisations as actions
from karvon.actions.editing import Done
from karvon.queries import organisations as spelled
from karvon.queries import programme as questions
from karvon.queries.organisations import SpellingGroup
from karvon.rules.problems import Refused
from karvon.rules.programme.description import OrganisationKind
from karvon.rules.wording import number_text
from karvon.web.access import actor
from karvon.web.context import SAID
from karvon.web.languages import OWN_NAMES, current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, page_number, show, tell, to
from karvon.web.people.review import refusal_text

KINDS: Final = get_args(OrganisationKind)
_LETTERS: Final = "23456789abcdefghjkmnpqrstvwxyz"
"""Of a key by chance: none that is mistaken for another."""


@of_programme("organisations")
def organisations(request: ProgrammeRequest) -> HttpResponse:
    return show(
        request,
        "organisations/list.html",
        {
            "organisations": questions.organisations(request.programme.key),
            "unclaimed": spelled.unclaimed_count(request.programme.key),
        },
        crumbs=(Crumb(_("Organisations")),),
    )


@of_programme("organisations")
def organisation(request: ProgrammeRequest, key: str) -> HttpResponse:
    found = questions.organisation(request.programme.key, key)
    if found is None:
        raise Http404
    return show(
        request,
        "organisations/organisation.html",
        {"page": found},
        crumbs=(crumb(request, _("Organisations"), "organisations"), Crumb(found.organisation.name)),
    )


@of_programme("organisations")
def spellings(request: ProgrammeRequest) -> HttpResponse:
    """What sheets write that no organisation claims, the same name in all its spellings together."""
    groups, page = spelled.unclaimed_spellings(request.programme.key, page=page_number(request))
    return show(
        request,
        "organisations/spellings.html",
        {"groups": groups, "page": page},
        crumbs=(crumb(request, _("Organisations"), "organisations"), Crumb(_("Spellings nobody claims"))),
    )


@of_programme("organisations", changes=True)
def claim(request: ProgrammeRequest, group: str) -> HttpResponse:
    """Whose spellings these are: an organisation of the programme, or a new one."""
    found = spelled.spelling_group(request.programme.key, group)
    if found is None:
        if request.method == "POST":
            request.session[SAID] = _t("These spellings are claimed already; nothing was changed.")
        return redirect("spellings", request.programme.key)
    wrong: dict[str, Any] = {}
    if request.method == "POST":
        try:
            done = _claimed(request, found, wrong)
        except Refused as refused:
            wrong["whole"], done = refusal_text(refused), None
        if done is not None:
            _tell(request, done, len(_chosen(request, found)))
            return redirect("spellings", request.programme.key)
    return show(
        request,
        "organisations/claim.html",
        {
            "group": found,
            "chosen": _chosen(request, found)
            if request.method == "POST"
            else [s.text for s in found.spellings],
            "organisations": questions.organisations(request.programme.key),
            "kinds": KINDS,
            "languages_of": tuple(OWN_NAMES.items()),
            "spoken": request.POST.get("language") or current(),
            "typed": request.POST,
            "name": request.POST.get("name", found.spellings[0].text),
            "new_key": _key(request),
            "wrong": wrong,
        },
        crumbs=(
            crumb(request, _("Organisations"), "organisations"),
            crumb(request, _("Spellings nobody claims"), "spellings"),
            Crumb(_("Whose spellings are these?")),
        ),
    )


@of_programme("organisations", changes=True)
def merge(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Which other organisation is this one, too."""
    programme = request.programme.key
    found = questions.organisation(programme, key)
    if found is None:
        raise Http404
    wrong = ""
    gone = request.POST.get("other", "")
    if request.method == "POST" and not gone:
        wrong = _t("Choose the organisation that is the same.")
    elif request.method == "POST":
        try:
            merged = actions.merge_organisations(programme, key, gone, by=actor(request))
        except Refused as refused:
            wrong = refusal_text(refused)
        else:
            undo = to(request, "part-organisations", merged.entry)
            tell(request, _t("They are one organisation now; all spellings are kept."), undo=undo)
            return redirect("organisation", programme, key)
    return show(
        request,
        "organisations/merge.html",
        {
            "page": found,
            "others": [row for row in questions.organisations(programme) if row.key != key],
            "gone": gone,
            "wrong": wrong,
        },
        crumbs=(
            crumb(request, _("Organisations"), "organisations"),
            crumb(request, found.organisation.name, "organisation", key),
            Crumb(_("The same organisation as …")),
        ),
    )


@of_programme("organisations", changes=True)
def part(request: ProgrammeRequest, entry: int) -> HttpResponse:
    """Make two organisations again of those made one."""
    if request.method != "POST":
        return redirect("organisations", request.programme.key)
    try:
        done = actions.part_organisations(request.programme.key, entry, by=actor(request))
    except Refused as refused:
        request.session[SAID] = refusal_text(refused)
        return redirect("organisations", request.programme.key)
    tell(request, _t("They are two organisations again."))
    return redirect("organisation", request.programme.key, done.kept)


def _claimed(request: ProgrammeRequest, group: SpellingGroup, wrong: dict[str, Any]) -> Done | None:
    """What was done with the spellings chosen; nothing, and ``wrong`` says why, where something is missing."""
    chosen = _chosen(request, group)
    if not chosen:
        wrong["spellings"] = _t("Choose at least one spelling.")
    whose = request.POST.get("whose", "")
    if not whose:
        wrong["whose"] = _t("Choose an organisation, or make a new one.")
    if wrong:
        return None
    if whose != "new":
        return actions.claim_spellings(request.programme.key, whose, chosen, by=actor(request))
    name = " ".join(request.POST.get("name", "").split())[:500]
    language, kind = request.POST.get("language", ""), request.POST.get("kind", "")
    if not name:
        wrong["name"] = _t("Write the name of the new organisation.")
    if language not in OWN_NAMES or kind not in KINDS:
        wrong["kind"] = _t("Choose the language of the name and the kind of organisation.")
    if wrong:
        return None
    return actions.describe_organisation(
        request.programme.key,
        _key(request),
        name=name,
        language=language,
        kind=kind,
        spellings=chosen,
        by=actor(request),
    )


def _chosen(request: ProgrammeRequest, group: SpellingGroup) -> list[str]:
    wanted = set(request.POST.getlist("spelling"))
    return [one.text for one in group.spellings if one.text in wanted]


def _key(request: ProgrammeRequest) -> str:
    """The new organisation's key, the same however often the form is sent."""
    sent = request.POST.get("key", "")
    if len(sent) == 12 and set(sent) <= set(_LETTERS):
        return sent
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def _tell(request: ProgrammeRequest, done: Done, spellings: int) -> None:
    said = ngettext(
        "%(shown)s spelling is claimed; the lines that carry it name the organisation now.",
        "%(shown)s spellings are claimed; the lines that carry them name the organisation now.",
        spellings,
    ) % {"shown": number_text(spellings, current())}
    tell(request, said, undo=to(request, "take-back", done.entry) if done.entry else "")
