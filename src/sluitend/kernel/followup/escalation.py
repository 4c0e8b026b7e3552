"""What waits longer than agreed climbs: owner, deputy, manager, and then what the municipality itself chose.

It says that something waits, never what. Running it twice does nothing twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.followup.alarms import say_nobody_reads, say_roles_end
from sluitend.kernel.followup.assigning import Owner as Assigned
from sluitend.kernel.followup.assigning import move
from sluitend.kernel.followup.deadlines import END_OF_DAY, is_working_day, working_days_between
from sluitend.kernel.followup.duty import on_call
from sluitend.kernel.followup.handover import reclaim, say_returned
from sluitend.kernel.followup.jobs import PATIENT, after_commit, app, for_each_organisation
from sluitend.kernel.followup.mailing import send_signed, to_each
from sluitend.kernel.followup.models import EscalationChoice, NextStep
from sluitend.kernel.followup.queries import escalation_choice, without_answered
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.manifest import StepKind, step_named
from sluitend.kernel.measures import ESCALATED
from sluitend.kernel.organisations.absence import away_on
from sluitend.kernel.organisations.mail_names import own_name
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.organisations.queries import Colleague, colleagues, mailboxes
from sluitend.kernel.organisations.teams import member_ids, teams

BATCH = 500
"""How many are read at once, and climb in one round at most."""
ACUTE_PAUSE = timedelta(minutes=15)
WITH_PICKET = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.PARTNER)
"""Where somebody can be reached at every hour; nothing at the region hurries so."""
KINDS = (*WITH_PICKET, Organisation.Kind.REGION)


class Rung(IntEnum):
    """How far a step has climbed. The number is the `level` of the step."""

    NONE = 0
    OWNER = 1
    DEPUTY = 2
    MANAGER = 3
    CHOSEN = 4


@dataclass(frozen=True)
class Escalation:
    """What climbed now, as (step, rung), and whom that reached: accounts, or an organisation's mailbox."""

    climbed: tuple[tuple[UUID, Rung], ...] = ()
    reached: frozenset[UUID] = frozenset()


def rung_at(due: datetime, moment: datetime, *, acute: bool) -> Rung:
    """Return how far a step of this date must have climbed by now.

    Args:
        due: until when it stood. For the owner this was counted in own working days already.
        moment: now.
        acute: then a rung lasts fifteen minutes; else one working day of the office.
    """
    if moment <= due:
        return Rung.NONE
    if acute:
        pauses = (moment - due) // ACUTE_PAUSE
    else:
        local_due, local_now = timezone.localtime(due), timezone.localtime(moment)
        pauses = working_days_between(local_due.date(), local_now.date())
        # A day counts when it is over: whoever comes in at nine is not late at five past.
        if pauses and local_now.time() < END_OF_DAY:
            pauses -= 1
    return Rung(min(Rung.OWNER + pauses, Rung.CHOSEN))


@dataclass(frozen=True)
class Desk:
    """Who is at an organisation on a day: whom a step can reach."""

    organisation_id: UUID
    day: date
    people: tuple[Colleague, ...]
    away: Mapping[UUID, UUID | None]
    teams: Mapping[UUID, list[UUID]]
    choice: EscalationChoice
    on_call: frozenset[UUID]

    @classmethod
    def of(cls, organisation_id: UUID, moment: datetime) -> "Desk":
        """Read it. A fixed number of statements."""
        day = timezone.localtime(moment).date()
        own = [each.id for each in teams(organisation_id)]
        return cls(
            organisation_id,
            day,
            tuple(colleagues(organisation_id)),
            away_on(organisation_id, day),
            member_ids(own),
            escalation_choice(organisation_id),
            frozenset(each.account_id for each in on_call(organisation_id, moment)),
        )

    def reached(self, step: NextStep, rung: Rung) -> tuple[Rung, set[UUID]]:
        """Return how far a step climbs and whom that reaches; who is not there is passed over.

        So what waits for somebody who is away, or who left, reaches the deputy at once; and when that one is
        away too, the manager, or the municipality's 24-hour contact. Where everybody is away, they hear it
        all the same; where nobody works, it reaches none of them and `escalate` goes further. What has an
        hour of its own begins at the deputy and who is on call: its owner had until then.
        """
        if rung is Rung.NONE:
            return rung, set()
        ladder = [(each, self._on(each, step)) for each in Rung if each is not Rung.NONE]
        there = [(each, found) for each, ids in ladder if (found := self._there(ids, acute=step.urgent))]
        if not any(ids - {self.organisation_id} for _each, ids in there):
            there = [(each, ids) for each, ids in ladder if ids]
        if not there:
            return rung, set()
        if step.urgent and step_named(step.what).on_call:
            there = [each for each in there if each[0] >= Rung.DEPUTY] or there
        return there[min(rung, len(there)) - 1]

    def at_work(self, step: NextStep) -> UUID | None:
        """Return one person who can take a step now and works with cases, or None."""
        for people in (self._owners(step), self._standing_in(step)):
            found = self._there(people, acute=True)
            if found:
                return step.owner_id if step.owner_id in found else min(found)
        return None

    def _on(self, rung: Rung, step: NextStep) -> set[UUID]:
        """Return who stands on a rung for this step."""
        if rung is Rung.OWNER:
            return self._owners(step)
        if rung is Rung.DEPUTY:
            return self._standing_in(step) | (self.on_call if step.urgent else frozenset())
        if rung is Rung.MANAGER:
            return self._with(Role.MANAGER)
        return self._chosen(acute=step.urgent)

    def _standing_in(self, step: NextStep) -> set[UUID]:
        """Return who stands in for the owner; of a role at a partner, the deputies of who is away there."""
        named = self.away.get(step.owner_id) if step.owner_id else None
        if named and any(each.account_id == named for each in self.people):  # they accept it first
            return {named}
        if step.owner_role == Role.PARTNER:
            return self._with(Role.PARTNER) & {each for each in self.away.values() if each}
        return self._with(Role.DEPUTY, Role.FOCAL_POINT)

    def _chosen(self, *, acute: bool) -> set[UUID]:
        """Return whom the municipality chose: by default the manager again, who hears it in any case."""
        picket = {self.choice.id} if acute and self.choice.picket_mail else set()
        if self.choice.escalates_to == EscalationChoice.To.MAILBOX:
            return picket | {self.organisation_id}
        return picket | self._with(Role.MANAGER)

    def _owners(self, step: NextStep) -> set[UUID]:
        if step.owner_id:
            return {each.account_id for each in self.people if each.account_id == step.owner_id}
        if step.team_id:
            here = {each.account_id for each in self.people}
            return here.intersection(self.teams.get(step.team_id, []))
        return self._with(Role(step.owner_role))

    def _with(self, *roles: Role) -> set[UUID]:
        return {each.account_id for each in self.people if each.role in roles}

    def _there(self, ids: set[UUID], *, acute: bool) -> set[UUID]:
        """Return who of these is there. What is acute waits for nobody's next working day."""
        days = {each.account_id: each.work_days for each in self.people}
        return {
            each
            for each in ids
            if each not in days  # a mailbox, or the 24-hour contact
            or (
                each not in self.away
                and (not acute or each in self.on_call or is_working_day(self.day, days[each]))
            )
        }


def give_to_somebody_there(subject_id: UUID, what: StepKind, actor: Actor) -> bool:
    """Give the open step of a kind to one person who is there now: who has it, else a focal point or deputy.

    Returns:
        Whether there is somebody, or nothing to give. Else it stays everybody's, and climbs.
    """
    step = NextStep.objects.filter(
        organisation_id=_organisation(actor), subject_id=subject_id, what=what, done__isnull=True
    ).first()
    if step is None:
        return True
    there = Desk.of(_organisation(actor), timezone.now()).at_work(step)
    if there is None:
        return False
    move(NextStep.objects.filter(pk=step.pk, done__isnull=True), Assigned(account_id=there))
    return True


def escalate(actor: Actor, moment: datetime | None = None) -> Escalation:
    """Let every step of the actor's organisation climb as far as it must.

    What somebody who left still had by name is everybody's again first. What reaches nobody here is told to
    the administrators who look after this organisation: that it waits, never what.

    Returns:
        What climbed and whom that reached; nothing when it runs again at once. The mail is queued with it.
    """
    now = moment or timezone.now()
    reached = say_roles_end(actor)
    for account_id in reclaim(actor):
        reached |= say_returned(account_id, actor)
    desk = Desk.of(_organisation(actor), now)
    climbed: list[tuple[UUID, Rung]] = []
    unheard = False
    for step, rung, people in _climbing(desk, now):
        if len(climbed) == BATCH:
            break
        with fenced():
            if _climb(step, rung):
                _note(actor, step, rung)
                climbed.append((step.id, rung))
                reached.update(people)
                unheard = unheard or not people or not desk.people
    if unheard:
        reached.update(say_nobody_reads(actor))
    if reached:
        after_commit(tell, *sorted(reached - {desk.choice.id}))
    if desk.choice.id in reached:
        after_commit(ring, desk.organisation_id)
    return Escalation(tuple(climbed), frozenset(reached))


def _organisation(actor: Actor) -> UUID:
    assert actor.organisation_id is not None  # noqa: S101  (jobs act for one organisation)
    return actor.organisation_id


def _climbing(desk: Desk, now: datetime) -> Iterator[tuple[NextStep, Rung, set[UUID]]]:
    """Yield what must climb, how far, and whom that reaches.

    Where nobody stands on the last rungs a step goes no further and stays among these: all of them are looked
    at, so that it is in the way of none.
    """
    for step in _late(desk.organisation_id, now):
        rung = Rung.NONE
        with fenced(writes=False):
            rung, people = desk.reached(step, rung_at(step.due, now, acute=step.urgent))
        if rung > step.level:
            yield step, rung, people


def _late(organisation_id: UUID, now: datetime) -> Iterator[NextStep]:
    """Yield what waits longer than agreed and is not at the end: the urgent first, then the longest."""
    late = without_answered(
        NextStep.objects.filter(
            organisation_id=organisation_id, done__isnull=True, due__lt=now, level__lt=Rung.CHOSEN
        )
    ).order_by("due", "id")
    for urgent in (True, False):
        batch = list(late.filter(urgent=urgent)[:BATCH])
        while batch:
            yield from batch
            last = batch[-1]
            later = Q(due__gt=last.due) | Q(due=last.due, id__gt=last.id)
            batch = list(late.filter(later, urgent=urgent, due__gte=last.due)[:BATCH])


def _climb(step: NextStep, rung: Rung) -> bool:
    # Compare and set: whoever finishes the step, or another worker, may be first.
    return bool(NextStep.objects.filter(pk=step.pk, level=step.level, done__isnull=True).update(level=rung))


def _note(actor: Actor, step: NextStep, rung: Rung) -> None:
    record(
        actor=actor,
        action="step.escalated",
        subject=(step.subject_kind, step.subject_id),
        activity="opvolging",
        purpose=rung.name.lower(),
    )


@app.task(name="followup.tell", queue="mail", retry=PATIENT)
def tell(ids: list[str]) -> None:
    """Mail each of these that something waits: one mail, however many steps reached them.

    Args:
        ids: of accounts, or of organisations for their mailbox.
    """
    to_each(mailboxes([UUID(each) for each in ids]), send_neutral)


@app.task(name="followup.ring", queue="mail", retry=PATIENT)
def ring(ids: list[str]) -> None:
    """Mail the 24-hour contact of these organisations that something waits."""
    for each in ids:
        with acting(system_actor(UUID(each))):
            address, name = escalation_choice(UUID(each)).picket_mail, own_name(UUID(each))
        if address:
            send_neutral(address, name=name)


def send_neutral(address: str, path: str = "/werk/", *, sender: str = "", name: str | None = None) -> None:
    """Send a mail that says that something waits, with one link and who it is from, and nothing else.

    Who has no account is a third party: the sender stands in the text for them, and in no header, where each
    server on the way could keep a list of which municipality wrote to which partner.

    Args:
        address: whereto.
        path: where the link leads; the desk when left out.
        sender: the municipality that made it ready, for who has no account and knows no Sluitend.
        name: of the organisation from which it comes; that of the reader when left out, and empty for none.
    """
    with override("nl"):
        text = _("Er staat iets voor u klaar.")
        if sender:
            said = _("Van: %(name)s. Twijfelt u? Bel die op een nummer dat u al had, voor u de link opent.")
            text += f"\n\n{said % {'name': sender}}"
        text += f"\n\n{settings.SLUITEND_ADDRESS.rstrip('/')}{path}"
        send_signed(_("Er staat iets voor u klaar"), text, address, name=name)


def escalate_all() -> int:
    """Do so for every organisation, each in a transaction of its own, and return how many steps climbed."""
    climbed = sum(
        for_each_organisation("followup.escalate", lambda actor: len(escalate(actor).climbed), kinds=KINDS)
    )
    ESCALATED.inc(climbed)
    return climbed
