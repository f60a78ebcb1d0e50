"""What is said about a list as a whole: the event it proves, its day, sheet and role, the scan beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvon.actions.bringing import SheetSettings
from karvon.queries.bringing import DeskFile, DraftPage
from karvon.rules.programme.values import Period
from karvon.rules.reporting.dates import day_text, period_text
from karvon.web.languages import current
from karvon.web.words import ROLE


class SettingsForm(forms.Form):
    """Choices are those of the draft: its events, the days of the one chosen, the workbook's sheets, the scans."""

    event = forms.ChoiceField(label=_("Event it proves"), required=False)
    day = forms.ChoiceField(
        label=_("Day"),
        required=False,
        help_text=_("None where the list has a column for each day or speaks of the whole event."),
    )
    others = forms.BooleanField(label=_("The other lists without an event prove it, too"), required=False)
    table = forms.ChoiceField(label=_("Sheet of the workbook"), required=False)
    role = forms.ChoiceField(
        label=_("People without a role of their own are"), choices=[(key, word) for key, word in ROLE.items()]
    )
    scan = forms.ChoiceField(label=_("Signed scan"), required=False)
    pages = forms.CharField(
        label=_("Pages of the scan"),
        required=False,
        max_length=200,
        help_text=_("Numbers with commas between them. Empty: all pages."),
    )

    def __init__(
        self, *args: Any, draft: DraftPage, file: DeskFile, sheets: tuple[str, ...], **kwargs: Any
    ) -> None:
        kwargs.setdefault("prefix", None)
        kwargs.setdefault(
            "initial",
            {
                "event": file.event,
                "day": file.day.isoformat() if file.day else "",
                "table": file.table,
                "role": file.role,
                "scan": file.scan,
                "pages": ", ".join(map(str, file.pages)),
            },
        )
        super().__init__(*args, **kwargs)
        tag = current()
        self._choose("event", pgettext_lazy("event", "not chosen yet"), [
            (one.key, f"{one.title.say(tag)} · {period_text(Period(one.starts, one.ends), tag, short=True)}")
            for one in draft.events
        ])  # fmt: skip
        chosen = next((one for one in draft.events if one.key == file.event), None)
        days = chosen.days() if chosen else ()
        self._choose("day", pgettext_lazy("day", "none in particular"), [
            (day.isoformat(), day_text(day, tag)) for day in dict.fromkeys((*days, *((file.day,) if file.day else ())))
        ])  # fmt: skip
        self._choose("table", _("all of them"), [(name, name) for name in sheets])
        self._choose("scan", pgettext_lazy("scan", "none"), [(one.file, one.name) for one in draft.scans])
        if all(one.event for one in draft.lists if one.file != file.file):
            del self.fields["others"]
        if len(sheets) < 2 and not file.table:
            del self.fields["table"]
        if not draft.scans and not (file.sheet and file.pages):
            del self.fields["scan"], self.fields["pages"]
        missing = _("Choose one of those listed.")
        for field in self.fields.values():
            field.error_messages |= {"invalid_choice": missing, "required": missing}

    def _choose(self, name: str, none: Any, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", none), *choices]

    def clean_pages(self) -> tuple[int, ...]:
        parts = self.cleaned_data["pages"].replace(";", ",").replace(" ", ",").split(",")
        try:
            pages = tuple(dict.fromkeys(int(part) for part in parts if part))
        except ValueError:
            pages = (0,)
        if any(not 1 <= page <= 10_000 for page in pages):
            raise forms.ValidationError(_("Write page numbers with commas between them, for example 1, 2."))
        return pages

    def said(self, file: DeskFile) -> SheetSettings:
        """What was chosen; what was not asked stays."""
        from datetime import date

        data = self.cleaned_data
        event = data["event"]
        day = date.fromisoformat(data["day"]) if data["day"] else None
        return SheetSettings(
            event=event,
            day=day if event == file.event else None,
            table=data.get("table", file.table),
            role=data["role"],
            scan=data.get("scan", file.scan),
            pages=data.get("pages", file.pages),
        )
