"""What may stand in a log."""

import logging
import re
from typing import Final

LINK: Final = re.compile(r"(/-/link/)[^\s/]+")


class WithoutTokens(logging.Filter):
    """A one-time link stands in a log without its token, whoever complains of its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if LINK.search(said):
            record.msg, record.args = LINK.sub(r"\1...", said), ()
        return True
