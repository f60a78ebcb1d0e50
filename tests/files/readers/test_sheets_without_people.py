"""Sheets that list something else are refused: a clear problem, and no invented people."""

import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from karvon.files.readers.sign_in_sheet import read_sheet

Write = Callable[..., pathlib.Path]

NOT_PEOPLE: dict[str, list[list[Any]]] = {
    "organisations": [
        ["Name", "Type", "Country", "Website", "Email"],
        ["World Food Programme", "UN", "Kenya", "wfp.org", "info@example.org"],
        ["Save the Children", "NGO", "Uganda", "save.org", "info@example.org"],
        ["Riga Water Ltd", "Company", "Latvia", "water.lv", "info@example.org"],
        ["Green Future Foundation", "NGO", "Latvia", "green.lv", "info@example.org"],
    ],
    "organisations with a phone": [
        ["Name", "Phone", "Email"],
        ["Blue Ocean Trading", "100", "a@example.org"],
        ["Acme Widgets", "101", "b@example.org"],
        ["Nordic Timber", "102", "c@example.org"],
        ["Baltic Steel", "103", "d@example.org"],
        ["Sunrise Logistics", "104", "e@example.org"],
        ["Golden Gate Imports", "105", "f@example.org"],
        ["Silver Line Transport", "106", "g@example.org"],
        ["Amber Coast Tours", "107", "h@example.org"],
    ],
    "products": [
        ["Name", "Price", "Quantity"],
        ["Laptop", 900, 3],
        ["Office Chair", 120, 10],
        ["Desk Lamp", 35, 12],
    ],
    "hospitals": [
        ["No", "Hospital Name", "District", "Beds", "Director"],
        [1, "St Mary Hospital", "North", 120, "John Smith"],
        [2, "Queen Elizabeth Hospital", "South", 300, "Mary Brown"],
        [3, "King George Clinic", "East", 45, "Peter Jones"],
    ],
    "a class statistic": [
        ["Sr", "Class Name", "Enrolled", "Present", "Absent"],
        [1, "ICS-A", 40, 38, 2],
        [2, "FA-B", 35, 30, 5],
        ["", "Total", 75, 68, 7],
    ],
    "cities": [
        ["Name", "Country", "Population", "Latitude", "Longitude"],
        ["Riga", "Latvia", 600000, 56.9, 24.1],
        ["San Francisco", "United States", 800000, 37.7, -122.4],
        ["Santa Maria", "Brazil", 280000, -29.6, -53.8],
    ],
    "books": [
        ["Title", "Author", "Year", "Publisher"],
        ["The Water Cycle", "John Smith", 2001, "Green Press"],
        ["Heat and Light", "Mary Brown", 2005, "Blue Press"],
        ["City Waste", "Anna Petrova", 2010, "Red Press"],
    ],
    "a price list in russian": [
        ["№", "Наименование", "Ед. изм.", "Количество", "Цена"],
        [1, "Труба стальная", "м", 20, 300],
        [2, "Кран шаровой", "шт", 5, 150],
        [3, "Насос Грундфос", "шт", 1, 9000],
    ],
    "a register of russian firms": [
        ["№", "Наименование организации", "ИНН", "Руководитель", "Телефон"],
        [1, "ООО «Вода»", "1234567890", "Иванов И.И.", "100"],
        [2, "ООО «Тепло»", "1234567891", "Петров П.П.", "101"],
        [3, "АО «Чистота»", "1234567892", "Сидоров С.С.", "102"],
    ],
    "a programme of the day": [
        ["Time", "Session", "Speaker", "Room"],
        ["9:00", "Opening and welcome", "Aziz Karimov", "A"],
        ["10:00", "Heat supply", "Olga Petrova", "A"],
        ["11:00", "Coffee break", "", ""],
    ],
    "3W activities": [
        ["Who", "What", "Where", "Start date", "Beneficiaries", "Contact name"],
        ["#org", "#activity", "#adm1", "#date+start", "#reached", "#contact+name"],
        ["Red Cross", "Water trucking", "Coast", "2015-03-01", 1000, "Jane Doe"],
        ["UNICEF", "Hygiene kits", "North", "2015-03-02", 2000, "John Roe"],
    ],
    "a legend": [["Code", "Meaning"], ["P", "Present"], ["A", "Absent"], ["L", "Late"]],
    "projects": [
        ["Project name", "Donor", "Budget", "Start date", "Project manager"],
        ["Clean Water", "EU", 100000, "2018-01-01", "Anna Bērziņa"],
        ["Warm Schools", "MFA", 50000, "2018-02-01", "Jānis Ozoliņš"],
    ],
    "latvian municipalities": [
        ["Nr.", "Nosaukums", "Iedzīvotāju skaits", "Platība"],
        [1, "Ādažu novads", 20000, 242],
        [2, "Rīga", 600000, 304],
        [3, "Jūrmala", 50000, 100],
    ],
    "uzbek organisations": [
        ["T/r", "Tashkilot nomi", "Manzili", "Telefon"],
        [1, "Maxsustrans DUK", "Toshkent", "100"],
        [2, "Issiqlik markazi", "Andijon", "101"],
        [3, "Suv taʼminoti MChJ", "Fargʻona", "102"],
    ],
    "participants counted": [
        ["Training", "Date", "Men", "Women", "Total participants"],
        ["Heat supply", "2018-10-10", 20, 10, 30],
        ["Water supply", "2018-10-11", 25, 15, 40],
        ["Total", "", 45, 25, 70],
    ],
    "streets named after people": [
        ["Street name", "Length", "Postcode"],
        ["Alexander Pushkin", 500, "1001"],
        ["Maria Curie", 300, "1002"],
        ["John Lennon", 200, "1003"],
    ],
    "species": [
        ["Scientific name", "Common name", "Height"],
        ["Quercus robur", "Oak", 30],
        ["Pinus sylvestris", "Pine", 35],
        ["Betula pendula", "Birch", 25],
    ],
    "files": [["File name", "Size"], ["report.docx", 100], ["photo.jpg", 2000]],
    "countries": [["name"], ["Latvia"], ["Uzbekistan"], ["Kenya"], ["South Africa"], ["New Zealand"]],
    "numbers": [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
    "schools in german": [
        ["Schule", "Ort", "Anzahl Schüler"],
        ["Goethe Gymnasium", "Berlin", 800],
        ["Schiller Schule", "Weimar", 500],
        ["Albert Einstein Gymnasium", "Ulm", 700],
    ],
    "a key-value form": [
        ["Name of event", "Heat supply seminar"],
        ["Name of trainer", "Juris Kalns"],
        ["Place", "Tashkent"],
        ["Date", "2018-10-10"],
    ],
    "users of a system": [
        ["username", "last login", "ip address"],
        ["akarimov", "2018-10-10", "10.0.0.1"],
        ["opetrova", "2018-10-11", "10.0.0.2"],
    ],
    "stations": [
        ["Station name", "Operator", "Elevation"],
        ["Victoria", "TfL", 12],
        ["King's Cross", "TfL", 17],
        ["Charing Cross", "TfL", 9],
    ],
    "health facilities": [
        ["Region", "District", "Facility name", "Facility type", "Ownership", "In-charge"],
        ["Arusha", "Meru", "Usa River Health Centre", "Health Centre", "Public", "Grace Mollel"],
        ["Arusha", "Meru", "Nkoaranga Hospital", "Hospital", "FBO", "John Massawe"],
        ["Arusha", "Karatu", "Endabash Dispensary", "Dispensary", "Public", "Neema Laizer"],
    ],
    "drugs": [
        ["Generic name", "Brand name", "Strength"],
        ["Paracetamol", "Panadol", "500 mg"],
        ["Ibuprofen", "Brufen", "400 mg"],
    ],
    "planets": [["Name", "Mass"], ["Mercury", 1], ["Venus", 2], ["Mars", 3], ["Jupiter", 4]],
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(NOT_PEOPLE))
def test_a_sheet_of_things_is_refused(xlsx: Write, what: str) -> None:
    reading = read_sheet(xlsx(NOT_PEOPLE[what]))
    assert (reading.tables, [problem.code for problem in reading.problems]) == ((), ["sheet.no_people"])


def test_counts_in_two_blocks_are_no_marks(xlsx: Write) -> None:
    block = ["Sr", "Class\nName", "Enrolled", "Present", "Absent"]
    reading = read_sheet(
        xlsx(
            [
                ["Daily strength", "", "", "", "", "", "Date", "2019-10-01"],
                [*block, "", *block],
                [1, "ICS", 40, 38, 2, "", 1, "FA", 30, 29, 1],
                [2, "BA", 41, 40, 1, "", 2, "BSc", 31, 30, 1],
                ["", "Total", 81, 78, 3, "", "", "Total", 61, 59, 2],
            ]
        )
    )
    assert reading.rows == ()
    assert [p.code for p in reading.problems] == ["sheet.no_people"]


def test_an_empty_workbook_is_refused(xlsx: Write) -> None:
    reading = read_sheet(xlsx([[]]))
    assert [p.code for p in reading.problems] == ["sheet.empty_file"]
