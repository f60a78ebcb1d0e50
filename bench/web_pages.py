"""Pages of a programme answered inside one process: SQL statements, processor time, size; and four people signed in.

``python -m bench.web_pages FOLDER`` with ``KARVON_HOME`` of an installation into which FOLDER was imported; prints
JSON.
"""

import csv
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.test import Client

PROGRAMME: Final = "large"
INDICATOR: Final = "specialists"
PARTS: Final = ("contract", "month", "organisation")
"""Ways to take a figure apart, one of each kind."""
ROUNDS: Final = 30
PEOPLE: Final = 4
SPELLINGS: Final = ("Karimov", "Каримов", "Karimovs", "КАРИМОВ")
"""One surname as four people would type it; the sheets are written in Uzbek Latin."""


def main(folder: Path) -> None:
    import django

    django.setup()
    from django.db import connection
    from tests.web.readers import make_account, signed_in

    import karvon.web
    from karvon.cli.main import look_for_garbage_seldom
    from karvon.records import models as records
    from karvon.rules.access import Grant

    look_for_garbage_seldom()  # as a server does
    grant = Grant("coordinator", PROGRAMME)
    clients = [signed_in(make_account(f"person{number}@example.org", grant)) for number in range(PEOPLE)]
    reader = clients[0]
    page = f"/lv/{PROGRAMME}/people/"
    reader.get(page)
    statements: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        html = reader.get(page).content
    found = {typed: _found(reader.post(page, {"q": typed}).content.decode()) for typed in SPELLINGS}
    bodies = records.Payload.objects.filter(line__programme__key=PROGRAMME).values_list("body", flat=True)
    kept = Counter(str(body["name"]) for body in bodies if body)
    written = Counter(_names(folder))
    static = Path(karvon.web.__file__).parent / "static"
    said = {
        "people": records.Person.objects.filter(programme__key=PROGRAMME).count(),
        "lines": kept.total(),
        "statements": len(statements),
        "list_cpu": _cpu(lambda: reader.get(page)),
        "list_bytes": len(html),
        "found": found,
        "workbook_cpu": _cpu(lambda: _taken(reader), rounds=3),
        "workbook_bytes": len(_taken(reader)),
        "search_cpu": _cpu(lambda: reader.post(page, {"q": SPELLINGS[1]})),
        "assets": sum(
            len(gzip.compress(path.read_bytes(), 9)) for path in static.rglob("*") if path.is_file()
        ),
        "names_changed": (written - kept).total() + (kept - written).total(),
        "figure_cpu": {
            by: _cpu(partial(reader.get, f"/lv/{PROGRAMME}/results/{INDICATOR}/?by={by}"), rounds=3)
            for by in PARTS
        },
        "doubts_cpu": _cpu(lambda: reader.get(f"/lv/{PROGRAMME}/doubts/"), rounds=5),
        "doubts": records.Doubt.objects.filter(programme__key=PROGRAMME).count(),
        "correction_cpu": _corrections(),
        "sessions": [client.cookies["sessionid"].value for client in clients],
    }
    print(json.dumps(said))


def _taken(reader: "Client") -> bytes:
    """The workbook of everybody, as it is sent."""
    answer = reader.post(f"/lv/{PROGRAMME}/people/workbook/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file's answer streams


def _corrections() -> float:
    """The median processor time of saying that somebody was a guest, or a participant after all."""
    from karvon.actions.attendance import correct_attendance
    from karvon.actions.journal import COMMAND
    from karvon.records import models as records
    from karvon.rules.attendance import Correction

    event = (
        records.Event.objects.filter(programme__key=PROGRAMME)
        .order_by("order")
        .values_list("key", flat=True)[0]
    )
    lines = (
        records.Attendance.objects.filter(event__key=event).order_by("id").values_list("line_id", flat=True)
    )
    taken = []
    for line in lines[:3]:
        for role in ("guest", "participant"):
            began = time.process_time()
            correct_attendance(PROGRAMME, event, line, [Correction("role", role)], by=COMMAND)
            taken.append(time.process_time() - began)
    return median(taken)


def _cpu(call: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """The median processor time of a call in seconds: whoever else uses the machine does not count."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return median(taken)


def _found(html: str) -> int:
    """How many people the list says it shows."""
    said = re.search(r'role="status"[^>]*>\D*(\d[\d\s\xa0]*)', html)
    return int(re.sub(r"\D", "", said[1])) if said else 0


def _names(folder: Path) -> Iterator[str]:
    """Every name as it stands in the sheets."""
    from openpyxl import load_workbook

    for path in sorted((folder / "sheets").iterdir()):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as opened:
                yield from (row[1] for row in list(csv.reader(opened))[1:])
        else:
            rows = load_workbook(path, read_only=True).worksheets[0].iter_rows(min_row=2, values_only=True)
            yield from (str(row[1]) for row in rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
