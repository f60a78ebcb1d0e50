"""A programme as its description: the same value that a folder holds, read back from the records."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Any, Final, get_args

from karvon.records import models as records
from karvon.rules.programme import description as d
from karvon.rules.programme.values import Money, Period, Share

MONEY: Final = frozenset({"budget", "cost", "funding_sought"})
_PERSONAL: Final = "payload__body"


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
        if only is None or kind.plural in only:
            things[kind.plural] = _things(kind, record.pk, bare=bare)
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


def _things(kind: Kind, programme: int, *, bare: bool) -> tuple[Any, ...]:
    """Everything of one kind, in its order.

    Plain values and no objects of the tables: pages that change something wait for the whole description.
    """
    rows = kind.model.objects.filter(programme=programme).order_by()
    if kind.model is records.Sheet:
        rows = rows.filter(withdrawn_at__isnull=True)
    columns = _columns(kind)
    found = sorted(rows.values_list("order", "pk", *columns), key=itemgetter(0, 1))
    parts = _parts_of(kind, programme, bare=bare) if found else {}
    return tuple(_thing(kind, dict(zip(columns, row[2:], strict=True)), row[1], parts) for row in found)


@cache
def _columns(kind: Kind) -> tuple[str, ...]:
    """The columns one thing of this kind is read from."""
    renamed = dict(kind.renamed)
    columns: list[str] = []
    for field in fields(kind.thing):
        if field.name in kind.parts:
            continue
        if field.name in kind.personal:
            columns.append(_PERSONAL)
        elif field.name == "period":
            columns += ("starts", "ends")
        elif field.name in MONEY:
            columns += (f"{field.name}_amount", f"{field.name}_currency")
        else:
            columns.append(_column(kind, renamed.get(field.name, field.name)))
    if kind.model is records.Event:
        columns.append("own_shares")
    return tuple(dict.fromkeys(columns))


@cache
def _column(kind: Kind, name: str) -> str:
    """Where the value of a column is read; of what it refers to, the key."""
    return f"{name}__key" if kind.model._meta.get_field(name).is_relation else name


def _thing(kind: Kind, row: Mapping[str, Any], pk: int, parts: Mapping[str, Mapping[int, Any]]) -> Any:
    renamed = dict(kind.renamed)
    values: dict[str, Any] = {name: of.get(pk, ()) for name, of in parts.items()}
    body = (row[_PERSONAL] or {}) if kind.personal else {}
    for field in fields(kind.thing):
        name = field.name
        if name in kind.parts:
            continue
        if name in kind.personal:
            value = body.get(name)
            values[name] = tuple(value) if isinstance(value, list) else value or ""
        elif name == "period":
            values[name] = Period(row["starts"], row["ends"])
        elif name in MONEY:
            amount = row[f"{name}_amount"]
            values[name] = None if amount is None else Money(_decimal(amount), row[f"{name}_currency"])
        elif name == "scope":
            values[name] = scope_from(row["scope"])
        elif name == "parameters":
            values[name] = tuple((key, Decimal(value)) for key, value in row["parameters"])
        else:
            values[name] = _plain(row[_column(kind, renamed.get(name, name))], field.type)
    if not row.get("own_shares", True):
        values["shares"] = None
    return kind.thing(**values)


def _plain(value: Any, wanted: object) -> Any:
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


@dataclass(frozen=True, slots=True)
class _Part:
    """A field of things that is kept in a table of its own: ``columns`` of its rows make one value each."""

    name: str
    model: type[Any]
    owner: str
    order: str
    columns: tuple[str, ...]
    value: Callable[..., Any]
    figures: bool = False
    """Whether figures need it."""


def _share(contract: str, percent: Decimal) -> Share:
    return Share(contract, _decimal(percent))


def _target(contract: str | None, value: Decimal, starts: date | None, ends: date | None) -> d.Target:
    return d.Target(contract or "", value, Period(starts, ends))


def _shares(model: type[Any], owner: str) -> _Part:
    return _Part(
        *("shares", model, owner, "contract__order", ("contract__key", "percent"), _share),
        figures=True,
    )


def _links(name: str, model: type[Any], owner: str, to: str) -> _Part:
    return _Part(name, model, owner, "order", (f"{to}__key",), str)


_PARTS: Final[Mapping[Any, tuple[_Part, ...]]] = {
    records.Visit: (
        _shares(records.VisitShare, "visit"),
        _links("experts", records.VisitExpert, "visit", "expert"),
    ),
    records.Event: (
        _shares(records.EventShare, "event"),
        _links("trainers", records.EventTrainer, "event", "expert"),
        _links("interpreters", records.EventInterpreter, "event", "expert"),
        _links("organisations", records.EventOrganisation, "event", "organisation"),
        _Part("head_counts", records.HeadCount, "event", "day", ("day", "heads"), d.HeadCount),
    ),
    records.Recommendation: (
        _links("observations", records.RecommendationObservation, "recommendation", "observation"),
    ),
    records.Proposal: (
        _links("recommendations", records.ProposalRecommendation, "proposal", "recommendation"),
    ),
    records.Indicator: (
        _Part(
            *("targets", records.Target, "indicator", "order"),
            *(("contract__key", "value", "starts", "ends"), _target),
            figures=True,
        ),
    ),
}


def _parts_of(kind: Kind, programme: int, *, bare: bool) -> dict[str, dict[int, tuple[Any, ...]]]:
    """Name of a part -> number of the row it belongs to -> its values, in their order."""
    parts = (part for part in _PARTS.get(kind.model, ()) if part.figures or not bare)
    return {part.name: _values(part, programme) for part in parts}


def _values(part: _Part, programme: int) -> dict[int, tuple[Any, ...]]:
    rows = part.model.objects.filter(**{f"{part.owner}__programme": programme}).order_by(part.order)
    found: dict[int, tuple[Any, ...]] = {}
    for owner, *columns in rows.values_list(f"{part.owner}_id", *part.columns):
        found[owner] = (*found.get(owner, ()), part.value(*columns))
    return found
