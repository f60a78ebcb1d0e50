"""How one invented person is written by people who keep lists in different languages and alphabets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Orthography = Literal["lv", "en", "ru", "uz", "uz-2026", "uz-Cyrl"]
Order = Literal[
    "surname given father", "surname given", "given surname", "surname initials", "given father surname"
]

_PAIRS: Final = (
    ("oʻ", "ў"), ("gʻ", "ғ"), ("sh", "ш"), ("ch", "ч"), ("yo", "ё"), ("yu", "ю"), ("ya", "я"), ("ye", "е"),
    ("ts", "ц"), ("ʼ", "ъ"),
)  # fmt: skip
_LETTERS: Final = dict(zip("abdefghijklmnopqrstuvxyz", "абдефгҳижклмнопқрстувхйз", strict=True))
_RUSSIAN: Final = str.maketrans("ўғқҳЎҒҚҲ", "угкхУГКХ", "ъ")
_RUSSIAN_STEMS: Final = {
    "Собир": "Сабир", "Ботир": "Батыр", "Раҳим": "Рахим", "Олим": "Алим", "Ислом": "Ислам", "Отабек": "Атабек",
    "Баҳодир": "Бахадыр", "Одил": "Адыл", "Ойбек": "Айбек", "Мурод": "Мурад", "Фарҳод": "Фархад",
    "Ўлмас": "Ульмас", "Йўлдош": "Юлдаш", "Жаҳонгир": "Джахангир", "Камол": "Камал", "Хўжа": "Ходжа",
    "хўжа": "ходжа", "Тўхта": "Тухта", "Тожи": "Таджи", "Қодир": "Кадыр", "Иброҳим": "Ибрагим",
    "Файзулло": "Файзулла", "Суннат": "Суннат", "Зокир": "Закир", "Обид": "Абид", "Лутфулло": "Лутфулла",
    "Рўзи": "Рузи", "Комил": "Камил", "Саййид": "Сайид", "Носир": "Насыр", "Содиқ": "Садык", "Тоҳир": "Тахир",
}  # fmt: skip
_ENGLISH: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ы": "y", "э": "e", "ю": "yu", "я": "ya", "ь": "", "ъ": "",
}  # fmt: skip
_LATVIAN: Final = _ENGLISH | {
    "ё": "jo", "ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "šč", "ы": "i", "ю": "ju", "я": "ja",
}  # fmt: skip
_OWN_NAMES: Final = {
    ("ru", "Svetlana"): "Светлана", ("ru", "Tsoy"): "Цой", ("ru", "Yelena"): "Елена", ("ru", "Igor"): "Игорь",
    ("ru", "=Vasilyevich"): "Васильевич", ("ru", "=Viktorovich"): "Викторович", ("lv", "Yelena"): "Jeļena",
    ("lv", "Andrey"): "Andrejs", ("lv", "Igor"): "Igors", ("lv", "Litvinov"): "Ļitvinovs",
    ("lv", "Tsoy"): "Coja",
    ("uz-Cyrl", "Igor"): "Игорь", ("uz-Cyrl", "=Vasilyevich"): "Васильевич",
    ("ru", "Vītolnieks"): "Витолниекс", ("ru", "Jānis"): "Янис", ("ru", "Straupmane"): "Страупмане",
    ("ru", "Ilze"): "Илзе", ("ru", "Brūvelis"): "Брувелис", ("ru", "Mārtiņš"): "Мартиньш",
    ("ru", "Dzērvīte"): "Дзервите", ("ru", "Inese"): "Инесе", ("ru", "Lielmanis"): "Лиелманис",
    ("ru", "Kaspars"): "Каспарс", ("ru", "Upmale"): "Упмале", ("ru", "Zane"): "Зане",
    ("ru", "Skujenieks"): "Скуениекс", ("ru", "Normunds"): "Нормундс", ("ru", "Rudzroga"): "Рудзрога",
    ("ru", "Līga"): "Лига", ("ru", "Vanagkalns"): "Ванагкалнс", ("ru", "Edgars"): "Эдгарс",
    ("ru", "Baranovskis"): "Барановский", ("ru", "Aleksejs"): "Алексей", ("ru", "Čākure"): "Чакуре",
    ("ru", "Agnese"): "Агнесе", ("ru", "Zemdega"): "Земдега", ("ru", "Oskars"): "Оскарс",
}  # fmt: skip
_COMPANIES: Final = {
    "siltumlikne": "«Силтумликне» МЧЖ, Латвия", "udens": "«Уденс лидзсварс» МЧЖ, Латвия",
    "skiroti": "«Шкиротава» МЧЖ, Латвия", "pilsetlogika": "«Пилсетлогика» МЧЖ, Латвия",
    "agropiliens": "«Агропилиенс» МЧЖ, Латвия", "telpa": "«Телпа ун виде» МЧЖ, Латвия",
}  # fmt: skip
_PLAIN: Final = str.maketrans("āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ", "acegiklnsuzACEGIKLNSUZ")


@dataclass(frozen=True, slots=True)
class Invented:
    """A person who does not exist: the name in Uzbek Latin (or Latvian) as the passport would have it."""

    id: str
    surname: str
    given: str
    father: str
    """The father's given name, or ``=`` and the whole patronymic; '' where none is used."""
    sex: str
    organisation: str
    position: str

    @property
    def latvian(self) -> bool:
        return self.id.startswith("E")


def to_cyrillic(text: str) -> str:
    """Uzbek Latin (ʻ and ʼ) in Uzbek Cyrillic: ``Joʻrayev`` gives ``Жўраев``, ``Eshmatov`` gives ``Эшматов``."""
    text = re.sub(r"\b[Ee]|(?<=[aoui])e", lambda m: "Э" if m[0] == "E" else "э", text)
    for latin, cyrillic in _PAIRS:
        text = text.replace(latin, cyrillic)
        text = text.replace(latin.capitalize(), cyrillic.upper()).replace(latin.upper(), cyrillic.upper())
    return "".join(
        _LETTERS.get(letter) or (_LETTERS[letter.lower()].upper() if letter.lower() in _LETTERS else letter)
        for letter in text
    )


def to_2026(text: str) -> str:
    """Uzbek Latin in the letters approved in 2026: ``Joʻrayev`` gives ``Jörayev``, ``Shohruh`` gives ``Şohruh``."""
    for old, new in (("oʻ", "ö"), ("gʻ", "ğ"), ("sh", "ş"), ("ch", "ç")):
        text = text.replace(old, new).replace(old.capitalize(), new.upper()).replace(old.upper(), new.upper())
    return text


def to_russian(name: str) -> str:
    """An Uzbek name as a Russian-speaking clerk writes it: ``Yoʻldoshev`` gives ``Юлдашев``."""
    text = to_cyrillic(name)
    for uzbek, russian in _RUSSIAN_STEMS.items():
        text = text.replace(uzbek, russian)
    return text.translate(_RUSSIAN)


def _written(part: str, orthography: Orthography) -> str:
    own = _OWN_NAMES.get((orthography, part))
    if own is not None:
        return own
    part = part.removeprefix("=")
    if orthography == "uz":
        return part
    if orthography == "uz-2026":
        return to_2026(part)
    if orthography == "uz-Cyrl":
        return to_cyrillic(part)
    if orthography == "ru":
        return to_russian(part)
    table = _ENGLISH if orthography == "en" else _LATVIAN
    return "".join(
        table[letter.lower()].capitalize() if letter.isupper() else table.get(letter, letter)
        for letter in to_russian(part)
    )


def surname(person: Invented, orthography: Orthography) -> str:
    if person.latvian:
        return _latvian_abroad(person.surname, orthography)
    text = _written(person.surname, orthography)
    if orthography == "lv" and person.sex == "m" and text[-1] not in "aeios":
        return text + "s"
    return text


def given_name(person: Invented, orthography: Orthography) -> str:
    if person.latvian:
        return _latvian_abroad(person.given, orthography)
    text = _written(person.given, orthography)
    if orthography == "lv" and text[-1] not in "aeios":
        return text + ("s" if person.sex == "m" else "a")
    return text


def _latvian_abroad(name: str, orthography: Orthography) -> str:
    if orthography == "lv":
        return name
    if orthography == "ru":
        return _OWN_NAMES["ru", name]
    if orthography == "uz-Cyrl":
        return _OWN_NAMES["ru", name].replace("щ", "шч").replace("ы", "и")
    return name.translate(_PLAIN)


def patronymic(person: Invented, orthography: Orthography) -> str:
    """``Erkinovich``, ``Эркиновна``; Uzbek lists write ``Erkin oʻgʻli`` and ``Erkin qizi``; '' where none is used."""
    if not person.father:
        return ""
    if person.father.startswith("="):
        return _written(person.father, orthography) + (
            "s" if orthography == "lv" and person.sex == "m" else ""
        )
    if orthography in ("uz", "uz-2026", "uz-Cyrl"):
        tail = "oʻgʻli" if person.sex == "m" else "qizi"
        return f"{_written(person.father, orthography)} {_written(tail, orthography)}"
    russian = to_russian(person.father)
    russian += "ович" if person.sex == "m" else "овна"
    if orthography == "ru":
        return russian
    table = _ENGLISH if orthography == "en" else _LATVIAN
    text = "".join(
        table[letter.lower()].capitalize() if letter.isupper() else table[letter] for letter in russian
    )
    return text + ("s" if orthography == "lv" and person.sex == "m" else "")


def initial(name: str) -> str:
    """``Sh.`` for ``Shavkat``, ``Oʻ.`` for ``Oʻktam``, ``S.`` for ``Sobir``."""
    for long in ("Sh", "Ch", "Oʻ", "Gʻ", "Yu", "Ya", "Yo", "Dž"):
        if name.startswith(long):
            return long + "."
    return name[:1] + "."


def name_of(person: Invented, orthography: Orthography, order: Order) -> str:
    last, first, father = (
        surname(person, orthography),
        given_name(person, orthography),
        patronymic(person, orthography),
    )
    parts = {
        "surname given father": (last, first, father),
        "surname given": (last, first),
        "given surname": (first, last),
        "given father surname": (first, father, last),
        "surname initials": (last, initial(first)),
    }[order]
    return " ".join(part for part in parts if part)


def word(
    words: Mapping[tuple[str, str, str], str], kind: str, key: str, orthography: Orthography, sex: str = ""
) -> str:
    """The organisation or position ``key`` as a list of this orthography writes it."""
    if orthography == "lv" and sex == "f" and words.get((kind, key, "lv_f")):
        return words[kind, key, "lv_f"]
    if key == "cleantech" or orthography not in ("uz-2026", "uz-Cyrl"):
        return words[kind, key, "uz" if orthography in ("uz-2026", "uz-Cyrl") else orthography]
    if orthography == "uz-2026":
        return to_2026(words[kind, key, "uz"])
    if key in _COMPANIES:
        return _COMPANIES[key]
    return to_cyrillic(words[kind, key, "uz"]).replace("“", "«").replace("”", "»")
