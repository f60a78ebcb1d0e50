"""Every command, option and setting stands in the guides, and the guides name none that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from karvon.server import entry

ROOT = Path(__file__).parent.parent.parent
COMMANDS = ROOT / "docs" / "guides" / "commands.md"
SETTINGS = ROOT / "docs" / "guides" / "settings.md"


def program() -> click.Group:
    """The command line as the installed program makes it."""
    made: list[click.Group] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entry, "run", made.append)
        entry.main()
    return made[0]


def commands(group: click.Group, above: str = "karvon") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{above} {name} is listed but cannot be loaded"
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


def sections() -> dict[str, str]:
    """The text under each heading of the guide that names a command."""
    parts = re.split(r"^#+ `(karvon [^`]*)`.*$", COMMANDS.read_text("utf-8"), flags=re.MULTILINE)
    return {
        " ".join(re.findall(r"^karvon(?: [a-z-]+)*", head)): text
        for head, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def options(command: click.Command) -> set[str]:
    return {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    }


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert sections().keys() == {name for name, _ in commands(program())}


def test_every_option_of_a_command_is_explained_under_it() -> None:
    explained = {name: set(re.findall(r"--[a-z][a-z-]*", text)) for name, text in sections().items()}
    unexplained = {
        name: options(command) - explained.get(name, set()) for name, command in commands(program())
    }
    invented = {
        name: explained.get(name, set()) - options(command) - {"--help"}
        for name, command in commands(program())
    }
    assert {name: missing for name, missing in unexplained.items() if missing} == {}
    assert {name: unknown for name, unknown in invented.items() if unknown} == {}


def test_every_command_and_option_explains_itself() -> None:
    silent = [
        f"{name} {parameter.name}"
        for name, command in commands(program())
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden and not parameter.help
    ]
    assert silent == []
    assert [name for name, command in commands(program()) if not command.help] == []


def test_every_setting_is_explained() -> None:
    source = (ROOT / "src" / "karvon" / "server" / "settings.py").read_text("utf-8")
    asked = set(re.findall(r"""env\.\w+\(\s*["']([A-Z_]+)["']""", source)) - {"XDG_DATA_HOME"}
    explained = set(re.findall(r"`([A-Z][A-Z_]+)`", SETTINGS.read_text("utf-8")))
    assert asked - explained == set()
