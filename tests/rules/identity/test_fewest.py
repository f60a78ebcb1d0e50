"""A word about a whole person becomes as few decisions about pairs of lines as it needs."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.identity.fewest import Pair, apart, together
from karvon.rules.identity.line import Decision


class Chains:
    """A grouping of its own for the test: pairs of evidence join, decisions overrule, *different* stands."""

    def __init__(self, evidence: set[Pair], standing: Sequence[Decision] = ()) -> None:
        self.evidence, self.standing = evidence, standing

    def __call__(self, decisions: Sequence[Decision]) -> list[set[str]]:
        said = {(one.a, one.b): one.verdict for one in (*self.standing, *decisions)}
        lines = {line for pair in (*self.evidence, *said) for line in pair}
        group = {line: {line} for line in lines}
        same = sorted(pair for pair, verdict in said.items() if verdict == "same")
        for a, b in (*same, *sorted(self.evidence - said.keys())):
            both = group[a] | group[b]
            if not any(verdict == "different" and set(pair) <= both for pair, verdict in said.items()):
                for line in both:
                    group[line] = both
        return list({id(one): one for one in group.values()}.values())


def test_one_decision_parts_a_line_that_hangs_by_one_match() -> None:
    link = Chains({("a", "b"), ("b", "c")})
    assert apart("a", {"b", "c"}, link=link, weights={("a", "b"): 5}) == (Decision("a", "b", "different"),)


def test_a_line_between_two_others_is_parted_from_both() -> None:
    link = Chains({("a", "b"), ("b", "c")})
    found = apart("b", {"a", "c"}, link=link, weights={})
    assert set(found) == {Decision("a", "b", "different"), Decision("b", "c", "different")}


def test_a_decision_that_is_not_needed_beside_the_others_is_not_made() -> None:
    link = Chains({("a", "b"), ("a", "c"), ("b", "c")}, standing=[Decision("b", "c", "same")])
    assert len(apart("a", {"b", "c"}, link=link, weights={("a", "c"): 9})) == 1


def test_one_decision_makes_two_people_one() -> None:
    link = Chains({("a", "b"), ("c", "d")})
    found = together({"a", "b"}, {"c", "d"}, link=link, weights={("b", "c"): 3})
    assert found == (Decision("b", "c", "same"),)


def test_what_was_decided_before_is_overruled_where_it_says_otherwise() -> None:
    link = Chains({("a", "b"), ("c", "d")}, standing=[Decision("a", "c", "different")])
    found = together({"a", "b"}, {"c", "d"}, link=link, weights={("b", "d"): 3}, different=[("a", "c")])
    assert found == (Decision("a", "c", "same"),)


LINES = "abcdefg"
PAIRS = st.sets(st.sampled_from([(a, b) for a in LINES for b in LINES if a < b]), min_size=1)


@given(evidence=PAIRS, line=st.sampled_from(LINES))
def test_the_line_is_grouped_with_none_of_the_others_and_no_decision_can_be_left_out(
    evidence: set[Pair], line: str
) -> None:
    link = Chains(evidence)
    others = next((one for one in link([]) if line in one), {line}) - {line}
    found = apart(line, others, link=link, weights={})

    def parted(decisions: Sequence[Decision]) -> bool:
        return next((one for one in link(decisions) if line in one), {line}).isdisjoint(others)

    assert parted(found)
    assert not any(parted([each for each in found if each != one]) for one in found)


@given(
    evidence=PAIRS,
    one=st.sets(st.sampled_from("abcd"), min_size=1),
    other=st.sets(st.sampled_from("efg"), min_size=1),
)
def test_two_people_are_one_group_after_it(evidence: set[Pair], one: set[str], other: set[str]) -> None:
    link = Chains(evidence)
    found = together(one, other, link=link, weights={})
    assert any(one | other <= group for group in link(found))
    assert {decision.verdict for decision in found} == {"same"}
