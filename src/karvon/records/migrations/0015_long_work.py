"""Long work on a programme as a whole: taking back, folders, editions."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import karvon.records.columns


class Migration(migrations.Migration):
    dependencies = [("records", "0014_feedback")]

    operations = [
        migrations.CreateModel(
            name="Work",
            fields=[
                ("id", karvon.records.columns.IdField(max_length=20, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(max_length=10)),
                ("step", models.CharField(blank=True, max_length=20)),
                ("done", models.PositiveIntegerField(default=0)),
                ("of", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("beat_at", models.DateTimeField()),
                ("problems", models.JSONField(default=list)),
                ("result", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="works",
                        to="records.programme",
                    ),
                ),
            ],
            options={
                "ordering": ("-begun_at", "id"),
                "constraints": (
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["take_back", "count_again", "folder", "freeze"])),
                        name="work_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "done", "failed"])),
                        name="work_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("programme", "kind", "about"),
                        name="work_one_at_a_time",
                    ),
                ),
            },
        ),
    ]
