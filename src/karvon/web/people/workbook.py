"""Lists of people as a workbook in the reader's language: a sheet of people, one of attendances with their proof."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from django.http import FileResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from karvon.files.writers.workbook import Cell, Column, Sheet, write_workbook
from karvon.queries.participants import Attended, Participant
from karvon.queries.results.parts import region_name
from karvon.rules.places import country_name
from karvon.web.languages import current
from karvon.web.page import ProgrammeRequest
from karvon.web.results.words import SEX_OF_ONE
from karvon.web.words import EVENT_KIND, ROLE, STATUS

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AND: Final = "; "
_PEOPLE: Final[tuple[tuple[Any, int], ...]] = (
    (_("No."), 6), (_("Name"), 34), (_("Other ways it is written"), 44), (_("Organisation"), 34), (_("Position"), 26),
    (_("Country"), 16), (_("Region"), 20), (_("Sex"), 10), (_("Events"), 9),
    (_("Days"), 9), (_("Hours as a participant"), 12),
    (_("Roles"), 22), (_("First day"), 12), (_("Last day"), 12), (_("Contracts"), 28),
    (_("Person in Karvon"), 20),
)  # fmt: skip
_ATTENDANCES: Final[tuple[tuple[Any, int], ...]] = (
    (_("No. of the person"), 8), (_("Name"), 34), (_("Name as written"), 34), (_("Organisation"), 34),
    (_("Position"), 26), (_("Event"), 40), (_("Kind of event"), 16), (_("First day"), 12), (_("Last day"), 12),
    (_("Day"), 12), (_("Role"), 14), (_("Presence"), 16), (_("Hours"), 9), (_("Hours of the whole event"), 12),
    (_("Signature seen"), 12), (_("Contracts"), 28), (_("File"), 34), (_("Sheet and row"), 16),
    (_("SHA-256 of the file"), 66), (_("Signed scan"), 34), (_("Page of the scan"), 9),
    (_("SHA-256 of the scan"), 66), (_("Line in Karvon"), 20),
)  # fmt: skip


def workbook(
    request: ProgrammeRequest, people: Iterable[Participant], *, name: str, about: Sequence[tuple[str, Cell]]
) -> FileResponse:
    """The people as a file to be saved; ``about`` says on a last sheet what the list is."""
    sheets = (
        Sheet(_t("People"), _columns(_PEOPLE)),
        Sheet(_t("Attendances"), _columns(_ATTENDANCES)),
        Sheet(_t("About this list"), (Column(_t("What"), 34), Column("", 90))),
    )
    answer = FileResponse(write_workbook(sheets, _rows(people, about)), content_type=MEDIA_TYPE)
    filename = f"{request.programme.key}-{name}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename) or ""
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def about_list(request: ProgrammeRequest) -> list[tuple[str, Cell]]:
    """What every list says of itself: of which programme, as of when, and what to keep in mind."""
    programme = request.programme
    said: list[tuple[str, Cell]] = [(_t("Programme"), programme.title.say(current()))]
    if programme.fictitious:
        said.append(("", _t("All people of this programme are fictitious.")))
    said += [
        (_t("Made on"), timezone.localdate()),
        (
            _t("Personal data"),
            _t(
                "This file names people. Keep it as carefully as the sheets themselves, and delete it when done."
            ),
        ),
        (
            _t("How to check a row"),
            _t(
                "Each attendance names its file, sheet and row, and the SHA-256 of that file as Karvon keeps it."
            ),
        ),
    ]
    return said


def _columns(said: Iterable[tuple[Any, int]]) -> tuple[Column, ...]:
    return tuple(Column(str(heading), width) for heading, width in said)


def _rows(
    people: Iterable[Participant], about: Sequence[tuple[str, Cell]]
) -> Iterator[tuple[int, Sequence[Cell]]]:
    words = _Words()
    for number, one in enumerate(people, start=1):
        yield 0, words.person(number, one)
        for attended in one.attended:
            yield 1, words.attendance(number, one, attended)
    for line in about:
        yield 2, line


class _Words:
    """Codes in the reader's words, each looked up once however long the list."""

    def __init__(self) -> None:
        self.language = current()
        self.role = {code: str(word) for code, word in ROLE.items()}
        self.status = {code: str(word) for code, word in STATUS.items()}
        self.kind = {code: str(word) for code, word in EVENT_KIND.items()}
        self.sex = {code: str(word) for code, word in SEX_OF_ONE.items()}
        self.yes, self.no, self.erased = (
            pgettext("signature", "yes"),
            pgettext("signature", "no"),
            _t("Erased name"),
        )
        self.own_list = _t("the programme’s own list")
        self.said: dict[tuple[str, str], str] = {}
        self.titles: dict[str, str] = {}

    def country(self, code: str) -> str:
        if ("country", code) not in self.said:
            self.said["country", code] = country_name(code, self.language)
        return self.said["country", code]

    def region(self, code: str) -> str:
        if ("region", code) not in self.said:
            self.said["region", code] = region_name(code).say(self.language)
        return self.said["region", code]

    def person(self, number: int, one: Participant) -> Sequence[Cell]:
        return (
            number,
            one.name or self.erased,
            _AND.join(one.forms),
            _AND.join(one.organisations),
            _AND.join(one.positions),
            _AND.join(map(self.country, one.countries)),
            _AND.join(map(self.region, one.regions)),
            _AND.join(self.sex.get(code, code) for code in one.sexes),
            one.events,
            one.days,
            one.hours,
            _AND.join(self.role.get(code, code) for code in one.roles),
            one.first,
            one.last,
            _AND.join(one.contracts),
            one.person,
        )

    def attendance(self, number: int, one: Participant, at: Attended) -> Sequence[Cell]:
        event, sheet = at.event, at.sheet
        days: tuple[date | None, date | None] = (event.starts, event.ends) if event else (None, None)
        return (
            number,
            one.name or self.erased,
            at.name or self.erased,
            at.organisation,
            at.position,
            self.title(at),
            self.kind.get(event.kind, event.kind) if event else "",
            *days,
            at.day,
            self.role.get(at.role, at.role),
            self.status.get(at.status, at.status),
            at.hours,
            event.hours if event else None,
            "" if at.signed is None else self.yes if at.signed else self.no,
            _AND.join(event.contracts) if event else "",
            sheet.path if sheet else self.own_list,
            f"{at.table}!{at.row}" if at.table else at.row,
            sheet.sha256 if sheet else "",
            sheet.scan_path if sheet else "",
            at.page,
            sheet.scan_sha256 if sheet else "",
            at.line,
        )

    def title(self, at: Attended) -> str:
        if at.event is None:
            return ""
        if at.event.key not in self.titles:
            self.titles[at.event.key] = at.event.title.say(self.language)
        return self.titles[at.event.key]
