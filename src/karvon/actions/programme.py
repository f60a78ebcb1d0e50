"""Writing a programme's description into the records: create, change, remove, by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db import models as orm
from django.db.models.deletion import Collector

from karvon.actions.journal import erase, save_payload
from karvon.queries.programme_description import KINDS, MONEY, Kind, scope_data
from karvon.records import models as records
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme import description as d


@dataclass(frozen=True, slots=True)
class Changes:
    """How many things of each kind were created, changed and removed; kinds without any are left out."""

    by_kind: Mapping[str, tuple[int, int, int]]

    def __bool__(self) -> bool:
        return bool(self.by_kind)


@dataclass(frozen=True, slots=True)
class FileOf:
    """What the evidence store holds for a path of the folder."""

    sha256_of: Mapping[str, str]

    def __call__(self, path: str) -> str | None:
        return self.sha256_of[path] if path else None


def write_description(
    after: d.ProgrammeDescription, *, before: d.ProgrammeDescription | None, file: FileOf
) -> Changes:
    """Make the records say what ``after`` says. Call it inside a transaction.

    Things are recognised by their key; what is no longer described is removed, except sheets: their lines
    are evidence, so they are withdrawn by `karvon.actions.evidence`. Raises `Refused` when something that is
    still needed would be removed.
    """
    programme = _write_programme(after.programme)
    counted: dict[str, tuple[int, int, int]] = {}
    keys: dict[type[Any], dict[str, Any]] = {}
    needed: dict[type[Any], set[str]] = {}
    for kind in reversed(KINDS):
        if kind.model is not records.Sheet:
            gone = _keys(before, kind) - _keys(after, kind)
            if gone:
                needed[kind.model] = _still_needed(kind, programme, gone)
                _remove(kind, programme, gone - needed[kind.model])
                counted[kind.plural] = (0, 0, len(gone))
    for kind in KINDS:
        old = {thing.key: (order, thing) for order, thing in enumerate(getattr(before, kind.plural, ()))}
        created = changed = 0
        rows = {row.key: row for row in kind.model.objects.filter(programme=programme)}
        for order, thing in enumerate(getattr(after, kind.plural)):
            row = rows.get(thing.key)
            if (
                row is not None
                and old.get(thing.key) == (order, thing)
                and not _file_changed(row, thing, file)
            ):
                continue
            created += row is None
            changed += row is not None
            rows[thing.key] = _write(kind, thing, row, programme=programme, order=order, keys=keys, file=file)
        keys[kind.model] = rows
        if created or changed:
            counted[kind.plural] = (created, changed, counted.get(kind.plural, (0, 0, 0))[2])
    for kind in reversed(KINDS):
        _remove(kind, programme, needed.get(kind.model, set()))
    _share_events(programme, after)
    return Changes(counted)


def _keys(description: d.ProgrammeDescription | None, kind: Kind) -> set[str]:
    return {thing.key for thing in getattr(description, kind.plural)} if description else set()


def _file_changed(row: Any, thing: Any, file: FileOf) -> bool:
    if isinstance(thing, d.Sheet):
        return (row.stored_id, row.scan_id) != (file(thing.file), file(thing.scan))
    return isinstance(thing, d.Document) and row.stored_id != file(thing.file)


def _write_programme(thing: d.Programme) -> records.Programme:
    values: dict[str, Any] = {
        "title": thing.title,
        "languages": list(thing.languages),
        "starts": thing.period.starts,
        "ends": thing.period.ends,
        "summary": thing.summary,
        "lead": thing.lead,
        "home_country": thing.home_country,
        "partner_countries": list(thing.partner_countries),
        "as_of": thing.as_of,
        "fictitious": thing.fictitious,
    }
    return records.Programme.objects.update_or_create(key=thing.key, defaults=values)[0]


def _still_needed(kind: Kind, programme: records.Programme, gone: set[str]) -> set[str]:
    """Those that something else still names: it may name another once all is written."""
    needed = set()
    for row in kind.model.objects.filter(programme=programme, key__in=gone):
        try:
            Collector(using=DEFAULT_DB_ALIAS, origin=row).collect([row])
        except orm.ProtectedError:
            needed.add(row.key)
    return needed


def _remove(kind: Kind, programme: records.Programme, gone: set[str]) -> None:
    rows = kind.model.objects.filter(programme=programme, key__in=gone)
    payloads = []
    try:
        for row in rows:
            if kind.personal:
                payloads += [row.payload, *_forget_lines(row)]
            row.delete()
    except orm.ProtectedError as error:
        raise Refused(
            Problem(
                "import.still_needed",
                Place(key=", ".join(sorted(gone))),
                {"needed_by": ", ".join(sorted({str(needed) for needed in error.protected_objects})[:5])},
            )
        ) from error
    for payload in payloads:
        erase(payload)


def _forget_lines(row: records.Expert | records.Delegate) -> list[records.Payload]:
    """The lines of a name the programme no longer gives; a line somebody decided about protects itself."""
    lines = row.lines.all() if isinstance(row, records.Expert) else records.Line.objects.filter(delegate=row)
    payloads = [line.payload for line in lines.select_related("payload")]
    for line in lines:
        line.delete()
    return payloads


def _write(
    kind: Kind,
    thing: Any,
    row: Any,
    *,
    programme: records.Programme,
    order: int,
    keys: Mapping[type[Any], Mapping[str, Any]],
    file: FileOf,
) -> Any:
    fresh = row is None
    row = row if row is not None else kind.model(programme=programme, key=thing.key)
    row.order = order
    column = dict(kind.renamed)
    for field in fields(thing):
        name, value = field.name, getattr(thing, field.name)
        if name == "key" or name in kind.parts or name in kind.personal:
            continue
        if name == "period":
            row.starts, row.ends = value.starts, value.ends
        elif name in MONEY:
            setattr(row, f"{name}_amount", value.amount if value else None)
            setattr(row, f"{name}_currency", value.currency if value else "")
        elif name == "scope":
            row.scope = scope_data(value)
        elif name == "parameters":
            row.parameters = [[key, str(number)] for key, number in value]
        else:
            _set_column(row, column.get(name, name), value, keys)
    if kind.personal:
        _set_payload(row, {name: _json(getattr(thing, name)) for name in sorted(kind.personal)})
    if isinstance(thing, d.Sheet | d.Document):
        row.stored_id = file(thing.file)
    if isinstance(thing, d.Sheet):
        row.scan_id, row.withdrawn_at = file(thing.scan), None
    if isinstance(thing, d.Event):
        row.own_shares = thing.shares is not None
    row.save()
    _write_parts(row, thing, keys, fresh=fresh)
    return row


def _set_column(row: Any, name: str, value: Any, keys: Mapping[type[Any], Mapping[str, Any]]) -> None:
    field = row._meta.get_field(name)
    if field.is_relation:
        setattr(row, name, keys[field.related_model][value] if value else None)
    elif isinstance(value, tuple):
        setattr(row, name, list(value))
    elif value is None and isinstance(field, orm.CharField):
        setattr(row, name, "")
    else:
        setattr(row, name, value)


def _set_payload(row: Any, body: dict[str, Any]) -> None:
    """Personal text is never changed in place: a new payload replaces the old, which is erased."""
    old = row.payload if row.payload_id else None
    if old is not None and old.body == body:
        return
    row.payload = save_payload(body)
    if old is not None:
        row.save()
        erase(old)


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _write_parts(row: Any, thing: Any, keys: Mapping[type[Any], Mapping[str, Any]], *, fresh: bool) -> None:
    """What stands in tables of its own; a ``fresh`` row has nothing there yet."""

    def put(through: type[Any], owner: str, other: str, named: Sequence[str], model: type[Any]) -> None:
        if not fresh:
            through.objects.filter(**{owner: row}).delete()
        through.objects.bulk_create(
            through(**{owner: row, other: keys[model][key], "order": order})
            for order, key in enumerate(named)
        )

    if isinstance(thing, d.Visit):
        if not fresh:
            row.shares.all().delete()
        records.VisitShare.objects.bulk_create(
            records.VisitShare(
                visit=row, contract=keys[records.Contract][share.contract], percent=share.percent
            )
            for share in thing.shares
        )
        put(records.VisitExpert, "visit", "expert", thing.experts, records.Expert)
    elif isinstance(thing, d.Event):
        put(records.EventTrainer, "event", "expert", thing.trainers, records.Expert)
        put(records.EventInterpreter, "event", "expert", thing.interpreters, records.Expert)
        put(records.EventOrganisation, "event", "organisation", thing.organisations, records.Organisation)
        if not fresh:
            row.head_counts.all().delete()
        records.HeadCount.objects.bulk_create(
            records.HeadCount(event=row, day=count.day, heads=count.heads) for count in thing.head_counts
        )
    elif isinstance(thing, d.Recommendation):
        put(
            records.RecommendationObservation,
            "recommendation",
            "observation",
            thing.observations,
            records.Observation,
        )
    elif isinstance(thing, d.Proposal):
        put(
            records.ProposalRecommendation,
            "proposal",
            "recommendation",
            thing.recommendations,
            records.Recommendation,
        )
    elif isinstance(thing, d.Indicator):
        if not fresh:
            row.targets.all().delete()
        records.Target.objects.bulk_create(
            records.Target(
                indicator=row,
                contract=keys[records.Contract][target.contract] if target.contract else None,
                value=target.value,
                starts=target.period.starts,
                ends=target.period.ends,
                order=order,
            )
            for order, target in enumerate(thing.targets)
        )


def _share_events(programme: records.Programme, description: d.ProgrammeDescription) -> None:
    """Every event carries the shares it is counted by: its own, or its visit's."""
    of_visit = {visit.key: visit.shares for visit in description.visits}
    wanted = {
        event.key: {
            share.contract: share.percent
            for share in (event.shares if event.shares is not None else of_visit[event.visit])
        }
        for event in description.events
    }
    contracts = {row.key: row for row in records.Contract.objects.filter(programme=programme)}
    events = records.Event.objects.filter(programme=programme).prefetch_related("shares__contract")
    changed = [
        event
        for event in events
        if {share.contract.key: share.percent for share in event.shares.all()} != wanted[event.key]
    ]
    records.EventShare.objects.filter(event__in=changed).delete()
    records.EventShare.objects.bulk_create(
        records.EventShare(event=event, contract=contracts[contract], percent=percent)
        for event in changed
        for contract, percent in wanted[event.key].items()
    )
