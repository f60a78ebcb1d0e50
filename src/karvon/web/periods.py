"""Asking for a part of time in an address: a first and a last day, each of which may be left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karvon.rules.programme.values import Period


class PeriodForm(forms.Form):
    """Two days beside whatever else a form asks for; what makes no sense is said beside the field."""

    starts = forms.DateField(required=False)
    ends = forms.DateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("starts", _("From")), ("ends", _("Until"))):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            field.error_messages = {"invalid": _("This is no day. Write it like 2018-10-31.")}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        starts, ends = found.get("starts"), found.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day is before the first one."))
        return found

    @property
    def period(self) -> Period:
        """Of a form that makes sense."""
        return Period(self.cleaned_data["starts"], self.cleaned_data["ends"])
