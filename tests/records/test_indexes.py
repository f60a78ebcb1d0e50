"""Indexes serve the questions they are made for, in whatever order the database keeps text."""

import pytest
from django.db import connection
from tests.records.world import World

from karvon.records.models import NameKey

pytestmark = pytest.mark.django_db


@pytest.mark.only_on("postgresql")
def test_a_name_is_found_by_its_beginning_through_the_index() -> None:
    world = World()
    NameKey.objects.bulk_create(
        NameKey(programme=world.programme, organisation=world.organisation, key=f"n{number}")
        for number in range(5000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_namekey")
    plan = NameKey.objects.filter(programme=world.programme, key__startswith="karim").explain()
    assert "name_key_lookup" in plan
    assert "~>=~ 'karim'" in plan


@pytest.mark.only_on("sqlite")
def test_a_name_is_found_by_its_range_through_the_index() -> None:
    plan = NameKey.objects.filter(programme=1, key__gte="karim", key__lt="karin").explain()
    assert "name_key_lookup (programme_id=? AND key>? AND key<?)" in plan
