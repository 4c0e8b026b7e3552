"""Checks of settings, keys and folders."""

import stat
from typing import cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from sluitend.cli import environment
from sluitend.cli.checks import Result, check

SECRET_LENGTH = 50
DIFFERENT = 10
YEAR = 365 * 24 * 3600


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
        return Result("bad", "SECURE_CSP laat te veel toe; zie docs/security.md.")
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


@check("sleutelregister")
def keys() -> Result:
    """Intake must not seal to a stranger."""
    from sluitend.kernel.sealing.register import register_alarm

    alarm = register_alarm()
    if alarm is not None:
        return Result(
            "bad",
            f"Het register van sleutels is afgekeurd ({alarm}). Draai `sluitend keys create`.",
        )
    return _good("Het register van sleutels is echt en geldig.")


@check("bestanden met sleutels")
def key_files() -> Result:
    """Nobody else on this machine reads a private key."""
    from sluitend.kernel.sealing.keyfolder import KeyFolder

    if not settings.SLUITEND_KEYS.is_dir():
        return Result("bad", f"De map {settings.SLUITEND_KEYS} ontbreekt; draai `sluitend keys create`.")
    open_to_others = KeyFolder(settings.SLUITEND_KEYS).open_files()
    if open_to_others or settings.SLUITEND_KEYS.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Result(
            "bad", f"Anderen kunnen in {settings.SLUITEND_KEYS} lezen; draai daar `chmod -R go= .`."
        )
    return _good("Alleen de eigenaar leest de sleutels.")


@check("e-mail", demo_may=True)
def mail() -> Result:
    """Mail says that something waits; without it deadlines pass unseen."""
    smtp = settings.SMTP
    if smtp["host"] in ("", "localhost") or settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        return Result("warn", "Zet EMAIL_HOST en EMAIL_FROM, anders krijgt niemand bericht.")
    if not smtp["use_tls"]:
        return Result("warn", "E-mail gaat zonder TLS naar de server; zet EMAIL_USE_TLS=1.")
    return _good("E-mail gaat met TLS naar een eigen server.")


@check("soort proces")
def process_kind() -> Result:
    """Say which of the two fences around private keys holds."""
    if settings.SLUITEND_PUBLIC_ONLY:
        if (settings.SLUITEND_KEYS / "private").exists():
            return Result(
                "bad",
                "Dit is het openbare proces, maar er liggen geheime sleutels in SLUITEND_KEYS; haal ze weg.",
            )
        return _good("Dit proces bedient alleen de openbare pagina's en heeft geen geheime sleutels.")
    return _good("Dit proces bedient de openbare pagina's én de werkplek; `serve --public` scheidt die twee.")
