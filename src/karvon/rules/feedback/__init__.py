"""What participants say of an event: a few marks from 1 to 5 and two questions to answer in words."""

from karvon.rules.feedback.answers import (
    BEST,
    COMMENTS,
    LONGEST_COMMENT,
    MARKS,
    Answer,
    Comment,
    Mark,
    QuestionResult,
    Way,
    results_of,
)

__all__ = [
    "BEST",
    "COMMENTS",
    "LONGEST_COMMENT",
    "MARKS",
    "Answer",
    "Comment",
    "Mark",
    "QuestionResult",
    "Way",
    "results_of",
]
