"""Kinds of columns and constraints the rooms share: texts in several languages, keys, periods, choices."""

from __future__ import annotations

from typing import Any, get_args

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from karvon.rules.programme.text import Text


class TextsField(models.JSONField):
    """A `Text` column: a list of [language, text] pairs, in the order they were given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Text)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Migrations name the kind of column only: they never import rules."""
        name, path, arguments, options = super().deconstruct()
        if options.get("default") is Text:
            del options["default"]
        return name, path, arguments, options

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return _text(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Any:
        return _text(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(
            [list(pair) for pair in value.said] if isinstance(value, Text) else value
        )

    def value_to_string(self, obj: models.Model) -> Any:
        return [list(pair) for pair in self.value_from_object(obj).said]


def _text(value: Any) -> Any:
    return (
        Text(tuple((str(language), str(text)) for language, text in value))
        if isinstance(value, list)
        else value
    )


class IdField(models.CharField):  # type: ignore[type-arg]  # the stubs' generics add nothing here
    """A random id as primary key, ordered by its bytes on every engine and in every locale.

    PostgreSQL sorts by the database's locale, where y may come before j; pairs of lines are kept in order, and
    that order must be the one rules and folders use.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 20
        kwargs["primary_key"] = True
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: Any) -> Any:
        return {
            **super().db_parameters(connection),
            "collation": "C" if connection.vendor == "postgresql" else None,
        }


class PlaceInListField(models.CharField):  # type: ignore[type-arg]  # the stubs' generics add nothing here
    """What a list is ordered by, written by `karvon.rules.names.order`: compared by code point on every engine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 100
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        del options["max_length"]
        return name, path, arguments, options

    def db_parameters(self, connection: Any) -> Any:
        return {
            **super().db_parameters(connection),
            "collation": "C" if connection.vendor == "postgresql" else None,
        }


class Keyed(models.Model):
    """A thing of one programme that others call by its key; ``order`` is its place among its kind."""

    programme = models.ForeignKey("records.Programme", models.CASCADE)
    key = models.CharField(max_length=200)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.key


def unique_key(model: str) -> UniqueConstraint:
    return UniqueConstraint(fields=("programme", "key"), name=f"{model}_key_once")


def one_of(column: str, words: Any, *, model: str, or_empty: bool = False) -> CheckConstraint:
    """The column holds one of the words of a Literal type."""
    allowed = [*get_args(words), *([""] if or_empty else [])]
    return CheckConstraint(condition=Q(**{f"{column}__in": allowed}), name=f"{model}_{column}_known")


def in_order(model: str, starts: str = "starts", ends: str = "ends") -> CheckConstraint:
    """The period does not end before it starts; an open end is allowed."""
    return CheckConstraint(
        condition=Q(**{f"{starts}__isnull": True})
        | Q(**{f"{ends}__isnull": True})
        | Q(**{f"{ends}__gte": F(starts)}),
        name=f"{model}_{ends}_after_{starts}"[:60],
    )


def not_negative(model: str, column: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": 0}),
        name=f"{model}_{column}_not_negative",
    )


def per_cent(model: str) -> CheckConstraint:
    return CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name=f"{model}_percent_range")
