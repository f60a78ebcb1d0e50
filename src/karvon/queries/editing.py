"""Who wrote a thing of the programme last."""

from dataclasses import dataclass
from datetime import datetime

from karvon.queries.evidence import file_before
from karvon.records import models as records


@dataclass(frozen=True, slots=True)
class LastChange:
    """``by`` is '' where it came from the command line or the account is gone."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """What a document was of before somebody replaced its file."""

    sha256: str
    name: str
    """'' where the journal's text was erased."""
    by: str
    at: datetime


def earlier_files(programme: str, document: str) -> tuple[EarlierFile, ...]:
    """The files a document had, the latest first; each once."""
    rows = (
        records.JournalEntry.objects.filter(
            programme__key=programme,
            object_kind="document",
            object_key=document,
            facts__content_before_sha256__isnull=False,
        )
        .select_related("by", "payload")
        .order_by("-id")
    )
    found: dict[str, EarlierFile] = {}
    for row in rows:
        sha256 = str(row.facts["content_before_sha256"])
        by = row.by.get_username() if row.by else ""
        found.setdefault(sha256, EarlierFile(sha256, file_before(row), by, row.at))
    now = records.Document.objects.filter(programme__key=programme, key=document).values_list(
        "stored", flat=True
    )
    return tuple(one for one in found.values() if one.sha256 not in now)


def last_change(programme: str, kind: str, key: str) -> LastChange | None:
    """The newest entry of the journal about this thing, else about the whole programme."""
    entries = records.JournalEntry.objects.filter(programme__key=programme).select_related("by")
    row = (
        entries.filter(object_kind=kind, object_key=key).order_by("-id").first()
        or entries.filter(object_kind="programme").order_by("-id").first()
    )
    return LastChange(row.by.get_username() if row.by else "", row.at) if row else None
