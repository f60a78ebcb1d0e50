"""SVG as text: escaped, rounded, without ``style`` attributes or anything that runs."""

from dataclasses import dataclass, field
from html import escape
from typing import Final

FONT: Final = "Libertinus Serif, Georgia, serif"
"""The font of reports; on a page the drawing takes the page's own."""
_NARROW: Final = frozenset("iljtfrI.,:;'ʻʼ|!()[]1 ")
_WIDE: Final = frozenset("mwMWжшщюыЖШЩЮЫфФ@%—")


def text_width(text: str, size: float) -> float:
    """How wide the text will be at most, roughly: drawings leave room rather than measure fonts."""
    return size * sum(
        0.31 if c in _NARROW else 0.82 if c in _WIDE else 0.66 if c.isupper() else 0.52 for c in text
    )


def wrapped(text: str, *, width: float, size: float, lines: int = 2) -> list[str]:
    """The text in at most so many lines of this width; what does not fit ends in an ellipsis."""
    out: list[str] = [""]
    words = text.split()
    for place, word in enumerate(words):
        tried = f"{out[-1]} {word}".strip()
        if not out[-1] or text_width(tried, size) <= width:
            out[-1] = tried
        elif len(out) < lines:
            out.append(word)
        else:
            out[-1] = " ".join([out[-1], *words[place:]])
            break
    return [shortened(line, width=width, size=size) for line in out]


def shortened(text: str, *, width: float, size: float) -> str:
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1].rstrip()
    return text + "…"


def element(tag: str, content: str = "", **attributes: str | float | None) -> str:
    """One element; ``_`` in an attribute's name stands for ``-``; a trailing one is dropped (``class_``)."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def text(
    words: str,
    x: float,
    y: float,
    *,
    size: float = 12,
    anchor: str = "start",
    class_: str = "kv-label",
    weight: str | None = None,
    quiet: bool = False,
    fill: str = "currentColor",
) -> str:
    return element(
        "text",
        escape(words),
        class_=class_,
        x=x,
        y=y,
        font_size=size,
        text_anchor=None if anchor == "start" else anchor,
        font_weight=weight,
        fill=fill,
        fill_opacity=0.72 if quiet else None,
    )


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return escape(value)
    return f"{value:.1f}".removesuffix(".0")


@dataclass
class Drawing:
    """Parts drawn one over another, then closed as one picture."""

    width: float
    height: float = 0
    parts: list[str] = field(default_factory=list)

    def add(self, *parts: str) -> None:
        self.parts.extend(part for part in parts if part)

    def svg(self, *, name: str, title: str, description: str, standalone: bool) -> str:
        """The picture; ``name`` makes its ids unique on a page. Standalone: with a size and a font of its own."""
        head = element("title", escape(title), id=f"{name}-title") + element(
            "desc", escape(description or title), id=f"{name}-desc"
        )
        return element(
            "svg",
            head + "".join(self.parts),
            xmlns="http://www.w3.org/2000/svg",
            class_="kv-drawing",
            viewBox=f"0 0 {_value(self.width)} {_value(self.height)}",
            role="img",
            aria_labelledby=f"{name}-title {name}-desc",
            width=self.width if standalone else None,
            height=self.height if standalone else None,
            font_family=FONT if standalone else None,
            color="#1b2a36" if standalone else None,
        )
