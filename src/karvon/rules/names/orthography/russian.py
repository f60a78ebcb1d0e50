"""Russian: Юлдашев, Джахонгир, Хусанов."""

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "ye", "ё": "yo", "ж": "j", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "š", "ъ": "", "ы": "i", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
    # not Russian letters, but they reach Russian text from other lists
    "і": "i", "ј": "y", "ѕ": "s", "ў": "o", "қ": "k", "ғ": "g", "ҳ": "h", "ң": "n", "ү": "u", "ө": "o",
    "ә": "a", "ї": "i", "є": "e", "ґ": "g", "ӣ": "i", "ӯ": "u", "ҷ": "j",
}  # fmt: skip


def spells(text: str) -> bool:
    """Whether the lower-case text shows letters only Russian has."""
    return any(letter in text for letter in "ыщ")


def read(word: str) -> str:
    """Read a lower-case word; *дж* is one sound, and so is *тс* inside a word (Вентспилс)."""
    word = word[:-1].replace("тс", "ц") + word[-1:]
    return "".join(_LETTERS.get(letter, letter) for letter in word.replace("дж", "ж"))
