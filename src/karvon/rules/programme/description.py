"""A whole programme as one value: what a folder holds, what an import writes and an export reads back.

Every thing has a ``key``: a short name, unique among its kind in the programme, by which the others
refer to it. Fields are named by the field's words; the folder uses the same names.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from karvon.rules.programme.text import NO_TEXT, Text
from karvon.rules.programme.values import ALWAYS, Money, Period, Share

Direction = Literal["incoming", "outgoing"]
EventKind = Literal["training", "partner_meeting", "site_visit", "presentation"]
Role = Literal["participant", "trainer", "expert", "interpreter", "organiser", "guest"]
Stage = Literal["idea", "concept", "feasibility", "submitted", "funded", "rejected", "implemented"]
Priority = Literal["high", "medium", "low"]
ResponseStatus = Literal["accepted", "partly_accepted", "rejected"]
OrganisationKind = Literal[
    "ministry", "municipality", "public_body", "company", "university", "school", "research", "association",
    "cluster", "ngo", "donor", "other",
]  # fmt: skip
DocumentKind = Literal[
    "agenda", "invitation", "minutes", "trip_report", "materials", "photo", "scan", "evaluation", "certificates",
    "contract", "other",
]  # fmt: skip
FacilityKind = Literal["industrial", "social", "utility", "agricultural", "other"]
Measure = Literal[
    "people", "participations", "person_days", "visits", "events", "recommendations", "recommendation_groups",
    "proposals", "contracts",
]  # fmt: skip
Comparator = Literal["more_than", "at_least", "exactly", "at_most", "fewer_than"]


@dataclass(frozen=True, slots=True)
class Programme:
    key: str
    title: Text
    languages: tuple[str, ...]
    """The first is the language of plain texts of the folder."""
    period: Period = ALWAYS
    summary: Text = NO_TEXT
    lead: str = ""
    """The organisation that runs it."""
    home_country: str = ""
    """ISO 3166-1 alpha-2 of the country that sends experts; visits to it are incoming."""
    partner_countries: tuple[str, ...] = ()
    as_of: date | None = None
    """The day the folder's facts were last true; reports carry it, so that two runs give the same bytes."""
    fictitious: bool = False
    """Every person in it is invented; pages and reports say so."""


@dataclass(frozen=True, slots=True)
class Contract:
    key: str
    number: str
    funder: str
    """An organisation."""
    title: Text = NO_TEXT
    period: Period = ALWAYS
    budget: Money | None = None
    acknowledgement: Text = NO_TEXT
    """The sentence the funder wants on everything published."""


@dataclass(frozen=True, slots=True)
class Organisation:
    key: str
    name: Text
    kind: OrganisationKind = "other"
    country: str = ""
    place: str = ""
    spellings: tuple[str, ...] = ()
    """Other ways it is written on sheets."""
    website: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    key: str
    organisation: str
    """The cluster or association."""
    member: str
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody the programme itself names: an expert, trainer, interpreter or organiser."""

    key: str
    names: tuple[str, ...]
    """Name forms, each exactly as written; the first is shown."""
    role: Role = "expert"
    organisation: str = ""
    position: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class TownOrSite:
    """A place the catalogue does not know."""

    key: str
    name: Text
    country: str
    region: str = ""
    """ISO 3166-2 code."""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Facility:
    key: str
    name: Text
    kind: FacilityKind = "other"
    operator: str = ""
    place: str = ""
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delegate:
    """A member of a visit's delegation, as the invitation names them."""

    key: str
    visit: str
    name: str
    organisation: str = ""
    """An organisation's key, or its name as written."""
    position: str = ""
    role: Role = "participant"
    country: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    key: str
    direction: Direction
    title: Text
    period: Period
    places: tuple[str, ...] = ()
    """In the order of the itinerary; keys of places in the catalogue or of this programme."""
    purpose: Text = NO_TEXT
    sectors: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    host: str = ""
    experts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many participants the organiser counted on one day of an event."""

    day: date
    heads: int


@dataclass(frozen=True, slots=True)
class Event:
    key: str
    visit: str
    kind: EventKind
    title: Text
    period: Period
    place: str = ""
    facility: str = ""
    sectors: tuple[str, ...] = ()
    shares: tuple[Share, ...] | None = None
    """``None`` means the visit's."""
    trainers: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    hours: Decimal | None = None
    """Contact hours of the whole event."""
    language: tuple[str, ...] = ()
    head_counts: tuple[HeadCount, ...] = ()
    structured: bool = True
    """A training with a programme of its own, as the funders' rules ask; a presentation is not."""
    scores_out_of: Decimal | None = None
    """The highest score of its tests before and after; 100 where nothing is said."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sign-in sheet that proves one event (one day of it, where ``day`` is given)."""

    key: str
    file: str
    """Path in the folder, ``sheets/...``."""
    event: str
    day: date | None = None
    table: str = ""
    """The workbook's sheet name, where a file holds sheets of several events."""
    role: Role = "participant"
    scan: str = ""
    """Path of the signed scan in ``documents/``; '' means transcript only."""
    pages: tuple[int, ...] = ()
    reading: tuple[str, ...] = ()
    """What a person said about its reading, as `rules.evidence.corrections` words it."""


@dataclass(frozen=True, slots=True)
class Document:
    key: str
    file: str
    kind: DocumentKind
    title: Text = NO_TEXT
    visit: str = ""
    event: str = ""
    contract: str = ""
    reading: tuple[str, ...] = ()
    """Of a table of feedback answers: what its columns hold, as `rules.feedback.columns` words it."""


@dataclass(frozen=True, slots=True)
class Observation:
    key: str
    event: str
    text: Text
    facility: str = ""
    sectors: tuple[str, ...] = ()
    observer: str = ""
    """An expert."""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class RecommendationGroup:
    key: str
    title: Text


@dataclass(frozen=True, slots=True)
class Recommendation:
    key: str
    group: str
    title: Text
    text: Text = NO_TEXT
    addressee: str = ""
    priority: Priority = "medium"
    observations: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    given_on: date | None = None
    response_due: date | None = None
    response_status: ResponseStatus | None = None
    response: Text = NO_TEXT
    responded_on: date | None = None


@dataclass(frozen=True, slots=True)
class ActionPoint:
    key: str
    recommendation: str
    text: Text
    owner: str = ""
    due: date | None = None
    completed_on: date | None = None
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    key: str
    title: Text
    stage: Stage
    stage_on: date | None = None
    recommendations: tuple[str, ...] = ()
    owner: str = ""
    place: str = ""
    sectors: tuple[str, ...] = ()
    cost: Money | None = None
    funding_sought: Money | None = None
    summary: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the programme a figure speaks of; an empty field means all."""

    contracts: tuple[str, ...] = ()
    period: Period = ALWAYS
    visits: tuple[str, ...] = ()
    direction: Direction | None = None
    event_kinds: tuple[EventKind, ...] = ()
    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Of the participant's organisation."""


@dataclass(frozen=True, slots=True)
class Target:
    contract: str
    """'' for the programme's own."""
    value: Decimal
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Indicator:
    key: str
    title: Text
    measure: Measure
    rule: str = ""
    """A counting rule of the catalogue, for measures of people."""
    parameters: tuple[tuple[str, Decimal], ...] = ()
    """The rule's parameters, e.g. hours = 16."""
    scope: Scope = Scope()
    baseline: Decimal | None = None
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with a number that somebody publishes."""

    key: str
    text: Text
    indicator: str
    comparator: Comparator
    number: int
    scope: Scope = Scope()
    """Narrows the indicator's own scope."""
    published_in: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeDescription:
    """Everything a coordinator writes down, except the lines of the sheets themselves."""

    programme: Programme
    contracts: tuple[Contract, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    memberships: tuple[Membership, ...] = ()
    experts: tuple[Expert, ...] = ()
    places: tuple[TownOrSite, ...] = ()
    facilities: tuple[Facility, ...] = ()
    visits: tuple[Visit, ...] = ()
    delegates: tuple[Delegate, ...] = ()
    events: tuple[Event, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    documents: tuple[Document, ...] = ()
    observations: tuple[Observation, ...] = ()
    recommendation_groups: tuple[RecommendationGroup, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    action_points: tuple[ActionPoint, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    statements: tuple[Statement, ...] = ()
