"""Made-up sign-in rows of made-up people, with the truth beside them.

``python -m bench.people_generator FOLDER [--seed N] [--people N]``

Six orthographies, initials, contacts, organisations; fathers and sons, sisters, twins, brothers and sisters,
namesakes, common names, people who moved or married, office telephones; typing and reading slips. Nobody real.
Writes ``rows.csv`` (row_id,sheet_id,sheet_date,name,org,position,phone,email,region) and ``gold.csv``
(row_id,person_id,orth,form,noise,contact,tags). The same seed and size give the same bytes.
"""

import argparse
import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from bench.people_spelling import disguised, initial, misread, slip, uzbek, written

Row = dict[str, str]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MEN: Final = _words(
    """
    Abdurashid Adham Akrom Alisher Anvar Asror Avaz Azamat Azizbek Bah0dir Bahrom Baxtiy0r Behzod Bobomurod
    Botir Davlat Davr0n Dilmurod Dilshod D0niyor Elyor Erkin Farhod Farrux Fayzullo F0zil Furqat Gʻayrat
    Gʻolib Habibullo Hamza Hasan Husan Ibrohim Ikr0m Ilhom Ilyos Isk0ndar Isl0m Jah0ngir Jal0l Jamshid Jasur
    Javl0n Kam0l Karim K0mil Laziz Maʼruf Mansur Maqsud Mirzohid Murod Muz0ffar N0dir Norbek Odil Olim Otabek
    Oʻktam Qahram0n Qobil Rahmatullo Ravsh0n Rustam Saidakbar Sanjar Sardor Shavkat Sherali Shuhrat Sunnat
    T0hir Temur Toʻlqin Ulugʻbek Umid Vali Xurshid Yusuf Z0far Zokir
    """
)
_WOMEN: Final = _words(
    """
    Adolat Aziza Barno Charos Dil0rom Dilbar Dildora Feruza F0tima Gavhar Gulchehra Guln0ra Hilola Iroda
    Jamila Kamola Laylo Lobar M0hira Malika Mavluda Muhabbat Mukarram Munisa Muyassar N0dira Nafisa Nargiza
    Nasiba Nigora Nilufar Nozima Oysha Ozoda Raʼno Robiya Saida Saod0t Sevara Shahn0za Shoira Sitora Umida
    Xurshida Yulduz Z0hro Zamira Zarina Zebo Zulayho Zulfiya
    """
)
_SURNAMES: Final = _words(
    """
    Abdullay Abdurahmon Abduvali Ahmad Ahmed Ali Anvar Asqar Azim B0boy Bakir Boltay Botir Davlat D0day
    Egamberdi Ergash Eshmat Fayzi F0zil Gʻafur Gʻani Gʻulom Haydar Hakim Hamid Hasan Hoshim Ibrohim Ikrom
    Isl0m Ism0il Jabbor Jal0l Joʻra Jumay Kamol Karim K0mil Latip M0hmud Mamat Mansur Matyaqub Mirza Moʻmin
    Murod Musa Narzulla Nazar Nemat Nishon Normat Nur Ochil Olim Ortiq Oʻrin Parpi Poʻlat Q0sim Qahhor Q0dir
    Qurbon Rahim Rahmon Rajab Rasul Rustam S0bir Saʼdulla Safar Said Salim Samad Sattor Sharip Shoki Sodiq
    Soli Sulton T0sh T0shmat Tillay Toʻray Toʻxta Tursun Umar Usm0n Valiy Xalil Xol Xolmat Xudoyberdi Yaʼqub
    Yodgor Yoʻldosh Yunus Yusup Zokir Zuhur
    """
)
_COMMON: Final = (
    "Karim",
    "Rahim",
    "Yusup",
    "Umar",
    "Ali",
    "Abdullay",
    "Ism0il",
    "Hasan",
    "Tursun",
    "T0shmat",
)
_RUSSIAN_MEN: Final = _words(
    """
    александр алексей андрей виктор владимир вячеслав геннадий дмитрий евгений игорь константин максим олег
    павел роман сергей
    """
)
_RUSSIAN_WOMEN: Final = _words(
    """
    алла анна валентина вера екатерина елена ирина лариса людмила марина надежда наталья оксана ольга
    светлана татьяна
    """
)
_RUSSIAN_SURNAMES: Final = _words(
    """
    абрамов белов волков воробьев голубев громов данилов егоров ершов захаров калинин комаров кравцов лебедев
    макаров мельников миронов назаров никитин осипов панов петров романов савин соловьев тарасов титов фомин
    хван югай ким пак цой ли хегай
    """
)
_LATVIAN_MEN: Final = _words(
    """
    aigars aivars andis arvīds dainis edgars egils gints guntars ivars jānis juris kārlis kaspars māris
    modris normunds oskars pēteris raimonds sandris uldis viesturs zigmārs
    """
)
_LATVIAN_WOMEN: Final = _words(
    """
    agnese aija anita baiba daiga dace elīna evija gunta ieva ilga inese inga kristīne laima līga maija
    mārīte sanita sarmīte solvita vija zane zenta
    """
)
_LATVIAN_SURNAMES: Final = _words(
    """
    āboliņš auniņš bērzs birznieks brūvers buks celms dreimanis dzērve eglītis gailītis grants jansons
    kalnājs kārkls krastiņš krūze ķirsis lazdiņš liepiņš lūsis mednis ozols pļaviņš pūce riekstiņš rudzītis
    saulītis siliņš strautiņš tauriņš upītis vanags vītoliņš zaķis zeltiņš
    """
)

_REGIONS: Final[dict[str, tuple[str, str, str, str, str]]] = {
    # Uzbek, Uzbek Cyrillic, Russian, English, Latvian
    "tashkent": ("Toshkent", "Тошкент", "Ташкент", "Tashkent", "Taškenta"),
    "andijan": ("Andijon", "Андижон", "Андижан", "Andijan", "Andižana"),
    "fergana": ("Fargʻona", "Фарғона", "Фергана", "Fergana", "Fergāna"),
    "namangan": ("Namangan", "Наманган", "Наманган", "Namangan", "Namangana"),
    "bukhara": ("Buxoro", "Бухоро", "Бухара", "Bukhara", "Buhāra"),
    "samarkand": ("Samarqand", "Самарқанд", "Самарканд", "Samarkand", "Samarkanda"),
    "khorezm": ("Xorazm", "Хоразм", "Хорезм", "Khorezm", "Horezma"),
    "jizzakh": ("Jizzax", "Жиззах", "Джизак", "Jizzakh", "Džizaka"),
    "navoi": ("Navoiy", "Навоий", "Навои", "Navoi", "Navoji"),
}
_TOWNS: Final = ("Rīga", "Jelgava", "Liepāja", "Ventspils", "Cēsis", "Valmiera")
_KINDS: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    (
        "{} suv taʼminoti AJ",
        "{} сув таъминоти АЖ",
        "{} водоканал",
        "{} Water Supply JSC",
        "Ūdenssaimniecība {}",
    ),
    (
        "Toza hudud DUK {}",
        "Тоза ҳудуд ДУК {}",
        "ГУП «Тоза худуд» {}",
        "Toza Hudud SUE, {}",
        "Toza Hudud {}",
    ),
    (
        "{} issiqlik tarmoqlari",
        "{} иссиқлик тармоқлари",
        "{} тепловые сети",
        "{} Heating Networks",
        "Siltumtīkli {}",
    ),
    (
        "{} hokimligi",
        "{} ҳокимлиги",
        "хокимият {}",
        "{} Khokimiyat",
        "{} hokimijats",
    ),
    (
        "{} davlat universiteti",
        "{} давлат университети",
        "{} государственный университет",
        "{} State University",
        "{} valsts universitāte",
    ),
    (
        "Ekologiya qoʻmitasi, {}",
        "Экология қўмитаси, {}",
        "Комитет экологии {}",
        "Ecology Committee {}",
        "Ekoloģijas komiteja {}",
    ),
    (
        "{} qishloq xoʻjaligi boshqarmasi",
        "{} қишлоқ хўжалиги бошқармаси",
        "{} управление сельского хозяйства",
        "{} Agriculture Department",
        "Lauksaimniecības pārvalde {}",
    ),
)
_LATVIAN_ORGS: Final = (
    ("SIA Vides risinājumi", "Vides risinājumi", "Vides risinajumi Ltd"),
    ("Rīgas Tehniskā universitāte", "RTU", "Riga Technical University"),
    ("AS Kurzemes siltums", "Kurzemes siltums", "Kurzemes siltums JSC"),
    ("SIA Ūdens tehnika", "Ūdens tehnika", "Udens tehnika"),
    ("Vides ministrija", "LR Vides ministrija", "Ministry of Environment"),
    ("SIA Zemgales ūdens", "Zemgales ūdens", "Zemgales udens SIA"),
)
_POSITIONS: Final = (
    ("muhandis", "муҳандис", "инженер", "engineer", "inženieris"),
    ("bosh mutaxassis", "бош мутахассис", "главный специалист", "chief specialist", "galvenais speciālists"),
    ("direktor", "директор", "директор", "director", "direktors"),
    ("boʻlim boshligʻi", "бўлим бошлиғи", "начальник отдела", "head of department", "nodaļas vadītājs"),
    ("iqtisodchi", "иқтисодчи", "экономист", "economist", "ekonomists"),
    ("agronom", "агроном", "агроном", "agronomist", "agronoms"),
    ("texnolog", "технолог", "технолог", "technologist", "tehnologs"),
    ("oʻqituvchi", "ўқитувчи", "преподаватель", "lecturer", "pasniedzējs"),
)
_COLUMN: Final = {"uz_latn": 0, "uz_new": 0, "uz_cyrl": 1, "ru": 2, "en": 3, "lv": 4}
_PARTICLES: Final = ("oʻgʻ", "o'g", "o’g", "o`g", "qiz", "ўғ", "қиз", "угл", "киз", "кыз", "ugl", "oğ", "öğ")


@dataclass(slots=True)
class Person:
    """One made-up person, as they are before anybody writes them down."""

    id: str
    people: str
    gender: str
    surname: str
    given: str
    father: str
    region: str
    kind: int
    position: int
    phone: str = ""
    email: str = ""
    tags: list[str] = field(default_factory=list)
    later_surname: str = ""
    later_kind: int = -1
    later_region: str = ""


def generate(*, seed: int = 1, people: int = 2300) -> tuple[list[Row], list[Row]]:
    """Rows and gold of about 2.7 rows a person; the same for the same seed and size."""
    draw = random.Random(f"karvon people {seed} {people}")
    folk = _folk(people, draw)
    offices = {(p.region, p.kind): _number(draw) for p in folk}
    sheets = _sheets(folk, draw)
    rows: list[Row] = []
    gold: list[Row] = []
    started = date(2018, 3, 1)
    for number, (orthography, members) in enumerate(sheets):
        day = started + timedelta(number * 1500 // len(sheets))
        for person in members:
            late = number > 0.55 * len(sheets)
            row, truth = _row(person, orthography, offices, draw, late=late)
            row |= {
                "row_id": f"R{len(rows):07}",
                "sheet_id": f"S{number:05}",
                "sheet_date": day.isoformat(),
            }
            truth |= {"row_id": row["row_id"], "person_id": person.id}
            rows.append(row)
            gold.append(truth)
    return rows, gold


# people ------------------------------------------------------------------------------------------------------


def _number(draw: random.Random) -> str:
    return draw.choice(("90", "91", "93", "94", "97", "99", "33")) + f"{draw.randrange(10**7):07}"


def _folk(wanted: int, draw: random.Random) -> list[Person]:
    folk: list[Person] = []

    def add(**known: str) -> Person:
        folk.append(_person(f"P{len(folk):06}", draw, known))
        return folk[-1]

    def kin(first: Person, tag: str, *, near: float = 0.6, **known: str) -> None:
        if draw.random() < near + 0.2:
            known["region"] = first.region
        other = add(people=first.people, surname=first.surname, **known)
        if draw.random() < near:
            other.kind = first.kind
        first.tags.append(tag)
        other.tags.append(tag)

    makers: tuple[tuple[float, Callable[[], None]], ...] = (
        (0.030, lambda: _father_and_son(add, kin)),
        (0.030, lambda: _sisters(add, kin, draw)),
        (0.022, lambda: _twins(add, kin, draw)),
        (0.012, lambda: _brother_and_sister(add, kin)),
        (0.036, lambda: _namesakes(add, kin, draw)),
        (0.030, lambda: _common(add, draw)),
    )
    while len(folk) < wanted:
        chance = draw.random()
        for share, make in makers:
            # a family is of two, so half as many families give the share of people
            if (chance := chance - share / 2) < 0:
                make()
                break
        else:
            person = add()
            if draw.random() < 0.06:
                person.later_kind = draw.randrange(len(_KINDS))
                if draw.random() < 0.5:
                    person.later_region = draw.choice(tuple(_REGIONS))
                person.tags.append("moved" if person.phone else "moved_nophone")
            elif person.gender == "f" and person.people == "uzbek" and draw.random() < 0.09:
                person.later_surname = draw.choice(_SURNAMES)
                person.tags.append("married")
    return folk[:wanted]


def _person(name: str, draw: random.Random, known: dict[str, str]) -> Person:
    people = known.get("people") or draw.choices(("uzbek", "russian", "latvian"), (77, 11, 12))[0]
    gender = known.get("gender") or draw.choices("mf", (58, 42))[0]
    surnames, men, women = {
        "uzbek": (_SURNAMES, _MEN, _WOMEN),
        "russian": (_RUSSIAN_SURNAMES, _RUSSIAN_MEN, _RUSSIAN_WOMEN),
        "latvian": (_LATVIAN_SURNAMES, _LATVIAN_MEN, _LATVIAN_WOMEN),
    }[people]
    # the first of a list are borne by many, the last by few
    surname = known.get("surname") or (
        draw.choice(_COMMON) if people == "uzbek" and draw.random() < 0.2 else draw.choice(surnames)
    )
    given = known.get("given") or draw.choice(men if gender == "m" else women)
    person = Person(
        id=name,
        people=people,
        gender=gender,
        surname=surname,
        given=given,
        father="" if people == "latvian" else known.get("father") or draw.choice(men),
        region=known.get("region")
        or (draw.choice(_TOWNS) if people == "latvian" else draw.choice(tuple(_REGIONS))),
        kind=draw.randrange(len(_LATVIAN_ORGS) if people == "latvian" else len(_KINDS)),
        position=draw.randrange(len(_POSITIONS)),
    )
    if draw.random() < 0.45:
        person.phone = _number(draw) if people != "latvian" else f"2{draw.randrange(10**7):07}"
    if draw.random() < 0.42:
        person.email = _address(person, draw)
    return person


def _address(person: Person, draw: random.Random) -> str:
    def latin(word: str) -> str:
        plain = written(word, person.people, "en", random.Random(word), gender=person.gender, surname=True)
        return "".join(sign for sign in plain.lower() if sign.isascii() and sign.isalpha())

    surname, given = latin(uzbek(person.surname)), latin(uzbek(person.given))
    local = draw.choice(
        (
            f"{given}.{surname}",
            f"{surname}{draw.randrange(60, 99)}",
            f"{given[:1]}.{surname}{draw.randrange(99)}",
        )
    )
    return f"{local}@{draw.choice(('example.uz', 'post.example.org', 'mail.example', 'birja.example'))}"


Add = Callable[..., Person]


def _father_and_son(add: Add, kin: Callable[..., None]) -> None:
    father = add(gender="m", people="uzbek")
    kin(father, "father_son", gender="m", father=father.given)


def _sisters(add: Add, kin: Callable[..., None], draw: random.Random) -> None:
    first = add(gender="f", people="uzbek")
    alike = [name for name in _WOMEN if name[0] == first.given[0] and name != first.given]
    kin(first, "sisters", gender="f", father=first.father, given=draw.choice(alike or _WOMEN))


def _twins(add: Add, kin: Callable[..., None], draw: random.Random) -> None:
    one, two, gender = draw.choice(
        (
            ("Hasan", "Husan", "m"),
            ("F0tima", "Z0hro", "f"),
            ("Elyor", "Elmurod", "m"),
            ("Dilmurod", "Dilshod", "m"),
        )
    )
    first = add(gender=gender, people="uzbek", given=one)
    kin(first, "twins", gender=gender, father=first.father, given=two)


def _brother_and_sister(add: Add, kin: Callable[..., None]) -> None:
    first = add(gender="m", people="uzbek", given="Xurshid")
    kin(first, "bro_sis", gender="f", father=first.father, given="Xurshida")


def _namesakes(add: Add, kin: Callable[..., None], draw: random.Random) -> None:
    first = add(people="uzbek")
    known = {"gender": first.gender, "given": first.given}
    if draw.random() < 0.04:
        known["father"] = first.father
    kin(first, "namesake", near=0.15, **known)


def _common(add: Add, draw: random.Random) -> None:
    given = draw.choice([name for name in _MEN if name[0] == "A"])
    add(people="uzbek", gender="m", surname="Karim", given=given).tags.append("common")


# sheets ------------------------------------------------------------------------------------------------------


def _sheets(folk: list[Person], draw: random.Random) -> list[tuple[str, list[Person]]]:
    """Sheets of about 35 people who mostly live in one region; each has the orthography of its writer."""
    places = (*_REGIONS, "lv")
    home = {p.id: "lv" if p.people == "latvian" else p.region for p in folk}
    number = max(8, round(len(folk) * 2.7 / 35))
    hosts = [draw.choices(places, [13, *([7] * (len(_REGIONS) - 1)), 12])[0] for _ in range(number)]
    by_place: dict[str, list[int]] = {place: [] for place in places}
    for at, host in enumerate(hosts):
        by_place[host].append(at)
    members: list[list[Person]] = [[] for _ in range(number)]
    for person in folk:
        times = min(1 + int(draw.expovariate(0.47)), 9)
        for _ in range(times):
            near = by_place[home[person.id]]
            at = draw.choice(near) if near and draw.random() < 0.7 else draw.randrange(number)
            if person not in members[at] or draw.random() < 0.03:
                members[at].append(person)
    sheets = []
    for at, present in enumerate(members):
        draw.shuffle(present)
        shares = (4, 3, 10, 12, 66, 0) if hosts[at] == "lv" else (32, 17, 31, 12, 6, 1)
        sheets.append((draw.choices(("uz_latn", "uz_cyrl", "ru", "en", "lv", "uz_new"), shares)[0], present))
    return sheets


# rows --------------------------------------------------------------------------------------------------------


def _row(
    person: Person, orthography: str, offices: dict[tuple[str, int], str], draw: random.Random, *, late: bool
) -> tuple[Row, Row]:
    if draw.random() < 0.12:
        # who signs for themselves writes as at home
        orthography = {"uzbek": "uz_latn", "russian": "ru", "latvian": "lv"}[person.people]
    name, form = _name(person, orthography, draw, late=late)
    name, noise = _noise(name, draw)
    phone = email = ""
    tags = list(person.tags)
    shared = False
    if person.phone and draw.random() < 0.65:
        phone = person.phone
    elif draw.random() < 0.05 and (person.region, person.kind) in offices:
        phone, shared = offices[person.region, person.kind], True
        tags.append("office_phone")
    if person.email and draw.random() < 0.65:
        email = person.email.upper() if draw.random() < 0.08 else person.email
    column = _COLUMN[orthography]
    region = person.later_region if late and person.later_region else person.region
    latvian = person.people == "latvian"
    row = {
        "name": name,
        "org": _organisation(person, region, orthography, draw, late=late) if draw.random() < 0.9 else "",
        "position": _POSITIONS[person.position][column] if draw.random() < 0.5 else "",
        "phone": _phone(phone, latvian and not shared, draw) if phone else "",
        "email": email,
        "region": (region if latvian else _REGIONS[region][column]) if draw.random() < 0.5 else "",
    }
    truth = {
        "orth": orthography,
        "form": form,
        "noise": noise,
        "contact": str(int(bool((phone and not shared) or email))),
        "tags": "+".join(tags),
    }
    return row, truth


def _surname(person: Person, noted: str, orthography: str, draw: random.Random) -> str:
    if person.people == "latvian":
        word = noted
        if person.gender == "f":
            # Eglītis, Eglīte; Bērzs, Bērza; Liepiņš, Liepiņa
            word = word[:-2] + "e" if word.endswith("is") else word[:-1] + "a" if word[-1] in "sš" else word
        return written(word, "latvian", orthography, draw, gender=person.gender, surname=True)
    feminine = "a" if person.gender == "f" else ""
    if person.people == "russian":
        word = noted + ("а" if person.gender == "f" and noted.endswith(("ов", "ев", "ин")) else "")
        return written(word, "russian", orthography, draw, gender=person.gender, surname=True)
    ending = ("yev" if noted[-1] in "aeiouy" else "ov") + feminine
    word = (noted[:-1] if noted.endswith("y") else noted).lower() + ending
    return written(word, "uzbek", orthography, draw, gender=person.gender, surname=True)


def _given(person: Person, orthography: str, draw: random.Random) -> str:
    word = person.given if person.people != "uzbek" else person.given.lower()
    return written(word, person.people, orthography, draw, gender=person.gender, surname=False)


def _father(person: Person, orthography: str, draw: random.Random) -> str:
    """The patronymic as it is written there; empty for Latvians."""
    if not person.father:
        return ""
    male = person.gender == "m"
    if person.people == "russian":
        stem = person.father
        if stem.endswith(("й", "ь")):
            word = stem[:-1] + ("евич" if male else "евна")
        elif stem.endswith("а"):
            word = stem[:-1] + ("ич" if male else "инична")
        else:
            word = stem + ("ович" if male else "овна")
        return written(word, "russian", orthography, draw, gender=person.gender, surname=False)
    noted = person.father.lower()
    if draw.random() < 0.35 and orthography != "lv":
        name = written(noted, "uzbek", orthography, draw, gender="", surname=False)
        mark = draw.choice(("ʻ", "'", "’", "`"))
        particle = {
            "uz_latn": f"o{mark}g{mark}li" if male else "qizi",
            "uz_new": "oğli" if male and draw.random() < 0.5 else "öğli" if male else "qizi",
            "uz_cyrl": "ўғли" if male else "қизи",
            "ru": "угли" if male else draw.choice(("кизи", "кызы")),
            "en": "ugli" if male else "qizi",
        }[orthography]
        return f"{name} {particle}"
    ending = ("evich" if male else "evna") if noted[-1] in "eiuy" else ("ovich" if male else "ovna")
    if orthography == "lv" and male:
        word = written(noted + "ovich", "uzbek", "lv", draw, gender="", surname=True)
        return word + "s" if draw.random() < 0.7 else word
    return written(noted + ending, "uzbek", orthography, draw, gender="", surname=True)


def _cap(word: str) -> str:
    return " ".join(
        part if part.startswith(_PARTICLES)
        else part[:1].upper() + part[1:]
        for part in word.split(" ")
    )  # fmt: skip


def _name(person: Person, orthography: str, draw: random.Random, *, late: bool) -> tuple[str, str]:
    noted = person.later_surname if late and person.later_surname else person.surname
    surname = _cap(_surname(person, noted, orthography, draw))
    small = _given(person, orthography, draw)
    given, father = _cap(small), _father(person, orthography, draw)
    if father:
        form = draw.choices(
            ("SG", "GS", "SGP", "GPS", "Sip", "ipS", "Si", "iS", "SGc", "GPiS"),
            (20, 27, 26, 3, 10, 3.5, 4, 3.3, 2, 1.6),
        )[0]
    else:
        form = draw.choices(("SG", "GS", "Si", "iS", "SGc"), (30, 49, 9, 8, 4))[0]
    first, second = initial(small), initial(father) if father else ""
    dot = draw.choice((".", ".", ".", ". ", ""))
    father = _cap(father)
    match form:
        case "SG":
            return f"{surname} {given}", form
        case "GS":
            return f"{given} {surname}", form
        case "SGP":
            return f"{surname} {given} {father}", form
        case "GPS":
            return f"{given} {father} {surname}", form
        case "SGc":
            return f"{surname}, {given}", form
        case "GPiS":
            return f"{given} {second}. {surname}", form
        case "Sip":
            return f"{surname} {first}{dot or '.'}{second}{dot}".strip(), form
        case "ipS":
            return f"{first}.{second}. {surname}", form
        case "Si":
            return f"{surname} {first}{dot}".strip(), form
        case _:
            return f"{first}. {surname}", form


def _noise(name: str, draw: random.Random) -> tuple[str, str]:
    made = []
    if draw.random() < 0.07:
        name = slip(name, draw)
        made.append("typo")
    if draw.random() < 0.05:
        name = misread(name, draw)
        made.append("ocr")
    if draw.random() < 0.02:
        name = disguised(name, draw)
        made.append("homoglyph")
    if draw.random() < 0.13:
        name = name.upper() if draw.random() < 0.9 else name.lower()
        made.append("caps")
    return name, "+".join(made)


def _organisation(person: Person, region: str, orthography: str, draw: random.Random, *, late: bool) -> str:
    if person.people == "latvian":
        return draw.choice(_LATVIAN_ORGS[person.kind])
    kind = person.later_kind if late and person.later_kind >= 0 else person.kind
    column = _COLUMN[orthography]
    name = _KINDS[kind][column].format(_REGIONS[region][column])
    if draw.random() < 0.12:
        # only the kind: everybody at the table knows the region
        name = _KINDS[kind][column].format("").strip(" ,")
    if draw.random() < 0.05:
        name = slip(name, draw)
    if draw.random() < 0.06:
        name = name.upper()
    return name


def _phone(number: str, latvian: bool, draw: random.Random) -> str:
    if latvian:
        return draw.choice(("+371", "+371 ", "", "371")) + number
    a, b, c, d = number[:2], number[2:5], number[5:7], number[7:]
    return draw.choice(
        (
            f"+998{number}",
            f"+998 {a} {b} {c} {d}",
            f"({a}) {b}-{c}-{d}",
            number,
            f"998{number}",
            f"{a} {b}{c}{d}",
            f"+998 ({a}) {b}-{c}-{d}",
        )
    )


def write(folder: Path, *, seed: int, people: int) -> None:
    """``rows.csv`` and ``gold.csv`` in the folder."""
    rows, gold = generate(seed=seed, people=people)
    folder.mkdir(parents=True, exist_ok=True)
    for name, table, columns in (
        ("rows", rows, "row_id,sheet_id,sheet_date,name,org,position,phone,email,region"),
        ("gold", gold, "row_id,person_id,orth,form,noise,contact,tags"),
    ):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, columns.split(","))
            out.writeheader()
            out.writerows(table)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=2300)
    told = parser.parse_args()
    write(told.folder, seed=told.seed, people=told.people)
