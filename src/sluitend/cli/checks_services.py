"""Checks of mail server, virus scanner and fences. Only what is configured is called."""

import socket

from django.conf import settings

from sluitend.cli.checks import Result, check

PATIENCE = 2.0


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
