"""The wording of one room below ``files/``: ``<room>/wording/<language>.toml``, with blanks and plurals."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from karvon.rules.wording import fill


@dataclass(frozen=True)
class Wording:
    """Sentences of one room in one language; keys are dotted paths of the TOML file."""

    language: str
    entries: Mapping[str, Any]

    def __call__(self, key: str, **facts: Any) -> str:
        """The sentence with its blanks filled; raises ``KeyError`` with the key that is not worded."""
        found: Any = self.entries
        for part in key.split("."):
            if part not in found:
                raise KeyError(f"{key} ({self.language})")
            found = found[part]
        return fill(found, self.language, facts)

    def knows(self, key: str) -> bool:
        found: Any = self.entries
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                return False
            found = found[part]
        return True


@cache
def wording_of(room: str, language: str) -> Wording:
    """The wording of a room given by its package name, e.g. ``karvon.files.drawing``."""
    file = resources.files(room).joinpath("wording", f"{language}.toml")
    return Wording(language, tomllib.loads(file.read_text("utf-8")))
