"""Every setting of the product, read once from the environment; the data folder holds all that is not code."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from opora.config import environment
from opora.config.kept import day_kept_in, history_key_of, keep_private, secret_key_of

# Each variable is read by `told` and judged by its reader, which refuses nonsense in one sentence.
told = environment.told_by(os.environ)

SOURCE: Path = environment.SOURCE
DATA = environment.data_folder(told("OPORA_DATA"))

DEBUG = False
SECRET_KEY = told("OPORA_SECRET_KEY") or environment.kept_in(DATA, secret_key_of)
# The chain of deeds has a key of its own: it outlives a changed secret key, and a copy of the folder carries it.
HISTORY_KEY = told("OPORA_HISTORY_KEY") or environment.kept_in(DATA, history_key_of)
HISTORY_HEADS = DATA / "history-heads"
keep_private(DATA)
# The address people type. Plain http is allowed on this machine only; everything else is https behind a proxy.
# Where none is told it is where the folder was served last (config/served.py).
SITE_ADDRESS = environment.site_address(told("OPORA_ADDRESS"), DATA)
IS_SECURE = SITE_ADDRESS.startswith("https://")
ALLOWED_HOSTS = [
    environment.host_of(SITE_ADDRESS),
    *environment.hosts(told("OPORA_HOSTS")),
    *environment.HERE,
]
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
# The day that the installation takes for today: empty for real use, a day for the demonstration.
STANDS_ON = environment.standing_day(told("OPORA_STANDS_ON")) or environment.kept_in(DATA, day_kept_in)

ROOMS = [
    "core",
    "accounts",
    "programmes",
    "schools",
    "appointments",
    "plans",
    "desk",
    "documents",
    "visits",
    "questionnaires",
    "reviews",
    "indicators",
    "imports",
    "reports",
    "dashboard",
    "portal",
    "demo",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    *(f"opora.{room}" for room in ROOMS),
]

MIDDLEWARE = [
    "opora.core.middleware.safe_headers",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opora.desk.trouble.patience",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "opora.accounts.middleware.refused_files",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "opora.desk.ended_sessions.kept_forms",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "opora.dashboard.middleware.as_of_day",
    "opora.dashboard.middleware.refusals",
    "opora.dashboard.middleware.personal_signs",
    "opora.core.middleware.number_of_no_row",
    "opora.desk.middleware.presses",
]

ROOT_URLCONF = "opora.config.urls"
WSGI_APPLICATION = "opora.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "opora.core.templatetags.parts",
                "opora.desk.templatetags.desk",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "opora.dashboard.frame.frame",
            ],
        },
    }
]

_database: dict[str, Any] = environment.database(os.environ.get("DATABASE_URL"), DATA)
DATABASES = {"default": _database}
if _database["ENGINE"].endswith("sqlite3"):
    # FULL: an acknowledged write survives a power loss; IMMEDIATE: a writer waits for its turn instead of failing late.
    _database["OPTIONS"] = {
        "timeout": 4,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        # Rows that INSERT OR REPLACE throws out are deleted rows: the guards of append-only tables see them.
        "PRAGMA recursive_triggers=ON;",
    }
else:
    _database["ENGINE"] = "opora.core.postgresql"
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),
        "connect_timeout": 5,
        "tcp_user_timeout": 5000,
        "keepalives_idle": 20,
        "keepalives_interval": 5,
        "keepalives_count": 2,
        # Commands and work put off: a copy may take minutes. A person's request has its own limits (core/waiting.py).
        "options": "-c lock_timeout=10000 -c statement_timeout=600000",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "opora_cache",
        # The limits of the door live here: with Django's usual 300 rows a flood of tries makes them forgotten.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "opora.accounts.passwords.NotCommonValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "opora.accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
# How many proxies stand in front: the address of a person is so many places from the end of X-Forwarded-For.
PROXIES = environment.whole_number(told("OPORA_PROXIES"), "OPORA_PROXIES", usual=0)
# Only failures are counted: a morning of 300 people from one address passes. An address may fail often, but not for
# long; an account seldom. A browser where the person has signed in before is counted apart (accounts.known_browser).
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "100/m/ip,5/5m/key",
    "login_known": "10/5m/key",
    "reset_password": "200/h/ip,3/h/key",
    "reset_password_from_key": "300/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# The second step is offered to everybody; True makes coordinators set it before they do anything else.
REQUIRE_TOTP = environment.flag(told("OPORA_REQUIRE_TOTP"), "OPORA_REQUIRE_TOTP")
MFA_ADAPTER = "opora.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Опора"

SESSION_COOKIE_NAME = "__Host-opora" if IS_SECURE else "opora"
CSRF_COOKIE_NAME = "__Host-opora-csrf" if IS_SECURE else "opora-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "opora.desk.views.kept_words.stale"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "ru"
TIME_ZONE = environment.time_zone(told("OPORA_TIME_ZONE"))
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = None
# Files are served from the rooms themselves with a hash of their content in the address: no collecting step to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A server that is silent is waited for EMAIL_TIMEOUT seconds and no longer.
vars().update(environment.mail(told("EMAIL_URL")))
DEFAULT_FROM_EMAIL = environment.sender(told("OPORA_MAIL_FROM"))

# Nothing leaves the machine unless an operator says so: with it the product asks addresses of publications elsewhere.
EGRESS = environment.flag(told("OPORA_EGRESS"), "OPORA_EGRESS")
# Sites that may frame the public list of a municipality: «https://imc.example.ru», several by commas; none by default.
EMBED_ORIGINS = environment.origins(told("OPORA_EMBED_ORIGINS"))

# An upload over the limit is refused while it arrives (trust contract, limits).
UPLOAD_LIMIT = 20 * 1024 * 1024
REQUEST_LIMIT = 100 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = ["opora.core.uploads.BoundedUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
# Who reads the words inside a document for search: the paper stands below the readers and may not name them.
TEXT_READER = "opora.imports.reading.read_in_child"
# Which module judges, in a child process, a file that is kept and given on to colleagues.
FILE_EXAMINER = "opora.imports.examination.child"

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"short": {"()": "opora.core.log_lines.ShortLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["short"]}},
    "root": {"handlers": ["console"], "level": environment.log_level(told("OPORA_LOG"))},
}
