"""Django's language codes and our language tags: ``uz-cyrl`` in an address is ``uz-Cyrl`` everywhere else."""

from typing import Final

from django.conf import settings
from django.utils.translation import get_language

SHORT_NAMES: Final = {"lv": "lv", "en": "en", "ru": "ru", "uz": "uz", "uz-Cyrl": "ўз"}
"""How the switch of languages names each."""
OWN_NAMES: Final = {
    "lv": "Latviešu",
    "en": "English",
    "ru": "Русский",
    "uz": "Oʻzbekcha",
    "uz-Cyrl": "Ўзбекча",
}


def tag_of(code: str) -> str:
    """The BCP 47 tag of one of Django's codes; English for a language we do not speak."""
    tag = {"uz-cyrl": "uz-Cyrl"}.get(code.lower(), code.lower())
    return tag if tag in OWN_NAMES else "en"


def codes() -> tuple[str, ...]:
    """Django's codes of our languages, in the order they are offered."""
    return tuple(code for code, _ in settings.LANGUAGES)


def current() -> str:
    """The tag of the language this page is written in."""
    return tag_of(get_language() or "en")


def code_of(tag: str) -> str:
    """Django's code of one of our tags."""
    return tag.lower()
