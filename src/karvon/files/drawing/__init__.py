"""Small drawings as SVG text: bars with their bounds, contracts with their overlap, a timeline, a map.

They use attributes and classes only, so that the website can embed them under a strict content policy,
and carry a title and a description for those who cannot see them. Colours are told apart by people
who see colours differently, legible on light and dark ground, and may be overridden by class.
"""

from karvon.files.drawing.bars import Bar, bar_chart
from karvon.files.drawing.contracts import ContractBar, contract_chart
from karvon.files.drawing.region_map import RegionFigure, region_map
from karvon.files.drawing.route_map import MapPlace, route_map
from karvon.files.drawing.timeline import TimelineEvent, TimelineVisit, timeline

__all__ = [
    "Bar",
    "ContractBar",
    "MapPlace",
    "RegionFigure",
    "TimelineEvent",
    "TimelineVisit",
    "bar_chart",
    "contract_chart",
    "region_map",
    "route_map",
    "timeline",
]
