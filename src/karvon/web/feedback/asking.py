"""The form of an event for its participants: opened through a signed link, without an account, on any telephone."""

from typing import Final

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from karvon.actions.feedback import give_feedback
from karvon.queries import feedback as questions
from karvon.queries.feedback import AskedOf
from karvon.rules.feedback import COMMENTS
from karvon.rules.problems import Refused
from karvon.web.access import needs
from karvon.web.feedback.forms import Questions
from karvon.web.feedback.tokens import link_of
from karvon.web.languages import current
from karvon.web.page import sentences, show

ENDED: Final = 410


@needs("door")
@sensitive_post_parameters(*COMMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, token: str) -> HttpResponse:
    """The questions; what is sent is kept once, however often the form is sent."""
    link = link_of(token)
    asked = questions.asked_of(link, today=timezone.localdate()) if link else None
    if asked is None:
        return show(request, "feedback/ended.html", {}, status=ENDED)
    form = Questions(request.POST if request.method == "POST" else None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        slow_down: HttpResponse | None = ratelimit.consume_or_429(request, action="give_feedback")
        if slow_down:
            return slow_down
        try:
            give_feedback(link, form.cleaned_data["key"], form.answer(language=current()))
        except Refused as refused:
            problems = sentences(refused)
        else:
            return redirect("feedback-thanks", token)
    return _page(request, "feedback/give.html", asked, {"form": form, "problems": problems})


@needs("door")
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody sees who has answered."""
    link = link_of(token)
    asked = questions.asked_of(link, today=timezone.localdate()) if link else None
    if asked is None:
        return show(request, "feedback/ended.html", {}, status=ENDED)
    return _page(request, "feedback/thanks.html", asked, {})


def _page(request: HttpRequest, template: str, asked: AskedOf, context: dict[str, object]) -> HttpResponse:
    return show(request, template, {"asked": asked, **context})
