"""What a row of a sheet says of somebody's attendance: as what, how long, with a signature or not."""

from karvon.rules.attendance.combined import AttendedDay, combined
from karvon.rules.attendance.corrected import (
    AttendanceField,
    AttendedSession,
    CorrectedField,
    Correction,
    corrected,
    hours_said,
    in_force,
    makes_sense,
)
from karvon.rules.attendance.given_role import RoleReason, given_role
from karvon.rules.attendance.hours import hours_of, hours_of_line, hours_of_person
from karvon.rules.attendance.role import role_of_words
from karvon.rules.attendance.scores import (
    NO_SCORE,
    OUT_OF,
    LineScores,
    ScoreField,
    Scores,
    ScoreSummary,
    score_kept,
    score_read,
    score_said,
    scores_of,
    summary,
)
from karvon.rules.attendance.signature import signed_of

__all__ = [
    "NO_SCORE",
    "OUT_OF",
    "AttendanceField",
    "AttendedDay",
    "AttendedSession",
    "CorrectedField",
    "Correction",
    "LineScores",
    "RoleReason",
    "ScoreField",
    "ScoreSummary",
    "Scores",
    "combined",
    "corrected",
    "given_role",
    "hours_of",
    "hours_of_line",
    "hours_of_person",
    "hours_said",
    "in_force",
    "makes_sense",
    "role_of_words",
    "score_kept",
    "score_read",
    "score_said",
    "scores_of",
    "signed_of",
    "summary",
]
