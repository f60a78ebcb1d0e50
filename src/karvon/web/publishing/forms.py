"""What report somebody wants: its language, contract and period."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from karvon.queries.programme import ContractRow
from karvon.rules.reporting.part import WHOLE, Part
from karvon.rules.wording import LANGUAGES
from karvon.web.languages import OWN_NAMES, current
from karvon.web.periods import PeriodForm


class OwnNames(forms.Select):
    """Languages by their own names, each marked as being in that language."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["attrs"]["lang"] = str(option["value"])
        return option


class ReportForm(PeriodForm):
    """The choice of a report. Read from the address, so that the same choice can be made again."""

    language = forms.ChoiceField(choices=[(tag, OWN_NAMES[tag]) for tag in LANGUAGES], widget=OwnNames)
    contract = forms.ChoiceField(required=False)

    def __init__(self, data: Any, *, contracts: Sequence[ContractRow]) -> None:
        super().__init__(data, auto_id="report-%s", initial={"language": current()})
        chosen = cast(forms.ChoiceField, self.fields["contract"])
        chosen.choices = [
            ("", _("all contracts, the whole programme")),
            *((c.key, c.number) for c in contracts),
        ]
        chosen.label, self.fields["language"].label = _("Contract"), _("Language")
        choose = _("There is nothing of this name here. Choose from the list.")
        for name in ("language", "contract"):
            self.fields[name].error_messages = {"invalid_choice": choose, "required": choose}
        self.order_fields(["language", "contract", "starts", "ends"])

    @property
    def part(self) -> Part:
        """What was asked for; everything where that makes no sense."""
        if not self.is_valid():
            return WHOLE
        return Part(self.cleaned_data["contract"], self.period)

    @property
    def said(self) -> dict[str, str]:
        """The choice as an address says it."""
        found = {name: self.cleaned_data[name] for name in ("language", "contract", "starts", "ends")}
        return {name: str(value) for name, value in found.items() if value}
