"""One row of every table, each the smallest the database accepts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from karvon.records import models as records
from karvon.rules.programme.text import Text

NOON = datetime(2018, 10, 11, 12, tzinfo=UTC)
DAY = date(2018, 10, 11)
SHA = "ab" * 32


def tables() -> list[type[models.Model]]:
    return list(apps.get_app_config("records").get_models())


class World:
    """``world.event`` is the event, and so on; names are those of the models in lower case."""

    def __init__(self) -> None:
        self._rows: dict[type[models.Model], models.Model] = {}
        self._fill()

    def __getattr__(self, name: str) -> Any:
        for model, row in self._rows.items():
            if model._meta.model_name == name:
                return row
        raise AttributeError(name)

    def row(self, model: type[models.Model]) -> models.Model:
        return self._rows[model]

    @property
    def known(self) -> set[type[models.Model]]:
        return set(self._rows)

    def make(self, model: type[models.Model], **values: Any) -> Any:
        if any(field.name == "programme" for field in model._meta.fields):
            values.setdefault("programme", self.programme)
        if any(field.name == "key" for field in model._meta.fields) and model is not records.NameKey:
            values.setdefault("key", "first")
        row = model._default_manager.create(**values)
        self._rows.setdefault(model, row)
        return row

    def payload(self, digest: str = "d") -> records.Payload:
        return records.Payload.objects.create(body={"name": "Anna Bērziņa"}, salt=b"salt", digest=digest)

    def line(self, key: str, *, row: int) -> Any:
        """One more line of the sheet."""
        return self.make(records.Line, id=key, sheet=self.sheet, row=row, payload=self.payload(), key=key)

    def _fill(self) -> None:
        make = self.make
        make(records.Programme, key="uzbekistan", starts=DAY, ends=DAY, title=Text.of({"en": "Uzbekistan"}))
        user = make(records.User, username="anna")
        funder = make(records.Organisation, kind="donor")
        member = make(records.Organisation, key="member", kind="company")
        contract = make(
            records.Contract, number="LV-79", funder=funder, starts=DAY, ends=DAY, budget_amount=Decimal(1)
        )
        make(records.Membership, organisation=funder, member=member, starts=DAY, ends=DAY)
        self._rows[records.Payload] = self.payload()
        expert = make(records.Expert, payload=self.payload(), role="trainer")
        make(records.TownOrSite, country="UZ")
        facility = make(records.Facility, kind="utility")
        visit = make(records.Visit, direction="outgoing", starts=DAY, ends=DAY)
        make(records.VisitShare, visit=visit, contract=contract, percent=Decimal(60))
        make(records.VisitExpert, visit=visit, expert=expert)
        delegate = make(records.Delegate, visit=visit, payload=self.payload(), role="participant")
        event = make(
            records.Event,
            visit=visit,
            kind="training",
            starts=DAY,
            ends=DAY,
            hours=Decimal(8),
            facility=facility,
        )
        make(records.EventShare, event=event, contract=contract, percent=Decimal(60))
        make(records.EventTrainer, event=event, expert=expert)
        make(records.EventInterpreter, event=event, expert=expert)
        make(records.EventOrganisation, event=event, organisation=funder)
        make(records.HeadCount, event=event, day=DAY, heads=30)
        stored = make(records.StoredFile, sha256=SHA, size=1, media_type="text/csv")
        make(records.Document, path="documents/agenda.pdf", stored=stored, kind="agenda")
        sheet = make(records.Sheet, path="sheets/a.csv", stored=stored, event=event, role="participant")
        make(records.SkippedRow, sheet=sheet, row=1, reason="title")
        make(records.Attempt, cache_key="ab", value="gASVAA==", expires=NOON)
        draft = make(
            records.Draft,
            id="0e",
            replaces=sheet,
            state="accepted",
            begun_at=NOON,
            begun_by=user,
            ended_at=NOON,
        )
        make(
            records.DraftFile, id="0f", draft=draft, order=0, stored=stored, name="a.csv", kind="sheet",
            role="participant",
        )  # fmt: skip
        make(records.Job, id="0g", draft=draft, kind="look", state="running", begun_at=NOON, beat_at=NOON)
        make(records.Work, id="0w", kind="folder", state="running", begun_at=NOON, beat_at=NOON)
        line = self.line("0a", row=2)
        make(records.SignatureSeen, line=line, seen=True, at=NOON, by=user)
        second = self.line("0b", row=3)
        make(records.Line, id="0c", delegate=delegate, payload=self.payload(), key="c")
        make(
            records.Attendance, line=line, event=event, day=DAY, role="participant", status="present", hours=8
        )
        person = make(records.Person, id="0d")
        make(records.Link, line=line, person=person)
        make(records.Match, a=line, b=second, weight=1200, band="certain")
        make(records.Decision, a=line, b=second, verdict="same", at=NOON, by=user)
        make(records.AttendanceCorrection, line=line, field="role", value="guest", at=NOON, by=user)
        make(records.AttendanceAsRead, line=line, sessions=[])
        make(records.Score, line=line, before=40, after=70)
        make(records.FeedbackAnswer, id="0b", event=event, usefulness=5, way="form", given_on=DAY)
        make(records.FeedbackLink, id="0c", event=event, ends=DAY, made_at=NOON)
        make(records.DoubtQueue)
        make(records.Doubt, a=line, b=second, weight=1200, looked_at=False, narrowing=0)
        make(records.Snapshot, number=1, payload=self.payload())
        make(records.NameKey, key="berzina", line=line)
        make(records.LineReading, line=line, said=1, component="0a", features="[]", keys="1")
        make(records.CrowdLine, line=line, crowd="0a")
        make(records.RegisterWords, state="1:1.3:a", words='["","","",""]')
        make(records.BlockKey, key=1, line=line, said=1, wordy=False)
        observation = make(records.Observation, event=event)
        group = make(records.RecommendationGroup)
        recommendation = make(records.Recommendation, group=group, priority="high")
        make(records.RecommendationObservation, recommendation=recommendation, observation=observation)
        make(records.ActionPoint, recommendation=recommendation)
        proposal = make(records.Proposal, stage="idea", cost_amount=1, funding_sought_amount=1)
        make(records.ProposalRecommendation, proposal=proposal, recommendation=recommendation)
        indicator = make(records.Indicator, measure="people")
        make(records.Target, indicator=indicator, value=150, starts=DAY, ends=DAY)
        make(records.Statement, indicator=indicator, comparator="more_than", number=150)
        make(records.Standing, indicator=indicator, person=person, under=",", by_programme=True, settled=True)
        make(records.UnsettledBound, indicator=indicator, kind="union", lower=1, best=2, upper=3)
        edition = make(records.Edition, number=1, as_of=DAY, made_at=NOON, content={}, digest="e")
        make(records.EditionFile, edition=edition, language="lv", form="pdf", stored=stored)
        make(records.EditionRelease, edition=edition, step="published", at=NOON)
        make(records.AccountRole, user=user, role="auditor", contract=contract, given_at=NOON)
        make(
            records.OneTimeLink,
            digest="f",
            purpose="invitation",
            user=user,
            made_at=NOON,
            expires_at=NOON,
        )
        make(records.JournalEntry, at=NOON, via="command", action="import", by=user)
