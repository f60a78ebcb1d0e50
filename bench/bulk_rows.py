"""Sign-in rows of any number of fictitious people, the same for the same seed, made one by one.

Surnames are shared as widely as in life, so that at a hundred thousand rows names alone no longer tell people apart.
An organisation has about sixty people, whatever the size of the register.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from karvon.catalog import load
from karvon.rules.identity.line import IdentityLine

LINES_A_PERSON = 2.7
LINES_A_SHEET = 35
PEOPLE_OF_AN_ORGANISATION = 60
REGIONS = (
    ("Toshkent", "Ташкент", "Taškenta"), ("Andijon", "Андижан", "Andižāna"), ("Buxoro", "Бухара", "Buhāra"),
    ("Namangan", "Наманган", "Namangāna"), ("Navoiy", "Навои", "Navoji"), ("Samarqand", "Самарканд", "Samarkanda"),
    ("Jizzax", "Джизак", "Džizaka"), ("Xorazm", "Хорезм", "Horezma"), ("Sirdaryo", "Сырдарья", "Sirdarja"),
)  # fmt: skip
POSITIONS = ("direktor", "инженер", "iqtisodchi", "бош мутахассис", "vadošais speciālists", "economist")
SYLLABLES = "bar bog dar del fay gul har jon kan kor lan lut mar mir nav nur ora oq par qir rav rus sar shar tak tem ton uch vaz xol yor zar".split()  # noqa: E501, SIM905

_CYRILLIC = (
    ("sh", "ш"), ("ch", "ч"), ("ya", "я"), ("yu", "ю"), ("yo", "ё"), ("ye", "е"), ("o'", "ў"), ("g'", "ғ"), ("'", "ъ"),
    *zip("abdefghijklmnopqrstuvxyz", "абдефгҳижклмнопқрстувхйз", strict=True),
)  # fmt: skip
_RUSSIAN = (("ў", "у"), ("ғ", "г"), ("ҳ", "х"), ("қ", "к"), ("ж", "дж"), ("ъ", ""))
_ENGLISH = (("o'", "u"), ("g'", "g"), ("'", ""), ("x", "kh"), ("q", "k"), ("j", "dzh"))
_LATVIAN = (
    ("sh", "š"), ("ch", "č"), ("yo'", "jo"), ("o'", "u"), ("g'", "g"), ("'", ""), ("x", "h"), ("q", "k"), ("j", "dž"),
    ("ya", "ja"), ("yu", "ju"), ("yo", "jo"), ("ye", "je"), ("y", "j"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs, in Uzbek Latin."""

    surname: str
    given: str
    father: str
    woman: bool
    organisation: int
    region: int
    position: str
    phone: str
    email: str


def _spelled(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for one, other in table:
        if one in text:
            text = text.replace(one, other)
    return text


def _in(writing: str, text: str) -> str:
    """A small-letter word of Uzbek Latin as lists of one orthography write it."""
    if writing == "latin":
        return text
    if writing == "english":
        return _spelled(text, _ENGLISH)
    if writing == "latvian":
        return _spelled(text, _LATVIAN)
    cyrillic = _spelled(text, _CYRILLIC)
    return cyrillic if writing == "cyrillic" else _spelled(cyrillic, _RUSSIAN)


def _words(block: str) -> list[str]:
    return [word.lower().replace("ʻ", "'").replace("ʼ", "'") for word in block.split()]


class _Names:
    def __init__(self) -> None:
        given = load("names/given")
        self.men = sorted(set(_words(given["m"]["uzbek"])))
        self.women = sorted(set(_words(given["f"]["uzbek"])))
        shares: dict[str, float] = {
            word: float(share)
            for share, block in load("names/surnames")["shares"].items()
            for word in _words(block)
            if word.endswith(("ov", "ev"))
        }
        # surnames are fathers' names once; there are some for every given name and many seldom ones
        for rank, name in enumerate(self.men):
            for ending in ("ov", "jonov", "bekov", "qulov", "boyev", "iddinov"):
                shares.setdefault(name.rstrip("aio") + ending, 300.0 / (1 + rank % 40))
        self.surnames = sorted(shares)
        self.shares = list(accumulate(shares[name] for name in self.surnames))


def people(number: int, draw: random.Random) -> list[Person]:
    """So many people; one in fifty is somebody's brother or sister at the same place of work."""
    names = _Names()
    organisations = max(20, number // PEOPLE_OF_AN_ORGANISATION)
    found: list[Person] = []
    for at in range(number):
        woman = draw.random() < 0.4
        kin = found[-1] if found and draw.random() < 0.02 else None
        organisation = kin.organisation if kin else draw.randrange(organisations)
        given = draw.choice(names.women if woman else names.men)
        found.append(
            Person(
                surname=kin.surname if kin else draw.choices(names.surnames, cum_weights=names.shares)[0],
                given=given,
                father=kin.father if kin else draw.choice(names.men),
                woman=woman,
                organisation=organisation,
                region=organisation % len(REGIONS),
                position=draw.choice(POSITIONS),
                phone=f"9{draw.randrange(10**8):08d}",
                email=f"{given.replace(chr(39), '')}{at}@mail.uz",
            )
        )
    return found


def rows(number: int, *, seed: int = 1) -> Iterator[tuple[IdentityLine, int]]:
    """Lines, and the number of the person who wrote each."""
    draw = random.Random(seed)
    everybody = people(max(1, round(number / LINES_A_PERSON)), draw)
    organisations = [
        "".join(draw.choices(SYLLABLES, k=3))
        for _ in range(max(20, len(everybody) // PEOPLE_OF_AN_ORGANISATION))
    ]
    for at in range(number):
        who = draw.randrange(len(everybody))
        yield _line(at, everybody[who], organisations, draw), who


def _line(at: int, person: Person, organisations: list[str], draw: random.Random) -> IdentityLine:
    writing = draw.choices(("latin", "cyrillic", "russian", "english", "latvian"), (30, 15, 27, 12, 16))[0]
    region = REGIONS[person.region][{"latin": 0, "english": 0, "latvian": 2}.get(writing, 1)]
    organisation = _in(writing, organisations[person.organisation]).title()
    sheet = at // LINES_A_SHEET
    return IdentityLine(
        line=f"R{at:07d}",
        sheet=f"S{sheet:05d}",
        name=_name(person, writing, draw),
        organisation=f"{organisation} {region}"
        if draw.random() < 0.3
        else organisation
        if draw.random() < 0.85
        else "",
        position=person.position if draw.random() < 0.5 else "",
        phone=f"+998{person.phone}" if draw.random() < 0.3 else "",
        email=person.email if draw.random() < 0.27 else "",
        region=region if draw.random() < 0.5 else "",
        on=date(2018, 1, 8) + timedelta(sheet % 3000),
    )


def _name(person: Person, writing: str, draw: random.Random) -> str:
    surname, given, father = (_in(writing, word) for word in (person.surname, person.given, person.father))
    cyrillic = writing in ("cyrillic", "russian")
    if person.woman:
        surname += "а" if cyrillic else "a"
    elif writing == "latvian":
        surname += "s"
    if draw.random() < 0.04:
        slip = draw.randrange(1, len(surname) - 1)
        surname = surname[:slip] + surname[slip + 1 :]
    surname, given, father = (word[:1].upper() + word[1:] for word in (surname, given, father))
    form = draw.random()
    if form < 0.28:
        return f"{surname} {given}"
    if form < 0.5:
        return f"{given} {surname}"
    if form < 0.8:
        ending = ("овна" if person.woman else "ович") if cyrillic else "ovna" if person.woman else "ovich"
        return f"{surname} {given} {father}{ending}"
    if form < 0.9:
        return f"{surname} {given[0]}.{father[0]}."
    if form < 0.95:
        return f"{surname} {given[0]}."
    return f"{surname} {given}".upper()
