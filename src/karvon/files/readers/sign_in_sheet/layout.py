"""Finds where a table of people begins and what its columns hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast

from karvon.files.readers.sign_in_sheet.dates import day_written
from karvon.files.readers.sign_in_sheet.grid import Cell, Grid, cell_text, is_blank, letter
from karvon.files.readers.sign_in_sheet.headings import (
    NAME_KINDS,
    heading_text,
    is_family,
    is_hxl,
    is_of_people,
    kind_of,
    names_day,
)
from karvon.files.readers.sign_in_sheet.likeness import ColumnLikeness, column_likeness, likeness
from karvon.files.readers.sign_in_sheet.marks import looks_like_mark
from karvon.files.readers.sign_in_sheet.words import fold, opens_with
from karvon.rules.evidence.sheet import DayColumn, Field

NAME_FIELDS: Final[tuple[Field, ...]] = ("name", "surname", "given_name", "middle_name")
_PLAIN_FIELDS: Final = frozenset(
    {
        "middle_name", "organisation", "position", "email", "phone", "country", "region", "date", "sex",
        "signature", "hours", "role", "number",
    }
)  # fmt: skip
_PLAIN_NAME_KINDS: Final = frozenset({"full_name", "name", "surname", "given_name", "person"})
_SAMPLE: Final = 300
_ENOUGH: Final = 3.0
_HEAD_WEIGHT: Final = {
    "full_name": 3.0, "name": 2.0, "surname": 2.2, "given_name": 2.2, "person": 1.7,
    "contact_person": 1.0, "other_person": -1.2, "unknown_name": 0.7,
}  # fmt: skip
_CONTEXT_WEIGHT: Final = {
    "sex": 0.8, "signature": 1.0, "position": 0.6, "middle_name": 1.0, "person_context": 0.7, "email": 0.4,
    "phone": 0.3, "organisation": 0.4, "role": 0.5, "hours": 0.3, "number": 0.2, "date": 0.2, "days": 1.2,
    "country": 0.1, "remark": 0.1,
    "thing": -0.8, "never": -0.8,
}  # fmt: skip


_BOXES_OF_FIRMS: Final = frozenset(
    {
        "info",
        "office",
        "sales",
        "contact",
        "hello",
        "admin",
        "enquiries",
        "mail",
        "support",
        "post",
        "birojs",
        "pasts",
    }
)
_OF_PEOPLE_ALONE: Final = frozenset(
    {"sex", "signature", "days", "person_context", "middle_name", "position", "role"}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Header rows (grid indices), columns of fields and days, between two columns of the grid."""

    header: tuple[int, ...]
    left: int
    right: int
    """One past the last column."""
    fields: dict[Field, int]
    days: tuple[DayColumn, ...]
    day_columns: tuple[int, ...]
    headings: dict[int, str]
    """Column -> folded heading, to know it again further down."""
    score: float
    likeness: ColumnLikeness
    guessed: bool = False
    """The columns were recognised by what they hold, not by a heading."""
    first: int = 0
    """The first row of people where there is no header."""

    @property
    def names(self) -> tuple[int, ...]:
        return tuple(self.fields[f] for f in ("name", "surname", "given_name") if f in self.fields)

    @property
    def body(self) -> int:
        return self.header[-1] + 1 if self.header else self.first


def is_candidate(row: Sequence[Cell], left: int, right: int) -> bool:
    """Whether a row has a cell that may head a column of names."""
    return any(type(cell) is str and cell and kind_of(cell) in NAME_KINDS for cell in row[left:right])


def layout_at(grid: Grid, index: int, left: int, right: int) -> Layout | None:
    """The layout whose header stands in a row, or ``None`` when no column under it holds people's names."""
    if is_hxl(grid.rows[index][left:right]):
        return None
    header = _header_rows(grid, index, left, right)
    stacks = {c: stack for c in range(left, right) if (stack := _stack(grid, header, c, left, right))}
    kinds = {c: _kind_of_stack([text for _, text in stack]) for c, stack in stacks.items()}
    body = header[-1] + 1
    sample = _sample(grid, body, left, right)
    day_columns = _days(grid, header, stacks, kinds, sample, left, right)
    for c, _ in day_columns:
        kinds.pop(c, None)
    kinds = {c: kind for c, kind in kinds.items() if kind}
    fields, weight, likely = _name_columns(kinds, _without_notes(sample, left, right), stacks)
    if not fields:
        return None
    for c in sorted(kinds):
        field = kinds[c]
        if field in _PLAIN_FIELDS and c not in fields.values():
            _add(fields, cast(Field, field), c, sample)
    context = {kinds[c] for c in kinds if c not in [fields[f] for f in NAME_FIELDS if f in fields]}
    context -= {
        kind
        for kind in ("position", "role")
        if kind in fields and _are_numbers(sample, fields[cast(Field, kind)])
    }  # "Capacity" over 30, 40, 50 is of rooms
    if "middle_name" in fields:
        context.add("middle_name")
    if day_columns:
        context.add("days")
    relatives = {
        c for c, kind in kinds.items() if kind == "never" and any(is_family(t) for _, t in stacks[c])
    }
    if relatives or any(is_of_people(text) for stack in stacks.values() for _, text in stack):
        context.add("person_context")  # only people have an affiliation, a student's number or a father
    things = sum(1 for c in kinds if kinds[c] in ("thing", "never") and c not in relatives)
    at = fields.get("name")
    if at is not None and kinds.get(at) == "person" and likely.strong + likely.shape >= 0.7:
        if _differ(sample, at):
            context.add(
                "person_context"
            )  # "Student", "Guest": the heading says who they are, the cells agree
        elif likely.strong == 0:
            weight -= 1.5  # "Student": Full time, Part time
    if weight < 0 and not things and _are_listed(fields, kinds, stacks):
        weight = _HEAD_WEIGHT["person"]
    score = _score(weight, context, things, likely) + _told_by_addresses(fields, sample, weight)
    if likely.filled == 0 and not _is_form(weight, fields, context, things):
        return None
    days = tuple(
        DayColumn(letter(c), cell_text(stacks[c][0][0] if c in stacks else ""), day) for c, day in day_columns
    )
    headings = {c: fold(" ".join(text for _, text in stack)) for c, stack in stacks.items()}
    return Layout(
        header, left, right, fields, days, tuple(c for c, _ in day_columns), headings, score, likely
    )


def _differ(sample: list[list[Cell]], c: int) -> bool:
    """Whether the cells of a column are mostly different: people are, kinds of people are not."""
    texts = [text for row in sample if (text := cell_text(row[c]).strip())]
    return len(set(texts)) >= 0.7 * len(texts)


def _are_numbers(sample: list[list[Cell]], c: int) -> bool:
    texts = [text for row in sample if (text := cell_text(row[c]).strip())]
    return bool(texts) and sum(text.replace(".", "").isdigit() for text in texts) >= 0.7 * len(texts)


def _are_listed(
    fields: dict[Field, int], kinds: dict[int, str], stacks: dict[int, list[tuple[Cell, str]]]
) -> bool:
    """Whether speakers or authors are whom the table lists: they come first, with what only people have beside them."""
    at = fields.get("name")
    beside = {c: kind for c, kind in kinds.items() if c != at}
    titled = any(fold(text) in ("title", "titles") for stack in stacks.values() for _, text in stack)
    return (
        at is not None
        and not titled
        and any(
            kind in ("organisation", "email", "phone", "country", "sex", "position")
            for kind in beside.values()
        )
        and all(c > at or kind in ("number", "date") for c, kind in beside.items())
    )


def good_enough(layout: Layout | None) -> bool:
    """Whether the columns are those of a list of people: by headings and content together."""
    return layout is not None and (layout.likeness.filled == 0 or layout.score >= _ENOUGH)


def _score(weight: float, context: set[str], things: int, likely: ColumnLikeness) -> float:
    helped = min(2.5, sum(w for kind in context if (w := _CONTEXT_WEIGHT.get(kind, 0.0)) > 0))
    harmed = min(3.2, 0.8 * things) * (0.5 if weight >= 3 else 1.0)
    content = 3.0 * likely.strong + 1.2 * likely.shape - 0.3 * likely.unknown - 4.0 * likely.no
    if weight < 3 and not context & _OF_PEOPLE_ALONE:
        if likely.filled >= 6 and likely.strong < 0.15:
            # not one usual name among many: rather firms, places or things, if nothing beside them says otherwise
            content -= 0.7 if "organisation" in context else 1.5
        if likely.strong < 0.25 and likely.strong + likely.shape < 0.5:
            content -= 0.6
    return weight + helped - harmed + content


def _told_by_addresses(fields: dict[Field, int], sample: list[list[Cell]], weight: float) -> float:
    """What e-mail addresses add: people's contain their names, firms' begin with "info"."""
    if "email" not in fields:
        return 0.0
    told = alike = common = 0
    for row in sample:
        local, at, _ = cell_text(row[fields["email"]]).partition("@")
        if at:
            told += 1
            common += local.strip().casefold() in _BOXES_OF_FIRMS
            names = [fold(cell_text(row[fields[f]])) for f in NAME_FIELDS if f in fields]
            alike += any(len(word) > 3 and word in fold(local) for name in names for word in name.split())
    return (1.5 * alike - 2.5 * common * (weight < 3)) / told if told >= 3 else 0.0


def _is_form(weight: float, fields: dict[Field, int], context: set[str], things: int) -> bool:
    """An empty table that is plainly meant for people."""
    personal = context & {
        "sex",
        "signature",
        "position",
        "email",
        "phone",
        "days",
        "middle_name",
        "person_context",
        "organisation",
        "role",
        "number",
    }
    return (weight >= 3 and len(personal) >= 1 and things <= 2) or (
        weight >= 2 and len(personal) >= 2 and things <= 1
    )


def _header_rows(grid: Grid, index: int, left: int, right: int) -> tuple[int, ...]:
    """The rows of a header around the one that names people: a group row above, up to two rows below."""
    rows = [index]
    row = grid.rows[index]
    named = [
        c for c in range(left, right) if type(row[c]) is str and kind_of(cast(str, row[c])) in NAME_KINDS
    ]
    merged_down = {
        c: span.bottom for span in grid.merges for c in range(span.left, span.right + 1)
        if span.top == index < span.bottom <= index + 3
    }  # fmt: skip
    if index > 0 and _is_group_row(grid, index - 1, index, left, right):
        rows.insert(0, index - 1)
    for below in range(index + 1, min(index + 3, len(grid.rows))):
        if not _is_sub_row(grid, below, index, named, merged_down, left, right):
            break
        rows.append(below)
    return tuple(rows)


def _is_group_row(grid: Grid, above: int, index: int, left: int, right: int) -> bool:
    """The row above a header belongs to it when it groups columns or heads those the header leaves empty."""
    upper, lower = grid.rows[above], grid.rows[index]
    filled = [c for c in range(left, right) if not is_blank(upper[c])]
    if not filled or is_hxl(upper[left:right]):
        return False
    width = sum(1 for c in range(left, right) if not is_blank(lower[c])) or 1
    for span in grid.merges:
        if (
            span.top <= above <= span.bottom
            and left <= span.left < right
            and not is_blank(grid.rows[span.top][span.left])
        ):
            if (
                span.bottom >= index
                and span.top >= above - 1
                and kind_of(heading_text(grid.rows[span.top][span.left]))
            ):
                return True
            if (
                span.bottom == above
                and 1 < span.right - span.left + 1 < width
                and (len(filled) > 1 or span.left > left)
            ):
                return True
    heads = [
        c for c in filled if is_blank(lower[c]) and (kind_of(heading_text(upper[c])) or names_day(upper[c]))
    ]
    return len(filled) >= 2 and (len(heads) >= 2 or (len(heads) == 1 and len(filled) >= 3))


def _is_sub_row(
    grid: Grid, below: int, index: int, named: list[int], merged_down: dict[int, int], left: int, right: int
) -> bool:
    row = grid.rows[below]
    filled = [c for c in range(left, right) if not is_blank(row[c])]
    if not filled or is_hxl(row[left:right]):
        return False
    if any(merged_down.get(c, 0) >= below for c in named):
        return True
    top = grid.rows[index]
    names_below = [
        c
        for c in filled
        if type(row[c]) is str and kind_of(cast(str, row[c])) in ("surname", "given_name", "middle_name")
    ]
    heads = sum(1 for c in range(left, right) if not is_blank(top[c]))
    grouped = heads > 1 or any(_under_merge(grid, index, c) for c in named)
    if (
        names_below
        and grouped
        and all(is_blank(top[c]) or c in named or _under_merge(grid, index, c) for c in names_below)
    ):
        return all(c not in named or c in names_below for c in filled)
    if any(c in named for c in filled):
        return False
    headed = [c for c in filled if _is_head(row[c])]
    group = [c for c in filled if is_blank(top[c]) or _under_merge(grid, index, c) or names_day(top[c])]
    return (
        len(headed) >= max(1, 0.6 * len(filled))
        and len(group) >= 0.6 * len(filled)
        and not (not is_blank(row[filled[0]]) and kind_of(heading_text(top[filled[0]])) == "number")
    )


def _under_merge(grid: Grid, index: int, c: int) -> bool:
    return any(
        span.top <= index <= span.bottom and span.left <= c <= span.right > span.left for span in grid.merges
    )


def _is_head(cell: Cell) -> bool:
    if names_day(cell):
        return True
    text = heading_text(cell)
    if isinstance(cell, str):
        return bool(kind_of(text)) or opens_with(text, "day") or len(text) <= 3
    return isinstance(cell, int | float) and not isinstance(cell, bool) and 1 <= cell <= 31


def _stack(grid: Grid, header: tuple[int, ...], c: int, left: int, right: int) -> list[tuple[Cell, str]]:
    """What heads a column, from top to bottom; a merged cell of a group row heads all its columns."""
    found: list[tuple[Cell, str]] = []
    for index in header:
        cell = grid.rows[index][c]
        if is_blank(cell) and len(header) > 1:
            for span in grid.merges:
                if span.top == index and span.left < c <= span.right and left <= span.left:
                    cell = grid.rows[span.top][span.left]
                    break
        if not is_blank(cell):
            found.append((cell, heading_text(cell)))
    return found


def heading_stack(grid: Grid, layout: "Layout", c: int) -> list[tuple[Cell, str]]:
    """What heads a column of the layout, from top to bottom."""
    return _stack(grid, layout.header, c, layout.left, layout.right)


def _kind_of_stack(texts: list[str]) -> str:
    lowest = kind_of(texts[-1])
    if lowest and lowest not in ("unknown_name", "thing"):
        return lowest
    if len(texts) > 1:
        return kind_of(" ".join(texts)) or lowest or kind_of(texts[0])
    return lowest


def _sample(grid: Grid, body: int, left: int, right: int) -> list[list[Cell]]:
    """The first rows under a header that are neither blank nor tags, up to the same header again."""
    rows: list[list[Cell]] = []
    after_gap = False
    for row in grid.rows[body : body + 4 * _SAMPLE]:
        if all(map(is_blank, row[left:right])):
            after_gap = True
        elif not is_hxl(row[left:right]):
            if after_gap and rows and _heads_people(row, left, right):
                break
            after_gap = after_gap and sum(not is_blank(cell) for cell in row[left:right]) == 1
            rows.append(row)
            if len(rows) == _SAMPLE:
                break
    return rows


def _heads_people(row: Sequence[Cell], left: int, right: int) -> bool:
    """Whether a row after a gap is the header of the next table: headings only, one of them a name's."""
    kinds = [kind_of(heading_text(cell)) for cell in row[left:right] if not is_blank(cell)]
    return len(kinds) > 1 and all(kinds) and any(kind in _PLAIN_NAME_KINDS for kind in kinds)


def _without_notes(sample: list[list[Cell]], left: int, right: int) -> list[list[Cell]]:
    """The sample without rows that say little: sections, notes and totals are no names to judge a column by."""
    sizes = [sum(not is_blank(cell) for cell in row[left:right]) for row in sample]
    typical = sorted(sizes)[len(sizes) // 2] if sizes else 0
    kept = []
    for row, size in zip(sample, sizes, strict=True):
        first = next((cell for cell in row[left:right] if not is_blank(cell)), "")
        text = first.strip() if isinstance(first, str) else ""
        aside = len(text) > 60 or text.startswith("*") or text.endswith(":")
        if (size == 1 and typical >= 2) or (aside and size < typical):
            continue
        if size <= max(1, typical // 2) and (opens_with(text, "total") or opens_with(text, "note")):
            continue
        if size <= typical and opens_with(text, "total") and likeness(text) != "strong":
            continue
        kept.append(row)
    return kept if kept else sample


def _days(
    grid: Grid, header: tuple[int, ...], stacks: dict[int, list[tuple[Cell, str]]], kinds: dict[int, str],
    sample: list[list[Cell]], left: int, right: int,
) -> list[tuple[int, date | None]]:  # fmt: skip
    """Columns headed by a day whose cells could be marks, each with its day where the heading tells it."""
    found: list[tuple[int, date | None]] = []
    numbered = _numbered_run(stacks)
    for c, stack in stacks.items():
        if kinds.get(c) and kinds[c] not in ("date", "thing", "person_context", "hours", "signature"):
            continue
        if not (any(names_day(cell) for cell, _ in stack) or c in numbered):
            continue
        cells = [row[c] for row in sample if not is_blank(row[c])]
        if sum(_may_be_mark(cell) for cell in cells) >= 0.7 * len(cells):
            day = next((day for cell, _ in stack if (day := day_written(cell))), None)
            found.append((c, day))
    return found


def _may_be_mark(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell.strip()) <= 14 and (looks_like_mark(cell) or len(cell.split()) <= 2)
    return isinstance(cell, bool) or (isinstance(cell, int | float) and -1 <= cell <= 24)


def _numbered_run(stacks: dict[int, list[tuple[Cell, str]]]) -> set[int]:
    """Columns headed 1, 2, 3 ... one after the other."""
    runs: set[int] = set()
    lowest = {c: stack[-1][1] for c, stack in stacks.items()}
    numbers = {c: int(t) for c, t in lowest.items() if t.isascii() and t.isdigit() and len(t) < 3}
    for c, n in numbers.items():
        if numbers.get(c + 1) == n + 1 and 1 <= n <= 31:
            runs.update((c, c + 1))
    return runs


def _texts(sample: list[list[Cell]], c: int) -> list[str]:
    return [cell_text(row[c]) for row in sample]


def _name_columns(
    kinds: dict[int, str], sample: list[list[Cell]], stacks: dict[int, list[tuple[Cell, str]]]
) -> tuple[dict[Field, int], float, ColumnLikeness]:
    """Which columns hold the names, how certain their headings are, and how their cells look."""
    by_kind: dict[str, list[int]] = {}
    for c in sorted(kinds):
        if kinds[c] in NAME_KINDS:
            by_kind.setdefault(kinds[c], []).append(c)

    def first(kind: str) -> int | None:
        listed = by_kind.get(kind, [])
        filled = [c for c in listed if any(not is_blank(row[c]) for row in sample)]
        return next(iter(filled or listed), None)

    full, plain, surname, given = first("full_name"), first("name"), first("surname"), first("given_name")
    if surname is not None and given is not None:
        if full is not None and _holds(sample, full, surname) and not _is_empty(sample, full):
            # The whole name beside its parts: all three are told, and the whole is what was written.
            all_three: dict[Field, int] = {"name": full, "surname": surname, "given_name": given}
            return all_three, 3.2, _pair_likeness(sample, given, surname)
        return {"surname": surname, "given_name": given}, 3.2, _pair_likeness(sample, given, surname)
    if full is not None:
        return {"name": full}, 3.0, column_likeness(_texts(sample, full))
    if plain is not None and (surname is not None or given is not None):
        other = cast(int, surname if surname is not None else given)
        if not _is_empty(sample, other) and _holds(sample, plain, other):
            return {"name": plain}, 3.0, column_likeness(_texts(sample, plain))
        if surname is not None:
            return {"surname": surname, "given_name": plain}, 3.2, _pair_likeness(sample, plain, surname)
        return {"surname": plain, "given_name": other}, 3.0, _pair_likeness(sample, other, plain)
    for kind, alone in (("surname", surname), ("given_name", given)):
        if alone is not None:
            likely = column_likeness(_texts(sample, alone))
            field: Field = "name" if _mostly_several_words(sample, alone) else cast(Field, kind)
            if field == "given_name" and _heading_is_local_name(stacks[alone]) and likely.filled == 0:
                field = "name"
            return {field: alone}, _HEAD_WEIGHT[kind], likely
    best: tuple[dict[Field, int], float, ColumnLikeness] = ({}, 0.0, ColumnLikeness(0))
    worth = -9.0
    for kind in ("name", "person", "contact_person", "other_person", "unknown_name"):
        for c in by_kind.get(kind, ()):
            likely = column_likeness(_texts(sample, c))
            value = _HEAD_WEIGHT[kind] + 3 * likely.strong + likely.shape - 4 * likely.no
            if value > worth:
                best, worth = ({"name": c}, _HEAD_WEIGHT[kind], likely), value
    return best


def _heading_is_local_name(stack: list[tuple[Cell, str]]) -> bool:
    return fold(stack[-1][1]) in {"имя"}


def _pair_likeness(sample: list[list[Cell]], given: int, surname: int) -> ColumnLikeness:
    return column_likeness(f"{cell_text(row[given])} {cell_text(row[surname])}".strip() for row in sample)


def _holds(sample: list[list[Cell]], whole: int, part: int) -> bool:
    """Whether the cells of one column contain those of another: a full name beside its surname."""
    pairs = [(fold(cell_text(row[whole])), fold(cell_text(row[part]))) for row in sample]
    pairs = [(w, p) for w, p in pairs if w and p]
    return bool(pairs) and sum(p in w for w, p in pairs) >= 0.6 * len(pairs)


def _is_empty(sample: list[list[Cell]], c: int) -> bool:
    return all(is_blank(row[c]) for row in sample)


def _mostly_several_words(sample: list[list[Cell]], c: int) -> bool:
    texts = [t for t in _texts(sample, c) if t.strip()]
    several = sum(1 for t in texts if len(t.replace(".", ". ").split()) > 1 and likeness(t) != "no")
    return bool(texts) and several >= 0.6 * len(texts)


def _add(fields: dict[Field, int], field: Field, c: int, sample: list[list[Cell]]) -> None:
    if field not in fields or (_is_empty(sample, fields[field]) and not _is_empty(sample, c)):
        fields[field] = c


def without_columns(layout: Layout, *, header: tuple[int, ...]) -> Layout:
    """The same columns for a table that goes on without repeating its header."""
    return replace(layout, header=header)
