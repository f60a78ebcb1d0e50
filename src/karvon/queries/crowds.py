"""Sets of lines that would be one person's were a person given so many lines: what is said of each, once."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models.fields.json import KeyTextTransform

from karvon.records import models as records
from karvon.rules.identity.clustering import LARGEST_GROUP
from karvon.rules.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Crowd:
    """Lines that are too many for one person and yet may be one's."""

    key: str
    """The smallest of the lines."""
    lines: int
    sheets: int
    people: int
    """As so many they are counted; of them only lines that are sure stand together."""
    name: str
    """The name most of them bear, as written; '' once erased."""
    forms: int
    """Different ways the name is written."""
    person: str
    """Whose the first line is, in the order of files and rows."""
    where: Place
    """Where that line stands."""


def crowds(programme: str, *, only: Collection[str] | None = None) -> tuple[Crowd, ...]:
    """Those of the register, or ``only`` those of these smallest lines; the largest first. One SQL statement."""
    rows = records.CrowdLine.objects.filter(programme__key=programme).order_by("line")
    if only is not None:
        rows = rows.filter(crowd__in=only)
    of: dict[str, list[tuple[str, str, str, int | None, str]]] = {}
    for crowd, sheet, path, person, row, name in rows.annotate(
        name=KeyTextTransform("name", "line__payload__body")
    ).values_list(
        "crowd", "line__sheet__key", "line__sheet__path", "line__link__person", "line__row", "name"
    ):
        of.setdefault(crowd, []).append((sheet or "", path or "", person or "", row, name or ""))
    found = [_crowd(key, lines) for key, lines in of.items()]
    return tuple(sorted(found, key=lambda one: (-one.lines, one.key)))


def crowds_of_lines(programme: str) -> dict[str, str]:
    """Line -> the set of too many it is of, by its smallest line."""
    return dict(records.CrowdLine.objects.filter(programme__key=programme).values_list("line_id", "crowd"))


def _crowd(key: str, lines: list[tuple[str, str, str, int | None, str]]) -> Crowd:
    names = Counter(name for *_, name in lines if name)
    _, path, person, row, _ = min(lines, key=lambda line: (line[1] == "", line[1], line[3] or 0))
    return Crowd(
        key=key,
        lines=len(lines),
        sheets=len({sheet for sheet, *_ in lines if sheet}),
        people=len({person for _, _, person, *_ in lines}),
        name=min(names, key=lambda name: (-names[name], name), default=""),
        forms=len(names),
        person=person,
        where=Place(file=path, row=row) if path else Place(key=key),
    )


def crowd_problems(programme: str, crowds_of: Iterable[Collection[str]]) -> tuple[Problem, ...]:
    """A doubt about each of these sets of lines of the register, at its first line."""
    smallest = [min(lines) for lines in crowds_of]
    if not smallest:
        return ()
    return tuple(
        Problem(
            "people.crowd",
            one.where,
            {
                "n": one.lines,
                "sheets": one.sheets,
                "forms": one.forms,
                "people": one.people,
                "limit": LARGEST_GROUP,
            },
            "warning",
        )
        for one in crowds(programme, only=smallest)
    )
