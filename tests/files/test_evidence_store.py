"""Evidence files are kept whole under their hash, once, or not at all."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.files import evidence_store
from karvon.files.evidence_store import digest_of, store, stored_path, sweep


def kept(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "evidence").rglob("*") if path.is_file())


def test_a_file_is_found_again_by_its_hash_with_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_bytes("Ф.И.О.\nШавкат\n".encode())

    stored = store(tmp_path, source, name="sheets/list.csv")

    path = stored_path(tmp_path, stored.sha256)
    assert path.read_bytes() == source.read_bytes()
    assert (stored.sha256, stored.size, stored.media_type) == (
        digest_of(source),
        source.stat().st_size,
        "text/csv",
    )


def test_the_same_bytes_are_kept_once_under_whatever_name(tmp_path: Path) -> None:
    first = store(tmp_path, b"scan", name="a.pdf")
    second = store(tmp_path, b"scan", name="b.png")

    assert first.sha256 == second.sha256
    assert kept(tmp_path) == [first.sha256]


def test_a_kept_file_may_only_be_read(tmp_path: Path) -> None:
    stored = store(tmp_path, b"scan", name="a.pdf")

    assert stored_path(tmp_path, stored.sha256).stat().st_mode & 0o777 == 0o400
    assert (tmp_path / "evidence").stat().st_mode & 0o077 == 0


def test_a_cut_write_leaves_nothing_under_a_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(evidence_store.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store(tmp_path, b"scan", name="a.pdf")

    assert kept(tmp_path) == []


def test_only_old_files_that_no_record_knows_are_swept(tmp_path: Path) -> None:
    known, orphan, young = (store(tmp_path, data, name="a.pdf") for data in (b"known", b"orphan", b"young"))
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    for stored in (known, orphan):
        os.utime(stored_path(tmp_path, stored.sha256), (long_ago, long_ago))

    removed = sweep(tmp_path, keep=[known.sha256], before=datetime.now(UTC) - timedelta(days=1))

    assert removed == 1
    assert kept(tmp_path) == sorted([known.sha256, young.sha256])


def test_a_file_left_long_ago_that_is_stored_again_is_not_swept_from_under_the_change(tmp_path: Path) -> None:
    left = store(tmp_path, b"scan", name="a.pdf")
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(stored_path(tmp_path, left.sha256), (long_ago, long_ago))

    store(tmp_path, b"scan", name="b.pdf")

    assert sweep(tmp_path, keep=[], before=datetime.now(UTC) - timedelta(days=1)) == 0
    assert kept(tmp_path) == [left.sha256]


def test_a_file_stored_again_while_it_is_being_swept_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = store(tmp_path, b"scan", name="a.pdf")
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(stored_path(tmp_path, left.sha256), (long_ago, long_ago))
    rename = Path.replace

    def meanwhile(path: Path, target: Path) -> Path:
        monkeypatch.undo()
        os.utime(path)  # what storing the same bytes does to a file that is there
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", meanwhile)
    assert sweep(tmp_path, keep=[], before=datetime.now(UTC) - timedelta(days=1)) == 0
    assert kept(tmp_path) == [left.sha256]


def test_what_a_sweep_that_was_cut_had_set_aside_comes_back_or_goes(tmp_path: Path) -> None:
    known, orphan = (store(tmp_path, data, name="a.pdf") for data in (b"known", b"orphan"))
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    for stored in (known, orphan):
        path = stored_path(tmp_path, stored.sha256)
        os.utime(path, (long_ago, long_ago))
        path.rename(path.with_name(f".leaving-{stored.sha256}"))

    assert sweep(tmp_path, keep=[known.sha256], before=datetime.now(UTC) - timedelta(days=1)) == 1
    assert kept(tmp_path) == [known.sha256]


@given(st.binary(max_size=100))
def test_the_name_of_a_kept_file_is_the_hash_of_its_bytes(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    home = tmp_path_factory.mktemp("home")

    assert store(home, data, name="x").sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.PDF", "application/pdf"), ("b.jpeg", "image/jpeg"), ("c.exe", "application/octet-stream")],
)
def test_a_media_type_is_known_or_plain_bytes(name: str, media_type: str) -> None:
    assert evidence_store.media_type_of(name) == media_type
