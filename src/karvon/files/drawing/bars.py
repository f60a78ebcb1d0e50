"""Bars of numbers, each with a whisker from the least to the most it can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from karvon.files.drawing.palette import FIRST
from karvon.files.drawing.svg import Drawing, element, text, text_width, wrapped
from karvon.files.wording import wording_of
from karvon.rules.reporting.figure import Figure
from karvon.rules.wording import number_text

WIDTH = 640.0
_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Bar:
    """``figure`` is ``None`` where it is withheld; ``colour_class`` and ``colour`` set it off from the others.
    ``target``: where it has one, a line across the bar."""

    label: str
    figure: Figure | None
    colour_class: str = "kv-first"
    colour: str = FIRST
    target: float | None = None


def bar_chart(
    bars: Sequence[Bar],
    *,
    title: str,
    description: str = "",
    language: str,
    name: str = "bars",
    standalone: bool = False,
) -> str:
    """A bar per figure, longest label wrapped to two lines, bounds as whiskers, zero at the left."""
    drawing = Drawing(WIDTH)
    label_width = min(250.0, max((text_width(bar.label, _SIZE) for bar in bars), default=0.0) + 4)
    scale = Scale.of(
        [
            *(bar.figure.upper for bar in bars if bar.figure),
            *(ceil(bar.target) for bar in bars if bar.target is not None),
        ],
        left=label_width + 12,
        right=WIDTH - 92,
    )
    tops: list[float] = []
    y = 6.0
    for bar in bars:
        lines = wrapped(bar.label, width=label_width, size=_SIZE)
        height = 14.0 * len(lines) + 10
        tops.append(y)
        for line, words in enumerate(lines):
            middle = y + height / 2 + 4 + (line - (len(lines) - 1) / 2) * 14
            drawing.add(text(words, label_width, middle, size=_SIZE, anchor="end"))
        y += height
    bottom = y + 2
    drawing.parts[:0] = scale.grid(top=2, bottom=bottom, language=language)
    for bar, (top, below) in zip(bars, pairwise([*tops, y]), strict=True):
        drawing.add(*_bar(bar, (top + below) / 2, scale, language))
        if bar.target is not None:
            drawing.add(_target(scale.at(bar.target), (top + below) / 2))
    drawing.height = bottom + 20
    return drawing.svg(name=name, title=title, description=description, standalone=standalone)


def _bar(bar: Bar, middle: float, scale: "Scale", language: str) -> list[str]:
    if bar.figure is None:
        withheld = wording_of("karvon.files.drawing", language)("withheld")
        return [text(withheld, scale.left + 5, middle + 4, size=11, quiet=True, class_="kv-withheld")]
    figure = bar.figure
    end = scale.at(figure.best)
    parts = [
        element(
            "rect",
            element("title", f"{number_text(figure.best, language)}"),
            class_=bar.colour_class,
            x=scale.left,
            y=middle - 7,
            width=max(end - scale.left, 0.8),
            height=14,
            fill=bar.colour,
        )
    ]
    parts += whisker(figure, middle, scale)
    parts.append(value(figure, scale.at(max(figure.upper, figure.best)) + 6, middle, language))
    return parts


def _target(x: float, middle: float) -> str:
    path = f"M{x:.1f} {middle - 11:.1f}v22"
    return element(
        "path",
        class_="kv-target",
        d=path,
        fill="none",
        stroke="#1b2a36",
        stroke_width=2,
        stroke_dasharray="4 2.5",
    )


def whisker(figure: Figure, middle: float, scale: "Scale") -> list[str]:
    """From the least to the most, with caps, light under dark so that it shows on the bar and beside it."""
    if figure.settled:
        return []
    low, high = scale.at(figure.lower), scale.at(figure.upper)
    path = f"M{low:.1f} {middle - 4:.1f}v8M{high:.1f} {middle - 4:.1f}v8M{low:.1f} {middle:.1f}H{high:.1f}"
    under = element("path", class_="kv-halo", d=path, fill="none", stroke="#ffffff", stroke_width=3.4)
    return [
        under,
        element("path", class_="kv-whisker", d=path, fill="none", stroke="#1b2a36", stroke_width=1.3),
    ]


def value(figure: Figure, x: float, middle: float, language: str) -> str:
    """The number, and its bounds in brackets where they differ."""
    best = element("tspan", number_text(figure.best, language), font_weight="bold")
    bounds = ""
    if not figure.settled:
        mark = "*" if figure.outer else ""
        low, high = number_text(figure.lower, language), number_text(figure.upper, language)
        bounds = element("tspan", f" {low}–{high}{mark}", font_size=10.5, fill_opacity=0.72)
    return element(
        "text", best + bounds, class_="kv-value", x=x, y=middle + 4, font_size=_SIZE, fill="currentColor"
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers to positions: round steps from zero."""

    left: float
    right: float
    step: int
    steps: int

    @classmethod
    def of(cls, numbers: Sequence[int], *, left: float, right: float) -> "Scale":
        most = max([*numbers, 1])
        power = 1
        while True:
            for factor in (1, 2, 5):
                step = power * factor
                if most <= step * 5:
                    return cls(left, right, step, -(-most // step))
            power *= 10

    def at(self, number: float) -> float:
        return self.left + (self.right - self.left) * number / (self.step * self.steps)

    def grid(self, *, top: float, bottom: float, language: str) -> list[str]:
        parts: list[str] = []
        for place in range(self.steps + 1):
            x = self.at(place * self.step)
            parts.append(
                element(
                    "line",
                    class_="kv-grid",
                    x1=x,
                    x2=x,
                    y1=top,
                    y2=bottom,
                    stroke="currentColor",
                    stroke_opacity="0.18" if place else "0.6",
                    stroke_width=1,
                )
            )
            number = number_text(place * self.step, language)
            parts.append(
                text(number, x, bottom + 14, size=10.5, anchor="middle", quiet=True, class_="kv-tick")
            )
        return parts
