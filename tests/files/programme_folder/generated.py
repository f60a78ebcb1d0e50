"""Hypothesis: whole programmes that hold together, with everything a description can say."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

from karvon.rules.identity.line import Snapshot
from karvon.rules.places.lookup import catalogue_places
from karvon.rules.places.sectors import catalogue_sectors
from karvon.rules.programme import description as d
from karvon.rules.programme.register import RegisterDecision, RegisterFiles, RegisterLine, RegisterVerdict
from karvon.rules.programme.scope import narrowed
from karvon.rules.programme.text import NO_TEXT, Text
from karvon.rules.programme.values import ALWAYS, Money, Period, Share
from karvon.rules.wording import LANGUAGES

START = date(2018, 1, 1)
LAST = date(2020, 12, 31)

letters = st.characters(exclude_categories=("Cc", "Cs", "Cn"))
lines = st.text(st.one_of(letters, st.sampled_from("\"\\'{}[]#=;:-\n\t")), min_size=1, max_size=12)
names = st.text(letters, min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
days = st.dates(START, LAST)
amounts = st.decimals(0, 10**9, places=2)
countries = st.sampled_from(["UZ", "LV", "KZ", ""])
sectors = st.lists(st.sampled_from(sorted(catalogue_sectors())), max_size=2, unique=True).map(tuple)
money = st.none() | st.builds(Money, amounts, st.sampled_from(["EUR", "UZS", "USD"]))


def texts(*, needed: bool = False) -> st.SearchStrategy[Text]:
    said = st.dictionaries(st.sampled_from(LANGUAGES), lines, min_size=1, max_size=3).map(Text.of)
    return said if needed else st.just(NO_TEXT) | said


def words(choices: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(choices))


def keys(kind: str) -> st.SearchStrategy[list[str]]:
    ends = st.text(st.sampled_from("abcdéжўş0123456789-_."), max_size=3)
    return st.lists(ends, max_size=3, unique_by=str.casefold).map(
        lambda found: [f"{kind[:1]}{end}" for end in found]
    )


@st.composite
def periods(draw: st.DrawFn, within: Period = ALWAYS) -> Period:
    first, last = sorted(draw(st.dates(within.starts or START, within.ends or LAST)) for _ in "12")
    return Period(first, last)


def one(found: Sequence[Any]) -> st.SearchStrategy[str]:
    """The key of one of them, or none."""
    return st.sampled_from(["", *(thing.key for thing in found)])


def some(found: Sequence[Any]) -> st.SearchStrategy[tuple[str, ...]]:
    if not found:
        return st.just(())
    return st.lists(st.sampled_from([thing.key for thing in found]), max_size=2, unique=True).map(tuple)


def shares(contracts: Sequence[d.Contract]) -> st.SearchStrategy[tuple[Share, ...]]:
    percents = st.decimals("0.001", 33, places=3)
    drawn = st.lists(percents, min_size=len(contracts), max_size=len(contracts))
    return drawn.map(lambda found: tuple(Share(c.key, p) for c, p in zip(contracts, found, strict=True)))


@st.composite
def scopes(draw: st.DrawFn, contracts: Sequence[d.Contract], visits: Sequence[d.Visit]) -> d.Scope:
    return d.Scope(
        contracts=draw(some(contracts)),
        period=draw(st.just(ALWAYS) | periods()),
        visits=draw(some(visits)),
        direction=draw(st.none() | words(d.Direction)),
        event_kinds=draw(st.lists(words(d.EventKind), max_size=2, unique=True).map(tuple)),
        sectors=draw(sectors),
        countries=draw(st.lists(countries.filter(bool), max_size=2, unique=True).map(tuple)),
    )


@st.composite
def programmes(draw: st.DrawFn) -> d.ProgrammeDescription:
    """A description that a folder can say; its files are named ``sheets/...`` and ``documents/...``."""

    def all_of(kind: str, build: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        return tuple(draw(build)(key) for key in draw(keys(kind)))

    def made(build: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.fixed_dictionaries(fields).map(lambda found: lambda key: build(key=key, **found))

    organisations = all_of("organisation", made(
        d.Organisation, name=texts(needed=True), kind=words(d.OrganisationKind), country=countries,
        place=st.sampled_from(["", *catalogue_places()]), spellings=st.lists(names, max_size=2, unique=True).map(tuple),
        website=st.just("") | names, identifier=st.just("") | names,
    ))  # fmt: skip
    contracts = () if not organisations else tuple(
        d.Contract(key, f"{key}/{number}", draw(one(organisations).filter(bool)), draw(texts()),
                   Period(draw(st.none() | st.just(START)), draw(st.none() | st.just(LAST))),
                   draw(money), draw(texts()))
        for number, key in enumerate(draw(keys("contract")))
    )  # fmt: skip
    pairs = [(a.key, b.key) for a in organisations for b in organisations if a is not b]
    memberships = () if not pairs else all_of("membership", st.sampled_from(pairs).flatmap(lambda pair: made(
        d.Membership, organisation=st.just(pair[0]), member=st.just(pair[1]), period=periods(),
    )))  # fmt: skip
    experts = all_of("expert", made(
        d.Expert, names=st.lists(names, min_size=1, max_size=2, unique=True).map(tuple), role=words(d.Role),
        organisation=one(organisations), position=texts(),
    ))  # fmt: skip
    points = st.none() | st.tuples(st.decimals(-90, 90, places=5), st.decimals(-180, 180, places=5))
    places = all_of("place", points.flatmap(lambda point: made(
        d.TownOrSite, name=texts(needed=True), country=st.just("UZ"), region=st.sampled_from(["", "UZ-FA"]),
        latitude=st.just(point and point[0]), longitude=st.just(point and point[1]),
    )))  # fmt: skip
    somewhere = st.sampled_from(["", "riga", "fergana", *(place.key for place in places)])
    facilities = all_of("facility", made(
        d.Facility, name=texts(needed=True), kind=words(d.FacilityKind), operator=one(organisations), place=somewhere,
        sectors=sectors,
    ))  # fmt: skip
    visits = all_of("visit", made(
        d.Visit, direction=words(d.Direction), title=texts(needed=True), period=periods(),
        places=st.lists(somewhere.filter(bool), max_size=2, unique=True).map(tuple), purpose=texts(), sectors=sectors,
        shares=st.just(()) | shares(contracts), host=one(organisations), experts=some(experts),
    ))  # fmt: skip
    delegates = () if not visits else all_of("delegate", made(
        d.Delegate, visit=one(visits).filter(bool), name=names, organisation=st.just("") | names,
        position=st.just("") | names, role=words(d.Role), country=countries,
    ))  # fmt: skip
    events: tuple[d.Event, ...] = () if not visits else all_of("event", st.sampled_from(visits).flatmap(
        lambda visit: periods(visit.period).flatmap(lambda period: made(
            d.Event, visit=st.just(visit.key), kind=words(d.EventKind), title=texts(needed=True),
            period=st.just(period), place=somewhere, facility=one(facilities), sectors=sectors,
            shares=st.none() | st.just(()) | shares(contracts), trainers=some(experts), interpreters=some(experts),
            organisations=some(organisations), hours=st.none() | st.decimals(0, 9999, places=2),
            language=st.lists(st.sampled_from(["ru", "uz-Cyrl", "de"]), max_size=2, unique=True).map(tuple),
            head_counts=head_counts(period), structured=st.booleans(),
        ))))  # fmt: skip
    sheets = () if not events else tuple(
        draw(sheet(key, f"sheets/{number}.xlsx", event))
        for number, key in enumerate(draw(keys("sheet")))
        for event in (draw(st.sampled_from(events)),)
    )  # fmt: skip
    documents = tuple(
        d.Document(key, f"documents/über {number}.pdf", draw(words(d.DocumentKind)), draw(texts()), draw(one(visits)),
                   draw(one(events)), draw(one(contracts)))
        for number, key in enumerate(draw(keys("document")))
    )  # fmt: skip
    observations = () if not events else all_of("observation", st.sampled_from(events).flatmap(lambda event: made(
        d.Observation, event=st.just(event.key), text=texts(needed=True), facility=one(facilities), sectors=sectors,
        observer=one(experts), on=st.none() | st.dates(event.period.starts, event.period.ends),
    )))  # fmt: skip
    groups = all_of("recommendation_group", made(d.RecommendationGroup, title=texts(needed=True)))
    advice = () if not groups else all_of("recommendation", st.booleans().flatmap(lambda answered: made(
        d.Recommendation, group=one(groups).filter(bool), title=texts(needed=True), text=texts(),
        addressee=one(organisations), priority=words(d.Priority), observations=some(observations), sectors=sectors,
        given_on=st.just(START), response_due=st.none() | days,
        response_status=words(d.ResponseStatus) if answered else st.none(),
        response=texts() if answered else st.just(NO_TEXT), responded_on=days if answered else st.none(),
    )))  # fmt: skip
    actions = () if not advice else all_of("action_point", made(
        d.ActionPoint, recommendation=one(advice).filter(bool), text=texts(needed=True), owner=one(organisations),
        due=st.none() | days, completed_on=st.none() | days, verified_by=st.just("") | names,
    ))  # fmt: skip
    proposals = all_of("proposal", amounts.flatmap(lambda cost: made(
        d.Proposal, title=texts(needed=True), stage=words(d.Stage), stage_on=st.none() | days,
        recommendations=some(advice), owner=one(organisations), place=somewhere, sectors=sectors,
        cost=st.just(Money(cost, "EUR")),
        funding_sought=st.none() | st.builds(Money, st.decimals(0, cost, places=2), st.just("EUR")), summary=texts(),
    )))  # fmt: skip
    indicators = all_of("indicator", st.one_of(
        made(d.Indicator, title=texts(needed=True), measure=st.just("people"), rule=st.just("min-contact-hours"),
             parameters=st.sampled_from([(), (("hours", Decimal("15.5")),)]), scope=scopes(contracts, visits),
             baseline=st.none() | amounts, targets=targets(contracts)),
        made(d.Indicator, title=texts(needed=True), measure=st.sampled_from(["visits", "proposals"]),
             scope=scopes(contracts, visits), targets=targets(contracts)),
    ))  # fmt: skip
    statements = () if not indicators else all_of("statement", made(
        d.Statement, text=texts(needed=True), indicator=one(indicators).filter(bool), comparator=words(d.Comparator),
        number=st.integers(0, 10**9), scope=scopes(contracts, visits), published_in=st.just("") | names,
        published_on=st.none() | days,
    ))  # fmt: skip
    counted = {indicator.key: indicator.scope for indicator in indicators}
    statements = tuple(  # one that speaks of what its indicator does not count is no statement of a folder
        one for one in statements if narrowed(counted[one.indicator], one.scope) is not None
    )
    programme = d.Programme(
        key="p", title=draw(texts(needed=True)), languages=tuple(draw(st.permutations(LANGUAGES))[:3]),
        period=Period(START, LAST), summary=draw(texts()), lead=draw(one(organisations)),
        home_country=draw(countries), partner_countries=draw(st.sampled_from([(), ("UZ", "KZ")])),
        as_of=draw(st.none() | days), fictitious=draw(st.booleans()),
    )  # fmt: skip
    return d.ProgrammeDescription(
        programme, contracts, organisations, memberships, experts, places, facilities, visits, delegates, events,
        sheets, documents, observations, groups, advice, actions, proposals, indicators, statements,
    )  # fmt: skip


def head_counts(period: Period) -> st.SearchStrategy[tuple[d.HeadCount, ...]]:
    counted = st.dictionaries(
        st.dates(period.starts or START, period.ends or LAST), st.integers(0, 999), max_size=2
    )
    return counted.map(lambda found: tuple(d.HeadCount(day, heads) for day, heads in sorted(found.items())))


@st.composite
def sheet(draw: st.DrawFn, key: str, file: str, event: d.Event) -> d.Sheet:
    scan = draw(st.sampled_from(["", "documents/scan.pdf"]))
    return d.Sheet(
        key, file, event.key, draw(st.none() | st.dates(event.period.starts or START, event.period.ends or LAST)),
        draw(st.just("") | names), draw(words(d.Role)), scan,
        draw(st.lists(st.integers(1, 99), max_size=2, unique=True).map(tuple)) if scan else (),
        draw(st.sampled_from([(), ("header = 2", "B = organisation"), ("List 2!row 9 = nobody",)]))
        + (("page 2 = row 24",) if scan and draw(st.booleans()) else ()),
    )  # fmt: skip


@st.composite
def targets(draw: st.DrawFn, contracts: Sequence[d.Contract]) -> tuple[d.Target, ...]:
    whose = draw(st.lists(one(contracts), max_size=2, unique=True))
    return tuple(d.Target(contract, draw(amounts), draw(periods())) for contract in whose)


def file_contents(description: d.ProgrammeDescription) -> Mapping[str, bytes]:
    """Bytes for every file the description names, each its own."""
    paths = [sheet.file for sheet in description.sheets] + [
        sheet.scan for sheet in description.sheets if sheet.scan
    ]
    paths += [document.file for document in description.documents]
    return {path: path.encode() for path in paths}


moments = st.integers(0, 8 * 10**15).map(
    lambda after: datetime(2018, 1, 1, tzinfo=UTC) + timedelta(microseconds=after // 31)
)
cells = st.text(st.one_of(letters, st.sampled_from('",;\n\r')), max_size=8)
json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | cells,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(cells, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def registers(draw: st.DrawFn) -> RegisterFiles:
    ids = sorted(draw(st.lists(st.text("abcdef0123456789", min_size=1, max_size=6), max_size=4, unique=True)))
    found = tuple(
        RegisterLine(
            line=line, source=draw(names), person=draw(cells), file=draw(st.sampled_from(["", "ab" * 32])),
            table=draw(cells), row=draw(st.none() | st.integers(0, 10**6)), block=draw(cells),
            page=draw(st.none() | st.integers(1, 99)), event=draw(cells), day=draw(st.none() | days), role=draw(cells),
            key=draw(cells), salt=draw(st.sampled_from(["", "00ff"])), shown=draw(st.booleans()),
            retired=draw(st.none() | moments), cells=draw(st.dictionaries(cells, cells, max_size=2)),
        )
        for line in ids
    )  # fmt: skip
    pairs = [(a, b) for a in ids for b in ids if a < b]
    decisions = tuple(
        RegisterDecision(*pair, draw(words(RegisterVerdict)), draw(moments), draw(cells), draw(cells))
        for pair in (draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else ())
    )
    snapshot = draw(
        st.none() | st.builds(Snapshot, st.integers(1, 9), st.dictionaries(cells, json, max_size=3))
    )
    return RegisterFiles(found, decisions, snapshot)
