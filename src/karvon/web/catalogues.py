"""Where the interface's words lie: one folder for all pages, and one in every room that is a package."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def catalogue_folders() -> tuple[Path, ...]:
    """Folders of catalogues in the order they are asked; a message stands in one of them only."""
    return (_PACKAGE / "locale", *sorted((_PACKAGE / "web").glob("*/locale")))
