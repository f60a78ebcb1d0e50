"""After a decision or a correction: figures and doubts moved by what it touched, not worked out anew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F

from karvon.actions.results import (
    insert_doubts,
    insert_standings,
    narrower_bounds,
    refresh_indicators,
    refresh_standings,
    settled_under,
    standings_of,
)
from karvon.queries.programme_description import describe
from karvon.queries.register import attendances_of, counting_events, counting_facts, counting_register
from karvon.queries.results.doubts import figured_by, kept_queue, match_weights
from karvon.queries.results.figures import PEOPLE, Asking, askings, contracts_of, rule_of
from karvon.records import models as records
from karvon.rules.counting.asked import Asked
from karvon.rules.counting.count import load_rule
from karvon.rules.counting.facts import Attendance, Facts, Register
from karvon.rules.counting.figures import desk, figures
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.standing import NOTHING, Bounds
from karvon.rules.counting.touched import part_of, touched_lines
from karvon.rules.programme import description as d
from karvon.rules.programme.description import Role, Scope
from karvon.rules.statements import Figured, weigh_doubts

MOST_LINES = 1000
"""Where more lines hang together, everything is worked out anew."""
_WHOLE = Asked((None,))
SeenAt = tuple[str, str, date | None]
"""A line at an event, on a day where one is known."""


def refresh_touched(
    programme: records.Programme,
    *,
    before: Register | None = None,
    about: Collection[str] = (),
    earlier_roles: Mapping[SeenAt, Role] | None = None,
    earlier: Mapping[str, Sequence[Attendance]] | None = None,
) -> None:
    """Make the kept figures and doubts say what they would say were all worked out anew.

    ``before`` is the register they were kept under, ``None`` for the one of now; since then only links, matches and
    decisions may have changed, and the roles of ``earlier_roles``, and all that is seen of the lines of ``earlier``,
    which says how they attended. ``about``: the lines decided about, where the register may say the same of them as
    before, but nobody could tell.
    What the touched part of the register adds now replaces what it added then. Figures that count heads without a
    name do not add up in this way, nor do safe outer bounds: these are worked out anew.
    """
    after = counting_register(programme.key)
    roles, seen_then = earlier_roles or {}, earlier or {}
    also = {*about, *seen_then, *(line for line, _, _ in roles)}
    lines = touched_lines(after if before is None else before, after, also)
    description = describe(programme.key, only={"contracts", "indicators", "statements"})
    queue = kept_queue(programme.key, description) if description else None
    if description is None or queue is None or len(lines) > MOST_LINES:
        refresh_standings(programme)
        return
    attendances = attendances_of(programme.key, lines=sorted(lines))
    events = counting_events(programme.key)
    then = (
        *(one for of_line in seen_then.values() for one in of_line),
        *(
            replace(one, role=roles.get((one.line, one.event, one.day), one.role))
            for one in attendances
            if one.line not in seen_then
        ),
    )
    now = part_of(after, lines)
    parts = [
        Facts(then, events, now if before is None else part_of(before, lines)),
        Facts(attendances, events, now),
    ]
    change = _change(description, *parts)
    _write(
        programme,
        change,
        people={*parts[0].register.person_of.values(), *parts[1].register.person_of.values()},
    )
    records.Doubt.objects.filter(a__in=lines).delete()
    records.Doubt.objects.filter(b__in=lines).delete()
    if parts[1].register.undecided:
        weights = match_weights(programme.key, lines)
        insert_doubts(programme, weigh_doubts(parts[1], figured_by(description), weights))
    for statement, by in change.narrower.items():
        lower, best, upper = queue.narrower[statement]
        queue.narrower[statement] = [lower + by.lower, best + by.best, upper + by.upper]
    if change.anew or change.counted_anew:
        facts = counting_facts(programme.key)
        refresh_indicators(programme, description, facts, only=change.anew)
        queue.narrower.update(narrower_bounds(change.counted_anew, facts))
    queue.save(update_fields=["narrower"])


Standings = dict[str, tuple[tuple[str, ...], bool, bool]]


@dataclass(frozen=True, slots=True)
class _Moved:
    """What moved of an indicator: who stands where now, and by how much what doubt adds has changed."""

    standings: Standings
    bounds: dict[Asking, Bounds]


@dataclass(frozen=True, slots=True)
class _Change:
    of: dict[str, _Moved]
    """By indicator."""
    anew: set[str]
    """The indicators that cannot be told by a part."""
    narrower: dict[str, Bounds]
    """By statement of a narrower scope."""
    counted_anew: list[Figured]


def _change(description: d.ProgrammeDescription, was: Facts, now: Facts) -> _Change:
    """What the part of the register adds now instead of what it added."""
    of: dict[str, _Moved] = {}
    anew: set[str] = set()
    for indicator in description.indicators:
        if indicator.measure not in PEOPLE:
            continue
        columns = contracts_of(description, indicator.scope)
        both = [_added(indicator, facts, columns) for facts in (was, now)]
        if both[0] is None or both[1] is None or any(one.outer for one in both[0].bounds.values()):
            anew.add(indicator.key)
            continue
        earlier, later = both[0].bounds, both[1].bounds
        of[indicator.key] = _Moved(
            both[1].standings, {asking: _minus(bounds, earlier[asking]) for asking, bounds in later.items()}
        )
    narrower: dict[str, Bounds] = {}
    counted_anew = []
    for one in figured_by(description):
        if not one.key and one.rule.counts_unnamed:
            counted_anew.append(one)
        elif not one.key:
            by = _minus(_bounds(one.rule, one.scope, now), _bounds(one.rule, one.scope, was))
            narrower.update({said.key: by for said in one.statements})
    return _Change(of, anew, narrower, counted_anew)


def _added(indicator: d.Indicator, facts: Facts, columns: Sequence[str]) -> _Moved | None:
    """What this part of the register adds to the indicator beside the people whom no doubt touches.

    ``None`` where heads without a name are counted.
    """
    rule = rule_of(indicator)
    participations = load_rule("participations") if indicator.measure == "people" else None
    if rule.counts_unnamed or (participations and participations.counts_unnamed):
        return None
    at = desk(rule, indicator.scope, facts)
    wanted = askings(columns)
    standings = standings_of(at, columns) if rule.counts == "people" else {}
    settled = settled_under(standings.values())
    bounds = {
        asking: _without(total, settled.get(asking, 0))
        for asking, (total, _) in zip(
            wanted, figures(at, [asking.asked(columns) for asking in wanted]), strict=True
        )
    }
    if participations:
        bounds[Asking("participations")] = _bounds(participations, indicator.scope, facts)
    return _Moved(standings, bounds)


def _bounds(rule: Rule, scope: Scope, facts: Facts) -> Bounds:
    ((bounds, _),) = figures(desk(rule, scope, facts), [_WHOLE])
    return bounds


def _without(total: Bounds, settled: int) -> Bounds:
    return replace(total, lower=total.lower - settled, best=total.best - settled, upper=total.upper - settled)


def _minus(one: Bounds, other: Bounds) -> Bounds:
    return replace(
        one, lower=one.lower - other.lower, best=one.best - other.best, upper=one.upper - other.upper
    )


def _write(programme: records.Programme, change: _Change, *, people: set[str]) -> None:
    indicators = dict(records.Indicator.objects.filter(programme=programme).values_list("key", "id"))
    contracts = dict(records.Contract.objects.filter(programme=programme).values_list("key", "id"))
    of = [indicators[key] for key in change.of]
    records.Standing.objects.filter(indicator__in=of, person__in=people).delete()
    for key, moved in change.of.items():
        insert_standings(indicators[key], moved.standings, contracts)
        for asking, by in moved.bounds.items():
            if by != NOTHING:
                _move(indicators[key], asking, by, contracts)


def _move(indicator: int, asking: Asking, by: Bounds, contracts: dict[str, int]) -> None:
    kept = records.UnsettledBound.objects.filter(
        indicator=indicator,
        kind=asking.kind,
        contract=contracts.get(asking.first),
        second=contracts.get(asking.second),
    )
    fields = {"lower": F("lower") + by.lower, "best": F("best") + by.best, "upper": F("upper") + by.upper}
    kept.update(**fields, **({"outer": True} if by.outer else {}))
