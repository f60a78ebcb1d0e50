"""Why two lines are taken for one person or not, where the two by themselves say something else."""

from collections.abc import Iterable

import pytest
from bench.bulk_rows import rows as generated

from karvon.rules.identity.finding import Finding, Reason, Said, finding
from karvon.rules.identity.line import Decision, IdentityLine, Resolution
from karvon.rules.identity.resolve import resolve, take_snapshot

OTHERS = [line for line, _ in generated(300, seed=5)]
"""Strangers, so that rarities are those of a register."""
SAME, DOUBTFUL, DIFFERENT = (
    Said("same", True),
    Said("doubtful", True),
    Said("different", False),
)


def line(at: str, name: str, *, organisation: str = "", phone: str = "", sheet: str = "") -> IdentityLine:
    return IdentityLine(line=at, sheet=sheet or f"S{at}", name=name, organisation=organisation, phone=phone)


def found(*given: IdentityLine, decisions: Iterable[Decision] = ()) -> Finding:
    """What is found of the first two lines."""
    lines = [*given, *OTHERS]
    resolution = resolve(lines, decisions=decisions, snapshot=take_snapshot(OTHERS))
    return finding(
        given[0].line,
        given[1].line,
        lines={one.line: one for one in lines},
        resolution=resolution,
        decisions=decisions,
        everybody=lambda: lines,
    )


UMAROV = line("a", "Umarov Islom Fozil oʻgʻli", organisation="Maxsustrans")
ИСЛАМ = line("b", "УМАРОВ ИСЛАМ ФАЗЫЛ УГЛИ", organisation="Махсустранс")
INITIALS = line("c", "Umarov I.", organisation="Maxsustrans")


def test_two_lines_that_say_enough_need_no_reason() -> None:
    said = found(UMAROV, ИСЛАМ)
    assert (said.alone, said.found, said.reason) == (SAME, SAME, None)
    assert said.evidence.weight == sum(part.weight for part in said.evidence.parts)


def test_initials_by_themselves_leave_a_doubt_and_need_no_reason() -> None:
    said = found(UMAROV, INITIALS)
    assert (said.alone, said.found, said.reason) == (DOUBTFUL, DOUBTFUL, None)


def test_two_that_contradict_each_other_are_different() -> None:
    said = found(line("a", "Nuriddinov Hasan Fozilovich"), line("b", "Nuriddinov Husan Fozilovich"))
    assert (said.alone, said.found, said.reason) == (DIFFERENT, DIFFERENT, None)
    assert ("veto", "cannot be one person") in [(part.field, part.level) for part in said.evidence.parts]


def test_strangers_are_different() -> None:
    said = found(UMAROV, line("b", "Saidova Nigora"))
    assert (said.alone, said.found, said.reason) == (DIFFERENT, DIFFERENT, None)


@pytest.mark.parametrize(
    ("verdict", "then"), [("same", SAME), ("different", DIFFERENT), ("cannot_tell", DOUBTFUL)]
)
def test_a_persons_word_is_the_reason_where_it_changes_what_is_found(verdict: str, then: Said) -> None:
    pair = (UMAROV, INITIALS) if verdict != "cannot_tell" else (UMAROV, ИСЛАМ)
    said = found(*pair, decisions=[Decision(pair[0].line, pair[1].line, verdict)])  # type: ignore[arg-type]
    assert (said.found, said.reason) == (then, Reason("decided"))


def test_the_last_word_about_two_lines_is_the_one_that_counts() -> None:
    words = [Decision("a", "c", "different"), Decision("a", "c", "same")]
    assert found(UMAROV, INITIALS, decisions=words).found == SAME


def test_somebody_elses_line_that_fits_as_well_is_named() -> None:
    said = found(
        line("a", "Nazarov Furqat", organisation="NEK"),
        line("b", "Nazarov Furqat Karimovich", organisation="NEK"),
        line("z", "Nazarov Furqat Maʼrufovich", organisation="NEK"),
    )
    assert (said.alone, said.found) == (SAME, DOUBTFUL)
    assert said.reason is not None
    assert (said.reason.why, said.reason.lines) == ("rival", ("a", "z"))
    assert said.reason.weight is not None
    assert said.reason.weight > 0


def test_lines_between_that_link_two_are_named_in_order() -> None:
    said = found(
        line("a", "Ismoilova Zulfiya Abdullayevna", organisation="Issiqlik manbai"),
        line("b", "Yusupova Zulfiya Abdullayevna", organisation="Zarbuloq", phone="975636165"),
        line("c", "Ismoilova Zulfiya Abdullayevna", organisation="Issiqlik manbai", phone="975636165"),
    )
    assert (said.found, said.reason) == (SAME, Reason("through", ("c",)))
    assert said.alone != SAME


def test_a_word_about_another_line_that_links_two_is_named() -> None:
    before, after = "Ismoilova Zulfiya Abdullayevna", "Yusupova Zulfiya Abdullayevna"
    given = (
        line("a", before, organisation="Issiqlik manbai"),
        line("b", after, organisation="Zarbuloq"),
        line("c", after, organisation="Zarbuloq"),
    )
    assert found(*given).found != SAME
    said = found(*given, decisions=[Decision("a", "c", "same")])
    assert (said.found, said.reason) == (SAME, Reason("decided_elsewhere", ("a", "c")))


def test_a_word_about_another_line_that_keeps_two_apart_is_named() -> None:
    said = found(
        UMAROV, INITIALS, line("z", "Umarov Islom Fozilovich", organisation="Maxsustrans"),
        decisions=[Decision("a", "z", "same"), Decision("c", "z", "different")],
    )  # fmt: skip
    assert (said.alone, said.found) == (DOUBTFUL, DIFFERENT)
    assert said.reason == Reason("decided_elsewhere", ("c", "z"))


def test_a_line_one_is_linked_with_that_contradicts_the_other_is_named() -> None:
    said = found(
        line("a", "Karimova Munira", phone="901112233"),
        line("b", "Karimova M. Z.", organisation="Zarbuloq"),
        line("c", "Karimova Munira Shavkatovna", organisation="NEK", phone="901112233"),
        line("d", "Каримова Мунира Шавкатовна", organisation="НЭК", phone="90 111 22 33"),
    )
    assert (said.alone, said.found.together) == (DOUBTFUL, False)
    assert said.reason is not None
    assert (said.reason.why, said.reason.lines) == ("contradiction", ("b", "c"))
    assert said.reason.weight is not None
    assert said.reason.weight < 0


@pytest.mark.parametrize("seed", [1, 2])
def test_on_any_register_a_reason_is_given_exactly_where_the_finding_differs(seed: int) -> None:
    lines = [one for one, _ in generated(250, seed=seed)]
    resolution: Resolution = resolve(lines)
    by_line = {one.line: one for one in lines}
    group_of = {at: group for group in resolution.groups for at in group}
    for match in resolution.matches:
        said = finding(match.a, match.b, lines=by_line, resolution=resolution, everybody=lambda: lines)
        assert (said.reason is None) == (said.alone == said.found)
        assert said.found.together == (group_of[match.a] == group_of[match.b])
        assert (said.found.state == "same") == (match.band == "certain")
        assert said.evidence.parts[: len(match.parts)] == match.parts
