"""Settings. What differs per installation comes from the environment; no default reaches a host outside."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from sluitend import journeys, pooling

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SLUITEND_DATA", ROOT / "var"))
SLUITEND_MODE = os.environ.get("SLUITEND_MODE", "production")
DEMO = SLUITEND_MODE == "demo"
TESTING = SLUITEND_MODE == "test"
SLUITEND_PUBLIC_ONLY = os.environ.get("SLUITEND_PUBLIC_ONLY", "") == "1"
SLUITEND_DESK_ONLY = os.environ.get("SLUITEND_DESK_ONLY", "") == "1"
# Where the public pages are, for links of a desk that does not serve them.
SLUITEND_PUBLIC_ADDRESS = os.environ.get("SLUITEND_PUBLIC_ADDRESS", "").strip()
# Which kind of process this is: the ledger says it of every line and signs with the key of that kind. The
# commands set it.
SLUITEND_PROCESS = os.environ.get("SLUITEND_PROCESS") or ("public" if SLUITEND_PUBLIC_ONLY else "desk")
SLUITEND_KEYS = Path(os.environ.get("SLUITEND_KEYS", DATA / "keys"))
SLUITEND_VERIFY_KEY = os.environ.get("SLUITEND_VERIFY_KEY", "").strip()
# Addresses, made by `sluitend handbook addresses`; without them people type an address in words.
SLUITEND_ADDRESSES = Path(found) if (found := os.environ.get("SLUITEND_ADDRESSES")) else None
SLUITEND_PACK = Path(os.environ.get("SLUITEND_PACK", ROOT / "packs" / "eenheid-den-haag"))
# Where the process with the private keys listens, as unix:/path; without it they are files in SLUITEND_KEYS.
SLUITEND_CUSTODIAN = os.environ.get("SLUITEND_CUSTODIAN", "")
# How many processes answer beside this one and with it; the web server says so to each.
SLUITEND_WORKERS = max(int(os.environ.get("SLUITEND_WORKERS", "1")), 1)
SLUITEND_TRUSTED_PROXIES = int(os.environ.get("SLUITEND_TRUSTED_PROXIES", "0"))
SLUITEND_CLAMAV = os.environ.get("SLUITEND_CLAMAV", "")
SLUITEND_CHECKPOINTS = Path(os.environ.get("SLUITEND_CHECKPOINTS", DATA / "checkpoints"))
SLUITEND_HEADS_TO = os.environ.get("SLUITEND_HEADS_TO", "")
# Which lines of the ledger each process wrote, until they have their place; outside the database.
SLUITEND_DIARY = Path(os.environ.get("SLUITEND_DIARY", DATA / "diary"))
SLUITEND_SWEEP_SECONDS = int(os.environ.get("SLUITEND_SWEEP_SECONDS", "5" if DEMO else "900"))
SLUITEND_DEMO_PASSWORD = os.environ.get("SLUITEND_DEMO_PASSWORD", "") if DEMO or TESTING else ""

SECRET_KEY = os.environ.get("SLUITEND_SECRET_KEY", "only-for-tests-and-tools" if TESTING else "")
DEBUG = False
ALLOWED_HOSTS = [
    host for host in os.environ.get("SLUITEND_HOSTS", "localhost,127.0.0.1,testserver").split(",") if host
]

# Which municipality speaks at a name of a host, as "meldpunt.example=GM1783": the region does at any other.
SLUITEND_DOORS = {
    host.strip().lower(): code.strip()
    for host, _equals, code in (
        each.partition("=") for each in os.environ.get("SLUITEND_DOORS", "").split(",")
    )
    if host and code
}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "sluitend.kernel.organisations",
    "sluitend.kernel.access",
    "sluitend.kernel.sealing",
    "sluitend.kernel.ledger",
    "sluitend.kernel.handbook",
    "sluitend.kernel.followup",
    "sluitend.kernel.flow",
    "sluitend.forms",
    *(f"sluitend.journeys.{each}" for each in journeys.NAMES),
    "sluitend.surfaces",
    "sluitend.surfaces.public",
    "sluitend.surfaces.helping",
    "sluitend.surfaces.handbook",
    "sluitend.surfaces.desk",
    *(["sluitend.surfaces.styleguide"] if DEMO or TESTING else []),
]

# `surfaces.acting` opens the transaction in which a view *and* its rendering run. What follows belongs
# in that same transaction: the draft of a form that was sent is forgotten, that it was sent remembered.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sluitend.surfaces.observing.Observed",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "sluitend.surfaces.middleware.PrivateHeaders",
    "sluitend.surfaces.middleware.WithoutCookies",
    "sluitend.surfaces.middleware.InPlace",
    "sluitend.surfaces.middleware.OwnPool",
    "sluitend.surfaces.middleware.SlowWire",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sluitend.surfaces.middleware.PublicOrigin",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sluitend.surfaces.middleware.IdleTimeout",
    "sluitend.surfaces.middleware.Language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sluitend.surfaces.middleware.SecondFactor",
    "sluitend.surfaces.acting.ActingMiddleware",
    "sluitend.forms.drafts.DropSent",
    "sluitend.forms.once.Once",
]

ROOT_URLCONF = "sluitend.urls"
WSGI_APPLICATION = "sluitend.wsgi.application"
FORM_RENDERER = "sluitend.forms.bound.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "src" / "sluitend" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "sluitend.kernel.templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "sluitend.surfaces.context.shell",
            ],
        },
    }
]


# A page asks the same dozen statements each time: prepared, the database plans them once for a connection.
PREPARED: dict[str, object] = {"server_side_binding": True, "prepare_threshold": 3}
# A process computes on one core: more than a few requests at once in it only get in each other's way.
POOLED: dict[str, object] = {"pool": pooling.options(most=4)}

# What an address may say about the line, as libpq knows it.
LINE = {"channel_binding", "connect_timeout", "sslcert", "sslkey", "sslmode", "sslrootcert"}


def database(url: str) -> dict[str, object]:
    """Return Django's settings for a `postgresql://` address.

    A socket folder goes in `?host=`, how the line is guarded in `?sslmode=verify-full` and its companions.
    """
    parts = urlsplit(url)
    given = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    host = given.pop("host", parts.hostname or "")
    line = {name: unquote(value) for name, value in given.items() if name in LINE}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        # A connection that broke while it lay in the pool is replaced before somebody gets an error for it.
        "CONN_HEALTH_CHECKS": not TESTING,
        "OPTIONS": (PREPARED if TESTING else PREPARED | POOLED) | line,
    }


DATABASE = database(os.environ.get("DATABASE_URL", "postgresql://sl_app@localhost/sluitend"))
# A process that serves both has a pool of its own for pages for everybody: a desk that waits, or whoever
# tries passwords, must not take what somebody who reports needs.
JOINT = not (SLUITEND_PUBLIC_ONLY or SLUITEND_DESK_ONLY or TESTING)
DATABASES = {"default": DATABASE, **({"public": DATABASE} if JOINT else {})}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Of this process alone. What one process reads out of a cache becomes code in it if somebody else wrote that.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

AUTH_USER_MODEL = "organisations.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["sluitend.kernel.access.hashing.Argon2WithoutConnection"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/inloggen/"
LOGIN_REDIRECT_URL = "/werk/"
ACCOUNT_ADAPTER = "sluitend.surfaces.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Passwords and second factors are counted in `kernel.access.guessing`. The library's own counts would keep an
# owner out with whoever guesses; of those remain bounds per address that a whole town hall on one line does
# not reach in the morning, and for who is in already. Each process counts its own share of them.
ACCOUNT_RATE_LIMITS = {
    "login": f"{-(-600 // SLUITEND_WORKERS)}/m/ip",
    "login_failed": "",
    "reauthenticate": f"{-(-10 // SLUITEND_WORKERS)}/m/user",
    "change_password": f"{-(-5 // SLUITEND_WORKERS)}/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": f"{-(-600 // SLUITEND_WORKERS)}/m/ip"}
MFA_ADAPTER = "sluitend.surfaces.signin.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
"""A code also counts half a minute before and after: clocks differ, and typing takes time (RFC 6238, 5.2)."""
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or TESTING
SLUITEND_SECOND_FACTOR_REQUIRED = not (DEMO or TESTING)
SLUITEND_RP_ID = os.environ.get("SLUITEND_RP_ID", "localhost")

# The public process signs nobody in and may not read a session, not even that of somebody at the desk.
IN_COOKIE = "django.contrib.sessions.backends.signed_cookies"
SESSION_ENGINE = IN_COOKIE if SLUITEND_PUBLIC_ONLY else "sluitend.surfaces.sessions"
SECURE = not (DEMO or TESTING)
# With this in its name a browser takes a cookie over TLS from this very host only, for all of it.
HOST_ONLY = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = HOST_ONLY + ("sluitend-openbaar" if SLUITEND_PUBLIC_ONLY else "sluitend")
SESSION_COOKIE_AGE = 12 * 3600
SLUITEND_REST_SECONDS = int(os.environ.get("SLUITEND_REST_SECONDS", "1800"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "sluitend.surfaces.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
# With "no-referrer" a browser also sends `Origin: null`, and no form of a signed-in page would be accepted.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE and os.environ.get("SLUITEND_TLS_REDIRECT", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A card of the handbook has a box for each of its answers in twenty languages, and must be able to grow.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 12
FILE_UPLOAD_HANDLERS = ["sluitend.kernel.sealing.attachments.UploadHandler"]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LANGUAGE_COOKIE_NAME = HOST_ONLY + "taal"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "src" / "sluitend" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = TESTING

SMTP = {
    "host": os.environ.get("EMAIL_HOST", "localhost"),
    "port": int(os.environ.get("EMAIL_PORT", "25")),
    "username": os.environ.get("EMAIL_HOST_USER", ""),
    "password": os.environ.get("EMAIL_HOST_PASSWORD", ""),
    "use_tls": os.environ.get("EMAIL_USE_TLS", "") == "1",
    "timeout": 20,
}
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": DATA / "mail"},
    }
    if DEMO
    else {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": SMTP}
}
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "sluitend@localhost")
SLUITEND_ADDRESS = os.environ.get("SLUITEND_ADDRESS", "http://localhost:8000")

# Where signing in, refusals, exports and changes of rights go as JSON lines: a path, stdout or syslog.
SLUITEND_SECURITY_FEED = os.environ.get("SLUITEND_SECURITY_FEED", "")

# Whom to tell of a weakness, for /.well-known/security.txt: mailto: or https:.
INVENTED_CONTACT = "mailto:beveiliging@sluitend.example" if DEMO or TESTING else ""
SLUITEND_SECURITY_CONTACT = os.environ.get("SLUITEND_SECURITY_CONTACT", INVENTED_CONTACT)

# A file that is there when this web server is about to stop: the proxy must look elsewhere.
SLUITEND_DRAINING = os.environ.get("SLUITEND_DRAINING", "")
# Spans of pages of the desk go out only where an administrator named a collector.
SLUITEND_TRACES = bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"))

# No request line, parameter or traceback value reaches a log: what a person typed is in there.
LOGGING_CONFIG = "sluitend.surfaces.logs.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "sluitend.surfaces.logs.Lines", "readable": DEMO}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": [], "propagate": False},
        "sluitend": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # One line an attempt while the database is away would fill a disk; each page that fails says so.
        "psycopg.pool": {"level": "ERROR"},
    },
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
