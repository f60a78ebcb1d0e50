"""Thirty new lines against a register of ten thousand, on SQLite and PostgreSQL: who is who, asked at a desk.

``first``: in a process that has read nothing of this register yet, but its own modules and word lists; ``then``: the
median of further lists in the same process. Each includes reading the names of the list, every key and line from the
database, the weights and the clusters. Beside them: linking the whole register anew.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import Row, seconds, timed

LINES = 10_000
NEW = 30
LISTS = 12
BAR = 0.05


def measure() -> list[Row]:
    from tests.postgres import private_cluster
    from tests.programs import postgres_folder

    rows = _on("SQLite", "")
    programs = postgres_folder()
    if programs is None:
        print("PostgreSQL is not installed: left out", file=sys.stderr)
        return rows
    with private_cluster(programs) as url:
        return rows + _on("PostgreSQL", url)


def _on(engine: str, url: str) -> list[Row]:
    with TemporaryDirectory(prefix="karvon-bench-") as home:
        environment = {**os.environ, "KARVON_HOME": home, "DJANGO_SETTINGS_MODULE": "karvon.server.settings"}
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        run = [sys.executable, "-m", "bench.incremental"]
        subprocess.run([*run, "write"], env=environment, check=True, cwd=Path(__file__).parents[1])
        asked = subprocess.run(
            [*run, "ask"], env=environment, check=True, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE
        )
    found = json.loads(asked.stdout)
    what = f"{NEW} new lines against {LINES:,}, {engine}"
    return [
        Row(f"{what}, first of a process", 1000 * found["first"], None, "ms", None),
        Row(f"{what}, then", 1000 * found["then"], None, "ms", 1000 * BAR),
        Row(f"{what}, beside linking all", 1000 * found["then"], 1000 * found["whole"], "ms", None),
    ]


def _lines() -> list[tuple[str, ...]]:
    """Ten thousand lines of made-up people and a dozen lists of thirty more; plain, so that both processes agree."""
    from bench.bulk_rows import rows

    made = [line for line, _ in rows(LINES + NEW * LISTS)]
    return [
        (
            line.line,
            line.sheet,
            line.name,
            line.organisation,
            line.position,
            line.phone,
            line.email,
            line.region,
        )
        for line in made
    ]


def write() -> None:
    """A programme whose register is the first ten thousand lines, linked."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from karvon.actions.inserting import insert_rows
    from karvon.actions.journal import new_payload
    from karvon.actions.people import relink
    from karvon.records import models as records
    from karvon.rules.programme.text import Text

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        programme = records.Programme.objects.create(
            key="made", title=Text((("en", "Made up"),)), languages=["en"]
        )
        visit = records.Visit.objects.create(
            programme=programme, key="v", direction="outgoing", starts="2018-10-01", ends="2018-10-31"
        )
        stored = records.StoredFile.objects.create(sha256="1" * 64, size=1, media_type="text/csv")
        sheets: dict[str, records.Sheet] = {}
        kept = _lines()[:LINES]
        payloads = []
        for _, sheet, name, organisation, position, phone, email, region in kept:
            if sheet not in sheets:
                event = records.Event.objects.create(
                    programme=programme, key=sheet.lower(), visit=visit, kind="training", starts="2018-10-01",
                    ends="2018-10-01",
                )  # fmt: skip
                sheets[sheet] = records.Sheet.objects.create(
                    programme=programme, key=sheet, path=sheet, stored=stored, event=event, role="participant"
                )
            cells = {
                "organisation": organisation, "position": position, "phone": phone, "email": email, "region": region,
            }  # fmt: skip
            payloads.append(new_payload({"name": name, "cells": cells}))
        records.Payload.objects.bulk_create(payloads)
        insert_rows(
            records.Line,
            (
                "id", "programme_id", "sheet_id", "row", "payload_id", "key", "table", "block", "country", "region",
                "sex",
            ),
            (
                (line[0], programme.pk, sheets[line[1]].pk, row, payload.pk, line[0], "", "", "", "", "")
                for row, (line, payload) in enumerate(zip(kept, payloads, strict=True), 1)
            ),
        )  # fmt: skip
    relink("made")


def ask() -> None:
    """Prints the seconds of the first list, of a usual one, and of linking everything."""
    import django

    django.setup()
    from karvon.cli.main import look_for_garbage_seldom
    from karvon.queries.matching import matched
    from karvon.queries.register import identity_line, register_lines
    from karvon.rules.identity.line import IdentityLine
    from karvon.rules.identity.resolve import resolve, take_snapshot

    look_for_garbage_seldom()  # as a server does
    new = [
        IdentityLine(*line[:3], "", "", "", *line[3:5], line[6], line[5], line[7])
        for line in _lines()[LINES:]
    ]
    lists = [new[at : at + NEW] for at in range(0, len(new), NEW)]
    # word lists and modules: what a server has read long before
    practice = [IdentityLine(line="p1", name="Karimov Aziz"), IdentityLine(line="p2", name="Каримов Азиз")]
    resolve(practice, snapshot=take_snapshot(practice))
    matched("another", practice)
    _, first = timed(lambda: matched("made", lists[0]))
    then = median(timed(lambda one=one: matched("made", one))[1] for one in lists[1:])  # type: ignore[misc]
    whole = seconds(lambda: resolve(map(identity_line, register_lines("made"))), times=1)
    print(json.dumps({"first": first, "then": then, "whole": whole}))


if __name__ == "__main__":
    {"write": write, "ask": ask}[sys.argv[1]]()
