"""How the sign-in library is told of our house: changes go through actions, sentences are ours."""

import base64
import hashlib
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.messages.constants import ERROR
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from karvon.actions.accounts import set_password
from karvon.actions.journal import Actor
from karvon.records.models import User
from karvon.web.accounts.outbox import behind
from karvon.web.context import SAID

CODE_LETTER: Final = "account/email/login_code"
WRONG_PASSWORD: Final = _("The e-mail address and the password do not belong together.")
WRONG_CODE: Final = _("This code does not fit. Codes change every half minute; write the newest.")
TOO_MANY: Final = _("Too many attempts. Wait five minutes and try again.")
PASSKEY_REFUSED: Final = _("The passkey was not accepted. Try again, or sign in another way.")


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # ships no types
    error_messages: Final = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG_PASSWORD,
        "invalid_login": WRONG_PASSWORD,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "incorrect_code": _("This code does not fit, or its time has passed."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by invitation."""
        return False

    def set_password(self, user: User, password: str) -> None:
        set_password(user, password, by=Actor("web", user))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The letter is written now and goes out behind the answer.

        One for an address without an account is written, too, and then left: it takes as long as the other.
        """
        unknown = template_prefix == "account/email/unknown_account"
        if unknown:
            template_prefix = CODE_LETTER
            context = {"request": context.get("request"), "code": self.generate_login_code()}
        letter = self.render_mail(template_prefix, email, {**context, "email": email})
        behind(letter.get_connection if unknown else letter.send)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose attempts are counted: the account's, whatever name of ours the request calls us by."""
        return str(credentials.get("email") or credentials.get("username") or "").lower()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: Any = None,
    ) -> None:
        """What went wrong on the way to the next page is said there; that something went well, the page shows."""
        if level >= ERROR and message:
            request.session[SAID] = str(message)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """How somebody may show once more that it is them, in our words."""
        words = {
            "reauthenticate": gettext("With your password"),
            "mfa_reauthenticate": gettext("With a code of your app or a recovery code"),
            "mfa_reauthenticate:webauthn": gettext("With a passkey"),
        }
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in found]


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # ships no types
    error_messages: Final = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Keys of apps and recovery codes are worth nothing to somebody who has the database only."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises the error of a wrong code where the installation's secret key is another one now."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise self.validation_error("incorrect_code") from error

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """A name to begin with; people know their keys by the machine they are on."""
        return gettext("This device")


def _cipher() -> Fernet:
    """Made of the installation's secret key, which lies beside the database and not in it."""
    key = hashlib.sha256(b"karvon second factors " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
