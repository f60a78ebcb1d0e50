"""Programs of the machine that some tests need: found, or the test is skipped aloud; under CI it fails."""

import os
import shutil
from pathlib import Path

import pytest

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def program(*names: str, package: str) -> str:
    """The path of the first of these programs that is installed.

    Where none is, the running test is skipped with the reason; under ``CI=true`` it fails.
    """
    for name in names:
        if path := shutil.which(name):
            return path
    reason = f"{' or '.join(names)} is not installed (Debian: apt-get install {package})"
    if IN_CI:
        pytest.fail(f"Under CI nothing may be missing: {reason}", pytrace=False)
    pytest.skip(f"SKIPPED ALOUD: {reason}")


def postgres_folder() -> Path | None:
    """The newest folder that holds ``initdb`` and ``postgres``, or ``None`` without PostgreSQL."""
    debian = Path("/usr/lib/postgresql")
    folders = sorted(debian.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)
