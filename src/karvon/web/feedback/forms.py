"""The form of the questions, and the one that opens a link."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from karvon.actions.journal import new_id
from karvon.rules.feedback import COMMENTS, LONGEST_COMMENT, MARKS, Answer, Comment, Mark
from karvon.web.feedback.words import QUESTION

MARK_CHOICES: Final = [(str(mark), str(mark)) for mark in range(1, 6)]


class Questions(forms.Form):
    """Four marks and two questions in words; each may be left out, all of them not. ``key`` makes it one answer."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, typed: Mapping[str, Any] | None = None) -> None:
        super().__init__(typed, initial={"key": new_id()}, use_required_attribute=False)
        wrong = {"invalid_choice": _("Choose a mark from 1 to 5.")}
        for mark in MARKS:
            self.fields[mark] = forms.ChoiceField(
                required=False,
                label=str(QUESTION[mark]),
                choices=MARK_CHOICES,
                widget=forms.RadioSelect,
                error_messages=wrong,
            )
        long = _("At most %(most)s letters, please.") % {"most": LONGEST_COMMENT}
        for comment in COMMENTS:
            self.fields[comment] = forms.CharField(
                required=False,
                label=str(QUESTION[comment]),
                max_length=LONGEST_COMMENT,
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": False, "autocomplete": "off"}),
                error_messages={
                    "max_length": long,
                    "null_characters_not_allowed": _("This cannot be kept. Write it anew."),
                },
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not self._answer(said, ""):
            raise forms.ValidationError(_("Answer at least one question."))
        return said

    def answer(self, *, language: str) -> Answer:
        """What was said, in the words as they were written."""
        return self._answer(self.cleaned_data, language)

    @staticmethod
    def _answer(said: Mapping[str, Any], language: str) -> Answer:
        marks: dict[Mark, int] = {mark: int(said[mark]) for mark in MARKS if said.get(mark)}
        words: dict[Comment, str] = {
            comment: said[comment].replace("\r\n", "\n").strip()
            for comment in COMMENTS
            if (said.get(comment) or "").strip()
        }
        return Answer(marks, words, language)


class OpenLink(forms.Form):
    """Until when the link works."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    ends = forms.DateField(
        label=_("Works until"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )

    def __init__(self, typed: Mapping[str, Any] | None = None, *, until: date) -> None:
        super().__init__(typed, initial={"key": new_id(), "ends": until}, use_required_attribute=False)
        wrong = _("Choose a day from today on.")
        self.fields["ends"].error_messages = dict.fromkeys(("required", "invalid"), wrong)

    def clean_ends(self) -> date:
        ends: date = self.cleaned_data["ends"]
        if ends < timezone.localdate():
            raise forms.ValidationError(_("Choose a day from today on."))
        return ends
