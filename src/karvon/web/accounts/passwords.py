"""What a password must be, said in our own words in every language."""

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from karvon.records.models import User

SHORTEST = 10


class LongEnough:
    """Length is what makes a password hard to guess; no sign is asked for."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(
                _(
                    "The password has fewer than %(least)s characters. Make it longer: a few words are easy to keep."
                )
                % {"least": SHORTEST}
            )

    def get_help_text(self) -> str:
        return _("At least %(least)s characters. A few words in a row are good.") % {"least": SHORTEST}


class NotCommon(CommonPasswordValidator):
    """Not one of the twenty thousand passwords that are tried first."""

    def validate(self, password: str, user: User | None = None) -> None:
        if password.lower().strip() in self.passwords:
            raise ValidationError(_("This password is among those that are tried first. Think of another."))

    def get_help_text(self) -> str:
        return ""


class NotTheAddress:
    """Not the e-mail address, nor the name in it."""

    def validate(self, password: str, user: User | None = None) -> None:
        address = user.email.lower() if user else ""
        name = address.partition("@")[0]
        if address and (password.lower() == address or (len(name) > 3 and name in password.lower())):
            raise ValidationError(_("The password repeats the e-mail address. Think of another."))

    def get_help_text(self) -> str:
        return ""
