"""What the region keeps of help that was agreed: recorded, changed, counted, ended; and its clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.assurance import jobs
from sluitend.journeys.assurance.agreed import HALF_YEAR, Agreed, Wanted, next_step
from sluitend.journeys.assurance.journey import ASSURED, ASSURED_KEEP
from sluitend.journeys.assurance.models import Assured, AssuredPlaces, AssuredTerms
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.decisions import require, require_role
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.followup.actions import finish, plan, settle
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.sealing.receipts import human_code

MOST_PLACES = 10_000
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


def record_assured(*, kind: str, area: str, agreed: Agreed, actor: Actor) -> str:
    """Record that help of a kind is there in a part of the region, and return its code.

    Raises:
        DomainError: the handbook has no such help there, or what was agreed cannot be so.
    """
    require_role(actor, ASSURED_KEEP)
    pack = current_release().pack
    offer = pack.care_offers.get(kind)
    if offer is None:
        raise DomainError(_("Kies een soort hulp."), "kind")
    if area not in offer.areas:
        raise DomainError(_("Deze hulp is er daar niet volgens het handboek. Kies een ander deel."), "area")
    _require_possible(agreed, pack)
    return with_free_code(lambda: _begun(kind, area, agreed, actor), constraint="code")


def change_assured(*, code: str, agreed: Agreed, seen: int, actor: Actor) -> None:
    """Note what was agreed since. What was agreed before stays, as history.

    Args:
        seen: number of the terms that the page showed.

    Raises:
        Absent: the actor's organisation has none of this code.
        Conflict: somebody else changed or ended it in the meantime.
    """
    with _working(code, actor, "terms") as row:
        _require_possible(agreed, current_release().pack)
        number, today = _last(row).number, timezone.localdate()
        if number != seen:
            raise Conflict
        _note_terms(row, agreed, number + 1, today)
        _plan(row, next_step(agreed.ends, bool(agreed.decision), today, today), actor, today)
        after_commit(jobs.tell_of_losses, row.id)


def count_places(*, code: str, number: int, day: date, actor: Actor) -> None:
    """Note how many places the provider had on a day.

    Raises:
        Absent: the actor's organisation has none of this code.
        Conflict: it has ended.
    """
    with _working(code, actor, "places") as row:
        if not 0 <= number <= MOST_PLACES:
            raise DomainError(_("Schrijf een aantal van 0 tot 10000."), "number")
        if not FIRST <= day <= timezone.localdate():
            raise DomainError(_("Kies de dag van de telling: vandaag of eerder."), "day")
        AssuredPlaces.objects.create(
            organisation_id=row.organisation_id, assured=row, day=day, number=number, noted=timezone.now()
        )


def end_assured(*, code: str, actor: Actor) -> None:
    """Say that this help is no longer there. What was agreed can still be read.

    Raises:
        Absent: the actor's organisation has none of this code.
        Conflict: it has ended.
    """
    with _working(code, actor, "end") as row:
        finish(row=row, actor=actor)
        row.save(update_fields=["current_step", "closed"])
        after_commit(jobs.tell_of_losses, row.id)


def remind_of_ends(actor: Actor, today: date | None = None) -> int:
    """Let each agreement of the region have the step that its end asks for; done twice does nothing twice.

    What nobody did anything about for half a year is asked again.

    Returns:
        How many got another step.
    """
    day = today or timezone.localdate()
    rows = Assured.objects.filter(organisation_id=actor.own_organisation, closed__isnull=True)
    changed = 0
    for row in rows.select_related("current_step").order_by("id"):
        last = _last(row)
        wanted = next_step(last.ends, bool(last.decision), last.noted, day)
        if not _stands(row, wanted, day):
            with fenced():
                changed += _go_on(row, wanted, actor, day)
    return changed


def _stands(row: Assured, wanted: Wanted, day: date) -> bool:
    step = row.current_step
    return step is not None and step.what == wanted.what and timezone.localdate(step.due) + HALF_YEAR > day


def _go_on(row: Assured, wanted: Wanted, actor: Actor, day: date) -> bool:
    same = Assured.objects.filter(pk=row.pk, closed__isnull=True, current_step=row.current_step_id)
    locked = same.select_for_update(of=("self",)).first()
    if locked is None:
        return False  # somebody was first: the next round looks again
    _plan(locked, wanted, actor, day)
    record(actor=actor, action="assured.step", subject=(ASSURED, row.id), activity=Assured.ACTIVITY)
    settle()
    return True


def _begun(kind: str, area: str, agreed: Agreed, actor: Actor) -> str:
    row = Assured(organisation_id=actor.own_organisation, code=human_code("B"), kind=kind, area=area)
    today = timezone.localdate()
    _set_step(row, next_step(agreed.ends, bool(agreed.decision), today, today), actor, today)
    row.save(force_insert=True)
    _note_terms(row, agreed, 1, today)
    _record(row, actor, "begin")
    settle()
    return row.code


@contextmanager
def _working(code: str, actor: Actor, purpose: str) -> Iterator[Assured]:
    require_role(actor, ASSURED_KEEP)
    own = Assured.objects.filter(organisation_id=actor.own_organisation, code=code)
    row = own.select_for_update(of=("self",)).first()
    if row is None:
        raise Absent
    require(actor, ASSURED_KEEP, row.resource())
    if row.closed:
        raise Conflict
    yield row
    _record(row, actor, purpose)
    settle()


def _last(row: Assured) -> AssuredTerms:
    return row.terms.latest("number")


def _note_terms(row: Assured, agreed: Agreed, number: int, today: date) -> None:
    AssuredTerms.objects.create(
        organisation_id=row.organisation_id, assured=row, number=number, noted=today, **asdict(agreed)
    )


def _plan(row: Assured, wanted: Wanted, actor: Actor, today: date) -> None:
    _set_step(row, wanted, actor, today)
    row.save(update_fields=["current_step"])


def _set_step(row: Assured, wanted: Wanted, actor: Actor, today: date) -> None:
    # What should have been asked before this was known is asked today: nobody is late by what they note.
    plan(
        row=row,
        subject_kind=ASSURED,
        what=wanted.what,
        due=end_of(max(wanted.day, today)),
        actor=actor,
        owner_role=Role.REGIONAL_COORDINATOR,
        waits_on_other=wanted.what.waits,
    )


def _record(row: Assured, actor: Actor, purpose: str) -> None:
    record(
        actor=actor,
        action=ASSURED_KEEP,
        subject=(ASSURED, row.id),
        activity=Assured.ACTIVITY,
        purpose=purpose,
    )


def _require_possible(agreed: Agreed, pack: Pack) -> None:
    if agreed.partner and agreed.partner not in pack.partners:
        raise DomainError(_("Kies een organisatie uit de lijst."), "partner")
    if not agreed.partner and not agreed.provider.strip():
        raise DomainError(_("Kies een organisatie, of schrijf een naam."), "partner")
    if agreed.decision not in AssuredTerms.Decision.values:
        raise DomainError(_("Kies een besluit."), "decision")
    for name, day in (("begins", agreed.begins), ("ends", agreed.ends)):
        if day is not None and not FIRST <= day <= LAST:
            raise DomainError(_("Deze dag kan niet. Kies een andere."), name)
    if agreed.begins and agreed.ends and agreed.ends < agreed.begins:
        raise DomainError(_("De laatste dag ligt voor de eerste. Draai ze om."), "ends")
