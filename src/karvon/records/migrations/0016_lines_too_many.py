import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0015_long_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="CrowdLine",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="records.line",
                    ),
                ),
                ("crowd", models.CharField(max_length=16)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.programme"
                    ),
                ),
            ],
        ),
    ]
