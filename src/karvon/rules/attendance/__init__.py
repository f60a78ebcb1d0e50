"""What a row of a sheet says of somebody's attendance: as what, how long, with a signature or not."""

from karvon.rules.attendance.combined import AttendedDay, combined
from karvon.rules.attendance.corrected import (
    AttendedSession,
    CorrectedField,
    Correction,
    corrected,
    hours_said,
    in_force,
    makes_sense,
)
from karvon.rules.attendance.given_role import RoleReason, given_role
from karvon.rules.attendance.hours import hours_of
from karvon.rules.attendance.role import role_of_words
from karvon.rules.attendance.signature import signed_of

__all__ = [
    "AttendedDay",
    "AttendedSession",
    "CorrectedField",
    "Correction",
    "RoleReason",
    "combined",
    "corrected",
    "given_role",
    "hours_of",
    "hours_said",
    "in_force",
    "makes_sense",
    "role_of_words",
    "signed_of",
]
