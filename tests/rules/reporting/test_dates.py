"""Days and periods as a native reader writes them."""

from datetime import date

import pytest

from karvon.rules.programme.values import Period
from karvon.rules.reporting.dates import day_of_a_month_text, day_text, month_name, month_text, period_text
from karvon.rules.wording import LANGUAGES

DAY = date(2018, 9, 10)


def said(text: str) -> str:
    """With plain spaces: days keep their month on the line by spaces that do not break."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("lv", "2018. gada 10. septembris", "10.09.2018."),
        ("en", "10 September 2018", "10 Sep 2018"),
        ("ru", "10 сентября 2018 г.", "10.09.2018"),
        ("uz", "2018-yil 10-sentabr", "10.09.2018"),
        ("uz-Cyrl", "2018 йил 10 сентябрь", "10.09.2018"),
    ],
)
def test_a_day(language: str, long: str, short: str) -> None:
    assert (said(day_text(DAY, language)), said(day_text(DAY, language, short=True))) == (long, short)


@pytest.mark.parametrize(
    ("language", "month", "year", "two_years"),
    [
        (
            "lv",
            "2018. gada 10.–14. septembris",
            "2018. gada 10. septembris – 12. oktobris",
            "2018. gada 10. septembris – 2019. gada 2. janvāris",
        ),
        (
            "en",
            "10–14 September 2018",
            "10 September – 12 October 2018",
            "10 September 2018 – 2 January 2019",
        ),
        (
            "ru",
            "10–14 сентября 2018 г.",
            "10 сентября – 12 октября 2018 г.",
            "10 сентября 2018 г. – 2 января 2019 г.",
        ),
        (
            "uz",
            "2018-yil 10–14-sentabr",
            "2018-yil 10-sentabr – 12-oktabr",
            "2018-yil 10-sentabr – 2019-yil 2-yanvar",
        ),
        (
            "uz-Cyrl",
            "2018 йил 10–14 сентябрь",
            "2018 йил 10 сентябрь – 12 октябрь",
            "2018 йил 10 сентябрь – 2019 йил 2 январь",
        ),
    ],
)
def test_a_period_says_once_what_both_its_days_share(
    language: str, month: str, year: str, two_years: str
) -> None:
    ends = (date(2018, 9, 14), date(2018, 10, 12), date(2019, 1, 2))

    assert [said(period_text(Period(DAY, end), language)) for end in ends] == [month, year, two_years]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_day_is_no_span(language: str) -> None:
    assert period_text(Period(DAY, DAY), language) == day_text(DAY, language)


def test_an_open_end_is_left_open() -> None:
    shown = [period_text(period, "en") for period in (Period(DAY, None), Period(None, DAY), Period())]

    assert [said(text) for text in shown] == ["10 September 2018 – …", "… – 10 September 2018", ""]


def test_a_month_alone_stands_in_the_nominative() -> None:
    assert (said(month_text(DAY, "ru")), month_name(DAY, "ru")) == ("сентябрь 2018 г.", "сент.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_is_told_apart(language: str) -> None:
    days = [date.fromordinal(date(2024, 1, 1).toordinal() + number) for number in range(366)]

    for told in (day_text, day_of_a_month_text):
        assert len({told(day, language) for day in days}) == 366
