"""Who may do what here: an administrator offers a role, somebody else confirms it, and the person accepts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import closing, grants
from sluitend.journeys.administration.actions.grants import Clash, NotAllowed
from sluitend.journeys.administration.jobs import tell_former
from sluitend.journeys.administration.journey import (
    ACCOUNT_MANAGE,
    ACTIVITY,
    ROLE_ANSWER,
    ROLE_CONFIRM,
    ROLE_LIST,
)
from sluitend.journeys.administration.queries import roles as queries
from sluitend.journeys.administration.queries.people import ROLES_BY_KIND, keeps, seen
from sluitend.journeys.administration.queries.roles import Confirmer
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, barred
from sluitend.kernel.followup.actions import add_for_other, finish_open
from sluitend.kernel.followup.deadlines import due_in, end_of
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.handover import returned
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.followup.journey import CONFIRM_ROLE, GIVEN_ROLE, WORK_RETURNED
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations import queries as organisations
from sluitend.kernel.organisations.models import NEEDS_SECOND, Membership, Organisation, Role

DAYS_TO_CONFIRM = 3
ASKED_FIRST = (Role.PRIVACY_OFFICER, Role.MANAGER, Role.FOCAL_POINT, Role.ADMINISTRATOR)
"""Who hears first that a role waits. An administrator is one of the region: for an organisation's first."""


@dataclass(frozen=True)
class NewRole:
    """A role for somebody."""

    organisation_id: UUID
    role: Role
    until: date | None


def add_role(account_id: UUID, new: NewRole, actor: Actor) -> None:
    """Offer somebody another role here."""
    require_role(actor, ACCOUNT_MANAGE)
    check_role(new, actor)
    seen(account_id, actor)
    offer(account_id, new, actor)


def check_role(new: NewRole, actor: Actor) -> None:
    """Refuse a role that is not for this administrator to offer.

    Of the own organisation every role; of another its first administrator, for the region alone."""
    elsewhere = new.organisation_id != actor.organisation_id
    if elsewhere and (new.role != Role.ADMINISTRATOR or not keeps(new.organisation_id, actor)):
        raise Absent
    organisation = organisations.organisation(new.organisation_id)
    if organisation is None or new.role not in ROLES_BY_KIND[Organisation.Kind(organisation.kind)]:
        raise DomainError(_("Deze rol past niet bij deze organisatie."), "role")


def offer(account_id: UUID, new: NewRole, actor: Actor) -> None:
    """Offer somebody a role. Whoever must confirm it gets a step and a mail; without them nothing is done.

    Raises:
        DomainError: it is not for this administrator to give, or nobody can confirm it.
    """
    if account_id == actor.account_id:
        raise barred(_("U kunt uzelf geen rol geven. Vraag een andere beheerder."), "role")
    running = _running(account_id, new)
    try:
        with transaction.atomic():
            if running:
                membership_id = running.pk
                grants.longer(membership_id, until=new.until, by=actor.own_account)
            else:
                membership_id = grants.offer(
                    account_id,
                    organisation_id=new.organisation_id,
                    role=new.role,
                    until=new.until,
                    by=actor.own_account,
                )
            if new.role in NEEDS_SECOND:
                _ask_second(membership_id, actor)
    except NotAllowed as error:
        raise DomainError(_("Deze rol kan alleen die organisatie zelf geven."), "role") from error
    except Clash as error:
        raise DomainError(
            _(
                "Deze rol en een andere rol van deze persoon gaan niet samen. Wie mensen binnenlaat leest "
                "niet mee, en wie nakijkt doet zelf geen casussen."
            ),
            "role",
        ) from error
    _note(actor, "account.role_offered", account_id, new.role, new.organisation_id)


def _running(account_id: UUID, new: NewRole) -> Membership | None:
    """Return the role that works and is offered for longer; None where it is offered first, or anew.

    Raises:
        DomainError: it works for as long already.
    """
    held = Membership.objects.unended().filter(account_id=account_id, role=new.role)
    rows = list(held.filter(organisation_id=new.organisation_id, agreement__isnull=True))
    if any(row.until is None or not row.given for row in rows):
        raise DomainError(_("Deze rol is er al."), "role")
    # Offered anew it would wait again for a second person: nobody loses a role that way.
    works = (row for row in rows if new.role in NEEDS_SECOND and row.confirmed_by and row.accepted_on)
    running = next(works, None)
    if running and running.until and new.until and new.until <= running.until:
        raise DomainError(
            _("Deze rol geldt al tot en met %(day)s. Kies een latere dag, of beëindig de rol.")
            % {"day": date_format(running.until, "j F Y")},
            "until",
        )
    return running


def _ask_second(membership_id: UUID, actor: Actor) -> None:
    row = Membership.objects.get(pk=membership_id)
    who = queries.confirmers(membership_id)
    if not who:
        raise DomainError(
            _(
                "Wie deze rol konden bevestigen, zijn er niet meer. Bied morgen eerst de rol van "
                "leidinggevende of privacyfunctionaris aan. De regio kan die na een week bevestigen."
            )
            if queries.former([row.organisation_id])
            else _(
                "Er is nog niemand die deze rol kan bevestigen. Bied eerst de rol van leidinggevende of "
                "privacyfunctionaris aan."
            ),
            "role",
        )
    finish_open(subject_id=row.id, actor=actor, what=CONFIRM_ROLE)
    may_from = queries.confirm_from(row.id)
    if row.longer_on and row.until and may_from > row.until:
        raise DomainError(
            _(
                "Deze rol geldt nog. Bied hem aan op de dag nadat hij ophoudt: dan bevestigt een tweede "
                "mens hem opnieuw. Is er niemand anders? Geef de rol dan eerst aan een collega."
            ),
            "role",
        )
    wait = (may_from - timezone.localdate()).days
    due = due_in(days=DAYS_TO_CONFIRM + wait)
    if row.longer_on and row.until:  # after that day there is nothing left to make longer
        due = min(due, end_of(row.until))
    if wait:
        after_commit(tell_former, row.id)
    for organisation_id in {each.organisation_id for each in who}:
        asked = _first_asked([each for each in who if each.organisation_id == organisation_id])
        add_for_other(
            row=row,
            subject_kind=GIVEN_ROLE,
            what=CONFIRM_ROLE,
            due=due,
            actor=actor,
            organisation_id=organisation_id,
            owner_role=asked[0],
        )
        after_commit(tell, *sorted(asked[1]))


def _first_asked(who: list[Confirmer]) -> tuple[Role, set[UUID]]:
    asked = {
        "organisation_id": who[0].organisation_id,
        "account_id__in": [each.account_id for each in who],
        "role__in": ASKED_FIRST,
    }
    # Who never signed in is asked only where there is nobody else.
    held = Membership.objects.at_work().filter(**asked) or Membership.objects.valid().filter(**asked)
    by_role: dict[str, set[UUID]] = {}
    for row in held:
        by_role.setdefault(row.role, set()).add(row.account_id)
    return next((role, by_role[role]) for role in ASKED_FIRST if role in by_role)


def end_role(account_id: UUID, membership_id: UUID, *, until: date | None, actor: Actor) -> None:
    """Let a role end after a day; without one it ends now, and work in hand goes back to the queue."""
    require_role(actor, ACCOUNT_MANAGE)
    person = seen(account_id, actor)
    if account_id == actor.account_id:
        raise barred(_("U kunt uw eigen rol niet beëindigen. Vraag een andere beheerder."))
    if membership_id not in [each.id for each in person.memberships]:
        raise Absent
    row = Membership.objects.get(pk=membership_id)
    try:
        with transaction.atomic():
            if until is None and closing.leaves_work(row):
                closing.leave(account_id, row.organisation_id, actor)
            ends = min(until or grants.yesterday(), row.until or date.max)
            last = closing.last_day_of_cases(row, ends)
            if last is not None:
                by_date = last if last > grants.yesterday() else None
                closing.stop_standing_in(account_id, row.organisation_id, actor, until=by_date)
            ended = grants.end_membership(membership_id, until=ends)
    except IntegrityError as error:  # the database looks, also where this administrator may not
        raise DomainError(_("Er kwam net werk bij. Probeer het nog een keer.")) from error
    if ended is not None:
        _note(actor, "account.role_ended", ended.account_id, ended.role, ended.organisation_id)


def confirm(membership_id: UUID, actor: Actor, *, until: date | None = None) -> None:
    """Confirm a role that somebody else offered, or that one which works does so for longer.

    Args:
        membership_id: which.
        actor: who confirms.
        until: its last day, as the page said: nobody confirms what they did not see.

    Raises:
        Absent: there is no such role to confirm for whoever acts.
        DomainError: it was offered until another day since.
    """
    require_role(actor, ROLE_CONFIRM)
    waiting = Membership.objects.select_for_update().filter(pk=membership_id).first()
    if waiting is not None and waiting.asked_until != until and _may_confirm(membership_id, actor):
        raise DomainError(_("Deze rol is net tot een andere dag aangeboden. Kijk eerst wat er nu staat."))
    try:
        grants.confirm(membership_id, by=actor.own_account)
    except NotAllowed:
        raise Absent from None
    row = Membership.objects.get(pk=membership_id)
    _note(actor, "account.role_confirmed", row.account_id, row.role, row.organisation_id)


def refuse(membership_id: UUID, actor: Actor) -> None:
    """End a role that whoever acts could have confirmed: it never works, or no longer than it did."""
    require_role(actor, ROLE_CONFIRM)
    row = Membership.objects.select_for_update().filter(pk=membership_id).first()
    if row is None or not _may_confirm(membership_id, actor):
        raise Absent
    if row.longer_on is not None:
        grants.not_longer(membership_id)
    else:
        grants.end_membership(membership_id, until=grants.yesterday())
    _note(actor, "account.role_refused", row.account_id, row.role, row.organisation_id)


def _may_confirm(membership_id: UUID, actor: Actor) -> bool:
    return actor.account_id in [each.account_id for each in queries.confirmers(membership_id)]


def accept(membership_id: UUID, actor: Actor) -> None:
    """Accept a role that was offered to oneself; to stand in, for all of the same agreement."""
    require_role(actor, ROLE_ANSWER)
    if not Membership.objects.filter(pk=membership_id, account_id=actor.own_account).exists():
        raise Absent
    rows = grants.accept(membership_id, by=actor.own_account)
    if not rows:
        raise Conflict
    for row in rows:
        _note(actor, "account.role_accepted", row.account_id, row.role, row.organisation_id)


def decline(membership_id: UUID, actor: Actor) -> None:
    """Say no to a role that was offered to oneself and not accepted yet."""
    require_role(actor, ROLE_ANSWER)
    rows = grants.with_it(membership_id, actor.own_account)
    if not rows:
        raise Absent
    for row in rows:
        grants.end_membership(row.pk, until=grants.yesterday())
        _note(actor, "account.role_declined", row.account_id, row.role, row.organisation_id)


def seen_returned(account_id: UUID, actor: Actor) -> None:
    """Keep that somebody saw that work came back."""
    require_role(actor, ROLE_LIST)
    if account_id not in returned(actor):
        raise Absent
    finish_open(subject_id=account_id, actor=actor, what=WORK_RETURNED)
    record(actor=actor, action="account.return_seen", subject=("account", account_id), activity=ACTIVITY)


def _note(actor: Actor, action: str, account_id: UUID, role: str, organisation_id: UUID) -> None:
    """Keep it where the role is: there the privacy officer looks."""
    record(
        actor=actor,
        action=action,
        subject=("account", account_id),
        activity=ACTIVITY,
        purpose=role,
        organisation_id=organisation_id,
    )
