"""Evidence of two lines, field by field, in hundredths of a bit: log2 of how much likelier it is for one person."""

import math
from collections.abc import Callable
from operator import itemgetter

from karvon.rules.identity.features import Features
from karvon.rules.identity.line import Snapshot
from karvon.rules.identity.snapshot import common_surnames, listed_per_kind
from karvon.rules.names.compare import initials_agree, nearness
from karvon.rules.names.organisation import numbers
from karvon.rules.names.orthography.settled import loose
from karvon.rules.names.parse import name_kinds
from karvon.rules.names.place import country_of

Part = tuple[str, str, int]
"""(field, level, weight in 1/100 bit)."""

SMALLEST_REGISTER = 400
"""Lines a register is taken to have at least: few lines on the desk do not make few people in the country."""
LINES_A_PERSON = 2.7
"""Lines a person leaves on the average."""
PRIOR_NAMES = 250
"""How many names of a register what is known beforehand of surnames weighs as much as."""
PRIOR_GIVEN = 80
"""The same for given names, among people of one kind."""


def bits(ratio: float) -> int:
    """log2 of a ratio in hundredths of a bit."""
    return round(100 * math.log2(ratio))


class Weights:
    """Compares lines under one snapshot. Deterministic: equal lines and snapshot give equal integers."""

    def __init__(self, snapshot: Snapshot) -> None:
        tables = snapshot.tables
        self._names: int = tables["names"]
        self._counts: dict[str, dict[str, int]] = {
            table: tables[table]
            for table in (
                "surname",
                "given",
                "kinds",
                "forms",
                "initials",
                "organisation",
                "place",
                "position",
            )
        }
        self._shared: dict[str, dict[str, int]] = {field: tables[field] for field in ("phone", "email")}
        self._alike: dict[str, int] = tables["organisations_alike"]
        self._latvian = frozenset(tables["latvian"])
        self._latvians: int = tables["latvians"]
        self._everybody: int = tables["people"]
        lines: int = max(tables["lines"], SMALLEST_REGISTER)
        self.people = lines / LINES_A_PERSON
        self.prior = -bits(self.people)
        self._initials_total: int = sum(self._counts["initials"].values())
        self._cache: dict[tuple[str, str, str], Part] = {}

    # rarities ------------------------------------------------------------------------------------------------

    def surname_rarity(self, word: str) -> float:
        """The share of people with this surname in any spelling; the line's own person does not count."""
        key = loose(word)
        others = max(self._counts["surname"].get(key, 0) - 1, 0) + 0.4
        return (others + PRIOR_NAMES * common_surnames().get(key, 0.0005)) / (self._names + PRIOR_NAMES)

    def given_rarity(self, word: str, *, father: bool = False) -> float:
        """The share of people with this given name among those of its kind (an Uzbek woman among Uzbek women).

        The surname already tells the kind, so measuring among everybody would count that twice.
        """
        key = loose(word)
        others = max(self._counts["given"].get(key, 0) - (0 if father else 1), 0) + 0.4
        kind = name_kinds().get(word, "")
        if kind:
            total, share = self._counts["kinds"].get(kind, 0), 1.3 / max(listed_per_kind()[kind], 20)
        else:
            total, share = self._names // 3, 0.003
        return min((others + PRIOR_GIVEN * share) / (total + PRIOR_GIVEN), 0.5)

    def _initial_rarity(self, letter: str) -> float:
        return (self._counts["initials"].get(letter, 0) + 10) / (self._initials_total + 200)

    def known(self, word: str) -> bool:
        """Whether a folded word is surely a name of its own: listed, or borne by several people."""
        return word in name_kinds() or self._counts["forms"].get(word, 0) >= 3

    def _two_names(self, a: str, b: str) -> bool:
        """Whether both words are names of their own, so that one is no slip of the other.

        A slip is rare beside the name it is a slip of; two listed names are never slips of each other.
        """
        if a in name_kinds() and b in name_kinds():
            return True
        forms = self._counts["forms"]
        fewer, more = sorted((forms.get(a, 1), forms.get(b, 1)))
        return fewer >= 3 and fewer > 0.08 * more

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
        if near in ("slip", "slips") and self._two_names(a, b):
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
        rarity = max(self.given_rarity(a, father=True), self.given_rarity(b, father=True))
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
        # One key may stand for spellings with different acronyms, and both decide.
        said = (f"{one.key}\t{one.acronym}", f"{two.key}\t{two.acronym}")
        return self._cached("organisation", *said, lambda x, y: self._organisations(a, b))

    def _organisations(self, a: Features, b: Features) -> Part:
        one, two = a.organisation, b.organisation
        rarity = max(self._share("organisation", one.key), self._share("organisation", two.key))
        if one.key == two.key:
            return "organisation", "agrees", max(bits(0.8 / rarity), 0)
        if (mine := numbers(one.words)) and (yours := numbers(two.words)) and mine != yours:
            return "organisation", "differs", -170
        short = {one.acronym, two.acronym} & {w.lstrip("+") for w in one.words | two.words}
        if short or nearness(one.key, two.key) in ("spelling", "slip", "slips"):
            return "organisation", "agrees but for spelling", max(bits(0.7 / rarity), 0)
        alike = self._alike.get("\t".join(sorted((one.key, two.key))))
        if alike is not None:
            return "organisation", "known to be another name of it", min(alike, max(bits(0.7 / rarity), 0))
        shared = one.words & two.words
        if shared and (shared in (one.words, two.words) or 2 * len(shared) >= len(one.words | two.words)):
            return "organisation", "agrees in part", max(min(bits(0.5 / rarity), 250), 0)
        return "organisation", "differs", -170

    def _share(self, field: str, value: str) -> float:
        """The share of people at an organisation or place, among those of its country."""
        held = max(self._counts[field].get(value, 1), 1) + 0.5
        latvian = value in self._latvian if field == "organisation" else country_of().get(value) == "lv"
        if latvian:
            # only some lines of a country tell which it is
            everybody = max(self._latvians * 1.2, 60)
        else:
            everybody = max(self._everybody - self._latvians, 120)
        return min(held / (0.8 * everybody), 0.8)

    def _position(self, a: str, b: str) -> Part:
        if a == b:
            rarity = max(self._counts["position"].get(a, 1), 1) / max(self._names * 0.6, 100)
            return "position", "agrees", max(bits(0.6 / min(rarity, 0.6)), 0)
        if set(a.split()) & set(b.split()):
            return "position", "agrees in part", 0
        return "position", "differs", -90

    def _place(self, a: str, b: str) -> Part:
        if a == b:
            return "region", "agrees", bits(0.9 / self._share("place", a))
        return "region", "differs", -280

    def _contact(self, field: str, a: str, b: str) -> Part:
        if a == b:
            held = self._shared[field].get(a, 1)
            # several names on one number: an office's; it then says less with every name
            weight = max(bits(0.8 * self.people / held) - 130 * (held - 1), 60)
            return field, "same" if held < 3 else "same, shared", weight
        if nearness(a, b) == "slip":
            return field, "a slip apart", 500
        return field, "differs", -180

    # a pair --------------------------------------------------------------------------------------------------

    def parts(self, a: Features, b: Features) -> list[Part]:
        """Every field's evidence, the prior first; the weight of a pair is their sum."""
        found: list[Part] = [("prior", "any two lines", self.prior), *self._best_name_parts(a, b)]
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
            found.append(("sheet", "one sheet", -250))
        return found

    def _best_name_parts(self, a: Features, b: Features) -> list[Part]:
        parts = self._name_parts(a, b)
        if a.turned is None and b.turned is None:
            return parts
        other = self._name_parts(a, b.turned) if b.turned else self._name_parts(a.turned or a, b)
        if total(other) - 100 <= total(parts):
            return parts
        return [*other, ("order", "names exchanged", -100)]

    def _name_parts(self, a: Features, b: Features) -> list[Part]:
        found: list[Part] = []
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
        return found

    def _given_initial(self, a: str, b: str) -> Part:
        return self._initial("given_name", a, b)

    def _father_initial(self, a: str, b: str) -> Part:
        return self._initial("patronymic", a, b)

    def weight(self, a: Features, b: Features) -> int:
        """The sum of the parts."""
        return total(self.parts(a, b))

    def vetoed(self, a: Features, b: Features) -> bool:
        """Whether what the two lines say plainly cannot be one person: no group may hold both."""
        if a.gender and b.gender and a.gender != b.gender:
            return True
        if self._two_people(a.father, b.father):
            return True
        if a.turned or b.turned:
            return False
        if self._two_people(a.given, b.given):
            return True
        return bool(
            a.sheet
            and a.sheet == b.sheet
            and a.given
            and b.given
            and a.surname
            and b.surname
            and "different" in (self.level(a.surname, b.surname), self.level(a.given, b.given))
        )

    def _two_people(self, a: str, b: str) -> bool:
        return (
            bool(a and b and a != b) and self.level(a, b) == "different" and self.known(a) and self.known(b)
        )


def total(parts: list[Part]) -> int:
    """What they come to, in 1/100 bit."""
    return sum(map(_BITS_OF, parts))


_BITS_OF = itemgetter(2)


class RememberedWeights(Weights):
    """The same, every pair of lines compared once: for few lines that are looked at again and again."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot)
        self._remembered: dict[tuple[str, str], list[Part]] = {}

    def parts(self, a: Features, b: Features) -> list[Part]:
        pair = (a.line, b.line)
        found = self._remembered.get(pair)
        if found is None:
            found = self._remembered[pair] = super().parts(a, b)
        return found
