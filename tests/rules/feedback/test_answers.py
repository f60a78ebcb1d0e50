"""What the answers of an event show together."""

from decimal import Decimal

from karvon.rules.feedback import Answer, results_of


def test_each_question_is_summed_up_by_those_who_answered_it() -> None:
    found = {
        one.question: one
        for one in results_of([{"usefulness": 5, "trainer": 4}, {"usefulness": 4}, {"usefulness": 4}, {}])
    }
    useful = found["usefulness"]
    assert (useful.answers, useful.mean, useful.spread) == (3, Decimal("4.3"), (0, 0, 0, 2, 1))
    assert (found["trainer"].mean, found["relevance"].mean, found["relevance"].answers) == (4, None, 0)
    assert useful.bars == ((5, 1, 50), (4, 2, 100), (3, 0, 0), (2, 0, 0), (1, 0, 0))


def test_nobody_asked_has_no_mean_and_no_bars() -> None:
    assert [(one.mean, one.spread, one.enough) for one in results_of([])] == [(None, (0,) * 5, False)] * 4
    assert {share for one in results_of([]) for _, _, share in one.bars} == {0}


def test_marks_of_fewer_than_five_point_at_somebody() -> None:
    assert [results_of([{"usefulness": 3}] * many)[0].enough for many in (4, 5)] == [False, True]


def test_an_answer_without_marks_and_words_says_nothing() -> None:
    assert [bool(Answer()), bool(Answer({"trainer": 1})), bool(Answer({}, {"missing": "time"}))] == [
        False,
        True,
        True,
    ]
