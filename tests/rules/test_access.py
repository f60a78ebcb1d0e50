"""Who may do what, role by role, need by need; what is not said here to be allowed is refused."""

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.access import (
    Answer,
    Grant,
    Need,
    Reader,
    RoleName,
    answer,
    parts_of,
    programmes_of,
    reads_all,
)

NEEDS: tuple[Need, ...] = get_args(Need)
ROLES: tuple[RoleName, ...] = get_args(RoleName)
READERS = {
    "nobody": Reader(),
    "alone": Reader(alone=True),
    "password only": Reader(signed_in=True, grants=(Grant("administrator"),)),
    "no role": Reader(signed_in=True, proven=True),
    "administrator": Reader(signed_in=True, proven=True, grants=(Grant("administrator"),)),
    "coordinator": Reader(signed_in=True, proven=True, grants=(Grant("coordinator", "uz"),)),
    "expert": Reader(signed_in=True, proven=True, grants=(Grant("expert", "uz", "ozols"),)),
    "auditor": Reader(signed_in=True, proven=True, grants=(Grant("auditor", "uz", "lv79"),)),
}
PART = {"expert": "ozols", "contract": "lv79"}
EXPECTED: dict[str, dict[Need, Answer]] = {
    "nobody": {
        "door": "yes", "own_account": "sign_in", "accounts": "sign_in", "edition": "sign_in",
        "programme": "sign_in", "change": "sign_in", "expert": "sign_in", "contract": "sign_in",
    },
    "alone": {
        "door": "yes", "own_account": "sign_in", "accounts": "sign_in", "edition": "yes",
        "programme": "yes", "change": "sign_in", "expert": "yes", "contract": "yes",
    },
    "password only": {
        "door": "yes", "own_account": "yes", "accounts": "second_factor", "edition": "second_factor",
        "programme": "second_factor", "change": "second_factor", "expert": "second_factor", "contract": "second_factor",
    },
    "no role": {
        "door": "yes", "own_account": "yes", "accounts": "forbidden", "edition": "unknown",
        "programme": "unknown", "change": "unknown", "expert": "unknown", "contract": "unknown",
    },
    "administrator": {
        "door": "yes", "own_account": "yes", "accounts": "yes", "edition": "yes",
        "programme": "yes", "change": "yes", "expert": "yes", "contract": "yes",
    },
    "coordinator": {
        "door": "yes", "own_account": "yes", "accounts": "forbidden", "edition": "yes",
        "programme": "yes", "change": "yes", "expert": "yes", "contract": "yes",
    },
    "expert": {
        "door": "yes", "own_account": "yes", "accounts": "forbidden", "edition": "yes",
        "programme": "unknown", "change": "unknown", "expert": "yes", "contract": "unknown",
    },
    "auditor": {
        "door": "yes", "own_account": "yes", "accounts": "forbidden", "edition": "yes",
        "programme": "unknown", "change": "unknown", "expert": "unknown", "contract": "yes",
    },
}  # fmt: skip


@pytest.mark.parametrize(("who", "need"), list(product(READERS, NEEDS)))
def test_every_reader_is_answered_as_the_table_says(who: str, need: Need) -> None:
    assert answer(need, READERS[who], programme="uz", part=PART.get(need, "")) == EXPECTED[who][need]


@pytest.mark.parametrize("who", ["coordinator", "expert", "auditor"])
@pytest.mark.parametrize("need", ["edition", "programme", "change", "expert", "contract"])
def test_a_role_in_one_programme_says_nothing_about_another(who: str, need: Need) -> None:
    assert answer(need, READERS[who], programme="lv", part=PART.get(need, "")) == "unknown"


@pytest.mark.parametrize(("who", "need"), [("expert", "expert"), ("auditor", "contract")])
def test_a_part_of_a_programme_opens_no_other_part(who: str, need: Need) -> None:
    assert answer(need, READERS[who], programme="uz", part="another") == "unknown"
    assert answer(need, READERS[who], programme="uz") == "unknown"


@pytest.mark.parametrize("who", READERS)
def test_what_is_published_is_read_by_everybody(who: str) -> None:
    assert answer("edition", READERS[who], programme="uz", published=True) == "yes"


def test_being_published_opens_nothing_but_the_edition() -> None:
    opened = {need for need in NEEDS if answer(need, Reader(), programme="uz", published=True) == "yes"}
    assert opened == {"door", "edition"}


grants = st.lists(
    st.builds(Grant, st.sampled_from(ROLES), st.sampled_from(["uz", "lv"]), st.sampled_from(["", "a", "b"]))
).map(tuple)


@given(
    grants=grants,
    need=st.sampled_from(NEEDS),
    programme=st.sampled_from(["uz", "lv"]),
    part=st.sampled_from(["a", "b"]),
)
def test_roles_only_add_and_each_adds_for_itself(
    grants: tuple[Grant, ...], need: Need, programme: str, part: str
) -> None:
    def may(held: tuple[Grant, ...]) -> bool:
        reader = Reader(signed_in=True, proven=True, grants=held)
        return answer(need, reader, programme=programme, part=part) == "yes"

    assert may(grants) == (may(()) or any(may((grant,)) for grant in grants))


@given(grants=grants, need=st.sampled_from(NEEDS))
def test_a_password_alone_opens_only_the_way_to_something_better(
    grants: tuple[Grant, ...], need: Need
) -> None:
    reader = Reader(signed_in=True, grants=grants)
    assert (answer(need, reader, programme="uz", part="a") == "yes") == (need in {"door", "own_account"})
    assert (reads_all(reader), programmes_of(reader), parts_of(reader, "uz", "auditor")) == (
        False, frozenset(), (),
    )  # fmt: skip


def test_an_administrator_and_a_lone_machine_read_every_programme() -> None:
    assert {who for who, reader in READERS.items() if reads_all(reader)} == {"alone", "administrator"}


def test_a_reader_knows_the_programmes_and_parts_of_their_roles() -> None:
    reader = Reader(
        signed_in=True,
        proven=True,
        grants=(Grant("auditor", "uz", "b"), Grant("auditor", "uz", "a"), Grant("expert", "lv", "c")),
    )
    assert programmes_of(reader) == {"uz", "lv"}
    assert parts_of(reader, "uz", "auditor") == ("b", "a")
    assert parts_of(reader, "lv", "expert") == ("c",)
    assert parts_of(reader, "lv", "auditor") == ()
