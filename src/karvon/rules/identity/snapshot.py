"""Rarities measured on a register and blended with what is known beforehand: the numbered snapshot."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from karvon.catalog import load
from karvon.rules.identity.features import Features, features_of
from karvon.rules.identity.line import IdentityLine, Snapshot
from karvon.rules.names.cleaning import clean
from karvon.rules.names.orthography import fold, orthography_of
from karvon.rules.names.orthography.settled import loose
from karvon.rules.names.parse import given_names, parse
from karvon.rules.names.parts import surname_stem

VERSION = 1
SMALLEST_REGISTER = 400
"""Lines a register is taken to have at least: few lines on the desk do not make few people in the country."""
LINES_A_PERSON = 2.7
"""Lines a person leaves on the average; measured on returning participants."""


def given_share_of(lines: Iterable[IdentityLine]) -> dict[str, int]:
    """How much more often a folded word is a given name than a surname where the name says so (1/100 log-odds)."""
    given: Counter[str] = Counter()
    surname: Counter[str] = Counter()
    for line in lines:
        name = parse(line.name, beside=f"{line.organisation} {line.region}")
        if name.sure:
            given[name.given] += 1
            surname[name.surname] += 1
            surname[name.surname_as_written] += name.surname_as_written != name.surname
    words = (set(given) | set(surname)) - {""}
    shares = {w: round(100 * math.log((given[w] + 0.5) / (surname[w] + 0.5))) for w in words}
    return {word: share for word, share in sorted(shares.items()) if share}


def measure(lines: Iterable[IdentityLine], *, number: int) -> Snapshot:
    """Take a snapshot: plain JSON tables, the same for the same lines in any order."""
    lines = list(lines)
    shares = given_share_of(lines)
    read = [features_of(line, given_share=lambda word: shares.get(word, 0) / 100) for line in lines]
    return Snapshot(number=number, tables=_tables(read, shares))


def _tables(read: list[Features], shares: dict[str, int]) -> dict[str, Any]:
    # names are counted by the other half they stand with, so that one person's many lines count once
    given_with: defaultdict[str, set[str]] = defaultdict(set)
    surname_with: defaultdict[str, set[str]] = defaultdict(set)
    forms: Counter[str] = Counter()
    initials: Counter[str] = Counter()
    holders: dict[str, defaultdict[str, set[str]]] = {
        field: defaultdict(set) for field in ("organisation", "place", "position", "phone", "email")
    }
    for f in read:
        surname, given = loose(f.surname), loose(f.given)
        if surname and given:
            surname_with[surname].add(given)
            given_with[given].add(surname)
        for word in (f.surname, f.given, f.father):
            if word:
                forms[word] += 1
        if f.given_initial:
            initials[f.given_initial] += 1
        holder = f"{surname} {f.given_initial}"
        for field, value in (
            ("organisation", f.organisation.key),
            ("place", f.place),
            ("position", f.position),
            ("phone", f.phone),
            ("email", f.email),
        ):
            if value:
                holders[field][value].add(holder)
    tables: dict[str, Any] = {
        "version": VERSION,
        "lines": len(read),
        "names": sum(map(len, surname_with.values())),
        "given_share": shares,
        "surname": {k: len(v) for k, v in sorted(surname_with.items())},
        "given": {k: len(v) for k, v in sorted(given_with.items())},
        "forms": dict(sorted((k, v) for k, v in forms.items() if v > 1)),
        "initials": dict(sorted(initials.items())),
    }
    for field, by_value in holders.items():
        tables[field] = {k: len(v) for k, v in sorted(by_value.items())}
    return tables


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
def common_given_names() -> dict[str, float]:
    """The same for given names: each listed one is taken to be equally common."""
    return dict.fromkeys((loose(name) for name in given_names()), 0.004)
