"""How one name is written in six orthographies, for the made-up lists of ``bench.people_generator``.

Uzbek names are noted in Latin letters with ``oʻ gʻ``, and ``0`` for an *o* that Russian habit hears as *a*
(``T0shmat``: Toshmat, Ташмат). What is written here is nothing the product reads: a spelling rule of
``rules/names`` and one of this file may well disagree, as writers do.
"""

import random
from typing import Final

ORTHOGRAPHIES: Final = ("uz_latn", "uz_cyrl", "ru", "en", "lv", "uz_new")
APOSTROPHES: Final = ("ʻ", "'", "’", "‘", "`", "ʼ", "´", "")

_CYRILLIC: Final = (
    ("oʻ", "ў"), ("gʻ", "ғ"), ("sh", "ш"), ("ch", "ч"), ("yo", "ё"), ("yu", "ю"), ("ya", "я"), ("ye", "е"),
    ("a", "а"), ("b", "б"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "ҳ"), ("i", "и"), ("j", "ж"),
    ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "қ"), ("r", "р"), ("s", "с"),
    ("t", "т"), ("u", "у"), ("v", "в"), ("x", "х"), ("y", "й"), ("z", "з"), ("ʼ", "ъ"),
)  # fmt: skip
_BGN: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_LATVIAN_OF_RUSSIAN: Final = {
    **_BGN, "ё": "jo", "ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "šč",
    "ы": "i", "ю": "ju", "я": "ja",
}  # fmt: skip
_RUSSIAN_OF_LATVIAN: Final = (
    ("ie", "ие"), ("ja", "я"), ("ju", "ю"), ("je", "е"), ("dž", "дж"), ("ļ", "ль"), ("ņ", "нь"), ("ā", "а"),
    ("č", "ч"), ("ē", "е"), ("ģ", "г"), ("ī", "и"), ("ķ", "к"), ("š", "ш"), ("ū", "у"), ("ž", "ж"), ("a", "а"),
    ("b", "б"), ("c", "ц"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("j", "й"),
    ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"),
    ("u", "у"), ("v", "в"), ("z", "з"),
)  # fmt: skip
_PLAIN: Final = str.maketrans("āčēģīķļņšūž", "acegiklnsuz")


def _replaced(text: str, table: tuple[tuple[str, str], ...]) -> str:
    out, at = [], 0
    while at < len(text):
        for old, new in table:
            if text.startswith(old, at):
                out.append(new)
                at += len(old)
                break
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def uzbek(noted: str) -> str:
    """The standard Latin spelling of a noted name."""
    return noted.replace("0", "o")


def uzbek_cyrillic(noted: str) -> str:
    word = _replaced(uzbek(noted), _CYRILLIC)
    return "э" + word[1:] if word.startswith("е") and noted.startswith("e") else word


def russian(noted: str, draw: random.Random) -> str:
    """The Russian spelling: habit in most of the letters, the Uzbek one in the others."""
    heard = "".join(("a" if draw.random() < 0.72 else "o") if letter == "0" else letter for letter in noted)
    heard = heard.replace("oʻ", "u" if draw.random() < 0.85 else "o").replace("gʻ", "g")
    word = _replaced(heard, _CYRILLIC).translate(str.maketrans("ҳқ", "хк"))
    if word.startswith("е") and noted.startswith("e"):
        word = "э" + word[1:]
    if word.startswith("ж") or draw.random() < 0.6:
        word = word.replace("ж", "дж")
    if draw.random() < 0.25:
        word = word.replace("зил", "зыл").replace("аё", "ая").replace("иё", "ия").replace("дир", "дыр")
    return word.replace("ййе", "йе").replace("ъ", "" if draw.random() < 0.6 else "ъ")


def english(noted: str, draw: random.Random) -> str:
    """A passport's or a host's spelling: of the Uzbek word or, as often, of the Russian one."""
    if draw.random() < 0.5:
        word = uzbek(noted).replace("gʻ", draw.choice(("g", "gh")))
        word = word.replace("oʻ", draw.choice(("o", "u"))).replace("ʼ", "")
        word = word.replace("x", draw.choice(("kh", "kh", "h", "x"))).replace("q", draw.choice(("k", "q")))
        return word.replace("yev", "ev") if draw.random() < 0.4 else word
    word = "".join(_BGN.get(letter, letter) for letter in russian(noted, draw))
    if draw.random() < 0.7:
        word = word.replace("dzh", "j")
    if draw.random() < 0.4:
        word = word.replace("aev", "ayev").replace("iev", "iyev")
    return word


def latvian(noted: str, draw: random.Random, *, gender: str, surname: bool) -> str:
    """As a Latvian host writes it down, most often with an ending."""
    word = "".join(_LATVIAN_OF_RUSSIAN.get(letter, letter) for letter in russian(noted, draw))
    word = word.replace("eje", "eje").replace("ae", "aje" if draw.random() < 0.7 else "ae")
    if draw.random() < 0.9:
        if gender == "m" and word[-1] not in "aeiou":
            word += "s"
        elif gender == "f" and not surname and word[-1] not in "aeiou":
            word += "a"
    return word


def new_letters(noted: str) -> str:
    """The Uzbek letters of 2026."""
    word = uzbek(noted)
    return word.replace("oʻ", "ö").replace("gʻ", "ğ").replace("sh", "ş").replace("ch", "ç")


def of_latvian(word: str, orthography: str, draw: random.Random) -> str:
    """A Latvian's name, written by Latvians and by their hosts."""
    if orthography == "lv":
        return word if draw.random() < 0.94 else word.translate(_PLAIN)
    if orthography in ("ru", "uz_cyrl"):
        return _replaced(word, _RUSSIAN_OF_LATVIAN)
    plain = word.translate(_PLAIN)
    if draw.random() < 0.15:
        plain = plain.replace("j", "y")
    return plain


def of_russian(word: str, orthography: str, draw: random.Random, *, gender: str, surname: bool) -> str:
    """A Russian speaker's name, noted in Cyrillic."""
    if orthography in ("ru", "uz_cyrl"):
        return word
    if orthography == "lv":
        written = "".join(_LATVIAN_OF_RUSSIAN[letter] for letter in word)
        return written + "s" if gender == "m" and written[-1] not in "aeiou" else written
    written = "".join(_BGN[letter] for letter in word)
    if orthography != "en":
        return written.replace("kh", "x").replace("zh", "j")
    if draw.random() < 0.4:
        written = written.replace("ey", "ei").replace("iy", "y")
    if draw.random() < 0.3 and surname:
        written = written.replace("aev", "ayev").replace("eev", "eyev")
    return written


def written(
    word: str, people: str, orthography: str, draw: random.Random, *, gender: str, surname: bool
) -> str:
    """One noted word of a person of ``people`` (uzbek, russian, latvian) in one orthography, in small letters."""
    if people == "latvian":
        return of_latvian(word, orthography, draw)
    if people == "russian":
        return of_russian(word, orthography, draw, gender=gender, surname=surname)
    match orthography:
        case "uz_latn":
            mark = draw.choice(APOSTROPHES)
            return uzbek(word).replace("ʻ", mark).replace("ʼ", mark)
        case "uz_cyrl":
            return uzbek_cyrillic(word)
        case "ru":
            return russian(word, draw)
        case "en":
            return english(word, draw)
        case "lv":
            return latvian(word, draw, gender=gender, surname=surname)
        case _:
            return new_letters(word)


def initial(word: str) -> str:
    """The initial of a written word, of two letters where its first sound has two."""
    for start in ("sh", "ch", "yu", "ya", "yo", "dž", "dž", "oʻ", "gʻ", "o'", "g'"):
        if word.startswith(start):
            return start[0].upper() + start[1:]
    return word[:1].upper()


_HOMOGLYPHS: Final = str.maketrans("аеорсухАЕОРСХ", "aeopcyxAEOPCX")
_GLYPHS_BACK: Final = str.maketrans("aeopcxAEOPCX", "аеорсхАЕОРСХ")


def slip(text: str, draw: random.Random) -> str:
    """A slip of the fingers in one letter of the text."""
    places = [at for at, sign in enumerate(text) if sign.isalpha() and at]
    if len(places) < 4:
        return text
    at = draw.choice(places[:-1])
    kind = draw.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2 and text[at + 1].isalpha():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    cyrillic = "а" <= text[at].lower() <= "ё"
    return text[:at] + draw.choice("аеиотнрслв" if cyrillic else "aeiotnrslv") + text[at + 1 :]


def misread(text: str, draw: random.Random) -> str:
    """What a reading machine makes of the text: one sign taken for another."""
    pairs = [("o", "0"), ("о", "0"), ("l", "1"), ("i", "l"), ("m", "rn"), ("rn", "m"), ("б", "6"), ("з", "3"),
             ("з", "э"), ("и", "н"), ("ш", "щ"), ("u", "ii"), ("cl", "d"), ("h", "b"), ("й", "и")]  # fmt: skip
    fitting = [(old, new) for old, new in pairs if old in text]
    if not fitting:
        return text
    old, new = draw.choice(fitting)
    return text.replace(old, new, 1)


def disguised(text: str, draw: random.Random) -> str:
    """Some letters replaced by ones of the other script that look the same."""
    table = _HOMOGLYPHS if any("а" <= sign.lower() <= "я" for sign in text) else _GLYPHS_BACK
    return "".join(sign.translate(table) if draw.random() < 0.4 else sign for sign in text)
