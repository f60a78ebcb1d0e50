import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0012_people_in_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterWords",
            fields=[
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="records.programme",
                    ),
                ),
                ("state", models.CharField(max_length=40)),
                ("words", models.TextField()),
            ],
        ),
    ]
