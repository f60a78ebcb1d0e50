"""What the database refuses, whoever asks: each rule is tried against the tables themselves."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint
from tests.records.world import DAY, SHA, World, tables

from karvon.records import models as records


def refused(change: object, *arguments: object, **values: object) -> bool:
    """Whether the database refuses the change; nothing of it is left behind."""
    try:
        with transaction.atomic():
            change(*arguments, **values)  # type: ignore[operator]
    except IntegrityError:
        return True
    return False


def copy_of(row: models.Model, **other: object) -> models.Model:
    """The same row once more, unsaved, with some values changed."""
    values = {
        f.attname: getattr(row, f.attname)
        for f in row._meta.concrete_fields
        if not (f.primary_key and isinstance(f, models.AutoField))
    }
    return type(row)(**{**values, **other})


def constraints(kind: type, *endings: str) -> list[tuple[type[models.Model], models.BaseConstraint]]:
    return [
        (model, constraint)
        for model in tables()
        for constraint in model._meta.constraints
        if isinstance(constraint, kind) and (not endings or constraint.name.endswith(endings))
    ]


def named(value: object) -> str:
    return value.name if isinstance(value, models.BaseConstraint) else getattr(value, "__name__", str(value))


def columns_of(condition: Any) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from columns_of(child)
        else:
            yield child[0].partition("__")[0]


def test_the_world_has_a_row_of_every_table(world: World) -> None:
    assert world.known == set(tables())


@pytest.mark.parametrize(("model", "constraint"), constraints(CheckConstraint, "_known"), ids=named)
def test_a_word_outside_the_list_is_refused(
    world: World, model: type[models.Model], constraint: CheckConstraint
) -> None:
    (column,) = set(columns_of(constraint.condition))
    unknown = copy_of(world.row(model), **{column: "nonsense"})
    unknown.pk = world.row(model).pk if not isinstance(model._meta.pk, models.AutoField) else None
    with pytest.raises(IntegrityError, match=constraint.name):
        unknown.save(force_insert=True)


@pytest.mark.parametrize(
    ("model", "constraint"), constraints(CheckConstraint, "_ends_after_starts"), ids=named
)
def test_a_period_that_ends_before_it_starts_is_refused(
    world: World, model: type[models.Model], constraint: CheckConstraint
) -> None:
    rows = model._default_manager.filter(pk=world.row(model).pk)
    assert refused(rows.update, ends=DAY - timedelta(days=1))
    assert not refused(rows.update, ends=DAY + timedelta(days=1))


@pytest.mark.parametrize(("model", "constraint"), constraints(CheckConstraint, "_not_negative"), ids=named)
def test_a_negative_amount_is_refused(
    world: World, model: type[models.Model], constraint: CheckConstraint
) -> None:
    (column,) = set(columns_of(constraint.condition))
    rows = model._default_manager.filter(pk=world.row(model).pk)
    assert refused(rows.update, **{column: Decimal("-0.01")})
    assert not refused(rows.update, **{column: Decimal(0)})
    assert not refused(rows.update, **{column: None})


EMPTY_IN_THE_WORLD = ("_undated_once", "_name_form_once")
"""Constraints of rows whose column is empty, or is not; each has a test of its own below."""
UNIQUE = [pair for pair in constraints(UniqueConstraint) if not pair[1].name.endswith(EMPTY_IN_THE_WORLD)]


@pytest.mark.parametrize(("model", "constraint"), UNIQUE, ids=named)
def test_the_same_thing_twice_is_refused(
    world: World, model: type[models.Model], constraint: UniqueConstraint
) -> None:
    again = copy_of(world.row(model))
    for field in model._meta.concrete_fields:
        if field.unique and field.related_model is records.Payload:  # else it would be refused for that alone
            setattr(again, field.attname, world.payload().pk)
    if not isinstance(model._meta.pk, models.AutoField):
        again.pk = "ff"
    with pytest.raises(IntegrityError):
        again.save(force_insert=True)


@pytest.mark.parametrize("percent", ["-1", "0", "100.001", "140"])
@pytest.mark.parametrize("model", [records.VisitShare, records.EventShare], ids=named)
def test_a_share_is_more_than_nothing_and_at_most_all(
    world: World, model: type[models.Model], percent: str
) -> None:
    assert refused(model._default_manager.all().update, percent=Decimal(percent))


@pytest.fixture(params=[(records.VisitShare, "visit"), (records.EventShare, "event")], ids=["visit", "event"])
def shared(
    request: pytest.FixtureRequest, world: World
) -> tuple[type[models.Model], str, list[records.Contract]]:
    """Shares of a visit or an event, of which 60 % are taken, and two contracts that pay nothing yet."""
    model, owner = request.param
    more = [
        world.make(records.Contract, key=key, number=key, funder=world.organisation)
        for key in ("erdf", "third")
    ]
    return model, owner, more


Shared = tuple[type[models.Model], str, list[records.Contract]]


def test_shares_may_sum_to_exactly_100(world: World, shared: Shared) -> None:
    model, owner, (second, _) = shared
    thing = getattr(world, owner)
    model._default_manager.create(**{owner: thing}, contract=second, percent=Decimal(40))
    assert sum(thing.shares.values_list("percent", flat=True)) == 100


def test_thirds_to_three_decimals_are_whole(world: World, shared: Shared) -> None:
    model, owner, contracts = shared
    thing = getattr(world, owner)
    thing.shares.update(percent=Decimal("33.334"))
    for contract in contracts:
        model._default_manager.create(**{owner: thing}, contract=contract, percent=Decimal("33.333"))
    assert sum(thing.shares.values_list("percent", flat=True)) == 100


def test_a_second_share_over_100_together_is_refused(world: World, shared: Shared) -> None:
    model, owner, (second, _) = shared
    create = model._default_manager.create
    assert refused(create, **{owner: getattr(world, owner)}, contract=second, percent=Decimal("40.001"))
    assert model._default_manager.count() == 1


def test_two_shares_in_one_statement_over_100_are_refused(world: World, shared: Shared) -> None:
    model, owner, contracts = shared
    thing = getattr(world, owner)
    more = [model(**{owner: thing}, contract=contract, percent=Decimal(25)) for contract in contracts]
    assert refused(model._default_manager.bulk_create, more)


def test_raising_a_share_over_100_together_is_refused(world: World, shared: Shared) -> None:
    model, owner, (second, _) = shared
    share = model._default_manager.create(
        **{owner: getattr(world, owner)}, contract=second, percent=Decimal(40)
    )
    assert refused(model._default_manager.filter(pk=share.pk).update, percent=Decimal("40.001"))
    assert not refused(model._default_manager.filter(pk=share.pk).update, percent=Decimal("39.999"))


def test_moving_a_share_to_where_it_is_too_much_is_refused(world: World, shared: Shared) -> None:
    model, owner, (second, _) = shared
    other = copy_of(getattr(world, owner), key="other")
    other.save(force_insert=True)
    share = model._default_manager.create(**{owner: other}, contract=second, percent=Decimal(50))
    assert refused(model._default_manager.filter(pk=share.pk).update, **{owner: getattr(world, owner)})


def test_a_line_has_one_link(world: World) -> None:
    other = world.make(records.Person, id="ee")
    assert refused(records.Link.objects.bulk_create, [records.Link(line_id="0a", person=other)])


def test_a_line_stands_on_a_sheet_or_in_a_list_but_not_in_both(world: World) -> None:
    lines = records.Line.objects.filter(pk="0b")
    assert refused(lines.update, delegate=world.delegate)
    assert refused(lines.update, expert=world.expert)
    assert refused(lines.update, sheet=None)
    assert refused(lines.update, row=None)


def test_an_expert_has_one_line_for_each_name_form(world: World) -> None:
    def form(key: str, row: int) -> records.Line:
        return records.Line(
            id=key, programme=world.programme, expert=world.expert, row=row, payload=world.payload(), key=key
        )

    form("e1", 1).save(force_insert=True)
    assert not refused(form("e2", 2).save, force_insert=True)
    assert refused(form("e3", 1).save, force_insert=True)


def test_a_place_on_a_sheet_holds_one_line_until_it_is_retired(world: World) -> None:
    lines = records.Line.objects.filter(pk="0b")
    assert refused(lines.update, row=2)
    records.Line.objects.filter(pk="0a").update(retired_at="2018-12-01T00:00Z")
    assert not refused(lines.update, row=2)


def test_side_by_side_blocks_hold_two_lines_in_one_row(world: World) -> None:
    assert not refused(records.Line.objects.filter(pk="0b").update, row=2, block="F")


def test_an_attendance_without_a_day_is_unique_too(world: World) -> None:
    undated = copy_of(world.attendance, day=None)
    undated.save(force_insert=True)
    assert refused(copy_of(undated).save, force_insert=True)


def test_the_lines_of_a_match_and_of_a_decision_stand_in_order(world: World) -> None:
    turned = {"a_id": "0b", "b_id": "0a"}
    assert refused(copy_of(world.match, **turned).save, force_insert=True)
    assert refused(copy_of(world.decision, **turned).save, force_insert=True)


def test_an_organisation_is_no_member_of_itself(world: World) -> None:
    assert refused(records.Membership.objects.update, member=world.membership.organisation)


def test_a_name_key_is_of_a_line_or_of_an_organisation(world: World) -> None:
    assert refused(records.NameKey.objects.update, organisation=world.organisation)
    assert refused(records.NameKey.objects.update, line=None)


def test_bounds_stand_in_order(world: World) -> None:
    assert refused(records.UnsettledBound.objects.update, lower=3)
    assert refused(records.UnsettledBound.objects.update, upper=1)
    assert not refused(records.UnsettledBound.objects.update, lower=2, upper=2)


@pytest.mark.parametrize("hash_", ["", SHA[:-1], SHA.upper(), SHA + "0", "g" * 64, SHA + "\n"])
def test_a_stored_file_has_a_whole_hash(world: World, hash_: str) -> None:
    wrong = records.StoredFile(sha256=hash_, size=1, media_type="text/csv")
    with pytest.raises(Exception, match=r"stored_file_hash_whole|too long") as raised, transaction.atomic():
        wrong.save(force_insert=True)
    assert type(raised.value).__name__ in {"IntegrityError", "DataError"}


def test_an_organisation_that_pays_a_contract_cannot_go(world: World) -> None:
    with pytest.raises(models.ProtectedError):
        records.Organisation.objects.get(pk=world.contract.funder_id).delete()
