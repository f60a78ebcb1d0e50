import re
import unicodedata
from itertools import islice

import karvon.records.columns
from django.db import migrations, models


def write_places(apps, schema_editor):
    """By the names shown as they are; the next linking writes it by the rule of its time, where that differs."""
    person = apps.get_model("records", "Person")
    rows = person.objects.values_list("id", "shown__payload__body").iterator()
    while some := list(islice(rows, 1000)):
        person.objects.bulk_update(
            [person(id=one, filed_under=place(str((body or {}).get("name", "")))) for one, body in some],
            ["filed_under"],
            batch_size=200,
        )


def place(name):
    text = unicodedata.normalize("NFKC", name).translate(APOSTROPHES).casefold()
    key = " ".join(re.sub(r"[\W_]+", " ", "".join(map(plain, text))).split())
    return key[:100].rstrip() or "\U0010fffd"


def plain(letter):
    if "Ѐ" <= letter <= "ԯ":
        return letter.translate(AFTER_YA)
    return "".join(one for one in unicodedata.normalize("NFD", letter) if not unicodedata.combining(one))


APOSTROPHES = dict.fromkeys(map(ord, "'`´ʹʻʼʽʾʿˈˊˋ‘’‛′‵՚ꞌ"))
AFTER_YA = str.maketrans("ёўқғҳ", "е\u0450\u0451\u0452\u0453")


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0011_scores"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="filed_under",
            field=karvon.records.columns.PlaceInListField(default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["programme", "filed_under", "id"], name="person_by_name"),
        ),
        migrations.RunPython(write_places, migrations.RunPython.noop),
    ]
