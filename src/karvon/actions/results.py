"""Keeping the tables that figures and doubts are read from true to the register."""

from collections.abc import Collection, Iterable, Sequence

from karvon.actions.inserting import insert_rows
from karvon.queries.programme_description import describe
from karvon.queries.register import counting_facts
from karvon.queries.results.doubts import could_not_tell, digest_of, figured_by, match_weights, shifts_data
from karvon.queries.results.figures import PEOPLE, Asking, askings, contracts_of, counted_in, rule_of
from karvon.records import models as records
from karvon.rules.counting.count import count, load_rule
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.figures import Desk, desk, figures, seen_in
from karvon.rules.programme import description as d
from karvon.rules.reporting.figure import Figure
from karvon.rules.statements import Figured, Weighed, weigh_doubts


def refresh_standings(programme: records.Programme, *, facts: Facts | None = None) -> None:
    """Work out anew who stands under which contracts for every indicator of people, and what doubt adds.

    Call it in the transaction of whatever changed attendances, shares, links, matches or indicators.
    """
    description = describe(programme.key)
    if description is None:
        return
    facts = facts if facts is not None else counting_facts(programme.key)
    refresh_indicators(programme, description, facts)
    _keep_doubts(programme, description, facts)


def refresh_doubts(programme: records.Programme) -> None:
    """Weigh the doubts anew, for other statements; call it in the transaction of whatever changed them."""
    description = describe(programme.key)
    if description is not None:
        _keep_doubts(programme, description, counting_facts(programme.key))


def refresh_indicators(
    programme: records.Programme,
    description: d.ProgrammeDescription,
    facts: Facts,
    *,
    only: Collection[str] | None = None,
) -> None:
    """Work out anew who stands where and what doubt adds, for all indicators of people or only these."""
    indicators = dict(records.Indicator.objects.filter(programme=programme).values_list("key", "id"))
    contracts = dict(records.Contract.objects.filter(programme=programme).values_list("key", "id"))
    rows = [row for key, row in indicators.items() if only is None or key in only]
    records.Standing.objects.filter(indicator__in=rows).delete()
    records.UnsettledBound.objects.filter(indicator__in=rows).delete()
    for indicator in description.indicators:
        if indicator.measure in PEOPLE and (only is None or indicator.key in only):
            columns = contracts_of(description, indicator.scope)
            _refresh(indicator, indicators[indicator.key], facts, columns, contracts)


def standings_of(at: Desk, columns: Sequence[str]) -> dict[str, tuple[tuple[str, ...], bool, bool]]:
    """Person -> the contracts the likeliest grouping counts them under, whether the programme's own count has
    them, and whether their component is settled. People counted nowhere are left out."""
    standings: dict[str, tuple[tuple[str, ...], bool, bool]] = {}
    for component in at.components:
        seen = at.tally.seen(component, at.sightings.by_line)
        if not any(seen):
            continue
        away = at.tally.away(component)
        counts_in = {
            column: at.tally.counted(seen_in(column, seen), away, sure=True) for column in (None, *columns)
        }
        for group in component.best:
            under = tuple(column for column in columns if counts_in[column](group))
            by_programme = counts_in[None](group)
            if under or by_programme:
                atom = component.atoms[(group & -group).bit_length() - 1]
                standings[at.facts.register.person_of[atom[0]]] = (under, by_programme, component.settled)
    return standings


def insert_standings(
    row: int, standings: dict[str, tuple[tuple[str, ...], bool, bool]], ids: dict[str, int]
) -> None:
    """Keep what ``standings_of`` found for the indicator with this id; ``ids`` are those of contracts."""
    insert_rows(
        records.Standing,
        ("indicator_id", "person_id", "under", "by_programme", "settled"),
        (
            (row, person, "," + "".join(f"{ids[contract]}," for contract in under), by_programme, is_settled)
            for person, (under, by_programme, is_settled) in sorted(standings.items())
        ),
    )


def settled_under(standings: Iterable[tuple[tuple[str, ...], bool, bool]]) -> dict[Asking, int]:
    """How many people whom no doubt touches each figure holds."""
    settled: dict[Asking, int] = {}
    for under, by_programme, is_settled in standings:
        if is_settled:
            for asking in counted_in(under, by_programme):
                settled[asking] = settled.get(asking, 0) + 1
    return settled


def insert_doubts(programme: records.Programme, doubts: Iterable[Weighed]) -> None:
    """Keep these doubts."""
    not_told = could_not_tell(programme.key)
    insert_rows(
        records.Doubt,
        ("programme_id", "a_id", "b_id", "weight", "looked_at", "narrowing", "narrows", "shifts"),
        (
            (
                programme.pk,
                one.a,
                one.b,
                one.weight,
                not not_told.isdisjoint(one.pairs),
                one.narrowing,
                list(one.narrows),
                shifts_data(one.shifts),
            )
            for one in doubts
        ),
    )


def _keep_doubts(programme: records.Programme, description: d.ProgrammeDescription, facts: Facts) -> None:
    """Keep every doubt with what a decision about it moves, and what statements of narrower scopes are held to."""
    records.Doubt.objects.filter(programme=programme).delete()
    figured = figured_by(description)
    if facts.register.undecided:
        insert_doubts(programme, weigh_doubts(facts, figured, match_weights(programme.key)))
    narrower = narrower_bounds([one for one in figured if not one.key], facts)
    records.DoubtQueue.objects.update_or_create(
        programme=programme, defaults={"narrower": narrower, "weighed_for": digest_of(figured)}
    )


def narrower_bounds(figured: Iterable[Figured], facts: Facts) -> dict[str, list[int]]:
    """Statement -> [lower, best, upper] it is held to, by the reference way of counting."""
    found = {}
    for one in figured:
        counted = count(one.rule, one.scope, facts)
        for said in one.statements:
            found[said.key] = [counted.lower, counted.best, counted.upper]
    return found


def _refresh(
    indicator: d.Indicator, row: int, facts: Facts, columns: Sequence[str], ids: dict[str, int]
) -> None:
    rule = rule_of(indicator)
    at = desk(rule, indicator.scope, facts)
    wanted = askings(columns)
    standings = standings_of(at, columns) if rule.counts == "people" else {}
    settled = settled_under(standings.values())
    insert_standings(row, standings, ids)
    found = figures(at, [asking.asked(columns) for asking in wanted])
    bounds = []
    for asking, (total, unnamed) in zip(wanted, found, strict=True):
        sure = settled.get(asking, 0)
        bounds.append(
            records.UnsettledBound(
                indicator_id=row,
                kind=asking.kind,
                contract_id=ids.get(asking.first),
                second_id=ids.get(asking.second),
                lower=total.lower - sure,
                best=total.best - sure,
                upper=total.upper - sure,
                unnamed=unnamed,
                outer=total.outer,
            )
        )
    if indicator.measure == "people":
        figure = Figure.of(count(load_rule("participations"), indicator.scope, facts))
        bounds.append(
            records.UnsettledBound(
                indicator_id=row,
                kind="participations",
                lower=figure.lower,
                best=figure.best,
                upper=figure.upper,
                unnamed=figure.unnamed,
                outer=figure.outer,
            )
        )
    records.UnsettledBound.objects.bulk_create(bounds)
