"""Lists of people as they are kept elsewhere: no heading over the names, other alphabets, other words, blocks below."""

import datetime
import pathlib
from collections.abc import Callable

import pytest

from karvon.files.readers.sign_in_sheet import read_sheet

Write = Callable[..., pathlib.Path]

# Names no list of usual given names knows: they are told by the headings and by what stands beside them.
PEOPLE = [
    "Nomthandazo Sibeko", "Bukola Ilesanmi", "Yohannes Gebremedhin", "Rakotomalala Hery", "Ndeye Sarr",
    "Chikondi Mvula", "Aroha Tamihana",
]  # fmt: skip


@pytest.mark.parametrize("corner", [None, "Date"])
def test_names_stand_below_an_empty_corner_beside_days(xlsx: Write, corner: str | None) -> None:
    days = [datetime.date(2024, 3, day) for day in range(4, 8)]
    rows = [[corner, *days], *[[name, "P", "A", "P", "L"] for name in PEOPLE]]
    reading = read_sheet(xlsx(rows))
    assert [row.cells["name"] for row in reading.rows] == PEOPLE
    assert [day.letter for day in reading.tables[0].days] == ["B", "C", "D", "E"]


def test_names_stand_under_an_empty_head_beside_what_is_asked_of_people(xlsx: Write) -> None:
    rows = [
        ["No.", None, "Organisation", "Phone"],
        *[[i, name, "Aid", f"555{i}"] for i, name in enumerate(PEOPLE)],
    ]
    reading = read_sheet(xlsx(rows))
    assert [row.cells["name"] for row in reading.rows] == PEOPLE


def test_numbers_by_country_under_an_empty_corner_are_refused(text: Write) -> None:
    reading = read_sheet(text(",2019,2020,2021\nCosta Rica,1,2,3\nSan Marino,1,2,3\nSierra Leone,2,3,4\n"))
    assert reading.rows == ()
    assert [problem.code for problem in reading.problems] == ["sheet.no_people"]


def test_tags_of_hxl_are_the_only_header(text: Write) -> None:
    reading = read_sheet(
        text("#contact+name,#org,#adm1\nChikondi Mvula,Aid,Herat\nNdeye Sarr,Ribbon,Split\n")
    )
    assert [row.cells["name"] for row in reading.rows] == ["Chikondi Mvula", "Ndeye Sarr"]


@pytest.mark.parametrize(
    ("encoding", "content", "expected"),
    [
        ("gb18030", "序号,姓名,单位\n1,王小明,水利局\n2,欧阳修文,环保局\n", ["王小明", "欧阳修文"]),
        ("big5", "序號,姓名,單位\n1,王小明,水利局\n2,陳美麗,環保署\n", ["王小明", "陳美麗"]),
        ("cp932", "氏名,所属,出欠\n山田 太郎,東京大学,○\n佐藤 はなこ,京都大学,×\n", ["山田 太郎", "佐藤 はなこ"]),
        ("cp949", "이름,소속,연락처\n김민수,부산시청,010\n박지영,,011\n", ["김민수", "박지영"]),
        (
            "cp1250",
            "imię i nazwisko;szkoła;klasa\nGniewko Łoś;SP 3;7a\nBożena Żak;SP 3;7b\n",
            ["Gniewko Łoś", "Bożena Żak"],
        ),
        (
            "cp1254",
            "Adı Soyadı;Görevi;İmza\nŞahin Yıldırım;öğretmen;\nÇağla Gökoğlu;mühendis;\n",
            ["Şahin Yıldırım", "Çağla Gökoğlu"],
        ),
    ],
)  # fmt: skip
def test_old_encodings_of_other_alphabets(
    text: Write, encoding: str, content: str, expected: list[str]
) -> None:
    reading = read_sheet(text(content, encoding=encoding))
    assert [row.cells["name"] for row in reading.rows] == expected


def test_two_short_tables_with_other_columns_are_both_read(xlsx: Write) -> None:
    rows = [
        ["Facilitators"], ["Name", "Institution"], ["Aroha Tamihana", "UNEP"], ["Ndeye Sarr", "WHO"], [],
        ["Participants"], ["No", "Surname", "First name"], [1, "Mvula", "Chikondi"], [2, "Sibeko", "Thandi"],
    ]  # fmt: skip
    reading = read_sheet(xlsx(rows))
    assert [(row.row, row.cells.get("name", row.cells.get("surname"))) for row in reading.rows] == [
        (3, "Aroha Tamihana"), (4, "Ndeye Sarr"), (8, "Mvula"), (9, "Sibeko"),
    ]  # fmt: skip


def test_a_role_that_says_student_begins_no_table(text: Write) -> None:
    reading = read_sheet(
        text(
            "First Name,Last Name,Email,Roles\nChikondi,Mvula,c@example.org,Student (11-D)\n"
            "Ndeye,Sarr,n@example.org,Staff\nAroha,Tamihana,,Staff\n"
        )
    )
    assert [row.row for row in reading.rows] == [2, 3, 4]


@pytest.mark.parametrize(
    "header",
    [
        ["Author", "Affiliation", "ORCID"],
        ["Speaker", "Affiliation", "Country"],
        ["Committee Member", "Party", "Constituency"],
        ["Applicant", "Score", "Decision"],
        ["playerName", "playerTeam", "goals"],
        ["Guest", "Table", "RSVP"],
        ["Name", "Roll#", "L1"],
    ],
)
def test_people_whose_names_no_list_knows(xlsx: Write, header: list[str]) -> None:
    reading = read_sheet(xlsx([header, *[[name, f"X{i}", "1"] for i, name in enumerate(PEOPLE)]]))
    assert [row.cells["name"] for row in reading.rows] == PEOPLE


def test_a_bibliography_is_refused(text: Write) -> None:
    reading = read_sheet(
        text("Author,Title,Year,Journal\nSarr N.,On wells,2001,Hydrology\nMvula C.,Of pumps,2004,Water\n")
    )
    assert reading.rows == ()


def test_the_fathers_name_tells_that_the_rows_are_people(xlsx: Write) -> None:
    rows = [
        ["Sl", "Name & Address of the Trainee", "Father/Husband Name", "Caste"],
        *[[i, name, "Mohan", "GEN"] for i, name in enumerate(PEOPLE, 1)],
    ]
    reading = read_sheet(xlsx(rows))
    assert [row.cells["name"] for row in reading.rows] == PEOPLE


def test_a_rota_has_a_weekday_and_a_date_over_each_day(xlsx: Write) -> None:
    rows = [["Staff", "Mon 1/4", "Tue 2/4", "Wed 3/4"], *[[name, "D", "N", "Off"] for name in PEOPLE]]
    reading = read_sheet(xlsx(rows))
    assert [row.cells["name"] for row in reading.rows] == PEOPLE
    assert [day.letter for day in reading.tables[0].days] == ["B", "C", "D"]


def test_a_list_without_a_header_is_told_by_its_addresses(text: Write) -> None:
    people = ["Harold Bennet", "Mildred Colewick", "Agnes Whitfield", "Tessa Lindqvist", "Martin Rahimi"]
    reading = read_sheet(text("".join(f"{name},x{i}@example.org\n" for i, name in enumerate(people))))
    assert [row.cells["name"] for row in reading.rows] == people


def test_single_names_beside_scores_are_people(text: Write) -> None:
    reading = read_sheet(text("id,name,team,score\n1,Oyelaran,Reds,3\n2,Dhananjay,Blues,4\n3,Siiri,Reds,2\n"))
    assert [row.cells["name"] for row in reading.rows] == ["Oyelaran", "Dhananjay", "Siiri"]


def test_totals_under_each_team_do_not_hide_the_people(xlsx: Write) -> None:
    rows = [
        ["No", "Name", "Team"], ["TEAM A"], [1, PEOPLE[0], "A"], [2, PEOPLE[1], "A"], ["Sub total", 2],
        ["TEAM B"], [1, PEOPLE[2], "B"], [2, PEOPLE[3], "B"], ["Sub total", 2], ["Grand Total", 4],
    ]  # fmt: skip
    reading = read_sheet(xlsx(rows))
    assert [row.row for row in reading.rows] == [3, 4, 7, 8]
    assert [(skipped.row, skipped.reason) for skipped in reading.tables[0].skipped] == [
        (2, "section"), (5, "total"), (6, "section"), (9, "total"), (10, "total"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        "Name,City,Phone,Email\nAnderson Clayton,Houston,1,info@ac.example\nJohnson Matthey,London,2,sales@jm.example\n"
        "Marks Spencer,London,3,info@ms.example\nHarland Wolff,Belfast,4,office@hw.example\n",
        "Name,Department,Capacity\nMaxwell Room,Physics,20\nHopper Suite,Computing,30\nTuring Room,Computing,12\n"
        "Noether Hall,Mathematics,80\nCurie Corner,Chemistry,15\nLecture Hall,Physics,100\n",
        "Course,Student,Total\nMaths,Full Time,30\nMaths,Part Time,10\nPhysics,Full Time,20\nPhysics,Part Time,9\n",
        ",Mon,Tue,Wed,Thu\nMorning Shift,Early,Early,Late,Off\nEvening Shift,Late,Late,Off,Early\n"
        "Night Shift,N,N,N,N\n",
    ],
    ids=["firms with common mail boxes", "rooms with their capacity", "kinds of students", "shifts"],
)
def test_what_only_sounds_like_people_is_refused(text: Write, content: str) -> None:
    reading = read_sheet(text(content))
    assert reading.rows == ()
    assert [problem.code for problem in reading.problems] == ["sheet.no_people"]
