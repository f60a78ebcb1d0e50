"""How few people a published cell may show."""

from typing import Final

LEAST: Final = 5
"""The smallest number of people a published cell may show."""
