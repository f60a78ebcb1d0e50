"""Frozen reports: which editions there are, what they speak of, and which of them everybody may read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import OuterRef, QuerySet, Subquery

from karvon.records import models as records
from karvon.rules.programme.values import Period
from karvon.rules.reporting.part import Part

State = Literal["draft", "published", "withdrawn"]


@dataclass(frozen=True, slots=True)
class EditionFileRow:
    language: str
    form: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A frozen report, its files, and whether everybody may read it."""

    number: int
    as_of: date
    made_at: datetime
    digest: str
    part: Part
    contract_number: str
    """'' where it speaks of the whole programme."""
    state: State
    released_at: datetime | None
    """When it was published or withdrawn."""
    released_by: str
    """Who did; '' for the command line."""
    reason: str
    """Why it was withdrawn."""
    files: tuple[EditionFileRow, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(file.language for file in self.files))


def released(editions: QuerySet[records.Edition]) -> QuerySet[records.Edition]:
    """Those of them that are published and not withdrawn since."""
    steps = records.EditionRelease.objects.filter(edition=OuterRef("pk")).order_by("-id")
    return editions.annotate(step=Subquery(steps.values("step")[:1])).filter(step="published")


def editions(programme: str, *, drafts: bool) -> tuple[EditionRow, ...]:
    """The editions of a programme, newest first; without ``drafts`` those that were ever published, and of the
    withdrawn ones no files.

    Six SQL statements, however many there are.
    """
    rows = records.Edition.objects.filter(programme__key=programme)
    if not drafts:
        rows = rows.filter(releases__isnull=False).distinct()
    rows = rows.defer("content").prefetch_related("files__stored", "releases__by").order_by("-number")
    numbers = dict(records.Contract.objects.filter(programme__key=programme).values_list("key", "number"))
    return tuple(_edition(row, numbers, drafts=drafts) for row in rows)


def edition(programme: str, number: int) -> EditionRow | None:
    """The edition of this number; ``None`` for none."""
    return next((one for one in editions(programme, drafts=True) if one.number == number), None)


def _edition(row: records.Edition, numbers: dict[str, str], *, drafts: bool) -> EditionRow:
    files = (
        EditionFileRow(f.language, f.form, f.stored_id, f.stored.size, f.stored.media_type)
        for f in row.files.all()
    )
    last = next(reversed(list(row.releases.all())), None)
    shown = drafts or (last is not None and last.step == "published")
    return EditionRow(
        number=row.number,
        as_of=row.as_of,
        made_at=row.made_at,
        digest=row.digest,
        part=Part(row.contract, Period(row.starts, row.ends)),
        contract_number=numbers.get(row.contract, row.contract),
        state=last.step if last else "draft",  # type: ignore[arg-type]  # the database allows only these words
        released_at=last.at if last else None,
        released_by=last.by.get_username() if last and last.by else "",
        reason=last.reason if last else "",
        files=tuple(sorted(files, key=lambda f: (f.language, f.form))) if shown else (),
    )
