"""People per contract, drawn so that those counted under both contracts stand one above the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from karvon.files.drawing.bars import WIDTH, Bar, Scale, bar_chart, value, whisker
from karvon.files.drawing.palette import FIRST, GREY, SECOND, SHARED
from karvon.files.drawing.svg import Drawing, element, text, text_width, wrapped
from karvon.files.wording import wording_of
from karvon.rules.reporting.figure import Figure


@dataclass(frozen=True, slots=True)
class ContractBar:
    number: str
    figure: Figure


def contract_chart(
    contracts: Sequence[ContractBar],
    *,
    both: Figure | None = None,
    union: Figure | None = None,
    programme: Figure | None = None,
    title: str,
    description: str = "",
    language: str,
    name: str = "contracts",
    standalone: bool = False,
) -> str:
    """With two contracts and their overlap, two bars that share a hatched stretch, and the union below them;
    otherwise plain bars, for an overlap of many contracts has no true picture on one line."""
    word = wording_of("karvon.files.drawing", language)
    if len(contracts) != 2 or both is None or union is None:
        bars = [Bar(contract.number, contract.figure) for contract in contracts]
        if union is not None:
            bars.append(Bar(word("union"), union, "kv-union", GREY))
        if programme is not None:
            bars.append(Bar(word("programme"), programme, "kv-union", GREY))
        return bar_chart(
            bars, title=title, description=description, language=language, name=name, standalone=standalone
        )
    drawing = Drawing(WIDTH)
    first, second = contracts
    labels = [first.number, second.number, word("both"), word("union")]
    if programme is not None:
        labels.append(word("programme"))
    label_width = min(210.0, max(text_width(label, 12) for label in labels) + 4)
    most = [union.upper, first.figure.upper + second.figure.best - both.best]
    most += [programme.upper] if programme is not None else []
    scale = Scale.of(most, left=label_width + 12, right=WIDTH - 96)
    overlap_starts = first.figure.best - both.best
    rows: list[tuple[str, int, Figure, str, str]] = [
        (first.number, 0, first.figure, "kv-first", FIRST),
        (second.number, overlap_starts, second.figure, "kv-second", SECOND),
        (labels[2], overlap_starts, both, "kv-shared", SHARED),
        (labels[3], 0, union, "kv-union", GREY),
    ]
    if programme is not None:
        rows.append((labels[4], 0, programme, "kv-union", GREY))
    drawing.height = 31.0 * len(rows) + 30
    bottom = drawing.height - 22
    drawing.add(*scale.grid(top=2, bottom=bottom, language=language))
    left, right = scale.at(overlap_starts), scale.at(overlap_starts + both.best)
    if both.best:
        drawing.add(
            element(
                "rect",
                class_="kv-shared-band",
                x=left,
                y=4,
                width=right - left,
                height=31 * 3 - 4,
                fill=SHARED,
                fill_opacity="0.14",
            )
        )
    for place, (label, starts, figure, class_, colour) in enumerate(rows):
        middle = 20 + 31.0 * place
        lines = wrapped(label, width=label_width, size=12)
        for line, words in enumerate(lines):
            y = middle + 4 + (line - (len(lines) - 1) / 2) * 13
            drawing.add(text(words, label_width, y, anchor="end"))
        shift = scale.at(starts) - scale.left
        shifted = Scale(scale.left + shift, scale.right + shift, scale.step, scale.steps)
        drawing.add(
            element(
                "rect",
                class_=class_,
                x=shifted.left,
                y=middle - 8,
                width=max(shifted.at(figure.best) - shifted.left, 0.8),
                height=16,
                fill=colour,
            ),
            *whisker(figure, middle, shifted),
            value(figure, shifted.at(max(figure.upper, figure.best)) + 6, middle, language),
        )
    return drawing.svg(name=name, title=title, description=description, standalone=standalone)
