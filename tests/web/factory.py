"""A programme with something on every page, as large as asked for; every person in it is invented."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from karvon.actions.journal import save_payload
from karvon.actions.results import refresh_standings
from karvon.files.evidence_store import store
from karvon.records import models as records
from karvon.rules.names.order import order_key
from karvon.rules.names.search import search_keys
from karvon.rules.programme.text import Text

FIRST = date(2018, 10, 10)
NAMES = (
    ("Каримов Азиз Рустамович", "Karimov Aziz Rustam oʻgʻli"),
    ("Юсупова Дилноза Бахтиёровна", "Yusupova Dilnoza Baxtiyor qizi"),
    ("Тошматов Ўткир", "Toshmatov Oʻtkir"),
    ("Шарипов Шерзод Ғуломович", "Sharipov Sherzod Gʻulom oʻgʻli"),
)
SCAN = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)


def text(english: str) -> Text:
    return Text((("en", english), ("lv", f"{english} (lv)"), ("uz-Cyrl", f"{english} (кирилл)")))


def make_programme(key: str = "tashkent-2018", *, rows: int = 4, home: Path | None = None) -> str:
    """A programme with ``rows`` of everything that comes in numbers; its key. Files go to ``home``."""
    return _Maker(key, rows, home or settings.KARVON_HOME).make()


class _Maker:
    def __init__(self, key: str, rows: int, home: Path) -> None:
        self.key, self.rows, self.home = key, rows, home
        self.programme = records.Programme.objects.create(
            key=key,
            title=text("Capacity building"),
            languages=["lv", "en", "ru", "uz", "uz-Cyrl"],
            starts=date(2018, 9, 1),
            ends=date(2018, 12, 31),
            summary=text("Specialists learn to run water and heat supply."),
            lead="cluster",
            home_country="LV",
            partner_countries=["UZ"],
            as_of=date(2018, 12, 31),
            fictitious=True,
        )

    def make(self) -> str:
        self.organisations()
        self.contracts()
        self.visits()
        self.people()
        self.advice()
        self.figures()
        self.journal()
        refresh_standings(self.programme)
        return self.key

    def add(self, model: Callable[..., Any], key: str, order: int = 0, **fields: Any) -> Any:
        return model(programme=self.programme, key=key, order=order, **fields)

    def organisations(self) -> None:
        add = records.Organisation.objects.create
        self.cluster = self.add(
            add, "cluster", name=text("Clean cluster"), kind="cluster", country="LV", place="riga"
        )
        self.ministry = self.add(add, "ministry", 1, name=text("Ministry"), kind="ministry", country="LV")
        self.water = self.add(
            add, "water", 2, name=text("Suvtaminot"), kind="company", country="UZ", place="tashkent",
            spellings=["Сувтаъминот", "Suvta'minot"], website="https://example.org", identifier="UZ-0",
        )  # fmt: skip
        for number in range(self.rows):
            member = self.add(
                add, f"member-{number}", 3 + number, name=text(f"Member {number}"), kind="company"
            )
            self.add(
                records.Membership.objects.create,
                f"m{number}",
                number,
                organisation=self.cluster,
                member=member,
            )
        for organisation in (self.cluster, self.ministry, self.water):
            said = [name for _, name in organisation.name] + organisation.spellings
            records.NameKey.objects.bulk_create(
                records.NameKey(programme=self.programme, organisation=organisation, key=one)
                for one in {found for name in said for found in search_keys(name)}
            )

    def contracts(self) -> None:
        add = records.Contract.objects.create
        self.paying = [
            self.add(
                add, "lv79", number="LV-79", funder=self.ministry, title=text("Grant"), starts=date(2018, 6, 1),
                budget_amount=Decimal("50000"), budget_currency="EUR", acknowledgement=text("Paid by the ministry."),
            ),
            self.add(add, "erdf", 1, number="3.2.1.1/16/A/014", funder=self.ministry),
        ]  # fmt: skip

    def visits(self) -> None:
        self.expert = self.add(
            records.Expert.objects.create, "expert-1", role="trainer", organisation=self.cluster,
            position=text("water engineer"), payload=save_payload({"names": ["Jānis Ozols", "Янис Озолс"]}),
        )  # fmt: skip
        facility = self.add(
            records.Facility.objects.create, "works", name=text("Water works"), kind="utility", operator=self.water,
            place="tashkent",
        )  # fmt: skip
        sheet_file = store(self.home, b"No.;Name\n1;Karimov\n", name="list.csv")
        scan_file = store(self.home, SCAN, name="list.png")
        agenda_file = store(self.home, b"%PDF-1.4 agenda", name="agenda.pdf")
        for kept in (sheet_file, scan_file, agenda_file):
            records.StoredFile.objects.get_or_create(
                sha256=kept.sha256, defaults={"size": kept.size, "media_type": kept.media_type}
            )
        self.events, self.sheets, self.delegates = [], [], []
        for number in range(self.rows):
            starts = FIRST + timedelta(days=2 * (number % 30))
            incoming = number % 3 == 0
            visit = self.add(
                records.Visit.objects.create, f"visit-{number}", number, title=text(f"Visit {number}"),
                direction="incoming" if incoming else "outgoing", starts=starts, ends=starts + timedelta(days=1),
                places=["riga"] if incoming else ["tashkent", "fergana"], purpose=text("Train and see."),
                sectors=["14021"], host=self.water,
            )  # fmt: skip
            event = self.add(
                records.Event.objects.create, f"event-{number}", number, visit=visit, title=text(f"Training {number}"),
                kind=("training", "site_visit")[number % 4 == 3], starts=starts, ends=starts + timedelta(days=1),
                place="tashkent", sectors=["14021"], hours=Decimal(12), language=["ru", "uz"], facility=facility,
            )  # fmt: skip
            records.VisitExpert.objects.create(visit=visit, expert=self.expert)
            records.EventTrainer.objects.create(event=event, expert=self.expert)
            records.EventInterpreter.objects.create(event=event, expert=self.expert)
            records.EventOrganisation.objects.create(event=event, organisation=self.water)
            for contract in self.paying:
                records.VisitShare.objects.create(visit=visit, contract=contract, percent=40)
                records.EventShare.objects.create(event=event, contract=contract, percent=Decimal("33.333"))
            records.HeadCount.objects.create(event=event, day=starts, heads=self.rows + 5)
            sheet = self.add(
                records.Sheet.objects.create, f"sheet-{number}", number, path=f"sheets/list-{number}.csv", event=event,
                stored_id=sheet_file.sha256, day=starts, role="participant",
                scan_id=scan_file.sha256 if number % 2 == 0 else None,
                scan_path="documents/list.png" if number % 2 == 0 else "", pages=[1] if number % 2 == 0 else [],
                columns=[{
                    "sheet": "", "header_rows": [1], "columns": {"number": "A", "name": "B", "organisation": "C"},
                    "days": [["D", "10.10", starts.isoformat()]],
                }],
            )  # fmt: skip
            records.SkippedRow.objects.create(sheet=sheet, row=1, reason="title")
            records.SkippedRow.objects.create(sheet=sheet, row=self.rows + 3, reason="total")
            self.add(
                records.Document.objects.create, f"agenda-{number}", number, path="documents/agenda.pdf",
                stored_id=agenda_file.sha256, kind="agenda", title=text("Agenda"), visit=visit,
                event=event if number % 2 else None,
            )  # fmt: skip
            self.delegates.append(
                self.add(
                    records.Delegate.objects.create,
                    f"delegate-{number}",
                    number,
                    visit=visit,
                    role="participant",
                    organisation="water",
                    country="UZ",
                    payload=save_payload({"name": f"Делегатов {number}", "position": "инженер"}),
                )
            )
            self.events.append(event)
            self.sheets.append(sheet)

    def people(self) -> None:
        """``rows`` people, each on every second sheet in one spelling and in another; the first two are doubtful."""
        lines: list[records.Line] = []
        for number in range(self.rows):
            person = records.Person.objects.create(
                id=f"{self.key}-p{number:05d}"[-20:], programme=self.programme
            )
            spellings = NAMES[number % len(NAMES)]
            mine = []
            for place, sheet in enumerate(self.sheets[: 2 + number % 2]):
                name = f"{spellings[place % 2]} {number}"
                line = self.line(
                    f"{self.key}-{number}-{place}", name, sheet=sheet, row=number + 2, country="UZ",
                    organisation=self.water,
                )  # fmt: skip
                role = "interpreter" if number == 3 else "participant"
                records.Attendance.objects.create(
                    line=line, event=sheet.event, day=sheet.day, role=role, status="present"
                )
                records.Link.objects.create(line=line, person=person)
                mine.append(line)
            person.shown, person.filed_under = mine[0], order_key(f"{spellings[0]} {number}")
            person.save()
            for one, other in pairwise(mine):
                self.match(one, other, "certain", 850)
            lines += mine
        if len(lines) > 3:
            self.match(lines[0], lines[2], "undecided", 120)
        own = self.line(f"{self.key}-expert", "Jānis Ozols", expert=self.expert, row=1)
        records.Link.objects.create(line=own, person_id=lines[0].link.person_id)
        for number, delegate in enumerate(self.delegates):
            listed = self.line(f"{self.key}-d{number}", f"Делегатов {number}", delegate=delegate)
            person = records.Person.objects.create(
                id=f"{self.key}-q{number:05d}"[-20:], programme=self.programme, shown=listed,
                filed_under=order_key(f"Делегатов {number}"),
            )  # fmt: skip
            records.Link.objects.create(line=listed, person=person)

    def line(self, line: str, name: str, *, row: int | None = None, **fields: Any) -> records.Line:
        made = records.Line.objects.create(
            id=line[-20:], programme=self.programme, row=row, key="k",
            payload=save_payload(
                {
                    "name": name,
                    "cells": {"name": name, "organisation": "Сувтаъминот", "position": "инженер"},
                    "marks": {"D": "+"},
                }
            ),
            **fields,
        )  # fmt: skip
        records.NameKey.objects.bulk_create(
            records.NameKey(programme=self.programme, line=made, key=found) for found in search_keys(name)
        )
        return made

    def match(self, one: records.Line, other: records.Line, band: str, weight: int) -> None:
        a, b = sorted((one, other), key=lambda line: line.pk)
        parts = [
            ["prior", "any two lines", -1110],
            ["surname", "same", 330],
            ["given_name", "spelling", weight + 780],
        ]
        records.Match.objects.create(
            programme=self.programme, a=a, b=b, weight=weight, band=band, parts=parts
        )

    def advice(self) -> None:
        observation = self.add(
            records.Observation.objects.create, "leaks", event=self.events[0], text=text("A third leaks."),
            observer=self.expert, on=FIRST,
        )  # fmt: skip
        group = self.add(records.RecommendationGroup.objects.create, "pipes", title=text("Pipes"))
        for number in range(self.rows):
            answered = number % 2 == 0
            advice = self.add(
                records.Recommendation.objects.create, f"advice-{number}", number, group=group, priority="high",
                title=text(f"Advice {number}"), text=text("Meter first."), addressee=self.water, sectors=["14021"],
                given_on=FIRST, response_due=FIRST + timedelta(days=30), response=text("Yes.") if answered else Text(),
                response_status="accepted" if answered else "", responded_on=FIRST if answered else None,
            )  # fmt: skip
            records.RecommendationObservation.objects.create(recommendation=advice, observation=observation)
            self.add(
                records.ActionPoint.objects.create, f"action-{number}", number, recommendation=advice,
                text=text("Buy meters"), owner=self.water, due=FIRST + timedelta(days=60),
                completed_on=FIRST if answered else None, verified_by="expert-1" if answered else "",
            )  # fmt: skip
            proposal = self.add(
                records.Proposal.objects.create, f"proposal-{number}", number, title=text(f"Proposal {number}"),
                stage="submitted", stage_on=FIRST, owner=self.water, place="fergana", sectors=["14021"],
                cost_amount=Decimal(2400000), cost_currency="EUR", summary=text("Meters, then pipes."),
            )  # fmt: skip
            records.ProposalRecommendation.objects.create(proposal=proposal, recommendation=advice)

    def figures(self) -> None:
        trained = self.add(
            records.Indicator.objects.create, "trained", title=text("Specialists trained"), measure="people",
            rule="unique-in-period", scope={"event_kinds": ["training"], "countries": ["UZ"]}, baseline=0,
        )  # fmt: skip
        records.Target.objects.create(indicator=trained, value=150)
        records.Target.objects.create(indicator=trained, contract=self.paying[0], value=75, order=1)
        self.add(records.Indicator.objects.create, "visits", 1, title=text("Visits held"), measure="visits")
        for number in range(self.rows):
            self.add(
                records.Statement.objects.create, f"said-{number}", number, indicator=trained, comparator="more_than",
                number=number, text=text(f"More than {number} were trained."), published_in="press release",
                published_on=FIRST,
            )  # fmt: skip

    def journal(self) -> None:
        at = datetime(2018, 12, 31, 12, tzinfo=UTC)
        for number in range(self.rows):
            records.JournalEntry.objects.create(
                at=at, via="command", programme=self.programme, action="import_folder", object_kind="programme",
                object_key=self.key, facts={"lines": number},
            )  # fmt: skip
