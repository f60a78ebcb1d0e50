"""A text as a QR code that a telephone reads: drawn black on white, whatever the colours of the page."""

from itertools import groupby
from typing import Final

from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]  # ships no types
from qrcode.main import QRCode  # type: ignore[import-untyped]

from karvon.files.drawing.svg import element

QUIET: Final = 4
"""Empty squares around it, as readers need them."""


def qr_code(text: str, *, label: str) -> str:
    """The code as SVG; its size is left to the page. ``label`` says what it is to whoever cannot see it."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    squares = [[bool(square) for square in row] for row in code.modules]
    side = len(squares) + 2 * QUIET
    runs = []
    for y, row in enumerate(squares):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                runs.append(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z")
            x += length
    return element(
        "svg",
        element("rect", width=side, height=side, fill="#ffffff")
        + element("path", d="".join(runs), fill="#000000"),
        xmlns="http://www.w3.org/2000/svg",
        class_="qr-code",
        viewBox=f"0 0 {side} {side}",
        role="img",
        aria_label=label,
        shape_rendering="crispEdges",
    )
