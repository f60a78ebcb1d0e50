"""As what somebody was there, by the words of the sheet."""

from functools import lru_cache
from typing import Literal

from karvon.rules.attendance.words import holds, phrases, words
from karvon.rules.programme.description import Role


@lru_cache(maxsize=10_000)  # positions are written again and again
def role_of_words(cell: str, *, column: Literal["role", "position"] = "role") -> Role | None:
    """The role a cell names, in any of our languages; ``None`` where it names none.

    In a position column only words count that can hardly be a participant's job: a professor or an expert of a
    ministry may be trained like anybody, an interpreter signs because of interpreting. Where a cell names several
    roles the one that is not counted wins ("participant, interpreter"), in the order of the catalogue.
    """
    said = words(cell)
    if not said:
        return None
    roles: tuple[Role, ...] = ("interpreter", "trainer", "expert", "organiser", "guest", "participant")
    known = dict(phrases(column))
    return next((role for role in roles if role in known and holds(said, known[role])), None)
