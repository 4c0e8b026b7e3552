"""What a person agreed to share goes to that organisation; nothing leaves a file in any other way."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.working import OnFile
from sluitend.journeys.care_files.content import Person, Share
from sluitend.journeys.care_files.grounds import ground_of
from sluitend.journeys.care_files.queries.went import Line, went_by
from sluitend.journeys.care_files.saying import contact_in_words
from sluitend.journeys.care_files.words import AgeGroup, Purpose, Standing, Tells
from sluitend.journeys.care_moves import actions as care_moves
from sluitend.journeys.care_shares import actions as care_shares
from sluitend.journeys.care_shares.actions import Part, Sending
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.handbook.care import Shared
from sluitend.kernel.handbook.language import in_dutch, shown
from sluitend.kernel.organisations.queries import organisation_with

ANSWER_TERM = "answer_share"
HOLDS = (Standing.YES, Standing.AGAINST)
"""As long as it stands like this something may go."""
KINDS = {Purpose.SUPPORT: Shared.SUPPORT, Purpose.TASK: Shared.TASK}


def stop_all(it: OnFile, *, holding: Collection[Standing] = HOLDS) -> None:
    """End what other organisations read of a file, by each agreement and each ground that holds today."""
    today = timezone.localdate()
    for each in it.consents.shares:
        if each.standing(today) in holding:
            stop_share(it, each)


def stop_share(it: OnFile, share: Share) -> Line | None:
    """End what goes on elsewhere by one agreement, and return how that stands, where anything went."""
    if share.what == Purpose.MEDIATION:
        shelter.stop_mediation(UUID(share.id), actor=it.actor)
    if not share.sends:
        return None
    stop = care_moves.stop if share.what == Purpose.MOVE else care_shares.stop
    stop(UUID(share.id), actor=it.actor)
    return went_by([share], it.actor).get(share.id)


@in_dutch()
def tell_contact(it: OnFile) -> None:
    """Let whoever was told how to make contact hear that it goes otherwise, by each agreement that holds.

    Who supported the person before another took that on hears nothing new: that one has a file of its own.
    """
    part, today = Part(str(Tells.CONTACT.label), contact_in_words(it.contact)), timezone.localdate()
    holds = [each for each in it.consents.shares if each.sends and each.standing(today) in HOLDS]
    supports = _supports_now(it, holds)
    for each in holds:
        before = supports and each.what == Purpose.SUPPORT and each.to != supports
        if Tells.CONTACT in each.chosen.split() and not before:
            care_shares.tell_contact(UUID(each.id), part, actor=it.actor)


def _supports_now(it: OnFile, holds: Collection[Share]) -> str:
    """Return the code of whoever was the last to take on the support of the person, where anybody did."""
    support = [each for each in holds if each.what == Purpose.SUPPORT]
    lines = went_by(support, it.actor)
    took_on = (each.to for each in reversed(support) if (line := lines.get(each.id)) and line.accepted)
    return next(took_on, "")


def sending_of(it: OnFile, agreed: Share) -> Sending:
    """Return what goes to whom by an agreement."""
    until = date.fromisoformat(agreed.until)
    support = agreed.what == Purpose.SUPPORT
    term = timezone.localtime(due_for(it.pack, ANSWER_TERM)).date()
    before = term if support else date.fromisoformat(agreed.before)
    told = _of_file(it, agreed) if support else iter([Part(_("Naam"), agreed.name)])
    return Sending(
        kind=KINDS[Purpose(agreed.what)],
        to=organisation_with(agreed.to),
        reference=UUID(agreed.id),
        parts=tuple(told),
        answer_by=min(before, until),
        until=until,
        task=agreed.task,
        against=_ground(it, agreed),
        minor=support and it.person.age_group == AgeGroup.MINOR,
    )


def _ground(it: OnFile, agreed: Share) -> str:
    ground = ground_of(it.pack, agreed.ground) if agreed.ground else None
    return shown(ground.label) if ground else ""


def _of_file(it: OnFile, agreed: Share) -> Iterator[Part]:
    chosen = set(agreed.chosen.split())
    for each in Tells:
        if each in chosen and (text := _told(each, it.person, it)):
            yield Part(str(each.label), text)


def _told(part: Tells, person: Person, it: OnFile) -> str:
    match part:
        case Tells.CONTACT:
            return contact_in_words(it.contact)
        case Tells.AGE:
            return str(AgeGroup(person.age_group).label) if person.age_group else ""
        case _:
            return str(getattr(person, part))
