"""One order for what has none, so that two spellings of the same facts are equal."""

from dataclasses import replace
from typing import Any

from karvon.rules.programme.description import ProgrammeDescription


def in_canonical_order(description: ProgrammeDescription) -> ProgrammeDescription:
    """The same facts with shares in the order of the contracts, head-counts by day, parameters by name."""
    order = {contract.key: position for position, contract in enumerate(description.contracts)}

    def with_shares(record: Any) -> Any:
        if not record.shares:
            return record
        shares = sorted(record.shares, key=lambda share: order.get(share.contract, len(order)))
        return replace(record, shares=tuple(shares))

    return replace(
        description,
        visits=tuple(with_shares(visit) for visit in description.visits),
        events=tuple(
            replace(
                with_shares(event), head_counts=tuple(sorted(event.head_counts, key=lambda count: count.day))
            )
            for event in description.events
        ),
        indicators=tuple(
            replace(one, parameters=tuple(sorted(one.parameters))) for one in description.indicators
        ),
    )
