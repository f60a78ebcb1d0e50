"""Evidence of two lines, field by field, in hundredths of a bit: log2 of how much likelier it is for one person."""

import math
from collections.abc import Callable, Mapping

from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Snapshot
from karvon.rules.identity.snapshot import (
    LINES_A_PERSON,
    SMALLEST_REGISTER,
    common_given_names,
    common_surnames,
)
from karvon.rules.names.compare import initials_agree, nearness
from karvon.rules.names.orthography.settled import loose
from karvon.rules.names.parse import given_names

Part = tuple[str, str, int]
"""(field, level, weight in 1/100 bit)."""

PRIOR_NAMES = 250
"""How many names of a register what is known beforehand weighs as much as."""


def bits(ratio: float) -> int:
    """log2 of a ratio in hundredths of a bit."""
    return round(100 * math.log2(ratio))


class Weights:
    """Compares lines under one snapshot. Deterministic: equal lines and snapshot give equal integers."""

    def __init__(self, snapshot: Snapshot) -> None:
        tables = snapshot.tables
        self._tables = tables
        self._names: int = tables["names"]
        self._forms: dict[str, int] = tables["forms"]
        self._lines: int = max(tables["lines"], SMALLEST_REGISTER)
        self.people = self._lines / LINES_A_PERSON
        self.prior = -bits(self.people)
        self._initials: dict[str, int] = tables["initials"]
        self._initials_total: int = sum(self._initials.values())
        self._cache: dict[tuple[str, str, str], Part] = {}

    # rarities ------------------------------------------------------------------------------------------------

    def _rarity(self, table: str, word: str, common: dict[str, float], unlisted: float) -> float:
        key = loose(word)
        counts: Mapping[str, int] = self._tables[table]
        others = max(counts.get(key, 0) - 1, 0) + 0.4
        share: float = (others + PRIOR_NAMES * common.get(key, unlisted)) / (self._names + PRIOR_NAMES)
        return share

    def surname_rarity(self, word: str) -> float:
        """The share of people with this surname in any spelling."""
        return self._rarity("surname", word, common_surnames(), 0.0005)

    def given_rarity(self, word: str) -> float:
        """The share of people with this given name in any spelling."""
        return self._rarity("given", word, common_given_names(), 0.001)

    def _initial_rarity(self, letter: str) -> float:
        total: float = self._initials_total + 200
        return (self._initials.get(letter, 0) + 10) / total

    def _held_by(self, field: str, value: str) -> int:
        return max(int(self._tables[field].get(value, 1)), 1)

    def known(self, word: str) -> bool:
        """Whether a folded word is a name of its own, not a slip of one: listed, or written on several lines."""
        return word in given_names() or self._forms.get(word, 0) >= 3

    # fields --------------------------------------------------------------------------------------------------

    def _cached(self, kind: str, a: str, b: str, compare: Callable[[str, str], Part]) -> Part:
        if a > b:
            a, b = b, a
        key = (kind, a, b)
        part = self._cache.get(key)
        if part is None:
            part = self._cache[key] = compare(a, b)
        return part

    def level(self, a: str, b: str) -> str:
        """Nearness, where two names that both stand on their own are no slips of each other."""
        near = nearness(a, b)
        if near in ("slip", "slips") and self.known(a) and self.known(b):
            return "different"
        return near

    def _surname(self, a: str, b: str) -> Part:
        near = self.level(a, b)
        if near == "different":
            return "surname", near, -800
        rarity = max(self.surname_rarity(a), self.surname_rarity(b))
        return (
            "surname",
            near,
            bits(0.92 / rarity) - {"same": 0, "spelling": 40, "slip": 220, "slips": 420}[near],
        )

    def _given(self, a: str, b: str) -> Part:
        near = self.level(a, b)
        if near == "different":
            return "given_name", near, -900
        rarity = max(self.given_rarity(a), self.given_rarity(b))
        return (
            "given_name",
            near,
            bits(0.95 / rarity) - {"same": 0, "spelling": 40, "slip": 240, "slips": 450}[near],
        )

    def _father(self, a: str, b: str) -> Part:
        near = self.level(a, b)
        if near == "different":
            return "patronymic", near, -650
        rarity = max(self.given_rarity(a), self.given_rarity(b))
        return (
            "patronymic",
            near,
            bits(0.93 / rarity) - {"same": 0, "spelling": 30, "slip": 220, "slips": 420}[near],
        )

    def _initial(self, field: str, a: str, b: str) -> Part:
        agree = initials_agree(a, b)
        if agree == "different":
            return field, "initial differs", -600 if field == "given_name" else -420
        rarity = max(self._initial_rarity(a), self._initial_rarity(b))
        if agree == "same":
            return field, "initial agrees", bits(0.93 / rarity)
        return field, "initial may agree", max(bits(0.93 / rarity) - 220, -50)

    def _organisation(self, a: Features, b: Features) -> Part | None:
        one, two = a.organisation, b.organisation
        if not one.key or not two.key:
            return None
        return self._cached("organisation", one.key, two.key, lambda x, y: self._organisations(a, b))

    def _organisations(self, a: Features, b: Features) -> Part:
        one, two = a.organisation, b.organisation
        rarity = max(self._held_by("organisation", one.key), self._held_by("organisation", two.key)) / max(
            self._names * 0.8, 150
        )
        rarity = min(rarity, 0.7)
        if one.key == two.key:
            return "organisation", "agrees", bits(0.8 / rarity)
        short = {one.acronym, two.acronym} & {w.lstrip("+") for w in one.words | two.words}
        if short or nearness(one.key, two.key) in ("spelling", "slip", "slips"):
            return "organisation", "agrees but for spelling", bits(0.7 / rarity)
        shared = one.words & two.words
        if shared and (
            shared == one.words or shared == two.words or 2 * len(shared) >= len(one.words | two.words)
        ):
            return "organisation", "agrees in part", max(min(bits(0.5 / rarity), 250), 0)
        return "organisation", "differs", -170

    def _position(self, a: str, b: str) -> Part:
        if a == b:
            rarity = self._held_by("position", a) / max(self._names * 0.6, 100)
            return "position", "agrees", max(bits(0.6 / min(rarity, 0.6)), 0)
        if set(a.split()) & set(b.split()):
            return "position", "agrees in part", 0
        return "position", "differs", -90

    def _place(self, a: str, b: str) -> Part:
        if a == b:
            rarity = self._held_by("place", a) / max(self._names * 0.9, 150)
            return "region", "agrees", bits(0.9 / min(rarity, 0.9))
        return "region", "differs", -280

    def _contact(self, field: str, a: str, b: str) -> Part:
        if a == b:
            held = self._held_by(field, a)
            # several names on one number: an office's; it then says less with every name
            return (
                field,
                "same" if held < 3 else "same, shared",
                max(bits(0.8 * self.people / held) - 130 * (held - 1), 60),
            )
        if nearness(a, b) == "slip":
            return field, "a slip apart", 500
        return field, "differs", -100

    # a pair --------------------------------------------------------------------------------------------------

    def parts(self, a: Features, b: Features) -> list[Part]:
        """Every field's evidence, the prior first; the weight of a pair is their sum."""
        found: list[Part] = [("prior", "any two lines", self.prior)]
        if a.surname and b.surname:
            part = self._cached("s", a.surname, b.surname, self._surname)
            if part[1] == "different" and a.gender == b.gender == "f":
                part = ("surname", "different, may have married", -430)
            found.append(part)
        if a.given and b.given:
            found.append(self._cached("g", a.given, b.given, self._given))
        elif a.given_initial and b.given_initial:
            found.append(self._cached("gi", a.given_initial, b.given_initial, self._given_initial))
        if a.father and b.father:
            found.append(self._cached("f", a.father, b.father, self._father))
        elif a.father_initial and b.father_initial:
            found.append(self._cached("fi", a.father_initial, b.father_initial, self._father_initial))
        if a.gender and b.gender and a.gender != b.gender:
            found.append(("gender", "differs", -700))
        organisation = self._organisation(a, b)
        if organisation:
            found.append(organisation)
        if a.position and b.position:
            found.append(self._cached("p", a.position, b.position, self._position))
        if a.place and b.place:
            found.append(self._cached("r", a.place, b.place, self._place))
        if a.phone and b.phone:
            found.append(self._contact("phone", a.phone, b.phone))
        if a.email and b.email:
            found.append(self._contact("email", a.email, b.email))
        if a.sheet and a.sheet == b.sheet:
            found.append(("sheet", "one sheet", -500))
        return found

    def _given_initial(self, a: str, b: str) -> Part:
        return self._initial("given_name", a, b)

    def _father_initial(self, a: str, b: str) -> Part:
        return self._initial("patronymic", a, b)

    def weight(self, a: Features, b: Features) -> int:
        """The sum of the parts."""
        return sum(part[2] for part in self.parts(a, b))

    def vetoed(self, a: Features, b: Features) -> bool:
        """Whether what the two lines say plainly cannot be one person: no group may hold both."""
        if a.gender and b.gender and a.gender != b.gender:
            return True
        if (
            a.given
            and b.given
            and self.level(a.given, b.given) == "different"
            and self.known(a.given)
            and self.known(b.given)
        ):
            return True
        return bool(
            a.sheet
            and a.sheet == b.sheet
            and a.surname
            and b.surname
            and a.given
            and b.given
            and (
                self.level(a.surname, b.surname) == "different" or self.level(a.given, b.given) == "different"
            )
        )
