"""Making the records say what a programme is: whole or not at all, from a folder, a form or a list brought in.

Everything slow (reading, storing, linking) happens before the one transaction; a cut before it leaves the records as
they were. What a change does not touch is neither read nor linked again.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from karvon.actions.correcting import keep_corrections, lay_corrections
from karvon.actions.feedback import keep_answers
from karvon.actions.feedback_tables import drop_table_answers, stage_tables, write_table_answers
from karvon.actions.journal import Actor, canonical, write_entry
from karvon.actions.lines import (
    keep_retired,
    place_lines,
    withdraw_sheets,
    write_organisation_keys,
    write_roster_lines,
    write_sheets,
)
from karvon.actions.people import (
    Joined,
    Resolved,
    join_register,
    keep_decisions,
    keep_snapshot,
    resolve_register,
    write_joined,
    write_links,
)
from karvon.actions.programme import Changes, FileOf, write_description
from karvon.actions.results import refresh_doubts, refresh_standings
from karvon.actions.roles import refresh_roles
from karvon.actions.scoring import lay_scores
from karvon.actions.signing import keep_brought_signatures
from karvon.actions.staging import (
    Progress,
    StagedSheet,
    placing,
    roster_lines,
    silent,
    stage_sheets,
    staged_register_lines,
)
from karvon.actions.sweeping import sweep_evidence
from karvon.actions.turns import turn
from karvon.files import evidence_store
from karvon.files.evidence_store import Stored
from karvon.files.programme_folder import RegisterFiles, check_description
from karvon.queries.crowds import crowd_problems
from karvon.queries.programme_description import describe
from karvon.queries.register import (
    RegisterLine,
    current_snapshot,
    first_name,
    identity_line,
    register_lines,
    stored_files,
)
from karvon.queries.results import doubt_count
from karvon.records import models as records
from karvon.rules.identity.resolve import take_snapshot
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme import description as d
from karvon.rules.programme.text import NO_TEXT

MOST_JOINED = 1_000
"""New lines that are linked to the register as it is kept; with more, linking it whole is as fast."""
OUTGROWN = 2
"""A register built here list by list outgrows the rarities measured on its first lists: they are measured anew when it
has become so many times as large. A folder never does so, or an export would not come back as it was."""


@dataclass(frozen=True, slots=True)
class Described:
    """What became of a description. ``unchanged``: the records said all of it already; nothing was written."""

    programme: str
    unchanged: bool = False
    changes: Changes = Changes({})  # noqa: RUF009  # frozen, and empty for every instance
    sheets: int = 0
    lines: int = 0
    """Lines in use."""
    new_lines: int = 0
    people: int = 0
    doubts: int = 0
    problems: tuple[Problem, ...] = ()
    """Doubts of readers and warnings."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A description that holds together, with every file it names."""

    description: d.ProgrammeDescription
    sources: Mapping[str, Path]
    """Path in the programme -> where the bytes lie."""
    register: RegisterFiles | None = None
    """Ids, people and decisions that came with a folder."""
    edited: bool = False
    """Whether it says something else than the folder last imported."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What a change rests on; another state when it is to be written means that somebody was quicker."""

    folder_digest: str
    linked_under: str
    decisions: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal is to say of a change."""

    action: str
    by: Actor
    object_kind: str = ""
    object_key: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] | None = None


def begin_programme(programme: d.Programme, *, by: Actor) -> Described:
    """A new programme with nothing in it. Raises `Refused` where one with this key is there."""
    if records.Programme.objects.filter(key=programme.key).exists():
        raise Refused(Problem("import.key_taken", Place(key="programme.key"), {"key": programme.key}))
    entry = Entry("create", by, object_kind="programme", object_key=programme.key)
    return _keep(
        Wanted(check_description(d.ProgrammeDescription(programme)), {}, edited=True), entry, state=None
    )


def change_description(
    programme: str,
    change: Callable[[d.ProgrammeDescription], d.ProgrammeDescription],
    *,
    action: str,
    by: Actor,
    object_kind: str = "",
    object_key: str = "",
    files: Mapping[str, Path] = {},  # never changed
    facts: Mapping[str, Any] = {},
    personal: Mapping[str, Any] | None = None,
    progress: Progress = silent,
) -> Described:
    """Make the programme what ``change`` makes of it; one entry in the journal.

    ``files`` are new ones: path in the programme (``sheets/...``, ``documents/...``) -> where the bytes lie. The
    whole is checked by the rules a folder is checked by: `Refused` names each problem at ``kind[key].field``. A sheet
    no longer described is withdrawn, one that is described again comes back with its lines. `Refused` with
    ``import.changed_meanwhile`` where somebody else changed the programme in the meantime; trying again is safe.
    """
    with turn(programme):
        state = _state(programme)
        before = describe(programme)
        if state is None or before is None:
            raise Refused(Problem("import.gone", Place(key=programme)))
        after = check_description(change(before))
        if after.programme.key != programme:
            raise ValueError("a programme keeps its key")
        kept = {
            path: evidence_store.stored_path(settings.KARVON_HOME, sha256)
            for path, sha256 in stored_files(programme).items()
        }
        entry = Entry(action, by, object_kind, object_key, facts, personal)
        wanted = Wanted(after, {**kept, **files}, edited=True)
        return _keep(wanted, entry, state=state, before=before, progress=progress)


def keep_folder(
    wanted: Wanted, entry: Entry, *, replace_edited: bool = False, progress: Progress = silent
) -> Described:
    """Make the records say what a folder says; nothing where they say it already.

    Raises `Refused` where something was changed here since the last folder, unless that is to be replaced.
    """
    key = wanted.description.programme.key
    return _keep(
        wanted,
        entry,
        state=_state(key),
        before=describe(key),
        folder=True,
        over=replace_edited,
        progress=progress,
    )


def _state(programme: str) -> State | None:
    row = (
        records.Programme.objects.filter(key=programme)
        .annotate(last=Max("decisions__id"))
        .values_list("folder_digest", "linked_under", "last")
        .first()
    )
    return State(row[0], row[1], row[2] or 0) if row else None


def _keep(
    wanted: Wanted,
    entry: Entry,
    *,
    state: State | None,
    before: d.ProgrammeDescription | None = None,
    folder: bool = False,
    over: bool = False,
    progress: Progress = silent,
) -> Described:
    description, key = wanted.description, wanted.description.programme.key
    stored = _store(wanted.sources, description, progress)
    digest = _digest(description, stored, wanted.register)
    if state is not None and state.folder_digest == digest:
        return Described(key, unchanged=True, problems=wanted.problems)
    if folder and not over and records.Programme.objects.filter(key=key, edited=True).exists():
        raise Refused(Problem("import.edited_here", Place(key=key)))
    staged = stage_sheets(
        description, stored=stored, sources=wanted.sources, register=wanted.register, progress=progress
    )
    if refused := [p for sheet in staged for p in sheet.reading.problems if p.severity == "error"]:
        raise Refused(*refused)
    tables = stage_tables(description, stored=stored, sources=wanted.sources)
    progress("people", 0, 1)
    linking = _link(wanted, staged, before)
    progress("records", 0, 1)
    with transaction.atomic():
        records.Programme.objects.select_for_update().filter(key=key).first()
        if _state(key) != state:
            raise Refused(Problem("import.changed_meanwhile", Place(key=key)))
        records.StoredFile.objects.bulk_create(
            (
                records.StoredFile(sha256=s.sha256, size=s.size, media_type=s.media_type)
                for s in stored.values()
            ),
            ignore_conflicts=True,
        )
        drop_table_answers(key, tables.gone)
        file = FileOf({path: s.sha256 for path, s in stored.items()})
        changes = write_description(description, before=before, file=file)
        programme = records.Programme.objects.get(key=key)
        write_table_answers(programme, tables.read)
        withdrawn = withdraw_sheets(programme, description, before)
        write_sheets(programme, staged)
        place_lines(programme, linking.moved)
        if linking.roster is not None:
            write_roster_lines(programme, description, linking.roster, wanted.register)
        keep_retired(programme, wanted.register)
        keep_brought_signatures(programme, wanted.register.signatures if wanted.register else ())
        keep_corrections(programme, wanted.register)
        keep_answers(programme, wanted.register)
        by_hand = lay_corrections(
            programme, read_anew={line.line for sheet in staged for line in sheet.lines}
        )
        if staged or withdrawn or wanted.register is not None:
            lay_scores(
                programme,
                read_anew={line.line: line.written.cells for sheet in staged for line in sheet.lines},
            )
        if before is None or before.organisations != description.organisations:
            write_organisation_keys(programme, description)
        if isinstance(linking.links, Resolved):
            keep_snapshot(programme, linking.links.snapshot)
            keep_decisions(programme, wanted.register)
            write_links(programme, linking.links)
        elif linking.links is not None:
            write_joined(programme, linking.links)
        refresh_roles(programme)
        lines_changed = bool(by_hand or staged or withdrawn or linking.moved or linking.links is not None)
        if lines_changed or before is None or _counted(before) != _counted(description):
            refresh_standings(programme)
        elif _said_of(before) != _said_of(description):
            refresh_doubts(programme)
        programme.folder_digest, programme.edited = digest, wanted.edited
        programme.save(update_fields=["folder_digest", "edited"])
        new_ids = [line.line for sheet in staged for line in sheet.lines if line.is_new]
        retired = sorted([line for sheet in staged for line in sheet.gone] + withdrawn)
        facts = {
            **(
                {"folder_sha256": digest, "files": {p: s.sha256 for p, s in sorted(stored.items())}}
                if folder
                else {}
            ),
            "changes": {kind: list(counts) for kind, counts in changes.by_kind.items()},
            "lines": new_ids,
            "retired": retired,
        }
        write_entry(
            entry.action,
            by=entry.by,
            programme=programme,
            object_kind=entry.object_kind,
            object_key=entry.object_key,
            facts={**entry.facts, **{name: value for name, value in facts.items() if value or folder}},
            personal=entry.personal,
        )
    if folder:
        sweep_evidence()
    in_use = records.Line.objects.filter(programme__key=key, retired_at__isnull=True)
    return Described(
        programme=key,
        changes=changes,
        sheets=len(description.sheets),
        lines=in_use.count(),
        new_lines=len(new_ids),
        people=records.Person.objects.filter(programme__key=key).count(),
        doubts=doubt_count(key),
        problems=(
            *wanted.problems,
            *(p for sheet in staged for p in sheet.reading.problems),
            *crowd_problems(key, linking.too_large),
        ),
    )


@dataclass(frozen=True, slots=True)
class Linking:
    """Who is who after a change. ``links``: ``None`` where no line says anything else than before."""

    links: "Resolved | Joined | None" = None
    roster: Sequence[RegisterLine] | None = None
    """The names the programme gives, where they are to be kept anew."""
    moved: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    """Lines of sheets left as they are whose cells now mean another organisation, country or region."""

    @property
    def too_large(self) -> tuple[tuple[str, ...], ...]:
        """Sets of lines too many for one person, among those that were linked again."""
        if isinstance(self.links, Resolved):
            return self.links.resolution.too_large
        return self.links.decided.too_large if self.links is not None else ()


def _link(wanted: Wanted, staged: Sequence[StagedSheet], before: d.ProgrammeDescription | None) -> Linking:
    """Link what the change touches, under the decisions that stand; writes nothing."""
    description, key = wanted.description, wanted.description.programme.key
    gone_sheets = {s.key for s in before.sheets} - {s.key for s in description.sheets} if before else set()
    placed_anew = before is not None and before.organisations != description.organisations
    same_roster = before is not None and _names_said(before) == _names_said(description)
    if not staged and not gone_sheets and not placed_anew and same_roster and wanted.register is None:
        return Linking()
    old = {line.line: line for line in register_lines(key)}
    read_again = {sheet.sheet.key for sheet in staged} | gone_sheets
    lists = [line for line in old.values() if line.source.startswith(("expert:", "delegate:"))]
    roster = lists if same_roster and wanted.register is None else roster_lines(description, wanted.register)
    listed = {line.line for line in lists}
    untouched = [line for line in old.values() if line.line not in listed and line.source not in read_again]
    moved: dict[str, tuple[str, str, str]] = {}
    if placed_anew:
        untouched, moved = _placed_anew(untouched, description)
    lines = [*untouched, *staged_register_lines(staged, description), *roster]
    new = {line.line: line for line in lines}
    fresh = [line for line in lines if line.line not in old]
    stays = wanted.register is None and all(line in new and said_same(old[line], new[line]) for line in old)
    named = None if same_roster and wanted.register is None else roster
    if (stays and not fresh) or not (lines or old):
        return Linking(None, named, moved)
    snapshot = current_snapshot(key) or (wanted.register.snapshot if wanted.register else None)
    outgrown = snapshot is not None and wanted.edited and snapshot.tables["lines"] * OUTGROWN <= len(lines)
    joined = None
    if stays and len(fresh) <= MOST_JOINED and not outgrown:
        joined = join_register(key, fresh, in_use=frozenset(old))
    if outgrown and snapshot is not None:
        snapshot = take_snapshot(map(identity_line, lines), number=snapshot.number + 1)
    links = joined or resolve_register(key, lines=lines, snapshot=snapshot, brought=wanted.register)
    return Linking(links, named, moved)


def said_same(old: RegisterLine, new: RegisterLine) -> bool:
    """Whether identity reads the same of both."""
    return (old.source, old.on, old.cells, old.name, old.organisation) == (
        new.source, new.on, new.cells, new.name, new.organisation,
    )  # fmt: skip


def _names_said(description: d.ProgrammeDescription) -> tuple[object, ...]:
    """Everything the lines of the programme's own lists are made of."""
    return (
        description.experts,
        description.delegates,
        description.programme.languages[:1],
        tuple((one.key, one.name) for one in description.organisations),
        _starts_of_travel(description),
    )


def _starts_of_travel(description: d.ProgrammeDescription) -> tuple[object, ...]:
    """When the visits begin on which somebody named travels."""
    travelled = {delegate.visit for delegate in description.delegates}
    return tuple((visit.key, visit.period.starts) for visit in description.visits if visit.key in travelled)


def _counted(description: d.ProgrammeDescription) -> tuple[object, ...]:
    """What figures depend on besides lines: everything but the texts of what is counted, visits without an event, and
    advice.
    """
    with_events = {event.visit for event in description.events}
    return (
        tuple(replace(event, title=NO_TEXT, scores_out_of=None) for event in description.events),
        tuple(
            replace(visit, title=NO_TEXT, purpose=NO_TEXT)
            for visit in description.visits
            if visit.key in with_events
        ),
        tuple((contract.key, contract.period) for contract in description.contracts),
        tuple(replace(indicator, title=NO_TEXT) for indicator in description.indicators),
        tuple(replace(one, name=NO_TEXT, website="") for one in description.organisations),
        (description.memberships, description.delegates, description.experts, description.places),
    )


def _said_of(description: d.ProgrammeDescription) -> tuple[object, ...]:
    """What doubts are weighed for besides figures: which statement speaks of what."""
    return tuple((said.key, said.indicator, said.scope) for said in description.statements)


def _placed_anew(
    lines: Sequence[RegisterLine], description: d.ProgrammeDescription
) -> tuple[list[RegisterLine], dict[str, tuple[str, str, str]]]:
    """The lines by the organisations as they are described now, and those that mean something else than before."""
    placed = placing(description)
    called = {organisation.key: first_name(organisation.name) for organisation in description.organisations}
    before = {
        line: (organisation or "", country, region)
        for line, organisation, country, region in records.Line.objects.filter(
            programme__key=description.programme.key, retired_at__isnull=True, sheet__isnull=False
        ).values_list("id", "organisation__key", "country", "region")
    }
    moved, found = {}, []
    for line in lines:
        now = placed(line.cells)
        if line.cells and now != before[line.line]:
            moved[line.line] = now
        found.append(replace(line, organisation=called.get(now[0], "")) if line.cells else line)
    return found, moved


def _store(
    sources: Mapping[str, Path], description: d.ProgrammeDescription, progress: Progress
) -> dict[str, Stored]:
    """Every file the description names, in the store; those of the store itself are not read again."""
    named = {sheet.file for sheet in description.sheets} | {s.scan for s in description.sheets if s.scan}
    named |= {document.file for document in description.documents}
    kept = {row.sha256: row for row in records.StoredFile.objects.all()} if named else {}
    stored = {}
    for done, path in enumerate(sorted(named)):
        progress("files", done, len(named))
        source = sources.get(path)
        if source is None:
            raise Refused(Problem("folder.file_missing", Place(file=path), {"found": path}))
        known = kept.get(source.name)
        if known is not None and source == evidence_store.stored_path(settings.KARVON_HOME, known.sha256):
            stored[path] = Stored(known.sha256, known.size, known.media_type)
            continue
        try:
            stored[path] = evidence_store.store(settings.KARVON_HOME, source, name=path)
        except OSError as error:
            why = {"why": error.strerror or type(error).__name__}
            raise Refused(Problem("import.not_stored", Place(file=path), why)) from error
    return stored


def _digest(
    description: d.ProgrammeDescription, stored: Mapping[str, Stored], register: RegisterFiles | None
) -> str:
    files = [[path, s.sha256] for path, s in sorted(stored.items())]
    return hashlib.sha256(canonical([repr(description), files, repr(register)])).hexdigest()
