"""A text comes back from the database as it went in, language by language."""

import json

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from karvon.records.models import Programme
from karvon.rules.programme.text import Text
from karvon.rules.wording import LANGUAGES

WRITTEN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
SAID = st.permutations(LANGUAGES).flatmap(
    lambda tags: st.tuples(*(st.tuples(st.just(tag), WRITTEN) for tag in tags))
)


class TestTexts(TestCase):
    @given(said=SAID)
    def test_come_back_in_the_order_they_were_given(self, said: tuple[tuple[str, str], ...]) -> None:
        kept = Programme.objects.create(key="kept", title=Text(said))
        assert Programme.objects.get(pk=kept.pk).title == Text(said)
        kept.delete()


@pytest.mark.django_db
def test_an_empty_text_comes_back_empty() -> None:
    Programme.objects.create(key="kept")
    assert Programme.objects.get().title == Text()
    assert Programme.objects.get().summary == Text()


@pytest.mark.django_db
def test_a_text_is_kept_as_a_list_of_pairs() -> None:
    Programme.objects.create(key="kept", title=Text((("uz", "Fargʻona"), ("uz-Cyrl", "Фарғона"))))
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM records_programme")
        (kept,) = cursor.fetchone()
    assert (json.loads(kept) if isinstance(kept, str) else kept) == [
        ["uz", "Fargʻona"],
        ["uz-Cyrl", "Фарғона"],
    ]


@pytest.mark.django_db
def test_texts_can_be_changed_and_compared() -> None:
    title = Text((("lv", "Ūdens"), ("en", "Water")))
    Programme.objects.create(key="kept")
    assert Programme.objects.update(title=title) == 1
    assert Programme.objects.filter(title=title).count() == 1
    assert Programme.objects.values_list("title", flat=True).get() == title


def test_a_text_is_serialised_as_pairs() -> None:
    title = Text((("lv", "Ūdens"),))
    assert Programme._meta.get_field("title").value_to_string(Programme(title=title)) == [["lv", "Ūdens"]]
