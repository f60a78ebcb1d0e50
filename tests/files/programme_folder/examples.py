"""Folders to read: the guide's own examples, put together, are one whole programme."""

import re
from collections.abc import Mapping
from pathlib import Path

from karvon.files.programme_folder import read_folder
from karvon.rules.problems import Problem, Refused

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "programme-folder.md"
FILES: Mapping[str, bytes] = {
    "sheets/2018-10-11-heat.xlsx": b"a sheet",
    "documents/2018-10-11-heat-signed.pdf": b"a scan",
    "documents/agenda-tashkent.pdf": b"an agenda",
}
HERE = "  # here"
"""Marks the line a problem is expected at."""


def guide_toml() -> str:
    """Every TOML example of the guide, in its order."""
    return "\n".join(re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL))


def changed(*changes: tuple[str, str]) -> str:
    """The guide's programme with texts replaced, each of which must be there."""
    toml = guide_toml()
    for old, new in changes:
        assert old in toml, old
        toml = toml.replace(old, new, 1)
    return toml


def make_folder(folder: Path, toml: str | bytes, files: Mapping[str, bytes] = FILES) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "programme.toml").write_bytes(toml.encode() if isinstance(toml, str) else toml)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def problems_of(folder: Path) -> list[Problem]:
    """What the folder is refused for; nothing when it is read."""
    try:
        read_folder(folder)
    except Refused as refused:
        return list(refused.problems)
    return []
