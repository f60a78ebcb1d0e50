"""What was typed down a list of scores, read field by field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from karvon.actions.scoring import ScoreEntry
from karvon.queries.scores import PersonScores
from karvon.rules.attendance import ScoreField, score_kept, score_said

LONGEST: Final = 20
_NAME: Final = re.compile(r"(score_before|score_after)-([0-9A-Za-z_-]{1,40})")


@dataclass(frozen=True, slots=True)
class TypedScore:
    """A field of the list: what was typed over what was shown. ``entry`` is ``None`` where that is no score."""

    name: str
    text: str
    entry: ScoreEntry | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A field as it is shown; ``was`` is the score it was shown over, ``wrong`` what is wrong with its text."""

    name: str
    column: ScoreField
    text: str
    was: str
    wrong: str = ""


def field_name(field: ScoreField, line: str) -> str:
    return f"{field}-{line}"


def typed_scores(post: Mapping[str, str], *, out_of: Decimal) -> tuple[TypedScore, ...]:
    """Every score of a form, in the order it came."""
    found = []
    for name, value in post.items():
        spot = _NAME.fullmatch(name)
        if spot is None:
            continue
        text = value.strip()[:LONGEST]
        score = score_said(text, out_of=out_of) if text else None
        entry = None
        if not text or score is not None:
            shown = score_kept(post.get(f"was-{name}", ""))
            entry = ScoreEntry(spot[2], cast(ScoreField, spot[1]), score, shown)
        found.append(TypedScore(name, text, entry))
    return tuple(found)


def kept_cells(person: PersonScores, columns: tuple[ScoreField, ...]) -> Iterator[Cell]:
    """The fields of a person as they stand: each at the line that holds the score, else at their first."""
    scores = person.scores
    for field in columns:
        score, line = (
            (scores.before, scores.before_line)
            if field == "score_before"
            else (scores.after, scores.after_line)
        )
        text = score_text(score)
        yield Cell(field_name(field, line or person.line), field, text, text)


def score_text(score: Decimal | None) -> str:
    return "" if score is None else f"{score:f}"
