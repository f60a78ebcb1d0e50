"""The desk: laying files down, correcting what was read, saying who is whom, letting it count, taking it back."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from karvon.actions import bringing as actions
from karvon.actions import working
from karvon.actions.bringing import LaidFile, SheetSettings
from karvon.actions.journal import new_id
from karvon.actions.whole_work import let_lists_count_again, take_lists_back
from karvon.queries import bringing as questions
from karvon.queries.bringing import DeskFile, DraftPage
from karvon.queries.erasing import is_closed
from karvon.queries.working import works_going_on
from karvon.rules.evidence.corrections import MEANINGS, Correction, about
from karvon.rules.identity.line import Verdict
from karvon.rules.problems import Problem, Refused
from karvon.rules.wording import number_text, problem_text
from karvon.web.access import actor
from karvon.web.bringing.comparing import Compared, compare
from karvon.web.bringing.forms import SettingsForm
from karvon.web.bringing.reading import ListRead, last_row, read_list, show_sheet
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, page_number, show, tell, to
from karvon.web.words import FIELD

MOST_AT_ONCE: Final = 1_000
"""People of a draft that are looked up and kept while somebody waits; more are left to work beside the pages."""
MOST_LOOKED_UP: Final = 20_000
"""People of a list for whom it is shown beforehand who they are; beyond, they are linked when the list counts."""


@of_programme("sheets", changes=True)
def desk(request: ProgrammeRequest) -> HttpResponseBase:
    """What lies on the desk, and the place to lay more down."""
    event, visit = request.GET.get("event", ""), request.GET.get("visit", "")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        event, visit = request.POST.get("event", ""), request.POST.get("visit", "")
        answer, problems = _lay_down(request, event=event, visit=visit)
        if answer is not None:
            return answer
    programme = request.programme.key
    return show(
        request,
        "bringing/desk.html",
        {
            "open": questions.drafts(programme),
            "works": works_going_on(programme),
            "accepted": questions.drafts(programme, state="accepted")[:20],
            "event": event,
            "visit": visit,
            "problems": _said(problems),
            "where": questions.place_said(programme, event=event, visit=visit),
        },
        crumbs=(crumb(request, _("Sheets"), "sheets"), Crumb(_("Bring in"))),
        status=422 if problems else 200,
    )


@of_programme("sheets", changes=True)
def replace(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    """Lay down a corrected version of a sheet."""
    found = questions.described_sheet(request.programme.key, key)
    if found is None:
        raise Http404
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        answer, problems = _lay_down(request, replaces=key)
        if answer is not None:
            return answer
    return show(
        request,
        "bringing/replace.html",
        {
            "sheet": found[0],
            "open": [one for one in questions.drafts(request.programme.key) if one.replaces == key],
            "problems": _said(problems),
        },
        crumbs=(
            crumb(request, _("Sheets"), "sheets"),
            crumb(request, found[0].file.rpartition("/")[2], "sheet", key),
            Crumb(_("Corrected version")),
        ),
        status=422 if problems else 200,
    )


def _lay_down(
    request: ProgrammeRequest, *, event: str = "", visit: str = "", replaces: str = ""
) -> tuple[HttpResponse | None, tuple[Problem, ...]]:
    programme = request.programme.key
    found = actions.lay_down(
        programme,
        _laid(request),
        draft=_fresh(request.POST.get("draft", "")),
        by=actor(request),
        event=event,
        visit=visit,
        replaces=replaces,
    )
    if not found.draft:
        return None, found.problems
    if found.problems:
        tell(request, " ".join(_said(found.problems)))
    page = questions.draft(programme, found.draft)
    if page is not None and page.state == "open":
        _look_up_many(request, page)
    return redirect(to(request, "desk-draft", found.draft)), ()


def _laid(request: HttpRequest) -> list[LaidFile]:
    """The files that were sent; they lie on the disk already, whatever their size."""
    files = cast(list[TemporaryUploadedFile], request.FILES.getlist("files"))
    return [LaidFile(Path(file.temporary_file_path()), file.name or "") for file in files]


def _fresh(said: str) -> str:
    """The id the form carries, so that the same form sent twice is one desk; one of our own for anything else."""
    return (
        said if len(said) == 16 and said.isascii() and said.isalnum() and said == said.lower() else new_id()
    )


def _said(problems: Sequence[Problem]) -> list[str]:
    """The sentences; what a folder would call a sheet named twice is said as the desk knows it."""
    twice = gettext("This very list counts already for this event and day. Put it away, or choose another.")
    return [
        twice if problem.code == "folder.sheet_twice" else problem_text(problem, current())
        for problem in problems
    ]


@of_programme("sheets", changes=True)
def draft(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    """One draft: what was found in its lists, to be corrected, matched, and let count."""
    page = questions.draft(request.programme.key, key)
    if page is None:
        raise Http404
    file = _chosen(page, request.POST.get("file") or request.GET.get("file", ""))
    problems: tuple[Problem, ...] = ()
    form: SettingsForm | None = None
    wrong: ValidationError | None = None
    if request.method == "POST":
        try:
            answer, form = _do(request, page, file)
        except Refused as refused:
            problems = refused.problems
        except ValidationError as no_row:
            wrong = no_row
            if file is not None and "role" in request.POST:
                form = SettingsForm(request.POST, draft=page, file=file, sheets=read_list(file).sheets)
        else:
            if answer is not None:
                return answer
        page = questions.draft(request.programme.key, key) or page
        file = _chosen(page, file.file if file else "")
    return _show_draft(request, page, file, problems=problems, form=form, wrong=wrong)


def _chosen(page: DraftPage, file: str) -> DeskFile | None:
    return next((one for one in page.lists if one.file == file), next(iter(page.lists), None))


def _do(
    request: ProgrammeRequest, page: DraftPage, file: DeskFile | None
) -> tuple[HttpResponse | None, SettingsForm | None]:
    """Do what the button pressed says; the form with what is wrong in it, where something is."""
    programme, by = request.programme.key, actor(request)
    what, _colon, rest = request.POST.get("do", "").partition(":")
    match what:
        case "discard":
            actions.discard(programme, page.draft, by=by)
            undo = to(request, "desk-back", page.draft)
            tell(
                request,
                gettext("The files were put away. For a week they can be taken out again."),
                undo=undo,
            )
            return redirect(to(request, "desk")), None
        case "add":
            added = actions.add_files(programme, page.draft, _laid(request), by=by)
            if added.problems:
                tell(request, " ".join(_said(added.problems)))
            return _again(request, page, file), None
        case "off":
            actions.take_off(programme, page.draft, rest, by=by)
            return _again(request, page, file if file and file.file != rest else None), None
        case "look":
            working.start(programme, page.draft, "look", by=by)
            return _again(request, page, file), None
    if file is None:
        return (_accept(request, page) if what == "accept" else _again(request, page, None)), None
    match what:
        case "plain":
            spots = [(one.sheet, one.spot) for one in _spoken(file)]
            actions.correct(programme, page.draft, file.file, forget=spots, by=by)
        case "who":
            _say_who(request, page, file, rest)
        case _:
            changed, form = _take_over(request, page, file, f"{what}:{rest}")
            if form is not None:
                return None, form
            if what == "accept" and not changed:
                return _accept(request, page), None
            if what == "accept":
                tell(
                    request,
                    _(
                        "What you had just changed is kept and the list was read again. Look at it, then let it count."
                    ),
                )
    fresh = questions.draft(programme, page.draft)
    if fresh is not None and what != "who":
        _look_up_many(request, fresh)
    return _again(request, page, file), None


def _take_over(
    request: ProgrammeRequest, page: DraftPage, file: DeskFile, pressed: str
) -> tuple[bool, SettingsForm | None]:
    """Keep everything the page now says of a list, whichever button was pressed: nothing chosen is passed over in
    silence. Whether anything was changed, and the form where something is wrong in it.
    """
    programme, by = request.programme.key, actor(request)
    form = None
    if "role" in request.POST:
        form = SettingsForm(request.POST, draft=page, file=file, sheets=read_list(file).sheets)
        if not form.is_valid():
            return False, form
    pages = file.pages if form is None else form.cleaned_data.get("pages", file.pages)
    said, forget = _corrections_said(request, file, pressed, pages=pages)
    if said or forget:
        actions.correct(programme, page.draft, file.file, *said, forget=forget, by=by)
    settings = _settings_said(page, file, form) if form is not None else {}
    for one, words in settings.items():
        actions.set_sheet(programme, page.draft, one, words, by=by)
    return bool(said or forget or settings), None


def _settings_said(page: DraftPage, file: DeskFile, form: SettingsForm) -> dict[str, SheetSettings]:
    """By file, what is newly said of lists as a whole: of this one, and the event of the others without one."""
    before = {one.file: _settings_of(one) for one in page.lists}
    after = before | {file.file: form.said(file)}
    if form.cleaned_data.get("others"):
        for one in page.lists:
            if one.file != file.file and not one.event:
                after[one.file] = dataclasses.replace(before[one.file], event=form.cleaned_data["event"])
    return {key: said for key, said in after.items() if said != before[key]}


def _settings_of(file: DeskFile) -> SheetSettings:
    return SheetSettings(file.event, file.day, file.table, file.role, file.scan, file.pages)


def _spoken(file: DeskFile) -> list[Correction]:
    from karvon.rules.evidence.corrections import correction

    return [one for said in file.reading if (one := correction(said))]


def _again(request: ProgrammeRequest, page: DraftPage, file: DeskFile | None) -> HttpResponse:
    """Back to where somebody was on the draft's page."""
    sheet = request.POST.get("sheet", "")
    asked = {
        "file": file.file if file and len(page.lists) > 1 else "",
        "sheet": sheet if request.POST.get("table", "") in ("", sheet) else "",
        "page": request.POST.get("page", "") if request.POST.get("page", "1") != "1" else "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    row = request.POST.get("do", "").split(":")
    anchor = f"#r{row[-1]}" if row[0] in ("in", "out") and row[-1].isdigit() else ""
    if row[0] == "who" and len(row) > 3 and row[3].isdigit():
        anchor = f"#r{row[3]}"
    return redirect(f"{to(request, 'desk-draft', page.draft)}{'?' if query else ''}{query}{anchor}")


def _say_who(request: ProgrammeRequest, page: DraftPage, file: DeskFile, said: str) -> None:
    """``same:<line>:<row>:<block>``; ``back`` takes the word back."""
    verdict, _, rest = said.partition(":")
    line, _, where = rest.partition(":")
    row, _, block = where.partition(":")
    if verdict not in ("same", "different", "back") or not row.isdigit():
        raise Http404
    actions.say_who(
        request.programme.key,
        page.draft,
        file.file,
        (request.POST.get("sheet", ""), int(row), block),
        line,
        None if verdict == "back" else cast(Verdict, verdict),
        by=actor(request),
    )


def _corrections_said(
    request: ProgrammeRequest, file: DeskFile, pressed: str, *, pages: Sequence[int]
) -> tuple[list[Correction], list[tuple[str, str | int]]]:
    """What columns, headings, single rows and pages of the scan were said to be, where that is not what they were taken
    for; and what is no longer said. Raises `ValidationError`, its code the field, for what is no row.
    """
    sheet = request.POST.get("sheet", "")
    found = read_list(file)
    said: list[Correction] = []
    forget: list[tuple[str, str | int]] = []
    now = {letter: means for letter, means in found.columns_of(sheet).items() if _can_be_said(means)}
    for name, value in request.POST.items():
        value = str(value)
        letter = name.removeprefix("col-")
        if name == letter or value == now.get(letter, "nothing") or not letter.isupper():
            continue
        means, _colon, day = value.partition(":")
        if means in MEANINGS:
            said.append(Correction(sheet, letter, means, date.fromisoformat(day) if day else None))
    header = request.POST.get("header", "").strip()
    headers = [row for table in found.tables_of(sheet)[:1] for row in table.header_rows]
    if header and header != str(headers[-1] if headers else 0):
        said.append(Correction(sheet, "header", _row_of_headings(header, last_row(file, sheet))))
    if "breaks" in request.POST:
        wanted = _page_breaks(request.POST["breaks"], pages, last_row(file, sheet))
        before = dict(about(sheet, file.reading).pages)
        said += [
            Correction(sheet, f"page {page}", f"row {row}")
            for row, page in wanted.items()
            if before.get(row) != page
        ]
        forget += [(sheet, f"page {page}") for page in before.values() if page not in wanted.values()]
    what, _colon, row = pressed.partition(":")
    if what in ("in", "out") and row.isdigit():
        earlier = Correction(sheet, int(row), "nobody" if what == "in" else "person")
        if str(earlier) in file.reading:
            forget.append((sheet, int(row)))
        else:
            said.append(Correction(sheet, int(row), "person" if what == "in" else "nobody"))
    if (said or forget) and sheet not in found.sheets:
        raise Http404
    return said, forget


def _can_be_said(means: str) -> bool:
    return means in FIELD or means.partition(":")[0] == "day"


def _row_of_headings(typed: str, last: int) -> str:
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 7 or int(typed) > last:
        raise ValidationError(
            gettext(
                "Write the number of a row of this sheet, from 1 to %(last)s, or 0 where it has no headings."
            )
            % {"last": number_text(last, current())},
            code="header",
        )
    return typed if int(typed) else "none"


def _page_breaks(typed: str, pages: Sequence[int], last: int) -> dict[int, int]:
    """Row -> the page of the scan that begins with it, for the second page of the list and those after it."""
    parts = typed.replace(";", ",").replace(" ", ",").split(",")
    rows = [int(part) if part.isascii() and part.isdigit() and len(part) < 8 else 0 for part in parts if part]
    if rows != sorted(set(rows)) or any(not 1 <= row <= last for row in rows):
        raise ValidationError(
            gettext(
                "Write rows of this sheet, from 1 to %(last)s, from top to bottom with commas between them, "
                "for example 24, 47."
            )
            % {"last": number_text(last, current())},
            code="breaks",
        )
    further = list(pages[1:]) if pages else list(range(2, len(rows) + 2))
    if len(rows) > len(further):
        raise ValidationError(
            gettext("The list has fewer pages of the scan than that. Say above which pages are its own."),
            code="breaks",
        )
    return dict(zip(rows, further, strict=False))


def _people(page: DraftPage) -> int:
    return sum(len(read_list(file).written) for file in page.lists)


def _look_up_many(request: ProgrammeRequest, page: DraftPage) -> None:
    """Begin to look up who is whom on a long list, so that it is known when somebody gets there."""
    if MOST_AT_ONCE < _people(page) <= MOST_LOOKED_UP:
        working.start(request.programme.key, page.draft, "look", by=actor(request))


def _accept(request: ProgrammeRequest, page: DraftPage) -> HttpResponse:
    programme, by = request.programme.key, actor(request)
    confirm = tuple(request.POST.getlist("holds"))
    if _people(page) > MOST_AT_ONCE:
        working.start(programme, page.draft, "accept", by=by, confirm=confirm)
        return redirect(to(request, "desk-draft", page.draft))
    outcome = actions.accept(programme, page.draft, by=by, confirm=confirm)
    if outcome is not None:
        tell_accepted(request, page, outcome.new_lines)
    return redirect(_leads_to(request, page))


def tell_accepted(request: ProgrammeRequest, page: DraftPage, lines: int) -> None:
    shown = number_text(lines, current())
    sentence = ngettext(
        "It counts now: %(shown)s new line.", "It counts now: %(shown)s new lines.", lines
    ) % {"shown": shown}
    if page.replaces:
        sentence = gettext("The corrected version counts now. Earlier decisions about unchanged lines hold.")
        tell(request, sentence)
    else:
        tell(request, sentence, undo=to(request, "desk-withdraw", page.draft))


def _leads_to(request: ProgrammeRequest, page: DraftPage) -> str:
    """Where the evidence now stands: the sheet replaced, the one event proved, or the draft."""
    if page.replaces:
        return to(request, "sheet", page.replaces)
    events = {file.event for file in page.lists}
    return to(request, "event", events.pop()) if len(events) == 1 else to(request, "desk-draft", page.draft)


def _show_draft(
    request: ProgrammeRequest,
    page: DraftPage,
    file: DeskFile | None,
    *,
    problems: tuple[Problem, ...],
    form: SettingsForm | None,
    wrong: ValidationError | None = None,
) -> HttpResponse:
    programme = request.programme.key
    closed = file is not None and is_closed(programme, file.sha256)
    if closed:
        file = None
    context: dict[str, Any] = {
        "page": page,
        "file": file,
        "problems": _said(problems),
        "running": page.job is not None and page.job.state == "running",
        "cut": page.job is not None and page.job.state == "cut" and page.state == "open",
        "failed": _said(page.job.problems)
        if page.job and page.job.state == "failed" and page.state == "open"
        else (),
        "share": _share(page.job),
        "same_scan": None,
        "works": works_going_on(programme) if page.state == "accepted" else (),
    }
    if file is not None:
        context |= _list_context(request, programme, page, file, form)
        if wrong is not None:
            typed = {name: request.POST.get(name, "") for name in ("header", "breaks")}
            context |= {**typed, f"wrong_{wrong.code}": str(wrong.message)}
    context["closed"] = closed
    name = page.replaces_path.rpartition("/")[2] if page.replaces else ""
    return show(
        request,
        "bringing/draft.html",
        context,
        crumbs=(
            crumb(request, _("Sheets"), "sheets"),
            crumb(request, name, "sheet", page.replaces) if name else crumb(request, _("Bring in"), "desk"),
            Crumb(
                _("Corrected version") if name else ", ".join(one.name for one in page.lists) or _("Scans")
            ),
        ),
        status=422 if problems or wrong or (form is not None and form.errors) else 200,
    )


def _share(job: questions.JobRow | None) -> int:
    """How much of all the work is done, of a hundred: each step by what it takes of a usual list."""
    if job is None:
        return 0
    before = {"files": 0, "sheets": 2, "people": 15, "records": 75}.get(job.step, 0)
    width = {"files": 2, "sheets": 13, "people": 60, "records": 25}.get(job.step, 0)
    return before + (width * job.done // job.of if job.of else 0)


def _list_context(
    request: ProgrammeRequest, programme: str, page: DraftPage, file: DeskFile, form: SettingsForm | None
) -> dict[str, Any]:
    found = read_list(file)
    sheets = tuple(name for name in found.sheets if file.table in ("", name))
    with_people = next((table.sheet for table in found.reading.tables if table.rows), None)
    sheet = (
        request.POST.get("sheet") or request.GET.get("sheet") or with_people or (sheets[0] if sheets else "")
    )
    number = page_number(request)
    shown = show_sheet(file, found, sheet, page=number)
    looked_up, stale = _looked_up(programme, file, found)
    said = _spoken_of(file)
    spots = [(line.table, line.row, line.block) for line in found.written]
    people = questions.people_of(programme, {line for one in said.values() for line in one}) if said else {}
    tally = {"new": 0, "known": 0, "doubtful": 0}
    if looked_up is not None:
        every = people | questions.people_of(programme, {t.line for one in looked_up for t in one.ties})
        for one, spot in zip(looked_up, spots, strict=True):
            tally[questions.standing_of(one, said.get(spot, {}), every)[0]] += 1
    places = [place for row in shown.rows for place in row.people]
    standings: dict[int, Any] = {}
    if looked_up is not None:
        answers = questions.row_standings(
            programme, [looked_up[p] for p in places], [said.get(spots[p], {}) for p in places]
        )
        standings = dict(zip(places, answers, strict=True))
    begins = dict(about(sheet, file.reading).pages)
    compared: Compared | None = None
    if page.replaces and page.state == "open":
        compared = compare(questions.kept_rows(programme, page.replaces), found.written)
    return {
        "list": found,
        "doubts": _said(found.reading.problems),
        "form": form or SettingsForm(draft=page, file=file, sheets=found.sheets),
        "sheet": sheet,
        "sheets": sheets if len(sheets) > 1 else (),
        "shown": shown,
        "columns": _columns(request, page, file, found, sheet, shown.letters),
        "header": next((row for table in found.tables_of(sheet)[:1] for row in table.header_rows[-1:]), 0),
        "has_scan": bool(file.scan or (page.replaces and questions.scan_of(programme, page.replaces))),
        "breaks": ", ".join(str(row) for row in begins),
        "rows": [
            (
                row,
                [
                    (p, found.written[p], standings.get(p), spots[p], said.get(spots[p], {}))
                    for p in row.people
                ],
                begins.get(row.number),
            )
            for row in shown.rows
        ],
        "pager": urlencode({"file": file.file, "sheet": sheet}) + "&",
        "rows_page": _Pages(number, -(-shown.total // 100) or 1),
        "row_of": [line.row for line in found.written],
        "people": len(found.written),
        "tally": tally if looked_up is not None else None,
        "stale": stale and len(found.written) <= MOST_LOOKED_UP,
        "too_many": len(found.written) > MOST_LOOKED_UP,
        "compared": compared,
        "ready": page.state == "open" and not found.errors and all(one.event for one in page.lists),
    }


class _Pages:
    """What `parts/pager.html` asks of a page of rows."""

    def __init__(self, number: int, pages: int) -> None:
        self.number, self.pages = min(number, pages), pages


def _looked_up(
    programme: str, file: DeskFile, found: ListRead
) -> tuple[Sequence[questions.Found] | None, bool]:
    """Who is whom on a list: worked out at once for a short one, else as it was kept; whether that is out of date."""
    if len(found.written) <= MOST_AT_ONCE:
        on = file.day or questions.event_starts(programme, file.event)
        return questions.find(
            programme, found.written, source=file.sheet or f"draft:{file.file}", on=on
        ), False
    if file.found is None or len(file.found["rows"]) != len(found.written):
        return None, True
    return questions.found_from(file.found), file.found["state"] != questions.register_state(programme)


def _spoken_of(file: DeskFile) -> dict[tuple[str, int, str], Mapping[str, str]]:
    spoken: dict[tuple[str, int, str], dict[str, str]] = {}
    for spot, line, verdict in file.said:
        spoken.setdefault(spot, {})[line] = verdict
    return {**spoken}


def _columns(
    request: HttpRequest, page: DraftPage, file: DeskFile, found: ListRead, sheet: str, letters: Sequence[str]
) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """Letter, what it is taken for (or was just chosen to be), and what it may be said to be."""
    from karvon.rules.reporting.dates import day_text

    event = next((one for one in page.events if one.key == file.event), None)
    now = found.columns_of(sheet)
    days = [*(event.days() if event else ())]
    days += [date.fromisoformat(v[4:]) for v in now.values() if v.startswith("day:")]
    choices: list[tuple[str, Any]] = [
        ("nothing", _("passed over")),
        *FIELD.items(),
        ("day", _("marks of a day")),
    ]
    choices += [(f"day:{day.isoformat()}", day_text(day, current(), short=True)) for day in sorted(set(days))]
    chosen = now | {letter: one for letter in letters if (one := request.POST.get(f"col-{letter}"))}
    return [(letter, chosen.get(letter, "nothing"), choices) for letter in letters]


@of_programme("sheets", changes=True)
def progress(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    """How far the work on a draft is, for the bar on its page."""
    page = questions.job(key) if questions.draft(request.programme.key, key) else None
    if page is None:
        raise Http404
    return JsonResponse({"state": page.state, "share": _share(page)})


@of_programme("sheets", changes=True)
def back(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    """Take out files that were put away."""
    if request.method == "POST":
        _or_told(request, lambda: actions.put_back(request.programme.key, key, by=actor(request)))
    return redirect(to(request, "desk-draft", key))


@of_programme("sheets", changes=True)
def withdraw(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    """Take back everything one draft brought in."""
    return _take(request, _keys_of(request, key), back=False, undo=to(request, "desk-restore", key), then=key)


@of_programme("sheets", changes=True)
def restore(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    """Let everything one draft brought in count again."""
    return _take(request, _keys_of(request, key), back=True, undo=to(request, "desk-withdraw", key), then=key)


@of_programme("sheets", changes=True)
def withdraw_sheet(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    return _take(request, (key,), back=False, undo=to(request, "sheet-restore", key))


@of_programme("sheets", changes=True)
def restore_sheet(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    return _take(request, (key,), back=True, undo=to(request, "sheet-withdraw", key))


def _keys_of(request: ProgrammeRequest, draft: str) -> tuple[str, ...]:
    page = questions.draft(request.programme.key, draft)
    if page is None or page.state != "accepted" or page.replaces:
        raise Http404
    return tuple(file.sheet for file in page.lists if file.sheet)


def _take(
    request: ProgrammeRequest, keys: Sequence[str], *, back: bool, undo: str, then: str = ""
) -> HttpResponse:
    where = to(request, "desk-draft", then) if then else to(request, "sheet", keys[0])
    if any(questions.described_sheet(request.programme.key, key) is None for key in keys):
        raise Http404
    if request.method == "POST" and questions.lines_on(request.programme.key, keys) > MOST_AT_ONCE:
        begun = let_lists_count_again if back else take_lists_back
        programme, about = request.programme.key, then or keys[0]
        return redirect(to(request, "work", begun(programme, keys, about=about, by=actor(request))))
    if request.method == "POST":
        act = actions.restore_sheets if back else actions.withdraw_sheets
        done = gettext("It counts again, with its lines and decisions as they were.") if back else gettext(
            "It was taken back and no longer counts. Its file and its history stay."
        )  # fmt: skip
        if _or_told(request, lambda: act(request.programme.key, keys, by=actor(request))):
            tell(request, done, undo=undo)
    return redirect(where)


def _or_told(request: HttpRequest, act: Any) -> bool:
    """Do it; where it is refused, the next page says why."""
    try:
        act()
    except Refused as refused:
        tell(request, " ".join(_said(refused.problems)))
        return False
    return True
