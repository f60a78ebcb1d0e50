"""A programme as its description: the same value that a folder holds, read back from the records."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Final, get_args

from django.db.models import Model, Prefetch

from karvon.records import models as records
from karvon.rules.programme import description as d
from karvon.rules.programme.values import Money, Period, Share

MONEY: Final = frozenset({"budget", "cost", "funding_sought"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing of the description and the table it lives in.

    ``plural`` is its field in `ProgrammeDescription`; ``personal`` fields stand in the payload; ``parts`` are
    fields kept in tables of their own.
    """

    thing: type[Any]
    model: type[Any]
    plural: str
    personal: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    renamed: tuple[tuple[str, str], ...] = ()
    """Field of the description -> column, where they differ."""


KINDS: Final = (
    Kind(d.Organisation, records.Organisation, "organisations"),
    Kind(d.Contract, records.Contract, "contracts"),
    Kind(d.Membership, records.Membership, "memberships"),
    Kind(d.Expert, records.Expert, "experts", personal=frozenset({"names"})),
    Kind(d.TownOrSite, records.TownOrSite, "places"),
    Kind(d.Facility, records.Facility, "facilities"),
    Kind(d.Visit, records.Visit, "visits", parts=frozenset({"shares", "experts"})),
    Kind(d.Delegate, records.Delegate, "delegates", personal=frozenset({"name", "position"})),
    Kind(
        d.Event,
        records.Event,
        "events",
        parts=frozenset({"shares", "trainers", "interpreters", "organisations", "head_counts"}),
    ),
    Kind(d.Sheet, records.Sheet, "sheets", renamed=(("file", "path"), ("scan", "scan_path"))),
    Kind(d.Document, records.Document, "documents", renamed=(("file", "path"),)),
    Kind(d.Observation, records.Observation, "observations"),
    Kind(d.RecommendationGroup, records.RecommendationGroup, "recommendation_groups"),
    Kind(d.Recommendation, records.Recommendation, "recommendations", parts=frozenset({"observations"})),
    Kind(d.ActionPoint, records.ActionPoint, "action_points"),
    Kind(d.Proposal, records.Proposal, "proposals", parts=frozenset({"recommendations"})),
    Kind(d.Indicator, records.Indicator, "indicators", parts=frozenset({"targets"})),
    Kind(d.Statement, records.Statement, "statements"),
)
"""In the order in which each needs only those before it."""


def describe(
    programme: str, *, only: Collection[str] | None = None, bare: bool = False
) -> d.ProgrammeDescription | None:
    """The whole description of the programme with this key; ``None`` if there is none.

    With ``only``, things of other kinds (by their field, ``events``) are left out. ``bare`` ones come without the
    parts that figures do not need: experts, trainers, head-counts, what recommendations and proposals rest on. The
    number of SQL statements does not depend on how much the programme holds.
    """
    record = records.Programme.objects.filter(key=programme).first()
    if record is None:
        return None
    things: dict[str, tuple[Any, ...]] = {}
    for kind in KINDS:
        if only is not None and kind.plural not in only:
            continue
        rows = _rows(kind, record, _BARE_PREFETCH if bare else _PREFETCH)
        parts = (_BARE_PARTS if bare else _PARTS).get(kind.model, lambda row: {})
        things[kind.plural] = tuple(_thing(kind, row, parts(row)) for row in rows)
    return d.ProgrammeDescription(programme=_programme(record), **things)


def _programme(record: records.Programme) -> d.Programme:
    return d.Programme(
        key=record.key,
        title=record.title,
        languages=tuple(record.languages),
        period=Period(record.starts, record.ends),
        summary=record.summary,
        lead=record.lead,
        home_country=record.home_country,
        partner_countries=tuple(record.partner_countries),
        as_of=record.as_of,
        fictitious=record.fictitious,
    )


def _rows(
    kind: Kind, programme: records.Programme, prefetched: Mapping[Any, tuple[Any, ...]]
) -> Iterable[Any]:
    rows = kind.model.objects.filter(programme=programme).order_by("order", "id")
    if kind.model is records.Sheet:
        rows = rows.filter(withdrawn_at__isnull=True)
    foreign = [f.name for f in kind.model._meta.fields if f.is_relation and f.name not in ("programme",)]
    rows = rows.select_related(*foreign).prefetch_related(*prefetched.get(kind.model, ()))
    return list(rows)


def _thing(kind: Kind, row: Any, parts: Mapping[str, Any]) -> Any:
    column = dict(kind.renamed)
    values: dict[str, Any] = dict(parts)
    body = row.payload.body or {} if kind.personal else {}
    for field in fields(kind.thing):
        name = field.name
        if name in kind.parts:
            continue
        if name in kind.personal:
            value = body.get(name)
            values[name] = tuple(value) if isinstance(value, list) else value or ""
        elif name == "period":
            values[name] = Period(row.starts, row.ends)
        elif name in MONEY:
            amount = getattr(row, f"{name}_amount")
            values[name] = (
                None if amount is None else Money(_decimal(amount), getattr(row, f"{name}_currency"))
            )
        elif name == "scope":
            values[name] = scope_from(row.scope)
        elif name == "parameters":
            values[name] = tuple((key, Decimal(value)) for key, value in row.parameters)
        else:
            values[name] = _plain(getattr(row, column.get(name, name)), field.type)
    return kind.thing(**values)


def _plain(value: Any, wanted: object) -> Any:
    if isinstance(value, Model):
        return value.key  # type: ignore[attr-defined]  # every thing referred to is keyed
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, Decimal):
        return _decimal(value)
    if value is None and wanted is str:
        return ""
    if value == "" and type(None) in get_args(wanted):
        return None
    return value


def _decimal(value: Decimal) -> Decimal:
    """Without the column's padding zeros: 60.000 is 60."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def scope_from(data: Mapping[str, Any]) -> d.Scope:
    """The scope kept in a JSON column."""
    from datetime import date

    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return d.Scope(
        contracts=tuple(data.get("contracts", ())),
        period=Period(day(data.get("starts")), day(data.get("ends"))),
        visits=tuple(data.get("visits", ())),
        direction=data.get("direction"),
        event_kinds=tuple(data.get("event_kinds", ())),
        sectors=tuple(data.get("sectors", ())),
        countries=tuple(data.get("countries", ())),
    )


def scope_data(scope: d.Scope) -> dict[str, Any]:
    """The scope as JSON values; empty parts are left out."""
    data = {
        "contracts": list(scope.contracts),
        "starts": scope.period.starts.isoformat() if scope.period.starts else None,
        "ends": scope.period.ends.isoformat() if scope.period.ends else None,
        "visits": list(scope.visits),
        "direction": scope.direction,
        "event_kinds": list(scope.event_kinds),
        "sectors": list(scope.sectors),
        "countries": list(scope.countries),
    }
    return {name: value for name, value in data.items() if value}


def _shares(rows: Iterable[Any]) -> tuple[Share, ...]:
    return tuple(Share(row.contract.key, _decimal(row.percent)) for row in rows)


def _visit_parts(row: records.Visit) -> dict[str, Any]:
    return {
        "shares": _shares(row.shares.all()),
        "experts": tuple(link.expert.key for link in row.visitexpert_set.all()),
    }


def _event_parts(row: records.Event) -> dict[str, Any]:
    return {
        "shares": _shares(row.shares.all()) if row.own_shares else None,
        "trainers": tuple(link.expert.key for link in row.eventtrainer_set.all()),
        "interpreters": tuple(link.expert.key for link in row.eventinterpreter_set.all()),
        "organisations": tuple(link.organisation.key for link in row.eventorganisation_set.all()),
        "head_counts": tuple(d.HeadCount(count.day, count.heads) for count in row.head_counts.all()),
    }


def _recommendation_parts(row: records.Recommendation) -> dict[str, Any]:
    return {"observations": tuple(link.observation.key for link in row.recommendationobservation_set.all())}


def _proposal_parts(row: records.Proposal) -> dict[str, Any]:
    return {
        "recommendations": tuple(link.recommendation.key for link in row.proposalrecommendation_set.all())
    }


def _indicator_parts(row: records.Indicator) -> dict[str, Any]:
    return {
        "targets": tuple(
            d.Target(
                target.contract.key if target.contract else "",
                target.value,
                Period(target.starts, target.ends),
            )
            for target in row.targets.all()
        )
    }


_PARTS: Final[Mapping[Any, Callable[[Any], dict[str, Any]]]] = {
    records.Visit: _visit_parts,
    records.Event: _event_parts,
    records.Recommendation: _recommendation_parts,
    records.Proposal: _proposal_parts,
    records.Indicator: _indicator_parts,
}


_BARE_PARTS: Final[Mapping[Any, Callable[[Any], dict[str, Any]]]] = {
    records.Visit: lambda row: {"shares": _shares(row.shares.all())},
    records.Event: lambda row: {"shares": _shares(row.shares.all()) if row.own_shares else None},
    records.Indicator: _indicator_parts,
}


def _with(path: str, model: type[Any], *related: str) -> Any:
    return Prefetch(path, queryset=model.objects.select_related(*related))


_PREFETCH: Final[Mapping[Any, tuple[Any, ...]]] = {
    records.Visit: (
        _with("shares", records.VisitShare, "contract"),
        _with("visitexpert_set", records.VisitExpert, "expert"),
    ),
    records.Event: (
        _with("shares", records.EventShare, "contract"),
        _with("eventtrainer_set", records.EventTrainer, "expert"),
        _with("eventinterpreter_set", records.EventInterpreter, "expert"),
        _with("eventorganisation_set", records.EventOrganisation, "organisation"),
        "head_counts",
    ),
    records.Recommendation: (
        _with("recommendationobservation_set", records.RecommendationObservation, "observation"),
    ),
    records.Proposal: (
        _with("proposalrecommendation_set", records.ProposalRecommendation, "recommendation"),
    ),
    records.Indicator: (_with("targets", records.Target, "contract"),),
}
_BARE_PREFETCH: Final[Mapping[Any, tuple[Any, ...]]] = {
    records.Visit: (_with("shares", records.VisitShare, "contract"),),
    records.Event: (_with("shares", records.EventShare, "contract"),),
    records.Indicator: _PREFETCH[records.Indicator],
}
