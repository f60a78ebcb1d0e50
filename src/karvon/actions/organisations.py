"""One institution under many spellings: claiming them for it, and making two descriptions one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from karvon.actions.describing import change_description
from karvon.actions.editing import TRIES, Done, Overtaken, digests_of, found, write_thing
from karvon.actions.journal import COMMAND, Actor
from karvon.files.programme_folder import schema
from karvon.files.programme_folder.one_record import read_record, values_of
from karvon.queries.programme_description import describe
from karvon.records import models as records
from karvon.rules.problems import Problem, Refused
from karvon.rules.programme import description as d

_KIND = schema.BY_NAME["organisation"]
_POINTING = tuple(
    (kind, field.becomes, field.many)
    for kind in (schema.PROGRAMME, *schema.KINDS)
    for field in kind.fields
    if field.kind == "organisation" or (kind.name, field.name) == ("delegate", "organisation")
)
"""Where organisations are named by key."""


@dataclass(frozen=True, slots=True)
class Merged:
    """``entry`` is the journal's, by which the two are parted again."""

    entry: int
    kept: str


def claim_spellings(
    programme: str, organisation: str, spellings: Sequence[str], *, by: Actor = COMMAND
) -> Done:
    """These are other ways the organisation is written; lines that carry one name it from now on.

    Raises `Refused` for an organisation the programme does not know.
    """
    for attempt in range(TRIES):
        before = _values(programme, organisation)
        known = [*before["name"].values(), *before.get("spellings", ())]
        more = [one for one in dict.fromkeys(spellings) if one and one not in known]
        values = {**before, "spellings": [*before.get("spellings", ()), *more]}
        try:
            return write_thing(
                programme, "organisation", values, key=organisation, shown=digests_of(before), by=by
            )
        except Overtaken:
            if attempt == TRIES - 1:
                raise Refused(Problem("people.organisation_changing")) from None
    raise AssertionError("not reached")


def describe_organisation(
    programme: str,
    key: str,
    *,
    name: str,
    language: str,
    kind: str,
    spellings: Sequence[str],
    by: Actor = COMMAND,
) -> Done:
    """A new organisation of spellings found on sheets. The same one described twice is one organisation."""
    values: dict[str, Any] = {"name": {language: name}, "kind": kind}
    if more := [one for one in dict.fromkeys(spellings) if one and one != name]:
        values["spellings"] = more
    return write_thing(programme, "organisation", values, key=key, shown=None, by=by)


def merge_organisations(programme: str, kept: str, gone: str, *, by: Actor = COMMAND) -> Merged:
    """The second organisation is the first: its spellings, and all that names it, become the first one's.

    Raises `Refused` for one the programme does not know, and where the whole would not hold together.
    """
    if kept == gone:
        raise Refused(Problem("people.same_organisation"))

    def change(description: d.ProgrammeDescription, note: dict[str, Any]) -> d.ProgrammeDescription:
        mine, theirs = (_organisation(description, key) for key in (kept, gone))
        known = [*(text for _, text in mine.name), *mine.spellings]
        added = [
            one
            for one in dict.fromkeys([*(text for _, text in theirs.name), *theirs.spellings])
            if one not in known
        ]
        note.update(
            organisation=values_of(_KIND, theirs),
            position=[one.key for one in description.organisations].index(gone),
            added=added,
            pointed=list(_pointing(description, gone)),
            kept=kept,
        )
        pointed = _pointed_anew(description, lambda kind, key, field, value: _instead(value, gone, kept))
        organisations = tuple(
            replace(one, spellings=(*one.spellings, *added)) if one.key == kept else one
            for one in description.organisations
            if one.key != gone
        )
        return replace(pointed, organisations=organisations)

    return Merged(_change(programme, change, action="merge_organisations", key=gone, by=by), kept)


def part_organisations(programme: str, entry: int, *, by: Actor = COMMAND) -> Merged:
    """Make two organisations again of what this entry of the journal made one.

    What was written down of the one that stayed since stays with it. Raises `Refused` where they are two already.
    """
    row = (
        records.JournalEntry.objects.filter(programme__key=programme, pk=entry, action="merge_organisations")
        .select_related("payload")
        .first()
    )
    body = row.payload.body if row is not None and row.payload is not None else None
    if row is None or not body:
        raise Refused(Problem("people.not_merged"))
    gone, kept = row.object_key, body["kept"]
    before = {(kind, key, field): value for kind, key, field, value in body["pointed"]}

    def change(description: d.ProgrammeDescription, note: dict[str, Any]) -> d.ProgrammeDescription:
        if found(description, _KIND, gone) is not None or found(description, _KIND, kept) is None:
            raise Refused(Problem("people.not_merged"))
        reading = read_record(_KIND, gone, body["organisation"], within=description)
        if reading.record is None:
            raise Refused(*reading.problems)
        note.update(organisation=body["organisation"], kept=kept)
        organisations = [
            replace(one, spellings=tuple(said for said in one.spellings if said not in body["added"]))
            if one.key == kept
            else one
            for one in description.organisations
        ]
        organisations.insert(body["position"], reading.record)

        def back(kind: str, key: str, field: str, value: Any) -> Any:
            was = before.get((kind, key, field))
            if was is None:
                return value
            was = tuple(was) if isinstance(was, list) else was
            return was if value == _instead(was, gone, kept) else value

        return _pointed_anew(replace(description, organisations=tuple(organisations)), back)

    return Merged(_change(programme, change, action="part_organisations", key=gone, by=by), kept)


def _values(programme: str, organisation: str) -> dict[str, Any]:
    description = describe(programme, only={"organisations"})
    one = found(description, _KIND, organisation) if description else None
    if one is None:
        raise Refused(Problem("people.organisation_gone"))
    return values_of(_KIND, one)


def _organisation(description: d.ProgrammeDescription, key: str) -> d.Organisation:
    one: d.Organisation | None = found(description, _KIND, key)
    if one is None:
        raise Refused(Problem("people.organisation_gone"))
    return one


def _change(
    programme: str,
    change: Callable[[d.ProgrammeDescription, dict[str, Any]], d.ProgrammeDescription],
    *,
    action: str,
    key: str,
    by: Actor,
) -> int:
    """Change the description, beginning again where somebody else wrote in between; the entry made of it."""
    note: dict[str, Any] = {}
    for attempt in range(TRIES):
        note.clear()
        try:
            change_description(
                programme,
                lambda description: change(description, note),
                action=action,
                by=by,
                object_kind="organisation",
                object_key=key,
                personal=note,
            )
            break
        except Refused as refused:
            if attempt == TRIES - 1 or refused.problems[0].code != "import.changed_meanwhile":
                raise
    own = records.JournalEntry.objects.filter(programme__key=programme, action=action, object_key=key)
    return own.order_by("-id").values_list("id", flat=True)[0]


def _things(description: d.ProgrammeDescription, kind: schema.Kind) -> tuple[Any, ...]:
    return (description.programme,) if kind is schema.PROGRAMME else getattr(description, kind.holder)


def _pointing(description: d.ProgrammeDescription, organisation: str) -> Any:
    """[kind, key, field, value] of everything that names the organisation."""
    for kind, field, many in _POINTING:
        for thing in _things(description, kind):
            value = getattr(thing, field)
            if organisation in value if many else organisation == value:
                yield [kind.name, thing.key, field, list(value) if many else value]


def _instead(value: Any, gone: str, kept: str) -> Any:
    """The value with the one organisation named instead of the other, once."""
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(kept if one == gone else one for one in value))
    return kept if value == gone else value


def _pointed_anew(
    description: d.ProgrammeDescription, anew: Callable[[str, str, str, Any], Any]
) -> d.ProgrammeDescription:
    """The description with every naming of an organisation as ``anew(kind, key, field, value)`` says."""
    changed = description
    for kind, field, _many in _POINTING:
        things = []
        for thing in _things(changed, kind):
            value: Any = getattr(thing, field)
            said: dict[str, Any] = {field: anew(kind.name, thing.key, field, value)}
            things.append(thing if said[field] == value else replace(thing, **said))
        into: dict[str, Any] = (
            {"programme": things[0]} if kind is schema.PROGRAMME else {kind.holder: tuple(things)}
        )
        changed = replace(changed, **into)
    return changed
