"""The interface's own words: collected from templates and code, compiled from ``.po`` to ``.mo`` with Babel.

``python -m karvon.web.translations`` compiles every catalogue; the compiled ones are kept beside their
sources, and a test holds them to be fresh.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from karvon.web.catalogues import catalogue_folders

PACKAGE: Final = Path(__file__).parent.parent
_FUNCTIONS: Final = (
    "gettext", "gettext_lazy", "_", "_t", "ngettext", "pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One text to translate, as the code says it."""

    text: str
    plural: str = ""
    context: str = ""


def messages() -> frozenset[Message]:
    """Every text of the website that a reader meets."""
    found: set[Message] = set()
    templates = PACKAGE / "web" / "templates"
    for path in sorted([*templates.rglob("*.html"), *templates.rglob("*.txt")]):
        found.update(_of_code(templatize(path.read_text("utf-8"), origin=str(path))))
    for path in sorted([*(PACKAGE / "web").rglob("*.py"), PACKAGE / "server" / "settings.py"]):
        found.update(_of_code(path.read_text("utf-8")))
    return frozenset(found)


def catalogues() -> tuple[Path, ...]:
    """The source of every catalogue: five languages in each folder, without our own."""
    return tuple(
        source for folder in catalogue_folders() for source in sorted(folder.glob("*/LC_MESSAGES/django.po"))
    )


def read(source: Path) -> Catalog:
    with source.open("rb") as opened:
        return read_po(opened, locale=source.parent.parent.name)


def fresh(source: Path) -> bool:
    """Whether the compiled catalogue beside the source says the same."""
    target = source.with_suffix(".mo")
    if not target.exists():
        return False
    with target.open("rb") as opened:
        return _said(read_mo(opened)) == _said(read(source))


def compile_all() -> None:
    """Write every ``.mo`` that says something else than its source."""
    for source in catalogues():
        if not fresh(source):
            with source.with_suffix(".mo").open("wb") as out:
                write_mo(out, read(source))


def _said(catalogue: Catalog) -> dict[Any, Any]:
    return {(_context(m.context), _parts(m.id)): _parts(m.string) for m in catalogue if m.id}


def _context(said: Any) -> str:
    """Babel gives the context of a compiled catalogue as bytes."""
    return said.decode() if isinstance(said, bytes) else said or ""


def _parts(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def _of_code(code: str) -> Iterator[Message]:
    keywords = dict.fromkeys(_FUNCTIONS)
    for _line, called, said, _comments in extract_python(io.BytesIO(code.encode()), keywords, (), {}):
        function, parts = str(called), [said] if isinstance(said, str) else list(said)
        context = parts.pop(0) if "p" in function.removesuffix("_lazy").split("gettext", 1)[0] else ""
        if parts and isinstance(parts[0], str) and parts[0]:
            plural = parts[1] if function.startswith(("n", "np")) and len(parts) > 1 else ""
            yield Message(parts[0], plural or "", context or "")


if __name__ == "__main__":
    compile_all()
