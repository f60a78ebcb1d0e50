"""The questions of the form, and what they are called where their answers are shown."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvon.web.words import Words

QUESTION: Final[Words] = {
    "usefulness": _("How useful was this event for you?"),
    "relevance": _("How well did it fit your own work?"),
    "trainer": _("How good were the trainers or speakers?"),
    "organisation": _("How well was it organised?"),
    "will_use": _("What will you use in your work?"),
    "missing": _("What was missing?"),
}
ASKED: Final[Words] = {
    "usefulness": pgettext_lazy("feedback", "Usefulness"),
    "relevance": pgettext_lazy("feedback", "Fits own work"),
    "trainer": pgettext_lazy("feedback", "Trainers"),
    "organisation": pgettext_lazy("feedback", "Organisation of the event"),
    "will_use": pgettext_lazy("feedback", "Will use"),
    "missing": pgettext_lazy("feedback", "Was missing"),
}
WAY: Final[Words] = {
    "form": pgettext_lazy("feedback", "through the link"),
    "typed": pgettext_lazy("feedback", "typed in from paper"),
    "sheet": pgettext_lazy("feedback", "from a table"),
}
