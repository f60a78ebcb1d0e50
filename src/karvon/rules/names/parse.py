"""A name as written -> its folded parts: surname, given name, father's name, initials, gender."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from karvon.catalog import load
from karvon.rules.names.cleaning import clean, one_script, script_of
from karvon.rules.names.orthography import Orthography, fold, orthography_of
from karvon.rules.names.parts import (
    DAUGHTER,
    SON,
    Gender,
    father_of,
    looks_like_surname,
    nearly_child,
    nearly_father_of,
    surname_stem,
    without_case_ending,
)

_TOKEN = re.compile(r"[^\W_]+(?:['\-‐‑–][^\W_]+)*'?\.?")
_DEGREE = re.compile(r"(?<![\w.])(?:[a-zа-яёўқғҳ]{1,3}\.[ -]{0,2}){2,3}[ndнд]\b\.?")
"""к.э.н., i.f.d.: degrees are written with small letters, initials with capital ones."""
_INITIAL_PAIRS = frozenset(
    "sh ch kh zh dj dz dž ya yu yo ye ia iu io ja ju je gh ts o' g' šč ž č š sc".split()  # noqa: SIM905
)
LISTED = 3.0
"""Log-odds that a listed given name is one here too."""
MOST_WORDS = 8
"""Words of a name that are read."""


@dataclass(frozen=True, slots=True)
class ParsedName:
    """The folded parts of a name; initials are one letter. Empty parts were not written.

    ``sure`` says that the order was plain: from the name's shape, or from a word that is known as one or the other.
    """

    surname: str = ""
    given: str = ""
    father: str = ""
    given_initial: str = ""
    father_initial: str = ""
    gender: Gender = ""
    orthography: Orthography = "english"
    sure: bool = False
    surname_as_written: str = ""


@cache
def titles() -> frozenset[str]:
    """Folded titles, degrees and forms of address that are no part of a name."""
    words = load("names/titles")["words"]
    return frozenset(_bare(one_script(clean(word))) for word in words)


@cache
def _nobody() -> frozenset[str]:
    return frozenset(clean(cell).lower() for cell in load("names/titles")["nobody"])


def names_nobody(cell: str) -> bool:
    """Whether a cell for a name says that there is none: "нет данных", "n/a"."""
    return clean(cell).lower().strip(" .,;:-–—()[]<>!?") in _nobody()


@cache
def name_kinds() -> dict[str, str]:
    """Folded given names known before any list was read -> the kind of people who bear them: ``"uzbek f"``.

    A name of several kinds keeps the first listed; one that both sexes bear has ``"-"`` for its gender.
    """
    known: dict[str, str] = {}
    data = load("names/given")
    for gender in ("m", "f"):
        for community, block in data[gender].items():
            for name in block.split():
                word = clean(name)
                folded = without_case_ending(
                    fold(word, "latvian" if community == "latvian" else orthography_of(word))
                )
                kind = known.setdefault(folded, f"{community} {gender}")
                if kind[-1] != gender:
                    known[folded] = f"{kind[:-1]}-"
    return known


@cache
def given_names() -> dict[str, Gender]:
    """Folded given names known before any list was read, with their gender (empty when both)."""
    genders: dict[str, Gender] = {"f": "f", "m": "m", "-": ""}
    return {name: genders[kind[-1]] for name, kind in name_kinds().items()}


def _bare(word: str) -> str:
    return word.lower().replace(".", "").replace("'", "")


def _read(part: str, orthography: Orthography, script: str) -> str:
    return fold(one_script(part.replace("-", ""), neighbours=script), orthography)


def initial_of(folded: str) -> str:
    """The letter a folded word is shortened to."""
    return folded[:1]


def parse(name: str, *, beside: str = "", given_share: Callable[[str], float] | None = None) -> ParsedName:
    """Parse a name in any order the six orthographies use.

    ``beside``: other cells of the line, to tell Latvian from plain Latin. ``given_share``: how much more often a
    folded word is a given name than a surname elsewhere (log-odds), for names that do not say it themselves.
    """
    if names_nobody(name):
        return ParsedName()
    text = _DEGREE.sub(" ", clean(name))
    script = script_of(text)
    text = " ".join(one_script(word, neighbours=script) for word in text.split(" "))
    orthography = orthography_of(text, beside=beside)
    comma = text.find(",")
    before_comma = len(_TOKEN.findall(text[:comma])) if comma > 0 and text[comma + 1 :].strip() else 0
    words: list[str] = []
    initials: list[tuple[int, str]] = []
    surname_words = 0
    father, father_gender, father_at = "", "", -1
    seen = 0
    tokens = [t for t in _TOKEN.findall(text) if _bare(t) not in titles()][:MOST_WORDS]
    shouted = text.isupper()
    for token in tokens:
        seen += 1
        dotted = token.endswith(".")
        bare = token.rstrip(".")
        if not any(letter.isalpha() for letter in bare):
            continue
        if _is_initial(bare, dotted=dotted, shouted=shouted, others=len(tokens) > 1):
            letter = initial_of(_read(bare, orthography, script))
            if letter:
                initials.append((len(words), letter))
            continue
        if len(bare) == 2 and bare.isupper() and not shouted and len(tokens) == 2:
            initials += [(len(words), initial_of(_read(letter, orthography, script))) for letter in bare]
            continue
        folded = _read(bare, orthography, script)
        if folded in SON or folded in DAUGHTER or (len(words) == 3 and nearly_child(folded)):
            if words and not father:
                daughter = folded in DAUGHTER or nearly_child(folded) == "f"
                father, father_gender, father_at = words.pop(), "f" if daughter else "m", len(words)
            continue
        if folded:
            words.append(folded)
            if seen <= before_comma:
                surname_words = len(words)
    words = words[:4]
    if not father and len(words) >= 2:
        for at in range(len(words) - 1, 0, -1):
            found, gender = father_of(words[at]) if len(words) < 3 else nearly_father_of(words[at])
            if found and (len(words) >= 3 or not looks_like_surname(words[at])):
                father, father_gender, father_at = found, gender, at
                del words[at]
                break
    surname, given, sure = _arrange(
        words, comma=surname_words, father_at=father_at, initials=initials, given_share=given_share
    )
    stem, gender = surname_stem(surname)
    given = without_case_ending(given)
    letters = [letter for _, letter in initials if letter]
    father = without_case_ending(father)
    first = [initial_of(given)] if given else letters[:1]
    second = [initial_of(father)] if father else letters[:1] if given else letters[1:2]
    return ParsedName(
        surname=stem,
        given=given,
        father=father,
        given_initial="".join(first),
        father_initial="".join(second),
        gender=("f" if father_gender == "f" else "m") if father_gender else gender,
        orthography=orthography,
        sure=sure,
        surname_as_written=surname,
    )


def _is_initial(bare: str, *, dotted: bool, shouted: bool, others: bool) -> bool:
    if not others:
        return False
    if len(bare) == 1:
        return True
    lower = bare.lower()
    if dotted:
        return len(bare) <= 2 or (len(bare) == 3 and "'" in bare) or lower in {"dzh", "shch"}
    return lower in _INITIAL_PAIRS and bare[0].isupper() and not shouted and "'" in bare


def _arrange(
    words: list[str],
    *,
    comma: int,
    father_at: int,
    initials: list[tuple[int, str]],
    given_share: Callable[[str], float] | None,
) -> tuple[str, str, bool]:
    """(surname, given name, whether the name itself told the order)."""
    if not words:
        return "", "", False
    if comma and comma < len(words):
        return "".join(words[:comma]), "".join(words[comma:]), True
    if len(words) == 1:
        if initials or looks_like_surname(words[0]):
            return words[0], "", True
        if comma:
            return words[0], "", True
        leaning = _leaning(words[0], given_share)
        return (words[0], "", False) if leaning <= 0 else ("", words[0], False)
    if father_at >= 1 and len(words) == 2:
        # the given name stands right before the father's
        return (words[0], words[1], True) if father_at == 2 else (words[1], words[0], True)
    if len(words) == 2 and initials and initials[0][0] == 1:
        return words[1], words[0], True
    first, last = words[0], words[-1]
    balance = _leaning(last, given_share) - _leaning(first, given_share)
    balance += 6 * (_ends_as_surname(first) - _ends_as_surname(last))
    sure = abs(balance) >= LISTED
    return (first, last, sure) if balance >= 0 else (last, first, sure)


def _ends_as_surname(word: str) -> bool:
    """Irina and Ieva end as surnames do, and are none."""
    return looks_like_surname(word) and without_case_ending(word) not in name_kinds()


def _leaning(word: str, given_share: Callable[[str], float] | None) -> float:
    """How much a folded word looks like a given name rather than a surname, in log-odds."""
    leaning = LISTED if without_case_ending(word) in name_kinds() else 0.0
    if given_share is not None:
        leaning += given_share(without_case_ending(word))
    return leaning
