"""What is corrected about a line, and how many heads were counted."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from karvon.queries.attendance import OneLine
from karvon.rules.attendance import CorrectedField, Correction, hours_said
from karvon.rules.reporting.dates import day_text
from karvon.web.attendance.words import PRESENCE
from karvon.web.languages import current
from karvon.web.words import ROLE

WHOLE: Final = "whole"
"""Stands for the event as a whole, where a sheet names no day."""
MOST_HEADS: Final = 10**6


class CorrectLine(forms.Form):
    """Role, and for each day presence and hours; what is left as the sheet says is no correction."""

    reason = forms.CharField(required=False, max_length=500)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, typed: Mapping[str, Any] | None, *, found: OneLine) -> None:
        initial: dict[str, Any] = {"seen": found.latest}
        initial |= {_name(field, day): value for (field, day), value in found.words.items()}
        super().__init__(typed, initial=initial)
        self.found = found
        choices = [("", _as_sheet(ROLE.get(found.as_read.role, found.as_read.role))), *ROLE.items()]
        fields: dict[str, forms.Field] = {"role": self._choice(_("Role on every day"), choices)}
        for cell in found.as_read.cells:
            said = PRESENCE[cell.status or "absent"]
            fields[_name("status", cell.day)] = self._choice(
                _on(_("Presence"), cell.day), [("", _as_sheet(said)), *PRESENCE.items()]
            )
            fields[_name("hours", cell.day)] = forms.CharField(
                required=False,
                max_length=7,
                label=_on(_("Hours"), cell.day),
                help_text=_("Empty: as the sheet says, else the event’s own hours."),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
            )
        reason = self.fields.pop("reason")
        reason.label, reason.help_text = (
            _("Why"),
            _("For whoever reads the history: who told you, what proves it."),
        )
        reason.error_messages = dict.fromkeys(
            ("max_length", "null_characters_not_allowed"), _("At most 500 characters.")
        )
        self.fields |= {**fields, "reason": reason}

    @staticmethod
    def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
        wrong = {"invalid_choice": _("Choose from what is offered.")}
        return forms.ChoiceField(required=False, label=label, choices=choices, error_messages=wrong)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for cell in self.found.as_read.cells:
            name = _name("hours", cell.day)
            value = str(typed.get(name, "")).strip().replace(",", ".")
            if value and hours_said(value, whole=cell.day is None) is None:
                self.add_error(name, _("Write a number of hours, such as 6 or 7.5; a day has at most 24."))
            typed[name] = value
        return typed

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Every field and session with what was chosen; '' where the sheet is right."""
        said = [Correction("role", self.cleaned_data["role"])]
        fields: tuple[CorrectedField, ...] = ("status", "hours")
        for cell in self.found.as_read.cells:
            said += [
                Correction(field, self.cleaned_data[_name(field, cell.day)], cell.day) for field in fields
            ]
        return tuple(said)


class CountHeads(forms.Form):
    """How many participants there were on each day of the event; empty where nobody counted."""

    def __init__(self, *args: Any, heads: tuple[tuple[date, int | None], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = [day for day, _counted in heads]
        wrong = _("Write a whole number of people, or nothing where nobody counted.")
        for day, counted in heads:
            self.fields[_name("heads", day)] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST_HEADS,
                initial=counted,
                label=day_text(day, current()),
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}
                ),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
            )

    @property
    def heads(self) -> Mapping[date, int | None]:
        return {day: self.cleaned_data[_name("heads", day)] for day in self.days}


def _name(field: str, day: date | None) -> str:
    return field if field == "role" else f"{field}-{day.isoformat() if day else WHOLE}"


def _as_sheet(said: Any) -> str:
    return str(_("as the sheet says: %(said)s")) % {"said": said}


def _on(label: Any, day: date | None) -> str:
    if day is None:
        return str(_("%(what)s, event as a whole")) % {"what": label}
    return f"{label}, {day_text(day, current(), short=True)}"
