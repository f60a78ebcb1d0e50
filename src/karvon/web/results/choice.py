"""What part of a figure an address asks for: a dimension, and what it is narrowed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from karvon.queries.results import DIMENSIONS, EVERYTHING, Cell, Dimension, Narrowing
from karvon.rules.counting.cells import period_of
from karvon.rules.places import sector_name
from karvon.rules.programme.description import Contract
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period
from karvon.web.languages import current
from karvon.web.periods import PeriodForm


class NarrowingForm(PeriodForm):
    """Narrows a figure. Read from the address, so that what is shown can be sent to somebody."""

    contract = forms.ChoiceField(required=False)
    sector = forms.ChoiceField(required=False)
    visit = forms.ChoiceField(required=False)

    def __init__(
        self,
        data: Any,
        *,
        contracts: Sequence[Contract],
        visits: Mapping[str, Text],
        sectors: Sequence[str],
    ) -> None:
        super().__init__(data, auto_id="narrow-%s")
        language = current()
        named: dict[str, tuple[Any, Any, list[tuple[str, str]]]] = {
            "contract": (_("Contract"), _("all contracts"), [(c.key, c.number) for c in contracts]),
            "sector": (
                _("Sector"),
                _("all sectors"),
                [(code, sector_name(code, language)) for code in sectors],
            ),
            "visit": (
                _("Visit"),
                _("all visits"),
                [(key, title.say(language)) for key, title in visits.items()],
            ),
        }
        for name, (label, everything, choices) in named.items():
            chosen = cast(forms.ChoiceField, self.fields[name])
            chosen.label = label
            chosen.choices = [("", everything), *choices]
            chosen.error_messages = {
                "invalid_choice": _("There is nothing of this name here. Choose from the list.")
            }
        self.order_fields(["contract", "starts", "ends", "sector", "visit"])

    @property
    def narrowing(self) -> Narrowing:
        """What was asked for; everything where that makes no sense."""
        if not self.is_valid():
            return EVERYTHING
        said = self.cleaned_data
        return Narrowing(
            contract=said["contract"],
            period=self.period,
            sector=said["sector"],
            visit=said["visit"],
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """A dimension and a narrowing, as an address says them."""

    by: Dimension
    narrowing: Narrowing = EVERYTHING

    def address(self, cell: Cell | None = None) -> str:
        """The query of this choice, of one cell of it where given; '' for the page as it opens."""
        asked: dict[str, str] = {}
        if cell is not None:
            asked |= {"by": cell.by, "part": cell.value}
        elif self.by != "contract":
            asked["by"] = self.by
        asked |= _said(self.narrowing)
        return f"?{urlencode(asked)}" if asked else ""

    def within(self, value: str) -> str:
        """The query that narrows the figure to this part; '' where a part is nothing to narrow to."""
        if not value or value == "several":
            return ""
        narrowing = self.narrowing
        match self.by:
            case "contract":
                narrowing = replace(narrowing, contract=value)
            case "sector":
                narrowing = replace(narrowing, sector=value)
            case "visit":
                narrowing = replace(narrowing, visit=value)
            case "month" | "quarter" | "year":
                narrowing = replace(narrowing, period=_both(narrowing.period, period_of(value)))
            case _:
                return ""
        return Choice(self.by, narrowing).address()


def _both(one: Period, other: Period) -> Period:
    """The days of both."""
    starts = max((day for day in (one.starts, other.starts) if day), default=None)
    ends = min((day for day in (one.ends, other.ends) if day), default=None)
    return Period(starts, ends)


def _said(narrowing: Narrowing) -> dict[str, str]:
    def day(value: date | None) -> str:
        return value.isoformat() if value else ""

    said = {
        "contract": narrowing.contract,
        "starts": day(narrowing.period.starts),
        "ends": day(narrowing.period.ends),
        "sector": narrowing.sector,
        "visit": narrowing.visit,
    }
    return {name: value for name, value in said.items() if value}


def dimension_of(request: HttpRequest) -> Dimension:
    """The dimension the address names; by contract where it names none."""
    by = request.GET.get("by", "") or "contract"
    if by not in DIMENSIONS:
        raise Http404
    return by


def cell_of(request: HttpRequest) -> Cell | None:
    """The cell the address names; ``None`` for the whole figure."""
    if "part" not in request.GET:
        return None
    return Cell(dimension_of(request), request.GET["part"])
