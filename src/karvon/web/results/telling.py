"""How a rule and the scope of a figure are told."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _t

from karvon import catalog
from karvon.queries import programme as programmes
from karvon.queries import results as questions
from karvon.queries import visits
from karvon.queries.results import IndicatorResult
from karvon.rules.places import country_name, sector_name
from karvon.rules.programme.description import Scope
from karvon.rules.programme.text import Text
from karvon.rules.reporting.dates import period_text
from karvon.web.languages import current
from karvon.web.page import ProgrammeRequest
from karvon.web.words import DIRECTION, EVENT_KIND

OF_PEOPLE: Final = ("people", "participations", "person_days")


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A counting rule as the reader is told of it."""

    id: str
    version: int
    name: Text
    sentence: str
    source: str
    verified: bool
    way: str


def rule_shown(result: IndicatorResult) -> RuleShown | None:
    if not result.rule:
        return None
    data = catalog.load(f"counting_rules/{result.rule}")
    return RuleShown(
        id=result.rule,
        version=result.rule_version,
        name=Text.of(data["name"]),
        sentence=questions.rule_sentence(result, current()),
        source=data["source"],
        verified=data["verified"],
        way=data["way"],
    )


def scope_words(request: ProgrammeRequest, scope: Scope) -> list[Any]:
    """What a scope narrows, each part in the reader's words."""
    language = current()
    said: list[Any] = []
    if scope.event_kinds:
        said.append(", ".join(str(EVENT_KIND[kind]) for kind in scope.event_kinds))
    if scope.direction:
        said.append(str(DIRECTION[scope.direction]))
    if scope.visits:
        titles = {visit.key: visit.title.say(language) for visit in visits.visits(request.programme.key)}
        said.append(", ".join(titles.get(key, key) for key in scope.visits))
    if scope.sectors:
        said.append(", ".join(sector_name(code, language) for code in scope.sectors))
    if scope.contracts:
        numbers = {c.key: c.number for c in programmes.contracts(request.programme.key)}
        said.append(", ".join(numbers.get(key, key) for key in scope.contracts))
    if scope.period.starts or scope.period.ends:
        said.append(period_text(scope.period, language))
    if scope.countries:
        names = ", ".join(country_name(code, language) for code in scope.countries)
        said.append(_t("people from organisations of: %(countries)s") % {"countries": names})
    return said
