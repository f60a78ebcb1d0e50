"""Counting over 1,000,000 attendances: the results page's own question beside the plain COUNT(DISTINCT)."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import Row, seconds, timed

ATTENDANCES = 1_000_000
PLAIN = """
SELECT COUNT(DISTINCT link.person_id) FROM records_attendance AS attendance
JOIN records_link AS link ON link.line_id = attendance.line_id
JOIN records_eventshare AS share ON share.event_id = attendance.event_id
JOIN records_contract AS contract ON contract.id = share.contract_id
WHERE contract."key" = %s AND attendance.role = 'participant' AND attendance.status IN ('present', 'completed')
"""
"""The same people without any bounds, straight from the attendances."""


def measure(attendances: int = ATTENDANCES) -> list[Row]:
    with TemporaryDirectory(prefix="karvon-bench-") as home:
        os.environ["KARVON_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "karvon.server.settings"
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        return _measure(attendances, Path(home))


def _measure(attendances: int, home: Path) -> list[Row]:
    from django.core.management import call_command
    from django.db import connection, transaction

    from bench.register import INDICATOR, PROGRAMME, write_register
    from karvon.actions.results import refresh_standings
    from karvon.queries.results.figures import indicator_results, maintained_figures
    from karvon.records.models import Programme

    call_command("migrate", verbosity=0)
    written = write_register(attendances=attendances)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with transaction.atomic():
        _, refreshed = timed(lambda: refresh_standings(Programme.objects.get()))

    def plain() -> int:
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, [written.contracts[0]])
            return int(cursor.fetchone()[0])

    (result,) = indicator_results(PROGRAMME)
    first = result.by_contract[0].figure
    assert first.best == plain(), (first, plain())
    assert first.lower < first.best, first
    assert len(result.by_contract) == 10
    assert len(result.overlaps) == 45
    assert result.union is not None
    one = seconds(lambda: maintained_figures(PROGRAMME)[INDICATOR])
    everything = seconds(lambda: indicator_results(PROGRAMME))
    label = f"{written.attendances:,} attendances of {written.people:,} people"
    return [
        Row(f"people under one contract, {label}", one, seconds(plain), "s", 3),
        Row("ten contracts, 45 overlaps and the union, with bounds", everything, None, "s", 1),
        Row("keeping them: all standings anew", refreshed, None, "s", None),
        Row(
            "the database",
            sum(path.stat().st_size for path in home.glob("karvon.sqlite3*")) / 1e6,
            None,
            "MB",
            None,
        ),
    ]


if __name__ == "__main__":  # another size: python -m bench.counting ATTENDANCES
    for row in measure(int(sys.argv[1])):
        print(row)
