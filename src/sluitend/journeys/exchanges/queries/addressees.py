"""Who can be asked something."""

from collections.abc import Iterable

from django.utils import timezone

from sluitend.journeys.exchanges.asking import PARTNER_KINDS, Addressee, AskOffer
from sluitend.journeys.exchanges.models import Request
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow import terms
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.inquiries import MUNICIPALITY
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.territory import Municipality
from sluitend.kernel.organisations.models import Membership, Organisation, Role
from sluitend.kernel.organisations.queries import code_of
from sluitend.kernel.organisations.reading import towns

ANSWERS_FOR = {
    Organisation.Kind.MUNICIPALITY: (Role.FOCAL_POINT, Role.DEPUTY),
    Organisation.Kind.PARTNER: (Role.PARTNER,),
}
"""Who answers for an organisation of a kind."""


def ask_offer(actor: Actor) -> AskOffer:
    """Return what a partner can ask of which municipality."""
    release = current_release()
    return AskOffer(
        addressees=addressees(actor, (Organisation.Kind.MUNICIPALITY,), release.pack),
        kinds=tuple(Named(each.value, str(each.label)) for each in PARTNER_KINDS),
        answer_by=terms.answer_by(None),
        release_number=release.number,
    )


def addressees(actor: Actor, kinds: Iterable[Organisation.Kind], pack: Pack) -> tuple[Addressee, ...]:
    """Return the other organisations of these kinds where somebody reads, municipalities first."""
    kinds = list(kinds)
    roles = [role for kind in kinds for role in ANSWERS_FOR[kind]]
    members = Membership.objects.at_work().filter(role__in=roles)
    rows = Organisation.objects.filter(kind__in=kinds, pk__in=members.values("organisation_id")).exclude(
        pk=actor.own_organisation
    )
    # Who was only invited reads nothing yet.
    rows = rows.exclude(pk__in=[each.id for each in towns() if not each.reads])
    here = pack.municipalities.get(code_of(actor.own_organisation))
    return tuple(
        Addressee(each.id, each.code, each.name, _kind(each, pack, here))
        for each in rows.order_by("kind", "name")
    )


def asked_of(row: Request) -> Addressee:
    """Return who was asked."""
    asked = Organisation.objects.get(pk=row.other)
    return Addressee(asked.id, asked.code, asked.name, "")


def _kind(row: Organisation, pack: Pack, here: Municipality | None) -> str:
    """Return what somebody is; nothing for a partner that does not work where is asked from, or no more."""
    if row.kind == Organisation.Kind.MUNICIPALITY:
        return MUNICIPALITY
    partner = pack.partners.get(row.partner_key)
    able = partner and partner.valid_on(timezone.localdate())
    return partner.kind if partner and able and partner.covers(here.subregion if here else None) else ""
