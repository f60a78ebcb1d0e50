"""Settings of the one process, typed, from the environment.

``KARVON_HOME`` is the folder of everything Karvon keeps (default: ``~/.local/share/karvon``);
``DATABASE_URL`` names a PostgreSQL database instead of the SQLite file in it.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_email_url
from django.utils.translation import gettext_lazy as _

from karvon.server.addresses import database_url, mail_server, public_url
from karvon.web.catalogues import catalogue_folders

env = os.environ

KARVON_HOME: Path = Path(
    env.get("KARVON_HOME") or Path(env.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "karvon"
).expanduser()


def _secret_key() -> str:
    """The key made once for this installation; kept beside the data, readable by its owner only."""
    if given := env.get("KARVON_SECRET_KEY"):
        return given
    path = KARVON_HOME / "secret-key"
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        KARVON_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_urlsafe(50)
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as f:
                f.write(key)
        except FileExistsError:  # another process was first
            return path.read_text("ascii")
        return key


SECRET_KEY = _secret_key()
DEBUG = False
KARVON_DEBUG = env.get("KARVON_DEBUG", "").lower() not in ("", "0", "false", "no", "off")
"""Whether the terminal prints what a programmer needs when something unforeseen happens."""
KARVON_URL: str = public_url(env.get("KARVON_URL", ""))
"""The address people open, e.g. https://karvon.example.org; '' while the website is for this machine only."""
KARVON_PROXY: str = env.get("KARVON_PROXY", "127.0.0.1")
"""The machine whose word about the visitor's address and about TLS is taken: the proxy before us."""
_public = urlsplit(KARVON_URL)
_tls = _public.scheme == "https"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.get("KARVON_HOSTS", "").replace(",", " ").split()]
if _public.hostname:
    ALLOWED_HOSTS.append(_public.hostname)
    CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "karvon.records",
    "karvon.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
AUTH_USER_MODEL = "records.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "karvon.server.health.HealthPage",  # before whatever needs a database
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "karvon.web.uploads.RefuseTooMuch",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "karvon.web.accounts.ending.EndsForGood",
    "karvon.web.sessions.OwnLanguage",
    "karvon.web.sessions.StaySignedIn",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "karvon.server.urls"
WSGI_APPLICATION = "karvon.server.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "karvon.web.context.frame",
            ],
        },
    }
]

_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a writer waits its turn at the start instead of failing in the middle
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def _database() -> dict[str, Any]:
    url = env.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": KARVON_HOME / "karvon.sqlite3",
            "OPTIONS": _SQLITE_OPTIONS,
        }
    database = database_url(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {**_SQLITE_OPTIONS, **database.get("OPTIONS", {})}
    return database


DATABASES = {"default": _database()}

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("lv", _("Latvian")),
    ("en", _("English")),
    ("ru", _("Russian")),
    ("uz", _("Uzbek")),
    ("uz-cyrl", _("Uzbek (Cyrillic)")),
]
LOCALE_PATHS = list(catalogue_folders())
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# --- signing in

AUTHENTICATION_BACKENDS = ["karvon.web.accounts.backend.OneStatement"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "karvon.web.accounts.passwords.LongEnough"},
    {"NAME": "karvon.web.accounts.passwords.NotCommon"},
    {"NAME": "karvon.web.accounts.passwords.NotTheAddress"},
]
SESSION_COOKIE_AGE = 12 * 3600  # hours of doing nothing after which one signs in again
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _tls
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = _tls  # whoever comes around the proxy is sent to its door
SECURE_REDIRECT_EXEMPT = [r"^-/health/$"]  # but for what is asked on the machine itself and says nothing
CACHES = {
    "default": {  # attempts to sign in are counted here, and used codes remembered, for all processes together
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "attempts",
        "KEY_FUNCTION": "karvon.server.attempts.digest",
        "OPTIONS": {
            "MAX_ENTRIES": 100_000  # few entries could be flushed by more attempts
        },
    }
}
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _tls else 0

ALLAUTH_TRUSTED_PROXY_COUNT = (
    1 if KARVON_URL else 0
)  # whose attempts are counted: the visitor's, not the proxy's
ACCOUNT_ADAPTER = "karvon.web.accounts.adapter.Accounts"
ACCOUNT_FORMS = {
    "login": "karvon.web.accounts.forms.SignIn",
    "request_login_code": "karvon.web.accounts.forms.AskForCode",
    "confirm_login_code": "karvon.web.accounts.forms.CodeByMail",
    "reauthenticate": "karvon.web.accounts.forms.PasswordAgain",
    "change_password": "karvon.web.accounts.forms.NewPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever opens a link of an administrator, or reads a code, is known
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = (
    True  # so that our adapter hears of them: nothing is sent to who has no account
)
KARVON_LETTERS_BEHIND = True
"""Letters people ask for at the door go out after the answer."""
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Karvon: "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"give_feedback": "240/h/ip"}  # a whole hall sits behind one address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
MFA_ADAPTER = "karvon.web.accounts.adapter.SecondFactors"
MFA_FORMS = {
    "authenticate": "karvon.web.accounts.forms.CodeOfApp",
    "reauthenticate": "karvon.web.accounts.forms.CodeOfAppAgain",
    "activate_totp": "karvon.web.accounts.forms.FirstCodeOfApp",
    "add_webauthn": "karvon.web.accounts.forms.AddPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Karvon"

# --- mail

_mail_url: str = mail_server(env.get("KARVON_MAIL_URL", ""), public=KARVON_URL)
KARVON_MAIL: bool = bool(KARVON_URL) and (bool(_mail_url) or KARVON_DEBUG)
"""Whether letters can be sent. Without, nobody is offered a code by mail, and links are handed over. The links in
them lead to ``KARVON_URL`` and never to what a request calls us."""
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if KARVON_DEBUG else 'dummy'}.EmailBackend"
if _mail_url:
    globals().update(dj_email_url.parse(_mail_url))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = env.get("KARVON_MAIL_FROM", "") or f"karvon@{_public.hostname or 'localhost'}"

FILE_UPLOAD_HANDLERS = ["karvon.web.uploads.ToDisk"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000  # a page of rows with a select per column and a tick per row

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_tokens": {"()": "karvon.server.logs.WithoutTokens"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["without_tokens"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"waitress.queue": {"level": "ERROR"}},  # that somebody waits a moment is no news
}
