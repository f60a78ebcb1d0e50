"""Uzbek Cyrillic: Йўлдошев, Жаҳонгир, Ғофуров."""

from karvon.rules.names.orthography import russian


def spells(text: str) -> bool:
    """Whether the lower-case text shows letters Russian does not have."""
    return any(letter in text for letter in "ўқғҳ")


def read(word: str) -> str:
    """Read a lower-case word: the shared letters sound as in Russian, ў is o, қ k, ғ g, ҳ h."""
    return russian.read(word)
