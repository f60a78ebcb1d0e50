"""Which of the programme's organisations a cell means, whatever the spelling."""

from collections.abc import Iterable
from functools import cached_property

from karvon.rules.names.organisation import parse_organisation


class OrganisationFinder:
    """Finds an organisation by any spelling of its name.

    Two organisations may share a name and differ by place ("administration of Fergana region"), so a cell
    that names a place finds only one of that place, or one that states none.
    """

    def __init__(self, spellings: Iterable[tuple[str, str]]) -> None:
        """``spellings``: (organisation's key, one way its name is written), in order of preference."""
        self._spellings = tuple(spellings)
        self._found: dict[str, str] = {}

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[str, str]]]:
        by_name: dict[str, list[tuple[str, str]]] = {}
        for organisation, written in self._spellings:
            parsed = parse_organisation(written)
            for name in {parsed.key, parsed.acronym if len(parsed.acronym) > 2 else ""} - {""}:
                by_name.setdefault(name, []).append((organisation, parsed.place))
        return by_name

    def find(self, cell: str) -> str:
        """The key of the one organisation the cell means; '' when there is none or more than one."""
        if not cell.strip():
            return ""
        if cell not in self._found:
            self._found[cell] = self._find(cell)
        return self._found[cell]

    def _find(self, cell: str) -> str:
        parsed = parse_organisation(cell)
        candidates = self._by_name.get(parsed.key, []) if parsed.key else []
        same_place = {organisation for organisation, place in candidates if place == parsed.place}
        placeless = {organisation for organisation, place in candidates if not place or not parsed.place}
        for found in (same_place, placeless):
            if len(found) == 1:
                return found.pop()
        return ""
