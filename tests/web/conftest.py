from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.web.factory import make_programme


@pytest.fixture
def reader() -> Client:
    """Somebody who reads; their browser is named so that the host is allowed."""
    return Client(headers={"host": "127.0.0.1"})


@pytest.fixture
def make(db: None, tmp_path: Path, settings: Settings) -> Callable[..., str]:
    """Makes a programme; its files lie in a folder of this test's own."""
    settings.KARVON_HOME = tmp_path
    return make_programme


@pytest.fixture
def programme(make: Callable[..., str]) -> str:
    return make(rows=4)
