"""The migrations make the tables the models describe, and nothing is left to migrate."""

import ast
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from karvon.records import migrations
from karvon.records.models import User
from karvon.records.tables import CreateTables


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"Models have changed without a migration:\n{said.getvalue()}")


def test_the_migrations_are_one_line_without_forks() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    assert loader.detect_conflicts() == {}


def test_the_user_model_is_our_own_from_the_first_migration_on() -> None:
    first = MigrationLoader(None, ignore_no_migrations=True).get_migration_by_prefix("records", "0001")
    (made,) = first.operations
    assert isinstance(made, CreateTables)
    assert User.__name__ in {table.name for table in made.tables}


def test_migrations_never_import_the_thinking_of_today() -> None:
    """A migration keeps meaning what it meant: it knows columns and Django, and no rules."""
    imported = {
        name
        for path in Path(migrations.__path__[0]).glob("0*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert {name for name in imported if name.startswith("karvon")} == {
        "karvon.records.columns",
        "karvon.records.tables",
    }
