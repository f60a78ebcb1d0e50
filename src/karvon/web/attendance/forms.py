"""What is corrected about a line, and how many heads were counted."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final, Literal, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from karvon.actions.attendance import MOST_AT_ONCE, SameForAll
from karvon.queries.attendance import EventAttendance, OneLine
from karvon.rules.attendance import CorrectedField, Correction, hours_said
from karvon.rules.reporting.dates import day_text
from karvon.rules.wording import number_text
from karvon.web.attendance.words import PRESENCE
from karvon.web.languages import current
from karvon.web.words import ROLE

WHOLE: Final = "whole"
"""Stands for the event as a whole, where a sheet names no day."""
MOST_HEADS: Final = 10**6
TICKED: Final = "ticked"
EVERYBODY: Final = "all"
OWN: Final = "own"
"""Stands for the days each line's list names."""
AS_SHEETS: Final = "sheets"
WRONG_HOURS: Final = _("Write a number of hours, such as 6 or 7.5; a day has at most 24.")


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
                self.add_error(name, WRONG_HOURS)
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


class SayTheSame(forms.Form):
    """The same about many lines of the event at once; what is left empty stays as it is."""

    which = forms.ChoiceField(label=_("For whom"))
    on = forms.ChoiceField(label=_("When"))
    status = forms.ChoiceField(required=False, label=_("Presence"))
    hours = forms.CharField(
        required=False,
        max_length=7,
        label=_("Hours"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    role = forms.ChoiceField(required=False, label=_("Role on every day"))
    reason = forms.CharField(
        required=False,
        max_length=500,
        label=_("Why"),
        help_text=_("For whoever reads the history: who told you, what proves it."),
        error_messages=dict.fromkeys(
            ("max_length", "null_characters_not_allowed"), _("At most 500 characters.")
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, typed: Mapping[str, Any] | None, *, found: EventAttendance, ticked: Collection[str]
    ) -> None:
        super().__init__(typed, initial={"seen": found.latest, "which": TICKED, "on": OWN})
        self.ticked = tuple(ticked)
        lines = found.page.total
        everybody = _("All %(lines)s lines of the event") % {"lines": number_text(lines, current())}
        unchanged, sheets = ("", _("leave as it is")), (AS_SHEETS, _("as the sheets say"))
        self._choose(
            "which",
            [(TICKED, _("Those ticked")), *([(EVERYBODY, everybody)] if lines <= MOST_AT_ONCE else [])],
        )
        self._choose(
            "on",
            [
                (OWN, _("On each day the lists name")),
                *([(WHOLE, _("Event as a whole"))] if found.undated else []),
                *((day.isoformat(), day_text(day, current(), short=True)) for day in found.days),
            ],
        )
        self._choose("status", [unchanged, *PRESENCE.items(), sheets])
        self._choose("role", [unchanged, *ROLE.items(), sheets])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = choices
        field.error_messages = dict.fromkeys(
            ("invalid_choice", "required"), _("Choose from what is offered.")
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        hours = str(typed.get("hours", "")).strip().replace(",", ".")
        if hours and hours_said(hours, whole=typed.get("on") in (OWN, WHOLE)) is None:
            self.add_error("hours", WRONG_HOURS)
        typed["hours"] = hours
        if typed.get("which") == TICKED and not self.ticked:
            self.add_error("which", _("Tick at least one line of the table."))
        if not (self.errors or hours or typed.get("status") or typed.get("role")):
            self.add_error("status", _("Say what is to change: presence, hours or role."))
        return typed

    @property
    def lines(self) -> tuple[str, ...] | None:
        """Those ticked; ``None`` for all of the event."""
        return self.ticked if self.cleaned_data["which"] == TICKED else None

    @property
    def said(self) -> SameForAll:
        typed = self.cleaned_data
        on: date | Literal["own", "whole"] = (
            typed["on"] if typed["on"] in (OWN, WHOLE) else date.fromisoformat(typed["on"])
        )
        return SameForAll(
            role=_said_or_left(typed["role"]),
            status=_said_or_left(typed["status"]),
            hours=typed["hours"] or None,
            on=on,
        )


def _said_or_left(chosen: str) -> str | None:
    """What is said of a field: '' that the sheets are right, ``None`` nothing."""
    return "" if chosen == AS_SHEETS else chosen or None


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
