"""To whom something can be shared, and for what."""

from collections.abc import Iterator
from dataclasses import dataclass

from sluitend.journeys.care_files.content import SHARE_ONE
from sluitend.journeys.care_files.journey import CARE_FILE_READ
from sluitend.journeys.care_files.queries.asking import AskPage, ask_page
from sluitend.journeys.care_files.queries.reading import opened
from sluitend.journeys.care_files.queries.supporting import support_of
from sluitend.journeys.care_files.words import Purpose
from sluitend.journeys.care_shares import queries as shared
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.models import Membership, Organisation, Role

READS = {
    Purpose.SUPPORT: (Organisation.Kind.PARTNER, (Role.PARTNER,)),
    Purpose.MOVE: (Organisation.Kind.PARTNER, (Role.PARTNER,)),
    Purpose.TASK: (Organisation.Kind.MUNICIPALITY, (Role.FOCAL_POINT, Role.DEPUTY)),
}
"""Which organisations can receive it, and who reads there."""


@dataclass(frozen=True)
class ShareOffer:
    """What can be agreed to for one purpose."""

    page: AskPage
    purpose: Purpose
    recipients: tuple[tuple[str, str], ...]
    proposed: str
    tasks: tuple[tuple[str, str], ...]
    whole: bool
    """Whether there is more than thin mode keeps."""
    age: bool
    """Whether somebody under 18 was born on a day that is known here, or their age was guessed."""


def share_offer(code: str, purpose: Purpose, actor: Actor) -> ShareOffer:
    """Return what the person can be asked to agree to, for one purpose.

    Raises:
        Absent: there is no such file here, it is closed, or nobody can receive it.
    """
    page = ask_page(code, SHARE_ONE, actor)
    pack, found = page.pack, opened(code, actor, CARE_FILE_READ, purpose="share")
    offered = tuple(recipients(purpose, pack, actor))
    if not offered:
        raise Absent
    support = support_of(found.person, pack, actor)
    mediator = pack.mediator.id if pack.mediator and purpose is Purpose.MEDIATION else ""
    tasks = tuple((each.id, shown(each.label)) for each in pack.town_tasks)
    stops = {each.to for each in found.consents.shares if each.stops}
    named = support.code if support and support.code not in stops else ""
    proposed = named if purpose is Purpose.SUPPORT else mediator
    kept = {"whole": bool(found.whole.rows), "age": found.course.age is not None}
    return ShareOffer(page, purpose, offered, proposed, tasks, **kept)


def reads(purpose: Purpose, code: str) -> bool:
    """Return whether somebody is there now who reads what is shared for a purpose with an organisation."""
    kind, roles = READS[purpose]
    there = Membership.objects.at_work().filter(role__in=roles)
    return there.filter(organisation__kind=kind, organisation__code=code).exists()


def works_here(code: str) -> bool:
    """Return whether anybody works at an organisation, in whatever role: else it is connected no more."""
    return Membership.objects.at_work().filter(organisation__code=code).exists()


def supporters(actor: Actor) -> set[str]:
    """Return the codes of the organisations with which something of a person is shared to support them."""
    return shared.supported_by(actor)


def recipients(purpose: Purpose, pack: Pack, actor: Actor) -> Iterator[tuple[str, str]]:
    """Yield who can receive something for a purpose: code and name."""
    if purpose is Purpose.MEDIATION:
        # Whoever mediates is called, or gets a form: they need not work here.
        if pack.mediator:
            yield pack.mediator.id, shown(pack.mediator.label)
        return
    kind, roles = READS[purpose]
    members = Membership.objects.at_work().filter(role__in=roles)
    there = Organisation.objects.filter(kind=kind, pk__in=members.values("organisation_id"))
    form = pack.request
    wanted = {form.support_work, form.work} if purpose is Purpose.MOVE else {form.support_work}
    support = {each.id for each in pack.partners if any(work.group in wanted for work in each.works)}
    for each in there.exclude(pk=actor.own_organisation).order_by("name"):
        if purpose is Purpose.TASK or each.partner_key in support:
            yield each.code, each.name
