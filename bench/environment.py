"""How much disk the run-time environment takes: a fresh one with the locked run-time libraries only."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import Row

ROOT = Path(__file__).parent.parent


def megabytes_on_disk(folder: Path) -> float:
    """Blocks taken by every file below the folder, as ``du`` counts them."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*") if not path.is_symlink()) / 1e6


def measure() -> list[Row]:
    with TemporaryDirectory(prefix="karvon-bench-") as name:
        environment = Path(name) / "venv"
        _run(sys.executable, "-m", "venv", str(environment))
        pip = (str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install")
        _run(*pip, "--require-hashes", "-r", str(ROOT / "requirements.txt"))
        libraries = megabytes_on_disk(environment)
        _run(*pip, "--no-deps", "--no-build-isolation", str(ROOT))
        return [
            Row("size of the environment without Karvon", libraries, None, "MB", None),
            Row("size of the run-time environment", megabytes_on_disk(environment), None, "MB", 320),
        ]


def _run(*command: str) -> None:
    """Run a command to its end; a failure carries what it said."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
