"""What one request asks of a programme, each thing asked of the database once."""

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from typing import Final

from karvon.queries.programme_description import describe
from karvon.queries.register import attendances_of, counting_events, counting_register, counting_ties
from karvon.queries.results.maintained import Maintained, maintained_figures
from karvon.rules.counting.facts import Facts, Register
from karvon.rules.programme import description as d

NOBODY: Final = Register({})


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
        """The bare description with at least these kinds of things (``events``); ``None`` for no such programme."""
        missing = set(kinds) - self._kinds
        if self._asked and (self._described is None or not missing):
            return self._described
        found = describe(self.programme, only=missing, bare=True)
        if found is not None and self._described is not None:
            found = replace(self._described, **{kind: getattr(found, kind) for kind in missing})
        self._asked, self._described, self._kinds = True, found, self._kinds | missing
        return found

    def indicator(self, key: str) -> d.Indicator | None:
        """The indicator of this key; ``None`` if the programme has none."""
        described = self.described("indicators", "contracts")
        return next((one for one in described.indicators if one.key == key), None) if described else None

    @cached_property
    def register(self) -> Register:
        """Who is who, with the matches and decisions the bounds rest on."""
        return counting_register(self.programme)

    @cached_property
    def facts(self) -> Facts:
        """Everything the reference way of counting needs."""
        seen = attendances_of(self.programme)
        return Facts(seen, counting_events(self.programme, seen=seen), self.register)

    @property
    def named(self) -> dict[str, int]:
        """How many people are named at each event, in whatever role."""
        found: dict[str, set[str]] = {}
        for seen in self.facts.attendances:
            if seen.line in self.register.person_of:
                found.setdefault(seen.event, set()).add(self.register.person_of[seen.line])
        return {event: len(people) for event, people in found.items()}

    @property
    def counts(self) -> bool:
        """Whether everything that counting needs has been asked for already."""
        return "facts" in self.__dict__

    @cached_property
    def ties(self) -> Register:
        """The register without who is who: what matches and decisions say of lines."""
        return self.register if "register" in self.__dict__ else counting_ties(self.programme)

    def facts_of(self, lines: Collection[str]) -> Facts:
        """What is counted of these lines, with nobody known to be anybody; of the whole only where that was asked."""
        if self.counts:
            seen = tuple(one for one in self.facts.attendances if one.line in lines)
            return Facts(seen, self.facts.events, NOBODY)
        return Facts(
            attendances_of(self.programme, lines=list(lines)), counting_events(self.programme), NOBODY
        )

    @cached_property
    def maintained(self) -> Maintained:
        """The figures of every indicator of people, from the tables kept of them."""
        return maintained_figures(self.programme)
