"""Writing things down: the page that leads to all of them, and one form for each kind."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from karvon.actions import editing as actions
from karvon.files.programme_folder import hints
from karvon.files.programme_folder.one_record import read_record, values_of
from karvon.files.programme_folder.schema import KINDS, PROGRAMME, Kind
from karvon.files.readers.brought_document import TAKEN, BroughtDocument, brought_document
from karvon.queries.editing import earlier_files, last_change
from karvon.queries.programme_description import describe
from karvon.rules.problems import Problem, Refused
from karvon.rules.programme.description import ProgrammeDescription
from karvon.rules.wording import problem_text
from karvon.web.access import actor
from karvon.web.context import TOLD
from karvon.web.editing.choices import Choices, name_of
from karvon.web.editing.controls import Form
from karvon.web.editing.layout import NEW, OF_A_FILE, ORDER, SECRET_KEY, controls, kind_of
from karvon.web.editing.places import read_at
from karvon.web.editing.saying import NEEDED, Said, said, sentence_of, spot_of
from karvon.web.editing.typed import typed_values, unclear
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, show, tell, to
from karvon.web.sessions import typed_before
from karvon.web.uploads import MEBIBYTE, MOST_SENT

NO_PROBLEMS: Final = Said({})
_LETTERS: Final = "23456789abcdefghjkmnpqrstvwxyz"
"""Of a key by chance: none that is mistaken for another."""


@of_programme("overview", changes=True)
def writing(request: ProgrammeRequest) -> HttpResponse:
    """Everything that can be written down, with how much of it there is."""
    description = _description(request)
    groups = [
        (heading, [_entry(description, kind) for name in names if (kind := kind_of(name))])
        for heading, names in ORDER
    ]
    return show(
        request, "editing/writing.html", {"groups": groups}, crumbs=(Crumb(_("Write down and change")),)
    )


@of_programme("overview", changes=True)
def things(request: ProgrammeRequest, kind: str) -> HttpResponse:
    """All things of a kind, each leading to its form; the programme itself is its form at once."""
    known = _known(kind)
    if known is PROGRAMME:
        return _thing(request, known, request.programme.key)
    choices = Choices(_description(request), current())
    return show(
        request,
        "editing/things.html",
        {
            "kind": known.name,
            "title": hints.tab_title(known, current()),
            "about": _about(known),
            "things": choices.things(known.name).items(),
        },
        crumbs=(
            crumb(request, _("Write down and change"), "writing"),
            Crumb(hints.tab_title(known, current())),
        ),
    )


@of_programme("overview", changes=True)
def new_thing(request: ProgrammeRequest, kind: str) -> HttpResponse:
    known = _known(kind)
    if known is PROGRAMME:
        raise Http404
    return _thing(request, known, "")


@of_programme("overview", changes=True)
def thing(request: ProgrammeRequest, kind: str, key: str) -> HttpResponse:
    known = _known(kind)
    if known is PROGRAMME:
        raise Http404
    return _thing(request, known, key)


@of_programme("overview", changes=True)
def take_back(request: ProgrammeRequest, entry: int) -> HttpResponse:
    """Put back what a change of the journal made; asked for by address alone, it is offered."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            done = actions.take_back(request.programme.key, entry, by=actor(request))
            _tell_done(request, done, taken_back=True)
            return redirect(_seen_at(request, done))
        except Refused as refused:
            problems = refused.problems
    choices = Choices(_description(request), current())
    sentences = [sentence_of(problem, kind=PROGRAMME, choices=choices) for problem in problems]
    return show(
        request,
        "editing/take_back.html",
        {"problems": sentences},
        crumbs=(crumb(request, _("Write down and change"), "writing"), Crumb(_("Take a change back"))),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What one look at a form rests on."""

    request: ProgrammeRequest
    kind: Kind
    key: str
    description: ProgrammeDescription
    now: Mapping[str, Any] | None
    """The thing's values as it stands; ``None`` for a new one."""
    choices: Choices

    def form(self, values: Mapping[str, Any], *, post: QueryDict | None = None, more: str = "") -> Form:
        return Form(self.kind, self.choices, values, post, more)

    @property
    def new(self) -> bool:
        return self.now is None

    def show(
        self,
        form: Form,
        *,
        found: Said = NO_PROBLEMS,
        theirs: Mapping[str, str] | None = None,
        notice: str = "",
        needed_by: list[tuple[str, str, str]] | None = None,
        shown: Mapping[str, str] | None = None,
        of_file: Sequence[str] = (),
    ) -> HttpResponse:
        title = hints.tab_title(self.kind, current())
        of_itself = self.kind is PROGRAMME
        name = "" if self.new else self._name()
        digests = shown if shown is not None else actions.digests_of(self.now or {})
        crumbs = [crumb(self.request, _("Write down and change"), "writing")]
        if not of_itself:
            crumbs.append(crumb(self.request, title, "writing-kind", self.kind.name))
        return show(
            self.request,
            "editing/thing.html",
            {
                "kind": self.kind.name,
                "kind_title": title,
                "name": name,
                "key": self.key,
                "key_is_secret": self.kind.name in SECRET_KEY,
                "key_errors": found.beside.get("key", ()),
                "new": self.new,
                "new_title": NEW.get(self.kind.name, ""),
                "sections": form.sections(errors=found.beside, theirs=theirs),
                "wrong": bool(found.beside or found.elsewhere or found.above or of_file),
                "above": found.above,
                "elsewhere": [(row, _address(self.request, row.kind, row.key)) for row in found.elsewhere],
                "notice": notice,
                "needed_by": needed_by or (),
                "shown": json.dumps(dict(digests), separators=(",", ":")),
                "removable": not self.new and not of_itself,
                "file": "" if self.new else str((self.now or {}).get("file", "")),
                "takes_file": self.kind.name in OF_A_FILE,
                "file_errors": of_file,
                "file_endings": ",".join(TAKEN),
                "file_most": MOST_SENT // MEBIBYTE,
                "earlier_files": ()
                if self.new or self.kind.name not in OF_A_FILE
                else earlier_files(self.request.programme.key, self.key),
                "back": to(self.request, "writing")
                if self.new
                else read_at(self.request.programme.key, self.kind.name, self.key, self.now or {}),
            },
            crumbs=(*crumbs, Crumb(name or NEW.get(self.kind.name, title))),
        )

    def _name(self) -> str:
        found = actions.found(self.description, self.kind, self.key)
        if self.kind.name == "membership":
            return self.choices.things("membership").get(self.key, self.key)
        return name_of(self.kind.name, found, current())


def _thing(request: ProgrammeRequest, kind: Kind, key: str) -> HttpResponse:
    """The form of one thing, new where the key is ''; saving, removing, another row."""
    description = _description(request)
    choices = Choices(description, current())
    kept = typed_before(request)
    post = request.POST if request.method == "POST" else kept
    creating = not key
    key = key or _key_of(post, kind)
    found = None if creating else actions.found(description, kind, key)
    if found is None and not creating and (post is None or "shown" not in post):
        raise Http404
    now = None if found is None else values_of(kind, found)
    page = _Page(request, kind, key, description, now, choices)
    if post is None:
        return page.show(page.form(now if now is not None else _beginning(request, kind, choices)))
    do = post.get("do", "save")
    values = typed_values(kind, post, before=now or {}, languages=description.programme.languages)
    form = page.form(values, post=post, more=do.removeprefix("more:") if do.startswith("more:") else "")
    shown = _shown(post)
    if request.method != "POST":
        notice = _t("You had been signed out. What you typed is still here; nothing of it is saved yet.")
        return page.show(form, notice=notice, shown=shown)
    if form.more:
        return page.show(form, shown=shown)
    if do == "remove":
        return _remove(page, shown)
    return _save(page, form, shown, creating=creating)


def _save(page: _Page, form: Form, shown: Mapping[str, str], *, creating: bool) -> HttpResponse:
    request, kind, key, values = page.request, page.kind, page.key, form.values
    problems = list(unclear(kind, key, form.post)) if form.post is not None else []
    file, of_file = _file(page, needed=creating)
    try:
        if problems or (of_file and not creating):
            raise Refused(*problems)
        if of_file:  # what else is wrong is said along with it
            values = {**values, "file": "documents/chosen"}
            problems = list(read_record(kind, key, values, within=page.description).problems)
            raise Refused(*problems)
        done = actions.write_thing(
            request.programme.key, kind.name, values, key=key, shown=None if creating or not shown else shown,
            by=actor(request), file=file,
        )  # fmt: skip
    except Refused as refused:
        found = said(refused.problems, kind=kind, key=key, choices=page.choices)
        if file is not None:
            of_file = (_t("Choose the file once more: a form that comes back cannot keep it."),)
        return page.show(form, found=found, shown={} if creating else shown, of_file=of_file)
    except actions.Overtaken as overtaken:
        return _differing(page, values, shown, overtaken.now)
    _tell_done(request, done)
    return redirect(read_at(request.programme.key, kind.name, key, values))


def _file(page: _Page, *, needed: bool) -> tuple[BroughtDocument | None, tuple[str, ...]]:
    """The file that was sent, where the kind takes one; else what is wrong with it."""
    sent = page.request.FILES.get("file") if page.kind.name in OF_A_FILE else None
    if page.kind.name not in OF_A_FILE or (sent is None and not needed):
        return None, ()
    try:
        if not isinstance(sent, TemporaryUploadedFile):
            raise Refused(Problem("documents.nothing_chosen"))
        return brought_document(Path(sent.temporary_file_path()), name=sent.name or ""), ()
    except Refused as refused:
        return None, tuple(problem_text(one, current()) for one in refused.problems)


def _differing(
    page: _Page, typed: Mapping[str, Any], shown: Mapping[str, str], now: Mapping[str, Any] | None
) -> HttpResponse:
    """Somebody else was quicker: both versions, field by field. What only they changed is taken over into the form."""
    last = last_change(page.request.programme.key, page.kind.name, page.key)
    facts = {
        "who": last.by if last and last.by else _t("somebody"),
        "when": f"{last.at:%H:%M}" if last else "",
    }
    if now is None:
        page = _Page(page.request, page.kind, page.key, page.description, None, page.choices)
        notice = (
            _t("%(who)s removed this at %(when)s, while you were writing. Save to write it down again.")
            % facts
        )
        return page.show(page.form(typed), notice=notice, shown={})
    values, theirs = dict(typed), {}
    mine, other = actions.digests_of(typed), actions.digests_of(now)
    for name in {*typed, *now}:
        if other.get(name) == shown.get(name) or mine.get(name) == other.get(name):
            continue
        theirs[name] = now.get(name)
        if mine.get(name) == shown.get(name):  # untouched here
            values = {key: value for key, value in values.items() if key != name}
            values |= {name: now[name]} if name in now else {}
    form = page.form(values)
    beside = {
        control: form.said(control, _part(theirs, control))
        for control in controls(page.kind)
        if control.split(".")[0] in theirs
    }
    notice = (
        _t(
            "%(who)s changed this at %(when)s, while you were writing. Beside each field that differs stands what is "
            "saved now. Nothing of yours is saved yet: decide, and save."
        )
        % facts
    )
    return page.show(form, theirs=beside, notice=notice, shown=actions.digests_of(now))


def _part(values: Mapping[str, Any], control: str) -> Any:
    if control.startswith("scope."):
        return (values.get("scope") or {}).get(control.removeprefix("scope."))
    return values.get(control)


def _remove(page: _Page, shown: Mapping[str, str]) -> HttpResponse:
    """Remove it at once; it can be taken back. What still needs it is named."""
    request, kind, key = page.request, page.kind, page.key
    if kind is PROGRAMME:
        raise Http404
    try:
        done = actions.remove_thing(request.programme.key, kind.name, key=key, shown=shown, by=actor(request))
    except actions.Overtaken as overtaken:
        return _differing(page, page.now or {}, shown, overtaken.now)
    except Refused as refused:
        needing = [spot_of(p) for p in refused.problems if NEEDED.fullmatch(p.code)]
        if not needing:
            found = said(refused.problems, kind=kind, key=key, choices=page.choices)
            return page.show(page.form(page.now or {}), found=found)
        spots = {(spot.kind, spot.key) for spot in needing if spot.kind != "target"}
        spots |= {
            ("indicator", one.key)
            for one in page.description.indicators
            if kind.name == "contract" and any(target.contract == key for target in one.targets)
        }
        rows = {spot: _needing(page, *spot) for spot in sorted(spots)}
        return page.show(page.form(page.now or {}), needed_by=list(rows.values()))
    _tell_done(request, done)
    return redirect(to(request, "writing-kind", kind.name))


def _needing(page: _Page, kind: str, key: str) -> tuple[str, str, str]:
    """Kind, name and address of a thing that refers to the one to be removed."""
    other = next(one for one in KINDS if one.name == kind)
    of_itself = other is PROGRAMME
    name = page.choices.things(kind).get(page.description.programme.key if of_itself else key, key)
    return hints.tab_title(other, current()), name, _address(page.request, kind, key)


def _address(request: ProgrammeRequest, kind: str, key: str) -> str:
    """Where a thing is mended; the programme itself and sheets have other pages than the rest."""
    if kind == "programme":
        return to(request, "writing-kind", kind)
    return to(request, "sheet", key) if kind == "sheet" else to(request, "writing-thing", kind, key)


def _tell_done(request: ProgrammeRequest, done: actions.Done, *, taken_back: bool = False) -> None:
    """Say what was done, with the way back; nothing new where the same was sent twice."""
    if not done.entry:
        if TOLD not in request.session:
            tell(request, _t("It is written down like this already; nothing was changed."))
        return
    sentences = {
        "create": _t("Put back.") if taken_back else _t("Written down."),
        "change": _t("Put back as it was.") if taken_back else _t("Saved."),
        "remove": _t("Removed."),
    }
    tell(request, sentences[done.deed], undo=to(request, "take-back", done.entry))


def _seen_at(request: ProgrammeRequest, done: actions.Done) -> str:
    """Where the thing is read after its change was taken back; the list of its kind where it is gone."""
    kind = next(one for one in KINDS if one.name == done.kind)
    found = actions.found(_description(request), kind, done.key)
    if found is None:
        return to(request, "writing-kind", done.kind)
    return read_at(request.programme.key, done.kind, done.key, values_of(kind, found))


def _description(request: ProgrammeRequest) -> ProgrammeDescription:
    found = describe(request.programme.key)
    if found is None:
        raise Http404
    return found


def _known(kind: str) -> Kind:
    found = kind_of(kind)
    if found is None:
        raise Http404
    return found


def _entry(description: ProgrammeDescription, kind: Kind) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "title": hints.tab_title(kind, current()),
        "about": _about(kind),
        "count": len(getattr(description, kind.holder)),
    }


def _about(kind: Kind) -> str:
    return str(hints.words(current())["about"][kind.name])


def _key_of(post: QueryDict | None, kind: Kind) -> str:
    """The key a new thing was offered or given; one of chance where there is none yet."""
    given = (post.get("key", "") if post is not None else "").strip()
    return given or f"{kind.name.replace('_', '-')}-{''.join(secrets.choice(_LETTERS) for _n in range(6))}"


def _beginning(request: ProgrammeRequest, kind: Kind, choices: Choices) -> dict[str, Any]:
    """What a new thing begins with: the things the address names, and the programme's own where it is alone."""
    values: dict[str, Any] = {}
    for field in kind.fields:
        if field.shape in ("reference", "funder") and not field.many:
            known = choices.things(field.kind)
            asked = request.GET.get(field.name, "")
            alone = next(iter(known)) if field.needed and len(known) == 1 else ""
            if found := asked if asked in known else alone:
                values[field.name] = found
        elif field.shape == "choice" and request.GET.get(field.name, "") in field.choices:
            values[field.name] = request.GET[field.name]
    return values


def _shown(post: QueryDict) -> dict[str, str]:
    """Digests of the fields as they were shown; none where the form was not ours."""
    try:
        said = json.loads(post.get("shown", "{}"))
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {}
