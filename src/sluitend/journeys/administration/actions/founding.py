"""What whoever keeps the server does by a command: people to begin with, and who lost every key."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from sluitend.journeys.administration.actions import invitations
from sluitend.journeys.administration.actions.people import add_account
from sluitend.journeys.administration.jobs import tell_person
from sluitend.journeys.administration.journey import ACTIVITY, SERVER_KEEP
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Account, Membership, Role
from sluitend.kernel.organisations.queries import account_named, only_administrator


def begin(organisation_id: UUID, *, email: str, name: str, actor: Actor) -> str:
    """Let an organisation begin with an administrator, who lets in the others. Returns the words to read out.

    The only one that an organisation has is invited anew: no colleague could do that.

    Raises:
        Taken: somebody else has an account with this address.
    """
    require_role(actor, SERVER_KEEP)
    again = only_administrator(organisation_id)
    with transaction.atomic():
        # Who is invited anew keeps account and role: nobody else there could do it.
        renewed = again if again is not None and account_named(email) == again else None
        account_id = renewed or add_account(email=email, name=name)
        if not renewed:
            _found(account_id, organisation_id)
        words = invitations.invite(account_id)
        after_commit(tell_person, account_id)
        record(
            actor=actor,
            action="account.invited_again" if renewed else "account.invited",
            subject=("account", account_id),
            activity=ACTIVITY,
            purpose=Role.ADMINISTRATOR,
        )
    return words


def _found(account_id: UUID, organisation_id: UUID) -> None:
    """Write the role. Only the owner of the tables can: no second person is there yet."""
    Account.objects.filter(pk=account_id).update(home_id=organisation_id)
    Membership(
        account_id=account_id,
        organisation_id=organisation_id,
        role=Role.ADMINISTRATOR,
        offered_on=timezone.localdate(),
        accepted_on=timezone.localdate(),
    ).prove().save(force_insert=True)


def lose_second_factor(account_id: UUID, actor: Actor) -> bool:
    """Take app, passkeys and recovery codes off an account of somebody who lost them; end its password too.

    With the password alone a thief would be in and set a factor of their own. An administrator invites them
    anew, so that it takes two people.

    Returns:
        Whether there was a second factor.
    """
    require_role(actor, SERVER_KEEP)
    account = Account.objects.get(pk=account_id)
    found, _each = Authenticator.objects.filter(user=account).delete()
    if not found:
        return False
    account.set_unusable_password()
    account.save(update_fields=["password"])
    record(actor=actor, action="second_factor.lost", subject=("account", account_id), activity=ACTIVITY)
    return True
