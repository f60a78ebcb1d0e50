"""How the results report speaks one language: texts, figures with their bounds, money, lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from karvon.files.reports.document import Run, Words, printable, runs_of
from karvon.files.wording import Wording, wording_of
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Money, Period
from karvon.rules.reporting.dates import day_text, period_text
from karvon.rules.reporting.figure import Figure
from karvon.rules.wording import locale_of, number_text

DASH = "–"


@dataclass(frozen=True)
class Voice:
    """One language of the report. Texts it lacks are said in another one, and marked as such."""

    language: str
    word: Wording

    @classmethod
    def of(cls, language: str) -> "Voice":
        return cls(language, wording_of(__package__, language))

    def __call__(self, key: str, **facts: Any) -> str:
        return self.word(key, **facts)

    def text(self, text: Text, *, look: Any = "plain") -> Run:
        """What was written, with its own language where that is not the report's."""
        own = any(language == self.language for language, _ in text.said)
        return Run(self.say(text), look, "" if own else text.language_said(self.language))

    def say(self, text: Text) -> str:
        return printable(text.say(self.language))

    def day(self, day: date | None, *, short: bool = False) -> str:
        return day_text(day, self.language, short=short) if day else ""

    def period(self, period: Period, *, short: bool = False) -> str:
        return period_text(period, self.language, short=short)

    def number(self, number: int | Decimal) -> str:
        return number_text(number, self.language)

    def tenths(self, number: Decimal) -> str:
        """With one place after the decimal sign, so that numbers below each other compare."""
        return str(format_decimal(number, format="#,##0.0", locale=locale_of(self.language)))

    def money(self, money: Money | None) -> str:
        """The amount with its currency code, cents only where there are any."""
        if money is None:
            return DASH
        amount = money.amount.quantize(Decimal("0.01"))
        pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
        written = format_decimal(amount, format=pattern, locale=locale_of(self.language))
        code = money.currency
        return f"{code}\u00a0{written}" if self.language == "en" else f"{written}\u00a0{code}"

    def list(self, parts: Iterable[str]) -> str:
        return self("list_comma").join(part for part in parts if part)

    def country(self, code: str) -> str:
        return str(locale_of(self.language).territories.get(code, code))

    def bounds(self, figure: Figure) -> str:
        """``151–158``, with an asterisk for a safe outer bound; '' when the figure is settled."""
        if figure.settled:
            return ""
        mark = "*" if figure.outer else ""
        return f"{self.number(figure.lower)}–{self.number(figure.upper)}{mark}"

    def figure(self, figure: Figure | None, *further: str) -> Words:
        """The likeliest number, and below it, smaller, its bounds and further remarks; a dash for no figure."""
        if figure is None:
            number = Run(DASH)
            remarks = list(further)
        else:
            number = Run(self.number(figure.best), "strong")
            remarks = [self.bounds(figure), *further]
        return (number, *(Run(remark, "muted", breaks=True) for remark in remarks if remark))


def joined(parts: Iterable[Words], separator: str) -> tuple[Run, ...]:
    """Several words as one, the separator between those that say something."""
    runs: list[Run] = []
    for part in parts:
        spoken = runs_of(part)
        if spoken and runs:
            runs.append(Run(separator))
        runs.extend(spoken)
    return tuple(runs)
