"""A text a person wrote, in one language or several."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Text:
    """What was written, per language tag; the languages keep the order they were given in."""

    said: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Text":
        return cls(tuple((language, text) for language, text in said.items() if text))

    def say(self, language: str) -> str:
        """The text in this language; else its sibling (uz and uz-Cyrl), else English, else the first; '' if empty."""
        return dict(self.said).get(self.language_said(language), "")

    def language_said(self, language: str) -> str:
        """The language in which ``say`` answers, for the ``lang`` attribute of what is shown; '' if empty."""
        tags = [tag for tag, _ in self.said]
        sibling = {"uz": "uz-Cyrl", "uz-Cyrl": "uz"}.get(language, "")
        return next((tag for tag in (language, sibling, "en", *tags) if tag in tags), "")

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.said)

    def __bool__(self) -> bool:
        return bool(self.said)


NO_TEXT: Final = Text()
