"""Scans of the signed paper: drawn, not photographed, and marked as invented in the list's own language."""

import random
from datetime import UTC, datetime
from typing import Literal

import typst

from sheet_making.grid import Grid, SignInList

_MARK = {
    "lv": "MĀCĪBU PARAUGS · IZDOMĀTI CILVĒKI", "en": "TRAINING EXAMPLE · INVENTED PEOPLE",
    "ru": "УЧЕБНЫЙ ПРИМЕР · ВЫМЫШЛЕННЫЕ ЛЮДИ", "uz": "OʻQUV NAMUNASI · OʻYLAB TOPILGAN KISHILAR",
    "uz-Cyrl": "ЎҚУВ НАМУНАСИ · ЎЙЛАБ ТОПИЛГАН КИШИЛАР",
}  # fmt: skip
_SIGNATURE = {"lv": "Paraksts", "en": "Signature", "ru": "Подпись", "uz": "Imzo", "uz-Cyrl": "Имзо"}


def scan_of(made: SignInList) -> bytes:
    """The scan as PNG (one page) or PDF (a page per tab), the same bytes every time."""
    pages = "\n#pagebreak()\n".join(_page(made, grid) for _, grid in made.tabs)
    source = f"""
#set page(width: 148mm, height: auto, margin: 9mm, fill: rgb("#f6f3ea"), background: rotate(-34deg,
  text(15pt, fill: rgb("#b3452c").transparentize(72%), weight: "bold")[{_MARK[made.language]}]))
#set document(title: {_string(made.heading)}, date: none)
#set text(size: 7.4pt, fill: rgb("#23262e"), lang: "{made.language[:2]}")
#set table(stroke: 0.4pt + rgb("#55585f"), inset: (x: 3pt, y: 2.2pt))
#let ink = rgb("#1d3a8a")
#let sign(..points) = box(width: 24mm, height: 4.6mm, curve(stroke: 0.7pt + ink, ..points))
{pages}
"""
    if made.scan.endswith(".pdf"):
        return _compiled(source, "pdf")
    return _compiled(source, "png")


def _compiled(source: str, kind: Literal["pdf", "png"]) -> bytes:
    out = typst.compile(
        source.encode(),
        format=kind,
        ppi=80.0,
        ignore_system_fonts=True,
        timestamp=int(datetime(2018, 12, 3, tzinfo=UTC).timestamp()),
    )
    if not isinstance(out, bytes):
        raise TypeError("a scan is one page or one PDF")
    return out


def _page(made: SignInList, grid: Grid) -> str:
    cells = []
    for number, truth in enumerate(grid.truths, start=1):
        cells.append(f"[{number}], [#{_string(truth.name)}], {_scribble(made.file, truth.person)},")
    return f"""
#rotate(0.35deg)[
#text(10pt, weight: "bold")[#{_string(made.heading)}]
#v(1mm)
#table(columns: (8mm, 1fr, 34mm), table.header([№], [], [{_SIGNATURE[made.language]}]),
{chr(10).join(cells)}
)]
"""


def _scribble(file: str, person: str) -> str:
    """A person's signature: the same hand on every list, a little different each time."""
    hand, day = random.Random(person), random.Random(file + person)
    points, x = [f"curve.move((1mm, {hand.uniform(2, 3.4):.2f}mm))"], 1.0
    for _ in range(hand.randint(3, 6)):
        step = hand.uniform(2.2, 4.2)
        ends = [
            (x + step * part, min(4.4, max(0.2, hand.uniform(0.3, 4.3) + day.uniform(-0.35, 0.35))))
            for part in (0.2, 0.9, 1.0)
        ]
        points.append("curve.cubic(" + ", ".join(f"({a:.2f}mm, {b:.2f}mm)" for a, b in ends) + ")")
        x += step
    return f"sign({', '.join(points)})"


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
