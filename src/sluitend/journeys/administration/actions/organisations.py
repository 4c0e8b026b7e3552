"""The directory: organisations that come, and what is said of each."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sluitend.journeys.administration.journey import ACTIVITY, ORGANISATION_MANAGE
from sluitend.journeys.administration.queries.people import keeps, manages_all
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation, Subregion


@dataclass(frozen=True)
class NewOrganisation:
    """What is filled in of a new organisation."""

    code: str
    name: str
    kind: str
    partner_key: str
    mail: str
    telephone: str
    subregion_ids: tuple[UUID, ...]


def add_organisation(new: NewOrganisation, actor: Actor) -> UUID:
    """Add an organisation. Only an administrator of the region or the platform may.

    Its keys are made by `sluitend keys`.
    """
    require_role(actor, ORGANISATION_MANAGE)
    if not manages_all(actor):
        raise Absent
    try:
        with transaction.atomic():
            row = Organisation.objects.create(
                code=new.code,
                name=new.name,
                kind=new.kind,
                partner_key=new.partner_key,
                mail=new.mail,
                telephone=new.telephone,
            )
    except IntegrityError as error:
        raise DomainError(_("Er is al een organisatie met deze code."), "code") from error
    row.subregions.set(Subregion.objects.filter(pk__in=new.subregion_ids))
    _note(actor, "organisation.added", row.id)
    return row.id


def change_organisation(organisation_id: UUID, *, name: str, mail: str, telephone: str, actor: Actor) -> None:
    """Change what the directory says of an organisation. Code and kind stay: keys and cases hang on them."""
    require_role(actor, ORGANISATION_MANAGE)
    if not keeps(organisation_id, actor):
        raise Absent
    Organisation.objects.filter(pk=organisation_id).update(name=name, mail=mail, telephone=telephone)
    _note(actor, "organisation.changed", organisation_id)


def _note(actor: Actor, action: str, organisation_id: UUID) -> None:
    record(actor=actor, action=action, subject=("organisation", organisation_id), activity=ACTIVITY)
