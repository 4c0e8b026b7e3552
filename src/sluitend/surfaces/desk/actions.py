"""What the pages of the desk change: the directory and one's own account. Decided on, done, and kept."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, DomainError, barred
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations import actions, invitations, queries
from sluitend.kernel.organisations.actions import Preferences, Taken
from sluitend.kernel.organisations.models import PLATFORM_ID, Account, Membership, Organisation, Role
from sluitend.kernel.organisations.queries import Person
from sluitend.surfaces.desk import closing, role_actions
from sluitend.surfaces.desk.jobs import tell_person
from sluitend.surfaces.desk.journey import ACCOUNT_MANAGE, FIRST_PASSWORD, ORGANISATION_MANAGE
from sluitend.surfaces.desk.role_actions import NewRole

ACTIVITY = "toegang"
ROLES_BY_KIND = {
    Organisation.Kind.MUNICIPALITY: (
        Role.REPORTER,
        Role.FOCAL_POINT,
        Role.DEPUTY,
        Role.INSPECTOR,
        Role.MANAGER,
        Role.PRIVACY_OFFICER,
        Role.ADMINISTRATOR,
    ),
    Organisation.Kind.PARTNER: (Role.PARTNER, Role.REPORTER, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR),
    Organisation.Kind.REGION: (Role.REGIONAL_COORDINATOR, Role.ADMINISTRATOR),
    Organisation.Kind.PLATFORM: (Role.ADMINISTRATOR,),
}


def manages_all(actor: Actor) -> bool:
    """Return whether this administrator is the region's or the platform's: they add organisations."""
    return actor.organisation_kind in (Organisation.Kind.REGION, Organisation.Kind.PLATFORM)


def keeps(organisation_id: UUID, actor: Actor) -> bool:
    """Return whether this administrator keeps what the directory says of an organisation.

    That is their own; for the region's, also one that has no administrator yet.
    """
    return organisation_id == actor.organisation_id or (
        manages_all(actor) and organisation_id not in queries.with_administrator()
    )


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


def add_organisation(new: NewOrganisation, actor: Actor) -> None:
    """Add an organisation. Only an administrator of the region or the platform may."""
    require_role(actor, ORGANISATION_MANAGE)
    if not manages_all(actor):
        raise Absent
    try:
        row = actions.add_organisation(
            code=new.code,
            name=new.name,
            kind=new.kind,
            partner_key=new.partner_key,
            mail=new.mail,
            telephone=new.telephone,
            subregion_ids=new.subregion_ids,
        )
    except Taken as error:
        raise DomainError(_("Er is al een organisatie met deze code."), "code") from error
    _note(actor, "organisation.added", ("organisation", row.id))


def change_organisation(organisation_id: UUID, *, name: str, mail: str, telephone: str, actor: Actor) -> None:
    """Change what the directory says of an organisation."""
    require_role(actor, ORGANISATION_MANAGE)
    if not keeps(organisation_id, actor):
        raise Absent
    actions.change_organisation(organisation_id, name=name, mail=mail, telephone=telephone)
    _note(actor, "organisation.changed", ("organisation", organisation_id))


def invite(*, email: str, name: str, new: NewRole, actor: Actor) -> str:
    """Offer somebody a role, with an account and an invitation when they have none.

    Whether they had one is told to nobody here: the answer, the mail and the lines in the ledger are alike.

    Returns:
        The words to read out to them. The link goes by mail; neither opens alone.
    """
    require_role(actor, ACCOUNT_MANAGE)
    _check_role(new, actor)
    known = queries.account_named(email)
    with transaction.atomic():  # no account without its offer
        account_id = known or actions.add_account(email=email, name=name)
        _offer(account_id, new, actor)
    _note(actor, "account.invited", ("account", account_id), purpose=new.role)
    after_commit(tell_person, account_id)
    return _words(account_id, new.organisation_id)


def add_role(account_id: UUID, new: NewRole, actor: Actor) -> None:
    """Offer somebody another role here."""
    require_role(actor, ACCOUNT_MANAGE)
    _check_role(new, actor)
    seen(account_id, actor)
    _offer(account_id, new, actor)


def _offer(account_id: UUID, new: NewRole, actor: Actor) -> None:
    if account_id == actor.account_id:
        raise barred(_("U kunt uzelf geen rol geven. Vraag een andere beheerder."), "role")
    role_actions.offer(account_id, new, actor)


def _check_role(new: NewRole, actor: Actor) -> None:
    """Of the own organisation every role; of another its first administrator, for the region alone."""
    elsewhere = new.organisation_id != actor.organisation_id
    if elsewhere and (new.role != Role.ADMINISTRATOR or not keeps(new.organisation_id, actor)):
        raise Absent
    organisation = queries.organisation(new.organisation_id)
    if organisation is None or new.role not in ROLES_BY_KIND[Organisation.Kind(organisation.kind)]:
        raise DomainError(_("Deze rol past niet bij deze organisatie."), "role")


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
                closing.return_work(account_id, row.organisation_id, actor)
            ended = actions.end_membership(membership_id, until=until or actions.yesterday())
    except IntegrityError as error:  # the database looks, also where this administrator may not
        raise DomainError(_("Er kwam net werk bij. Probeer het nog een keer.")) from error
    if ended is not None:
        role_actions.ended(ended, actor)


def invite_again(account_id: UUID, actor: Actor) -> str:
    """Invite somebody anew who lost the words, the mail or a password. Returns the words to read out."""
    person = seen(account_id, actor)
    elsewhere = person.invited and person.home_id != actor.organisation_id
    if not elsewhere:
        _own_account(account_id, actor)
    # Alike for both: nothing says that somebody has an account elsewhere.
    _note(actor, "account.invited_again", ("account", account_id))
    after_commit(tell_person, account_id)
    return invitations.new_words() if elsewhere else invitations.invite(account_id)


def invite_first_again(organisation_id: UUID, actor: Actor) -> str:
    """Invite the first administrator of another organisation anew, who never came in. Returns the words.

    As for the first time: only an administrator of the region or the platform may.
    """
    require_role(actor, ACCOUNT_MANAGE)
    account_id = waiting_first(organisation_id, actor)
    if account_id is None:
        raise Absent
    record(
        actor=actor,
        action="account.invited_again",
        subject=("account", account_id),
        activity=ACTIVITY,
        purpose=Role.ADMINISTRATOR,
    )
    after_commit(tell_person, account_id)
    return _words(account_id, organisation_id)


def _words(account_id: UUID, organisation_id: UUID) -> str:
    """Return words to read out. They open something for who is at home there and never came in."""
    if queries.awaits(account_id, organisation_id):
        return invitations.invite(account_id)
    return invitations.new_words()  # has an account already, and a page on which to say yes


def waiting_first(organisation_id: UUID, actor: Actor) -> UUID | None:
    """Return whom this administrator let in as the first of another organisation, and who never came in."""
    if organisation_id == actor.organisation_id or not manages_all(actor):
        return None
    return queries.never_came_in().get(organisation_id)


def set_active(account_id: UUID, *, active: bool, actor: Actor) -> None:
    """Close the account of somebody whose account is of this organisation, or open it again.

    Closing ends every session and gives back all work, wherever they work: one press for a stolen account.
    """
    _own_account(account_id, actor)
    if active:
        actions.set_active(account_id, active=True)
    else:
        try:
            with transaction.atomic():
                closing.close(account_id, actor)
        except IntegrityError as error:
            raise DomainError(_("Er kwam net werk bij. Probeer het nog een keer.")) from error
    _note(actor, "account.opened" if active else "account.closed", ("account", account_id))


def seen(account_id: UUID, actor: Actor) -> Person:
    """Return somebody whom this administrator sees.

    Raises:
        Absent: there is nobody like that here. Absent and forbidden look alike.
    """
    require_role(actor, ACCOUNT_MANAGE)
    person = queries.person(account_id, organisation_id=actor.own_organisation)
    if person is None:
        raise Absent
    return person


def may_change_account(person: Person, actor: Actor) -> bool:
    """Return whether this administrator may close it: not their own, and its home is here.

    Wherever else somebody works, the home can always close.
    """
    return person.id != actor.account_id and person.home_id == actor.organisation_id


def _own_account(account_id: UUID, actor: Actor) -> None:
    if not may_change_account(seen(account_id, actor), actor):
        raise Absent


def choose_first_password(account: Account, password: str, actor: Actor) -> None:
    """Give somebody who showed both halves of an invitation their own password.

    As with signing in the line stands in the ledger of the platform: nobody works anywhere yet.
    """
    require_role(actor, FIRST_PASSWORD)
    invitations.choose_password(account, password)
    record(
        actor=Actor(account_id=account.pk),
        action=FIRST_PASSWORD,
        activity=ACTIVITY,
        organisation_id=PLATFORM_ID,
    )


def set_preferences(preferences: Preferences, actor: Actor) -> None:
    """Keep how somebody wants to work."""
    require_role(actor, OWN_ACCOUNT)
    if actor.account_id is not None:
        actions.set_preferences(actor.account_id, preferences)


def _note(actor: Actor, action: str, subject: tuple[str, UUID], *, purpose: str = "") -> None:
    record(actor=actor, action=action, subject=subject, activity=ACTIVITY, purpose=purpose)
