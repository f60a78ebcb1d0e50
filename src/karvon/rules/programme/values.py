"""Values of the field that are more than a number: a period, money, a share of a contract."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends included; an end that is ``None`` is open."""

    starts: date | None = None
    ends: date | None = None

    def holds(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


ALWAYS: Final = Period()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its ISO 4217 currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Share:
    """How much of something one contract pays, in per cent (0 < percent <= 100)."""

    contract: str
    percent: Decimal
