"""The floors of the house stand, and imports go downstairs only."""

import ast
import subprocess
import sys
from pathlib import Path

import karvon

HOUSE = Path(karvon.__file__).parent
ROOT = HOUSE.parent.parent
FLOORS = {"catalog", "rules", "files", "bulk", "records", "queries", "actions", "web", "cli", "server"}
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "common",
    "misc",
    "base",
    "core",
    "lib",
    "stuff",
}


def modules() -> list[Path]:
    return [path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts]


def test_imports_go_downstairs_only() -> None:
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_line_lives_on_a_floor() -> None:
    packages = {path.name for path in HOUSE.iterdir() if any(path.glob("*.py"))}
    assert packages == FLOORS
    assert [path.name for path in HOUSE.glob("*.py")] == ["__init__.py"]


def test_no_room_has_a_vague_name() -> None:
    named = [path for path in HOUSE.rglob("*") if path.stem in VAGUE and path.suffix in {"", ".py"}]
    assert [str(path.relative_to(HOUSE)) for path in named] == []


def test_the_catalogue_holds_data_and_one_function_that_opens_it() -> None:
    assert list((HOUSE / "catalog").rglob("*.py")) == [HOUSE / "catalog" / "__init__.py"]


def test_only_records_has_models_and_migrations() -> None:
    from django.apps import apps

    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("karvon.")}
    assert {label for label in ours if list(apps.get_app_config(label).get_models())} == {"records"}


def test_the_rules_know_no_clock_and_no_files() -> None:
    """What is true on paper needs neither: the same facts give the same answer on any day, anywhere."""
    clocks = {("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "time")}
    found = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in (HOUSE / "rules").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _called(node) in {*clocks, ("", "open")}
    ]
    assert found == []


def _called(node: ast.Call) -> tuple[str, str]:
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.value.id, node.func.attr
    return "", node.func.id if isinstance(node.func, ast.Name) else ""


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(HOUSE))
        for path in modules()
        if path.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []
