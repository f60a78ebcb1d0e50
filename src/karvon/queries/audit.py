"""What a funder or auditor reads: one contract's results down to the lines and sheets of the events it pays.

Every function here takes the contract and answers with nothing of the programme beyond it: no other contract's
figure or share, no overlap, no event it does not pay, no spelling of a name from another event's sheet, no doubt,
no document. What cannot be cut down to that is not answered at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q

from karvon.queries import evidence, training
from karvon.queries import results as questions
from karvon.queries.evidence import ReadRow, ServedFile, SheetPage, SheetRow
from karvon.queries.feedback import FeedbackNumbers
from karvon.queries.programme import ContractRow, PaidEvent
from karvon.queries.programme import contract as contract_page
from karvon.queries.programme_description import describe
from karvon.queries.register import attendances_of, counting_events
from karvon.queries.results import IndicatorResult, Page, ProofLine
from karvon.queries.results.figures import PEOPLE, rule_of
from karvon.queries.results.once import NOBODY
from karvon.queries.results.proof import proof_lines
from karvon.queries.training import DayCount, EventRow, RoleCount
from karvon.records import models as records
from karvon.rules.attendance import ScoreSummary
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.scope import see
from karvon.rules.programme import description as d
from karvon.rules.programme.text import Text


@dataclass(frozen=True, slots=True)
class AuditedContract:
    contract: ContractRow
    results: tuple[IndicatorResult, ...]
    events: tuple[PaidEvent, ...]


@dataclass(frozen=True, slots=True)
class AuditedPerson:
    """Somebody counted under the contract, as the lines of its own events name them."""

    name: str
    """'' once erased."""
    lines: tuple[ProofLine, ...]


@dataclass(frozen=True, slots=True)
class AuditedLeftOut:
    line: ProofLine
    reason: str


@dataclass(frozen=True, slots=True)
class AuditedEvent:
    event: EventRow
    """Its shares are the contract's own; of its visit nothing is said."""
    days: tuple[DayCount, ...]
    roles: tuple[RoleCount, ...]
    sheets: tuple[SheetRow, ...]
    scores: ScoreSummary
    scores_out_of: Decimal
    feedback: FeedbackNumbers
    """Without what was said in words."""


@dataclass(frozen=True, slots=True)
class AuditedSheet:
    page: SheetPage
    """Without visit, the reader's doubts, and who the lines were linked to."""
    file: bool
    """Whether the file can be had: it proves events of this contract only."""
    scan: bool


def contract(programme: str, key: str) -> AuditedContract | None:
    """The contract with its results and the events it pays; ``None`` if the programme has none of this key."""
    found = contract_page(programme, key)
    if found is None:
        return None
    return AuditedContract(found.contract, _results(programme, key), found.events)


def result(programme: str, contract: str, indicator: str) -> IndicatorResult | None:
    """One figure as the contract counts it; ``None`` if it counts none of this key."""
    return next((one for one in _results(programme, contract) if one.key == indicator), None)


def counted_people(
    programme: str, contract: str, indicator: str, *, page: int = 1, size: int = 50
) -> tuple[tuple[AuditedPerson, ...], Page]:
    """Who the contract counts, in the order of their names, with the lines at its events that make them count."""
    people, wanted = questions.counted_people(programme, indicator, contract=contract, page=page, size=size)
    paid = _paid(programme, contract)
    kept = [_within(person.lines, paid) for person in people]
    return tuple(
        AuditedPerson(next((line.name for line in lines if line.name), ""), lines) for lines in kept
    ), wanted


def left_out(
    programme: str, contract: str, indicator: str, *, page: int = 1, size: int = 50
) -> tuple[tuple[AuditedLeftOut, ...], Page]:
    """The lines at the contract's events that it does not count, each with the reason."""
    described = _indicator(programme, indicator)
    if described is None or described.measure not in PEOPLE:
        return (), Page(1, size, 0)
    paid = _paid(programme, contract)
    scope = replace(described.scope, contracts=(contract,))
    facts = Facts(attendances_of(programme), counting_events(programme), NOBODY)
    left = [one for one in see(rule_of(described), scope, facts).left_out if one.event in paid]
    once = sorted(
        {(one.event, one.line): one for one in left}.values(),
        key=lambda one: (one.event, one.reason, one.line),
    )
    wanted = Page(number=max(1, page), size=size, total=len(once))
    shown = once[(wanted.number - 1) * size : wanted.number * size]
    proofs = proof_lines({one.line for one in shown}, events=tuple(paid))
    return tuple(
        AuditedLeftOut(proof, one.reason)
        for one in shown
        for proof in _within(proofs.get(one.line, ()), paid)
        if proof.event == one.event
    ), wanted


def event(programme: str, contract: str, key: str) -> AuditedEvent | None:
    """An event the contract pays; ``None`` for any other."""
    if key not in _paid(programme, contract):
        return None
    found = training.event(programme, key)
    if found is None:
        return None
    own = tuple(share for share in found.event.shares if share.contract == contract)
    return AuditedEvent(
        event=replace(found.event, shares=own, visit="", visit_title=Text()),
        days=found.days,
        roles=found.roles,
        sheets=found.sheets,
        scores=found.scores,
        scores_out_of=found.scores_out_of,
        feedback=found.feedback,
    )


def sheet(programme: str, contract: str, key: str, *, page: int = 1) -> AuditedSheet | None:
    """A sheet of an event the contract pays, as it was read; ``None`` for any other, and for one withdrawn."""
    paid = _paid(programme, contract)
    found = evidence.sheet(programme, key, page=page)
    if found is None or found.withdrawn or found.sheet.event not in paid:
        return None
    return AuditedSheet(
        page=replace(
            found, visit="", visit_title=Text(), problems=(), rows=tuple(_unlinked(row) for row in found.rows)
        ),
        file=_only_of(programme, paid, found.sheet.sha256),
        scan=_only_of(programme, paid, found.sheet.scan_sha256),
    )


def line_place(programme: str, contract: str, line: str) -> tuple[str, int] | None:
    """The sheet of a line and its page there, if the contract pays the sheet's event."""
    found = evidence.line_place(programme, line)
    if found is None or not found.sheet:
        return None
    mine = records.Sheet.objects.filter(
        programme__key=programme,
        key=found.sheet,
        event__key__in=_paid(programme, contract),
        withdrawn_at__isnull=True,
    )
    return (found.sheet, found.page) if mine.exists() else None


def served_file(programme: str, contract: str, sha256: str) -> ServedFile | None:
    """A sheet or scan of the contract's events, if nothing else of the programme stands in the same file."""
    if not _only_of(programme, _paid(programme, contract), sha256):
        return None
    return evidence.served_file(programme, sha256)


def _results(programme: str, contract: str) -> tuple[IndicatorResult, ...]:
    """The programme's figures as this contract alone counts them."""
    found = []
    for one in questions.indicator_results(programme):
        own = next((row for row in one.by_contract if row.contract == contract), None)
        if own is None:
            continue
        found.append(
            replace(
                one,
                figure=own.figure,
                scope=replace(one.scope, contracts=(contract,), visits=()),
                by_contract=(),
                overlaps=(),
                union=None,
                participations=None,
                baseline=None,
                targets=tuple(target for target in one.targets if target.contract == contract),
            )
        )
    return tuple(found)


def _paid(programme: str, contract: str) -> frozenset[str]:
    """Keys of the events the contract pays."""
    shares = records.EventShare.objects.filter(
        event__programme__key=programme, contract__programme__key=programme, contract__key=contract
    )
    return frozenset(shares.values_list("event__key", flat=True))


def _within(lines: Iterable[ProofLine], paid: frozenset[str]) -> tuple[ProofLine, ...]:
    """Lines of a sheet at an event the contract pays; entries of the programme's own lists are not its."""
    return tuple(line for line in lines if line.sheet and line.event in paid)


def _unlinked(row: ReadRow) -> ReadRow:
    """The row as written: how the person is called on other sheets is not said."""
    return replace(row, person="", person_name="")


def _only_of(programme: str, paid: frozenset[str], sha256: str) -> bool:
    """Whether the file is a sheet or scan of these events, and of nothing else in the programme.

    What was withdrawn proves nothing, but what stands in its file is still there to be read.
    """
    if not sha256:
        return False
    sheets = records.Sheet.objects.filter(Q(stored=sha256) | Q(scan=sha256), programme__key=programme)
    places = sheets.values_list("event__key", "withdrawn_at")
    events = {event for event, _ in places}
    papers = records.Document.objects.filter(programme__key=programme, stored=sha256)
    others = papers.exclude(event__key__in=paid).exists()
    return any(withdrawn is None for _, withdrawn in places) and events <= paid and not others


def _indicator(programme: str, key: str) -> d.Indicator | None:
    description = describe(programme)
    return next((i for i in description.indicators if i.key == key), None) if description else None
