"""Taking away evidence files that no record names."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from karvon.files import evidence_store
from karvon.records.models import StoredFile

LONGEST_CHANGE: Final = timedelta(days=1)
"""No change lasts so long: what was stored before that and is in no record was left by one that was cut."""


def sweep_evidence() -> int:
    """Remove what changes that were cut have left among the evidence; returns how many files.

    It looks at every file, so it is for a start, a night, a whole folder, and not for a change of one word.
    """
    kept = StoredFile.objects.values_list("sha256", flat=True)
    return evidence_store.sweep(settings.KARVON_HOME, keep=kept, before=timezone.now() - LONGEST_CHANGE)
