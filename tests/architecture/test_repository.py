"""What is kept in the repository: small files, text that speaks of the project, nothing of one machine."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MEGABYTE = 1_000_000
LOCKED = ("requirements.txt", "requirements-dev.txt")


def of_one_machine() -> re.Pattern[str]:
    """Paths of one machine and hosts of registries; put together here so that this file does not match."""
    folders = "|".join(["tmp", "work", "root", "mnt", "Users", r"home/\w+"])
    hosts = [
        ("py", "pi.org"),
        ("python", "hosted.org"),
        ("npm", "js.org"),
        ("deb", ".debian.org"),
        ("golang", ".org"),
    ]
    return re.compile(
        rf"(?<![\w.$}}/-])/(?:{folders})/|" + "|".join(re.escape("".join(host)) for host in hosts)
    )


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("This is no git checkout, so nothing is tracked")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_no_file_is_larger_than_a_megabyte() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > MEGABYTE] == []


def test_no_file_names_one_machine_or_a_registry() -> None:
    pattern = of_one_machine()
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_every_locked_library_has_its_hash() -> None:
    for name in LOCKED:
        entries = (ROOT / name).read_text("utf-8").replace("\\\n", " ").splitlines()
        pinned = [line for line in entries if re.match(r"[a-z]", line)]
        assert [line for line in pinned if "==" not in line or "--hash=sha256:" not in line] == []
        assert len(pinned) > 5


def test_every_library_asked_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = {
        re.split(r"[=\[;]", line)[0] for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    }
    asked = {re.split(r"[\[<>=]", wanted)[0].lower() for wanted in project["dependencies"]}
    assert asked - locked == set()


def test_no_file_holds_an_unsettled_merge() -> None:
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert [str(path.relative_to(ROOT)) for path, text in texts() if marks.search(text)] == []
