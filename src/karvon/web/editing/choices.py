"""What may be chosen: other things of the programme, and what the catalogue knows, in the reader's language."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from karvon import catalog
from karvon.files.programme_folder import hints
from karvon.files.programme_folder.schema import KINDS, Field
from karvon.rules.places import country_codes, country_name, sector_name
from karvon.rules.places.funders import catalogue_funders
from karvon.rules.places.lookup import catalogue_places
from karvon.rules.places.sectors import catalogue_sectors
from karvon.rules.programme.description import ProgrammeDescription
from karvon.rules.reporting.dates import period_text
from karvon.rules.wording import LANGUAGES, locale_of
from karvon.web.editing.layout import word_of
from karvon.web.languages import OWN_NAMES

_HOLDERS: Final = {kind.name: kind.holder for kind in KINDS}
_SHORT: Final = 90
"""Letters of a long text that name it in a list."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options below a heading; '' for those that stand by themselves."""

    label: str
    options: tuple[Option, ...]


def name_of(kind: str, thing: Any, language: str) -> str:
    """How the thing is called in a list; its key where nothing is written."""
    match kind:
        case "contract":
            said = thing.number
        case "expert":
            said = thing.names[0] if thing.names else ""
        case "delegate":
            said = thing.name
        case "organisation" | "place" | "facility":
            said = thing.name.say(language)
        case "observation" | "action_point" | "statement":
            said = thing.text.say(language)
        case "document":
            said = thing.title.say(language) or thing.file.rpartition("/")[2]
        case "membership":
            said = thing.member
        case "sheet":
            said = thing.key
        case _:
            said = thing.title.say(language)
    said = " ".join(str(said).split())
    return (said if len(said) <= _SHORT else f"{said[: _SHORT - 1]}…") or str(thing.key)


class Choices:
    """Options of the fields of one programme, in one language."""

    def __init__(self, description: ProgrammeDescription, language: str) -> None:
        self.description, self.language = description, language

    def things(self, kind: str) -> Mapping[str, str]:
        """Key -> name of every thing of the kind, in the order they are offered."""
        if kind not in self._things:
            self._things[kind] = self._named(kind)
        return self._things[kind]

    @cached_property
    def _things(self) -> dict[str, dict[str, str]]:
        return {}

    def _named(self, kind: str) -> dict[str, str]:
        things: Iterable[Any] = getattr(self.description, _HOLDERS[kind], ())
        if kind == "programme":
            things = (self.description.programme,)
        named = {thing.key: name_of(kind, thing, self.language) for thing in things}
        if kind == "membership":
            known = self.things("organisation")
            named = {
                one.key: f"{known.get(one.organisation, '')}: {known.get(one.member, '')}" for one in things
            }
        if kind in ("visit", "event"):
            for thing in things:
                named[thing.key] += f" ({period_text(thing.period, self.language, short=True)})"
        if kind in ("organisation", "expert", "facility", "place"):
            return dict(sorted(named.items(), key=lambda item: item[1].casefold()))
        return named

    def options(self, kind: str, field: Field, *, chosen: Collection[str] = ()) -> tuple[OptionGroup, ...]:
        """What the field may hold; what was ``chosen`` is among it even where nobody knows it."""
        groups = self._groups(kind, field)
        offered = {option.value for group in groups for option in group.options}
        unknown = tuple(Option(one, one) for one in chosen if one and one not in offered)
        return (*groups, OptionGroup("", unknown)) if unknown else groups

    def _groups(self, kind: str, field: Field) -> tuple[OptionGroup, ...]:
        match field.shape:
            case "choice":
                return self.alone((one, self.word(kind, field, one)) for one in field.choices)
            case "reference":
                return self.alone(self.things(field.kind).items())
            case "funder":
                own = self.things("organisation")
                known = {
                    one.key: one.name.say(self.language)
                    for one in catalogue_funders().values()
                    if one.key not in own
                }
                return self.alone([*own.items(), *known.items()])
            case "place":
                return self._places
            case "country":
                return self.alone(self._countries.items())
            case "sector":
                return self.alone(self._sectors.items())
            case "language":
                return self.alone(OWN_NAMES.items())
            case "tongue":
                return self.alone(self._tongues.items())
            case "rule":
                rules = (
                    (one, catalog.load(f"counting_rules/{one}")) for one in catalog.names("counting_rules")
                )
                return self.alone((one, rule["name"][self.language]) for one, rule in rules)
        return ()

    def word(self, kind: str, field: Field, choice: str) -> str:
        """Our word for a choice."""
        worded = word_of(kind, field, choice)
        return str(worded) if worded is not None else hints.choice_word(choice, self.language)

    def label(self, kind: str, field: Field, value: str) -> str:
        """How one value of the field is called; the value itself where nobody knows it."""
        offered = {
            option.value: option.label for group in self._groups(kind, field) for option in group.options
        }
        return offered.get(value, value)

    @staticmethod
    def alone(named: Iterable[tuple[str, str]]) -> tuple[OptionGroup, ...]:
        return (OptionGroup("", tuple(Option(value, label) for value, label in named)),)

    @cached_property
    def _places(self) -> tuple[OptionGroup, ...]:
        own = tuple(Option(key, name) for key, name in self.things("place").items())
        groups = [OptionGroup("", own)] if own else []
        by_country: dict[str, list[Option]] = {}
        for place in catalogue_places().values():
            by_country.setdefault(place.country, []).append(Option(place.key, place.name.say(self.language)))
        for country, options in by_country.items():
            in_order = sorted(options, key=lambda option: option.label.casefold())
            groups.append(OptionGroup(country_name(country, self.language), tuple(in_order)))
        return tuple(groups)

    @cached_property
    def _countries(self) -> dict[str, str]:
        """Countries of the programme first."""
        programme = self.description.programme
        near = [code for code in (programme.home_country, *programme.partner_countries) if code]
        named = {code: country_name(code, self.language) for code in country_codes()}
        rest = sorted(named.items(), key=lambda item: item[1].casefold())
        return {code: named[code] for code in near if code in named} | dict(rest)

    @cached_property
    def _sectors(self) -> dict[str, str]:
        named = {code: sector_name(code, self.language) for code in catalogue_sectors()}
        return dict(sorted(named.items(), key=lambda item: item[1].casefold()))

    @cached_property
    def _tongues(self) -> dict[str, str]:
        """Our own languages first, then those CLDR names with two letters."""
        names: Mapping[str, str] = locale_of(self.language).languages
        ours = {tag: OWN_NAMES[tag] for tag in LANGUAGES}
        rest = {tag: name for tag, name in names.items() if len(tag) == 2 and tag not in ours}
        return ours | dict(sorted(rest.items(), key=lambda item: item[1].casefold()))
