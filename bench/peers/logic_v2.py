"""nomenklatura: its own blocker finds pairs, ``logic-v2`` (names read by rigour) scores them; connected components.

What logic-v2 has no field for is added as its users add a heuristic: a telephone or an e-mail address in common lifts
a score, differing ones lower it, and the employer counts as an address. The weights of name parts that only one name
has, the size of the blocker's buckets, the lifts and the threshold were chosen on seeds that are not judged.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import icu_or_stand_in  # noqa: F401  (before everything that reads names)
from followthemoney import Dataset, StatementEntity
from listing import Row, digits, linked, read, told, write
from nomenklatura.blocker import Index
from nomenklatura.matching import LogicV2
from nomenklatura.matching.types import ScoringConfig
from nomenklatura.resolver import Linker
from nomenklatura.store.memory import MemoryStore

CHOSEN = 0.8
CONTACT_AGREES, CONTACT_DIFFERS = 0.3, -0.2
SETTINGS = {"nm_extra_query_name": 0.5, "nm_extra_result_name": 0.5}
BLOCKING = {"max_bucket_size": 150}
MOST_PAIRS = 400_000


def entity(dataset: Dataset, row: Row) -> StatementEntity:
    """A row as FollowTheMoney sees a person."""
    stated = {
        "name": [row["name"]],
        "phone": [digits(row["phone"])] if row["phone"] else [],
        "email": [row["email"].strip().lower()] if row["email"] else [],
        "position": [row["position"]] if row["position"] else [],
        "address": [f"{row['org']} {row['region']}".strip()] if row["org"] or row["region"] else [],
    }
    person = StatementEntity(dataset, {"id": row["row_id"], "schema": "Person", "properties": {}})
    for field, values in stated.items():
        person.unsafe_add(person.schema.properties[field], values[0] if values else None)
    return person


def contact(a: Row, b: Row) -> float:
    """What telephones and addresses add to a score."""
    lift = 0.0
    for one, other in (
        (digits(a["phone"]), digits(b["phone"])),
        (a["email"].strip().lower(), b["email"].strip().lower()),
    ):
        if one and other:
            lift += CONTACT_AGREES if one == other else CONTACT_DIFFERS
    return lift


def scored(rows: list[Row]) -> list[tuple[int, int, float]]:
    """Every pair of the blocker, scored."""
    dataset = Dataset.make({"name": "rows", "title": "rows"})
    store: MemoryStore[Dataset, StatementEntity] = MemoryStore(dataset, Linker({}))
    at = {row["row_id"]: number for number, row in enumerate(rows)}
    entities = [entity(dataset, row) for row in rows]
    with store.writer() as writer:
        for one in entities:
            writer.add_entity(one)
    config = ScoringConfig.defaults()
    config.config.update(SETTINGS)
    found = []
    with TemporaryDirectory() as folder:
        index = Index(store.default_view(), Path(folder), options=BLOCKING)
        index.build()
        for (left, right), _ in index.pairs(max_pairs=MOST_PAIRS):
            a, b = at[left.id], at[right.id]
            score = LogicV2.compare(entities[a], entities[b], config).score
            found.append((a, b, score + contact(rows[a], rows[b])))
        index.close()
    return found


if __name__ == "__main__":
    asked = told()
    listed = read(asked.rows)
    write(
        asked.out,
        ids=[row["row_id"] for row in listed],
        clusters=linked(len(listed), scored(listed), asked.thresholds(CHOSEN)),
    )
