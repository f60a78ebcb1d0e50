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
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        install = [
            str(environment / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*install, "--require-hashes", "-r", str(ROOT / "requirements.txt")], check=True)
        libraries = megabytes_on_disk(environment)
        subprocess.run([*install, "--no-deps", "--no-build-isolation", str(ROOT)], check=True)
        return [
            Row("size of the environment without Karvon", libraries, None, "MB", None),
            Row("size of the run-time environment", megabytes_on_disk(environment), None, "MB", 320),
        ]
