"""What a folder says is what is read."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.files.programme_folder.examples import FILES, changed, guide_toml, make_folder

from karvon.files.programme_folder import read_folder
from karvon.rules.places import find_funder
from karvon.rules.problems import Place, Problem
from karvon.rules.programme.description import Event, HeadCount, Indicator, Scope, Target, Visit
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Money, Period, Share

SMALL = """
[programme]
key = "small"
title = "Mazs"
languages = ["lv", "ru"]

[[visit]]
key = "v"
direction = "outgoing"
title = {ru = "Визит", lv = "Vizīte"}
starts = 2018-10-10
ends = 2018-10-12

[[event]]
key = "e"
visit = "v"
kind = "partner_meeting"
title = "Tikšanās"
starts = 2018-10-11
"""


def test_every_example_of_the_guide_together_is_a_programme_without_a_problem(tmp_path: Path) -> None:
    assert read_folder(make_folder(tmp_path, guide_toml())).problems == ()


def test_a_visit_is_read_with_its_period_places_and_shares(tmp_path: Path) -> None:
    reading = read_folder(make_folder(tmp_path, guide_toml()))
    assert reading.description.visits[0] == Visit(
        key="tashkent-october",
        direction="outgoing",
        title=Text((("lv", "Ekspertu misija Taškentā"), ("en", "Expert mission to Tashkent"))),
        period=Period(date(2018, 10, 10), date(2018, 10, 12)),
        places=("tashkent",),
        purpose=Text((("en", "Meet partners and train specialists in heat and water supply and waste"),)),
        sectors=("23620", "14021", "14050"),
        shares=(Share("LV-79", Decimal(60)), Share("erdf", Decimal(40))),
        host="ministry",
        experts=("berzins",),
    )


def test_an_event_is_read_with_its_head_counts_per_day(tmp_path: Path) -> None:
    reading = read_folder(make_folder(tmp_path, guide_toml()))
    assert reading.description.events[0].head_counts == (
        HeadCount(date(2018, 10, 11), 30),
        HeadCount(date(2018, 10, 12), 28),
    )


def test_money_and_decimals_are_exact(tmp_path: Path) -> None:
    toml = changed(("amount = 50000,", "amount = 50000.10,"))
    reading = read_folder(make_folder(tmp_path, toml))
    assert reading.description.contracts[0].budget == Money(Decimal("50000.1"), "EUR")


def test_an_indicator_is_read_with_its_targets_and_scope(tmp_path: Path) -> None:
    reading = read_folder(make_folder(tmp_path, guide_toml()))
    assert reading.description.indicators == (
        Indicator(
            key="trained",
            title=Text((("lv", "Apmācītie speciālisti"), ("en", "Specialists trained"))),
            measure="people",
            rule="unique-in-period",
            scope=Scope(event_kinds=("training",), countries=("UZ",)),
            baseline=Decimal(0),
            targets=(
                Target("LV-79", Decimal(75), Period(date(2018, 6, 1), date(2018, 12, 31))),
                Target("", Decimal(150)),
            ),
        ),
    )


def test_a_plain_text_is_in_the_programmes_first_language(tmp_path: Path) -> None:
    description = read_folder(make_folder(tmp_path, SMALL, {})).description
    assert (description.programme.title, description.visits[0].title) == (
        Text((("lv", "Mazs"),)),
        Text((("ru", "Визит"), ("lv", "Vizīte"))),
    )


def test_an_event_without_an_end_lasts_a_day_pays_as_its_visit_and_a_meeting_is_no_structured_training(
    tmp_path: Path,
) -> None:
    event = read_folder(make_folder(tmp_path, SMALL, {})).description.events[0]
    day = date(2018, 10, 11)
    assert event == Event(
        "e", "v", "partner_meeting", Text((("lv", "Tikšanās"),)), Period(day, day), structured=False
    )


def test_empty_shares_mean_that_no_contract_pays(tmp_path: Path) -> None:
    event = read_folder(make_folder(tmp_path, f"{SMALL}shares = {{}}\n", {})).description.events[0]
    assert event.shares == ()


def test_one_number_is_the_head_count_of_a_one_day_event(tmp_path: Path) -> None:
    event = read_folder(make_folder(tmp_path, f"{SMALL}head_count = 30\n", {})).description.events[0]
    assert event.head_counts == (HeadCount(date(2018, 10, 11), 30),)


def test_places_and_sectors_may_be_written_in_any_spelling(tmp_path: Path) -> None:
    toml = changed(
        ('places = ["tashkent"]', 'places = ["Ташкент", "FARGONA", "quva"]'),
        (
            'sectors = ["district-heating", "water-supply", "waste-management"]',
            'sectors = ["heat-supply", 14021]',
        ),
    )
    visit = read_folder(make_folder(tmp_path, toml)).description.visits[0]
    assert (visit.places, visit.sectors) == (("tashkent", "fergana", "quva"), ("23620", "14021"))


def test_a_funder_of_the_catalogue_becomes_an_organisation_of_the_programme(tmp_path: Path) -> None:
    description = read_folder(make_folder(tmp_path, guide_toml())).description
    funder = find_funder("erdf")
    assert funder is not None
    assert description.organisations[-1] == funder.organisation()


def test_a_reference_in_other_letter_case_is_the_same_key(tmp_path: Path) -> None:
    toml = changed(('visit = "tashkent-october"', 'visit = "Tashkent-October"'))
    assert read_folder(make_folder(tmp_path, toml)).description.events[0].visit == "tashkent-october"


def test_every_named_file_is_found_once_with_its_hash(tmp_path: Path) -> None:
    reading = read_folder(make_folder(tmp_path, guide_toml()))
    assert {path: source.read_bytes() for path, source in reading.files.items()} == FILES
    assert reading.hashes.keys() == FILES.keys()


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    plain = make_folder(tmp_path / "plain", guide_toml())
    windows = make_folder(tmp_path / "windows", b"\xef\xbb\xbf" + guide_toml().replace("\n", "\r\n").encode())
    assert read_folder(windows).description == read_folder(plain).description


def test_two_lists_of_the_same_bytes_and_a_forgotten_one_are_doubts(tmp_path: Path) -> None:
    toml = guide_toml() + '\n[[sheet]]\nkey = "again"\nfile = "sheets/again.xlsx"\nevent = "tashkent-heat"\n'
    files = {**FILES, "sheets/again.xlsx": FILES["sheets/2018-10-11-heat.xlsx"], "sheets/forgotten.csv": b"x"}
    reading = read_folder(make_folder(tmp_path, toml, files))
    line = toml.split("\n").index('file = "sheets/again.xlsx"') + 1
    assert reading.problems == (
        Problem(
            "folder.same_bytes",
            Place("programme.toml", row=line, key="sheet[again].file"),
            {"found": "sheets/again.xlsx", "first": "sheets/2018-10-11-heat.xlsx"},
            "warning",
        ),
        Problem(
            "folder.file_unnamed",
            Place("sheets/forgotten.csv"),
            {"found": "sheets/forgotten.csv", "kind": "sheet"},
            "warning",
        ),
    )
