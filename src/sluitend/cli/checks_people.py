"""Checks of who is there: in each municipality somebody reads a report, also when others are away."""

from django.conf import settings
from django.utils import timezone

from sluitend.cli.checks import Result, check, named
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.queries import climbing_of
from sluitend.kernel.organisations.absence import pools
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.organisations.queries import OrganisationView, colleagues, organisations


@check("wie er is", demo_may=True, start_may=True)
def somebody_reads() -> Result:
    """Each municipality has a focal point, a deputy or a pool, and a manager or a 24-hour contact."""
    if settings.SLUITEND_PUBLIC_ONLY:
        return Result("ok", "Wie er is, ziet alleen een proces van de werkplek.")
    without, lacking = [], []
    for each in organisations(kinds=[Organisation.Kind.MUNICIPALITY]):
        people = colleagues(each.id)
        if not people:
            without.append(each.name)
        elif missing := _missing(each, {person.role for person in people}):
            lacking.append(f"{each.name} ({missing})")
    if lacking:
        return Result("bad", f"Hier kan een melding blijven liggen: {named(lacking)}.")
    if without:
        return Result("warn", f"{len(without)} gemeenten hebben nog niemand: {named(without)}.")
    return Result("ok", "Elke gemeente heeft iemand die leest, een vervanger en iemand daarachter.")


def _missing(organisation: OrganisationView, roles: set[Role]) -> str:
    today = timezone.localdate()
    pool = any(
        each.own_agreed and each.since <= today <= each.until and len(each.agreed) > 1
        for each in pools(organisation.id)
    )
    with acting(system_actor(organisation.id)):
        picket = climbing_of(organisation.id).picket_mail
    lacking = {
        "aandachtsfunctionaris": Role.FOCAL_POINT in roles,
        "vervanger": Role.DEPUTY in roles or pool,
        "leidinggevende of piket": Role.MANAGER in roles or bool(picket),
    }
    return ", ".join(name for name, there in lacking.items() if not there)
