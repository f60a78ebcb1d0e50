"""Who wrote a thing of the programme last."""

from dataclasses import dataclass
from datetime import datetime

from karvon.records import models as records


@dataclass(frozen=True, slots=True)
class LastChange:
    """``by`` is '' where it came from the command line or the account is gone."""

    by: str
    at: datetime


def last_change(programme: str, kind: str, key: str) -> LastChange | None:
    """The newest entry of the journal about this thing, else about the whole programme."""
    entries = records.JournalEntry.objects.filter(programme__key=programme).select_related("by")
    row = (
        entries.filter(object_kind=kind, object_key=key).order_by("-id").first()
        or entries.filter(object_kind="programme").order_by("-id").first()
    )
    return LastChange(row.by.get_username() if row.by else "", row.at) if row else None
