"""What is measured on a large register is written into today's tables."""

import pytest
from bench.register import INDICATOR, PROGRAMME, write_register

from karvon.actions.results import refresh_standings
from karvon.queries.results import indicator_result
from karvon.records import models as records


@pytest.mark.django_db
def test_a_register_of_any_size_can_be_counted() -> None:
    written = write_register(attendances=400)
    assert records.Attendance.objects.count() == written.attendances
    refresh_standings(records.Programme.objects.get(key=PROGRAMME))
    result = indicator_result(PROGRAMME, INDICATOR)
    assert result is not None
    assert 0 < result.figure.lower <= result.figure.best <= written.people
