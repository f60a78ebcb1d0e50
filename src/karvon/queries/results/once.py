"""What one request asks of a programme, each thing asked of the database once."""

from dataclasses import replace
from functools import cached_property

from karvon.queries.programme_description import describe
from karvon.queries.register import counting_facts
from karvon.rules.counting.facts import Facts
from karvon.rules.programme import description as d


class Once:
    """A programme as it stands at the first question; it never looks again, so it serves one request.

    Questions about results take one where several are asked together, and make their own otherwise.
    """

    def __init__(self, programme: str) -> None:
        self.programme = programme
        self._described: d.ProgrammeDescription | None = None
        self._kinds: set[str] = set()
        self._asked = False

    def described(self, *kinds: str) -> d.ProgrammeDescription | None:
        """The description with at least these kinds of things (``events``); ``None`` for no such programme."""
        missing = set(kinds) - self._kinds
        if self._asked and (self._described is None or not missing):
            return self._described
        found = describe(self.programme, only=missing)
        if found is not None and self._described is not None:
            found = replace(self._described, **{kind: getattr(found, kind) for kind in missing})
        self._asked, self._described, self._kinds = True, found, self._kinds | missing
        return found

    def indicator(self, key: str) -> d.Indicator | None:
        """The indicator of this key; ``None`` if the programme has none."""
        described = self.described("indicators", "contracts")
        return next((one for one in described.indicators if one.key == key), None) if described else None

    @cached_property
    def facts(self) -> Facts:
        """Everything the reference way of counting needs."""
        return counting_facts(self.programme)
