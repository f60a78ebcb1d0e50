"""The doubts left, the one to look at first at the front, and what nobody has looked at."""

from collections.abc import Iterator, Mapping, Sequence

from karvon.queries.programme_description import describe
from karvon.queries.register import counting_facts, counting_register, open_pairs, standing_decisions
from karvon.queries.results.figures import PEOPLE, Asking, contracts_of, maintained_figures, rule_of
from karvon.queries.results.proof import proof_lines
from karvon.queries.results.rows import DoubtfulPair, Named, Page, SettledStatement
from karvon.records import models as records
from karvon.rules.counting.count import count
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.standing import Bounds
from karvon.rules.counting.unreviewed import certain_unreviewed as unreviewed_in
from karvon.rules.programme import description as d
from karvon.rules.programme.description import Scope
from karvon.rules.programme.scope import narrowed
from karvon.rules.statements import Figured, Queued, queue

Pair = tuple[str, str]


def doubts(programme: str, *, page: int = 1, size: int = 50) -> tuple[tuple[DoubtfulPair, ...], Page]:
    """One page of the doubts left, each by its strongest pair of lines, in the order of ``rules.statements.queue``.

    The number of SQL statements depends on neither lines nor doubts.
    """
    described = describe(programme, only={"contracts", "indicators", "statements"})
    queued = _queued(programme, described) if described else ()
    wanted = Page(min(max(1, page), max(1, -(-len(queued) // size))), size, len(queued))
    shown = queued[(wanted.number - 1) * size : wanted.number * size]
    texts = {one.key: one.text for one in described.statements} if described else {}
    titles = {one.key: one.title for one in described.indicators} if described else {}
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
    return doubtful_pairs(programme, [(one.a, one.b) for one in shown], useful), wanted


def _queued(programme: str, described: d.ProgrammeDescription) -> tuple[Queued, ...]:
    facts = counting_facts(programme)
    if not facts.register.undecided:
        return ()
    weights = {
        (a, b): weight
        for a, b, weight in records.Match.objects.filter(programme__key=programme).values_list(
            "a_id", "b_id", "weight"
        )
    }
    return queue(facts, list(_figured(programme, described, facts)), weights)


def _figured(programme: str, described: d.ProgrammeDescription, facts: Facts) -> Iterator[Figured]:
    """Every figure of people, with the statements on its scope; then the narrower scopes of statements."""
    maintained = maintained_figures(programme)
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
        own = maintained.get(indicator.key, {}).get(Asking("programme"))
        yield Figured(
            key=indicator.key,
            rule=rule,
            scope=indicator.scope,
            contracts=contracts_of(described, indicator.scope),
            bounds=Bounds(own.lower, own.best, own.upper) if own else Bounds(),
            statements=tuple(said.pop(indicator.scope)),
        )
        for scope, statements in said.items():
            counted = count(rule, scope, facts)
            narrower.append(
                Figured(
                    key="",
                    rule=rule,
                    scope=scope,
                    bounds=Bounds(counted.lower, counted.best, counted.upper),
                    statements=tuple(statements),
                )
            )
    yield from narrower


def doubt_count(programme: str) -> int:
    """How many doubts are left."""
    return len(open_pairs(programme))


Useful = tuple[tuple[SettledStatement, ...], tuple[Named, ...], tuple[Named, ...]]


def doubtful_pairs(
    programme: str, pairs: Sequence[Pair], useful: Mapping[Pair, Useful] | None = None
) -> tuple[DoubtfulPair, ...]:
    """These pairs with their lines and evidence, in the order given."""
    matches = {
        (row.a_id, row.b_id): row
        for row in records.Match.objects.filter(programme__key=programme, a__in=[a for a, _ in pairs])
    }
    looked_at = {(one.a, one.b) for one in standing_decisions(programme) if one.verdict == "cannot_tell"}
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
                looked_at=(a, b) in looked_at,
            )
        )
    return tuple(found)


def certain_unreviewed(programme: str, scope: Scope | None = None) -> int:
    """How many certain matches no person has looked at; with a ``scope``, of lines seen in it.

    Name forms the programme itself gives for one expert are a person's word. The bounds of every figure are hard
    given these.
    """
    if scope is not None:
        return unreviewed_in(counting_facts(programme), scope)
    register = counting_register(programme)
    return len(register.certain - register.same - register.different)
