"""What is too large is answered as soon as its first line is known: nothing of it is kept, and the answer is a page.

waitress would refuse it with a line of English, or keep all of it on the disk before asking us.
"""

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from karvon.web.uploads import MOST_SENT


class EarlyAnswer(HTTPRequestParser):  # type: ignore[misc]  # ships no types
    """Hands a request over without its body where that is too large; `RefuseTooMuch` answers by the length it tells."""

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.headers_finished and self.content_length > MOST_SENT:
            self.error = None
            self.completed = True
            self.connection_close = True
            self.headers["CONNECTION"] = "close"
            return len(data)
        return consumed


def answer_early() -> None:
    """Let every connection of this process read requests so."""
    HTTPChannel.parser_class = EarlyAnswer
