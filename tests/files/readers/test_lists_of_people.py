"""Lists of people as they are really kept: every person is found, nobody is invented."""

import datetime
import pathlib
from collections.abc import Callable

import pytest

from karvon.files.readers.sign_in_sheet import read_sheet
from karvon.rules.evidence.sheet import SheetReading

Write = Callable[..., pathlib.Path]


def names(reading: SheetReading) -> list[tuple[int, str]]:
    return [
        (
            row.row,
            row.cells.get("name")
            or " ".join(row.cells[f] for f in ("given_name", "surname") if f in row.cells),
        )
        for row in reading.rows
    ]


def skipped(reading: SheetReading) -> dict[int, str]:
    return {s.row: s.reason for table in reading.tables for s in table.skipped}


def columns(reading: SheetReading) -> dict[str, str]:
    return dict(reading.tables[0].columns)


def test_a_title_and_lines_about_the_event_stand_above_the_header(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["Attendance sheet"],
                ["Training:", "Heat supply in cities"],
                ["Date:", datetime.date(2018, 10, 10), "", "Venue:", "Tashkent"],
                [],
                ["No", "Full name", "Organisation", "Position", "Signature"],
                [1, "Aziza Karimova", "Heat Company", "Engineer", "x"],
                [2, "Rustam Yusupov", "Water Company", "Head of unit", "x"],
                [],
                ["", "Total: 2 participants"],
            ]
        )
    )
    assert names(reading) == [(6, "Aziza Karimova"), (7, "Rustam Yusupov")]
    assert skipped(reading) == {1: "title", 2: "metadata", 3: "metadata", 4: "blank", 8: "blank", 9: "total"}
    assert columns(reading) == {
        "number": "A", "name": "B", "organisation": "C", "position": "D", "signature": "E",
    }  # fmt: skip
    assert reading.tables[0].header_rows == (5,)
    assert reading.problems == ()


def test_a_latvian_list_with_surname_and_given_name_apart(text: Write) -> None:
    reading = read_sheet(
        text(
            "Nr.p.k.;Vārds;Uzvārds;Iestāde;Amats;Paraksts\n1.;Anna;Bērziņa;SIA Ūdens;inženiere;\n"
            "2.;Jānis;Ozoliņš;Rīgas dome;vadītājs;\nKopā;2;;;;\n",
            encoding="cp1257",
        )
    )
    assert names(reading) == [(2, "Anna Bērziņa"), (3, "Jānis Ozoliņš")]
    assert skipped(reading) == {4: "total"}
    assert columns(reading) == {
        "number": "A", "given_name": "B", "surname": "C", "organisation": "D", "position": "E", "signature": "F",
    }  # fmt: skip
    assert reading.tables[0].sheet == ""


def test_three_russian_name_columns(text: Write) -> None:
    reading = read_sheet(
        text(
            "№ п/п\tФамилия\tИмя\tОтчество\tМесто работы\tДолжность\tПодпись\n"
            "1\tКаримов\tАнвар\tБахтиёрович\tМахсустранс\tинженер\t\n"
            "2\tПетрова\tОльга\tИвановна\tМинистерство\tспециалист\t\n"
            "Итого: 2 человека\t\t\t\t\t\t\n",
            encoding="cp1251",
            file="list.tsv",
        )
    )
    assert names(reading) == [(2, "Анвар Каримов"), (3, "Ольга Петрова")]
    assert columns(reading) == {
        "number": "A", "surname": "B", "given_name": "C", "middle_name": "D", "organisation": "E", "position": "F",
        "signature": "G",
    }  # fmt: skip
    assert skipped(reading) == {4: "total"}


@pytest.mark.parametrize(
    ("heading", "people"),
    [
        ("Ф.И.О.", ["Каримов Анвар Бахтиёрович", "Петрова О. И.", "Ли Виктор"]),
        ("ФИО участника", ["Каримов А.Б.", "Петрова О.И.", "Ли В."]),
        ("Фамилия, имя, отчество", ["Каримов Анвар", "Петрова Ольга", "Ли Виктор"]),
        ("Ф.И.Ш.", ["Каримов Анвар Бахтиёр ўғли", "Юсупова Нодира Ҳасан қизи", "Ли Виктор"]),
        ("Исм-шариф", ["Анвар Каримов", "Нодира Юсупова", "Ғайрат Тўраев"]),
        ("F.I.Sh.", ["Karimov Anvar Baxtiyor oʻgʻli", "Yusupova Nodira", "Toʻrayev Gʻayrat"]),
        ("Ism sharifi", ["Anvar Karimov", "Nodira Yusupova", "Gʻayrat Toʻrayev"]),
        ("Familiya va ism", ["Karimov Anvar", "Yusupova Nodira", "Toʻrayev Gʻayrat"]),
        ("Vārds, uzvārds", ["Anna Bērziņa", "Jānis Ozoliņš", "Līga Kalniņa"]),
        ("Dalībnieka vārds, uzvārds (drukātiem burtiem)", ["ANNA BĒRZIŅA", "JĀNIS OZOLIŅŠ", "LĪGA KALNIŅA"]),
        ("Name / Ф.И.О.", ["Anvar Karimov", "Nodira Yusupova", "Victor Lee"]),
        ("Name\nФ.И.О.", ["Anvar Karimov", "Nodira Yusupova", "Victor Lee"]),
        ("Uzvārds/Surname, Vārds/Name", ["Bērziņa Anna", "Ozoliņš Jānis", "Kalniņa Līga"]),
        ("Surname and initials", ["Mbeki T.", "Dlamini N.Z.", "Van der Merwe J."]),
        ("Nom et Prénom", ["DIALLO Aminata", "Traoré Moussa", "Koné Issa"]),
        ("Nombre y apellidos", ["María García López", "Juan Pérez", "Ana Ruiz"]),
        ("Nome completo", ["João da Silva", "Maria de Souza", "Ana Costa"]),
        ("Vor- und Nachname", ["Hans Müller", "Petra Schmidt", "Jürgen Weiß"]),
        ("Imię i nazwisko", ["Anna Kowalska", "Piotr Nowak", "Zofia Wójcik"]),
        ("Adı Soyadı", ["Ayşe Yılmaz", "Mehmet Öztürk", "Zeynep Şahin"]),
        ("Nama Lengkap", ["Budi Santoso", "Siti Rahmawati", "Agus Wibowo"]),
        ("ПІБ", ["Шевченко Тарас Григорович", "Бондаренко Олена", "Коваль Іван"]),
        ("Аты-жөні", ["Нұрлан Серікұлы", "Айгүл Досова", "Ерлан Қасымов"]),
        ("姓名", ["王小明", "李华", "张伟"]),
        ("الاسم الكامل", ["محمد أحمد علي", "فاطمة حسن", "عمر خالد سعيد"]),
        ("Participant", ["Anvar Karimov", "Nodira Yusupova", "Victor Lee"]),
        ("Delegate", ["Anvar Karimov", "Nodira Yusupova", "Victor Lee"]),
        ("Attendee", ["Anvar Karimov", "Nodira Yusupova", "Victor Lee"]),
        ("Student Name", ["Anvar Karimov", "Nodira Yusupova", "Victor Lee"]),
        ("Employee", ["Anvar Karimov", "Nodira Yusupova", "Victor Lee"]),
        ("Участник", ["Анвар Каримов", "Нодира Юсупова", "Виктор Ли"]),
        ("ФИО Участников", ["Анвар Каримов", "Нодира Юсупова", "Виктор Ли"]),
        ("Имя", ["Анвар Каримов", "Нодира Юсупова", "Виктор Ли"]),
        ("Ishtirokchilar roʻyxati", ["Anvar Karimov", "Nodira Yusupova", "Victor Lee"]),
        ("List of participants", ["Anvar Karimov", "Nodira Yusupova", "Victor Lee"]),
        ("Full Name (as in passport)", ["Chukwuemeka Okonkwo", "Thandiwe Nkosi", "Kwabena Boateng"]),
        ("What is your full name?", ["Chukwuemeka Okonkwo", "Thandiwe Nkosi", "Kwabena Boateng"]),
        ("Name of Participant", ["Sunita Devi", "Ramesh Kumar", "Lakshmi"]),
    ],
)  # fmt: skip
def test_one_column_under_any_of_these_headings(xlsx: Write, heading: str, people: list[str]) -> None:
    reading = read_sheet(xlsx([[heading], *([person] for person in people)]))
    assert [row.cells for row in reading.rows] == [{"name": person} for person in people]
    assert columns(reading) == {"name": "A"}


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["First Name", "MI", "Last Name"], {"given_name": "A", "middle_name": "B", "surname": "C"}),
        (["Prénom", "Nom"], {"given_name": "A", "surname": "B"}),
        (["Nom", "Prénoms"], {"surname": "A", "given_name": "B"}),
        (["Name", "Vorname"], {"surname": "A", "given_name": "B"}),
        (["Name", "Surname"], {"given_name": "A", "surname": "B"}),
        (["Nombres", "Apellidos"], {"given_name": "A", "surname": "B"}),
        (["Nome", "Cognome"], {"given_name": "A", "surname": "B"}),
        (["Familiya", "Ism"], {"surname": "A", "given_name": "B"}),
        (["Familiyasi", "Ismi", "Otasining ismi"], {"surname": "A", "given_name": "B", "middle_name": "C"}),
        (["Familiya", "Ism", "Sharif"], {"surname": "A", "given_name": "B", "middle_name": "C"}),
        (["Фамилия", "Имя"], {"surname": "A", "given_name": "B"}),
        (["Фамилияси", "Исми"], {"surname": "A", "given_name": "B"}),
        (["Фамилия / Surname", "Имя / Name"], {"surname": "A", "given_name": "B"}),
        (["Uzvārds", "Vārds"], {"surname": "A", "given_name": "B"}),
        (["Given name(s)", "Family name"], {"given_name": "A", "surname": "B"}),
        (["Forename", "Surname"], {"given_name": "A", "surname": "B"}),
        (["LAST NAME", "FIRST NAME"], {"surname": "A", "given_name": "B"}),
        (["first_name", "last_name"], {"given_name": "A", "surname": "B"}),
        (["Attendee First Name", "Attendee Last Name"], {"given_name": "A", "surname": "B"}),
        (["Nazwisko", "Imię"], {"surname": "A", "given_name": "B"}),
        (["Soyadı", "Adı"], {"surname": "A", "given_name": "B"}),
    ],
)
def test_parts_of_names_are_told_apart(xlsx: Write, headings: list[str], expected: dict[str, str]) -> None:
    middle = ["Q."] if len(headings) == 3 else []
    people = [["Anvar", *middle, "Karimov"], ["Olga", *middle, "Petrova"], ["Ivan", *middle, "Ozolins"]]
    reading = read_sheet(xlsx([headings, *people]))
    assert columns(reading) == expected
    assert [row.row for row in reading.rows] == [2, 3, 4]


def test_a_group_of_name_columns_under_one_heading(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["No.", "Name", "", "Organisation", "Days", ""],
                ["", "First", "Last", "", "10.10.2018", "11.10.2018"],
                [1, "Anvar", "Karimov", "Heat Company", "P", "A"],
                [2, "Olga", "Petrova", "Water Company", "P", "P"],
            ],
            merges=["A1:A2", "B1:C1", "D1:D2", "E1:F1"],
        )
    )
    assert reading.tables[0].header_rows == (1, 2)
    assert columns(reading) == {"number": "A", "given_name": "B", "surname": "C", "organisation": "D"}
    assert [(day.letter, day.day) for day in reading.tables[0].days] == [
        ("E", datetime.date(2018, 10, 10)),
        ("F", datetime.date(2018, 10, 11)),
    ]
    assert [dict(row.marks) for row in reading.rows] == [{"E": "P", "F": "A"}, {"E": "P", "F": "P"}]


def test_a_group_row_without_merged_cells_belongs_to_the_header(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["№", "Участник", "", "", "Контакты", ""],
                ["", "Фамилия", "Имя", "Отчество", "Телефон", "E-mail"],
                [1, "Каримов", "Анвар", "Бахтиёрович", "+998901234567", "a@example.org"],
                [2, "Петрова", "Ольга", "Ивановна", "+998901234568", "o@example.org"],
            ]
        )
    )
    assert names(reading) == [(3, "Анвар Каримов"), (4, "Ольга Петрова")]
    assert reading.tables[0].header_rows == (1, 2)
    assert columns(reading) == {
        "number": "A", "surname": "B", "given_name": "C", "middle_name": "D", "phone": "E", "email": "F",
    }  # fmt: skip


def test_a_month_of_days_with_codes_and_sums(xlsx: Write) -> None:
    days = list(range(1, 11))
    reading = read_sheet(
        xlsx(
            [
                ["Attendance October 2018"],
                [],
                ["S/N", "Name of Student", *days, "Present", "Absent"],
                [1, "Chidi Okafor", *"PPAPPPLPPP", 8, 1],
                [2, "Amaka Eze", *"PPPPPPPPPP", 10, 0],
                [3, "Tunde Bello", *"AAAAAPPPPP", 5, 5],
                ["", "Total present", *([2] * 10), 23, 6],
                ["P = present, A = absent, L = late"],
            ]
        )
    )
    assert names(reading) == [(4, "Chidi Okafor"), (5, "Amaka Eze"), (6, "Tunde Bello")]
    assert skipped(reading) == {1: "title", 2: "blank", 7: "total", 8: "note"}
    assert [day.letter for day in reading.tables[0].days] == list("CDEFGHIJKL")
    assert dict(reading.rows[0].marks)["I"] == "L"


def test_day_headings_are_serials_dates_or_words(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                [
                    "Name",
                    43383,
                    datetime.datetime.fromisoformat("2018-10-11"),
                    "12 октября 2018 г.",
                    "Day 4",
                    "5-kun",
                    "Mon",
                ],
                ["Anvar Karimov", "+", "-", 1, "✓", "x", ""],
                ["Olga Petrova", "+", "+", 0, "✓", "x", "x"],
            ]
        )
    )
    days = reading.tables[0].days
    assert [(day.letter, day.day) for day in days] == [
        ("B", datetime.date(2018, 10, 10)),
        ("C", datetime.date(2018, 10, 11)),
        ("D", datetime.date(2018, 10, 12)),
        ("E", None),
        ("F", None),
        ("G", None),
    ]
    assert days[2].label == "12 октября 2018 г."
    assert dict(reading.rows[0].marks) == {"B": "+", "C": "-", "D": "1", "E": "✓", "F": "x"}


def test_signatures_in_and_out_under_each_day(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["No", "Name", "10.10.2018", "", "11.10.2018", ""],
                ["", "", "AM", "PM", "AM", "PM"],
                [1, "Anvar Karimov", "AK", "AK", "", "AK"],
                [2, "Olga Petrova", "", "OP", "OP", "OP"],
            ],
            merges=["C1:D1", "E1:F1", "A1:A2", "B1:B2"],
        )
    )
    assert reading.tables[0].header_rows == (1, 2)
    assert [(d.letter, d.day and d.day.day) for d in reading.tables[0].days] == [
        ("C", 10), ("D", 10), ("E", 11), ("F", 11),
    ]  # fmt: skip
    assert names(reading) == [(3, "Anvar Karimov"), (4, "Olga Petrova")]


def test_sections_totals_and_repeated_headers_inside_the_list(xlsx: Write) -> None:
    header = ["No", "Name", "Organisation", "Signature"]
    reading = read_sheet(
        xlsx(
            [
                header,
                ["Group A"],
                [1, "Anvar Karimov", "Heat Company"],
                [2, "Olga Petrova", "Water Company"],
                ["", "Subtotal", 2],
                header,
                ["Group B"],
                [3, "Ivan Ozolins", "Waste Company"],
                ["", "Grand total", 3],
                [],
                ["Prepared by:", "Nina Smirnova"],
            ],
            merges=["A2:D2"],
        )
    )
    assert names(reading) == [(3, "Anvar Karimov"), (4, "Olga Petrova"), (8, "Ivan Ozolins")]
    assert skipped(reading) == {
        2: "section", 5: "total", 6: "repeated_header", 7: "section", 9: "total", 10: "blank", 11: "note",
    }  # fmt: skip


def test_a_blank_line_does_not_end_the_list(text: Write) -> None:
    reading = read_sheet(text("Name,Age\nJohn,31\n\nMary,27\n\n\nPaul,44\n"))
    assert names(reading) == [(2, "John"), (4, "Mary"), (7, "Paul")]
    assert skipped(reading) == {3: "blank", 5: "blank", 6: "blank"}


def test_the_trainers_signature_below_the_list_is_no_participant(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["Nr.", "Vārds, uzvārds", "Iestāde", "Paraksts"],
                [1, "Anna Bērziņa", "Rīgas dome"],
                [2, "Jānis Ozoliņš", "SIA Ūdens"],
                [3, "Līga Kalniņa", "SIA Siltums"],
                [],
                ["", "Pēteris Lapiņš", "", ""],
                ["", "Lektors: Juris Kalns"],
                ["Apstiprināja: Māra Liepa"],
            ]
        )
    )
    assert [row for row, _ in names(reading)] == [2, 3, 4]
    assert skipped(reading) == {5: "blank", 6: "note", 7: "note", 8: "note"}


def test_numbered_lines_without_a_name_are_nameless(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx([["No", "Name", "Email"], [1, "Anvar Karimov", "a@example.org"], [2], [3, "", "b@example.org"]])
    )
    assert names(reading) == [(2, "Anvar Karimov")]
    assert skipped(reading) == {3: "nameless", 4: "nameless"}


def test_a_blank_form_is_a_table_with_nobody_in_it(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["SIGN-IN SHEET"],
                ["Event:", "________"],
                ["No", "Name and surname", "Organisation", "E-mail", "Signature"],
                *([n] for n in range(1, 21)),
            ]
        )
    )
    assert len(reading.tables) == 1
    assert reading.rows == ()
    assert [problem.code for problem in reading.problems] == ["sheet.empty_table"]
    assert columns(reading) == {
        "number": "A", "name": "B", "organisation": "C", "email": "D", "signature": "E",
    }  # fmt: skip


@pytest.mark.parametrize("word", ["Name", "Participant", "Student", "Dalībnieks", "Участник", "Ishtirokchi"])
def test_placeholders_are_no_people(xlsx: Write, word: str) -> None:
    reading = read_sheet(
        xlsx([["No", "Name", "Day 1", "Day 2"], *([n, f"{word} {n}"] for n in range(1, 26))])
    )
    assert reading.rows == ()
    assert [(p.code, p.facts["n"]) for p in reading.problems] == [("sheet.placeholders", 25)]


def test_an_example_line_is_no_person(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["No", "Name", "Organisation"],
                ["", "e.g. Jane Smith", "Example Ltd"],
                [1, "Anvar Karimov", "Heat Company"],
                [2, "xxxx", ""],
                [3, "TBC", "Water Company"],
            ]
        )
    )
    assert names(reading) == [(3, "Anvar Karimov")]
    assert skipped(reading) == {2: "nameless", 4: "nameless", 5: "nameless"}


def test_hashtags_of_hxl_are_no_person(text: Write) -> None:
    reading = read_sheet(
        text(
            "Name,Sex,Organisation,Email\n#contact+name,#sex,#org,#contact+email\n"
            "Aisha Bello,F,Red Cross,a@example.org\nMusa Ibrahim,M,WFP,m@example.org\n"
        )
    )
    assert names(reading) == [(3, "Aisha Bello"), (4, "Musa Ibrahim")]
    assert skipped(reading) == {2: "hxl"}


def test_two_blocks_side_by_side(xlsx: Write) -> None:
    header = ["No", "Name", "Signature"]
    reading = read_sheet(
        xlsx(
            [
                ["Participants of the seminar"],
                [*header, "", *header],
                [1, "Anvar Karimov", "", "", 4, "Nodira Yusupova"],
                [2, "Olga Petrova", "", "", 5, "Victor Lee"],
                [3, "Ivan Ozolins", "", ""],
            ]
        )
    )
    assert [(row.block, row.row, row.cells["name"]) for row in reading.rows] == [
        ("A", 3, "Anvar Karimov"),
        ("A", 4, "Olga Petrova"),
        ("A", 5, "Ivan Ozolins"),
        ("E", 3, "Nodira Yusupova"),
        ("E", 4, "Victor Lee"),
    ]
    assert [dict(table.columns)["name"] for table in reading.tables] == ["B", "F"]


def test_two_tables_one_below_the_other(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["Participants"],
                ["No", "Name", "Organisation"],
                [1, "Anvar Karimov", "Heat Company"],
                [],
                ["Experts"],
                ["Surname", "Given name", "Country", "Role"],
                ["Ozolins", "Ivan", "Latvia", "expert"],
                ["Berzina", "Anna", "Latvia", "interpreter"],
            ]
        )
    )
    assert names(reading) == [(3, "Anvar Karimov"), (7, "Ivan Ozolins"), (8, "Anna Berzina")]
    assert [table.header_rows for table in reading.tables] == [(2,), (6,)]
    assert [row.cells.get("role") for row in reading.rows] == [None, "expert", "interpreter"]
    assert skipped(reading) == {1: "title", 4: "blank", 5: "title"}


def test_several_sheets_and_one_that_is_a_legend(xlsx: Write) -> None:
    day = [["Name", "Email"], ["Anvar Karimov", "a@example.org"], ["Olga Petrova", "o@example.org"]]
    reading = read_sheet(
        xlsx({"Day 1": day, "Day 2": day, "Legend": [["Code", "Meaning"], ["P", "Present"], ["A", "Absent"]]})
    )
    assert [(row.sheet, row.row) for row in reading.rows] == [
        ("Day 1", 2), ("Day 1", 3), ("Day 2", 2), ("Day 2", 3),
    ]  # fmt: skip
    assert [(p.code, p.where.sheet) for p in reading.problems] == [("sheet.other_sheet", "Legend")]


def test_a_hidden_sheet_is_not_read_and_said_so(xlsx: Write) -> None:
    day = [["Name", "Email"], ["Anvar Karimov", "a@example.org"], ["Olga Petrova", "o@example.org"]]
    reading = read_sheet(xlsx({"List": day, "Old": day}, hidden=["Old"]))
    assert {row.sheet for row in reading.rows} == {"List"}
    assert [(p.code, p.where.sheet) for p in reading.problems] == [("sheet.hidden_sheet", "Old")]


def test_a_list_that_begins_far_from_the_corner(xlsx: Write) -> None:
    rows = [[]] * 9 + [[""] * 4 + ["Name", "Phone"], [""] * 4 + ["Anvar Karimov", "90 123 45 67"]]
    reading = read_sheet(xlsx(rows))
    assert columns(reading) == {"name": "E", "phone": "F"}
    assert names(reading) == [(11, "Anvar Karimov")]


def test_an_organisation_merged_over_several_people_belongs_to_each(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["Organisation", "Name", "Position"],
                ["Heat Company", "Anvar Karimov", "Engineer"],
                ["", "Olga Petrova", "Engineer"],
                ["Water Company", "Ivan Ozolins", "Engineer"],
            ],
            merges=["A2:A3"],
        )
    )
    assert [row.cells["organisation"] for row in reading.rows] == [
        "Heat Company", "Heat Company", "Water Company",
    ]  # fmt: skip


def test_companies_with_a_contact_person_are_people_of_organisations(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["Company", "Contact person", "Phone", "E-mail"],
                ["SIA Siltums", "Jānis Ozoliņš", "67000001", "j@example.org"],
                ["SIA Ūdens", "Anna Bērziņa", "67000002", "a@example.org"],
                ["AS Tīrība", "Līga Kalniņa", "67000003", "l@example.org"],
            ]
        )
    )
    assert columns(reading) == {"organisation": "A", "name": "B", "phone": "C", "email": "D"}
    assert len(reading.rows) == 3


def test_conference_delegates_with_their_countries(text: Write) -> None:
    reading = read_sheet(
        text(
            "Country,Delegate name,Title,Affiliation,Email\n"
            'Kenya,"Mwangi, Grace",Ms,Ministry of Water,g@example.org\n'
            'Uganda,"Okello, Peter",Dr,Makerere University,p@example.org\n'
            'Latvia,"Kalns, Juris",Mr,Riga City,j@example.org\n'
        )
    )
    assert names(reading) == [(2, "Mwangi, Grace"), (3, "Okello, Peter"), (4, "Kalns, Juris")]
    assert columns(reading) == {
        "country": "A", "name": "B", "position": "C", "organisation": "D", "email": "E",
    }  # fmt: skip


def test_an_export_of_a_registration_form(text: Write) -> None:
    reading = read_sheet(
        text(
            "Timestamp,Email Address,What is your full name?,"
            "Which organisation do you represent?,Dietary requirements\n"
            "2018/10/01 9:14:11,a@example.org,Anvar Karimov,Heat Company,none\n"
            "2018/10/01 9:20:40,o@example.org,Olga Petrova,Water Company,vegetarian\n"
        )
    )
    assert names(reading) == [(2, "Anvar Karimov"), (3, "Olga Petrova")]
    assert columns(reading)["email"] == "B"
    assert columns(reading)["name"] == "C"


def test_a_list_without_any_heading(text: Write) -> None:
    reading = read_sheet(text("Anvar Karimov\nOlga Petrova\nIvan Ozolins\nAnna Berzina\n"))
    assert names(reading) == [
        (1, "Anvar Karimov"), (2, "Olga Petrova"), (3, "Ivan Ozolins"), (4, "Anna Berzina"),
    ]  # fmt: skip
    assert [p.code for p in reading.problems] == ["sheet.no_header"]
    assert reading.tables[0].header_rows == ()


def test_an_id_column_is_a_number(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["Roll No", "Name", "Gender (Male/ Female)", "Mobile No.", "Hours"],
                ["17BCE001", "Ananya Sharma", "Female", 9876543210, 16],
                ["17BCE002", "Rohit Verma", "Male", 9876543211, 8],
            ]
        )
    )
    assert columns(reading) == {"number": "A", "name": "B", "sex": "C", "phone": "D", "hours": "E"}
    assert dict(reading.rows[0].cells)["phone"] == "9876543210"
    assert dict(reading.rows[0].cells)["hours"] == "16"


def test_the_text_is_kept_as_written(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx([["Name", "Organisation"], ["  Anvar  KARIMOV ", "Heat\nCompany "], ["Olga Petrova", " "]])
    )
    assert [dict(row.cells) for row in reading.rows] == [
        {"name": "  Anvar  KARIMOV ", "organisation": "Heat\nCompany "},
        {"name": "Olga Petrova"},
    ]


def test_a_broken_address_is_a_doubt_with_its_place(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx([["Name", "E-mail"], ["Anvar Karimov", "anvar.example.org"], ["Olga Petrova", "o@example.org"]])
    )
    assert [(p.code, str(p.where), p.severity) for p in reading.problems] == [
        ("sheet.broken_email", "list.xlsx!Sheet1!B2", "warning")
    ]


def test_dates_as_text_serials_and_real_dates(xlsx: Write) -> None:
    reading = read_sheet(
        xlsx(
            [
                ["Name", "Date"],
                ["Anvar Karimov", "10.10.2018"],
                ["Olga Petrova", 43383],
                ["Ivan Ozolins", datetime.date(2018, 10, 10)],
            ]
        )
    )
    assert [row.cells["date"] for row in reading.rows] == ["10.10.2018", "2018-10-10", "2018-10-10"]
