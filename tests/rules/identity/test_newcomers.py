"""New lines and decisions change only the components they touch, and come to what linking everything anew comes to."""

import random
from dataclasses import replace

import pytest
from bench.people_dev import lines_of
from bench.people_generator import generate
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.identity.kept_register import RegisterInMemory, Standing

from karvon.rules.identity import candidates, clustering
from karvon.rules.identity.line import Decision, IdentityLine, Snapshot
from karvon.rules.identity.newcomers import Decided, decide_with
from karvon.rules.identity.resolve import resolve, resolve_and_keep, take_snapshot
from karvon.rules.identity.weights import Weights

SURNAMES = ("Karimov", "Karimova", "Каримов", "Karimovs", "Karimow", "Krimov", "Umarov", "Умаров", "Юсупова")
GIVEN = ("Aziz", "Азиз", "A.", "Hasan", "Husan", "Ҳасан", "Dilbar", "Дилбар", "", "Axmad", "Ahmad", "Azis")
FATHERS = ("", "", "Rustamovich", "Рустамович", "Rustam oʻgʻli", "B.", "Karimovna")


class Linked:
    """A register that grows by portions, and its linking as a whole to compare with."""

    def __init__(self, first: list[IdentityLine], snapshot: Snapshot) -> None:
        resolution, linked = resolve_and_keep(first, register="test", snapshot=snapshot)
        self.snapshot = snapshot
        self.weights = Weights(snapshot)
        self.register = RegisterInMemory(linked)
        self.standing = Standing(resolution)
        self.lines = list(first)
        self.decisions: list[Decision] = []

    def take(self, new: list[IdentityLine]) -> Decided:
        return self._decide(new, about=())

    def say(self, decision: Decision) -> Decided:
        self.decisions.append(decision)
        return self._decide([], about=(decision.a, decision.b))

    def unsay(self, decision: Decision) -> Decided:
        self.decisions.remove(decision)
        return self._decide([], about=(decision.a, decision.b))

    def _decide(self, new: list[IdentityLine], *, about: tuple[str, ...]) -> Decided:
        decided = decide_with(
            new,
            register=self.register,
            weights=self.weights,
            given_shares=self.snapshot.tables["given_share"],
            decisions=self.decisions,
            about=about,
        )
        self.lines += new
        self.register.take(decided)
        self.standing.take(decided)
        return decided

    def is_as_linked_whole(self) -> bool:
        whole, linked = resolve_and_keep(
            self.lines, register="test", snapshot=self.snapshot, decisions=self.decisions
        )
        anew, expected = RegisterInMemory(linked), Standing(whole)
        ids = [line.line for line in self.lines]
        assert sorted(self.register.keys(ids)) == sorted(anew.keys(ids))
        assert self.register.components() == anew.components()
        assert self.standing.groups == expected.groups
        assert self.standing.matches == expected.matches
        assert self.standing.chances == expected.chances
        assert self.standing.too_large == expected.too_large
        return True


@st.composite
def registers(draw: st.DrawFn) -> list[IdentityLine]:
    return [
        IdentityLine(
            line=f"L{at:02d}",
            sheet=draw(st.sampled_from(("S1", "S2", "S3"))),
            name=" ".join(draw(st.sampled_from(words)) for words in (SURNAMES, GIVEN, FATHERS)).strip(),
            organisation=draw(st.sampled_from(("", "Maxsustrans", "Махсустранс", "Zarbuloq"))),
            phone=draw(st.sampled_from(("", "", "901112233", "904445566"))),
            region=draw(st.sampled_from(("", "Toshkent", "Навои"))),
            sex=draw(st.sampled_from(("", "", "f", "m"))),
        )
        for at in range(draw(st.integers(1, 25)))
    ]


@settings(max_examples=150)
@given(registers(), st.data())
def test_lines_in_portions_and_in_any_order_come_to_what_the_whole_comes_to(
    lines: list[IdentityLine], data: st.DataObject
) -> None:
    measured_on = data.draw(st.integers(0, len(lines)), label="lines the snapshot was taken of")
    snapshot = take_snapshot(lines[:measured_on])
    order = data.draw(st.permutations(lines))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(lines)), max_size=4)))
    portions = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    linked = Linked(portions[0], snapshot)
    for portion in portions[1:]:
        linked.take(portion)
    assert linked.is_as_linked_whole()


@st.composite
def small_limits(draw: st.DrawFn) -> dict[str, int]:
    """Limits that a handful of lines is beyond."""
    return {
        "LARGEST_BLOCK": draw(st.integers(1, 6)),
        "LARGEST_LOOSEST_BLOCK": draw(st.integers(1, 4)),
        "LARGEST_WORDY_BLOCK": draw(st.integers(1, 3)),
        "MOST_LINES": draw(st.integers(1, 8)),
        "NEXT": draw(st.integers(1, 3)),
    }


@settings(max_examples=150)
@given(registers(), small_limits(), st.integers(2, 8), st.data())
def test_blocks_and_people_beyond_the_limit_come_to_the_same_in_portions(
    lines: list[IdentityLine], limits: dict[str, int], largest: int, data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clustering, "LARGEST_GROUP", largest)
        for limit, most in limits.items():
            patched.setattr(candidates, limit, most)
        lines = [*lines, *(replace(one, line=f"{one.line}+", sheet="S9") for one in lines)]
        order = data.draw(st.permutations(lines))
        cuts = sorted(data.draw(st.lists(st.integers(0, len(lines)), max_size=4)))
        portions = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
        linked = Linked(portions[0], take_snapshot(lines))
        for portion in portions[1:]:
            linked.take(portion)
        assert linked.is_as_linked_whole()


@settings(max_examples=100)
@given(registers(), st.data())
def test_a_decision_that_comes_or_goes_comes_to_what_the_whole_comes_to(
    lines: list[IdentityLine], data: st.DataObject
) -> None:
    linked = Linked(lines, take_snapshot(lines))
    ids = [line.line for line in lines]
    said: list[Decision] = []
    for _ in range(data.draw(st.integers(0, 5)) if len(ids) > 1 else 0):
        if said and data.draw(st.booleans()):
            linked.unsay(said.pop(data.draw(st.integers(0, len(said) - 1))))
            continue
        a, b = sorted(data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)))
        if any((one.a, one.b) == (a, b) for one in said):
            continue
        said.append(Decision(a, b, data.draw(st.sampled_from(("same", "different", "cannot_tell")))))
        linked.say(said[-1])
    assert linked.is_as_linked_whole()


@pytest.mark.parametrize("seed", [1, 2])
def test_thirty_lines_after_thirty_on_a_made_up_register(seed: int) -> None:
    rows, _ = generate(seed=seed, people=400)
    lines = lines_of(rows)
    random.Random(seed).shuffle(lines)
    linked = Linked(lines[:-150], take_snapshot(lines[:-150]))
    for start in range(len(lines) - 150, len(lines), 30):
        decided = linked.take(lines[start : start + 30])
        assert len(decided.components) < len(linked.lines) / 2  # what is not touched is not decided again
    assert linked.is_as_linked_whole()


def test_blocks_that_grow_too_large_while_lines_come_are_given_up_as_in_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # two of these given names are slips of one another and share no key but the loosest
    names = (
        "Karimov B.",
        "Karimov Bahtiorjan",
        "Karimov Bektirjon",
        "Karimov Akbar",
        "Karimov Bahtiorjan Rustamovich",
    )
    lines = [
        IdentityLine(
            line=f"L{at:03d}", sheet=f"S{at}", name=name, organisation=("", "Maxsustrans", "Zarbuloq")[at % 3]
        )
        for at, name in enumerate(names * 4)
    ]
    for limit in ("LARGEST_BLOCK", "LARGEST_LOOSEST_BLOCK", "LARGEST_WORDY_BLOCK", "MOST_LINES"):
        for most in range(1, 9):
            with monkeypatch.context() as patched:
                patched.setattr(candidates, limit, most)
                linked = Linked(lines[:3], take_snapshot(lines))
                for one in lines[3:]:
                    linked.take([one])
                    assert linked.is_as_linked_whole(), (limit, most, one.line)


def test_a_name_nobody_bore_is_found_as_what_an_older_one_is_a_slip_of() -> None:
    older = IdentityLine(line="1", sheet="S1", name="Toshpulotov Mirzohid", organisation="Maxsustrans")
    newer = IdentityLine(line="2", sheet="S2", name="Toshpulatov Mirzohid", organisation="Maxsustrans")
    slip = IdentityLine(line="0", sheet="S0", name="Toshpulqtov Mirzohid", organisation="Maxsustrans")
    linked = Linked([older, slip], take_snapshot([older, slip]))
    decided = linked.take([newer])
    assert linked.is_as_linked_whole()
    assert ("0", "1", "2") in decided.groups


def test_a_line_of_the_register_does_not_come_as_a_new_one() -> None:
    line = IdentityLine(line="1", name="Karimov Aziz")
    with pytest.raises(ValueError, match="1 of the new lines"):
        Linked([line], take_snapshot([line])).take([line])


def test_nobody_is_linked_when_nobody_comes() -> None:
    line = IdentityLine(line="1", name="Karimov Aziz")
    decided = Linked([line], take_snapshot([line])).take([])
    assert (decided.groups, decided.matches, decided.keyed) == ((), (), ())
    assert resolve([line]).groups == (("1",),)
