"""Bringing in a table of feedback answers: kept as a document of its event, by its hash, with what its columns hold."""

from pathlib import Path

from django.conf import settings

from karvon.actions.editing import Done, write_thing
from karvon.actions.journal import Actor
from karvon.files import evidence_store
from karvon.files.readers.brought_document import brought_document
from karvon.files.readers.feedback_table import read_answers, read_rows
from karvon.records import models as records
from karvon.rules.feedback.columns import Columns, sentences
from karvon.rules.problems import Place, Problem, Refused


def lay_table_aside(path: Path, *, name: str) -> tuple[str, str]:
    """Keep a file that may be a table of answers under its hash until its columns are said; the hash and its name.

    What is never brought in is swept away like everything that no record names. `Refused` for what is no table.
    """
    file = brought_document(path, name=name)
    read_rows(path, name=file.name)
    return evidence_store.store(settings.KARVON_HOME, path, name=file.name).sha256, file.name


def bring_table(
    programme: str, event: str, document: str, path: Path, *, name: str, columns: Columns, by: Actor
) -> Done:
    """Keep the table as the document with this new key, and its answers with it; brought in twice, it is one.

    `Refused` where the event has this very file already, where the file may not be kept, and where it is no such
    table. Taking the document back takes its answers along.
    """
    said = sentences(columns)
    file = brought_document(path, name=name)
    read_answers(path, name=file.name, reading=said)
    there = records.Document.objects.filter(
        programme__key=programme, event__key=event, stored=evidence_store.digest_of(path)
    ).exclude(reading=[])
    if there.exclude(key=document).exists():
        raise Refused(Problem("feedback.same_table", Place(file=file.name)))
    if there.exists():
        return Done("document", document, "create")
    values = {"kind": "evaluation", "event": event, "reading": list(said)}
    return write_thing(programme, "document", values, key=document, shown=None, by=by, file=file)
