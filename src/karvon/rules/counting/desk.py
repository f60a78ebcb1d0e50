"""The facts laid out for counting one rule over one scope."""

from dataclasses import dataclass

from karvon.rules.counting.components import Component, components
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.groupings import EXACT_ATOMS
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import Sightings, see
from karvon.rules.counting.tally import Tally
from karvon.rules.counting.ways import way_of
from karvon.rules.programme.description import Scope


@dataclass(frozen=True, slots=True)
class Desk:
    """All that counting one rule over one scope needs, looked up once."""

    rule: Rule
    scope: Scope
    facts: Facts
    sightings: Sightings
    components: tuple[Component, ...]
    tally: Tally


def desk(
    rule: Rule, scope: Scope, facts: Facts, *, unsettled_only: bool = False, exact_atoms: int = EXACT_ATOMS
) -> Desk:
    """Lay out the facts for counting.

    With ``unsettled_only`` the components without an undecided match are left out; components of more than
    ``exact_atoms`` atoms get safe outer bounds.
    """
    sightings = see(rule, scope, facts)
    lines = {seen.line for seen in facts.attendances}
    delegates: dict[str, set[str]] = {}
    for key, event in sightings.events.items():
        for line in event.delegation:
            delegates.setdefault(line, set()).add(key)
    missions = {line: frozenset(events) for line, events in delegates.items()}
    tally = Tally(rule, way_of(rule, sightings.unit), sightings.unit, missions, exact_atoms)
    found = components(facts.register, lines, unsettled_only=unsettled_only)
    return Desk(rule, scope, facts, sightings, tuple(found), tally)
