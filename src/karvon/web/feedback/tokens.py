"""The signed key that stands in the address of a form: only addresses made here lead to one."""

from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse

from karvon.web.languages import code_of, current

_SALT: Final = "karvon.feedback"


def token_of(link: str) -> str:
    return Signer(salt=_SALT).sign(link)


def link_of(token: str) -> str:
    """The link's id; '' for a token nobody signed here."""
    try:
        return Signer(salt=_SALT).unsign(token)
    except BadSignature:
        return ""


def address_of(request: HttpRequest, link: str) -> str:
    """The whole address of the form, in no language: it opens in the one the reader's telephone speaks."""
    with_language = reverse("feedback-give", args=(token_of(link),))
    path = with_language.removeprefix(f"/{code_of(current())}")
    return f"{settings.KARVON_URL}{path}" if settings.KARVON_URL else request.build_absolute_uri(path)
