"""All tables, gathered where Django looks for them; each lives in the module of its room."""

from karvon.records.accounts import AccountRole, Attempt, OneTimeLink, User
from karvon.records.bringing import Draft, DraftFile, Job, SignatureSeen
from karvon.records.evidence import Document, JournalEntry, Line, Payload, Sheet, SkippedRow, StoredFile
from karvon.records.findings import (
    ActionPoint,
    Observation,
    Recommendation,
    RecommendationGroup,
    RecommendationObservation,
)
from karvon.records.people import BlockKey, Decision, LineReading, Link, Match, NameKey, Person, Snapshot
from karvon.records.programme import (
    Contract,
    Expert,
    Facility,
    Membership,
    Organisation,
    Programme,
    TownOrSite,
)
from karvon.records.proposals import Proposal, ProposalRecommendation
from karvon.records.publishing import Edition, EditionFile
from karvon.records.results import (
    Doubt,
    DoubtQueue,
    Indicator,
    Standing,
    Statement,
    Target,
    UnsettledBound,
)
from karvon.records.training import (
    Attendance,
    Event,
    EventInterpreter,
    EventOrganisation,
    EventShare,
    EventTrainer,
    HeadCount,
)
from karvon.records.visits import Delegate, Visit, VisitExpert, VisitShare

__all__ = [
    "AccountRole",
    "ActionPoint",
    "Attempt",
    "Attendance",
    "BlockKey",
    "Contract",
    "Decision",
    "Delegate",
    "Document",
    "Doubt",
    "DoubtQueue",
    "Draft",
    "DraftFile",
    "Edition",
    "EditionFile",
    "Event",
    "EventInterpreter",
    "EventOrganisation",
    "EventShare",
    "EventTrainer",
    "Expert",
    "Facility",
    "HeadCount",
    "Indicator",
    "Job",
    "JournalEntry",
    "Line",
    "LineReading",
    "Link",
    "Match",
    "Membership",
    "NameKey",
    "Observation",
    "OneTimeLink",
    "Organisation",
    "Payload",
    "Person",
    "Programme",
    "Proposal",
    "ProposalRecommendation",
    "Recommendation",
    "RecommendationGroup",
    "RecommendationObservation",
    "Sheet",
    "SignatureSeen",
    "SkippedRow",
    "Snapshot",
    "Standing",
    "Statement",
    "StoredFile",
    "Target",
    "TownOrSite",
    "UnsettledBound",
    "User",
    "Visit",
    "VisitExpert",
    "VisitShare",
]
