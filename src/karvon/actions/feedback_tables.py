"""Answers that stand in a document: read from its table whenever that is new, changed or gone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from karvon.actions.journal import erase, new_id, new_payload
from karvon.files.evidence_store import Stored
from karvon.files.readers.feedback_table import read_answers
from karvon.records import models as records
from karvon.rules.feedback import Answer
from karvon.rules.programme import description as d


@dataclass(frozen=True, slots=True)
class StagedTable:
    """A table about to be kept."""

    document: str
    answers: tuple[tuple[int, Answer], ...]
    """With the row each stands in."""


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What a description makes of the tables of feedback: those read anew, and those whose answers go."""

    read: tuple[StagedTable, ...] = ()
    gone: frozenset[str] = frozenset()
    """Keys of documents; one that is read anew is among them, if it was there."""


def stage_tables(
    description: d.ProgrammeDescription, *, stored: Mapping[str, Stored], sources: Mapping[str, Path]
) -> TableChanges:
    """Read the tables that are new or changed. Raises `Refused` for one that is none; changes nothing."""
    kept = {
        row.key: (row.stored_id, row.event.key if row.event else "", tuple(row.reading))
        for row in records.Document.objects.filter(programme__key=description.programme.key)
        .exclude(reading=[])
        .select_related("event")
    }
    wanted = {one.key: one for one in description.documents if one.reading}
    same = {
        key
        for key, one in wanted.items()
        if kept.get(key) == (stored[one.file].sha256, one.event, one.reading)
    }
    read = tuple(
        StagedTable(key, read_answers(sources[one.file], name=one.file, reading=one.reading).answers)
        for key, one in wanted.items()
        if key not in same
    )
    return TableChanges(read, frozenset(kept) - same)


def drop_table_answers(programme: str, documents: Collection[str]) -> None:
    """Take away the answers of these documents, and erase what was said in them: the tables themselves say it."""
    if not documents:
        return
    answers = records.FeedbackAnswer.objects.filter(
        document__programme__key=programme, document__key__in=documents
    )
    payloads = [row.payload for row in answers.select_related("payload") if row.payload is not None]
    answers.delete()
    for payload in payloads:
        erase(payload)


def write_table_answers(programme: records.Programme, tables: Collection[StagedTable]) -> None:
    """Keep the answers of these documents, each with its row. Call it once the documents are written."""
    for table in tables:
        document = records.Document.objects.select_related("event").get(
            programme=programme, key=table.document
        )
        if document.event is None:  # a description with such a table was refused
            continue
        payloads = [
            new_payload({str(name): text for name, text in said.comments.items()}) if said.comments else None
            for _, said in table.answers
        ]
        records.Payload.objects.bulk_create(one for one in payloads if one is not None)
        records.FeedbackAnswer.objects.bulk_create(
            records.FeedbackAnswer(
                id=new_id(),
                event=document.event,
                way="sheet",
                payload=payload,
                document=document,
                row=row,
                **{str(mark): given for mark, given in said.marks.items()},
            )
            for (row, said), payload in zip(table.answers, payloads, strict=True)
        )
