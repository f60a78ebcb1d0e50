"""What the journal can be narrowed to."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvon.queries.journal import NOBODY, AskedEntries, Choices
from karvon.web.periods import PeriodForm
from karvon.web.words import ACTION, KIND

LONGEST_KEY: Final = 200


class JournalFilter(PeriodForm):
    """Who, kind, action and period are chosen. The object comes with a link: its key is never typed, so that no name
    gets into an address."""

    who = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    action = forms.ChoiceField(required=False)
    key = forms.CharField(required=False, max_length=LONGEST_KEY, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get("kind", "")
        kinds = {*choices.kinds, *([asked] if asked in KIND else [])}
        self._choose("who", _("Who"), [(pk, name or _command(pk)) for pk, name in choices.who])
        self._choose("kind", _("Kind of object"), _by_word([(kind, KIND.get(kind, kind)) for kind in kinds]))
        self._choose("action", _("What was done"), _by_word([(a, ACTION.get(a, a)) for a in choices.actions]))
        self.order_fields(["who", "kind", "action", "starts", "ends", "key"])

    def _choose(self, name: str, label: Any, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        field.label = label
        field.choices = [("", pgettext_lazy("journal", "all")), *choices]  # type: ignore[attr-defined]  # one of choices
        field.error_messages = {
            "invalid_choice": _("There is nothing of this kind in the journal. Choose again.")
        }

    @property
    def asked(self) -> AskedEntries:
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if "kind" not in said:
            said.pop("key", None)
        return AskedEntries(**said)


def _command(pk: str) -> Any:
    return _("command line") if pk == NOBODY else pk


def _by_word(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return sorted(choices, key=lambda choice: str(choice[1]).casefold())
