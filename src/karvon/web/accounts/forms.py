"""The forms of signing in and of accounts: our labels, our sentences beside each field."""

from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from karvon.queries.accounts import RolePlace
from karvon.records.models import User
from karvon.rules.access import Grant
from karvon.web.accounts.adapter import PASSKEY_REFUSED
from karvon.web.languages import OWN_NAMES, current
from karvon.web.words import ACCOUNT_ROLE

LONGEST_ADDRESS: Final = 150
Words = Any
"""A text in the reader's language, now or when it is written."""
_help: Any = lazy(lambda: " ".join(filter(None, password_validators_help_texts())), str)


def _worded(field: forms.Field, label: Words, *, missing: Words, wrong: Words = "", help: Words = "") -> None:
    """Give a field its label and its own sentence for whatever may be wrong with it."""
    field.label = label
    field.help_text = help
    wrong = wrong or missing
    codes = ("invalid", "invalid_choice", "max_length", "null_characters_not_allowed")
    sentences: dict[str, Any] = dict.fromkeys(codes, wrong)
    field.error_messages = {**sentences, "required": missing}
    field.widget.attrs.pop("placeholder", None)


def _address(field: forms.Field, *, autocomplete: str = "email") -> None:
    _worded(
        field,
        _("E-mail address"),
        missing=_("Write the e-mail address."),
        wrong=_("This is no e-mail address. Write it like name@example.org."),
    )
    field.widget.attrs.update(autocomplete=autocomplete, spellcheck="false", autocapitalize="none")


def _code(field: forms.Field, label: Words, *, help: Words = "", numeric: bool = True) -> None:
    _worded(field, label, missing=_("Write the code."), wrong=_("This code does not fit."), help=help)
    field.widget.attrs.update(autocomplete="one-time-code", spellcheck="false")
    if numeric:
        field.widget.attrs["inputmode"] = "numeric"


class SignIn(account.LoginForm):  # type: ignore[misc]  # ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["login"], autocomplete="username")
        _worded(self.fields["password"], _("Password"), missing=_("Write the password."))


class AskForCode(account.RequestLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"], autocomplete="username")


class CodeByMail(account.ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Code from the letter"), numeric=False)


class PasswordAgain(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["password"], _("Password"), missing=_("Write the password."))


class NewPassword(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["oldpassword"], _("Password until now"), missing=_("Write the password."))
        _worded(
            self.fields["password1"], _("New password"), missing=_("Write the new password."), help=_help()
        )
        _worded(self.fields["password2"], _("New password again"), missing=_("Write the new password again."))

    def clean(self) -> dict[str, Any]:
        """The same twice; said in our words."""
        found: dict[str, Any] = super(account.PasswordVerificationMixin, self).clean()
        one, other = found.get("password1"), found.get("password2")
        if one and other and one != other:
            self.add_error("password2", _("The two passwords differ. Write the same one twice."))
        return found


class CodeOfApp(second.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Code of the app, or a recovery code"))


class CodeOfAppAgain(second.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Code of the app, or a recovery code"))


class FirstCodeOfApp(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Code the app shows"))


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey of ours always signs in by itself, so nobody is asked whether it should."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        name = self.fields["name"]
        _worded(
            name,
            _("Name of the passkey"),
            missing=_("Give it a name."),
            wrong=_("This name is too long."),
            help=_("So that you know it again, e.g. the device it is on."),
        )
        name.max_length = 60
        name.widget.attrs["maxlength"] = "60"
        _worded(self.fields["credential"], "", missing=PASSKEY_REFUSED)


class OpenAccount(forms.Form):
    """What a one-time link asks: the first account's address, and a password."""

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        if not email:
            self.fields["email"] = forms.EmailField(max_length=LONGEST_ADDRESS)
            _address(self.fields["email"], autocomplete="username")
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        self.fields["password"] = forms.CharField(strip=False, max_length=500, widget=widget)
        _worded(
            self.fields["password"],
            _("Password"),
            missing=_("Write a password."),
            wrong=_("This password cannot be kept. Write another, of at most 500 characters."),
            help=_help(),
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if password := found.get("password"):
            address = (self.email or found.get("email") or "").lower()
            try:
                validate_password(password, User(email=address))
            except ValidationError as error:
                self.add_error("password", error)
        return found


class PasteLink(forms.Form):
    link = forms.CharField(max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = _("This is no one-time link. Copy all of it.")
        _worded(self.fields["link"], _("One-time link"), missing=wrong)
        self.fields["link"].widget.attrs.update(autocomplete="off", spellcheck="false")

    def clean_link(self) -> str:
        """The token: the last part of the link."""
        return str(self.cleaned_data["link"]).strip().rstrip("/").rpartition("/")[2]


class LostPassword(forms.Form):
    email = forms.EmailField(max_length=LONGEST_ADDRESS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"], autocomplete="username")


class ChooseLanguage(forms.Form):
    language = forms.ChoiceField(choices=tuple(OWN_NAMES.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["language"], _("Language"), missing=_("Choose a language."))


class GiveRole(forms.Form):
    """A role in its place, as one choice: ``administrator``, ``coordinator:uz-2018``, ``auditor:uz-2018:lv79``."""

    def __init__(
        self, *args: Any, places: tuple[RolePlace, ...], optional: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(choices=_role_choices(places), required=not optional)
        _worded(
            self.fields["role"],
            _("Role"),
            missing=_("Choose a role."),
            wrong=_("This role is not there any more. Choose another."),
        )

    @property
    def grant(self) -> Grant | None:
        role, programme, part = [*str(self.cleaned_data["role"]).split(":"), "", ""][:3]
        return Grant(role, programme, part) if role else None  # type: ignore[arg-type]  # one of the choices


class Invite(GiveRole):
    email = forms.EmailField(max_length=LONGEST_ADDRESS)
    field_order = ("email", "role", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, optional=True, **kwargs)
        _address(self.fields["email"], autocomplete="off")
        self.fields["language"] = forms.ChoiceField(choices=tuple(OWN_NAMES.items()), initial=current())
        _worded(self.fields["language"], _("Language of the invitation"), missing=_("Choose a language."))
        self.order_fields(self.field_order)


def _role_choices(places: tuple[RolePlace, ...]) -> list[Any]:
    """Everything that can be given, programme by programme."""
    language = current()
    choices: list[Any] = [("", _("No role yet")), ("administrator", ACCOUNT_ROLE["administrator"])]
    for place in places:
        within: list[tuple[str, Any]] = [(f"coordinator:{place.programme}", ACCOUNT_ROLE["coordinator"])]
        within += [
            (f"auditor:{place.programme}:{key}", f"{ACCOUNT_ROLE['auditor']}: {number}")
            for key, number in place.contracts
        ]
        within += [
            (f"expert:{place.programme}:{key}", f"{ACCOUNT_ROLE['expert']}: {name}")
            for key, name in place.experts
        ]
        choices.append((place.title.say(language) or place.programme, within))
    return choices
