"""The results report as one language-independent value; the renderers in ``files/reports`` give it words and form.

It holds no participant's name and no contact data. Cells that would point at few people are already
withheld (see ``suppression``). Dates are dates, amounts are numbers, and every text may speak several
languages. A figure that is ``None`` was not measured, which is not the same as zero.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from karvon.rules.feedback import Mark
from karvon.rules.programme.description import (
    Comparator,
    Direction,
    DocumentKind,
    EventKind,
    Measure,
    Priority,
    ResponseStatus,
    Role,
    Stage,
)
from karvon.rules.programme.text import NO_TEXT, Text
from karvon.rules.programme.values import ALWAYS, Money, Period, Share
from karvon.rules.reporting.figure import Figure
from karvon.rules.reporting.part import WHOLE, Part

Judgement = Literal["supported", "not_supported", "open"]
BreakdownBy = Literal["sector", "event", "sex", "age_band", "region", "organisation", "country", "role"]


@dataclass(frozen=True, slots=True)
class ProgrammeHead:
    key: str
    title: Text
    period: Period
    as_of: date
    """The day the facts were last true; it also dates the file, so that two runs give the same bytes."""
    lead: Text = NO_TEXT
    summary: Text = NO_TEXT
    home_country: str = ""
    """ISO 3166-1 alpha-2, like the partner countries."""
    partner_countries: tuple[str, ...] = ()
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class ContractHead:
    key: str
    number: str
    funder: Text
    title: Text = NO_TEXT
    period: Period = ALWAYS
    budget: Money | None = None
    acknowledgement: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """A place of an itinerary; without coordinates it is named in the text and left off the map."""

    key: str
    name: Text
    country: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class EventHead:
    key: str
    kind: EventKind
    title: Text
    period: Period
    place: Text = NO_TEXT
    facility: Text = NO_TEXT
    sectors: tuple[Text, ...] = ()
    contracts: tuple[str, ...] = ()
    """Keys of the contracts that pay it."""
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VisitHead:
    key: str
    direction: Direction
    title: Text
    period: Period
    places: tuple[PlaceSeen, ...] = ()
    """In the order of the itinerary."""
    purpose: Text = NO_TEXT
    sectors: tuple[Text, ...] = ()
    shares: tuple[Share, ...] = ()
    host: Text = NO_TEXT
    experts: int | None = None
    """How many experts travelled; of an incoming visit, how many delegates came."""
    events: tuple[EventHead, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberCompany:
    """A member of the lead's cluster that sent experts, and the visits they took part in."""

    name: Text
    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A counting rule as the reader is told of it; ``facts`` fill the blanks of ``sentence``."""

    id: str
    version: int
    name: Text
    sentence: Text
    facts: tuple[tuple[str, str | int | Decimal | date], ...] = ()
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class ContractFigure:
    contract: str
    figure: Figure | None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OverlapFigure:
    """People counted under every one of these contracts (two or more)."""

    contracts: tuple[str, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One indicator: a column per contract, their overlaps and union, and the programme's own line."""

    key: str
    title: Text
    measure: Measure
    rule: str = ""
    """Id of a rule in the report's ``rules``, for measures of people."""
    contracts: tuple[ContractFigure, ...] = ()
    overlaps: tuple[OverlapFigure, ...] = ()
    union: Figure | None = None
    """Counted under at least one contract; never the sum."""
    programme: Figure | None = None
    """Everybody once, also those of events that no contract pays."""
    participations: Figure | None = None
    """Person x event, printed beside the unique count under its own name."""
    baseline: Decimal | None = None
    target: Decimal | None = None
    """The programme's own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One bar of a breakdown. ``key`` ``not_stated``, ``several``, ``female``, ``male`` and the roles have words
    of the report's own when ``label`` is empty."""

    key: str
    label: Text
    figure: Figure | None
    """``None``: withheld, because it or a sum with it would point at fewer than five people."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure by sector, event, sex ...; ``exclusive`` cells hold nobody twice and sum to the total."""

    by: BreakdownBy
    cells: tuple[Cell, ...]
    total: Figure | None
    indicator: str = ""
    """Key of the row of results it breaks down."""
    contract: str = ""
    """'' for the whole programme."""
    exclusive: bool = True
    participations: bool = False
    """Its cells count participations, not people."""


@dataclass(frozen=True, slots=True)
class JudgedStatement:
    key: str
    text: Text
    comparator: Comparator
    number: int
    judgement: Judgement
    figure: Figure
    indicator: Text = NO_TEXT
    settled_by: int = 0
    """How few decisions would settle an open statement; 0 when it is not open or nobody can."""
    published_in: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class ActionTaken:
    text: Text
    owner: Text = NO_TEXT
    due: date | None = None
    completed_on: date | None = None
    verified_by: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation, to whom it went and what became of it."""

    key: str
    title: Text
    text: Text = NO_TEXT
    addressee: Text = NO_TEXT
    priority: Priority = "medium"
    observed: tuple[Text, ...] = ()
    """Where what it rests on was observed: facilities or events."""
    given_on: date | None = None
    response_due: date | None = None
    response_status: ResponseStatus | None = None
    response: Text = NO_TEXT
    responded_on: date | None = None
    actions: tuple[ActionTaken, ...] = ()


@dataclass(frozen=True, slots=True)
class AdviceGroup:
    key: str
    title: Text
    advice: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class ProposalHead:
    key: str
    title: Text
    stage: Stage
    stage_on: date | None = None
    summary: Text = NO_TEXT
    owner: Text = NO_TEXT
    place: Text = NO_TEXT
    sectors: tuple[Text, ...] = ()
    cost: Money | None = None
    funding_sought: Money | None = None
    advice: tuple[str, ...] = ()
    """Keys of the recommendations it follows from."""


@dataclass(frozen=True, slots=True)
class ScanOfSheet:
    file: str
    sha256: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    """A sign-in sheet as read; no scan means "transcript only"."""

    file: str
    sha256: str
    lines: int
    """Rows that name a person."""
    table: str = ""
    """The workbook's sheet name, where a file holds several."""
    day: date | None = None
    role: Role = "participant"
    scan: ScanOfSheet | None = None
    withheld: bool = False
    """The file was erased or closed at a person's request; its hash still stands."""


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    file: str
    sha256: str
    kind: DocumentKind
    title: Text = NO_TEXT
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class EventEvidence:
    event: str
    """Key of an event of the visits."""
    sheets: tuple[EvidenceSheet, ...] = ()
    documents: tuple[EvidenceDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """Of those who took the test both before and after an event, at least five: mean scores, out of the highest."""

    both: int
    gained: int
    """Who scored higher after."""
    before: Decimal
    after: Decimal
    gain: Decimal
    out_of: Decimal


@dataclass(frozen=True, slots=True)
class FeedbackResult:
    """Of at least five answers: the mean mark of each question that at least five answered, from 1 to 5."""

    answers: int
    means: tuple[tuple[Mark, Decimal], ...]


@dataclass(frozen=True, slots=True)
class EventLearning:
    """What participants of one event learned and thought of it; ``None``: nobody was asked, or too few to be shown."""

    event: str
    """Its key."""
    title: Text
    period: Period
    tests: ScoreChange | None = None
    feedback: FeedbackResult | None = None


@dataclass(frozen=True, slots=True)
class CountingNotes:
    """What the figures rest on, printed with them."""

    lines: int
    """Lines read from all sheets."""
    certain_unseen: int = 0
    """Certain matches that no person has looked at."""
    doubts_left: int = 0
    decisions: int = 0
    unnamed_heads: int = 0
    """Heads counted by organisers for which no sheet has a name."""
    snapshot: int = 0
    least_cell: int = 5


@dataclass(frozen=True, slots=True)
class ResultsReport:
    programme: ProgrammeHead
    contracts: tuple[ContractHead, ...]
    visits: tuple[VisitHead, ...]
    """In order of time."""
    results: tuple[ResultRow, ...]
    notes: CountingNotes
    headline: str = ""
    """Key of the row of results that the front page shows large."""
    rules: tuple[RuleNote, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    statements: tuple[JudgedStatement, ...] = ()
    learning: tuple[EventLearning, ...] = ()
    """In order of time; only events of which something can be shown."""
    advice: tuple[AdviceGroup, ...] = ()
    proposals: tuple[ProposalHead, ...] = ()
    members: tuple[MemberCompany, ...] = ()
    evidence: tuple[EventEvidence, ...] = ()
    documents: tuple[EvidenceDocument, ...] = ()
    """Papers of the whole programme or of a visit."""
    places: tuple[PlaceSeen, ...] = ()
    """Further places of the map; the first of the home country is where the routes start."""
    part: Part = WHOLE
    """What of the programme it speaks of. Of one contract: ``contracts`` holds that one, each row's ``contracts`` its
    figure, ``overlaps`` what of it is counted under another contract too, and ``programme`` and ``union`` nothing."""
    further_contracts: tuple[ContractHead, ...] = ()
    """Contracts that share what is reported, by number and funder."""
