"""Django's settings, made from the typed environment in `environment.py`; grouped by subject."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from fieldcraft.config.environment import value_of
from fieldcraft.config.home import Home
from fieldcraft.config.quiet import with_route


def _text(name: str) -> str:
    return str(value_of(name, os.environ))


def _number(name: str) -> int:
    return int(_text(name))


# The installation
HOME_FOLDER = value_of("FIELDCRAFT_HOME", os.environ)
assert isinstance(HOME_FOLDER, Path)
HOME = Home(HOME_FOLDER)
HOME.make()
ADDRESS = _text("FIELDCRAFT_ADDRESS").rstrip("/")
DEMO = value_of("FIELDCRAFT_DEMO", os.environ) if os.environ.get("FIELDCRAFT_DEMO") else HOME.demo_mark.exists()
SIGN_UP_OPEN = value_of("FIELDCRAFT_SIGN_UP", os.environ)
WORKERS = _number("FIELDCRAFT_WORKERS")
THREADS = _number("FIELDCRAFT_THREADS")
LIMITS_TIMES = _number("FIELDCRAFT_LIMITS_TIMES")
UPLOAD_BYTES = _number("FIELDCRAFT_UPLOAD_MEGABYTES") * 1_000_000

# Safety
DEBUG = value_of("FIELDCRAFT_DEBUG", os.environ)
SECRET_KEY = _text("FIELDCRAFT_SECRET_KEY") or HOME.secret("secret-key")
_earlier_keys = value_of("FIELDCRAFT_SECRET_KEY_FALLBACKS", os.environ)
assert isinstance(_earlier_keys, list)
SECRET_KEY_FALLBACKS = _earlier_keys
_address = urlsplit(ADDRESS)
_TLS = _address.scheme == "https"
_hosts = value_of("FIELDCRAFT_HOSTS", os.environ)
assert isinstance(_hosts, list)
ALLOWED_HOSTS = [*{_address.hostname or "localhost", "localhost", "127.0.0.1", "[::1]", *_hosts}]
CSRF_TRUSTED_ORIGINS = [ADDRESS] if _TLS else []
SESSION_COOKIE_NAME = "__Host-session" if _TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _TLS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _TLS
SECURE_SSL_REDIRECT = False  # the proxy or the server's own TLS does this; here it would loop behind a proxy
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _TLS and _number("FIELDCRAFT_TRUSTED_PROXIES") else None
)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "fieldcraft.shell.views.not_trusted"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_PERMISSIONS = 0o600

# What runs
INSTALLED_APPS = [
    "fieldcraft.ui",
    "fieldcraft.audit",
    "fieldcraft.people",
    "fieldcraft.measures",
    "fieldcraft.manual",
    "fieldcraft.mastery",
    "fieldcraft.together",
    "fieldcraft.theory",
    "fieldcraft.shell",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "fieldcraft.shell.middleware.headers",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "fieldcraft.shell.middleware.public_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fieldcraft.shell.middleware.told_by_page",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fieldcraft.shell.middleware.actor",
    "fieldcraft.shell.middleware.own_words",
    "fieldcraft.shell.middleware.limits",
    "fieldcraft.shell.middleware.refusals",
]
ROOT_URLCONF = "fieldcraft.config.urls"
WSGI_APPLICATION = "fieldcraft.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fieldcraft.shell.context.navigation",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database
_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(HOME.database),
    "CONN_MAX_AGE": 600,
    "OPTIONS": {
        # IMMEDIATE with a long wait: with the default, half of all writes at once are refused as "locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;"
            f"PRAGMA synchronous={_text('FIELDCRAFT_SQLITE_SYNCHRONOUS').upper()};"
            "PRAGMA secure_delete=ON;"  # what somebody deletes is overwritten, not only forgotten
            # Every thread has a connection. The system keeps the file's pages once for all of them, so each keeps few.
            "PRAGMA mmap_size=0;PRAGMA cache_size=-1000;"
            "PRAGMA journal_size_limit=27103364;PRAGMA temp_store=MEMORY"
        ),
    },
}


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = {**dict(parse_qsl(parts.query)), "pool": {"min_size": 2, "max_size": 8}}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


_database_url = _text("DATABASE_URL")
DATABASES = {"default": _postgresql(_database_url) if _database_url else _SQLITE}

# Caches: one in each process for what can be made again; one shared, for counting tries at signing in.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# People
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "fieldcraft.people.views.account.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "fieldcraft.people.forms.SignUpForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "fieldcraft.people.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Fieldcraft: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _address.scheme
ALLAUTH_TRUSTED_PROXY_COUNT = _number("FIELDCRAFT_TRUSTED_PROXIES")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation by link proves enough, and some installations send no letters
MFA_TOTP_ISSUER = "Fieldcraft"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _TLS and _address.hostname == "localhost"

# Letters
_mail = urlsplit(_text("FIELDCRAFT_EMAIL_URL"))
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _mail.hostname
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = HOME.letters
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or 587
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = bool(_mail.hostname) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _text("FIELDCRAFT_EMAIL_FROM")

# Tasks
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Files
STATIC_URL = "/static/"
STATIC_ROOT = HOME.static
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME.media}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_MAX_AGE = 3600

# Languages
LANGUAGE_CODE = _text("FIELDCRAFT_LANGUAGE")
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
FORMAT_MODULE_PATH = ["fieldcraft.config.formats"]
USE_I18N = True
TIME_ZONE = _text("FIELDCRAFT_TIME_ZONE")
USE_TZ = True

# Logs hold ids and counts, never what a person wrote.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"with_route": {"()": "django.utils.log.CallbackFilter", "callback": with_route}},
    "formatters": {"places": {"()": "fieldcraft.config.quiet.PlacesOnly"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "places", "filters": ["with_route"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
}
