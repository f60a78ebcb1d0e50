"""Letters that go out behind the answer: nobody waits for the mail server, and nobody learns from the waiting
whether an address has an account.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.db import Error, close_old_connections, connection

LOG: Final = logging.getLogger(__name__)
MOST_WAITING: Final = threading.BoundedSemaphore(200)
"""Letters that may wait at once; whoever asks for more asks in vain."""


def behind(work: Callable[[], object]) -> None:
    """Do this after the answer, one after the other. What fails is logged by its kind: no address, no name.

    Work that waits when the server is told to stop is done first. ``KARVON_LETTERS_BEHIND = False`` does it at
    once, for whoever wants to read the letter in the next line.
    """
    if not settings.KARVON_LETTERS_BEHIND:
        _done(work)
    elif MOST_WAITING.acquire(blocking=False):
        _postman().submit(_in_turn, work)
    else:
        LOG.error("A letter was not sent: too many are waiting")


@cache
def _postman() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="letters")


def _in_turn(work: Callable[[], object]) -> None:
    """In the postman's thread, which has a connection of its own to the database."""
    close_old_connections()
    try:
        _done(work)
    finally:
        connection.close()
        MOST_WAITING.release()


def _done(work: Callable[[], object]) -> None:
    try:
        work()
    except (OSError, SMTPException, Error) as error:
        LOG.error("A letter could not be sent: %s", type(error).__name__)
