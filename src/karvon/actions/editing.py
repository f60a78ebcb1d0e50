"""Writing one thing of a programme down, changing it, removing it, and taking such a change back."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Final, Literal

from django.conf import settings

from karvon.actions.describing import change_description
from karvon.actions.journal import Actor, canonical
from karvon.files import evidence_store
from karvon.files.programme_folder import schema
from karvon.files.programme_folder.one_record import RecordReading, kind_named, read_record, values_of
from karvon.files.readers.brought_document import BroughtDocument
from karvon.queries.register import stored_files
from karvon.records import models as records
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme.description import ProgrammeDescription

Deed = Literal["create", "change", "remove"]
TRIES: Final = 3
"""How often a change is begun again because somebody else wrote in the meantime."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done. ``entry`` is the journal's, by which it can be taken back; 0 where nothing had to be changed."""

    kind: str
    key: str
    deed: Deed
    entry: int = 0


class Overtaken(Exception):
    """Somebody else wrote in the meantime; nothing was changed. ``now`` is what stands there, if anything."""

    def __init__(self, now: Mapping[str, Any] | None) -> None:
        super().__init__("changed since it was shown")
        self.now = now


class _Nothing(Exception):
    """The programme says it already."""


def digests_of(values: Mapping[str, Any]) -> dict[str, str]:
    """A short digest per field, by which a later change of the field is noticed."""
    return {name: hashlib.sha256(canonical(value)).hexdigest()[:12] for name, value in values.items()}


def write_thing(
    programme: str,
    kind: str,
    values: Mapping[str, Any],
    *,
    key: str,
    shown: Mapping[str, str] | None,
    by: Actor,
    file: BroughtDocument | None = None,
) -> Done:
    """Write the thing down as these values say; create it where ``shown`` is ``None``.

    ``file`` is what a document is of now; the bytes it had before stay in the store, and the journal names both.
    ``shown`` are the digests of the thing as it was shown to whoever changed it: `Overtaken` is raised where it is
    another by now. The same thing created twice is one thing. `Refused` names each problem at ``kind[key].field``.
    """
    known = _kind(kind)
    sha256 = evidence_store.digest_of(file.path) if file is not None else ""
    files: dict[str, Path] = {}
    facts: dict[str, Any] = {}

    def change(description: ProgrammeDescription, note: dict[str, Any]) -> ProgrammeDescription:
        thing = found(description, known, key)
        before = None if thing is None else values_of(known, thing)
        typed = kept(before or {}, values)
        if file is not None:
            was = str((before or {}).get("file", ""))
            typed["file"] = _free_path(programme, file.name, sha256=sha256)
            files[typed["file"]] = file.path
            facts.update(_hashes(programme, was, sha256))
        reading = read_record(known, key, typed, within=description)
        if before is not None and reading.record == thing:
            raise _Nothing
        if shown is None and before is not None:
            raise Refused(_problem("folder.key_twice", known, key, "key", found=key, first=key))
        if shown is not None and (before is None or digests_of(before) != dict(shown)):
            raise Overtaken(before)
        if reading.record is None:
            raise Refused(*reading.problems)
        _note(note, before or {}, values_of(known, reading.record))
        return _put(description, known, reading)

    deed: Deed = "create" if shown is None else "change"
    return _do(programme, deed, known, key, change, by=by, facts=facts, files=files)


def remove_thing(programme: str, kind: str, *, key: str, shown: Mapping[str, str], by: Actor) -> Done:
    """Remove the thing. `Refused` says what still needs it; `Overtaken` where it is another than was shown."""
    known = _kind(kind)
    facts: dict[str, Any] = {}

    def change(description: ProgrammeDescription, note: dict[str, Any]) -> ProgrammeDescription:
        thing = found(description, known, key)
        if thing is None:
            raise _Nothing
        if known.name == "document":
            facts.update(_hashes(programme, thing.file, ""))
        before = values_of(known, thing)
        if digests_of(before) != dict(shown):
            raise Overtaken(before)
        if known.name == "organisation":
            _refuse_named(description, key)
        note.update(before=before, after={}, position=_position(description, known, key))
        return _without(description, known, key)

    return _do(programme, "remove", known, key, change, by=by, facts=facts)


def take_back(programme: str, entry: int, *, by: Actor) -> Done:
    """Put the thing of this journal entry back as it was before.

    `Refused` where it was changed since, where the entry is none of these changes, or its text was erased.
    """
    row = (
        records.JournalEntry.objects.filter(programme__key=programme, pk=entry)
        .select_related("payload")
        .first()
    )
    body = row.payload.body if row is not None and row.payload is not None else None
    known = kind_named(row.object_kind) if row is not None else None
    if row is None or known is None or not body or "after" not in body or row.action not in _REVERSED:
        raise Refused(Problem("editing.nothing_to_take_back"))
    key, was, became = row.object_key, body["before"], body["after"]
    deed = _REVERSED[row.action]
    files: dict[str, Path] = {}
    facts: dict[str, Any] = {"takes_back": entry}
    bytes_before = str(row.facts.get("content_before_sha256", "")) if known.name == "document" else ""

    def change(description: ProgrammeDescription, note: dict[str, Any]) -> ProgrammeDescription:
        thing = found(description, known, key)
        now = {} if thing is None else values_of(known, thing)
        touched = [*became, *was] if deed == "change" else [*became, *was, *now]
        if (deed == "create") != (thing is None) or any(now.get(n) != became.get(n) for n in touched):
            raise Refused(_problem("editing.changed_since", known, key))
        if deed == "remove":
            if known.name == "document":
                facts.update(_hashes(programme, thing.file, ""))
            note.update(before=now, after={}, position=_position(description, known, key))
            return _without(description, known, key)
        wanted = {name: value for name, value in now.items() if name not in touched} | was
        if bytes_before and "file" in was:
            path, here = str(was["file"]), str(now.get("file", ""))
            wanted["file"] = _free_path(programme, path.rpartition("/")[2], sha256=bytes_before, first=path)
            files[wanted["file"]] = evidence_store.stored_path(settings.KARVON_HOME, bytes_before)
            facts.update(_hashes(programme, here, bytes_before))
        reading = read_record(known, key, wanted, within=description)
        if reading.record is None:
            raise Refused(*reading.problems)
        _note(note, now, values_of(known, reading.record))
        return _put(description, known, reading, position=body.get("position"))

    return _do(programme, deed, known, key, change, by=by, facts=facts, files=files)


_REVERSED: Final[Mapping[str, Deed]] = {"create": "remove", "change": "change", "remove": "create"}


def found(description: ProgrammeDescription, kind: schema.Kind, key: str) -> Any:
    """The thing of this kind and key; ``None`` if there is none."""
    if kind is schema.PROGRAMME:
        return description.programme if description.programme.key == key else None
    return next((thing for thing in getattr(description, kind.holder) if thing.key == key), None)


def kept(before: Any, after: Any) -> Any:
    """What was typed; what nobody touched keeps its blanks at the ends and its order of languages."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        names = [name for name in before if name in after] + [name for name in after if name not in before]
        return {name: kept(before.get(name), after[name]) for name in names}
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [kept(one, other) for one, other in zip(before, after, strict=True)]
    if isinstance(before, str) and isinstance(after, str) and before.replace("\r\n", "\n").strip() == after:
        return before
    return after


def _do(
    programme: str,
    deed: Deed,
    kind: schema.Kind,
    key: str,
    change: Callable[[ProgrammeDescription, dict[str, Any]], ProgrammeDescription],
    *,
    by: Actor,
    facts: Mapping[str, Any] = {},  # never changed here
    files: Mapping[str, Path] = {},
) -> Done:
    """Change the description, beginning again where somebody else wrote in between."""
    note: dict[str, Any] = {}
    for attempt in range(TRIES):
        note.clear()
        try:
            described = change_description(
                programme,
                lambda description: change(description, note),
                action=deed,
                by=by,
                object_kind=kind.name,
                object_key=key,
                facts=facts,
                files=files,
                personal=note,
            )
            break
        except _Nothing:
            return Done(kind.name, key, deed)
        except Refused as refused:
            if attempt == TRIES - 1 or refused.problems[0].code != "import.changed_meanwhile":
                raise
    if described.unchanged:
        return Done(kind.name, key, deed)
    own = records.JournalEntry.objects.filter(
        programme__key=programme, object_kind=kind.name, object_key=key, action=deed, by=by.user
    )
    return Done(kind.name, key, deed, own.order_by("-id").values_list("id", flat=True)[0])


def _free_path(programme: str, name: str, *, sha256: str, first: str = "") -> str:
    """Where a document of this name lies: where these bytes lie under it already, else where nothing does.

    Other bytes never take a place that is in use, so that whoever saw the old file notices. ``first`` is tried first.
    """
    taken = stored_files(programme)
    stem, dot, ending = name.rpartition(".")
    stem, dot = (stem, dot) if stem else (ending, "")
    for number in count(1):
        tried = first or f"documents/{stem}{f'-{number}' if number > 1 else ''}{dot}{ending if dot else ''}"
        first = ""
        if taken.get(tried, sha256) == sha256:
            return tried
    raise AssertionError  # counting has no end


def _hashes(programme: str, was: str, sha256: str) -> dict[str, str]:
    """The bytes a document had and has, for the journal."""
    before = stored_files(programme).get(was, "") if was else ""
    said = {"content_sha256": sha256, "content_before_sha256": before if before != sha256 else ""}
    return {name: value for name, value in said.items() if value}


def _kind(name: str) -> schema.Kind:
    kind = kind_named(name)
    if kind is None:
        raise ValueError(f"no kind of thing is called {name}")
    return kind


def _note(note: dict[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """The fields that changed, as they were and as they are."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    note.update(
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed if name in after},
    )


def _put(
    description: ProgrammeDescription,
    kind: schema.Kind,
    reading: RecordReading,
    *,
    position: int | None = None,
) -> ProgrammeDescription:
    """The description with the record in its place, or at the end, and with the funders it names."""
    record = reading.record
    if kind is schema.PROGRAMME:
        return replace(description, programme=record)
    things = list(getattr(description, kind.holder))
    at = next((place for place, thing in enumerate(things) if thing.key == record.key), None)
    if at is not None:
        things[at] = record
    else:
        things.insert(len(things) if position is None else position, record)
    changed = _with(description, kind, things)
    return replace(changed, organisations=(*changed.organisations, *reading.funders))


def _without(description: ProgrammeDescription, kind: schema.Kind, key: str) -> ProgrammeDescription:
    if kind is schema.PROGRAMME:
        raise ValueError("a programme is not removed")
    return _with(description, kind, [one for one in getattr(description, kind.holder) if one.key != key])


def _with(
    description: ProgrammeDescription, kind: schema.Kind, things: Sequence[Any]
) -> ProgrammeDescription:
    changed: dict[str, Any] = {kind.holder: tuple(things)}
    return replace(description, **changed)


def _refuse_named(description: ProgrammeDescription, organisation: str) -> None:
    """A delegate may name an organisation nobody described, so that the rules of a folder would not miss this one."""
    naming = [one for one in description.delegates if one.organisation == organisation]
    facts = {"found": organisation, "kind": "organisation", "allowed": ""}
    if naming:
        raise Refused(
            *(
                Problem("folder.unknown_reference", Place(key=f"delegate[{one.key}].organisation"), facts)
                for one in naming
            )
        )


def _position(description: ProgrammeDescription, kind: schema.Kind, key: str) -> int:
    return next(n for n, thing in enumerate(getattr(description, kind.holder)) if thing.key == key)


def _problem(code: str, kind: schema.Kind, key: str, field: str = "", **facts: str | int) -> Problem:
    named = kind.name if kind is schema.PROGRAMME else f"{kind.name}[{key}]"
    return Problem(code, Place(key=f"{named}.{field}" if field else named), facts)
