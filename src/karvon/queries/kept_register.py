"""A programme's register as identity keeps it: read from the database only where a question touches it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection

from karvon.records import models as records
from karvon.rules.identity.line import Snapshot
from karvon.rules.identity.newcomers import Member
from karvon.rules.identity.reading import VERSION, KeptLine, Words, unpacked, unpacked_words
from karvon.rules.identity.snapshot import VERSION as SNAPSHOT_VERSION

REGISTERS_HELD = 4


def rules_of(snapshot: int) -> str:
    """What ``Programme.linked_under`` begins with for a register linked under this snapshot by today's rules; a word
    that is another after every change of what is kept follows."""
    return f"{snapshot}:{SNAPSHOT_VERSION}.{VERSION}:"


def kept_register(programme: str) -> "tuple[RegisterRecords, Snapshot] | None":
    """The register and the snapshot it is linked under; ``None`` where it is to be linked as a whole first.

    A snapshot never changes, and words only with the state, so those of the last few are held in memory.
    """
    row = (
        records.Snapshot.objects.filter(programme__key=programme, payload__erased_at__isnull=True)
        .order_by("-number")
        .values_list("pk", "number", "payload__digest", "programme__linked_under", "programme_id")
        .first()
    )
    if row is None or not row[3].startswith(rules_of(row[1])):
        return None
    pk, _, digest, state, programme_id = row
    return RegisterRecords(programme, programme_id, state), _snapshot(pk, digest)


@lru_cache(maxsize=REGISTERS_HELD)
def _snapshot(pk: int, digest: str) -> Snapshot:
    """``digest`` tells a snapshot from another that later got the same number in another database."""
    row = records.Snapshot.objects.select_related("payload").get(pk=pk)
    return Snapshot(row.number, row.payload.body or {})


@lru_cache(maxsize=REGISTERS_HELD)
def _words(programme: int, state: str) -> Words:
    """The words of a register in one state; they change with it only.

    They are kept beside it, for looking at every line takes a while; only a register that was linked before they were
    kept has its lines looked at.
    """
    kept = _rows(
        "SELECT words FROM records_registerwords WHERE programme_id = %s AND state = %s", [programme, state]
    )
    if kept:
        return unpacked_words(kept[0][0])
    of = "FROM records_linereading WHERE programme_id = %s"
    surnames = _rows(f"SELECT DISTINCT surname {of}", [programme])
    given = _rows(f"SELECT DISTINCT given {of}", [programme])
    turned = _rows(
        f"SELECT turned_surname, turned_given {of} AND NOT (turned_given = '' AND turned_surname = '')",
        [programme],
    )
    kinds = (
        [row[0] for row in surnames],
        [row[0] for row in given],
        *zip(*(turned or [("", "")]), strict=True),
    )
    return Words(*(frozenset(kind) - {""} for kind in kinds))


class RegisterRecords:
    """A ``rules.identity.newcomers.KeptRegister`` in the database: a statement or four for each question.

    Plain SQL: somebody waits for the answer, and with hundreds of values the ORM takes longer than the database.
    """

    def __init__(self, programme: str, programme_id: int, state: str) -> None:
        self.name = programme
        self._programme = programme_id
        self._state = state

    def words(self) -> Words:
        return _words(self._programme, self._state)

    def bearing(self, surnames: Collection[str], given: Collection[str]) -> set[str]:
        borne: set[str] = set()
        for column, words in (
            ("surname", surnames), ("turned_surname", surnames), ("given", given), ("turned_given", given),
        ):  # fmt: skip
            of = f"SELECT line_id FROM records_linereading WHERE programme_id = %s AND {column}"  # noqa: S608  # our own names
            borne.update(line for (line,) in _among(of, words, first=self._programme))
        return borne

    def meeting(self, keys: Collection[int]) -> Iterable[Member]:
        under = "SELECT key, line_id, said, wordy FROM records_blockkey WHERE key"
        return [Member(key, line, said, bool(wordy)) for key, line, said, wordy in _among(under, keys)]

    def sizes(self, keys: Collection[int]) -> Mapping[int, Mapping[int, int]]:
        found: defaultdict[int, dict[int, int]] = defaultdict(dict)
        counted = "SELECT key, said, COUNT(*) FROM records_blockkey WHERE key"
        for key, said, lines in _among(counted, keys, "GROUP BY key, said"):
            found[key][said] = lines
        return found

    def lines(self, lines: Collection[str]) -> Mapping[str, KeptLine]:
        read = "SELECT line_id, said, component, features, keys FROM records_linereading WHERE line_id"
        return {
            line: KeptLine(unpacked(line, features), said, keys, component)
            for line, said, component, features, keys in _among(read, lines)
        }

    def hanging_together(self, components: Collection[str]) -> set[str]:
        hanging = "SELECT line_id FROM records_linereading WHERE component"
        return {line for (line,) in _among(hanging, components)}

    def people(self, lines: Collection[str]) -> dict[str, str]:
        """The person of each of these lines."""
        return dict(_among("SELECT line_id, person_id FROM records_link WHERE line_id", lines))


def _among(
    statement: str,
    values: Collection[int] | Collection[str],
    rest: str = "",
    *,
    first: int | None = None,
) -> list[tuple[Any, ...]]:
    """The rows of a statement that ends with a column, for all these values of it; ``first`` stands before them."""
    if not values:
        return []
    before = [] if first is None else [first]
    if connection.vendor == "postgresql":  # one list is read and planned sooner than hundreds of values
        return _rows(f"{statement} = ANY(%s) {rest}", [*before, list(values)])
    places = ",".join(["%s"] * len(values))
    return _rows(f"{statement} IN ({places}) {rest}", [*before, *values])


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
