"""How the pages for everybody look and whose they are: one offers a version, another makes it public."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.administration.house_words import WITH_DOOR, NewStyle, faults
from sluitend.journeys.administration.journey import (
    ACTIVITY,
    HOUSE_STYLE_DROP,
    HOUSE_STYLE_OFFER,
    HOUSE_STYLE_PUBLISH,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import Permission
from sluitend.kernel.organisations.models import HouseStyle
from sluitend.kernel.sealing import pixels
from sluitend.kernel.sealing.filetypes import JPEG, PNG, WEBP, sniff

MARK_SIDE = 160
"""Twice as many pixels as it is shown with."""
MOST_TYPED = 5 * 1024 * 1024


def offer_style(new: NewStyle, actor: Actor, *, mark: bytes | None = None, keeps: UUID | None = None) -> UUID:
    """Set a version ready for a second person, in the place of one that was not looked at yet.

    Args:
        new: its words and colours.
        actor: whose organisation it is of.
        mark: a picture of a stranger; what is kept are pixels that we drew.
        keeps: the version of which the mark stays, where no other is given.
    """
    require_role(actor, HOUSE_STYLE_OFFER)
    _has_door(actor)
    for fault in faults(new, current_release().pack):
        raise fault
    own = HouseStyle.objects.filter(organisation_id=actor.own_organisation)
    kept = own.filter(pk=keeps).values_list("mark", flat=True).first() if keeps and not mark else None
    drawn = _pixels(mark) if mark else kept
    own.filter(published__isnull=True).delete()
    row = HouseStyle.objects.create(
        organisation_id=actor.own_organisation,
        name=new.name,
        question=new.question,
        about=new.about,
        contact=new.contact,
        privacy=new.privacy,
        site=new.site,
        colours=str(new.palette or ""),
        mark=drawn,
        made_by_id=actor.own_account,
    )
    _note(actor, HOUSE_STYLE_OFFER, row.id)
    return row.id


def publish_style(style_id: UUID, actor: Actor) -> None:
    """Make public what somebody else offered."""
    require_role(actor, HOUSE_STYLE_PUBLISH)
    row = _offered(style_id, actor)
    if row.made_by_id == actor.own_account:
        raise DomainError(_("U maakte dit zelf. Een ander moet ernaar kijken."))
    row.published, row.published_by_id = timezone.now(), actor.own_account
    row.save(update_fields=["published", "published_by"])
    _note(actor, HOUSE_STYLE_PUBLISH, row.id)


def drop_style(style_id: UUID, actor: Actor) -> None:
    """Take back what one offered, or send back what somebody else did: what was public stays."""
    require_role(actor, HOUSE_STYLE_DROP)
    row = _offered(style_id, actor)
    _note(actor, HOUSE_STYLE_DROP, row.id)
    row.delete()


def _offered(style_id: UUID, actor: Actor) -> HouseStyle:
    _has_door(actor)
    own = HouseStyle.objects.select_for_update(of=("self",)).defer("mark")
    row = own.filter(pk=style_id, organisation_id=actor.own_organisation, published__isnull=True).first()
    if row is None:
        raise Conflict
    return row


def _has_door(actor: Actor) -> None:
    if actor.organisation_kind not in WITH_DOOR:
        raise Absent


def _pixels(content: bytes) -> bytes:
    kind = sniff(content)
    if kind not in (JPEG, PNG, WEBP) or len(content) > MOST_TYPED:
        raise DomainError(_("Dit is geen plaatje dat wij tonen. Kies een PNG of JPEG tot 5 MB."), "mark")
    try:
        return pixels.thumbnail(content, kind.media_type, side=MARK_SIDE)
    except pixels.NotDrawn as error:
        raise DomainError(_("Dit plaatje kunnen wij niet lezen. Kies een ander."), "mark") from error


def _note(actor: Actor, action: Permission, style_id: UUID) -> None:
    record(actor=actor, action=action, subject=("house_style", style_id), activity=ACTIVITY)
