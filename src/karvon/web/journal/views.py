"""The journal of a programme and of the installation, as a page and as a table to keep."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from karvon.files.writers.delimited import Cell, csv_lines
from karvon.queries import journal as questions
from karvon.rules.programme.text import Text
from karvon.web.access import needs
from karvon.web.editing.layout import WRITTEN
from karvon.web.journal.forms import JournalFilter
from karvon.web.journal.told import change_text, field_word, said_facts, said_lines
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, of_programme, page_number, show
from karvon.web.words import ACTION, KIND, VIA

PAGE_OF: Final[Mapping[str, str]] = {
    "contract": "contract",
    "organisation": "organisation",
    "visit": "visit",
    "event": "event",
    "sheet": "sheet",
    "person": "person",
    "line": "line",
    "indicator": "figure",
    "statement": "statement",
}
"""Kinds with a page of their own, and the name of its address."""
WRITTEN_BY: Final = frozenset({"create", "change", "remove"})
"""Actions of a form for one thing, which one step takes back."""
PLACE_ON: Final[Mapping[str, str]] = {"recommendation": "recommendations", "proposal": "proposals"}
"""Kinds that stand on a page of all of them, under their key."""

_HEADINGS: Final = (
    _("No."), _("When (universal time)"), _("Who"), _("Came through"),
    _("What was done"), _("Kind of object"), _("Object"), _("Facts"),
    _("Before and after"), _("Code of the action"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownChange:
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry with the words and ways around it."""

    entry: questions.JournalRow
    changes: tuple[ShownChange, ...]
    facts: tuple[tuple[str, str], ...]
    title: Text | str
    href: str
    """Of the object; '' where it has no page or is gone."""
    only: str
    """The query that leaves nothing but this object's entries."""
    back: str
    """Where the change is offered to be taken back; '' where it is none of those that were written in a form."""


@of_programme("sheets")
def journal(request: ProgrammeRequest) -> HttpResponse:
    return _page(request, request.programme.key, crumbs=(Crumb(_("Journal")),))


@of_programme("sheets")
def table(request: ProgrammeRequest) -> StreamingHttpResponse:
    """The same entries as a table, oldest first; ``form=spreadsheet`` for one that a spreadsheet opens safely."""
    return _table(request, request.programme.key)


@needs("accounts")
@require_safe
def whole_journal(request: HttpRequest) -> HttpResponse:
    """Every entry of the installation, those about accounts among them."""
    return _page(request, "", crumbs=(Crumb(_("Accounts"), reverse("accounts")), Crumb(_("Journal"))))


@needs("accounts")
@require_safe
def whole_table(request: HttpRequest) -> StreamingHttpResponse:
    return _table(request, "")


def _page(request: HttpRequest, programme: str, *, crumbs: tuple[Crumb, ...]) -> HttpResponse:
    form = JournalFilter(request.GET, choices=questions.choices(programme))
    asked = form.asked
    rows, page = questions.journal(programme, asked, page=page_number(request))
    titles = questions.titles(programme, rows) if programme else {}
    query = _query(asked)
    return show(
        request,
        "journal/journal.html",
        {
            "entries": [_shown(row, programme, titles) for row in rows],
            "page": page,
            "form": form,
            "asked": asked,
            "about": next(iter(titles.values()), "") if asked.key and programme else "",
            "about_kind": KIND.get(asked.kind, asked.kind),
            "without_object": _query(questions.AskedEntries(**{**asdict(asked), "kind": "", "key": ""})),
            "narrowed": bool(query),
            "query": query,
            "pager_query": f"{query}&" if query else "",
            "here": reverse("journal", args=(programme,)) if programme else reverse("whole-journal"),
            "as_table": reverse("journal-table", args=(programme,))
            if programme
            else reverse("whole-journal-table"),
        },
        crumbs=crumbs,
    )


def _shown(
    row: questions.JournalRow, programme: str, titles: Mapping[tuple[str, str], Text | str]
) -> ShownEntry:
    kind, key = row.object_kind, row.object_key
    return ShownEntry(
        entry=row,
        changes=tuple(
            ShownChange(
                field_word(one.field),
                said_lines(one.before, one.field, kind),
                said_lines(one.after, one.field, kind),
            )
            for one in row.changes
        ),
        facts=said_facts(row.facts),
        title=titles.get((kind, key), ""),
        href=_address(programme, kind, key) if (kind, key) in titles else "",
        only=urlencode({"kind": kind, "key": key}) if kind and key else "",
        back=_way_back(programme, row),
    )


def _address(programme: str, kind: str, key: str) -> str:
    try:
        if kind in PAGE_OF:
            return reverse(PAGE_OF[kind], args=(programme, key))
        return f"{reverse(PLACE_ON[kind], args=(programme,))}#{key}" if kind in PLACE_ON else ""
    except NoReverseMatch:  # a key no address can hold
        return ""


def _way_back(programme: str, row: questions.JournalRow) -> str:
    written = row.object_kind in WRITTEN and row.action in WRITTEN_BY
    return reverse("take-back", args=(programme, row.number)) if programme and written and row.changes else ""


def _query(asked: questions.AskedEntries) -> str:
    return urlencode({name: value for name, value in asdict(asked).items() if value})


def _table(request: HttpRequest, programme: str) -> StreamingHttpResponse:
    asked = JournalFilter(request.GET, choices=questions.choices(programme)).asked
    safe = request.GET.get("form") == "spreadsheet"
    separator = "," if not safe or current() == "en" else ";"
    rows = _rows(programme, asked, language=request.LANGUAGE_CODE)
    answer = StreamingHttpResponse(
        csv_lines(rows, for_spreadsheet=safe, separator=separator), content_type="text/csv; charset=utf-8"
    )
    name = f"{programme or 'karvon'}-journal{'-spreadsheet' if safe else ''}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _rows(programme: str, asked: questions.AskedEntries, *, language: str) -> Iterator[list[Cell]]:
    """Headings, then an entry a row; written while it is sent, so the language is taken along."""
    with override(language):
        yield [str(heading) for heading in _HEADINGS]
    for row in questions.every_entry(programme, asked):
        with override(language):
            yield _cells(row)


def _cells(row: questions.JournalRow) -> list[Cell]:
    changes: list[str] = [gettext("erased")] if row.erased else []
    changes += [change_text(one, row.object_kind) for one in row.changes]
    return [
        row.number,
        row.at.isoformat(timespec="seconds"),
        row.by,
        str(VIA.get(row.via, row.via)),
        str(ACTION.get(row.action, row.action)),
        str(KIND.get(row.object_kind, row.object_kind)),
        row.object_key,
        ", ".join(f"{word}: {value}" for word, value in said_facts(row.facts)),
        "\n".join(changes),
        row.action,
    ]
