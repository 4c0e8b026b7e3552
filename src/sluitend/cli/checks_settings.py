"""Checks of settings."""

from typing import cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from sluitend.cli import environment
from sluitend.cli.checks import Result, check

SECRET_LENGTH = 50
DIFFERENT = 10
YEAR = 365 * 24 * 3600
LONGEST_SESSION = 12 * 3600
LONGEST_REST = 3600
PROCESSES = ("desk", "public", "worker", "command")


def _good(sentence: str) -> Result:
    return Result("ok", sentence)


@check("foutmeldingen")
def debug_off() -> Result:
    """An error page must not show what a person typed."""
    if settings.DEBUG:
        return Result("bad", "DEBUG staat aan; zet het uit.")
    return _good("DEBUG staat uit.")


@check("geheime sleutel")
def secret_key() -> Result:
    """Sessions are signed with it."""
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django refuses to give an empty one
        key = ""
    if len(key) < SECRET_LENGTH or len(set(key)) < DIFFERENT:
        return Result("bad", f"Zet in SLUITEND_SECRET_KEY minstens {SECRET_LENGTH} willekeurige tekens.")
    return _good("De geheime sleutel is lang genoeg.")


@check("namen van de server", demo_may=True)
def hosts() -> Result:
    """A request under another name must be refused."""
    local = {"localhost", "127.0.0.1", "testserver"}
    if "*" in settings.ALLOWED_HOSTS or not set(settings.ALLOWED_HOSTS) - local:
        return Result("bad", "Zet in SLUITEND_HOSTS de namen waaronder de server bereikbaar is, en geen *.")
    if strange := sorted(set(settings.SLUITEND_DOORS) - set(settings.ALLOWED_HOSTS)):
        return Result("bad", f"Zet de namen van SLUITEND_DOORS ook in SLUITEND_HOSTS: {', '.join(strange)}.")
    return _good("Alleen de eigen namen worden bediend.")


@check("veiligheid van de pagina's")
def headers() -> Result:
    """The content security policy and its companions."""
    rules = cast("dict[str, list[str]]", settings.SECURE_CSP)
    policy = {name: [str(value) for value in values] for name, values in rules.items()}
    loose = [
        value
        for values in policy.values()
        for value in values
        if "unsafe" in value or value in {"*", "https:"}
    ]
    missing = {"base-uri", "form-action", "frame-ancestors"} - policy.keys()
    if loose or missing or policy.get("default-src") not in (["'none'"], ["'self'"]):
        return Result("bad", "SECURE_CSP laat te veel toe; zie docs/threat-model.md.")
    if not settings.SECURE_CONTENT_TYPE_NOSNIFF or settings.SECURE_REFERRER_POLICY not in (
        "no-referrer",
        "same-origin",
    ):
        return Result("bad", "De headers nosniff of Referrer-Policy ontbreken.")
    return _good("CSP, nosniff en Referrer-Policy staan goed.")


@check("versleutelde verbinding", demo_may=True)
def transport() -> Result:
    """Cookies travel over TLS only, and browsers remember that."""
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        return Result("bad", "Cookies mogen zonder TLS reizen; zet SLUITEND_MODE op production.")
    if settings.SECURE_HSTS_SECONDS < YEAR:
        return Result("bad", "HSTS duurt korter dan een jaar.")
    return _good("Cookies gaan alleen over TLS; HSTS geldt een jaar of langer.")


@check("sessies en cookies")
def sessions() -> Result:
    """A session is out of reach of scripts and of other sites, and ends by itself."""
    loose = [
        name
        for name, good in (
            ("SESSION_COOKIE_HTTPONLY", settings.SESSION_COOKIE_HTTPONLY),
            ("SESSION_COOKIE_SAMESITE", settings.SESSION_COOKIE_SAMESITE in ("Lax", "Strict")),
            ("SESSION_EXPIRE_AT_BROWSER_CLOSE", settings.SESSION_EXPIRE_AT_BROWSER_CLOSE),
            ("SESSION_COOKIE_AGE", 0 < settings.SESSION_COOKIE_AGE <= LONGEST_SESSION),
            ("CSRF_USE_SESSIONS", settings.CSRF_USE_SESSIONS),
        )
        if not good
    ]
    if loose:
        return Result("bad", f"Sessies zijn te los: zet {', '.join(loose)} terug zoals in settings.py.")
    if not 0 < settings.SLUITEND_REST_SECONDS <= LONGEST_REST:
        return Result("bad", "Een sessie eindigt pas na lange rust; zet SLUITEND_REST_SECONDS op 1800.")
    return _good("Sessies zijn afgeschermd en eindigen vanzelf.")


@check("tweede factor", demo_may=True)
def second_factor() -> Result:
    """Whoever opens a file has proved twice who they are."""
    if not settings.SLUITEND_SECOND_FACTOR_REQUIRED:
        return Result("bad", "Aanmelden kan zonder tweede factor.")
    return _good("Aanmelden vraagt een tweede factor.")


@check("demonstratiegegevens")
def no_demo_data() -> Result:
    """Accounts whose password is shown on a page must never serve real people."""
    if environment.is_demo(settings.DATA) and not settings.DEMO:
        return Result(
            "bad", f"{settings.DATA} hoort bij een demonstratie; neem een lege map in SLUITEND_DATA."
        )
    return _good("Verzonnen en echte gegevens staan niet door elkaar.")


@check("soort proces")
def process_kind() -> Result:
    """Say which of the two fences around private keys holds."""
    if settings.SLUITEND_PROCESS not in PROCESSES:
        return Result("bad", f"SLUITEND_PROCESS kan niet {settings.SLUITEND_PROCESS} zijn; haal haar weg.")
    if settings.SLUITEND_PUBLIC_ONLY:
        if (settings.SLUITEND_KEYS / "private").exists():
            return Result(
                "bad",
                "Dit is het openbare proces, maar er liggen geheime sleutels in SLUITEND_KEYS; haal ze weg.",
            )
        return _good("Dit proces bedient alleen de openbare pagina's en heeft geen geheime sleutels.")
    if settings.SLUITEND_DESK_ONLY:
        return _good("Dit proces bedient alleen de werkplek; het openbare deel draait apart.")
    return _good(
        "Dit proces bedient de openbare pagina's én de werkplek; `serve --public` en `--desk` scheiden die."
    )
