"""The guide for servers as its reader sees it: blocks of commands under their headings; and the files it installs."""

import os
import re
import shutil
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent.parent
DEPLOY: Final = ROOT / "deploy"
GUIDE: Final = ROOT / "docs" / "guides" / "server.md"
SCRIPTS: Final = ("karvon", "karvon-backup", "karvon-restore")
ABSOLUTE: Final = re.compile(
    r"(?<![\w./'])/(?=(?:etc/karvon|opt/karvon|var/lib/karvon|var/backups/karvon|usr/local/s?bin)\b)"
)
"""Where the guide's own folders begin in a command."""


def blocks() -> list[tuple[str, str]]:
    """Every block of commands with the heading it stands under."""
    found, heading = [], ""
    for part in re.split(
        r"(^## [^\n]*$|^```sh\n.*?^```$)", GUIDE.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    ):
        if part.startswith("## "):
            heading = part.removeprefix("## ")
        elif part.startswith("```sh"):
            found.append((heading, part.removeprefix("```sh\n").removesuffix("```")))
    return found


def below(root: Path, text: str) -> str:
    """The same commands in a root of a test's own."""
    return ABSOLUTE.sub(f"{root}/", text).replace("='/", f"='{root}/")


def installed(name: str, *, package: str) -> str:
    """A program of the server; tests that need one that is not there are skipped aloud, under CI too: the machine
    that builds Karvon need not be the one that serves it."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if not found:
        pytest.skip(f"SKIPPED ALOUD: {name} is not installed (Debian: apt-get install {package})")
    return found
