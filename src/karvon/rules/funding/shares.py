"""Contract shares: each more than nothing, together at most 100 per cent."""

from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal

from karvon.rules.problems import Place, Problem
from karvon.rules.programme.description import Event, Visit
from karvon.rules.programme.values import Share

WHOLE = Decimal(100)


def effective_shares(event: Event, visit: Visit) -> tuple[Share, ...]:
    """The shares that pay an event: its own, or its visit's where it names none.

    An event with an empty list of its own is paid by no contract.
    """
    return visit.shares if event.shares is None else event.shares


def paying_contracts(event: Event, visit: Visit) -> tuple[str, ...]:
    """The contracts that pay an event, in the order written; each counts it with its full hours and people."""
    return tuple(dict.fromkeys(share.contract for share in effective_shares(event, visit)))


def unfunded_percent(shares: Iterable[Share]) -> Decimal:
    """What no contract pays, in per cent; 0 where the shares are more than they may be."""
    return max(Decimal(0), WHOLE - sum((share.percent for share in shares), Decimal(0)))


def share_problems(
    shares: Iterable[Share], *, where: Place, contracts: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """What is wrong with the shares of one visit or event; nothing where all is well.

    With ``contracts`` every share must name one of them.
    """
    shares = tuple(shares)
    problems = []
    for contract, times in Counter(share.contract for share in shares).items():
        if contracts is not None and contract not in contracts:
            problems.append(Problem("funding.contract_unknown", where, {"contract": contract}))
        if times > 1:
            problems.append(Problem("funding.contract_repeated", where, {"contract": contract, "n": times}))
    for share in shares:
        if not share.percent.is_finite() or not 0 < share.percent <= WHOLE:
            facts = {"contract": share.contract, "percent": f"{share.percent:f}"}
            problems.append(Problem("funding.share_out_of_range", where, facts))
    total = sum((share.percent for share in shares if share.percent.is_finite()), Decimal(0))
    if total > WHOLE:
        problems.append(
            Problem("funding.shares_over_100", where, {"total": f"{total:f}", "over": f"{total - WHOLE:f}"})
        )
    return tuple(problems)
