"""The words of dimensions and of their parts."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvon.queries.results import Dimension, Part
from karvon.rules.counting.cells import NOT_STATED, SEVERAL, period_of
from karvon.rules.places import country_name
from karvon.rules.reporting.dates import month_text
from karvon.web.languages import current

BY: Final[Mapping[Dimension, Promise]] = {
    "contract": _("By contract"),
    "month": _("By month"),
    "quarter": _("By quarter"),
    "year": _("By year"),
    "sector": _("By sector"),
    "region": _("By region"),
    "sex": _("By sex"),
    "organisation": _("By organisation"),
    "country": _("By country"),
    "visit": _("By visit"),
    "event": _("By event"),
}
OF_EACH: Final[Mapping[Dimension, Promise]] = {
    "contract": _("Contract"),
    "month": _("Month"),
    "quarter": _("Quarter"),
    "year": _("Year"),
    "sector": _("Sector"),
    "region": _("Region"),
    "sex": _("Sex"),
    "organisation": _("Organisation"),
    "country": _("Country"),
    "visit": _("Visit"),
    "event": _("Event"),
}
SEX: Final[Mapping[str, Promise]] = {"f": _("women"), "m": _("men")}
SEX_OF_ONE: Final[Mapping[str, Promise]] = {
    "f": pgettext_lazy("sex of a person", "female"),
    "m": pgettext_lazy("sex of a person", "male"),
}
REACHED: Final[Mapping[str, Promise]] = {
    "reached": _("target reached"),
    "open": _("open: the doubts decide whether the target is reached"),
    "short": _("target not reached yet"),
}


def part_words(by: Dimension, part: Part) -> str:
    """How a part is called where it has no name of its own."""
    return value_words(by, part.value) or part.name.say(current())


def value_words(by: Dimension, value: str) -> str:
    """The words for a value that is a month, a sex, not stated ...; '' for one with a name."""
    if value == NOT_STATED:
        return str(_("not stated"))
    if value == SEVERAL:
        return str(_("more than one stated"))
    match by:
        case "sex":
            return str(SEX.get(value, value))
        case "country":
            return country_name(value, current())
        case "month":
            return month_text(period_of(value).starts or date.min, current())
        case "quarter":
            year, _dash, quarter = value.partition("-Q")
            return str(_("quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": year})
        case "year":
            return value
        case _:
            return ""
