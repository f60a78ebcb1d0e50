"""Whatever stands in a cell is read without a crash, and the same each time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from karvon.rules.identity.features import features_of
from karvon.rules.identity.line import IdentityLine
from karvon.rules.names.search import query_keys, search_keys

ALPHABET = "aoujyshzcxқҳғўёжыАБКХмтŠžčģĀöğşç'ʻ’`.,-0135 \u200f\u202e\x00"
CELL = st.one_of(st.text(max_size=40), st.text(alphabet=ALPHABET, max_size=40))


@settings(max_examples=100, deadline=None)
@given(name=CELL, organisation=CELL, contact=CELL, region=CELL)
def test_any_cell_is_read_twice_alike(name: str, organisation: str, contact: str, region: str) -> None:
    line = IdentityLine(
        line="1",
        name=name,
        organisation=organisation,
        position=region,
        email=contact,
        phone=contact,
        region=region,
    )
    read = features_of(line)
    assert features_of(line) == read
    assert set(read.surname + read.given + read.father) <= set("abcčdefghijklmnoprsštuvyz")


@settings(max_examples=100, deadline=None)
@given(name=CELL)
def test_a_name_finds_itself(name: str) -> None:
    keys = search_keys(name)
    for alternatives in query_keys(name):
        assert any(key.startswith(tuple(alternatives)) for key in keys)
