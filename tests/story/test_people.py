"""Who is who in the example: what linking finds beside the truth."""

from collections import Counter, defaultdict

from tests.story import told

from karvon.rules.identity.line import Resolution


def true_groups(lines: tuple[told.ToldLine, ...]) -> list[list[str]]:
    of_person: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        of_person[line.gold.person].append(line.line)
    return list(of_person.values())


def test_linking_finds_nearly_every_pair_and_invents_next_to_none(
    lines: tuple[told.ToldLine, ...], resolution: Resolution
) -> None:
    true, found = told.pairs(true_groups(lines)), told.pairs(resolution.groups)
    precision, recall = len(true & found) / len(found), len(true & found) / len(true)
    assert (len(true), precision >= 0.99, recall >= 0.97) == (331, True, True), (
        f"P {precision:.4f} R {recall:.4f}"
    )


def test_no_certain_match_joins_two_people(lines: tuple[told.ToldLine, ...], resolution: Resolution) -> None:
    person = {line.line: line.gold.person for line in lines}
    certain = [match for match in resolution.matches if match.band == "certain"]
    assert [(m.a, m.b) for m in certain if person[m.a] != person[m.b]] == []


def test_a_father_and_his_son_are_two_people(
    lines: tuple[told.ToldLine, ...], resolution: Resolution
) -> None:
    assert together("P024", "P025", lines, resolution) is False


def test_twins_are_two_people(lines: tuple[told.ToldLine, ...], resolution: Resolution) -> None:
    assert together("P030", "P031", lines, resolution) is False


def test_a_surname_with_an_initial_that_two_people_share_is_a_doubt(
    lines: tuple[told.ToldLine, ...], resolution: Resolution
) -> None:
    short = next(line.line for line in lines if line.gold.name == "Каримов А.")
    doubted = {
        other for m in resolution.matches if m.band == "undecided" and short in (m.a, m.b) for other in (m.a, m.b)
    } - {short}  # fmt: skip
    assert {line.gold.person for line in lines if line.line in doubted} == {"P021", "P040"}


def test_namesakes_in_two_towns_are_a_doubt_that_only_a_person_can_settle(
    lines: tuple[told.ToldLine, ...], resolution: Resolution
) -> None:
    pair = {line.line for line in lines if line.gold.person in ("P061", "P094")}
    assert [m.band for m in resolution.matches if {m.a, m.b} == pair] == ["undecided"]


def test_the_doubts_are_few_enough_for_an_afternoon(
    lines: tuple[told.ToldLine, ...], resolution: Resolution
) -> None:
    person = {line.line: line.gold.person for line in lines}
    doubted = [m for m in resolution.matches if m.band == "undecided"]
    assert 3 <= len({frozenset((person[m.a], person[m.b])) for m in doubted}) <= 15


def test_a_letter_lost_letters_of_another_alphabet_and_a_married_name_do_not_make_new_people(
    lines: tuple[told.ToldLine, ...], resolution: Resolution
) -> None:
    group_of = {line: group for group in resolution.groups for line in group}
    for written in ("Ризаев Улугбк Тахирович", "Caидoв Мураджон Хакимович", "Qodirova Madina Oybek qizi"):
        line = next(line for line in lines if line.gold.name == written)
        true = {other.line for other in lines if other.gold.person == line.gold.person}
        assert set(group_of[line.line]) == true


def test_a_third_of_the_trained_come_back_to_another_training(lines: tuple[told.ToldLine, ...]) -> None:
    events: dict[str, set[str]] = defaultdict(set)
    spellings: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.gold.role == "participant" and line.sheet.event in told.TRAININGS:
            events[line.gold.person].add(line.sheet.event)
            spellings[line.gold.person].add(line.gold.name)
    returning = Counter(len(of) > 1 for of in events.values())
    other_spelling = sum(len(spellings[person]) > 1 for person, of in events.items() if len(of) > 1)
    assert (returning[True] + returning[False], returning[True], other_spelling) == (161, 68, 58)


def together(one: str, other: str, lines: tuple[told.ToldLine, ...], resolution: Resolution) -> bool:
    group_of = {line: group for group in resolution.groups for line in group}
    of = {who: {group_of[line.line] for line in lines if line.gold.person == who} for who in (one, other)}
    return bool(of[one] & of[other])
