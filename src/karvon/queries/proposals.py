"""Project proposals that grew out of advice."""

from dataclasses import dataclass
from datetime import date

from karvon.queries.programme import OrganisationRef, money, organisation_ref
from karvon.records import models as records
from karvon.rules.programme.description import Stage
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Money


@dataclass(frozen=True, slots=True)
class ProposalRow:
    key: str
    title: Text
    stage: Stage
    stage_on: date | None
    owner: OrganisationRef | None
    place: str
    sectors: tuple[str, ...]
    cost: Money | None
    funding_sought: Money | None
    summary: Text
    advice: tuple[tuple[str, Text], ...]
    """Recommendations it follows from: key and title."""


def proposals(programme: str) -> tuple[ProposalRow, ...]:
    """All proposals in the order they were written down."""
    rows = (
        records.Proposal.objects.filter(programme__key=programme)
        .select_related("owner")
        .prefetch_related("recommendations")
        .order_by("order", "id")
    )
    return tuple(
        ProposalRow(
            key=row.key,
            title=row.title,
            stage=row.stage,  # type: ignore[arg-type]  # the database allows only these words
            stage_on=row.stage_on,
            owner=organisation_ref(row.owner),
            place=row.place,
            sectors=tuple(row.sectors),
            cost=money(row.cost_amount, row.cost_currency),
            funding_sought=money(row.funding_sought_amount, row.funding_sought_currency),
            summary=row.summary,
            advice=tuple((r.key, r.title) for r in row.recommendations.all()),
        )
        for row in rows
    )
