"""Whether a count supports a sentence with a number."""

from typing import Literal, assert_never

from karvon.rules.counting.rule import Count
from karvon.rules.programme.description import Comparator

Verdict = Literal["supported", "not_supported", "open"]


def judge(count: Count, comparator: Comparator, number: int) -> Verdict:
    """*supported* when the sentence holds wherever the true number lies between the bounds, *not_supported* when
    it holds nowhere between them, else *open*.

    "More than 150" is supported when lower > 150 and not supported when upper <= 150. Sheets that are missing
    refute nothing: say that the evidence held shows at most ``upper``.
    """
    return judge_bounds(count.lower, count.upper, comparator, number)


def judge_bounds(lower: int, upper: int, comparator: Comparator, number: int) -> Verdict:
    """The verdict of ``judge`` were these the bounds."""
    match comparator:
        case "more_than":
            return _between(lower > number, upper > number)
        case "at_least":
            return _between(lower >= number, upper >= number)
        case "fewer_than":
            return _between(upper < number, lower < number)
        case "at_most":
            return _between(upper <= number, lower <= number)
        case "exactly":
            return _between(lower == upper == number, lower <= number <= upper)
        case _:
            assert_never(comparator)


def _between(everywhere: bool, somewhere: bool) -> Verdict:
    if everywhere:
        return "supported"
    return "open" if somewhere else "not_supported"
