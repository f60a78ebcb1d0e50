"""Whatever is wrong is said with its line and key, all of it at once, and nothing is half read."""

import os
from pathlib import Path

import pytest
from tests.files.programme_folder.examples import FILES, HERE, changed, guide_toml, make_folder, problems_of

from karvon.rules.problems import Place, Problem
from karvon.rules.wording import LANGUAGES, problem_text

ONE_FIELD = {
    "a misspelt field": (
        ("observer = \"berzins\"", f'obzerver = "berzins"{HERE}'),
        "observation[leaks].obzerver",
        "unknown_field_meant",
        {
            "found": "obzerver",
            "suggestion": "observer",
            "allowed": "key, event, text, facility, sectors, observer, on",
        },
    ),
    "a text where a number belongs": (
        ("hours = 12", f'hours = "12"{HERE}'),
        "event[tashkent-heat].hours",
        "not_a_number",
        {"found": "12"},
    ),
    "a word that is not allowed": (
        ('kind = "training"', f'kind = "trainig"{HERE}'),
        "event[tashkent-heat].kind",
        "not_allowed_meant",
        {
            "found": "trainig",
            "suggestion": "training",
            "allowed": "training, partner_meeting, site_visit, presentation",
        },
    ),
    "a comparator in symbols": (
        ('comparator = "more_than"', f'comparator = ">"{HERE}'),
        "statement[october-75].comparator",
        "not_allowed",
        {"found": ">", "allowed": "more_than, at_least, exactly, at_most, fewer_than"},
    ),
    "shares over 100 %": (
        ("erdf = 40}", f"erdf = 40.5}}{HERE}"),
        "visit[tashkent-october].shares",
        "shares_over_100",
        {"total": "100.5"},
    ),
    "a share of nothing": (
        ("erdf = 40}", f"erdf = 0}}{HERE}"),
        "visit[tashkent-october].shares.erdf",
        "share_of_nothing",
        {},
    ),
    "a negative share": (
        ("erdf = 40}", f"erdf = -5}}{HERE}"),
        "visit[tashkent-october].shares.erdf",
        "negative",
        {"found": "-5", "least": 0},
    ),
    "a share beyond the whole": (
        ("shares = {LV-79 = 60, erdf = 40}", f"shares = {{LV-79 = 101}}{HERE}"),
        "visit[tashkent-october].shares.LV-79",
        "too_large",
        {"found": "101", "most": 100},
    ),
    "an unknown contract": (
        ("shares = {erdf = 100}", f"shares = {{efrr = 100}}{HERE}"),
        "visit[fergana-november].shares.efrr",
        "unknown_reference",
        {"found": "efrr", "kind": "contract", "allowed": "LV-79, erdf"},
    ),
    "an unknown expert, nearly named": (
        ('trainers = ["berzins"]', f'trainers = ["berzinš"]{HERE}'),
        "event[tashkent-heat].trainers",
        "unknown_reference_meant",
        {"found": "berzinš", "kind": "expert", "suggestion": "berzins", "allowed": "berzins, saidova"},
    ),
    "negative money": (
        ("amount = 50000", "amount = -1"),
        "contract[LV-79].budget",
        "negative",
        {"found": "-1", "least": 0},
    ),
    "money without a currency": (
        ('budget = {amount = 50000, currency = "EUR"}', f"budget = {{amount = 50000}}{HERE}"),
        "contract[LV-79].budget",
        "not_money",
        {"found": "{'amount': 50000}", "example": '{amount = 50000, currency = "EUR"}'},
    ),
    "an unknown currency": (
        ('currency = "EUR"', 'currency = "EURO"'),
        "contract[LV-79].budget",
        "unknown_currency_meant",
        {"found": "EURO", "suggestion": "EUR"},
    ),
    "money in thousandths": (
        ("amount = 50000", "amount = 50000.001"),
        "contract[LV-79].budget",
        "too_fine",
        {"found": "50000.001", "decimals": 2},
    ),
    "a country by its name": (
        ('home_country = "LV"', f'home_country = "Латвия"{HERE}'),
        "programme.home_country",
        "unknown_country_meant",
        {"found": "Латвия", "suggestion": "LV"},
    ),
    "an unknown language of a text": (
        ('title = {en = "Training in heat supply"}', f'title = {{eng = "Training"}}{HERE}'),
        "event[tashkent-heat].title.eng",
        "unknown_language_meant",
        {"found": "eng", "suggestion": "en", "allowed": "lv, en, ru, uz, uz-Cyrl"},
    ),
    "an unknown spoken language": (
        ('language = ["ru", "uz"]', f'language = "russian"{HERE}'),
        "event[tashkent-heat].language",
        "unknown_language",
        {"found": "russian", "allowed": "lv, en, ru, uz, uz-Cyrl, de, …"},
    ),
    "an unknown sector": (
        ('sectors = ["district-heating"]', f'sectors = ["heating-district"]{HERE}'),
        "event[tashkent-heat].sectors",
        "unknown_sector",
        {"found": "heating-district", "example": "14021, water-supply"},
    ),
    "an unknown place": (
        ('places = ["riga"]', f'places = ["Atlantis"]{HERE}'),
        "visit[riga-september].places",
        "unknown_place",
        {"found": "Atlantis", "kind": "place"},
    ),
    "an unknown counting rule": (
        ('rule = "unique-in-period"', f'rule = "unique-in-periods"{HERE}'),
        "indicator[trained].rule",
        "unknown_rule_meant",
        None,
    ),
    "a parameter the rule does not have": (
        ("parameters = {}", f"parameters = {{hours = 16}}{HERE}"),
        "indicator[trained].parameters.hours",
        "unknown_parameter",
        {"rule": "unique-in-period", "found": "hours", "allowed": "–"},
    ),
    "a rule that counts something else": (
        ('rule = "unique-in-period"', f'rule = "participations"{HERE}'),
        "indicator[trained].rule",
        "rule_counts_else",
        {"found": "participations", "counts": "participations", "measure": "people"},
    ),
    "a day that does not exist": (
        ('day = 2018-10-11', f'day = "2018-02-30"{HERE}'),
        "sheet[tashkent-heat-1].day",
        "not_a_day",
        {"found": "2018-02-30"},
    ),
    "a moment where a day belongs": (
        ('day = 2018-10-11', f"day = 2018-10-11T09:30:00{HERE}"),
        "sheet[tashkent-heat-1].day",
        "not_a_day",
        {"found": "2018-10-11 09:30:00"},
    ),
    "a sheet of a day without the event": (
        ('day = 2018-10-11', f"day = 2018-10-13{HERE}"),
        "sheet[tashkent-heat-1].day",
        "outside_event",
        {"day": "2018-10-13", "event": "tashkent-heat", "starts": "2018-10-11", "ends": "2018-10-12"},
    ),
    "a head-count of another day": (
        ("2018-10-12 = 28}", f"2018-10-14 = 28}}{HERE}"),
        "event[tashkent-heat].head_count",
        "outside_event",
        {"day": "2018-10-14", "event": "tashkent-heat", "starts": "2018-10-11", "ends": "2018-10-12"},
    ),
    "one head-count for two days": (
        ("head_count = {2018-10-11 = 30, 2018-10-12 = 28}", f"head_count = 30{HERE}"),
        "event[tashkent-heat].head_count",
        "heads_per_day",
        {"example": "{2018-10-11 = 30}"},
    ),
    "an event after its visit": (
        ("starts = 2018-11-19\nends = 2018-11-23", "starts = 2018-11-19\nends = 2018-11-20"),
        "event[fergana-water-works].starts",
        "outside_visit",
        {"day": "2018-11-21", "visit": "fergana-november", "starts": "2018-11-19", "ends": "2018-11-20"},
    ),
    "a visit after its contract": (
        ("ends = 2022-12-31", "ends = 2018-11-20"),
        "visit[fergana-november].ends",
        "outside_contract",
        {"day": "2018-11-23", "contract": "erdf", "starts": "2016-11-01", "ends": "2018-11-20"},
    ),
    "a visit that ends before it starts": (
        ("starts = 2018-09-10\nends = 2018-09-14", f"starts = 2018-09-10\nends = 2018-09-09{HERE}"),
        "visit[riga-september].ends",
        "ends_before_start",
        {"starts": "2018-09-10", "ends": "2018-09-09"},
    ),
    "a path that climbs out": (
        ('file = "sheets/2018-10-11-heat.xlsx"', f'file = "sheets/../../passwd"{HERE}'),
        "sheet[tashkent-heat-1].file",
        "file_outside",
        {"found": "sheets/../../passwd", "folder": "sheets"},
    ),
    "an absolute path": (
        ('file = "sheets/2018-10-11-heat.xlsx"', f'file = "/etc/passwd"{HERE}'),
        "sheet[tashkent-heat-1].file",
        "file_outside",
        {"found": "/etc/passwd", "folder": "sheets"},
    ),
    "a path of Windows": (
        ('file = "sheets/2018-10-11-heat.xlsx"', f"file = 'sheets\\heat.xlsx'{HERE}"),
        "sheet[tashkent-heat-1].file",
        "file_outside",
        {"found": "sheets\\heat.xlsx", "folder": "sheets"},
    ),
    "a sheet among the documents": (
        ('file = "sheets/2018-10-11-heat.xlsx"', f'file = "documents/agenda-tashkent.pdf"{HERE}'),
        "sheet[tashkent-heat-1].file",
        "file_elsewhere",
        {"found": "documents/agenda-tashkent.pdf", "folder": "sheets"},
    ),
    "a missing scan": (
        ('scan = "documents/2018-10-11-heat-signed.pdf"', f'scan = "documents/lost.pdf"{HERE}'),
        "sheet[tashkent-heat-1].scan",
        "file_missing",
        {"found": "documents/lost.pdf"},
    ),
    "pages of no scan": (
        ('scan = "documents/2018-10-11-heat-signed.pdf"\n', ""),
        "sheet[tashkent-heat-1].scan",
        "pages_without_scan",
        {"missing": "scan"},
    ),
    "a correction of the reading that says nothing": (
        ('"row 9 = nobody"]', f'"B is a name"]{HERE}'),
        "sheet[tashkent-heat-1].reading",
        "not_a_correction",
        {"found": "B is a name", "example": "B = organisation", "other": "row 9 = nobody"},
    ),
    "a page nought": (
        ("pages = [1, 2]", f"pages = [0]{HERE}"),
        "sheet[tashkent-heat-1].pages",
        "too_small",
        {"found": "0", "least": 1},
    ),
    "half a person": (
        ("2018-10-12 = 28}", f"2018-10-12 = 28.5}}{HERE}"),
        "event[tashkent-heat].head_count.2018-10-12",
        "not_whole",
        {"found": "28.5"},
    ),
    "a number that is none": (
        ("number = 75", f"number = nan{HERE}"),
        "statement[october-75].number",
        "not_a_number",
        {"found": "NaN"},
    ),
    "yes in a word": (
        ("structured = true", f'structured = "yes"{HERE}'),
        "event[tashkent-heat].structured",
        "not_yes_or_no",
        {"found": "yes", "allowed": "true, false"},
    ),
    "a key with a blank": (
        ('key = "cluster-aqua"', f'key = "cluster aqua"{HERE}'),
        "membership[cluster aqua].key",
        "not_a_key",
        {"found": "cluster aqua"},
    ),
    "an expert said twice": (
        ('experts = ["berzins"]', f'experts = ["berzins", "berzins"]{HERE}'),
        "visit[tashkent-october].experts",
        "said_twice",
        {"found": "berzins"},
    ),
    "a number said by two contracts": (
        ('number = "3.2.1.1/16/A/014"', f'number = "LV-79"{HERE}'),
        "contract[erdf].number",
        "number_twice",
        {"found": "LV-79", "first": "LV-79"},
    ),
    "a member of itself": (
        ('member = "aqua"', f'member = "cluster"{HERE}'),
        "membership[cluster-aqua].member",
        "member_of_itself",
        {"found": "cluster"},
    ),
    "a latitude without a longitude": (
        ("longitude = 72.0729\n", ""),
        "place[quva].longitude",
        "half_a_point",
        {},
    ),
    "a latitude beyond the pole": (
        ("latitude = 40.5222", f"latitude = 140.5222{HERE}"),
        "place[quva].latitude",
        "too_large",
        {"found": "140.5222", "most": 90},
    ),
    "a region of another country": (
        ('region = "UZ-FA"', f'region = "LV-RIX"{HERE}'),
        "place[quva].region",
        "region_elsewhere",
        {"found": "LV-RIX", "country": "UZ"},
    ),
    "a response without its status": (
        ('response_status = "accepted"\n', ""),
        "recommendation[water-metering].response_status",
        "response_without_status",
        {"allowed": "accepted, partly_accepted, rejected"},
    ),
    "an answer before the question": (
        ("responded_on = 2019-01-20", f"responded_on = 2018-11-29{HERE}"),
        "recommendation[water-metering].responded_on",
        "before_given",
        {"day": "2018-11-29", "given": "2018-11-30"},
    ),
    "more sought than it costs": (
        ("funding_sought = {amount = 1800000", "funding_sought = {amount = 2400001"),
        "proposal[fergana-water].funding_sought",
        "above_cost",
        {"found": "2400001", "cost": "2400000"},
    ),
    "sought in another currency": (
        ('funding_sought = {amount = 1800000, currency = "EUR"}', 'funding_sought = {amount = 1, currency = "UZS"}'),
        "proposal[fergana-water].funding_sought",
        "other_currency",
        {"found": "UZS", "cost": "EUR"},
    ),
    "a target said twice": (
        ("value = 150", 'contract = "LV-79"\nvalue = 76\nstarts = 2018-06-01\nends = 2018-12-31'),
        "indicator[trained].target",
        "target_twice",
        {"contract": "LV-79"},
    ),
    "a scope with an unknown condition": (
        ('scope = {visits = ["tashkent-october"]}', f'scope = {{visit = ["tashkent-october"]}}{HERE}'),
        "statement[october-75].scope.visit",
        "unknown_field_meant",
        None,
    ),
    "a control character": (
        ('published_in = "press release"', f'published_in = "press\\u0007release"{HERE}'),
        "statement[october-75].published_in",
        "control_character",
        {"found": "press\ufffdrelease"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "key", "code", "facts"), ONE_FIELD.values(), ids=ONE_FIELD)
def test_one_wrong_field_is_the_one_problem_with_its_line_and_key(
    tmp_path: Path, change: tuple[str, str], key: str, code: str, facts: dict[str, str] | None
) -> None:
    toml = changed(change)
    problems = problems_of(make_folder(tmp_path, toml))
    errors = [problem for problem in problems if problem.severity == "error"]
    assert [(problem.code, problem.where.key) for problem in errors] == [(f"folder.{code}", key)]
    assert errors[0].where.file == "programme.toml"
    if HERE in toml:
        assert errors[0].where.row == [HERE in line for line in toml.split("\n")].index(True) + 1
    if facts is not None:
        given = {name: value for name, value in errors[0].facts.items() if value != ""}
        assert given == facts


@pytest.mark.parametrize(("change", "key", "code", "facts"), ONE_FIELD.values(), ids=ONE_FIELD)
def test_every_problem_can_be_said_in_every_language(
    tmp_path: Path, change: tuple[str, str], key: str, code: str, facts: dict[str, str] | None
) -> None:
    for problem in problems_of(make_folder(tmp_path, changed(change))):
        said = {problem_text(problem, language) for language in LANGUAGES}
        assert len(said) == len(LANGUAGES)
        assert all(text.startswith(("programme.toml!", "documents/")) for text in said)


def test_all_problems_are_said_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    toml = changed(
        ('home_country = "LV"', 'home_country = "XX"'),
        ("ends = 2018-10-12\nplaces", "ends = 2018-10-09\nplaces"),
        ("hours = 12", "hours = -1"),
        ('indicator = "trained"', 'indicator = "nothing"'),
    )
    problems = problems_of(make_folder(tmp_path, toml, {}))
    assert [(problem.code, problem.where.key) for problem in problems] == [
        ("folder.unknown_country", "programme.home_country"),
        ("folder.ends_before_start", "visit[tashkent-october].ends"),
        ("folder.outside_visit", "event[tashkent-heat].starts"),
        ("folder.outside_visit", "event[tashkent-heat].ends"),
        ("folder.negative", "event[tashkent-heat].hours"),
        ("folder.file_missing", "sheet[tashkent-heat-1].file"),
        ("folder.file_missing", "sheet[tashkent-heat-1].scan"),
        ("folder.file_missing", "document[agenda-tashkent].file"),
        ("folder.unknown_reference", "statement[october-75].indicator"),
    ]


def test_two_records_with_one_key_are_refused_at_the_second(tmp_path: Path) -> None:
    toml = guide_toml() + f'\n[[place]]\nkey = "QUVA"{HERE}\nname = "Kuva"\ncountry = "UZ"\n'
    lines = toml.split("\n")
    first, second = lines.index('key = "quva"') + 1, lines.index(f'key = "QUVA"{HERE}') + 1
    assert problems_of(make_folder(tmp_path, toml)) == [
        Problem(
            "folder.key_twice",
            Place("programme.toml", row=second, key="place[QUVA].key"),
            {"found": "QUVA", "first": f"programme.toml!{first}: place[quva].key"},
        )
    ]


def test_what_is_missing_is_said_at_the_record(tmp_path: Path) -> None:
    toml = '[programme]\nlanguages = ["lv"]\n\n[[contract]]\nkey = "a"\n'
    assert problems_of(make_folder(tmp_path, toml, {})) == [
        Problem("folder.missing", Place("programme.toml", row=1, key="programme.key"), {"field": "key"}),
        Problem("folder.missing", Place("programme.toml", row=1, key="programme.title"), {"field": "title"}),
        Problem(
            "folder.missing", Place("programme.toml", row=4, key="contract[a].number"), {"field": "number"}
        ),
        Problem(
            "folder.missing", Place("programme.toml", row=4, key="contract[a].funder"), {"field": "funder"}
        ),
    ]


UNREADABLE = {
    "an open string": ('[programme]\nkey = "a\n', "toml_broken", 2, ""),
    "another encoding": (b'[programme]\n\nkey = "\xff"\n', "not_utf8", 3, ""),
    "a NUL": (b'[programme]\nkey = "\0"\n', "nul", 2, ""),
    "brackets without end": ("x = " + "[" * 5000, "toml_broken", None, ""),
    "nothing": ("", "no_programme", None, ""),
    "a format of the future": ("format = 2\n", "format_unknown", 1, "format"),
    "double brackets": ("[[programme]]\n", "not_a_table", 1, "programme"),
}


@pytest.mark.parametrize(("toml", "code", "row", "key"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_description_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, toml: str | bytes, code: str, row: int | None, key: str
) -> None:
    found = problems_of(make_folder(tmp_path, toml, {}))
    assert [(p.code, p.where) for p in found] == [
        (f"folder.{code}", Place("programme.toml", row=row, key=key))
    ]


def test_an_unknown_table_and_single_brackets_are_named(tmp_path: Path) -> None:
    toml = changed(("[[proposal]]", "[[proposals]]"), ("[[statement]]", "[statement]"))
    problems = problems_of(make_folder(tmp_path, toml))
    assert [(problem.code, problem.where.key, problem.facts["found"]) for problem in problems] == [
        ("folder.unknown_table_meant", "proposals", "proposals"),
        ("folder.not_tables", "statement", "statement"),
    ]


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "folder", guide_toml())
    secret = tmp_path / "secret"
    secret.write_text("not yours")
    sheet = folder / "sheets/2018-10-11-heat.xlsx"
    sheet.unlink()
    sheet.symlink_to(secret)
    assert [problem.code for problem in problems_of(folder)] == ["folder.file_outside"]


def test_a_description_that_is_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    other = make_folder(tmp_path / "other", guide_toml())
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "programme.toml").symlink_to(other / "programme.toml")
    assert problems_of(folder) == [Problem("folder.description_outside", Place("programme.toml"))]


def test_a_link_in_a_circle_a_folder_and_a_pipe_are_no_sheets(tmp_path: Path) -> None:
    toml = guide_toml() + "".join(
        f'\n[[document]]\nkey = "{name}"\nfile = "documents/{name}"\nkind = "other"\n'
        for name in ("circle", "folder", "pipe", "empty")
    )
    folder = make_folder(tmp_path, toml, {**FILES, "documents/empty": b""})
    (folder / "documents/circle").symlink_to(folder / "documents/circle")
    (folder / "documents/folder").mkdir()
    os.mkfifo(folder / "documents/pipe")
    assert [(problem.code, problem.where.key) for problem in problems_of(folder)] == [
        ("folder.file_unreadable", "document[circle].file"),
        ("folder.not_a_file", "document[folder].file"),
        ("folder.not_a_file", "document[pipe].file"),
        ("folder.file_empty", "document[empty].file"),
    ]


def test_a_folder_with_two_descriptions_or_none_is_refused(tmp_path: Path) -> None:
    none = tmp_path / "none"
    none.mkdir()
    both = make_folder(tmp_path / "both", guide_toml())
    (both / "programme.xlsx").write_bytes(b"")
    gone = tmp_path / "gone"
    assert [problems_of(folder) for folder in (none, both, gone)] == [
        [Problem("folder.no_description", Place(str(none)))],
        [Problem("folder.two_descriptions", Place("programme.xlsx"))],
        [Problem("folder.no_folder", Place(str(gone)))],
    ]
