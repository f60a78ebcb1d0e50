"""What is known before anyone logs in, as TOML data anyone may edit.

The only code on this floor is the one function that opens a data file of it.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(path: str) -> dict[str, Any]:
    """The data of one catalogue file, by its path below the catalogue without ``.toml``.

    Raises ``FileNotFoundError`` for a path that is not there. The result is shared: do not change it.
    """
    return tomllib.loads(resources.files(__package__).joinpath(f"{path}.toml").read_text("utf-8"))


@cache
def names(room: str) -> tuple[str, ...]:
    """The names of the files of one room of the catalogue, sorted, without ``.toml``."""
    folder = resources.files(__package__).joinpath(room)
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))
