"""Visits along the months, and below them each visit's days with its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from karvon.files.drawing.palette import CLASSES
from karvon.files.drawing.svg import Drawing, element, text, wrapped
from karvon.files.wording import Wording, wording_of
from karvon.rules.programme.description import Direction, EventKind
from karvon.rules.programme.values import Period
from karvon.rules.reporting.dates import day_of_a_month_text, month_name, period_text

WIDTH = 640.0
_LABEL = 210.0
_KINDS: tuple[EventKind, ...] = ("training", "partner_meeting", "site_visit", "presentation")
_MOST_DAYS = 12
"""More days than these are drawn to scale without a label for each."""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    label: str
    kind: EventKind
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class TimelineVisit:
    label: str
    direction: Direction
    starts: date
    ends: date
    events: tuple[TimelineEvent, ...] = ()


def timeline(
    visits: Sequence[TimelineVisit],
    *,
    title: str,
    description: str = "",
    language: str,
    name: str = "timeline",
    standalone: bool = False,
) -> str:
    """An axis of months with the visits on it, numbered in order of time, and a strip of days per visit."""
    word = wording_of("karvon.files.drawing", language)
    drawing = Drawing(WIDTH)
    ordered = sorted(visits, key=lambda visit: (visit.starts, visit.ends, visit.label))
    if ordered:
        _axis(drawing, ordered, language)
    y = 66.0
    for number, visit in enumerate(ordered, start=1):
        y += _strip(drawing, visit, number, y, language)
    drawing.height = _legend(drawing, ordered, y + 12, word)
    return drawing.svg(name=name, title=title, description=description, standalone=standalone)


def _axis(drawing: Drawing, visits: list[TimelineVisit], language: str) -> None:
    first = min(visit.starts for visit in visits).replace(day=1)
    last = _next_month(max(visit.ends for visit in visits))
    days = (last - first).days
    left, right = 8.0, WIDTH - 8

    def at(day: date) -> float:
        return left + (right - left) * (day - first).days / days

    months: list[date] = []
    month = first
    while month < last:
        months.append(month)
        month = _next_month(month)
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120) if len(months) / n <= 16)
    for place, month in enumerate(months):
        x, wide = at(month), at(_next_month(month)) - at(month)
        year_starts = month.month == 1 or place == 0
        drawing.add(_line(x, 26, x, 58, strength=0.55 if year_starts else 0.2))
        if place % every == 0:
            name = month_name(month, language)
            anchor = "middle" if every == 1 else "start"
            drawing.add(
                text(name, x + (wide / 2 if every == 1 else 3), 22, size=11, anchor=anchor, quiet=True)
            )
        if year_starts and (every < 12 or place % every == 0):
            drawing.add(text(str(month.year), x + 2, 9, size=11, weight="bold"))
    drawing.add(_line(left, 42, right, 42, strength=0.55))
    before = -100.0
    for number, visit in enumerate(visits, start=1):
        start, end = at(visit.starts), at(visit.ends + timedelta(days=1))
        class_ = f"kv-{visit.direction}"
        shape = element(
            "rect",
            element("title", escape(f"{number}. {visit.label}, {period_text(_span(visit), language)}")),
            class_=class_,
            x=start,
            y=35,
            width=max(end - start, 5),
            height=14,
            rx=3,
            fill=CLASSES[class_],
        )
        middle = (start + max(end, start + 5)) / 2
        middle = max(middle, before + 13)
        before = middle
        drawing.add(shape, text(str(number), middle, 62, size=11, anchor="middle", weight="bold"))


def _strip(drawing: Drawing, visit: TimelineVisit, number: int, top: float, language: str) -> float:
    """One visit's row; answers its height."""
    lines = wrapped(visit.label, width=_LABEL - 30, size=12, lines=3)
    height = max(56.0, 15.0 * len(lines) + 34)
    class_ = f"kv-{visit.direction}"
    middle = top + 22
    drawing.add(
        _line(0, top + 2, WIDTH, top + 2, strength=0.18),
        element("circle", class_=class_, cx=11, cy=middle, r=9, fill=CLASSES[class_]),
        text(str(number), 11, middle + 4, size=11, anchor="middle", weight="bold", fill="#ffffff"),
    )
    for place, words in enumerate(lines):
        drawing.add(text(words, 28, top + 20 + place * 15, weight="bold"))
    drawing.add(
        text(period_text(_span(visit), language), 28, top + 20 + len(lines) * 15, size=11, quiet=True)
    )
    days = (visit.ends - visit.starts).days + 1
    wide = min(84.0, (WIDTH - _LABEL - 12) / days)
    start = _LABEL + 12
    labelled = {0, days - 1} if days > _MOST_DAYS else set(range(days))
    for day in range(days):
        x = start + day * wide
        on = visit.starts + timedelta(days=day)
        if day in labelled:
            anchor, shift = ("middle", wide / 2) if days <= _MOST_DAYS else ("end" if day else "start", 0)
            shown = day_of_a_month_text(on, language) if wide >= 44 or days > _MOST_DAYS else str(on.day)
            drawing.add(text(shown, x + shift, top + 18, size=10.5, anchor=anchor, quiet=True))
        drawing.add(
            element(
                "rect",
                class_="kv-day",
                x=x + 1,
                y=top + 24,
                width=max(wide - 2, 1),
                height=24,
                rx=2,
                fill="currentColor",
                fill_opacity="0.06",
            )
        )
        drawing.add(*_marks(visit, on, x, wide, top + 36, language))
    return height


def _marks(visit: TimelineVisit, on: date, x: float, wide: float, middle: float, language: str) -> list[str]:
    """The day's events side by side; those that do not fit are counted."""
    events = [event for event in visit.events if event.starts <= on <= event.ends]
    room = max(1, int((wide - 4) // 15))
    shown = events if len(events) <= room else events[: max(room - 1, 1)]
    left = x + wide / 2 - 7.5 * (len(shown) - 1 + (len(shown) < len(events) and room > 1))
    parts = [glyph(event.kind, left + 15 * place, middle, event.label) for place, event in enumerate(shown)]
    hidden = len(events) - len(shown)
    if hidden and room > 1:
        more = wording_of("karvon.files.drawing", language)("more", n=hidden)
        parts.append(text(more, left + 15 * len(shown) - 6, middle + 4, size=10.5, weight="bold"))
    return parts


def glyph(kind: EventKind, x: float, y: float, label: str = "") -> str:
    """An event's mark: told apart by shape as well as by colour."""
    class_ = f"kv-{kind.replace('_', '-')}"
    outline = {
        "training": f"M{x - 5.5:.1f} {y:.1f}a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z",
        "partner_meeting": f"M{x:.1f} {y - 6.5:.1f}l6.5 6.5l-6.5 6.5l-6.5 -6.5z",
        "site_visit": f"M{x:.1f} {y - 6:.1f}l6.5 11.5h-13z",
        "presentation": f"M{x - 5:.1f} {y - 5:.1f}h10v10h-10z",
    }[kind]
    name = element("title", escape(label)) if label else ""
    return element("path", name, class_=class_, d=outline, fill=CLASSES[class_])


def _legend(drawing: Drawing, visits: list[TimelineVisit], top: float, word: Wording) -> float:
    """Only what is drawn is explained; answers the drawing's height."""
    x, y = 8.0, top + 10
    entries: list[tuple[str, str]] = []
    for direction in ("incoming", "outgoing"):
        if any(visit.direction == direction for visit in visits):
            class_ = f"kv-{direction}"
            shape = element("rect", class_=class_, width=14, height=10, rx=2, fill=CLASSES[class_])
            entries.append((shape, word(f"directions.{direction}")))
    for kind in _KINDS:
        if any(event.kind == kind for visit in visits for event in visit.events):
            entries.append((glyph(kind, 7, 5), word(f"kinds.{kind}")))
    for shape, words in entries:
        width = 22 + len(words) * 6.0 + 16
        if x + width > WIDTH and x > 8:
            x, y = 8.0, y + 18
        drawing.add(element("g", shape, transform=f"translate({x:.1f} {y - 9:.1f})"))
        drawing.add(text(words, x + 19, y, size=11, quiet=True))
        x += width
    return y + 8


def _line(x1: float, y1: float, x2: float, y2: float, *, strength: float) -> str:
    return element(
        "line",
        class_="kv-grid",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke="currentColor",
        stroke_opacity=f"{strength}",
        stroke_width=1,
    )


def _span(visit: TimelineVisit) -> Period:
    return Period(visit.starts, visit.ends)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
