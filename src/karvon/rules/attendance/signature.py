"""What a transcript says of a signature."""

from karvon import catalog
from karvon.rules.attendance.words import phrases, words


def signed_of(cell: str | None) -> bool | None:
    """Whether a signature column's cell says that the paper is signed.

    ``None`` where there is no such column or the cell is empty: a typist leaves the column of the printed form
    empty, which says nothing of the paper. "No", "-" and the like say that the signature is missing.
    """
    if cell is None or not cell.strip():
        return None
    written = cell.strip().casefold()
    if written in catalog.load("role_words")["signature"]["missing"]:
        return False
    return words(written) not in dict(phrases("signature"))["missing"]
