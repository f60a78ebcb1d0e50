"""Lines that name the same person are put together, and only those."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karvon.rules.counting.facts import Register
from karvon.rules.counting.named import Named
from karvon.rules.identity.expected import Expected
from karvon.rules.identity.explain import explain
from karvon.rules.identity.line import Decision, IdentityLine, Resolution
from karvon.rules.identity.resolve import resolve, take_snapshot

NEK = "NEK"


def line(at: str, name: str, *, sheet: str = "", organisation: str = "", phone: str = "") -> IdentityLine:
    return IdentityLine(line=at, sheet=sheet or f"S{at}", name=name, organisation=organisation, phone=phone)


def groups(*lines: IdentityLine, decisions: tuple[Decision, ...] = ()) -> tuple[tuple[str, ...], ...]:
    return resolve(lines, decisions=decisions).groups


def test_one_person_in_five_orthographies_is_one() -> None:
    found = groups(
        line("1", "Umarov Islom Fozil oʻgʻli", organisation="Maxsustrans"),
        line("2", "УМАРОВ ИСЛАМ ФАЗЫЛ УГЛИ", organisation="Махсустранс"),
        line("3", "Islom Umarov", organisation="SUE Makhsustrans"),
        line("4", "Umarovs Islams", organisation="Mahsustrans"),
        line("5", "Islom Umarow", organisation="Махсустранc"),
    )
    assert found == (("1", "2", "3", "4", "5"),)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Nuriddinov Hasan Fozilovich", "Nuriddinov Husan Fozilovich"),
        ("Karimov Aziz Rustamovich", "Karimov Rustam Azizovich"),
        ("Yoqubova Dilbar Karimovna", "Yoqubova Dilnoza Karimovna"),
        ("Abdullayev Xurshid", "Abdullayeva Xurshida"),
    ],
)
def test_twins_father_and_son_and_sisters_stay_apart(one: str, two: str) -> None:
    same = {"organisation": "Maxsustrans", "phone": "+998971234567"}
    assert groups(line("1", one, **same), line("2", two, **same)) == (("1",), ("2",))


def test_a_married_name_with_the_same_telephone_is_found() -> None:
    found = groups(
        line("1", "Ismoilova Zulfiya Abdullayevna", organisation="Issiqlik manbai", phone="998975636165"),
        line("2", "Yusupova Zulfiya Abdullayevna", organisation="Issiqlik manbai", phone="97 563 61 65"),
    )
    assert found == (("1", "2"),)


def test_two_full_names_that_differ_on_one_sheet_are_two_people() -> None:
    found = groups(
        line("1", "Karimov Anvar", sheet="S", organisation=NEK, phone="971112233"),
        line("2", "Karimov Akbar", sheet="S", organisation=NEK, phone="971112233"),
    )
    assert found == (("1",), ("2",))


def test_a_persons_word_overrules_the_evidence() -> None:
    lines = (line("1", "Karimov Aziz", organisation=NEK), line("2", "Каримов Азиз", organisation=NEK))
    assert groups(*lines) == (("1", "2"),)
    assert groups(*lines, decisions=(Decision(a="2", b="1", verdict="different"),)) == (("1",), ("2",))
    strangers = (line("1", "Karimov Aziz"), line("2", "Bērziņa Ilze"))
    assert groups(*strangers, decisions=(Decision(a="1", b="2", verdict="same"),)) == (("1", "2"),)


def test_the_last_word_on_a_pair_holds() -> None:
    lines = (line("1", "Karimov Aziz", organisation=NEK), line("2", "Каримов Азиз", organisation=NEK))
    words = (Decision(a="1", b="2", verdict="different"), Decision(a="1", b="2", verdict="same"))
    assert groups(*lines, decisions=words) == (("1", "2"),)


def test_cannot_tell_leaves_a_pair_undecided() -> None:
    lines = (
        line("1", "Umarov Islom Fozilovich", organisation=NEK, phone="971112233"),
        line("2", "Умаров Ислам Фазылович", organisation=NEK, phone="971112233"),
    )
    assert [m.band for m in resolve(lines).matches] == ["certain"]
    doubted = resolve(lines, decisions=(Decision(a="1", b="2", verdict="cannot_tell"),))
    assert [m.band for m in doubted.matches] == ["undecided"]


def test_no_chain_of_same_words_brings_two_different_lines_together() -> None:
    lines = tuple(line(str(at), "Karimov Aziz", organisation=NEK) for at in range(3))
    words = (
        Decision(a="0", b="1", verdict="same"),
        Decision(a="1", b="2", verdict="same"),
        Decision(a="0", b="2", verdict="different"),
    )
    assert [group for group in groups(*lines, decisions=words) if {"0", "2"} <= set(group)] == []


@pytest.mark.parametrize("name", ["", "12345", "\u200f\u202e", "x" * 10_000, "\x00\x07"])
def test_lines_without_a_name_are_not_put_together(name: str) -> None:
    assert groups(line("1", name), line("2", name)) == (("1",), ("2",))


NAMES = (
    "Umarov Islom Fozil oʻgʻli", "УМАРОВ ИСЛАМ", "Islams Umarovs", "Umarov I.", "Karimov A.", "Каримов Азиз",
    "Karimova Aziza",
    "Hasan Nuriddinov", "Husan Nuriddinov", "Н. Хусан", "", "Bērziņa Ilze", "Ilze Berzina",
)  # fmt: skip

A_LINE = st.builds(
    lambda name, sheet, organisation, phone: (name, sheet, organisation, phone),
    st.sampled_from(NAMES),
    st.sampled_from("ABC"),
    st.sampled_from(["", "NEK", "Maxsustrans", "Махсустранс"]),
    st.sampled_from(["", "971112233", "+998 97 111 22 33", "935556677"]),
)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(A_LINE, max_size=14), data=st.data())
def test_order_changes_nothing_and_every_line_is_in_one_group(
    rows: list[tuple[str, str, str, str]], data: st.DataObject
) -> None:
    lines = [
        line(f"L{at:02}", name, sheet=sheet, organisation=organisation, phone=phone)
        for at, (name, sheet, organisation, phone) in enumerate(rows)
    ]
    numbers = st.integers(0, max(len(lines) - 1, 0))
    decisions = [
        Decision(a=f"L{a:02}", b=f"L{b:02}", verdict="different" if bad else "same")
        for a, b, bad in data.draw(st.lists(st.tuples(numbers, numbers, st.booleans()), max_size=3))
        if a != b
    ]
    first = resolve(lines, decisions=decisions)
    second = resolve(
        data.draw(st.permutations(lines)), decisions=decisions, snapshot=take_snapshot(reversed(lines))
    )
    assert first == second
    assert sorted(at for group in first.groups for at in group) == [one.line for one in lines]
    last = {tuple(sorted((d.a, d.b))): d.verdict for d in decisions}
    for (a, b), verdict in last.items():
        if verdict == "different":
            assert [group for group in first.groups if a in group and b in group] == []


def test_every_match_is_the_sum_of_its_parts() -> None:
    lines = [line(str(at), name, organisation="NEK") for at, name in enumerate(NAMES)]
    matches = resolve(lines).matches
    assert [m.weight for m in matches] == [sum(part.weight for part in m.parts) for m in matches]
    assert matches


def test_a_pair_a_person_called_the_same_is_certain_however_unlike() -> None:
    lines = (line("1", "Karimov Aziz"), line("2", "Bērziņa Ilze"))
    found = resolve(lines, decisions=(Decision(a="1", b="2", verdict="same"),))
    assert [(m.a, m.b, m.band) for m in found.matches] == [("1", "2", "certain")]


def test_initials_alone_are_never_certain() -> None:
    lines = (
        line("1", "Yodgorov Sh. Yo.", organisation="NEK"),
        line("2", "Ёдгоров Ш.Ё.", organisation="НЭК"),
    )
    assert [m.band for m in resolve(lines).matches] == ["undecided"]


def bounds(resolution: Resolution, lines: Iterable[str]) -> tuple[int, int, int]:
    """Fewest, likeliest and most people of these lines."""
    bands: dict[str, set[tuple[str, str]]] = {"certain": set(), "undecided": set()}
    for match in resolution.matches:
        bands[match.band].add((match.a, match.b))
    register = Register(
        person_of={at: group[0] for group in resolution.groups for at in group},
        certain=frozenset(bands["certain"]),
        undecided=frozenset(bands["undecided"]),
    )
    found = Named(register).people(list(lines))
    return found.lower, found.best, found.upper


@pytest.mark.parametrize("name", ["Karimov A.", "Karimov Aziz Rustamovich"])
def test_one_row_copied_over_and_over_on_a_sheet_is_left_for_review(name: str) -> None:
    copies = [line(f"{at:04}", name, sheet="S", organisation=NEK, phone="971112233") for at in range(5000)]
    found = resolve(copies)
    assert bounds(found, (one.line for one in copies)) == (1, 5000, 5000)
    assert found.too_large == (tuple(one.line for one in copies),)
    assert len(found.matches) == 4999


def test_an_organiser_on_more_sheets_than_a_person_is_given_may_be_one() -> None:
    spellings = ("Karimov Aziz Rustamovich", "Каримов Азиз Рустамович", "Azizs Karimovs", "Karimov A. R.")
    rows = [
        line(f"{at:04}", spellings[at % 4], organisation=("NEK", "НЭК", "")[at % 3], phone="971112233")
        for at in range(400)
    ]
    found = resolve(rows)
    assert bounds(found, (row.line for row in rows)) == (1, 2, 2)
    assert [len(group) for group in found.groups] == [300, 100]
    expected = Expected(found).people([row.line for row in rows])
    assert (expected.low, expected.best) == (1, 2)


def test_a_common_name_on_four_hundred_sheets_brings_nothing_together_and_may_be_one() -> None:
    rows = [line(f"{at:04}", "Karimov Aziz") for at in range(400)]
    assert bounds(resolve(rows), (row.line for row in rows)) == (1, 400, 400)


def test_sixty_people_on_one_telephone_are_no_crowd() -> None:
    people = [
        line(f"{at:02}{sheet}", f"{surname} {given}", sheet=f"S{sheet}", phone="971112233")
        for at, (surname, given) in enumerate(
            (surname, given)
            for surname in ("Karimov", "Umarov", "Yusupov", "Nazarov", "Rahimov", "Saidov")
            for given in (
                "Aziz",
                "Bobur",
                "Dilshod",
                "Eldor",
                "Farhod",
                "Jasur",
                "Olim",
                "Rustam",
                "Sherzod",
                "Temur",
            )
        )
        for sheet in range(6)
    ]
    found = resolve(people)
    assert (found.too_large, len(found.groups)) == ((), 60)


def test_people_who_share_one_telephone_beside_somebody_on_every_sheet_are_found() -> None:
    everywhere = [line(f"A{at:03}", "Karimov Aziz", organisation=NEK, phone="971112233") for at in range(320)]
    other = [
        line(f"B{at}", name, phone="971112233") for at, name in enumerate(("Umarov Islom", "Умаров Ислом"))
    ]
    assert ("B0", "B1") in resolve([*everywhere, *other]).groups


def test_one_name_on_every_row_brings_nothing_together() -> None:
    rows = [line(f"{at:04}", "Karimov A.") for at in range(2000)]
    assert len(groups(*rows)) == 2000


def test_somebody_who_signs_every_sheet_is_one_person() -> None:
    rows = [line(f"{at:04}", "Karimov Aziz Rustamovich", organisation=NEK) for at in range(125)]
    assert len(groups(*rows)) == 1


def test_a_namesake_with_another_patronymic_leaves_the_bare_name_undecided() -> None:
    lines = (
        line("1", "Nazarov Furqat Karimovich", organisation=NEK),
        line("2", "Nazarov Furqat Maʼrufovich", organisation=NEK),
        line("3", "Nazarov Furqat", organisation=NEK),
    )
    assert [m for m in resolve(lines).matches if m.band == "certain"] == []


@pytest.mark.parametrize(
    ("name", "lines"), [("Ali Valiyev", 7), ("Ali Valiyev", 2), ("Qodirqulov Mirzohid", 2)]
)
def test_in_a_short_list_names_alone_are_never_certain(name: str, lines: int) -> None:
    bare = resolve(line(str(at), name) for at in range(lines))
    assert (len(bare.groups), {match.band for match in bare.matches}) == (1, {"undecided"})
    employed = resolve(line(str(at), name, organisation=NEK) for at in range(lines))
    assert (len(employed.groups), {match.band for match in employed.matches}) == (1, {"certain"})


def test_in_a_long_list_seldom_names_are_certain_by_themselves() -> None:
    people = [line(f"A{at}", f"{'abdefgh'[at % 7]}urov{at // 7}a Nodir") for at in range(6000)]
    rare = [line("1", "Qodirqulov Mirzohid"), line("2", "Кодиркулов Мирзохид")]
    found = {(match.a, match.b): match.band for match in resolve([*people, *rare]).matches}
    assert found["1", "2"] == "certain"


def test_namesakes_at_two_schools_are_two_people_and_at_one_are_not() -> None:
    def teacher(at: str, school: str) -> IdentityLine:
        return line(at, "Karimov Aziz", organisation=school)

    def level(one: str, two: str) -> list[str]:
        lines = (teacher("1", one), teacher("2", two))
        return [p.level for p in explain(*lines, take_snapshot(lines)).parts if p.field == "organisation"]

    assert level("12-maktab", "13-maktab") == ["differs"]
    assert level("12-maktab", "Школа №12") == ["agrees"]
    assert level("12-maktab", "maktab") == ["agrees in part"]


def test_two_lines_are_explained_field_by_field() -> None:
    lines = (
        line("1", "Umarov Islom Fozil o'g'li", organisation="Maxsustrans"),
        line("2", "УМАРОВ ИСЛАМ ФАЗЫЛ УГЛИ", organisation="Махсустранс"),
    )
    match = explain(*lines, take_snapshot(lines))
    assert [(part.field, part.level) for part in match.parts] == [
        ("prior", "any two lines"),
        ("surname", "same"),
        ("given_name", "spelling"),
        ("patronymic", "spelling"),
        ("organisation", "agrees"),
    ]
    assert match.weight == sum(part.weight for part in match.parts)
    assert match.band == "certain"


@pytest.mark.parametrize("ids", [("a", "b", "c"), ("b", "a", "c"), ("c", "b", "a"), ("c", "a", "b")])
def test_spellings_with_one_key_and_different_acronyms_weigh_the_same_in_any_order(
    ids: tuple[str, str, str],
) -> None:
    apart, together, short = ids
    written = {apart: "Махсус транс", together: "Махсустранс", short: "MT"}
    lines = [
        IdentityLine(line=line, sheet=line, name="Karimov Sherzod Anvarovich", organisation=organisation)
        for line, organisation in sorted(written.items())
    ]

    level = {
        frozenset((match.a, match.b)): next((p.level for p in match.parts if p.field == "organisation"), "")
        for match in resolve(lines, snapshot=take_snapshot(lines[:1])).matches
    }

    assert level[frozenset((apart, short))] == "agrees but for spelling"
    assert level[frozenset((together, short))] == "differs"
