"""An installation that knows nothing, in the midst of a test."""

from karvon.records import models as records
from karvon.records.triggers import lift_triggers


def forget_everything() -> None:
    """As on another installation: nothing of any programme is known. Within a test's transaction only."""
    lift_triggers()
    records.Standing.objects.all().delete()
    records.UnsettledBound.objects.all().delete()
    for table in (
        records.JournalEntry, records.FeedbackAnswer, records.AttendanceCorrection, records.Decision,
        records.Match, records.NameKey, records.Attendance, records.Link,
        records.Person, records.Snapshot, records.Line, records.SkippedRow, records.Sheet, records.Document,
        records.Statement, records.Indicator, records.Event, records.Visit, records.Membership, records.Expert,
        records.Contract, records.Organisation, records.Programme, records.Payload, records.StoredFile,
    ):  # fmt: skip
        table.objects.all().delete()
