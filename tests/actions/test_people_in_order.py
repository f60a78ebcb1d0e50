"""The list of people stands in the order of the names shown, whatever happens to them."""

from pathlib import Path

import pytest
from tests.small_folder import FIRST, small_folder

from karvon.actions.evidence import import_folder
from karvon.actions.journal import erase
from karvon.actions.people import decide, relink
from karvon.queries.people import people
from karvon.records import models as records
from karvon.rules.names.order import NAMELESS, order_key

pytestmark = pytest.mark.django_db


def everybody_stands_in_order() -> bool:
    """Whether all are filed under the names they are shown by, and listed by them."""
    kept = records.Person.objects.values_list("filed_under", "shown__payload__body")
    shown = [row.name for row in people("small")[0]]
    return all(key == order_key((body or {}).get("name", "")) for key, body in kept) and shown == sorted(
        shown, key=order_key
    )


def line_of(name: str) -> records.Line:
    return next(
        line for line in records.Line.objects.select_related("payload") if line.payload.body["name"] == name
    )


def test_people_are_listed_by_their_names_through_corrections_and_decisions(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    assert everybody_stands_in_order()
    listed = [row.name for row in people("small")[0]]

    import_folder(small_folder(tmp_path, first=FIRST.replace("Bekzod Tursunov", "Abbos Zokirov")))
    assert everybody_stands_in_order()
    assert people("small")[0][0].name == "Abbos Zokirov" not in listed

    decide("small", line_of("Shavkat Yo'ldoshev").id, line_of("Шавкат Йўлдошев").id, verdict="different")
    assert everybody_stands_in_order()
    assert {"Shavkat Yo'ldoshev", "Шавкат Йўлдошев"} <= {row.name for row in people("small")[0]}


def test_an_erased_name_leaves_no_letter_behind_and_stands_last(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    line = line_of("Bekzod Tursunov")

    erase(line.payload)

    assert people("small")[0][-1].name == ""
    assert records.Person.objects.get(shown=line).filed_under == NAMELESS
    relink("small")
    assert everybody_stands_in_order()


def test_a_page_of_the_list_is_the_same_part_of_the_whole(tmp_path: Path) -> None:
    import_folder(small_folder(tmp_path))
    whole = [row.person for row in people("small")[0]]

    pages = [people("small", page=number, size=2)[0] for number in range(1, -(-len(whole) // 2) + 1)]

    assert [row.person for page in pages for row in page] == whole
