"""One-time links by mail, in the language of whoever gets them."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from karvon.web.languages import code_of

LOG = logging.getLogger(__name__)


def link_address(request: HttpRequest, token: str, *, language: str) -> str:
    """The whole address of a one-time link, to be shown to whoever asks; its page speaks this language."""
    path = _path(token, language)
    return f"{settings.KARVON_URL}{path}" if settings.KARVON_URL else request.build_absolute_uri(path)


def send_link(to: str, token: str, *, letter: str, language: str) -> bool:
    """Send the letter (``invitation`` or ``password``); whether it went out.

    Its link leads to ``KARVON_URL`` and nowhere else: a request names whatever host it likes. Without mail or
    without that address nothing is sent.
    """
    if not (settings.KARVON_MAIL and settings.KARVON_URL):
        return False
    address = f"{settings.KARVON_URL}{_path(token, language)}"
    with translation.override(code_of(language)):
        body = render_to_string(f"accounts/letters/{letter}.txt", {"link": address})
    subject, _, text = body.strip().partition("\n")
    try:
        EmailMessage(subject.strip(), text.strip() + "\n", to=[to]).send()
    except (OSError, SMTPException) as error:
        LOG.error("A letter could not be sent: %s", type(error).__name__)  # no address in the log
        return False
    return True


def _path(token: str, language: str) -> str:
    with translation.override(code_of(language)):
        return reverse("link-open", args=(token,))
