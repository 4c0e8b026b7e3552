"""Who can be asked something, and on what ground."""

from sluitend.journeys.exchanges.asking import (
    PARTNER_KINDS,
    Addressee,
    AskOffer,
    Kind,
    is_partner,
    usable_bases,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow import terms
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Membership, Organisation, Role
from sluitend.kernel.organisations.reading import towns

ANSWERS_FOR = {
    Organisation.Kind.MUNICIPALITY: (Role.FOCAL_POINT, Role.DEPUTY),
    Organisation.Kind.PARTNER: (Role.PARTNER,),
}
"""Who answers for an organisation of a kind."""


def ask_offer(actor: Actor) -> AskOffer:
    """Return whom this person can ask what: a municipality what others hold, a partner a municipality."""
    release, partner = current_release(), is_partner(actor)
    pack = release.pack
    return AskOffer(
        addressees=_addressees(actor, municipalities_only=partner),
        kinds=tuple(
            Named(each.value, str(each.label)) for each in (PARTNER_KINDS if partner else (Kind.KNOWN,))
        ),
        bases=usable_bases(pack, municipality=not partner),
        purposes=tuple(Named(each.id, shown(each.label)) for each in pack.purposes),
        answer_by=terms.answer_by(None),
        release_number=release.number,
        needs_ground=not partner,
    )


def _addressees(actor: Actor, *, municipalities_only: bool) -> tuple[Addressee, ...]:
    kinds = [Organisation.Kind.MUNICIPALITY]
    if not municipalities_only:
        kinds.append(Organisation.Kind.PARTNER)
    roles = [role for kind in kinds for role in ANSWERS_FOR[kind]]
    members = Membership.objects.at_work().filter(role__in=roles)
    rows = Organisation.objects.filter(kind__in=kinds, pk__in=members.values("organisation_id")).exclude(
        pk=actor.own_organisation
    )
    # Who was only invited reads nothing yet.
    rows = rows.exclude(pk__in=[each.id for each in towns() if not each.reads])
    return tuple(
        Addressee(key, code, name, kind == Organisation.Kind.MUNICIPALITY)
        for key, code, name, kind in rows.order_by("kind", "name").values_list("pk", "code", "name", "kind")
    )
