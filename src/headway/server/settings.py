"""Every setting, read once from the environment; docs/reference/settings.md explains each."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote

import platformdirs

from headway.server import environment, secret_key

_PACKAGE = Path(__file__).resolve().parent.parent
_DEFAULT_DATA = Path(platformdirs.user_data_dir("headway", appauthor=False))
_HOUR = int(timedelta(hours=1).total_seconds())
_YEAR = int(timedelta(days=365).total_seconds())

HEADWAY_DATA = environment.folder("HEADWAY_DATA", _DEFAULT_DATA)
DEBUG = environment.is_on("HEADWAY_DEBUG", default=False)

SECRET_KEY = environment.secret("HEADWAY_SECRET_KEY") or secret_key.kept_in(HEADWAY_DATA)

# Addresses -------------------------------------------------------------------------------------
_origin = environment.origin("HEADWAY_URL")
_is_https = _origin is not None and _origin.scheme == "https"
ALLOWED_HOSTS = environment.listed("HEADWAY_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
if _origin is not None and _origin.hostname:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, _origin.hostname]
HEADWAY_URL = _origin.geturl().rstrip("/") if _origin is not None else ""
CSRF_TRUSTED_ORIGINS = [HEADWAY_URL] if HEADWAY_URL else []
HEADWAY_BEHIND_PROXY = environment.is_on("HEADWAY_BEHIND_PROXY", default=False)
if HEADWAY_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = _is_https
ROOT_URLCONF = "headway.server.urls"
WSGI_APPLICATION = "headway.server.wsgi.application"

# What is in it ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "headway.records",
]

MIDDLEWARE = [
    # First, so that static files, redirects and errors carry the headers too.
    "headway.server.headers.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before sessions: the API knows tokens and no cookie.
    "headway.interfaces.api.border.border",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "headway.interfaces.web.border.border",
]

_CONTEXT = [
    "django.template.context_processors.request",
    "headway.interfaces.web.frame.frame",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            _PACKAGE / "interfaces" / "pages" / "templates",
            _PACKAGE / "interfaces" / "web" / "templates",
        ],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    }
]
CSRF_FAILURE_VIEW = "headway.interfaces.web.errors.csrf_failed"

# Data ------------------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _sqlite(folder: Path) -> dict[str, Any]:
    # WAL alone made two thirds of the writes fail: only IMMEDIATE with a long wait does not.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "headway.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # What is deleted is overwritten: no free page, nor a copy of the file, still holds it.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA secure_delete=ON;",
        },
    }


def _postgresql(address: SplitResult) -> dict[str, Any]:
    # A socket's folder may stand in the query, as libpq writes it: ?host=/run/postgresql.
    host = address.hostname or dict(
        part.split("=", 1) for part in address.query.split("&") if "=" in part
    ).get("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.strip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": unquote(host),
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


_address = environment.database("HEADWAY_DATABASE_URL")
DATABASES = {"default": _postgresql(_address) if _address else _sqlite(HEADWAY_DATA)}
# One transaction per action, never per request: a page that only reads takes no write lock.
ATOMIC_REQUESTS = False

# Log-in ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "records.Account"
AUTHENTICATION_BACKENDS = ["headway.actions.sign_in.AccountBackend"]
LOGIN_URL = "log-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
SESSION_ENGINE = "headway.records.sessions"
SESSION_COOKIE_AGE = environment.whole("HEADWAY_SESSION_HOURS", 12, least=1) * _HOUR
# Under HTTPS with the prefix that no other host and no page without HTTPS can plant one under.
_prefix = "__Host-" if _is_https else ""
SESSION_COOKIE_NAME = f"{_prefix}headway"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = _is_https
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_prefix}csrftoken"
CSRF_COOKIE_SECURE = _is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# Headers: what Django sends itself; the others are in server/headers.py ---------------------------
SECURE_HSTS_SECONDS = _YEAR if _is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _is_https
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": with it browsers send "Origin: null" and no form could be posted.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Static files: served from where the package lies, nothing to collect ----------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [_PACKAGE / "interfaces" / "pages" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 300

# Background work ---------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Mail: without a host nothing is sent, people find what waits when they log in ------------------
_MAIL = ("starttls", "tls", "none")
EMAIL_HOST = environment.text("HEADWAY_SMTP_HOST", "")
EMAIL_PORT = environment.whole("HEADWAY_SMTP_PORT", 587, least=1)
EMAIL_HOST_USER = environment.text("HEADWAY_SMTP_USER", "")
EMAIL_HOST_PASSWORD = environment.secret("HEADWAY_SMTP_PASSWORD") or ""
_encrypted = environment.one_of("HEADWAY_SMTP_SECURITY", "starttls", _MAIL)
EMAIL_USE_TLS, EMAIL_USE_SSL = _encrypted == "starttls", _encrypted == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("HEADWAY_MAIL_FROM", "headway@localhost")

# Posts to other systems: into a private network only where this says so --------------------------
HEADWAY_WEBHOOKS_PRIVATE = environment.is_on("HEADWAY_WEBHOOKS_PRIVATE", default=False)

# Uploads: streamed to disk, counted by the action that takes them ---------------------------------
FILE_UPLOAD_HANDLERS = ["headway.interfaces.web.data_uploads.CountedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Words and times -------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Log: one line per event on standard error; what people typed is never in it -----------------
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"masked": {"()": "headway.server.log.Masked"}},
    "handlers": {
        "error": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["masked"]}
    },
    "root": {
        "handlers": ["error"],
        "level": environment.one_of("HEADWAY_LOG_LEVEL", "WARNING", _LEVELS),
    },
    # Django would mail errors to administrators and print every 404.
    "loggers": {"django": {"handlers": ["error"], "level": "ERROR", "propagate": False}},
}
