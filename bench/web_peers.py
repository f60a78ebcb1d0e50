"""What the table of peers says: pretix 2026.8 and Indico 3.3, measured earlier on a machine with two cores.

They are not run here; the figures stand beside ours to show the scale, and decide nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Published:
    pretix: str
    indico: str


PUBLISHED: Final[Mapping[str, Published]] = {
    "list statements": Published("11-23", "23"),
    "list CPU": Published("59-121 ms", "11,360 ms"),
    "list HTML": Published("78-107 KB", "31.7 MB"),
    "assets": Published("698 KB", "2,888 KB"),
    "axe": Published("10 / 39-59", "3-7 / 7-2,023"),
    "import 1,000": Published("18-20 s", "22 s"),
    "import 10,000": Published("291-348 s", "593 s"),
    "workbook": Published("10.4 s", "10.4 s"),
    "writing": Published("5-11 % fail", "needs PostgreSQL"),
    "search": Published("typed spelling only", "none on the page"),
    "names": Published("kept", "title-cased"),
    "cold start": Published("4-7 s", "10-11 s"),
    "memory": Published("478-855 MB", "720-850 MB"),
}
