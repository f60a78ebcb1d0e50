"""Rows in which people are typed at the desk of an event."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from karvon.rules.attendance.typed import TypedRow
from karvon.rules.programme.description import Role
from karvon.rules.reporting.dates import day_text
from karvon.web.languages import current
from karvon.web.words import ROLE

BLANK_ROWS: Final = 5
"""Rows offered at once."""
LONGEST: Final = 200


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, were it nothing at all; ``None`` where it is only shown."""
    return request.POST if request.method == "POST" else None


class TypedPerson(forms.Form):
    """One person. A row in which nothing was typed is no person and no mistake."""

    name = forms.CharField(max_length=LONGEST)
    organisation = forms.CharField(max_length=LONGEST, required=False)
    position = forms.CharField(max_length=LONGEST, required=False)
    role = forms.ChoiceField(required=False)
    days = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    known = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        typed: Mapping[str, Any] | None = None,
        *,
        number: int,
        days: Sequence[date],
        row: TypedRow | None = None,
        blank: bool = True,
    ) -> None:
        initial = (
            {
                "name": row.name, "organisation": row.organisation, "position": row.position, "role": row.role,
                "days": [day.isoformat() for day in row.days],
            }
            if row
            else {}
        )  # fmt: skip
        super().__init__(
            typed, prefix=f"r{number}", initial=initial, empty_permitted=blank, use_required_attribute=False
        )
        self.number = number
        labels = {"name": _("Name"), "organisation": _("Organisation"), "position": _("Position"), "role": _("Role"),
                  "days": _("Days")}  # fmt: skip
        for name, label in labels.items():
            self.fields[name].label = label
        for name in ("name", "organisation", "position"):
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false")
            self.fields[name].error_messages = {
                "required": _("Write the name, or empty this row."),
                "max_length": _("At most 200 letters."),
                "null_characters_not_allowed": _("This cannot be kept. Write it anew."),
            }
        choose: dict[str, Any] = {"invalid_choice": _("Choose from what is offered.")}
        role = cast(forms.ChoiceField, self.fields["role"])
        role.choices = [("", _("as the position says")), *ROLE.items()]
        role.error_messages = choose
        if days:
            ticks = cast(forms.MultipleChoiceField, self.fields["days"])
            ticks.choices = [(day.isoformat(), day_text(day, current(), short=True)) for day in days]
            ticks.error_messages = choose
        else:
            del self.fields["days"]

    @property
    def row(self) -> TypedRow | None:
        """What was typed, without doubled blanks; ``None`` for an empty row."""
        said = self.cleaned_data
        if not said.get("name"):
            return None
        return TypedRow(
            name=_plain(said["name"]),
            organisation=_plain(said["organisation"]),
            position=_plain(said["position"]),
            role=cast(Role, said["role"]),
            days=tuple(date.fromisoformat(day) for day in sorted(said.get("days", ()))),
        )


def _plain(text: str) -> str:
    return " ".join(text.split())
