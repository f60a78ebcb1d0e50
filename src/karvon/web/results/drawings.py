"""The charts of figures, drawn into the page; a table beside each says the same in words."""

from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from karvon.files.drawing import (
    Bar,
    ContractBar,
    MapPlace,
    RegionFigure,
    bar_chart,
    contract_chart,
    region_map,
)
from karvon.files.drawing.palette import FIRST, GREY
from karvon.queries.results import IndicatorResult, Parts
from karvon.queries.results.parts import region_place
from karvon.rules.counting.cells import NOT_STATED, SEVERAL
from karvon.web.languages import current
from karvon.web.results.words import BY, part_words

MOST_BARS: Final = 24
"""A chart of more bars is longer than what it says."""


def figure_chart(result: IndicatorResult) -> SafeString | None:
    """A bar per contract with the overlap, the union and the programme's own count."""
    if not result.by_contract:
        return None
    return _inline(
        contract_chart(
            [ContractBar(row.number, row.figure) for row in result.by_contract],
            both=result.overlaps[0].figure if len(result.overlaps) == 1 else None,
            union=result.union,
            programme=result.figure,
            title=_("By contract"),
            description=_("Each contract counts its own people once; the dark line spans the bounds."),
            language=current(),
        )
    )


def parts_chart(parts: Parts) -> SafeString | None:
    """A bar per part with its bounds and target; by contract with the overlap."""
    if not parts.parts:
        return None
    if parts.by == "contract" and len(parts.parts) == 2 and parts.union and len(parts.overlaps) == 1:
        return _inline(
            contract_chart(
                [ContractBar(part_words(parts.by, part), part.figure) for part in parts.parts],
                both=parts.overlaps[0].figure,
                union=parts.union,
                programme=parts.total,
                title=_("By contract"),
                description=_("Each contract counts its own people once; the dark line spans the bounds."),
                language=current(),
            )
        )
    shown = [part for part in parts.parts if part.figure.upper]
    kept = sorted(sorted(shown, key=lambda part: -part.figure.best)[:MOST_BARS], key=shown.index)
    if not kept:
        return None
    return _inline(
        bar_chart(
            [
                Bar(
                    part_words(parts.by, part),
                    part.figure,
                    "kv-union" if part.value in (NOT_STATED, SEVERAL) else "kv-first",
                    GREY if part.value in (NOT_STATED, SEVERAL) else FIRST,
                    target=float(part.reach.target) if part.reach else None,
                )
                for part in kept
            ],
            title=str(BY[parts.by]),
            description=_(
                "A bar for every part; the dark line spans the bounds, a dashed line marks a target."
            ),
            language=current(),
        )
    )


def parts_map(parts: Parts) -> SafeString | None:
    """A disc in every region; nothing where no region is known."""
    if parts.by != "region":
        return None
    places = [(part, region_place(part.value)) for part in parts.parts if part.value]
    discs = [
        RegionFigure(
            MapPlace(
                part_words("region", part), place.country, float(place.longitude), float(place.latitude)
            ),
            part.figure,
        )
        for part, place in places
        if place and part.figure.best
    ]
    if not discs:
        return None
    return _inline(region_map(discs, title=_("Where they come from"), language=current()))


def _inline(svg: str) -> SafeString:
    """A drawing escapes what it is given, and carries no script and no style."""
    return mark_safe(svg)  # noqa: S308
