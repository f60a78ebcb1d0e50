"""What the example's folder says: the facts of the founding story, in five languages, with a complete chain."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from karvon.files.programme_folder import FolderReading
from karvon.rules.programme import description as d
from karvon.rules.programme.text import Text
from karvon.rules.wording import LANGUAGES


def texts(thing: Any, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every text somewhere inside a description, with where it stands."""
    if isinstance(thing, Text):
        yield path, thing
    elif isinstance(thing, tuple):
        for number, part in enumerate(thing):
            yield from texts(part, f"{path}[{getattr(part, 'key', number)}]")
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name), f"{path}.{field.name}")


def test_the_folder_is_read_without_a_single_doubt(folder: FolderReading) -> None:
    assert folder.problems == ()


def test_every_text_is_written_in_all_five_languages(folder: FolderReading) -> None:
    short = [
        path
        for path, text in texts(folder.description)
        if text and tuple(language for language, _ in text) != LANGUAGES
    ]
    assert short == [".organisations[cleantech].name"], "a name that is the same everywhere is written once"


def test_no_sentence_is_a_copy_of_another_language(folder: FolderReading) -> None:
    four = {"lv", "ru", "uz", "uz-Cyrl"}
    copied = [
        path
        for path, text in texts(folder.description)
        if not path.endswith(".name")
        and len({said for language, said in text if language in four}) < len(four)
        if text
    ]
    assert copied == []


def test_uzbek_is_written_with_the_letters_uzbek_has(folder: FolderReading) -> None:
    latin = "".join(said for _, text in texts(folder.description) for tag, said in text if tag == "uz")
    assert sorted(set(latin) & set("'`‘’´")) == []
    cyrillic = [said for _, text in texts(folder.description) for tag, said in text if tag == "uz-Cyrl"]
    assert [said for said in cyrillic if set(said) & set("ыщ")] == []


def test_everybody_is_invented_and_the_folder_says_so(folder: FolderReading) -> None:
    assert folder.description.programme.fictitious is True


def test_one_visit_comes_in_and_three_go_out_on_the_days_of_the_story(folder: FolderReading) -> None:
    told = [
        (visit.direction, visit.places[0], visit.period.starts, visit.period.ends)
        for visit in folder.description.visits
    ]
    assert told == [
        ("incoming", "riga", date(2018, 9, 10), date(2018, 9, 14)),
        ("outgoing", "tashkent", date(2018, 10, 10), date(2018, 10, 12)),
        ("outgoing", "andijan", date(2018, 11, 12), date(2018, 11, 14)),
        ("outgoing", "fergana", date(2018, 11, 20), date(2018, 11, 22)),
    ]


def test_two_contracts_pay_and_some_events_are_paid_by_one_the_other_and_both(folder: FolderReading) -> None:
    described = folder.description
    assert [contract.number for contract in described.contracts] == ["LV-79", "3.2.1.1/16/A/014"]
    visits = {visit.key: visit.shares for visit in described.visits}
    paid = Counter(
        tuple(sorted(share.contract for share in (event.shares if event.shares is not None else visits[event.visit])))
        for event in described.events
        if event.kind == "training"
    )  # fmt: skip
    assert paid == {("LV-79", "erdf"): 4, ("LV-79",): 4, ("erdf",): 4}


def test_a_training_is_given_in_each_field_of_the_story(folder: FolderReading) -> None:
    taught = {
        sector for event in folder.description.events if event.kind == "training" for sector in event.sectors
    }
    named = {"23620", "14021", "14022", "14050", "43032", "31120", "15110"}
    assert named - taught == set(), "heat, water, wastewater, waste, smart cities, agriculture, planning"


def test_both_industrial_and_social_facilities_were_visited(folder: FolderReading) -> None:
    described = folder.description
    visited = {event.facility for event in described.events if event.kind == "site_visit"}
    kinds = {facility.kind for facility in described.facilities if facility.key in visited}
    assert kinds == {"utility", "social", "industrial"}


def test_member_companies_of_the_cluster_send_the_experts(folder: FolderReading) -> None:
    described = folder.description
    members = {membership.member for membership in described.memberships}
    sent = {expert.organisation for expert in described.experts if expert.role == "expert"}
    assert sent == members


def test_eleven_recommendations_stand_in_three_groups_eight_are_answered_and_one_is_overdue(
    folder: FolderReading,
) -> None:
    described = folder.description
    given = described.recommendations
    as_of = described.programme.as_of
    assert as_of is not None
    assert Counter(one.group for one in given) == {"water": 4, "crops": 3, "resources": 4}
    answered = [one for one in given if one.response_status]
    overdue = [
        one.key for one in given if not one.response_status and one.response_due and one.response_due < as_of
    ]
    assert (len(given), len(answered), overdue) == (11, 8, ["textile-pretreatment"])
    assert [one.key for one in answered if not one.response or not one.responded_on] == []


def test_every_site_visit_with_an_observation_leads_to_a_recommendation(folder: FolderReading) -> None:
    described = folder.description
    used = {key for one in described.recommendations for key in one.observations}
    assert [observation.key for observation in described.observations if observation.key not in used] == []


def test_action_points_are_done_open_and_late(folder: FolderReading) -> None:
    as_of = folder.description.programme.as_of
    assert as_of is not None

    def state(point: d.ActionPoint) -> str:
        if point.completed_on:
            return "done"
        return "late" if point.due and point.due < as_of else "open"

    assert Counter(state(point) for point in folder.description.action_points) == {
        "done": 3,
        "open": 2,
        "late": 1,
    }


def test_five_proposals_grew_out_of_recommendations_and_two_are_submitted(folder: FolderReading) -> None:
    proposals = folder.description.proposals
    assert Counter(one.stage for one in proposals) == {
        "submitted": 2,
        "feasibility": 1,
        "concept": 1,
        "idea": 1,
    }
    assert [one.key for one in proposals if not one.recommendations or one.cost is None] == []


def test_the_statements_are_those_that_were_published_and_two_drafts(folder: FolderReading) -> None:
    said = {
        one.key: (one.comparator, one.number, bool(one.published_on)) for one in folder.description.statements
    }
    assert said == {
        "october-75": ("more_than", 75, True),
        "all-150": ("more_than", 150, True),
        "one-incoming": ("exactly", 1, True),
        "three-outgoing": ("exactly", 3, True),
        "three-groups": ("exactly", 3, True),
        "two-contracts": ("exactly", 2, True),
        "draft-200": ("more_than", 200, False),
        "draft-160": ("at_least", 160, False),
    }
