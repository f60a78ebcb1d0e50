"""Who is a participant and who is not, and why: one rule for a new list and for what is learnt of it later."""

from typing import Literal

from karvon.rules.attendance.role import role_of_words
from karvon.rules.programme.description import Role

RoleReason = Literal["sheet", "column", "position", "staff"]
"""Why a line has its role: the folder gives the sheet one, the sheet has a column of roles, the position says it,
or the programme names the person as its trainer, interpreter or travelling expert."""


def given_role(
    *,
    sheet: Role,
    column: str = "",
    position: str = "",
    trains: bool = False,
    interprets: bool = False,
    travels_as: Role | None = None,
) -> tuple[Role, RoleReason]:
    """The role of a line and its reason.

    A role written on the sheet decides first; then the programme's own word: who trains or interprets at the event;
    then a position that names a role; then who travels as the visit's expert; else the role of the sheet.
    """
    if role := role_of_words(column):
        return role, "column"
    if trains:
        return "trainer", "staff"
    if interprets:
        return "interpreter", "staff"
    if role := role_of_words(position, column="position"):
        return role, "position"
    if travels_as is not None:
        return travels_as, "staff"
    return sheet, "sheet"
