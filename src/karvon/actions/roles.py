"""Keeping roles true to who is who: the programme names its staff, and a line is one of them once it is linked."""

from collections import defaultdict
from datetime import date
from typing import cast

from django.db.models import Q

from karvon.records import models as records
from karvon.rules.attendance import given_role
from karvon.rules.programme.description import Role


def refresh_roles(programme: records.Programme) -> dict[tuple[str, str, date | None], Role]:
    """Give every line of somebody the programme names as trainer, interpreter or traveller the role it has there,
    and the others the role their sheet says.

    Call it in the transaction of whatever changed links or who trains, interprets or travels. A role written in the
    sheet's own column stays, and one a person gave by hand. Returns what changed: the earlier role of a line at an
    event and on a day.
    """
    experts: dict[str, set[int]] = defaultdict(set)
    own_lines = records.Line.objects.filter(
        programme=programme, expert__isnull=False, retired_at__isnull=True, link__isnull=False
    )
    for person, expert in own_lines.values_list("link__person", "expert"):
        experts[person].add(expert)
    named = records.Expert.objects.filter(programme=programme)
    roles = {pk: cast(Role, role) for pk, role in named.values_list("id", "role")}
    trains = _by_place(records.EventTrainer.objects.filter(event__programme=programme), "event")
    interprets = _by_place(records.EventInterpreter.objects.filter(event__programme=programme), "event")
    travels = _by_place(records.VisitExpert.objects.filter(visit__programme=programme), "visit")
    keys = dict(named.values_list("id", "key"))
    rows = (
        records.Attendance.objects.filter(event__programme=programme, line__retired_at__isnull=True)
        .filter(Q(line__link__person__in=list(experts)) | Q(role_reason="staff"))
        .exclude(role_reason__in=("column", "hand"))
        .select_related("line__payload", "line__sheet", "line__link", "event")
    )
    changed = []
    earlier: dict[tuple[str, str, date | None], Role] = {}
    for row in rows:
        link = getattr(row.line, "link", None)
        mine = experts.get(link.person_id, set()) if link is not None else set()
        travelling = sorted(mine & travels[row.event.visit_id], key=keys.__getitem__)
        sheet = row.line.sheet
        if sheet is None:  # never kept: only lines of sheets attend
            continue
        role, reason = given_role(
            sheet=sheet.role,  # type: ignore[arg-type]  # held to the known words by the database
            position=(row.line.payload.body or {}).get("cells", {}).get("position", ""),
            trains=bool(mine & trains[row.event_id]),
            interprets=bool(mine & interprets[row.event_id]),
            travels_as=roles[travelling[0]] if travelling else None,
        )
        if (row.role, row.role_reason) != (role, reason):
            earlier[row.line_id, row.event.key, row.day] = cast(Role, row.role)
            row.role, row.role_reason = role, reason
            changed.append(row)
    records.Attendance.objects.bulk_update(changed, ["role", "role_reason"], batch_size=500)
    return earlier


def _by_place(rows: object, place: str) -> defaultdict[int, set[int]]:
    """Event or visit -> its experts."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for where, expert in rows.values_list(f"{place}_id", "expert_id"):  # type: ignore[attr-defined]  # a query of ours
        found[where].add(expert)
    return found
