"""What a row of a sheet says of somebody's attendance: as what, how long, with a signature or not."""

from karvon.rules.attendance.combined import AttendedDay, combined
from karvon.rules.attendance.given_role import RoleReason, given_role
from karvon.rules.attendance.hours import hours_of
from karvon.rules.attendance.role import role_of_words
from karvon.rules.attendance.signature import signed_of

__all__ = ["AttendedDay", "RoleReason", "combined", "given_role", "hours_of", "role_of_words", "signed_of"]
