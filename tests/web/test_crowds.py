"""Lines too many for one person: the outcome of a change names them, and the queue shows them as one thing."""

from pathlib import Path

import pytest
from django.utils import timezone
from tests.actions.test_describing import changed, with_third
from tests.small_folder import small_folder
from tests.web.readers import reader_with

from karvon.actions.by_hand import all_one
from karvon.actions.describing import Described
from karvon.actions.evidence import import_folder
from karvon.actions.people import relink
from karvon.queries.crowds import crowd_problems, crowds
from karvon.queries.results import doubt_count, doubts
from karvon.queries.results.doubts import Wanted
from karvon.records import models as records
from karvon.rules.access import Grant
from karvon.rules.problems import Place, Problem, Refused

pytestmark = pytest.mark.django_db

ROWS = 302
CODES = ("lv", "en", "ru", "uz", "uz-cyrl")


@pytest.fixture
def brought(tmp_path: Path) -> Described:
    """The small programme and a list that says one name on every row."""
    import_folder(small_folder(tmp_path / "given"))
    listed = tmp_path / "third.csv"
    rows = "".join(
        f"{number},{'Karimov Aziz' if number % 3 else 'Каримов Азиз'},\n" for number in range(ROWS)
    )
    listed.write_text("No,Full name,Organisation\n" + rows, "utf-8")
    return changed(with_third, third=listed)


def people_of(crowd: str) -> int:
    rows = records.CrowdLine.objects.filter(crowd=crowd)
    return rows.values("line__link__person").distinct().count()


def test_the_outcome_of_a_change_and_of_linking_names_lines_too_many_for_one_person(
    brought: Described,
) -> None:
    (crowd,) = crowds("small")
    facts = {"n": ROWS, "sheets": 1, "forms": 2, "people": crowd.people, "limit": 300}
    said = Problem("people.crowd", Place(file="sheets/third.csv", row=2), facts, "warning")
    assert (crowd.lines, crowd.name, crowd.people) == (ROWS, "Karimov Aziz", people_of(crowd.key))
    assert brought.problems[-1:] == (said,)
    resolved = relink("small")
    assert crowd_problems("small", resolved.resolution.too_large) == (said,)
    assert crowds("small") == (crowd,)


def test_the_queue_shows_them_as_one_thing_and_a_person_makes_them_one(brought: Described) -> None:
    client = reader_with(Grant("coordinator", "small"))
    (crowd,) = crowds("small")
    everything = doubt_count("small")
    within = doubts("small", wanted=Wanted(crowd=crowd.key))[1].total
    assert within > 100
    assert doubts("small", wanted=Wanted(crowd=""))[1].total == everything - within
    html = client.get("/en/small/doubts/").content.decode()
    assert f"{ROWS} lines may be one person’s" in html
    assert f"{within} doubts between these lines" in html
    assert html.count('class="doubt"') == everything - within
    assert 'class="doubt"' in client.get(f"/en/small/doubts/?crowd={crowd.key}").content.decode()
    assert all(f"{ROWS}" in client.get(f"/{code}/small/doubts/").content.decode() for code in CODES)
    before = people_of(crowd.key)

    made = client.post(
        f"/en/small/doubts/all-one/{crowd.key}/", {"reason": "She opens every day"}, follow=True
    )

    assert "They are one person now." in made.content.decode()
    assert crowds("small") == ()
    assert records.Decision.objects.count() == before - 1
    assert set(records.Decision.objects.values_list("reason", flat=True)) == {"She opens every day"}
    again = client.post(f"/en/small/doubts/all-one/{crowd.key}/", follow=True).content.decode()
    assert "These lines are not waiting" in again
    entry = records.JournalEntry.objects.filter(action="all_one").latest("pk")
    client.post(f"/en/small/people/take-back/{entry.pk}/")
    assert crowds("small")[0].lines == ROWS


def test_whoever_somebody_put_apart_stays_apart(brought: Described) -> None:
    (crowd,) = crowds("small")
    a, b, *_ = records.CrowdLine.objects.order_by("line").values_list("line", flat=True)
    programme = records.Programme.objects.get()
    records.Decision.objects.create(
        programme=programme, a_id=a, b_id=b, verdict="different", at=timezone.now()
    )
    done = all_one("small", crowd.key)
    people = dict(records.Link.objects.values_list("line_id", "person_id"))
    assert people[a] != people[b]
    assert done.person not in (people[a], people[b])
    with pytest.raises(Refused, match="crowd_gone"):
        all_one("small", "no such set")
