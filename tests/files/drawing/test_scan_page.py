"""Pages of a scanned PDF are drawn one by one; what is no PDF is no page."""

from pathlib import Path

import pytest
import typst

from karvon.files.drawing.scan_page import pages_of, scan_page


@pytest.fixture
def three_pages(tmp_path: Path) -> Path:
    """A PDF under a name that says nothing, as in the evidence store."""
    written = typst.compile(b"one #pagebreak() two #pagebreak() three", format="pdf")
    path = tmp_path / "0a1b2c"
    path.write_bytes(written if isinstance(written, bytes) else written[0])
    return path


def test_each_page_is_a_picture_of_its_own(three_pages: Path) -> None:
    drawn = [scan_page(three_pages, page) for page in (1, 2, 3)]
    assert [png[:8] for png in drawn if png] == [b"\x89PNG\r\n\x1a\n"] * 3
    assert len(set(drawn)) == 3
    assert (pages_of(three_pages), scan_page(three_pages, 4), scan_page(three_pages, 0)) == (3, None, None)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>"]
)
def test_what_is_no_readable_pdf_has_no_page(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(content)
    assert (pages_of(path), scan_page(path, 1)) == (0, None)


def test_a_file_that_is_not_there_has_no_page(tmp_path: Path) -> None:
    assert scan_page(tmp_path / "gone", 1) is None
