"""Long work on a programme as a whole, done beside the pages."""

from typing import Literal

from django.conf import settings
from django.db import models
from django.db.models import Q

from karvon.records.columns import IdField, one_of
from karvon.records.programme import Programme


class Work(models.Model):
    """Alive while it beats; work that stopped was cut off and did nothing, since changes are written whole."""

    id = IdField()
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="works")
    """Empty for a folder that brings a programme nobody knew."""
    kind = models.CharField(max_length=12)
    about = models.CharField(max_length=200, blank=True)
    """What it is done to: a draft, a sheet, the choice of a report."""
    state = models.CharField(max_length=10)
    step = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    problems = models.JSONField(default=list)
    """Why it failed, as {code, where, facts, severity}."""
    result = models.JSONField(default=dict)
    """Keys and numbers of what came of it."""

    class Meta:
        ordering = ("-begun_at", "id")
        constraints = (
            one_of("kind", Literal["take_back", "count_again", "folder", "freeze"], model="work"),
            one_of("state", Literal["running", "done", "failed"], model="work"),
            models.UniqueConstraint(
                fields=("programme", "kind", "about"), condition=Q(state="running"), name="work_one_at_a_time"
            ),
        )
