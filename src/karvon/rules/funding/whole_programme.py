"""The shares of a whole programme, and whether its contracts were running when they paid."""

from collections.abc import Iterator

from karvon.rules.funding.shares import effective_shares, share_problems
from karvon.rules.problems import Place, Problem
from karvon.rules.programme.description import Contract, Event, ProgrammeDescription, Visit
from karvon.rules.programme.values import Period, Share


def funding_problems(described: ProgrammeDescription) -> tuple[Problem, ...]:
    """Every problem with shares, in the order of the visits and then the events.

    Shares that are wrong are errors. An event outside the period of a contract that pays it is a warning: the
    funder may have agreed to it, but will ask.
    """
    return tuple(_problems(described))


def _problems(described: ProgrammeDescription) -> Iterator[Problem]:
    contracts = {contract.key: contract for contract in described.contracts}
    visits = {visit.key: visit for visit in described.visits}
    for visit in described.visits:
        yield from share_problems(visit.shares, where=_place("visit", visit), contracts=contracts)
    for event in described.events:
        where = _place("event", event)
        if event.shares is not None:
            yield from share_problems(event.shares, where=where, contracts=contracts)
        if event.visit in visits:
            for share in effective_shares(event, visits[event.visit]):
                yield from _outside(share, event.period, contracts, where)


def _place(kind: str, thing: Visit | Event) -> Place:
    return Place(key=f"{kind}[{thing.key}].shares")


def _outside(share: Share, period: Period, contracts: dict[str, Contract], where: Place) -> Iterator[Problem]:
    contract = contracts.get(share.contract)
    if contract is None:
        return
    for day in dict.fromkeys((period.starts, period.ends)):
        if day is not None and not contract.period.holds(day):
            facts = {"contract": contract.number, "day": day.isoformat()}
            yield Problem("funding.outside_contract_period", where, facts, severity="warning")
            return
