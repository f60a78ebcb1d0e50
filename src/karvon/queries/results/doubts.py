"""The doubts left, the one to look at first at the front, and what nobody has looked at."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from django.db.models import Count

from karvon.queries.crowds import crowds_of_lines
from karvon.queries.programme_description import describe
from karvon.queries.register import counting_facts, decisions_in_force, open_pairs, standing_decisions
from karvon.queries.results.figures import PEOPLE, Asking, contracts_of, maintained_figures, rule_of
from karvon.queries.results.maintained import Maintained
from karvon.queries.results.once import Once
from karvon.queries.results.proof import proof_lines
from karvon.queries.results.rows import DoubtfulPair, Named, Page, SettledStatement
from karvon.records import models as records
from karvon.rules.counting.count import count
from karvon.rules.counting.doubts import open_doubts
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.standing import NOTHING, Bounds
from karvon.rules.counting.unreviewed import certain_unreviewed as unreviewed_in
from karvon.rules.programme import description as d
from karvon.rules.programme.description import Scope
from karvon.rules.programme.scope import narrowed
from karvon.rules.reporting.figure import Figure
from karvon.rules.statements import Figured, Queued, Shift, Weighed, ranked, weigh_doubts

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which doubts somebody wants to see: all of these hold; '' asks nothing."""

    statement: str = ""
    """That a decision would settle or bring closer."""
    figure: str = ""
    """That a decision would narrow."""
    event: str = ""
    person: str = ""
    looked_at: bool | None = None
    """Those that somebody looked at without being able to tell, or those that nobody did; ``None``: both, the former
    last."""
    crowd: str | None = None
    """Those between lines of this set of too many (``queries.crowds``), or with '' those of no such set; ``None``:
    all."""


EVERY_DOUBT: Final = Wanted()


@dataclass(frozen=True, slots=True)
class _Doubt:
    weighed: Weighed
    looked_at: bool


def doubts(
    programme: str, *, page: int = 1, size: int = 50, wanted: Wanted = EVERY_DOUBT
) -> tuple[tuple[DoubtfulPair, ...], Page]:
    """One page of the doubts left, each by its strongest pair of lines, in the order of ``rules.statements.queue``.

    The number of SQL statements depends on neither lines nor doubts.
    """
    described = describe(programme, only={"contracts", "indicators", "statements"})
    if described is None:
        return (), Page(1, size, 0)
    queued = _queue(programme, described, wanted)
    at = Page.of(len(queued), wanted=page, size=size)
    shown = queued[(at.number - 1) * size : at.number * size]
    texts = {one.key: one.text for one in described.statements}
    titles = {one.key: one.title for one in described.indicators}
    useful = {
        (one.a, one.b): (
            tuple(
                SettledStatement(said.statement, texts[said.statement], said.same, said.different)
                for said in one.settles
            ),
            tuple(Named(key, texts[key]) for key in one.helps),
            tuple(Named(key, titles[key]) for key in one.narrows),
        )
        for one in shown
    }
    return doubtful_pairs(programme, [(one.a, one.b) for one in shown], useful), at


def _queue(programme: str, described: d.ProgrammeDescription, wanted: Wanted) -> list[Queued]:
    """The doubts wanted, in order; those that somebody could not tell are the last."""
    found, held = _kept(programme, described) or _weighed_anew(programme, described)
    looked_at = {(one.weighed.a, one.weighed.b) for one in found if one.looked_at}
    lines = _lines_wanted(programme, wanted)
    crowd_of = {} if wanted.crowd is None else crowds_of_lines(programme)
    queued = [
        one
        for one in ranked((one.weighed for one in found), held)
        if wanted.looked_at in (None, (one.a, one.b) in looked_at)
        and (lines is None or one.a in lines or one.b in lines)
        and (wanted.crowd is None or wanted.crowd == _within(crowd_of, one.a, one.b))
        and (not wanted.figure or wanted.figure in one.narrows)
        and (
            not wanted.statement
            or wanted.statement in one.helps
            or any(said.statement == wanted.statement for said in one.settles)
        )
    ]
    return sorted(queued, key=lambda one: (one.a, one.b) in looked_at)


def _within(crowd_of: Mapping[str, str], a: str, b: str) -> str:
    """The set of too many lines that holds both; '' for none."""
    crowd = crowd_of.get(a, "")
    return crowd if crowd_of.get(b) == crowd else ""


def doubts_within_crowds(programme: str) -> dict[str, int]:
    """How many doubts that nobody looked at lie between lines of each set that is too large for a person."""
    crowd_of = crowds_of_lines(programme)
    if not crowd_of:
        return {}
    crowded = records.CrowdLine.objects.filter(programme__key=programme).values("line")
    pairs = records.Doubt.objects.filter(programme__key=programme, looked_at=False, a__in=crowded)
    found = Counter(_within(crowd_of, a, b) for a, b in pairs.values_list("a_id", "b_id"))
    del found[""]
    return dict(found)


def _lines_wanted(programme: str, wanted: Wanted) -> set[str] | None:
    """The lines of the event and of the person asked for; ``None`` where all are wanted."""
    if not (wanted.event or wanted.person):
        return None
    lines = records.Line.objects.filter(programme__key=programme, retired_at__isnull=True)
    if wanted.event:
        lines = lines.filter(attendances__event__key=wanted.event)
    if wanted.person:
        lines = lines.filter(link__person=wanted.person)
    return set(lines.values_list("pk", flat=True))


Held = list[tuple[d.Statement, Bounds]]


def _kept(programme: str, described: d.ProgrammeDescription) -> tuple[list[_Doubt], Held] | None:
    """The doubts as they were kept with the last change; ``None`` where they were not."""
    bounds = kept_bounds(programme, described)
    if bounds is None:
        return None
    rows = records.Doubt.objects.filter(programme__key=programme).values_list(
        "a_id", "b_id", "weight", "looked_at", "narrowing", "narrows", "shifts"
    )
    found = [
        _Doubt(Weighed(a, b, weight, (), tuple(narrows), narrowing, shifts_of(shifts)), looked_at)
        for a, b, weight, looked_at, narrowing, narrows, shifts in rows
    ]
    return found, [(one, bounds[one.key]) for one in described.statements if one.key in bounds]


def kept_bounds(
    programme: str, described: d.ProgrammeDescription, maintained: Maintained | None = None
) -> dict[str, Bounds] | None:
    """The bounds every statement of people is held to, from the kept tables; ``None`` where they are not all kept."""
    queue = kept_queue(programme, described)
    if queue is None:
        return None
    maintained = maintained_figures(programme) if maintained is None else maintained
    found = {}
    for one in figured_by(described):
        own = maintained.get(one.key, {}).get(Asking("programme"))
        for said in one.statements:
            if one.key:
                found[said.key] = Bounds(own.lower, own.best, own.upper) if own else NOTHING
            else:
                found[said.key] = Bounds(*queue.narrower[said.key])
    return found


def kept_queue(programme: str, described: d.ProgrammeDescription) -> records.DoubtQueue | None:
    """What was kept of the doubts, where it was weighed for these figures and statements."""
    queue = records.DoubtQueue.objects.filter(programme__key=programme).first()
    return queue if queue and queue.weighed_for == digest_of(figured_by(described)) else None


def digest_of(figured: Iterable[Figured]) -> str:
    """Of all that says what a decision moves of which figure and statement; not of the numbers they are held to."""
    said = [(one.key, one.counts, [each.key for each in one.statements]) for one in figured]
    return sha256(repr(said).encode()).hexdigest()


def statement_bounds(programme: str, described: d.ProgrammeDescription) -> dict[str, Bounds]:
    """The bounds every statement of people is held to."""
    kept = kept_bounds(programme, described)
    if kept is not None:
        return kept
    figured = _bounded(programme, described, counting_facts(programme))
    return {said.key: one.bounds for one in figured for said in one.statements}


def _weighed_anew(programme: str, described: d.ProgrammeDescription) -> tuple[list[_Doubt], Held]:
    """The same, from the register as it is."""
    facts = counting_facts(programme)
    figured = list(_bounded(programme, described, facts))
    held = [(said, one.bounds) for one in figured for said in one.statements]
    if not facts.register.undecided:
        return [], held
    found = weigh_doubts(facts, figured, match_weights(programme))
    not_told = could_not_tell(programme)
    return [_Doubt(one, not not_told.isdisjoint(one.pairs)) for one in found], held


def match_weights(programme: str, lines: Collection[str] | None = None) -> dict[Pair, int]:
    """The evidence of every match, in hundredths of a bit; only of these lines where given."""
    rows = records.Match.objects.filter(programme__key=programme).order_by()
    if lines is not None:
        rows = rows.filter(a__in=lines)
    return {(a, b): weight for a, b, weight in rows.values_list("a_id", "b_id", "weight")}


def could_not_tell(programme: str) -> set[Pair]:
    """The pairs somebody looked at last without being able to tell."""
    return {(one.a, one.b) for one in standing_decisions(programme) if one.verdict == "cannot_tell"}


def shifts_of(data: Iterable[Any]) -> tuple[Shift, ...]:
    """As ``shifts_data`` wrote them."""
    return tuple(Shift(tuple(keys), (a, b), (c, e)) for keys, a, b, c, e in data)


def shifts_data(shifts: Iterable[Shift]) -> list[Any]:
    return [[list(one.statements), *one.same, *one.different] for one in shifts]


def figured_by(described: d.ProgrammeDescription) -> tuple[Figured, ...]:
    """Every figure of people with the statements on its scope, then the narrower scopes of statements; no bounds."""
    whole: list[Figured] = []
    narrower: list[Figured] = []
    for indicator in described.indicators:
        if indicator.measure not in PEOPLE:
            continue
        rule = rule_of(indicator)
        said: dict[Scope, list[d.Statement]] = {indicator.scope: []}
        for statement in described.statements:
            if statement.indicator == indicator.key:
                scope = narrowed(indicator.scope, statement.scope) or statement.scope
                said.setdefault(scope, []).append(statement)
        whole.append(
            Figured(
                key=indicator.key,
                rule=rule,
                scope=indicator.scope,
                contracts=contracts_of(described, indicator.scope),
                statements=tuple(said.pop(indicator.scope)),
            )
        )
        narrower += [
            Figured(key="", rule=rule, scope=scope, statements=tuple(of_it)) for scope, of_it in said.items()
        ]
    return (*whole, *narrower)


def _bounded(programme: str, described: d.ProgrammeDescription, facts: Facts) -> Iterator[Figured]:
    maintained = maintained_figures(programme)
    for one in figured_by(described):
        counted = maintained.get(one.key, {}).get(Asking("programme")) if one.key else None
        if not one.key:
            counted = Figure.of(count(one.rule, one.scope, facts))
        yield replace(one, bounds=Bounds(counted.lower, counted.best, counted.upper) if counted else NOTHING)


def doubt_count(programme: str, *, once: Once | None = None) -> int:
    """How many doubts are left."""
    queue = records.DoubtQueue.objects.filter(programme__key=programme)
    kept = queue.annotate(left=Count("programme__doubts")).values_list("left", flat=True).first()
    if kept is not None:
        return int(kept)
    return len(open_doubts(once.ties) if once else open_pairs(programme))


def looked_at_count(programme: str) -> int:
    """How many doubts somebody looked at without being able to tell."""
    return records.Doubt.objects.filter(programme__key=programme, looked_at=True).count()


Useful = tuple[tuple[SettledStatement, ...], tuple[Named, ...], tuple[Named, ...]]


def doubtful_pairs(
    programme: str, pairs: Sequence[Pair], useful: Mapping[Pair, Useful] | None = None
) -> tuple[DoubtfulPair, ...]:
    """These pairs with their lines and evidence, in the order given."""
    matches = {
        (row.a_id, row.b_id): row
        for row in records.Match.objects.filter(programme__key=programme, a__in=[a for a, _ in pairs])
    }
    said = latest_decisions(programme, pairs)
    proofs = proof_lines({line for pair in pairs for line in pair})
    found = []
    for a, b in pairs:
        if not proofs.get(a) or not proofs.get(b):
            continue
        match = matches.get((a, b))
        settles, helps, narrows = (useful or {}).get((a, b), ((), (), ()))
        found.append(
            DoubtfulPair(
                a=proofs[a][0],
                b=proofs[b][0],
                weight=match.weight if match else 0,
                parts=tuple((field, level, weight) for field, level, weight in match.parts) if match else (),
                settles=settles,
                helps=helps,
                narrows=narrows,
                looked_at=said.get((a, b), (0, ""))[1] == "cannot_tell",
                decision=said.get((a, b), (0, ""))[0],
            )
        )
    return tuple(found)


def latest_decisions(programme: str, pairs: Collection[Pair]) -> dict[Pair, tuple[int, str]]:
    """The latest word about each of these pairs about which there was any: its record, and what it says."""
    rows = records.Decision.objects.filter(programme__key=programme, a__in={a for a, _ in pairs})
    found = {
        (a, b): (decision, verdict)
        for decision, a, b, verdict in rows.order_by("at", "id").values_list("id", "a_id", "b_id", "verdict")
    }
    return {pair: found[pair] for pair in pairs if pair in found}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the doubts can be narrowed to, in the order of the folder."""

    statements: tuple[Named, ...]
    figures: tuple[Named, ...]
    events: tuple[Named, ...]


def doubts_narrowed_by(programme: str) -> Narrowing:
    """The statements and figures of people, and the events, of a programme."""
    figures = records.Indicator.objects.filter(programme__key=programme, measure__in=PEOPLE)
    statements = records.Statement.objects.filter(programme__key=programme, indicator__measure__in=PEOPLE)
    events = records.Event.objects.filter(programme__key=programme)
    return Narrowing(
        *(
            tuple(Named(key, text) for key, text in rows.order_by("order", "id").values_list("key", column))
            for rows, column in ((statements, "text"), (figures, "title"), (events, "title"))
        )
    )


def certain_unreviewed(programme: str, scope: Scope | None = None, *, once: Once | None = None) -> int:
    """How many certain matches no person has looked at; with a ``scope``, of lines seen in it.

    Name forms the programme itself gives for one expert are a person's word. The bounds of every figure are hard
    given these.
    """
    if scope is not None:
        return unreviewed_in((once or Once(programme)).facts, scope)
    if once is not None and once.counts:
        register = once.ties
        return len(register.certain - register.same - register.different)
    certain = records.Match.objects.filter(programme__key=programme, band="certain").order_by()
    decided = {(one.a, one.b) for one in decisions_in_force(programme) if one.verdict != "cannot_tell"}
    looked_at = certain.filter(a__in={a for a, _ in decided}).values_list("a_id", "b_id")
    return certain.count() - len(decided.intersection(looked_at))
