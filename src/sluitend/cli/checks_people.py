"""Checks of who is there: in each municipality somebody reads a report, also when others are away."""

from uuid import UUID

from django.conf import settings

from sluitend.cli.checks import Result, check, named
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.queries import escalation_choice
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
