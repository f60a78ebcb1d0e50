"""The example is read once for all tests that only look at it."""

from collections.abc import Mapping

import pytest
from tests.story import told

from karvon.files.programme_folder import FolderReading, read_folder
from karvon.rules.counting.facts import Facts
from karvon.rules.evidence.sheet import SheetReading
from karvon.rules.identity.line import Resolution
from karvon.rules.identity.resolve import resolve


@pytest.fixture(scope="session")
def folder() -> FolderReading:
    return read_folder(told.EXAMPLE)


@pytest.fixture(scope="session")
def gold() -> tuple[told.GoldRow, ...]:
    return told.gold_rows()


@pytest.fixture(scope="session")
def read(folder: FolderReading) -> Mapping[str, SheetReading]:
    return told.read_sheets(folder)


@pytest.fixture(scope="session")
def lines(
    folder: FolderReading, read: Mapping[str, SheetReading], gold: tuple[told.GoldRow, ...]
) -> tuple[told.ToldLine, ...]:
    return told.told_lines(folder, read, gold)


@pytest.fixture(scope="session")
def resolution(lines: tuple[told.ToldLine, ...], folder: FolderReading) -> Resolution:
    return resolve(told.identity_lines(lines, folder))


@pytest.fixture(scope="session")
def facts(lines: tuple[told.ToldLine, ...], folder: FolderReading, resolution: Resolution) -> Facts:
    return told.facts(lines, folder, resolution)
