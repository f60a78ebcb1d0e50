"""What stands on the page for each field: inputs with what is written in them, made of the format's own table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, Literal

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvon import catalog
from karvon.files.programme_folder import hints
from karvon.files.programme_folder.one_record import TARGETS
from karvon.files.programme_folder.schema import TARGET, Field, Kind
from karvon.rules.reporting.dates import day_text
from karvon.rules.wording import LANGUAGES, money_text, number_text
from karvon.web.editing.choices import Choices, OptionGroup
from karvon.web.editing.layout import PAYS, field_of, groups, help_of, is_long
from karvon.web.editing.typed import head_rows, named_values, target_rows
from karvon.web.languages import OWN_NAMES

Words = Promise | str
Shape = Literal["one", "texts", "parts", "ticks", "rows"]
Input = Literal["text", "area", "date", "number", "select", "tick"]

EMPTY_ROWS: Final = 2
MOST_DAYS: Final = 10
"""Days of an event for which rows of head-counts are offered by themselves."""
CURRENCIES: Final = ("EUR", "USD", "UZS")


@dataclass(frozen=True, slots=True)
class Part:
    """One input."""

    name: str
    input: Input
    value: str = ""
    label: Words = ""
    language: str = ""
    """Of the text, where it is one."""
    groups: tuple[OptionGroup, ...] = ()
    empty: Words = ""
    """What a choice of nothing is called."""
    ticked: bool = False
    number: int = 0
    """Which of several inputs with one name it is."""

    @property
    def offers_nothing(self) -> bool:
        """It is a choice of things that have to be written down first."""
        return self.input == "select" and not any(group.options for group in self.groups)

    @property
    def id(self) -> str:
        spot = self.name.replace(".", "-").replace(":", "-")
        return f"f-{spot}-{self.number}" if self.number else f"f-{spot}"


@dataclass(frozen=True, slots=True)
class Control:
    """A field as a reader meets it: its label, its inputs, what is wrong, and what somebody else wrote meanwhile."""

    name: str
    label: str
    shape: Shape
    parts: tuple[Part, ...] = ()
    rows: tuple[tuple[Part, ...], ...] = ()
    help: Words = ""
    needed: bool = False
    errors: tuple[str, ...] = ()
    theirs: str | None = None
    written: bool = False
    """Whether anything stands in it."""

    @property
    def id(self) -> str:
        return f"c-{self.name.replace('.', '-')}"

    @property
    def described(self) -> str:
        """The ids of what is said about it."""
        said = {"help": self.help, "wrong": self.errors, "theirs": self.theirs is not None}
        return " ".join(f"{self.id}-{what}" for what, there in said.items() if there)

    @property
    def others_written(self) -> str:
        """Languages after the first in which something is written."""
        return ", ".join(part.language for part in self.parts[1:] if part.value)

    @property
    def others_open(self) -> bool:
        """Whether other languages are shown at once: where the first is empty, or something is wrong."""
        return bool(self.errors) or (bool(self.others_written) and not self.parts[0].value)


@dataclass(frozen=True, slots=True)
class Section:
    """Controls below a heading; the first section has none."""

    heading: Words
    controls: tuple[Control, ...]

    @property
    def open(self) -> bool:
        """Whether it is shown at once: who pays always, the rest where something stands in it."""
        return self.heading == PAYS or any(
            one.errors or one.written or one.theirs is not None for one in self.controls
        )


@dataclass(frozen=True, slots=True)
class Form:
    """All there is to draw one thing's form from: kind, what may be chosen, values, and the rows that were typed."""

    kind: Kind
    choices: Choices
    values: Mapping[str, Any]
    post: QueryDict | None = None
    more: str = ""
    """The control that is to have another row."""

    @property
    def language(self) -> str:
        return self.choices.language

    def sections(
        self,
        *,
        errors: Mapping[str, Sequence[str]] | None = None,
        theirs: Mapping[str, str] | None = None,
    ) -> tuple[Section, ...]:
        errors, theirs = errors or {}, theirs or {}
        return tuple(
            Section(
                heading,
                tuple(
                    replace(self._control(name), errors=tuple(errors.get(name, ())), theirs=theirs.get(name))
                    for name in names
                ),
            )
            for heading, names in groups(self.kind)
        )

    def value(self, name: str) -> Any:
        """What stands in the values behind a control."""
        if name.startswith("scope."):
            return self.values.get("scope", {}).get(name.removeprefix("scope."))
        return self.values.get(name)

    def _control(self, name: str) -> Control:
        value = self.value(name)
        if name == TARGETS:
            control = self._targets()
        else:
            control = self._of_shape(name, field_of(self.kind, name), value)
        return replace(control, written=value not in (None, "", [], {}))

    def label(self, name: str) -> str:
        """The field's name, as the format's own headings say it."""
        if name == TARGETS:
            return hints.tab_title(TARGET, self.language)
        if name.startswith("scope."):
            title = self._title(f"scope_{name.removeprefix('scope.')}").partition(": ")[2]
            return title[:1].upper() + title[1:]
        field = field_of(self.kind, name)
        return self._title(f"{name}_amount" if field.shape == "money" else name)

    def _title(self, column: str) -> str:
        return hints.column_title(self.kind, column, self.language)

    def _of_shape(self, name: str, field: Field, value: Any) -> Control:
        made = Control(name, self.label(name), "one", help=help_of(self.kind.name, name), needed=field.needed)
        match field.shape:
            case "text":
                return replace(made, shape="texts", parts=self._texts(name, field, value or {}))
            case "money":
                return replace(made, shape="parts", parts=self._money(name, value or {}))
            case "shares":
                return replace(made, shape="parts", parts=self._shares(value))
            case "parameters":
                return replace(made, shape="parts", parts=self._parameters(value or {}))
            case "head_count":
                return replace(made, shape="rows", rows=self._head_counts(value or {}))
        if (self.kind.name, name) == ("delegate", "organisation"):
            return replace(made, shape="parts", parts=self._party(str(value or "")))
        if field.many and field.shape in ("reference", "sector", "choice"):
            return replace(made, shape="ticks", parts=self._ticks(name, field, value or []))
        if field.many and field.shape != "word":
            return replace(made, shape="rows", rows=self._selects(name, field, value or []))
        return replace(made, parts=(self._part(name, field, value),))

    def _part(self, name: str, field: Field, value: Any) -> Part:
        match field.shape:
            case "word" if field.many:
                return Part(name, "area", "\n".join(value or ()))
            case "day":
                return _day(name, value)
            case "whole" | "decimal":
                return Part(name, "number", str(value or ""))
            case "yes_no":
                return self._yes_no(name, value)
            case "word" | "region":
                return Part(name, "text", str(value or ""))
        chosen = str(value or "")
        offered = self.choices.options(self.kind.name, field, chosen=[chosen])
        return Part(name, "select", chosen, groups=offered, empty=_("– choose –") if field.needed else "–")

    def _yes_no(self, name: str, value: Any) -> Part:
        said = {True: "true", False: "false"}.get(value, "")
        yes_no = (("true", str(_("yes"))), ("false", str(_("no"))))
        usual = _("yes for a training, no for the rest") if name == "structured" else ""
        return Part(name, "select", said, groups=self.choices.alone(yes_no), empty=usual or "–")

    def _texts(self, name: str, field: Field, said: Mapping[str, str]) -> tuple[Part, ...]:
        """One input per language: the reader's first, the programme's, and those something is written in already."""
        own = sorted(
            self.choices.description.programme.languages or (self.language,),
            key=lambda tag: tag != self.language,
        )
        every = self.kind.name == "programme"  # its languages are chosen beside it
        tags = [*own, *(tag for tag in LANGUAGES if tag not in own and (every or tag in said))]
        shape: Input = "area" if is_long(field) else "text"
        return tuple(
            Part(f"{name}.{tag}", shape, said.get(tag, ""), label=OWN_NAMES[tag], language=tag)
            for tag in tags
        )

    def _money(self, name: str, said: Mapping[str, str]) -> tuple[Part, ...]:
        currency = said.get("currency") or CURRENCIES[0]
        others = dict.fromkeys((*CURRENCIES, currency))
        return (
            Part(f"{name}.amount", "number", said.get("amount", ""), label=_("Amount")),
            Part(
                f"{name}.currency", "select", currency, label=_("Currency"),
                groups=self.choices.alone((one, one) for one in others),
            ),
        )  # fmt: skip

    def _shares(self, value: Mapping[str, str] | None) -> tuple[Part, ...]:
        """One input per contract; an event's begin with the choice whether it is paid as its visit."""
        said = dict(value or {})
        if self.post is not None:
            said = named_values(self.post, "shares")
        contracts = dict(self.choices.things("contract"))
        contracts |= {key: key for key in said if key not in contracts}
        parts = [
            Part(f"shares.{key}", "number", said.get(key, ""), label=f"{number}, %")
            for key, number in contracts.items()
        ]
        if self.kind.name == "event":
            own = (
                "own" if value is not None or (self.post is not None and self.post.get("shares:own")) else ""
            )
            otherwise = self.choices.alone((("own", str(_("otherwise, as written here"))),))
            parts.insert(
                0,
                Part("shares:own", "select", own, label=_("Paid"), groups=otherwise, empty=_("as its visit")),
            )
        return tuple(parts)

    def _parameters(self, said: Mapping[str, str]) -> tuple[Part, ...]:
        """An input for every number that a counting rule asks for."""
        named: dict[str, str] = {}
        for rule in catalog.names("counting_rules"):
            data = catalog.load(f"counting_rules/{rule}")
            for parameter in data.get("parameters", {}):
                worded = _PARAMETER.get(parameter)
                label = f"{data['name'][self.language]}: {worded}" if worded else f"{rule}: {parameter}"
                named.setdefault(parameter, label)
        named |= {name: name for name in said if name not in named}
        return tuple(
            Part(f"parameters.{name}", "number", said.get(name, ""), label=label)
            for name, label in named.items()
        )

    def _party(self, value: str) -> tuple[Part, ...]:
        known = self.choices.things("organisation")
        offered = self.choices.alone(known.items())
        return (
            Part("organisation", "select", value if value in known else "", label=_("Of the programme"),
                 groups=offered, empty="–"),
            Part("organisation:written", "text", "" if value in known else value, label=_("Or as written")),
        )  # fmt: skip

    def _ticks(self, name: str, field: Field, chosen: Sequence[str]) -> tuple[Part, ...]:
        """A tick for everything that may be chosen: first what is, in its order."""
        offered = {
            option.value: option.label
            for group in self.choices.options(self.kind.name, field, chosen=chosen)
            for option in group.options
        }
        in_order = dict.fromkeys((*chosen, *offered))
        return tuple(
            Part(name, "tick", one, label=offered[one], ticked=one in chosen, number=number)
            for number, one in enumerate(in_order)
        )

    def _selects(self, name: str, field: Field, chosen: Sequence[str]) -> tuple[tuple[Part, ...], ...]:
        """A choice per row, in order, and some to add."""
        offered = self.choices.options(self.kind.name, field, chosen=chosen)
        rows = self._enough(name, len(chosen), len(self.post.getlist(name)) if self.post is not None else 0)
        said = [*chosen, *[""] * (rows - len(chosen))]
        return tuple(
            (Part(name, "select", one, label=self.label(name), groups=offered, empty="–", number=number),)
            for number, one in enumerate(said)
        )

    def _enough(self, name: str, written: int, typed: int) -> int:
        return max(written + EMPTY_ROWS, typed) + (EMPTY_ROWS if self.more == name else 0)

    def _head_counts(self, said: Mapping[str, str]) -> tuple[tuple[Part, ...], ...]:
        if self.post is not None:
            rows = head_rows(self.post)
            typed = len(rows)
        else:
            rows = [{"day": day, "heads": heads} for day, heads in said.items()]
            rows += [{"day": day, "heads": ""} for day in self._days() if day not in said]
            rows.sort(key=lambda row: row["day"])
            typed = len(rows)
        shown = self._enough("head_count", sum(any(row.values()) for row in rows), typed)
        rows += [{"day": "", "heads": ""}] * (shown - len(rows))
        return tuple(
            (
                replace(_day(f"head_count.{n}.day", row["day"]), label=_("Day")),
                Part(f"head_count.{n}.heads", "number", row["heads"], label=_("Participants")),
            )
            for n, row in enumerate(rows)
        )

    def _days(self) -> list[str]:
        """The event's days, where they are few."""
        try:
            starts = date.fromisoformat(str(self.values.get("starts")))
            ends = date.fromisoformat(str(self.values.get("ends") or starts))
        except ValueError:
            return []
        days = (ends - starts).days + 1
        return [(starts + timedelta(days=n)).isoformat() for n in range(days)] if days <= MOST_DAYS else []

    def _targets(self) -> Control:
        rows = (
            target_rows(self.post)
            if self.post is not None
            else [dict(row) for row in self.values.get(TARGETS, ())]
        )
        written = sum(any(row.values()) for row in rows)
        rows += [{}] * (self._enough(TARGETS, written, len(rows)) - len(rows))
        columns = [field for field in TARGET.fields if field.name != "indicator"]
        made = tuple(tuple(self._target(n, field, row) for field in columns) for n, row in enumerate(rows))
        return Control(TARGETS, self.label(TARGETS), "rows", rows=made, help=help_of("indicator", TARGETS))

    def _target(self, number: int, field: Field, row: Mapping[str, str]) -> Part:
        name, value = f"{TARGETS}.{number}.{field.name}", row.get(field.name, "")
        label = hints.column_title(TARGET, field.name, self.language)
        if field.shape == "day":
            return replace(_day(name, value), label=label)
        if field.shape == "decimal":
            return Part(name, "number", value, label=label)
        offered = self.choices.options("indicator", field, chosen=[value])
        return Part(name, "select", value, label=label, groups=offered, empty=_("the whole programme"))

    def said(self, name: str, value: Any) -> str:
        """The value of a control in words, for showing it beside another; '–' for nothing."""
        if value in (None, "", [], {}):
            return (
                str(_("as its visit")) if (self.kind.name, name, value) == ("event", "shares", None) else "–"
            )
        if name == TARGETS:
            return "; ".join(" ".join(str(v) for v in row.values()) for row in value)
        field = field_of(self.kind, name)
        match field.shape:
            case "text":
                return "; ".join(f"{OWN_NAMES[tag]}: {text}" for tag, text in value.items())
            case "shares":
                known = self.choices.things("contract")
                return ", ".join(f"{known.get(key, key)}: {percent} %" for key, percent in value.items())
            case "head_count":
                return ", ".join(f"{self._day_said(day)}: {heads}" for day, heads in value.items())
            case "parameters":
                return ", ".join(f"{key}: {number}" for key, number in value.items())
            case "money":
                return money_text(Decimal(value["amount"]), value["currency"], self.language)
            case "day":
                return self._day_said(value)
            case "whole" | "decimal":
                return number_text(Decimal(value), self.language)
            case "yes_no":
                return str(_("yes") if value else _("no"))
            case "word" | "region" | "file":
                return ", ".join(value) if isinstance(value, list) else str(value)
        found = value if isinstance(value, list) else [value]
        return ", ".join(self.choices.label(self.kind.name, field, one) for one in found)

    def _day_said(self, written: str) -> str:
        return day_text(date.fromisoformat(written), self.language)


def _day(name: str, value: Any) -> Part:
    """A day; what is none is shown as it was typed, which a browser's own input for days would not do."""
    text = str(value or "")
    try:
        shape: Input = "date" if not text or date.fromisoformat(text).isoformat() == text else "text"
    except ValueError:
        shape = "text"
    return Part(name, shape, text)


_PARAMETER: Final[Mapping[str, Words]] = {
    "hours": pgettext_lazy("number a counting rule asks for", "hours at least"),
    "share": pgettext_lazy("number a counting rule asks for", "per cent of the days"),
}
