"""Which kinds of record a folder knows and what each field holds: one table for TOML, workbook, export and init."""

from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from karvon.rules.programme import description as d

Shape = Literal[
    "key", "word", "text", "choice", "day", "yes_no", "whole", "decimal", "money", "reference", "party", "funder",
    "sector", "place", "country", "region", "language", "tongue", "shares", "head_count", "parameters", "scope",
    "file", "rule",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of record."""

    name: str
    shape: Shape
    needed: bool = False
    many: bool = False
    """A list; a single one may stand alone."""
    kind: str = ""
    """The kind of record a reference points to."""
    choices: tuple[str, ...] = ()
    folder: str = ""
    """Where a file must lie."""
    longest: int = 200
    most: int = 10**12
    """The largest number, and of a list the most entries."""
    least: int = 0
    decimals: int = 2
    attribute: str = ""
    """The dataclass's name for it, where it differs."""

    @property
    def becomes(self) -> str:
        return self.attribute or self.name


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its table in TOML, its tab in the workbook, its dataclass."""

    name: str
    becomes: type[Any]
    holder: str
    """The field of ``ProgrammeDescription`` that holds them."""
    fields: tuple[Field, ...]

    @property
    def has_period(self) -> bool:
        return any(field.name == "ends" for field in self.fields)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def _key() -> Field:
    return Field("key", "key", needed=True, longest=80)


def _text(name: str, *, needed: bool = False) -> Field:
    return Field(name, "text", needed=needed, longest=20_000)


def _word(name: str, *, needed: bool = False, many: bool = False, longest: int = 200) -> Field:
    return Field(name, "word", needed=needed, many=many, longest=longest)


def _choice(name: str, words: Any, *, needed: bool = False) -> Field:
    return Field(name, "choice", needed=needed, choices=get_args(words))


def _to(name: str, kind: str, *, needed: bool = False, many: bool = False) -> Field:
    return Field(name, "reference", needed=needed, many=many, kind=kind)


def _day(name: str, *, needed: bool = False) -> Field:
    return Field(name, "day", needed=needed)


def _period(*, starts: bool = False, ends: bool = False) -> tuple[Field, Field]:
    return _day("starts", needed=starts), _day("ends", needed=ends)


_sectors = Field("sectors", "sector", many=True)
_shares = Field("shares", "shares")

WORKBOOK: Final = "programme.xlsx"
"""The description as a workbook."""

PROGRAMME: Final = Kind("programme", d.Programme, "programme", (
    _key(), _text("title", needed=True), Field("languages", "language", needed=True, many=True), *_period(),
    _text("summary"), _to("lead", "organisation"), Field("home_country", "country"),
    Field("partner_countries", "country", many=True), _day("as_of"), Field("fictitious", "yes_no"),
))  # fmt: skip
TARGET: Final = Kind("target", d.Target, "targets", (
    _to("indicator", "indicator", needed=True), _to("contract", "contract"),
    Field("value", "decimal", needed=True), *_period(),
))  # fmt: skip
"""In TOML ``[[indicator.target]]``, where the indicator is not repeated."""

KINDS: Final[tuple[Kind, ...]] = (
    PROGRAMME,
    Kind("contract", d.Contract, "contracts", (
        _key(), _word("number", needed=True, longest=100), Field("funder", "funder", needed=True, kind="organisation"),
        _text("title"), *_period(), Field("budget", "money"), _text("acknowledgement"),
    )),
    Kind("organisation", d.Organisation, "organisations", (
        _key(), _text("name", needed=True), _choice("kind", d.OrganisationKind), Field("country", "country"),
        Field("place", "place"), _word("spellings", many=True, longest=500), _word("website", longest=500),
        _word("identifier", longest=100),
    )),
    Kind("membership", d.Membership, "memberships", (
        _key(), _to("organisation", "organisation", needed=True),
        _to("member", "organisation", needed=True), *_period(),
    )),
    Kind("expert", d.Expert, "experts", (
        _key(), _word("names", needed=True, many=True, longest=500), _choice("role", d.Role),
        _to("organisation", "organisation"), _text("position"),
    )),
    Kind("place", d.TownOrSite, "places", (
        _key(), _text("name", needed=True), Field("country", "country", needed=True), Field("region", "region"),
        Field("latitude", "decimal", least=-90, most=90, decimals=5),
        Field("longitude", "decimal", least=-180, most=180, decimals=5),
    )),
    Kind("facility", d.Facility, "facilities", (
        _key(), _text("name", needed=True), _choice("kind", d.FacilityKind), _to("operator", "organisation"),
        Field("place", "place"), _sectors,
    )),
    Kind("visit", d.Visit, "visits", (
        _key(), _choice("direction", d.Direction, needed=True), _text("title", needed=True),
        *_period(starts=True, ends=True), Field("places", "place", many=True), _text("purpose"), _sectors, _shares,
        _to("host", "organisation"), _to("experts", "expert", many=True),
    )),
    Kind("delegate", d.Delegate, "delegates", (
        _key(), _to("visit", "visit", needed=True), _word("name", needed=True, longest=500),
        _word("organisation", longest=500), _word("position", longest=500), _choice("role", d.Role),
        Field("country", "country"),
    )),
    Kind("event", d.Event, "events", (
        _key(), _to("visit", "visit", needed=True), _choice("kind", d.EventKind, needed=True),
        _text("title", needed=True), *_period(starts=True), Field("place", "place"), _to("facility", "facility"),
        _sectors, _shares, _to("trainers", "expert", many=True), _to("interpreters", "expert", many=True),
        _to("organisations", "organisation", many=True), Field("hours", "decimal", most=9_999),
        Field("language", "tongue", many=True), Field("head_count", "head_count", most=10**6, attribute="head_counts"),
        Field("structured", "yes_no"), Field("scores_out_of", "decimal", least=1, most=10_000),
    )),
    Kind("sheet", d.Sheet, "sheets", (
        _key(), Field("file", "file", needed=True, folder="sheets", longest=500), _to("event", "event", needed=True),
        _day("day"), _word("table"), _choice("role", d.Role), Field("scan", "file", folder="documents", longest=500),
        Field("pages", "whole", many=True, least=1, most=10_000),
        Field("reading", "word", many=True, longest=250, most=20_000),
    )),
    Kind("document", d.Document, "documents", (
        _key(), Field("file", "file", needed=True, folder="documents", longest=500),
        _choice("kind", d.DocumentKind, needed=True), _text("title"), _to("visit", "visit"), _to("event", "event"),
        _to("contract", "contract"), Field("reading", "word", many=True, longest=250, most=1_000),
    )),
    Kind("observation", d.Observation, "observations", (
        _key(), _to("event", "event", needed=True), _text("text", needed=True), _to("facility", "facility"), _sectors,
        _to("observer", "expert"), _day("on"),
    )),
    Kind("recommendation_group", d.RecommendationGroup, "recommendation_groups", (
        _key(), _text("title", needed=True),
    )),
    Kind("recommendation", d.Recommendation, "recommendations", (
        _key(), _to("group", "recommendation_group", needed=True), _text("title", needed=True), _text("text"),
        _to("addressee", "organisation"), _choice("priority", d.Priority),
        _to("observations", "observation", many=True), _sectors, _day("given_on"), _day("response_due"),
        _choice("response_status", d.ResponseStatus), _text("response"), _day("responded_on"),
    )),
    Kind("action_point", d.ActionPoint, "action_points", (
        _key(), _to("recommendation", "recommendation", needed=True), _text("text", needed=True),
        _to("owner", "organisation"), _day("due"), _day("completed_on"), _word("verified_by"),
    )),
    Kind("proposal", d.Proposal, "proposals", (
        _key(), _text("title", needed=True), _choice("stage", d.Stage, needed=True), _day("stage_on"),
        _to("recommendations", "recommendation", many=True), _to("owner", "organisation"), Field("place", "place"),
        _sectors, Field("cost", "money"), Field("funding_sought", "money"), _text("summary"),
    )),
    Kind("indicator", d.Indicator, "indicators", (
        _key(), _text("title", needed=True), _choice("measure", d.Measure, needed=True), Field("rule", "rule"),
        Field("parameters", "parameters"), Field("scope", "scope"), Field("baseline", "decimal"),
    )),
    Kind("statement", d.Statement, "statements", (
        _key(), _text("text", needed=True), _to("indicator", "indicator", needed=True),
        _choice("comparator", d.Comparator, needed=True), Field("number", "whole", needed=True, most=10**9),
        Field("scope", "scope"), _word("published_in", longest=500), _day("published_on"),
    )),
)  # fmt: skip

SCOPE: Final[tuple[Field, ...]] = (
    _to("contracts", "contract", many=True), *_period(), _to("visits", "visit", many=True),
    _choice("direction", d.Direction), Field("event_kinds", "choice", many=True, choices=get_args(d.EventKind)),
    _sectors, Field("countries", "country", many=True),
)  # fmt: skip
"""What a scope may hold, in an inline table or in columns ``scope_...``."""

BY_NAME: Final = {kind.name: kind for kind in (*KINDS, TARGET)}
