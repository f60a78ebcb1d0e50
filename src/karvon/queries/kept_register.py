"""A programme's register as identity keeps it: read from the database only where a question touches it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from django.db.models import Count

from karvon.records import models as records
from karvon.rules.identity.line import Snapshot
from karvon.rules.identity.newcomers import Member
from karvon.rules.identity.reading import VERSION, KeptLine, Words, unpacked
from karvon.rules.identity.snapshot import VERSION as SNAPSHOT_VERSION

SNAPSHOTS_HELD = 4


def state_of(snapshot: int) -> str:
    """What ``Programme.linked_under`` says of a register that is linked under this snapshot by today's rules."""
    return f"{snapshot}:{SNAPSHOT_VERSION}.{VERSION}"


def kept_register(programme: str) -> "tuple[RegisterRecords, Snapshot] | None":
    """The register and the snapshot it is linked under; ``None`` where it is to be linked as a whole first.

    Two SQL statements; a snapshot never changes, so the tables of the last few are held in memory.
    """
    row = (
        records.Snapshot.objects.filter(programme__key=programme, payload__erased_at__isnull=True)
        .order_by("-number")
        .values_list("pk", "number", "payload__digest", "programme__linked_under", "programme_id")
        .first()
    )
    if row is None or row[3] != state_of(row[1]):
        return None
    pk, _, digest, _, programme_id = row
    return RegisterRecords(programme, programme_id), _snapshot(pk, digest)


@lru_cache(maxsize=SNAPSHOTS_HELD)
def _snapshot(pk: int, digest: str) -> Snapshot:
    """``digest`` tells a snapshot from another that later got the same number in another database."""
    row = records.Snapshot.objects.select_related("payload").get(pk=pk)
    return Snapshot(row.number, row.payload.body or {})


class RegisterRecords:
    """A ``rules.identity.newcomers.KeptRegister`` in the database: a statement or three for each question."""

    def __init__(self, programme: str, programme_id: int) -> None:
        self.name = programme
        self._readings = records.LineReading.objects.filter(programme=programme_id).order_by()

    def words(self) -> Words:
        turned = self._readings.exclude(turned_surname="", turned_given="")
        found = Words(
            set(self._readings.values_list("surname", flat=True).distinct()),
            set(self._readings.values_list("given", flat=True).distinct()),
            set(),
            set(),
        )
        for surname, given in turned.values_list("turned_surname", "turned_given"):
            found.turned_surnames.add(surname)
            found.turned_given.add(given)
        for kind in found:
            kind.discard("")
        return found

    def bearing(self, surnames: Collection[str], given: Collection[str]) -> set[str]:
        found: set[str] = set()
        for column, words in (
            ("surname", surnames),
            ("given", given),
            ("turned_surname", surnames),
            ("turned_given", given),
        ):
            if words:
                found.update(
                    self._readings.filter(**{f"{column}__in": words}).values_list("line_id", flat=True)
                )
        return found

    def meeting(self, keys: Collection[int]) -> Iterable[Member]:
        rows = records.BlockKey.objects.filter(key__in=keys).order_by()
        return map(Member._make, rows.values_list("key", "line_id", "said", "wordy"))

    def sizes(self, keys: Collection[int]) -> Mapping[int, Mapping[int, int]]:
        rows = records.BlockKey.objects.filter(key__in=keys).order_by()
        found: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for key, said, lines in rows.values_list("key", "said").annotate(lines=Count("pk")):
            found[key][said] = lines
        return found

    def keys(self, lines: Collection[str]) -> Iterable[Member]:
        rows = records.BlockKey.objects.filter(line__in=lines).order_by()
        return map(Member._make, rows.values_list("key", "line_id", "said", "wordy"))

    def lines(self, lines: Collection[str]) -> Mapping[str, KeptLine]:
        return self._read(line__in=lines)

    def hanging_together(self, components: Collection[str]) -> Mapping[str, KeptLine]:
        return self._read(component__in=components)

    def _read(self, **wanted: Collection[str]) -> dict[str, KeptLine]:
        rows = self._readings.filter(**wanted).values_list("line_id", "said", "component", "features")
        return {
            line: KeptLine(unpacked(line, features), said, component)
            for line, said, component, features in rows
        }
