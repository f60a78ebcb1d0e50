"""Settings of the one process, typed, from the environment.

``KARVON_HOME`` is the folder of everything Karvon keeps (default: ``~/.local/share/karvon``);
``DATABASE_URL`` names a PostgreSQL database instead of the SQLite file in it.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import environs
from django.utils.translation import gettext_lazy as _

env = environs.Env()

KARVON_HOME: Path = Path(
    env.str("KARVON_HOME", "")
    or Path(env.str("XDG_DATA_HOME", "") or Path.home() / ".local/share") / "karvon"
).expanduser()


def _secret_key() -> str:
    """The key made once for this installation; kept beside the data, readable by its owner only."""
    if given := env.str("KARVON_SECRET_KEY", ""):
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
KARVON_DEBUG = env.bool("KARVON_DEBUG", False)
"""Whether the terminal prints what a programmer needs when something unforeseen happens."""
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.list("KARVON_HOSTS", [])]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "karvon.records",
    "karvon.web",
]
AUTH_USER_MODEL = "records.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
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
    url = env.str("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": KARVON_HOME / "karvon.sqlite3",
            "OPTIONS": _SQLITE_OPTIONS,
        }
    database: dict[str, Any] = dict(env.dj_db_url("DATABASE_URL"))
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
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

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
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
