"""What is certain, what is not and its chances, and the range of people they give."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from karvon.rules.counting.facts import Register
from karvon.rules.counting.named import Named
from karvon.rules.identity.chances import chance_of_strangers, chance_of_support
from karvon.rules.identity.expected import NEW, Expected
from karvon.rules.identity.line import Chance, IdentityLine, Resolution, Snapshot
from karvon.rules.identity.resolve import resolve


def line(at: str, name: str, *, organisation: str = "", region: str = "", phone: str = "") -> IdentityLine:
    return IdentityLine(
        line=at, sheet=f"S{at}", name=name, organisation=organisation, region=region, phone=phone
    )


def certain(*lines: IdentityLine) -> set[tuple[str, str]]:
    return {(m.a, m.b) for m in resolve(lines).matches if m.band == "certain"}


def made(groups: tuple[tuple[str, ...], ...], *chances: Chance) -> Expected:
    return Expected(Resolution(groups, (), Snapshot(1, {}), chances))


def test_two_telephones_keep_bare_namesakes_of_one_office_from_being_certain() -> None:
    one = {"organisation": "NEK", "region": "Tashkent"}
    assert certain(line("1", "Makarov Viktor", **one), line("2", "Макаров Виктор", **one)) == {("1", "2")}
    assert (
        certain(
            line("1", "Makarov Viktor", phone="931837113", **one),
            line("2", "Макаров Виктор", phone="908390367", **one),
        )
        == set()
    )


def test_whoever_one_certainly_is_is_not_the_other() -> None:
    found = resolve(
        [
            line("1", "Nazarov Furqat Karimovich", phone="971112233"),
            line("2", "Nazarov Furqat", phone="971112233"),
            line("3", "Nazarov Furqat Maʼrufovich", organisation="NEK"),
        ]
    )
    assert [(m.a, m.b) for m in found.matches] == [("1", "2")]


def test_chances_grow_with_support_and_never_leave_nought_to_one() -> None:
    for chance in (chance_of_support, chance_of_strangers):
        values = [chance(weight) for weight in range(-100_000, 100_000, 50)]
        assert values == sorted(values)
        assert 0 <= values[0] <= values[-1] <= 10_000


def test_what_is_certain_has_no_range() -> None:
    found = made((("1", "2"), ("3",)))
    assert found.moments({"1", "2", "3"}) == (2, 2.0, 0.0)
    assert found.people(()).high == 0


def test_only_joins_with_lines_on_both_sides_matter() -> None:
    found = made(
        (("1", "2"), ("3",)),
        Chance(("1",), ("2",), together=True, same=8000),
        Chance(("1", "2"), ("3",), together=False, same=1000),
    )
    assert found.moments({"1"}) == (1, 1.0, 0.0)
    assert found.moments({"1", "2"}) == (1, 1 + NEW * (1 - 0.8), 0.8 * (1 - 0.8))
    best, mean, variance = found.moments({"2", "3"})
    assert (best, round(mean, 9), round(variance, 9)) == (2, 1.9, 0.09)


PAIRS = st.sets(
    st.sampled_from(list(itertools.combinations("abcdef", 2))),
    max_size=8,
)


def partitions(lines: list[str]) -> list[list[set[str]]]:
    if not lines:
        return [[]]
    first, rest = lines[0], partitions(lines[1:])
    grown = [[*one[:at], one[at] | {first}, *one[at + 1 :]] for one in rest for at in range(len(one))]
    return grown + [[{first}, *one] for one in rest]


def connected(group: set[str], pairs: set[tuple[str, str]]) -> bool:
    reached = {min(group)}
    while True:
        near = {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        if not (fresh := (near & group) - reached):
            return reached == group
        reached |= fresh


@settings(max_examples=60, deadline=None)
@given(sure=PAIRS, open_=PAIRS, apart=PAIRS, asked=st.sets(st.sampled_from("abcdef")))
def test_bounds_are_the_least_and_the_most_over_all_groupings(
    sure: set[tuple[str, str]],
    open_: set[tuple[str, str]],
    apart: set[tuple[str, str]],
    asked: set[str],
) -> None:
    # decisions that tear certain matches apart have tests of their own, in counting
    apart -= {pair for pair in apart if connected(set(pair) | set("abcdef"), sure)}
    sure_only = [one for one in partitions(list("abcdef")) if all(connected(g, sure) for g in one)]
    atoms = max(sure_only, key=lambda one: -len(one))
    apart = {(a, b) for a, b in apart if not any({a, b} <= atom for atom in atoms)}
    register = Register(
        person_of={x: min(next(atom for atom in atoms if x in atom)) for x in "abcdef"},
        certain=frozenset(sure),
        undecided=frozenset(open_),
        different=frozenset(apart),
    )
    legal = [
        sum(bool(group & asked) for group in one)
        for one in partitions(list("abcdef"))
        if all(connected(group, sure | open_) for group in one)
        and all(any(atom <= group for group in one) for atom in atoms)
        and not any({a, b} <= group for a, b in apart for group in one)
    ]
    found = Named(register).people(asked)
    assert (found.lower, found.upper, found.outer) == (min(legal), max(legal), False)
    assert found.upper == len({Named(register).certainly(x) for x in asked})
