"""Erasing a person: what goes, what remains, a deliberate tick and a recent sign-in, because it cannot be undone."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karvon.actions.erasing import erase_person
from karvon.queries.erasing import to_erase
from karvon.queries.people import shown_name
from karvon.rules.problems import Refused
from karvon.rules.wording import number_text
from karvon.web.access import actor
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, show, tell, to
from karvon.web.people.review import refusal_text
from karvon.web.proof import prove_again


@of_programme("people", changes=True)
def erase(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    """What erasing this person does; done by POST with the tick."""
    programme = request.programme.key
    found = to_erase(programme, key)
    if found is None:
        raise Http404
    prove_again(request)
    problem = ""
    if request.method == "POST":
        if request.POST.get("sure") != "yes":
            problem = _t("Nothing was erased. Tick that you mean it, because it cannot be undone.")
        else:
            try:
                done = erase_person(programme, key, by=actor(request))
            except Refused as refused:
                problem = refusal_text(refused)
            else:
                shown = {"shown": number_text(done.lines, current())}
                sentence = ngettext(
                    "The text of %(shown)s line was erased for good. What was counted stays counted.",
                    "The text of %(shown)s lines was erased for good. What was counted stays counted.",
                    done.lines,
                )
                tell(request, sentence % shown)
                return redirect(to(request, "person", key))
    name = shown_name(programme, key)
    return show(
        request,
        "people/erase.html",
        {"found": found, "name": name, "problem": problem},
        crumbs=(
            crumb(request, _("People"), "people"),
            crumb(request, name or _("Erased name"), "person", key),
            Crumb(_("Erase this person")),
        ),
        status=422 if problem else 200,
    )
