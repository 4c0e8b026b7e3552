"""Checks of backups and of keys that should have been renewed or destroyed by now."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from sluitend.cli.checks import Result, check

OLDEST_BACKUP = timedelta(hours=26)
OLDEST_KEYS = timedelta(days=32)
RENEW_AFTER, TOO_LATE_AFTER = timedelta(days=35), timedelta(days=62)
TIDY_WITHIN = timedelta(days=14)
ENDS_WITHIN = timedelta(days=92)


@check("back-ups", demo_may=True, start_may=True)
def backups() -> Result:
    """What was not backed up yesterday is lost with the disk."""
    from sluitend.cli.backing_up import MADE
    from sluitend.kernel.access.acting import acting, system_actor
    from sluitend.kernel.ledger.models import Event
    from sluitend.kernel.organisations.models import PLATFORM_ID

    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Back-ups maakt de beheerder van de werkplek.")
    with acting(system_actor(PLATFORM_ID)):
        made = Event.objects.filter(organisation_id=PLATFORM_ID, action=MADE).order_by("-at")
        last = {kind: made.filter(purpose=kind).first() for kind in ("database", "keys")}
    now, database, keys = timezone.now(), last["database"], last["keys"]
    if database is None:
        return Result("warn", "Er is nog geen back-up gemaakt met `sluitend backup`.")
    if now - database.at > OLDEST_BACKUP:
        return Result(
            "bad",
            f"De laatste back-up is van {timezone.localtime(database.at):%d-%m-%Y %H:%M}. "
            "Draai `sluitend backup` elke dag.",
        )
    if keys is None or now - keys.at > OLDEST_KEYS:
        return Result("warn", "Van de sleutelmap is geen verse back-up. Draai `sluitend backup --keys`.")
    return Result("ok", "De laatste back-up is van het afgelopen etmaal.")


@check("sleutel voor back-ups", demo_may=True, start_may=True)
def backup_key() -> Result:
    """Who takes the server must not open its backups, so the server has the public half only."""
    from sluitend.cli.backing_up import RECIPIENT
    from sluitend.kernel.sealing.offline import Month, OfflineKeyBad, OfflinePublic, is_secret

    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Het openbare proces maakt geen back-ups.")
    folders = {settings.SLUITEND_KEYS, settings.DATA}
    secret = [file for folder in folders for file in folder.glob("*") if file.is_file() and is_secret(file)]
    if secret:
        return Result(
            "bad", f"{secret[0]} opent elke back-up. Haal het weg van de server, en maak een nieuwe."
        )
    try:
        public = OfflinePublic.read(settings.SLUITEND_KEYS / RECIPIENT)
    except FileNotFoundError:
        return Result("warn", f"{RECIPIENT} ontbreekt in de sleutelmap; zonder die is er geen back-up.")
    except (OSError, OfflineKeyBad):
        return Result("bad", f"{RECIPIENT} in de sleutelmap is geen sleutel van `keys backup-create`.")
    if public.last() < Month.of(timezone.localdate() + ENDS_WITHIN):
        return Result("warn", f"De sleutel voor back-ups geldt tot en met {public.last()}. Maak een nieuwe.")
    return Result("ok", f"De server heeft alleen de openbare helft, met kenmerk {public.name()}.")


@check("sleutels vernieuwd", demo_may=True, start_may=True)
def renewed() -> Result:
    """What was destroyed is final only once the key of that month is gone, so a key lasts a month."""
    from sluitend.kernel.sealing.register import register_store

    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Sleutels vernieuwt de beheerder van de werkplek.")
    oldest = min((entry.since for entry in register_store().current().keys), default=timezone.localdate())
    age = timezone.localdate() - oldest
    if age > RENEW_AFTER:
        return Result(
            "bad" if age > TOO_LATE_AFTER else "warn",
            f"De oudste sleutel is van {oldest:%d-%m-%Y}. Draai `sluitend keys rotate` elke maand.",
        )
    return Result("ok", "Elke sleutel is jonger dan vijf weken.")


@check("sleutels waarvan de termijn voorbij is", demo_may=True, start_may=True)
def past_term() -> Result:
    """A key that outlives its term opens in an old backup what was destroyed."""
    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Het openbare proces heeft geen geheime sleutels.")
    days = sorted(day for day in _may_go() if day <= timezone.localdate())
    if not days:
        return Result("ok", "Geen sleutel ligt er langer dan zijn termijn.")
    return Result(
        "bad" if timezone.localdate() - days[0] > TIDY_WITHIN else "warn",
        f"{len(days)} oude sleutels mogen weg, de oudste sinds {days[0]:%d-%m-%Y}. "
        "Draai met z'n tweeën `sluitend keys destroy-old`.",
    )


def _may_go() -> list[date]:
    from sluitend.kernel.organisations.models import Organisation
    from sluitend.kernel.sealing import keys, monthkeys
    from sluitend.kernel.sealing.keyfolder import KeyFolder

    folder = KeyFolder(settings.SLUITEND_KEYS)
    organisations = list(Organisation.objects.values_list("id", flat=True))
    days = [day for each in organisations for _, day in keys.retired_keys(each)]
    return days + [monthkeys.may_go_on(month, keys.BACKUP_TERM) for month in monthkeys.months(folder)]
