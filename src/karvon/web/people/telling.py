"""What a decision did, in the reader's words."""

from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karvon.actions.by_hand import Settled
from karvon.queries.results.moving import Moved
from karvon.rules.reporting.figure import Figure
from karvon.rules.wording import number_text
from karvon.web.languages import current
from karvon.web.words import VERDICT

DECIDED: Final[dict[str, Promise]] = {
    "same": _("Decided: one person."),
    "different": _("Decided: two people."),
    "cannot_tell": _("Noted that nobody can tell. This doubt waits at the end of the queue."),
    "undone": _("The decision is taken back."),
}


def decided_sentence(verdict: str, moved: Moved, *, again: bool = False) -> str:
    """What was decided, which figures moved from what to what, and which statements are judged otherwise now."""
    if again:
        return _t("You had said so already; nothing was changed.")
    return " ".join((str(DECIDED[verdict]), *moved_sentences(moved)))


TAKEN_AWAY: Final = _("This line is somebody else now.")
MADE_ONE: Final = _("They are one person now.")
TAKEN_BACK: Final = _("What was said is taken back.")


def settled_sentence(words: object, done: Settled) -> str:
    """What was said of a whole person, in how many decisions, and what moved."""
    kept = ngettext(
        "%(shown)s decision about two lines is kept.",
        "%(shown)s decisions about two lines are kept.",
        done.decisions,
    ) % {"shown": number_text(done.decisions, current())}
    return " ".join((str(words), kept, *moved_sentences(done.moved)))


def moved_sentences(moved: Moved) -> Iterator[str]:
    language = current()
    for figure in moved.figures:
        yield _t("%(figure)s: %(before)s, now %(after)s.") % {
            "figure": figure.title.say(language),
            "before": figure_text(figure.before),
            "after": figure_text(figure.after),
        }
    for one in moved.statements:
        yield _t("“%(statement)s” was %(before)s and is now %(after)s.") % {
            "statement": one.text.say(language),
            "before": VERDICT[one.before],
            "after": VERDICT[one.after],
        }
    if not moved.figures and not moved.statements:
        yield _t("No figure moved.")


def figure_text(figure: Figure) -> str:
    """``152 (151–158)``, or the number alone where nothing is in doubt."""
    best, lower, upper = (
        number_text(number, current()) for number in (figure.best, figure.lower, figure.upper)
    )
    return best if figure.settled else f"{best} ({lower}–{upper})"
