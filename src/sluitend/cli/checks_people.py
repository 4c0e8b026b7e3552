"""Checks of who is there: in each municipality somebody reads a report, also when others are away."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone

from sluitend.cli.checks import Result, check, named
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.queries import escalation_choice
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Membership, Role
from sluitend.kernel.organisations.queries import colleagues
from sluitend.kernel.organisations.reading import towns


@check("wie er is", start_may=True, demo_shows=True)
def somebody_reads() -> Result:
    """Each municipality is connected or covered, and where it is connected somebody stands behind."""
    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Wie er is, ziet alleen een proces van de werkplek.")
    found = towns()
    silent = [each.name for each in found if not each.reads]
    if silent:
        return Result(
            "bad",
            f"In {len(silent)} van {len(found)} gemeenten leest niemand, en is er niets te melden: "
            f"{', '.join(silent)}. Laat een aandachtsfunctionaris en een vervanger inloggen, of leg vast wie "
            "waarneemt.",
        )
    lacking = [each.name for each in found if each.how == "connected" and not _somebody_behind(each.id)]
    if lacking:
        return Result("bad", f"Hier staat niemand achter wie leest, ook geen piket: {named(lacking)}.")
    covered = sum(each.how == "covered" for each in found)
    return Result("ok", f"In elke gemeente leest iemand; in {covered} nemen anderen waar.")


@check("namen van gemeenten", start_may=True)
def doors_lead_somewhere() -> Result:
    """A name of the server that leads to no municipality shows the door of the region, and nobody notices."""
    day, pack = timezone.localdate(), current_release().pack
    known = {each.code for each in towns()}
    known -= {each.id for each in pack.municipalities if not each.valid_on(day)}
    lost = sorted(name for name, code in settings.SLUITEND_DOORS.items() if code not in known)
    if lost:
        return Result(
            "bad",
            f"Deze namen horen bij geen gemeente van nu, en tonen de deur van de regio: {named(lost)}. "
            "Zet in SLUITEND_DOORS de code van de gemeente, of haal de naam weg.",
        )
    return Result("ok", "Elke naam in SLUITEND_DOORS hoort bij een gemeente.")


def _somebody_behind(organisation_id: UUID) -> bool:
    if colleagues(organisation_id, roles=[Role.MANAGER]):
        return True
    with acting(system_actor(organisation_id)):
        return bool(escalation_choice(organisation_id).picket_mail)


@check("bewijs bij rollen", demo_may=True, start_may=True)
def roles_are_given() -> Result:
    """A role that none of our processes wrote works for nobody. That it stands there may be an attack."""
    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Rollen ziet alleen een proces van de werkplek.")
    rows = [row for row in Membership.objects.valid().select_related("account") if not row.given]
    if rows:
        who = named(sorted({row.account.email for row in rows}))
        return Result(
            "bad",
            f"Deze rollen gaf niemand van ons, en ze werken niet: {who}. Zoek uit hoe ze er kwamen. Beëindig "
            "ze, en bied ze opnieuw aan.",
        )
    return Result("ok", "Elke rol die werkt, is door Sluitend gegeven.")
