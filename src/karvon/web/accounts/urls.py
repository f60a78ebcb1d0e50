"""Addresses around accounts, below ``-/``, which no programme's key begins with."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from karvon.web.access import needs
from karvon.web.accounts import administration, views

door, own = needs("door"), needs("own_account")


def by_mail(request: HttpRequest) -> HttpResponseBase:
    """Asking for a code by mail; not there where no mail is set up."""
    if not settings.KARVON_MAIL:
        raise Http404
    response: HttpResponseBase = _ask_for_code(request)
    return response


_ask_for_code = account.RequestLoginCodeView.as_view(template_name="accounts/ask_for_code.html")

urlpatterns: list[URLPattern] = [
    path(
        "-/sign-in/",
        door(account.LoginView.as_view(template_name="accounts/sign_in.html")),
        name="account_login",
    ),
    path("-/sign-in/code/", door(by_mail), name="account_request_login_code"),
    path(
        "-/sign-in/code/confirm/",
        door(account.ConfirmLoginCodeView.as_view(template_name="accounts/confirm_code.html")),
        name="account_confirm_login_code",
    ),
    path(
        "-/sign-in/second/",
        door(second.AuthenticateView.as_view(template_name="accounts/second.html")),
        name="mfa_authenticate",
    ),
    path("-/sign-in/passkey/", door(passkey.LoginWebAuthnView.as_view()), name="mfa_login_webauthn"),
    path("-/sign-in/lost/", views.lost_password, name="account_reset_password"),
    path(
        "-/sign-in/closed/",
        door(account.AccountInactiveView.as_view(template_name="accounts/closed.html")),
        name="account_inactive",
    ),
    path("-/sign-up/", views.no_sign_up, name="account_signup"),
    path("-/sign-out/", views.sign_out, name="account_logout"),
    path("-/link/", views.paste_link, name="link"),
    path("-/link/<path:token>/", views.open_link, name="link-open"),
    path("-/welcome/", views.use_link, name="link-use"),
    path("-/account/", views.own_account, name="mfa_index"),
    path("-/account/passkeys/", views.own_account, name="mfa_list_webauthn"),
    path("-/account/passkeys/add/", own(views.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(
        "-/account/passkeys/<int:pk>/remove/",
        own(passkey.RemoveWebAuthnView.as_view(template_name="accounts/remove_passkey.html")),
        name="mfa_remove_webauthn",
    ),
    path(
        "-/account/app/",
        own(app.ActivateTOTPView.as_view(template_name="accounts/add_app.html")),
        name="mfa_activate_totp",
    ),
    path(
        "-/account/app/remove/",
        own(app.DeactivateTOTPView.as_view(template_name="accounts/remove_app.html")),
        name="mfa_deactivate_totp",
    ),
    path(
        "-/account/recovery/",
        own(recovery.ViewRecoveryCodesView.as_view(template_name="accounts/recovery_codes.html")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "-/account/recovery/new/",
        own(recovery.GenerateRecoveryCodesView.as_view(template_name="accounts/new_recovery_codes.html")),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "-/account/password/",
        own(account.PasswordChangeView.as_view(template_name="accounts/new_password.html")),
        name="account_change_password",
    ),
    path(
        "-/again/password/",
        own(account.ReauthenticateView.as_view(template_name="accounts/again_password.html")),
        name="account_reauthenticate",
    ),
    path(
        "-/again/code/",
        own(second.ReauthenticateView.as_view(template_name="accounts/again_code.html")),
        name="mfa_reauthenticate",
    ),
    path("-/again/passkey/", own(views.PasskeyAgain.as_view()), name="mfa_reauthenticate_webauthn"),
    path("-/accounts/", administration.accounts, name="accounts"),
    path("-/accounts/<int:key>/", administration.account, name="account"),
]
