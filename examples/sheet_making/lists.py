"""The sheets of the training example one by one: who signed what, in which alphabet and with which habits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sheet_making.grid import Cell, Grid, SignInList
from sheet_making.spellings import (
    Invented,
    Orthography,
    given_name,
    initial,
    name_of,
    patronymic,
    surname,
    word,
)


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who writes a list: knows the people, and keeps to one orthography."""

    people: Mapping[str, Invented]
    words: Mapping[tuple[str, str, str], str]
    orthography: Orthography
    roles: Mapping[str, str]
    """Who on this list is no participant, and what instead."""

    def name(self, who: str, order: str = "surname given father") -> str:
        return name_of(self.people[who], self.orthography, order)  # type: ignore[arg-type]

    def surname(self, who: str) -> str:
        return surname(self.people[who], self.orthography)

    def given(self, who: str) -> str:
        return given_name(self.people[who], self.orthography)

    def father(self, who: str) -> str:
        return patronymic(self.people[who], self.orthography)

    def organisation(self, who: str) -> str:
        return word(self.words, "organisation", self.people[who].organisation, self.orthography)

    def position(self, who: str) -> str:
        person, role = self.people[who], self.role(who)
        key = role if role in ("trainer", "interpreter", "organiser") else person.position
        return word(self.words, "position", key, self.orthography, person.sex)

    def role(self, who: str) -> str:
        return self.roles.get(who, "participant")

    def phone(self, who: str) -> str:
        """A number nobody has: no operator of Uzbekistan has the code 00, no number of Latvia begins with 0."""
        if self.people[who].latvian:
            return f"+371 0000 01{int(who[1:]):02d}"
        digits = f"{(int(who[1:]) * 7919 + ord(who[0]) * 104729) % 10_000_000:07d}"
        return f"+998 00 {digits[:3]}-{digits[3:5]}-{digits[5:]}"

    def email(self, who: str) -> str:
        """An address of the reserved top domain ``.example``."""
        person = self.people[who]
        plain = (person.given[:1] + "." + person.surname).replace("ʻ", "").replace("ʼ", "").lower()
        return f"{plain}@{person.organisation.replace('_', '-')}.example"


MakeClerk = Callable[[Orthography, Mapping[str, str]], Clerk]

TRAINERS_HEAT = {"E01": "trainer", "E09": "trainer"}
TRAINERS_WATER = {"E02": "trainer", "E07": "trainer"}


def those(*spans: str) -> list[str]:
    """``those("P001-P003", "P007")`` is P001, P002, P003, P007."""
    out: list[str] = []
    for span in spans:
        first, _, last = span.partition("-")
        if not last:
            out.append(first)
            continue
        out += [f"{first[0]}{number:03d}" for number in range(int(first[1:]), int(last[1:]) + 1)]
    return out


def curly(text: str, apostrophes: str) -> str:
    """Uzbek Latin as keyboards give it: each ʻ becomes the next of ``apostrophes`` in turn, each ʼ the first."""
    turn = 0
    out = []
    for letter in text:
        if letter == "ʻ":
            out.append(apostrophes[turn % len(apostrophes)])
            turn += 1
        else:
            out.append(apostrophes[0] if letter == "ʼ" else letter)
    return "".join(out)


def numbered(
    grid: Grid,
    clerk: Clerk,
    people: Iterable[str],
    cells: Callable[[str], tuple[str, Sequence[Cell]]],
    start: int = 1,
) -> int:
    """Write people under running numbers; ``cells`` gives the name as written and the cells after the number."""
    number = start
    for who in people:
        name, texts = cells(who)
        grid.person(who, clerk.role(who), name, [number, *texts])
        number += 1
    return number


def riga_opening(make: MakeClerk) -> SignInList:
    clerk = make("lv", {"E08": "organiser", "E11": "organiser", "E10": "interpreter", "E12": "guest"})
    grid = Grid()
    grid.write("Nr.", "Vārds, uzvārds", "Pārstāvētā iestāde", "Amats", "Paraksts", bold=True)

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = clerk.name(who, "given surname")
        return name, [name, clerk.organisation(who), clerk.position(who), "(paraksts)"]

    numbered(grid, clerk, [*those("P001-P018"), "E12", "E08", "E11", "E10"], cells)
    grid.write("Kopā: 22", merge=5)
    return SignInList(
        "2018-09-10-riga-atklasana.docx",
        (("Table 1", grid),),
        language="lv",
        before=(
            "MĀCĪBU PARAUGS – VISI VĀRDI IZDOMĀTI",
            "Uzbekistānas delegācijas vizīte. Atklāšana un tiesību aktu apskats",
            "Rīgā, 2018. gada 10. septembrī plkst. 10.00–13.00",
        ),
        after=("Sarakstu sagatavoja: Agnese Čākure",),
        scan="2018-09-10-riga-atklasana.png",
        heading="Dalībnieku saraksts · Rīga, 10.09.2018.",
    )


def riga_heat(make: MakeClerk) -> SignInList:
    clerk = make("lv", {**TRAINERS_HEAT, "E10": "interpreter", "E08": "organiser"})
    grid = Grid()
    grid.write("MĀCĪBU PARAUGS – VISI VĀRDI IZDOMĀTI")
    grid.write("Dalībnieku saraksts")
    grid.write("Mācības: Siltumapgāde – siltummezgli, tīkli, uzskaite")
    grid.write("Norises vieta: Rīga", "", "Datums: 11.09.2018.", "", "Stundu skaits: 6")
    grid.skip()
    grid.write("Nr.p.k.", "Uzvārds, vārds", "Iestāde/uzņēmums", "Amats", "E-pasts", "Paraksts")

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = clerk.name(who, "surname given")
        email = "" if clerk.people[who].latvian else clerk.email(who)
        return name, [name, clerk.organisation(who), clerk.position(who), email, "x"]

    people = [*those("P001-P004", "P007-P012"), "E01", "E09", "E10", "E08"]
    numbered(grid, clerk, people, cells)
    grid.write("", "KOPĀ", "", "", "", len(people))
    grid.write("Saraksts pārrakstīts no parakstītā oriģināla.")
    return SignInList(
        "2018-09-11-riga-siltumapgade.csv",
        (("", grid),),
        "cp1257",
        ";",
        language="lv",
        scan="2018-09-11-riga-siltumapgade.png",
        heading="Siltumapgāde · Rīga, 11.09.2018.",
    )


def riga_water_and_waste(make: MakeClerk) -> SignInList:
    def tab(title: str, people: Sequence[str], clerk: Clerk, place: str) -> Grid:
        grid = Grid()
        grid.write("TRAINING EXAMPLE – ALL NAMES INVENTED", merge=9, bold=True)
        grid.write(title, merge=9, bold=True)
        grid.write(place, merge=9)
        grid.skip()
        grid.write(
            "No.",
            "Family name",
            "First name",
            "Organisation",
            "Position",
            "Country",
            "E-mail",
            "Mobile",
            "Signature",
            bold=True,
        )

        def cells(who: str) -> tuple[str, Sequence[Cell]]:
            last, first = clerk.surname(who), clerk.given(who)
            latvian = clerk.people[who].latvian
            return f"{last} {first}", [
                last,
                first,
                clerk.organisation(who),
                clerk.position(who),
                "Latvia" if latvian else "Uzbekistan",
                "" if latvian else clerk.email(who),
                clerk.phone(who),
                "signed",
            ]

        numbered(grid, clerk, people, cells)
        grid.write("Total", "", "", "", "", "", "", "", len(people))
        return grid

    water = make("en", {**TRAINERS_WATER, "E10": "interpreter"})
    waste = make("en", {"E03": "trainer", "E10": "interpreter", "E08": "organiser"})
    tabs = (
        (
            "12 Sept water",
            tab(
                "Study visit: water supply and wastewater",
                [*those("P001-P006", "P009", "P012", "P010"), "E02", "E07", "E10"],
                water,
                "Riga, 12 September 2018, 09:30–16:30 (6 hours)",
            ),
        ),
        (
            "13 Sept waste",
            tab(
                "Study visit: waste management",
                [*those("P013-P018", "P005", "P006", "P011", "P001", "P002"), "E03", "E10", "E08"],
                waste,
                "Riga, 13 September 2018, 09:30–16:30 (6 hours)",
            ),
        ),
    )
    return SignInList(
        "2018-09-12-13-riga-water-waste.xlsx",
        tabs,
        language="en",
        scan="2018-09-12-13-riga-water-waste.pdf",
        heading="Attendance · Riga, 12–13 September 2018",
    )


def tashkent_heat_first_group(make: MakeClerk) -> SignInList:
    clerk = make("ru", {**TRAINERS_HEAT, "G01": "interpreter"})
    grid = Grid()
    grid.write("УЧЕБНЫЙ ПРИМЕР – ВСЕ ИМЕНА ВЫМЫШЛЕНЫ", merge=9, bold=True)
    grid.write(
        "Список участников семинара «Теплоснабжение: ИТП, насосы, учёт тепла». Группа 1", merge=9, bold=True
    )
    grid.write("г. Ташкент, 10–12 октября 2018 г.", merge=9)
    grid.skip()
    top = grid.write(
        "№",
        "Ф.И.О.",
        "Организация",
        "Должность",
        "Телефон",
        "Отметка о присутствии",
        "",
        "",
        "Подпись",
        bold=True,
    )
    grid.write("", "", "", "", "", "10.10.2018", "11.10.2018", "12.10.2018", "", bold=True)
    for column in (1, 2, 3, 4, 5, 9):
        grid.join(top, column, top + 1, column)
    grid.join(top, 6, top, 8)
    absent = {"P021": "++-", "P022": "+++", "P026": "+-+", "P002": "+++", "P027": "++-", "G01": "+++"}

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = clerk.name(who)
        marks = absent.get(who, "+++")
        phone = clerk.phone(who)
        return name, [name, clerk.organisation(who), clerk.position(who), phone, *marks, "подпись"]

    people = [*those("P019-P033"), *those("P002", "P004", "P007", "P008", "P010"), "E01", "E09", "G01"]
    numbered(grid, clerk, people, cells)
    grid.skip()
    grid.write("", "Итого: 23 чел.")
    grid.write("Ответственный за регистрацию: Шомуродова Н.", merge=9)
    return SignInList(
        "2018-10-10-12-tashkent-teplo-1.xlsx",
        (("Группа 1", grid),),
        language="ru",
        scan="2018-10-10-12-tashkent-teplo-1.png",
        heading="Теплоснабжение, группа 1 · Ташкент, 10–12.10.2018",
    )


def tashkent_heat_second_group(make: MakeClerk) -> SignInList:
    clerk = make("uz", {"E01": "trainer", "G02": "interpreter"})
    grid = Grid()
    grid.write("OʻQUV NAMUNASI – BARCHA ISMLAR OʻYLAB TOPILGAN", bold=True, merge=8)
    grid.write(
        "Issiqlik taʼminoti boʻyicha oʻquv seminari ishtirokchilari roʻyxati (2-guruh)", bold=True, merge=8
    )
    grid.write("Toshkent sh., 2018-yil 10–12-oktabr", merge=8)
    grid.skip(2)
    grid.write(
        "T/r",
        "Familiyasi, ismi, sharifi",
        "Tashkiloti",
        "Lavozimi",
        "10.10.2018",
        "11.10.2018",
        "12.10.2018",
        "Imzo",
        bold=True,
    )
    marks = {"P036": "+-+", "P044": "++-", "P047": "-++"}

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = curly(clerk.name(who), "'`’")
        return name, [
            name,
            curly(clerk.organisation(who), "'"),
            curly(clerk.position(who), "'`"),
            *marks.get(who, "+++"),
            "imzo",
        ]

    people = [*those("P034-P047"), "E01", "G02"]
    numbered(grid, clerk, people, cells)
    grid.write("", "Jami", len(people))
    return SignInList(
        "2018-10-10-12-toshkent-issiqlik-2.xls",
        (("2-guruh", _apostrophes(grid)),),
        language="uz",
        scan="2018-10-10-12-toshkent-issiqlik-2.png",
        heading="Issiqlik taʼminoti, 2-guruh · Toshkent, 10–12.10.2018",
    )


def _apostrophes(grid: Grid) -> Grid:
    """The clerk's titles with the apostrophe of the keyboard."""
    for place, text in grid.cells.items():
        if isinstance(text, str):
            grid.cells[place] = curly(text, "'")
    return grid


def tashkent_water_first_group(make: MakeClerk) -> SignInList:
    clerk = make("ru", {"E02": "trainer", "G01": "interpreter", "E11": "organiser"})
    grid = Grid()
    grid.write("УЧЕБНЫЙ ПРИМЕР - ВСЕ ИМЕНА ВЫМЫШЛЕНЫ")
    grid.write("Регистрация участников. Водоснабжение: утечки, зонирование, учёт")
    grid.write("Ташкент, 10-11 октября 2018 года, группа 1")
    grid.write(
        "N п/п",
        "Фамилия, имя, отчество",
        "Место работы",
        "Должность",
        "Контактный телефон",
        "10.10.2018",
        "11.10.2018",
    )
    marks = {"P053": "+-", "P060": "-+"}

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = clerk.name(who)
        phone = clerk.phone(who)
        organisation = clerk.organisation(who).replace("«", '"').replace("»", '"')
        return name, [name, organisation, clerk.position(who), phone, *marks.get(who, "++")]

    people = [*those("P048-P066"), "E02", "G01", "E11"]
    numbered(grid, clerk, people, cells)
    grid.write("", "Всего зарегистрировано", "", "", "", 21, 21)
    return SignInList(
        "2018-10-10-11-tashkent-voda-1.csv",
        (("", grid),),
        "koi8-r",
        ";",
        language="ru",
        scan="2018-10-10-11-tashkent-voda-1.png",
        heading="Водоснабжение, группа 1 · Ташкент, 10–11.10.2018",
    )


def tashkent_water_second_group(make: MakeClerk) -> SignInList:
    clerk = make("uz-Cyrl", {"E07": "trainer", "G02": "interpreter"})
    grid = Grid(left=1, row=2)
    grid.write("ЎҚУВ НАМУНАСИ – БАРЧА ИСМЛАР ЎЙЛАБ ТОПИЛГАН", merge=10)
    grid.write("Сув таъминоти бўйича семинар иштирокчилари рўйхати, 2-гуруҳ", merge=10)
    grid.write("Тошкент шаҳри, 2018 йил 10–11 октябрь", merge=10)
    grid.skip()
    grid.write(
        "Т/р",
        "Фамилияси",
        "Исми",
        "Отасининг исми",
        "Ташкилот номи",
        "Лавозими",
        "Телефон рақами",
        "10.10.2018",
        "11.10.2018",
        "Имзо",
        bold=True,
    )

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        last, first, father = clerk.surname(who), clerk.given(who), clerk.father(who)
        name = " ".join(part for part in (last, first, father) if part)
        marks = "+-" if who == "P074" else "++"
        return name, [
            last,
            first,
            father,
            clerk.organisation(who),
            clerk.position(who),
            clerk.phone(who),
            *marks,
            "имзо",
        ]

    people = [*those("P067-P075", "P003", "P005", "P009"), "E07", "G02"]
    numbered(grid, clerk, people, cells)
    grid.write("", "Жами:", 14)
    return SignInList("2018-10-10-11-toshkent-suv-2.ods", (("Рўйхат", grid),), language="uz-Cyrl")


def tashkent_partners(make: MakeClerk) -> SignInList:
    clerk = make(
        "en",
        {
            **{f"E{number:02d}": "expert" for number in (1, 2, 3, 7, 9)},
            "E08": "organiser",
            "E12": "guest",
            "G01": "interpreter",
        },
    )
    grid = Grid()
    grid.write("#", "Name", "Company / institution", "Title", "Mobile", "Signature", bold=True)

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = clerk.name(who, "given surname")
        phone = "" if who == "P030" else clerk.phone(who)
        return name, [name, clerk.organisation(who), clerk.position(who), phone, "signed"]

    people = [
        "P007",
        "P013",
        "P019",
        "P037",
        "P048",
        "P030",
        "P066",
        "G03",
        "E01",
        "E02",
        "E03",
        "E07",
        "E09",
        "E08",
        "E12",
        "G01",
    ]
    numbered(grid, clerk, people, cells)
    return SignInList(
        "2018-10-10-tashkent-partner-meeting.docx",
        (("Table 1", grid),),
        language="en",
        before=(
            "TRAINING EXAMPLE – ALL NAMES INVENTED",
            "Meeting of cluster companies with potential partners",
            "Tashkent, 10 October 2018, 17:00–19:00",
        ),
        after=("Minutes taken by Liga Rudzroga.",),
    )


def tashkent_waste(make: MakeClerk) -> SignInList:
    clerk = make("ru", {"E03": "trainer", "G01": "interpreter", "G03": "guest"})
    grid = Grid()
    grid.write("УЧЕБНЫЙ ПРИМЕР – ВСЕ ИМЕНА ВЫМЫШЛЕНЫ")
    grid.write("Список участников обучения «Управление отходами»")
    grid.write("Ташкент, 12.10.2018, 6 часов")
    grid.skip()
    grid.write("№", "ФИО", "Организация", "Должность", "Телефон", "Роль")
    people = [
        *those("P076-P090", "P013", "P015", "P018"),
        "P021",
        *those(
            "P048", "P050", "P052", "P054", "P056", "P058", "P060", "P062", "P064", "P066", "P003", "P005"
        ),
        "E03",
        "G01",
        "G03",
    ]
    as_written = {
        "P050": "Ризаев Улугбк Тахирович",  # a letter lost while typing
        "P056": "Caидoв Мураджон Хакимович",  # Latin C and o from the neighbouring keyboard
        "P021": "Каримов А.",
    }
    roles = {"participant": "участник", "trainer": "тренер", "interpreter": "переводчик", "guest": "гость"}
    without_phone = {"P021", "P056"}

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = as_written.get(who, clerk.name(who))
        organisation = clerk.organisation(who)
        if organisation == "Махсустранс" and who != "P083":
            organisation = "Махсустранc"  # the last letter is Latin
        phone = "" if who in without_phone else clerk.phone(who)
        return name, [name, organisation, clerk.position(who), phone, roles[clerk.role(who)]]

    numbered(grid, clerk, people, cells)
    grid.write("", "Итого по списку: 34")
    grid.write(
        "Примечание: часть участников подошла после регистрации, по подсчёту организатора участников было 36."
    )
    return SignInList(
        "2018-10-12-tashkent-othody.csv",
        (("", grid),),
        "cp1251",
        ",",
        language="ru",
        scan="2018-10-12-tashkent-othody.pdf",
        heading="Управление отходами · Ташкент, 12.10.2018",
    )


def andijan_water(make: MakeClerk) -> SignInList:
    clerk = make("uz", {**TRAINERS_WATER, "G01": "interpreter"})
    grid = Grid()
    grid.write("OʻQUV NAMUNASI – BARCHA ISMLAR OʻYLAB TOPILGAN", merge=9, bold=True)
    grid.write(
        "“Suv taʼminoti va oqova suv inshootlarini qayta tiklash” oʻquv mashgʻuloti", merge=9, bold=True
    )
    grid.write("Andijon shahri, 12.11.2018, 6 soat", merge=9)
    grid.skip()
    grid.write(
        "№",
        "Familiyasi",
        "Ismi",
        "Otasining ismi",
        "Jinsi",
        "Ish joyi",
        "Lavozimi",
        "Telefon raqami",
        "Imzosi",
        bold=True,
    )

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        last, first, father = (
            curly(part, "‘") for part in (clerk.surname(who), clerk.given(who), clerk.father(who))
        )
        organisation, phone = clerk.organisation(who), clerk.phone(who)
        if who == "P055":  # he has a new employer since October, and a new number
            father, phone, organisation = "", "+998 00 555-01-82", clerk.organisation("P091")
        if who == "P094":  # there is another Dilnoza Rahimova, in Chirchiq
            father, phone = "", ""
        name = " ".join(part for part in (last, first, father) if part)
        sex = "E" if clerk.people[who].sex == "m" else "A"
        return name, [
            last,
            first,
            father,
            sex,
            curly(organisation, "‘"),
            curly(clerk.position(who), "‘"),
            phone,
            "imzo",
        ]

    people = [*those("P091-P106", "P067-P070", "P003", "P001", "P055"), "E02", "E07", "G01"]
    numbered(grid, clerk, people, cells)
    grid.write("", "Jami ishtirokchilar", "", "", "", 26)
    grid.write("Izoh: E – erkak, A – ayol", merge=9)
    return SignInList(
        "2018-11-12-andijon-suv.xlsx",
        (("12-noyabr", grid),),
        language="uz",
        scan="2018-11-12-andijon-suv.png",
        heading="Suv taʼminoti · Andijon, 12.11.2018",
    )


def andijan_smart_city(make: MakeClerk) -> SignInList:
    clerk = make("en", {"E04": "trainer", "E06": "trainer", "G02": "interpreter"})
    grid = Grid()
    grid.write("TRAINING EXAMPLE – ALL NAMES INVENTED")
    grid.write("Smart cities and spatial planning, Andijan, 13 November 2018")
    grid.skip()
    grid.write("No", "First name", "Last name", "Organization", "Job title", "Mobile phone", "Region")
    grid.write(
        "", "#attendee+name+first", "#attendee+name+last", "#org", "#attendee+role", "#contact+phone", "#adm1"
    )

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        first, last = clerk.given(who), clerk.surname(who)
        latvian = clerk.people[who].latvian
        region = (
            ""
            if latvian
            else "Tashkent"
            if clerk.people[who].organisation in ("mhcs", "nek", "issiqlik")
            else "Andijan"
        )
        phone = clerk.phone(who)
        return f"{first} {last}", [first, last, clerk.organisation(who), clerk.position(who), phone, region]

    people = [
        *those("P107-P116", "P095", "P099", "P103", "P084", "P085", "P086"),
        "P091",
        "P009",
        "P020",
        "P001",
        "E04",
        "E06",
        "G02",
    ]
    numbered(grid, clerk, people, cells)
    grid.write("", "Total", 23)
    return SignInList("2018-11-13-andijan-smart-city.tsv", (("", grid),), "utf-16-le", "\t", language="en")


def andijan_site_visit(make: MakeClerk) -> SignInList:
    clerk = make("ru", {"E02": "expert", "E07": "expert", "E01": "expert", "G01": "interpreter"})
    grid = Grid()
    grid.write("№", "Ф.И.О.", "Организация, должность", "Телефон", "Подпись", bold=True)

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        person = clerk.people[who]
        father = clerk.father(who)
        name = f"{clerk.surname(who)} {initial(clerk.given(who))}{initial(father) if father else ''}"
        if clerk.role(who) != "participant":  # the guests wrote their own names out
            name = clerk.name(who)
        return name, [
            name,
            f"{word(clerk.words, 'organisation', person.organisation, 'ru')}, {clerk.position(who)}",
            clerk.phone(who),
            "",
        ]

    numbered(grid, clerk, ["P067", "P068", "P069", "P104", "P100", "E02", "E07", "E01", "G01"], cells)
    return SignInList(
        "2018-11-12-andijan-vodozabor.docx",
        (("Table 1", grid),),
        language="ru",
        before=(
            "УЧЕБНЫЙ ПРИМЕР – ВСЕ ИМЕНА ВЫМЫШЛЕНЫ",
            "Осмотр водозабора и очистных сооружений",
            "г. Андижан, 12 ноября 2018 г.",
        ),
        scan="2018-11-12-andijan-vodozabor.png",
        heading="Осмотр водозабора · Андижан, 12.11.2018",
    )


def andijan_farming(make: MakeClerk) -> SignInList:
    clerk = make("uz-2026", {"E05": "trainer", "G02": "interpreter"})
    grid = Grid(row=2)
    grid.write("ÖQUV NAMUNASI – BARÇA ISMLAR ÖYLAB TOPILGAN", merge=7)
    grid.write("Qişloq xöjaligi: tomçilatib suğoriş va tuproq şörlaniş", merge=7)
    grid.write("Andijon, 14.11.2018. Röyxat 2026-yilda yangi imloda köçirildi", merge=7)
    grid.skip()
    grid.write("T/r", "F.I.Ş.", "Taşkilot", "Lavozim", "Telefon", "Soat", "Imzo", bold=True)

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = clerk.name(who, "surname given father")
        if who == "P116":
            name = "Qodirova Madina Oybek qizi"  # she has married since yesterday's list was printed
        if who == "P104":
            name = "Meliqöziyev A."
        phone = "" if who == "P104" else clerk.phone(who)
        return name, [name, clerk.organisation(who), clerk.position(who), phone, "6", "imzo"]

    farms = [*those("P117-P119", "P124", "P125")]
    number = numbered(grid, clerk, farms, cells)
    grid.write("Fermerlar uyuşmasi a’zolari", merge=7)
    number = numbered(grid, clerk, those("P120-P123", "P126"), cells, number)
    grid.write("Şahar va kommunal xizmatlar", merge=7)
    number = numbered(
        grid,
        clerk,
        those("P092", "P096", "P100", "P104", "P108", "P112", "P116", "P110", "P067"),
        cells,
        number,
    )
    grid.write("Trenerlar", merge=7)
    numbered(grid, clerk, ["E05", "G02"], cells, number)
    grid.write("", "Jami", 21)
    return SignInList("2018-11-14-andijon-qishloq.ods", (("14.11", grid),), language="uz")


def _scores(who: str) -> list[Cell]:
    """Points of a hundred before and after; one came too late for the first test, one left before the second."""
    if not who.startswith("P"):
        return ["", ""]
    number = int(who[1:])
    before = 35 + number * 7 % 34
    after = before + number * 5 % 31 - 4
    return ["" if who == "P130" else before, "" if who == "P136" else after]


def fergana_heat(make: MakeClerk) -> SignInList:
    clerk = make("ru", {"E01": "trainer", "E04": "trainer", "G01": "interpreter"})
    grid = Grid(left=2, row=3)
    grid.write("УЧЕБНЫЙ ПРИМЕР – ВСЕ ИМЕНА ВЫМЫШЛЕНЫ", merge=6, bold=True)
    grid.write("Обучение «Теплоснабжение умного города»", merge=6, bold=True)
    grid.write("г. Фергана", "", "20 ноября 2018 г.")
    grid.skip()
    grid.write(
        "п/п",
        "Фамилия Имя Отчество",
        "Наименование организации",
        "Занимаемая должность",
        "Моб. телефон",
        "Подпись",
        "Тест до",
        "Тест после",
        bold=True,
    )

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        last, rest = clerk.surname(who).upper(), f"{clerk.given(who)} {clerk.father(who)}".strip()
        told = [clerk.organisation(who), clerk.position(who), clerk.phone(who), "+", *_scores(who)]
        return f"{last} {rest}", [f"{last} {rest}", *told]

    people = [*those("P127-P138", "P041-P044", "P007", "P071", "P145", "P146"), "E01", "E04", "G01"]
    numbered(grid, clerk, people, cells)
    grid.write("", "Всего", len(people))
    return SignInList(
        "2018-11-20-fergana-teplo.xls",
        (("Лист1", grid),),
        language="ru",
        scan="2018-11-20-fergana-teplo.png",
        heading="Теплоснабжение умного города · Фергана, 20.11.2018",
    )


def fergana_waste(make: MakeClerk) -> SignInList:
    clerk = make("uz-Cyrl", {"E03": "trainer", "G02": "interpreter"})
    grid = Grid()
    grid.write("ЎҚУВ НАМУНАСИ – БАРЧА ИСМЛАР ЎЙЛАБ ТОПИЛГАН", merge=6, bold=True)
    grid.write("Чиқиндиларни бошқариш ва ресурслардан оқилона фойдаланиш: ўқув машғулоти", merge=6, bold=True)
    grid.write("Фарғона шаҳри, 21.11.2018 (6 соат)", merge=6)
    grid.skip()
    header = ("№", "Ф.И.Ш.", "Ташкилоти", "Лавозими", "Телефон", "Имзо")
    grid.write(*header, bold=True)

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = {"P131": "Эргашев Ш.", "P145": "Кенжаев О."}.get(who, clerk.name(who))
        phone = "" if who in ("P131", "P145") else clerk.phone(who)
        return name, [name, clerk.organisation(who), clerk.position(who), phone, "имзо"]

    grid.write("«Водий обод» корхонаси", merge=6)
    first = those("P139-P142", "P144", "P147", "P148", "P087", "P088", "P089")
    number = numbered(grid, clerk, first, cells)
    grid.write("", "Жами", "", "", "", len(first))
    grid.write(*header, bold=True)
    grid.write("Бошқа ташкилотлар", merge=6)
    number = numbered(
        grid, clerk, those("P143", "P145", "P146", "P149", "P129", "P131", "P135", "P014"), cells, number
    )
    grid.write("", "Жами", "", "", "", 8)
    grid.write("Тренер ва таржимон", merge=6)
    numbered(grid, clerk, ["E03", "G02"], cells, number)
    grid.write("", "Ҳаммаси", "", "", "", 20)
    return SignInList(
        "2018-11-21-fargona-chiqindi.xlsx",
        (("21 ноябрь", grid),),
        language="uz-Cyrl",
        scan="2018-11-21-fargona-chiqindi.png",
        heading="Чиқиндиларни бошқариш · Фарғона, 21.11.2018",
    )


def fergana_farming(make: MakeClerk) -> SignInList:
    clerk = make("uz", {"E05": "trainer", "E06": "trainer", "G02": "interpreter", "E11": "organiser"})
    grid = Grid()
    grid.write("OʻQUV NAMUNASI – BARCHA ISMLAR OʻYLAB TOPILGAN", merge=6)
    grid.write("“Qishloq xoʻjaligi va hududni rejalashtirish” seminari, Fargʻona, 22.11.2018", merge=6)
    grid.skip()
    grid.write("T/r", "F.I.Sh.", "Tashkilot", "Lavozimi", "Telefoni", "Imzosi", bold=True)

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        name = clerk.name(who, "surname given father")
        phone = clerk.phone(who)
        return name, [name, clerk.organisation(who), clerk.position(who), phone, "imzo"]

    numbered(grid, clerk, those("P150-P161", "P117", "P072", "P128", "P132", "P139", "P143", "P147"), cells)
    grid.write("", "Jami: 19 nafar")
    grid.skip(2)
    grid.write("Trenerlar, tarjimon va tashkilotchilar", merge=6)
    grid.write("T/r", "F.I.Sh.", "Tashkilot", "Lavozimi", "Telefoni", "Imzosi", bold=True)
    numbered(grid, clerk, ["E05", "E06", "G02", "E11"], cells)
    return SignInList(
        "2018-11-22-fargona-qishloq.xlsx",
        (("Royxat", grid),),
        language="uz",
        scan="2018-11-22-fargona-qishloq.pdf",
        heading="Qishloq xoʻjaligi va rejalashtirish · Fargʻona, 22.11.2018",
    )


def fergana_presentation(make: MakeClerk) -> SignInList:
    clerk = make(
        "lv",
        {
            **{f"E{number:02d}": "expert" for number in (1, 3, 4, 5, 6)},
            "E08": "organiser",
            "E11": "organiser",
            "E12": "guest",
            "G05": "guest",
            "G01": "interpreter",
        },
    )
    grid = Grid()
    grid.write("MĀCĪBU PARAUGS – VISI VĀRDI IZDOMĀTI")
    grid.write("Ieteikumu un projektu ideju prezentācija, Fergana, 22.11.2018.")
    grid.write("Nr.", "Vārds", "Uzvārds", "Iestāde", "Amats", "Tālrunis", "Loma")
    roles = {
        "participant": "dalībnieks",
        "expert": "eksperts",
        "organiser": "organizators",
        "guest": "viesis",
        "interpreter": "tulks",
    }

    def cells(who: str) -> tuple[str, Sequence[Cell]]:
        first, last = clerk.given(who), clerk.surname(who)
        return f"{first} {last}", [
            first,
            last,
            clerk.organisation(who),
            clerk.position(who),
            clerk.phone(who),
            roles[clerk.role(who)],
        ]

    people = [
        "G05",
        *those("P128", "P132", "P137", "P138", "P139", "P087", "P041", "P071", "P153", "P161"),
        "E01",
        "E03",
        "E04",
        "E05",
        "E06",
        "E08",
        "E11",
        "E12",
        "G01",
    ]
    numbered(grid, clerk, people, cells)
    grid.write("", "Kopā", 20)
    return SignInList("2018-11-22-fergana-prezentacija.csv", (("", grid),), "utf-8-sig", ";", language="lv")


ALL: tuple[Callable[[MakeClerk], SignInList], ...] = (
    riga_opening,
    riga_heat,
    riga_water_and_waste,
    tashkent_heat_first_group,
    tashkent_heat_second_group,
    tashkent_water_first_group,
    tashkent_water_second_group,
    tashkent_partners,
    tashkent_waste,
    andijan_water,
    andijan_site_visit,
    andijan_smart_city,
    andijan_farming,
    fergana_heat,
    fergana_waste,
    fergana_farming,
    fergana_presentation,
)
