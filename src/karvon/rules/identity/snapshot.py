"""Rarities and translations measured on a register and blended with what is known beforehand: the numbered snapshot."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations
from typing import Any

from karvon.catalog import load
from karvon.rules.identity.features import Features, features_of, name_of
from karvon.rules.identity.line import IdentityLine, Snapshot
from karvon.rules.names.cleaning import clean
from karvon.rules.names.orthography import fold, orthography_of
from karvon.rules.names.orthography.settled import loose
from karvon.rules.names.parse import ParsedName, name_kinds
from karvon.rules.names.parts import surname_stem

VERSION = 1
MOST_ANCHORS = 12
"""Lines of one anchor that are read; one with more says nothing sure."""


def read_and_measure(lines: list[IdentityLine], *, number: int) -> tuple[list[Features], Snapshot]:
    """Read lines and take a snapshot of them: plain JSON tables, the same for the same lines in any order."""
    names = [name_of(line) for line in lines]
    shares = given_shares(names)
    read = read_lines(lines, shares=shares, names=names)
    return read, measure(read, shares=shares, number=number)


def measure(read: list[Features], *, shares: Mapping[str, int], number: int) -> Snapshot:
    """The snapshot of lines that are read already; ``shares`` told the order of their names."""
    tables: dict[str, Any] = {"version": VERSION, "lines": len(read), "given_share": shares}
    tables |= _names(read)
    tables |= _holders(read)
    tables["organisations_alike"] = _translations(read)
    return Snapshot(number=number, tables=tables)


def read_lines(
    lines: list[IdentityLine], *, shares: Mapping[str, int], names: list[ParsedName] | None = None
) -> list[Features]:
    """The features of lines, where a snapshot's ``given_share`` tells the order of names that do not tell it."""

    def given_share(word: str) -> float:
        return shares.get(word, 0) / 100

    if names is None:
        names = [name_of(line) for line in lines]
    return [
        features_of(line, name=name if name.sure else name_of(line, given_share))
        for line, name in zip(lines, names, strict=True)
    ]


def given_shares(names: Iterable[ParsedName]) -> dict[str, int]:
    """How much more often a folded word is a given name than a surname where names are sure (1/100 log-odds)."""
    given: Counter[str] = Counter()
    surname: Counter[str] = Counter()
    for name in names:
        if name.sure:
            given[name.given] += 1
            surname[name.surname] += 1
            surname[name.surname_as_written] += name.surname_as_written != name.surname
    words = (set(given) | set(surname)) - {""}
    shares = {w: round(100 * math.log((given[w] + 0.5) / (surname[w] + 0.5))) for w in words}
    return {word: share for word, share in sorted(shares.items()) if share}


def _names(read: list[Features]) -> dict[str, Any]:
    """How many people bear each name: by the other half it stands with, so that one person's lines count once."""
    given_with: defaultdict[str, set[str]] = defaultdict(set)
    surname_with: defaultdict[str, set[str]] = defaultdict(set)
    form_with: defaultdict[str, set[str]] = defaultdict(set)
    kinds: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    initials: Counter[str] = Counter()
    for f in read:
        surname, given = loose(f.surname), loose(f.given)
        if surname and given:
            surname_with[surname].add(given)
            given_with[given].add(surname)
            form_with[f.surname].add(given)
            form_with[f.given].add(surname)
            kinds[f.kind].add((surname, given))
        if f.father:
            form_with[f.father].add(surname)
        if f.given_initial:
            initials[f.given_initial] += 1
    return {
        "names": sum(map(len, surname_with.values())),
        "surname": {k: len(v) for k, v in sorted(surname_with.items())},
        "given": {k: len(v) for k, v in sorted(given_with.items())},
        "kinds": {k: len(v) for k, v in sorted(kinds.items())},
        "forms": {k: len(v) for k, v in sorted(form_with.items()) if len(v) > 1},
        "initials": dict(sorted(initials.items())),
    }


def _holders(read: list[Features]) -> dict[str, Any]:
    """How many people stand with each organisation, place, position, telephone number and e-mail address."""
    holders: dict[str, defaultdict[str, set[str]]] = {
        field: defaultdict(set) for field in ("organisation", "place", "position")
    }
    letters: dict[str, defaultdict[str, set[str]]] = {field: defaultdict(set) for field in ("phone", "email")}
    families: dict[str, defaultdict[str, set[str]]] = {
        field: defaultdict(set) for field in ("phone", "email")
    }
    countries: defaultdict[str, Counter[str]] = defaultdict(Counter)
    people: defaultdict[str, set[str]] = defaultdict(set)
    for f in read:
        surname = loose(f.surname)
        holder = f"{surname} {f.given_initial}"
        people[f.country].add(holder)
        for field, value in (
            ("organisation", f.organisation.key),
            ("place", f.place),
            ("position", f.position),
        ):
            if value:
                holders[field][value].add(holder)
        if f.organisation.key and f.country:
            countries[f.organisation.key][f.country] += 1
        for field, value in (("phone", f.phone), ("email", f.email)):
            if value:
                letters[field][value].add(f.given_initial)
                families[field][value].add(surname)
    tables: dict[str, Any] = {
        field: {k: len(v) for k, v in sorted(by_value.items())} for field, by_value in holders.items()
    }
    for field, by_value in letters.items():
        # a slip or a marriage gives one person two surnames, so the second one does not count
        held = {k: max(len(v), len(families[field][k]) - 1) for k, v in sorted(by_value.items())}
        tables[field] = {k: n for k, n in held.items() if n > 1}
    tables["latvian"] = sorted(k for k, c in countries.items() if c["lv"] > c["uz"])
    tables["latvians"] = len(people["lv"])
    tables["people"] = sum(map(len, people.values()))
    return tables


def _translations(read: list[Features]) -> dict[str, int]:
    """Organisation keys found on lines of one person (1/100 bit), learned from anchors: one name, one contact.

    log2 of how much oftener two names of organisations stand on an anchor's lines than by chance, drawn towards
    *differs* while few anchors have been seen.
    """
    anchors: defaultdict[tuple[str, ...], list[Features]] = defaultdict(list)
    for f in read:
        if not f.organisation.key:
            continue
        if f.surname and f.given and f.father:
            anchors["name", loose(f.surname), loose(f.given), loose(f.father)].append(f)
        if f.phone:
            anchors["phone", f.phone, f.given_initial].append(f)
        if f.email:
            anchors["email", f.email, f.given_initial].append(f)
    together: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for members in anchors.values():
        if not 1 < len(members) <= MOST_ANCHORS:
            continue
        for a, b in combinations(members, 2):
            if (a.line, b.line) in seen:
                continue
            seen.add((a.line, b.line))
            one, two = sorted((a.organisation.key, b.organisation.key))
            together[one, two] += 1
            alone[one] += 1
            alone[two] += 1
    total = sum(together.values())
    learned = {}
    for (one, two), count in together.items():
        if one != two and count > 1:
            chance = 2 * alone[one] * alone[two] / (4 * total)
            learned[f"{one}\t{two}"] = round(100 * math.log2((count + 0.15) / (chance + 0.5)))
    return {key: weight for key, weight in sorted(learned.items()) if weight > 0}


@cache
def common_surnames() -> dict[str, float]:
    """Shares of people who bear a common surname, by its loosely folded form, before any register is read."""
    shares: dict[str, float] = {}
    for share, block in load("names/surnames")["shares"].items():
        for word in block.split():
            text = clean(word)
            key = loose(surname_stem(fold(text, orthography_of(text)))[0])
            shares[key] = max(shares.get(key, 0.0), int(share) / 100_000)
    return shares


@cache
def listed_per_kind() -> dict[str, int]:
    """How many given names the catalogue lists for each kind of people."""
    return dict(Counter(name_kinds().values()))
