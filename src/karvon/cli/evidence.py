"""Evidence on two lines in words and bits, and where the lines stand."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from karvon.cli.language import say, word
from karvon.rules.identity.levels import rarity
from karvon.rules.identity.line import EvidencePart

if TYPE_CHECKING:
    from karvon.queries.results import ProofLine  # lists are explained without Django


def bits_text(hundredths: int, language: str) -> str:
    """Evidence in bits with its sign, to a tenth, as the language writes it: +3.3, −1.7."""
    from babel.numbers import format_decimal

    from karvon.rules.wording import locale_of

    tenths = format_decimal(round(abs(hundredths) / 100, 1), format="0.0", locale=locale_of(language))
    return f"{'−' if hundredths < 0 else '+'}{tenths}"


def field_words(field: str, language: str) -> str:
    return word("evidence_field", field, language)


def level_words(part: EvidencePart, language: str) -> str:
    """``the same (common)``."""
    found = rarity(part)
    return word("evidence_level", part.level, language) + (
        f" ({word('evidence_rarity', found, language)})" if found else ""
    )


def line_text(name: str, *more: str, language: str) -> str:
    """The name exactly as written, then what else is known of the line."""
    return "  ·  ".join(part for part in (name or say("name_erased", language), *more) if part)


def proof_text(line: "ProofLine", language: str) -> str:
    """Name, organisation and place of a line: ``Karimov A.  ·  NEK  ·  sheets/first.csv!3``."""
    place = "!".join(part for part in (line.path, line.table, str(line.row or "")) if part)
    return line_text(line.name, line.organisation, place, language=language)


def aligned(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    """Three columns: words, numbers to the right, words."""
    known = list(rows)
    first, second = (max((len(row[column]) for row in known), default=0) for column in (0, 1))
    return [f"{one.ljust(first)}  {two.rjust(second)}  {three}".rstrip() for one, two, three in known]
