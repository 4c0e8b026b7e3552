"""Checks of what must keep running: workers, queue, disks, measures, logs, and the versions that run."""

import logging
import shutil
from datetime import datetime, timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from sluitend.cli import environment, metrics
from sluitend.cli.checks import Level, Result, check, named
from sluitend.cli.errors import CommandError
from sluitend.cli.handbook_commands import TAKE_OVER, of_screen

if TYPE_CHECKING:
    from sluitend.kernel.access.watching import Ended

WAITS_TOO_LONG = timedelta(minutes=15)
GIGABYTE = 1024**3
LEAST_FREE, LITTLE_FREE = 0.05, 0.15
COPIED = "copied"
"""Whoever copies the checkpoints away touches this file in their folder."""
OLDEST_COPY = timedelta(hours=26)
OLDEST_SENT = timedelta(minutes=90)
"""Each hour every chain is signed, whether it moved or not, and sent within five minutes."""
LOCK = environment.ROOT / "requirements" / "app.txt"
OF_THE_DESK = "Dit ziet alleen een proces van de werkplek."


@check("worker", demo_may=True, start_may=True)
def workers() -> Result:
    """Without a worker no report is taken up, no mail goes out and nothing climbs."""
    from sluitend.kernel.access.watching import standing

    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", OF_THE_DESK)
    found = standing()
    if not found.workers:
        return Result("bad", "Er draait geen worker. Start `sluitend worker`; er mogen er meer zijn.")
    return Result("ok", f"{found.workers} worker(s) leven.")


@check("op de klok", start_may=True)
def clock() -> Result:
    """What runs by the clock is judged by how it ended last, for each organisation: the sweep too."""
    from sluitend.kernel.access.watching import ended
    from sluitend.kernel.manifest import clock as jobs

    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", OF_THE_DESK)
    found, now = ended(), timezone.now()
    failing = [_failure(task, found[task]) for task in sorted(found) if found[task].failing]
    if failing:
        return Result("bad", f"Dit mislukt: {'; '.join(failing)}. Kijk in het log van de worker waarom.")
    if not found:
        return Result("warn", "Er is nog niets gelopen. Start `sluitend worker`.")
    since = min(each.begun for each in found.values())
    late = [
        task
        for task, job in jobs().items()
        if (found[task].late(job.longest, now) if task in found else now - since > job.longest)
    ]
    if late:
        return Result("bad", f"Dit staat stil: {', '.join(late)}. Herstart de worker.")
    waiting = [task for task in jobs() if task not in found or found[task].oldest is None]
    if waiting:
        return Result("ok", f"Wat liep, lukte voor iedereen. Nog niet aan de beurt: {named(waiting)}.")
    return Result("ok", "Alles wat op de klok loopt, lukte de laatste keer voor iedereen.")


def _failure(task: str, last: "Ended") -> str:
    rows = f", {last.rows} rijen bleven liggen" if last.rows else ""
    return f"{task} ({', '.join(last.errors)}) bij {named(last.failing)}{rows}"


@check("wachtrij", demo_may=True, start_may=True)
def queue() -> Result:
    """Work that waits long is mail and escalation that comes too late."""
    from sluitend.kernel.access.watching import standing

    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", OF_THE_DESK)
    found = standing()
    if found.oldest and timezone.now() - found.oldest > WAITS_TOO_LONG:
        since = timezone.localtime(found.oldest)
        return Result(
            "bad",
            f"{found.waiting} taken wachten, de eerste sinds {since:%d-%m-%Y %H:%M}. Start een worker erbij, "
            "en kijk in zijn log.",
        )
    if found.failed:
        return Result(
            "warn",
            f"{found.failed} taken zijn opgegeven. Kijk in het log van de worker waarom, en draai "
            "`sluitend jobs --again` of `--drop`: tot dan blijft dit staan.",
        )
    return Result("ok", "Niets wacht langer dan een kwartier.")


@check("ruimte op de schijf", start_may=True)
def disk() -> Result:
    """On a full disk nothing can be filed, and no checkpoint written."""
    worst: Level = "ok"
    short = []
    places = {settings.DATA, settings.SLUITEND_KEYS, settings.SLUITEND_CHECKPOINTS, settings.SLUITEND_DIARY}
    for folder in sorted(places):
        if not folder.is_dir():
            continue
        usage = shutil.disk_usage(folder)
        share = usage.free / usage.total if usage.total else 0.0
        if share < LITTLE_FREE and usage.free < 20 * GIGABYTE:
            bad = share < LEAST_FREE or usage.free < GIGABYTE
            worst = "bad" if bad or worst == "bad" else "warn"
            short.append(f"{folder} ({usage.free / GIGABYTE:.1f} GB)")
    if short:
        return Result(worst, f"Bijna vol: {', '.join(short)}. Maak ruimte of vergroot de schijf.")
    return Result("ok", "Er is ruimte op de schijf.")


@check("kopie van controlepunten", demo_may=True, start_may=True)
def checkpoint_copy() -> Result:
    """Who controls this machine controls its checkpoints too; only a copy elsewhere proves anything."""
    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Controlepunten zet de worker.")
    if settings.SLUITEND_HEADS_TO:
        return _sent()
    mark = settings.SLUITEND_CHECKPOINTS / COPIED
    advice = (
        "Stuur ze naar een tweede partij (SLUITEND_HEADS_TO), of kopieer ze elke dag naar een andere plek "
        f"en draai daarna `touch {mark}`."
    )
    if not mark.exists():
        return Result("warn", f"Er is nog geen kopie gemeld. {advice}")
    moment = datetime.fromtimestamp(mark.stat().st_mtime, timezone.get_current_timezone())
    if timezone.now() - moment > OLDEST_COPY:
        return Result("bad", f"De laatste kopie is van {moment:%d-%m-%Y %H:%M}. {advice}")
    return Result("ok", "De controlepunten zijn het afgelopen etmaal gekopieerd.")


def _sent() -> Result:
    from sluitend.kernel.ledger.heads import sent_until

    moment, now = sent_until(), timezone.now()
    advice = "Kijk of de worker loopt en of de mailserver de mail aan SLUITEND_HEADS_TO aanneemt."
    if moment is None:
        return Result("warn", f"De tweede partij kreeg nog geen controlepunten. {advice}")
    if not now - OLDEST_SENT < moment < now + OLDEST_SENT:
        return Result(
            "bad",
            f"De tweede partij kreeg ze tot {timezone.localtime(moment):%d-%m-%Y %H:%M}. {advice}",
        )
    return Result("ok", "Een tweede partij krijgt de controlepunten, en heeft die van het afgelopen uur.")


@check("meetwaarden")
def measures() -> Result:
    """How busy it is must not be for everybody to see."""
    try:
        where = metrics.wanted()
    except CommandError as error:
        return Result("bad", str(error))
    if where is None:
        return Result("warn", "Zonder SLUITEND_METRICS ziet niemand dat het misgaat. Zie docs/beheer.md.")
    return Result("ok", f"Meetwaarden staan op een eigen adres, {where[0]}.")


@check("beveiligingsmeldingen", demo_may=True, start_may=True)
def security_feed() -> Result:
    """Who tries the door must be seen by somebody."""
    from sluitend.kernel.ledger.feed import handler_for

    target = settings.SLUITEND_SECURITY_FEED
    if not target:
        return Result("warn", "Zonder SLUITEND_SECURITY_FEED ziet geen SIEM wie aan de deur voelt.")
    try:
        handler_for(target).close()
    except OSError as error:
        return Result("bad", f"Naar {target} is niet te schrijven ({error.strerror}). Kijk naar de rechten.")
    if target not in ("stdout", "syslog") and Path(target).stat().st_mode & 0o007:
        return Result("bad", f"Iedereen kan {target} lezen; draai `chmod o= {target}`.")
    return Result("ok", "Beveiligingsmeldingen zijn te schrijven.")


@check("logregels")
def log_lines() -> Result:
    """A log of another form may hold what a person typed."""
    from sluitend.surfaces.logs import Lines

    loose = sorted(
        name or "root"
        for name in ("", *logging.root.manager.loggerDict)
        for handler in logging.getLogger(name).handlers
        if not isinstance(handler, logging.NullHandler) and not isinstance(handler.formatter, Lines)
    )
    if loose:
        return Result(
            "bad",
            f"Deze logs hebben een eigen vorm: {', '.join(loose[:3])}. Zet LOGGING terug als in settings.py.",
        )
    return Result("ok", "Logregels hebben alleen vaste velden.")


@check("versies", demo_may=True, start_may=True)
def versions() -> Result:
    """What runs is what was locked, and what `make audit` looked at."""
    if not LOCK.exists():
        return Result("warn", "requirements/app.txt ontbreekt, dus de versies zijn niet na te kijken.")
    wrong = sorted(name for name, wanted in locked(LOCK).items() if _installed(name) not in (wanted, ""))
    if wrong:
        return Result(
            "bad",
            f"Andere versie dan vastgelegd: {', '.join(wrong[:5])}. Draai `make lock` niet, "
            "maar `scripts/bootstrap app`.",
        )
    return Result("ok", "Elk pakket heeft de versie die is vastgelegd.")


@cache
def locked(file: Path) -> dict[str, str]:
    """Return the version of each package in a file of requirements."""
    found = {}
    for line in file.read_text().splitlines():
        name, equals, rest = line.partition("==")
        if equals and not line.startswith((" ", "#")):
            found[name.partition("[")[0]] = rest.split()[0].rstrip(";\\")
    return found


def _installed(name: str) -> str:
    try:
        return installed_version(name)
    except PackageNotFoundError:  # for another system
        return ""


@check("handreiking", demo_may=True, start_may=True)
def handbook() -> Result:
    """People must be judged by what the region agreed, not by what somebody has yet to publish."""
    from sluitend.kernel.handbook.loading import load_pack
    from sluitend.kernel.handbook.problems import PackInvalid
    from sluitend.kernel.handbook.queries import NoRelease, current_release, is_published

    try:
        release = current_release()
    except NoRelease:
        return Result("bad", "Er is geen handreiking uitgegeven. Draai `sluitend prepare`.")
    try:
        pack = load_pack(settings.SLUITEND_PACK)
    except (PackInvalid, OSError):
        return Result(
            "warn", f"Het pakket in {settings.SLUITEND_PACK} klopt niet. Draai `sluitend handbook check`."
        )
    if pack.digest != release.pack.digest and of_screen():
        # To publish the folder would take back what the coordinators published since.
        if is_published(pack.digest):
            return Result("ok", f"Uitgave {release.number} van de handreiking geldt, en kwam van het scherm.")
        return Result(
            "warn",
            f"Uitgave {release.number} kwam van het scherm. In {settings.SLUITEND_PACK} staat een pakket dat "
            f"nooit een uitgave was. {TAKE_OVER}",
        )
    if pack.digest != release.pack.digest:
        return Result(
            "warn",
            f"Het pakket is anders dan uitgave {release.number}. Heeft de regio het vastgesteld? "
            "Draai dan `sluitend handbook publish`.",
        )
    return Result("ok", f"Uitgave {release.number} van de handreiking geldt.")


@check("adres en proxy", demo_may=True)
def address() -> Result:
    """Links in mail, passkeys and counting by sender all need to know what stands in front."""
    if not settings.SLUITEND_ADDRESS.startswith("https://"):
        return Result("bad", "Zet in SLUITEND_ADDRESS het adres van de werkplek, met https.")
    if settings.SLUITEND_RP_ID == "localhost" and not settings.SLUITEND_PUBLIC_ONLY:
        return Result("bad", "Zet in SLUITEND_RP_ID de naam van de werkplek, anders werkt geen passkey.")
    if settings.SLUITEND_TRUSTED_PROXIES == 0:
        return Result(
            "warn", "SLUITEND_TRUSTED_PROXIES is 0: achter een proxy remt wie veel gokt dan iedereen."
        )
    return Result("ok", f"Adres, passkeys en {settings.SLUITEND_TRUSTED_PROXIES} proxy('s) zijn ingesteld.")
