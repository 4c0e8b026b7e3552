"""Checks of mail server, virus scanner, fences and addresses. Only what is configured is called."""

import socket
from datetime import date

from django.conf import settings

from sluitend.cli.checks import Result, check

PATIENCE = 2.0
OLD_ADDRESSES = 365
"""Days; the register changes daily, and streets are built each year."""


@check("e-mail", demo_may=True, start_may=True)
def mail() -> Result:
    """Mail says that something waits; without it deadlines pass unseen."""
    smtp = settings.SMTP
    host, port = str(smtp["host"]), int(str(smtp["port"]))
    if host in ("", "localhost") or settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        return Result("warn", "Zet EMAIL_HOST en EMAIL_FROM, anders krijgt niemand bericht.")
    try:
        socket.create_connection((host, port), timeout=PATIENCE).close()
    except OSError:
        return Result(
            "bad", f"De mailserver {host}:{port} antwoordt niet. Kijk naar EMAIL_HOST en EMAIL_PORT."
        )
    if not smtp["use_tls"]:
        return Result("warn", "E-mail gaat zonder TLS naar de server; zet EMAIL_USE_TLS=1.")
    return Result("ok", "E-mail gaat met TLS naar een eigen server.")


@check("virusscanner", demo_may=True, start_may=True)
def scanner() -> Result:
    """A configured scanner that is away lets files through unchecked, and marks them so."""
    from sluitend.kernel.sealing import antivirus

    if not antivirus.scanner_present():
        return Result("warn", "Zonder SLUITEND_CLAMAV krijgt elk bestand het merk 'niet gecontroleerd'.")
    if not antivirus.answers():
        return Result(
            "bad", f"ClamAV antwoordt niet op {settings.SLUITEND_CLAMAV}. Start clamd, of pas het adres aan."
        )
    return Result("ok", "ClamAV antwoordt.")


@check("bestanden van vreemden", demo_may=True, start_may=True)
def fences() -> Result:
    """Files of strangers are drawn behind fences of the kernel, or not at all."""
    from sluitend.kernel.sealing import pixels

    found = pixels.fences()
    if not found.shut:
        return Result(
            "bad",
            "De kernel sluit het tekenen van bestanden niet af (Landlock en seccomp). Bestanden zijn alleen "
            "op te slaan, en wie zonder naam meldt kan er geen meesturen. Neem Linux 5.13 of nieuwer.",
        )
    told = f"Bestanden worden getekend achter Landlock {found.landlock} en seccomp"
    if not found.bubblewrap:
        return Result("ok", f"{told}; bubblewrap werkt hier niet en hoeft niet.")
    return Result("ok", f"{told}, in bubblewrap.")


@check("adressen", start_may=True)
def addresses() -> Result:
    """The file of addresses, where one is installed, can be read and is not old."""
    from django.utils import timezone

    from sluitend.kernel.handbook.address_book import AddressBookBroken, facts

    path = settings.SLUITEND_ADDRESSES
    if path is None:
        return Result("ok", "Er is geen bestand met adressen: een adres blijft zoals iemand het typt.")
    try:
        found = facts(path)
        old = (timezone.localdate() - date.fromisoformat(found["day"])).days > OLD_ADDRESSES
    except (AddressBookBroken, KeyError, ValueError):
        return Result(
            "bad",
            f"{path} is geen bestand met adressen van deze versie. Een adres blijft zoals iemand het typt. "
            "Maak het opnieuw met sluitend handbook addresses.",
        )
    told = f"{found['addresses']} adressen van {found['day']}"
    if old:
        return Result("warn", f"{told}: ouder dan een jaar. Maak ze opnieuw: sluitend handbook addresses.")
    return Result("ok", f"{told}.")
