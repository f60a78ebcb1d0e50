"""A programme's register as identity keeps it: read from the database only where a question touches it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from karvon.queries import plain_sql
from karvon.queries.plain_sql import none_of, one_of
from karvon.records import models as records
from karvon.rules.identity.line import Snapshot
from karvon.rules.identity.newcomers import Member
from karvon.rules.identity.reading import VERSION, KeptLine, Words, unpacked, unpacked_words
from karvon.rules.identity.snapshot import VERSION as SNAPSHOT_VERSION

REGISTERS_HELD = 4
_LATEST_SNAPSHOT = """\
SELECT s.id, s.number, w.digest, p.linked_under, p.id FROM records_programme p
    JOIN records_snapshot s ON s.programme_id = p.id JOIN records_payload w ON w.id = s.payload_id
    WHERE p.key = %s AND w.erased_at IS NULL ORDER BY s.number DESC LIMIT 1
"""


def rules_of(snapshot: int) -> str:
    """What ``Programme.linked_under`` begins with for a register linked under this snapshot by today's rules; a word
    that is another after every change of what is kept follows."""
    return f"{snapshot}:{SNAPSHOT_VERSION}.{VERSION}:"


def kept_register(programme: str) -> "tuple[RegisterRecords, Snapshot] | None":
    """The register and the snapshot it is linked under; ``None`` where it is to be linked as a whole first.

    A snapshot never changes, and words only with the state, so those of the last few are held in memory.
    """
    latest = plain_sql.rows(_LATEST_SNAPSHOT, [programme])
    if not latest:
        return None
    pk, number, digest, state, programme_id = latest[0]
    if not state.startswith(rules_of(number)):
        return None
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
    kept = plain_sql.rows(
        "SELECT words FROM records_registerwords WHERE programme_id = %s AND state = %s", [programme, state]
    )
    if kept:
        return unpacked_words(kept[0][0])
    of = "FROM records_linereading WHERE programme_id = %s"
    surnames = plain_sql.rows(f"SELECT DISTINCT surname {of}", [programme])
    given = plain_sql.rows(f"SELECT DISTINCT given {of}", [programme])
    turned = plain_sql.rows(
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
    """A ``rules.identity.newcomers.KeptRegister`` in the database: a statement or four for each question."""

    def __init__(self, programme: str, programme_id: int, state: str) -> None:
        self.name = programme
        self._programme = programme_id
        self._state = state

    def words(self) -> Words:
        return _words(self._programme, self._state)

    def bearing(self, surnames: Collection[str], given: Collection[str]) -> set[str]:
        asked: list[str] = []
        values: list[object] = []
        for words, columns in ((surnames, ("surname", "turned_surname")), (given, ("given", "turned_given"))):
            for column in columns if words else ():
                among, bound = one_of(words)
                asked.append(
                    f"SELECT line_id FROM records_linereading WHERE programme_id = %s AND {column} {among}"
                )
                values += [self._programme, *bound]
        return {line for (line,) in plain_sql.rows(" UNION ".join(asked), values)} if asked else set()

    def meeting(self, keys: Collection[int]) -> Iterable[Member]:
        among, bound = one_of(keys)
        under = f"SELECT key, line_id, said, wordy FROM records_blockkey WHERE key {among}"
        return [(key, line, said, bool(wordy)) for key, line, said, wordy in plain_sql.rows(under, bound)]

    def sizes(self, keys: Collection[int]) -> Mapping[int, Mapping[int, int]]:
        among, bound = one_of(keys)
        counted = f"SELECT key, said, COUNT(*) FROM records_blockkey WHERE key {among} GROUP BY key, said"
        found: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for key, said, lines in plain_sql.rows(counted, bound):
            found[key][said] = lines
        return found

    def lines(self, lines: Collection[str]) -> Mapping[str, KeptLine]:
        if not lines:
            return {}
        among, bound = one_of(lines)
        return _read(f"line_id {among}", bound)

    def hanging_together(
        self, components: Collection[str], *, known: Collection[str]
    ) -> Mapping[str, KeptLine]:
        among, bound = one_of(components)
        beside, known_ones = none_of(known)
        return _read(f"component {among} AND line_id {beside}", [*bound, *known_ones])

    def people(self, lines: Collection[str]) -> dict[str, str]:
        """The person of each of these lines."""
        among, bound = one_of(lines)
        return dict(
            plain_sql.rows(f"SELECT line_id, person_id FROM records_link WHERE line_id {among}", bound)
        )


def _read(those: str, values: Sequence[object]) -> dict[str, KeptLine]:
    """The lines of which this condition holds."""
    read = f"SELECT line_id, said, component, features, keys FROM records_linereading WHERE {those}"
    return {
        line: KeptLine(unpacked(line, features), said, keys, component)
        for line, said, component, features, keys in plain_sql.rows(read, values)
    }
