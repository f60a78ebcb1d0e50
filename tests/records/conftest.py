import pytest
from tests.records.world import World


@pytest.fixture
def world(db: None) -> World:
    """One row of every table."""
    return World()
