"""Who is let in and invited anew, and accounts that close."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import closing, grants, invitations, roles
from sluitend.journeys.administration.actions.roles import NewRole
from sluitend.journeys.administration.jobs import tell_person
from sluitend.journeys.administration.journey import ACCOUNT_MANAGE, ACTIVITY
from sluitend.journeys.administration.queries.people import may_change_account, seen, waiting_first
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Account, Role
from sluitend.kernel.organisations.queries import account_named, awaits


class Taken(Exception):
    """There is an account with this address already."""


def add_account(*, email: str, name: str) -> UUID:
    """Make an account that nobody can sign in to yet, without a role.

    Raises:
        Taken: there is an account with this address.
    """
    try:
        with transaction.atomic():
            return Account.objects.create_user(email, name).pk
    except IntegrityError as error:
        raise Taken(email) from error


def invite(*, email: str, name: str, new: NewRole, actor: Actor) -> str:
    """Offer somebody a role, with an account and an invitation when they have none.

    Whether they had one is told to nobody here: the answer, the mail and the lines in the ledger are alike.

    Returns:
        The words to read out to them. The link goes by mail; neither opens alone.
    """
    require_role(actor, ACCOUNT_MANAGE)
    roles.check_role(new, actor)
    known = account_named(email)
    with transaction.atomic():  # no account without its offer
        account_id = known or add_account(email=email, name=name)
        roles.offer(account_id, new, actor)
    _note(actor, "account.invited", account_id, purpose=new.role)
    after_commit(tell_person, account_id)
    return _words(account_id, new.organisation_id)


def invite_again(account_id: UUID, actor: Actor) -> str:
    """Invite somebody anew who lost the words, the mail or a password. Returns the words to read out."""
    person = seen(account_id, actor)
    elsewhere = person.invited and person.home_id != actor.organisation_id
    if not elsewhere:
        _own_account(account_id, actor)
    # Alike for both: nothing says that somebody has an account elsewhere.
    _note(actor, "account.invited_again", account_id)
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
    _note(actor, "account.invited_again", account_id, purpose=Role.ADMINISTRATOR)
    after_commit(tell_person, account_id)
    return _words(account_id, organisation_id)


def _words(account_id: UUID, organisation_id: UUID) -> str:
    """Return words to read out. They open something for who is at home there and never came in."""
    if awaits(account_id, organisation_id):
        return invitations.invite(account_id)
    return invitations.new_words()  # has an account already, and a page on which to say yes


def set_account_active(account_id: UUID, *, active: bool, actor: Actor) -> None:
    """Close the account of somebody whose account is of this organisation, or open it again.

    Closing ends every session and gives back all work, wherever they work: one press for a stolen account.
    """
    _own_account(account_id, actor)
    if active:
        grants.set_active(account_id, active=True)
    else:
        try:
            with transaction.atomic():
                closing.close(account_id, actor)
        except IntegrityError as error:
            raise DomainError(_("Er kwam net werk bij. Probeer het nog een keer.")) from error
    _note(actor, "account.opened" if active else "account.closed", account_id)


def _own_account(account_id: UUID, actor: Actor) -> None:
    if not may_change_account(seen(account_id, actor), actor):
        raise Absent


def _note(actor: Actor, action: str, account_id: UUID, *, purpose: str = "") -> None:
    record(actor=actor, action=action, subject=("account", account_id), activity=ACTIVITY, purpose=purpose)
