"""An invitation in two halves: a link by mail to the invitee, words on the screen of the administrator.

Neither opens alone, so neither the mail server nor the administrator gets in. It works until a password was
chosen, and for a week at most. The database holds nothing that opens it: the link is signed by the key of the
processes, and the words are kept as a hash under that key.
"""

import secrets
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from sluitend.journeys.administration.journey import ACTIVITY, FIRST_PASSWORD
from sluitend.journeys.administration.queries.invitations import LETTERS, proof_of, waiting
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import PLATFORM_ID, Account, Invitation

LASTS = timedelta(days=7)


def new_words() -> str:
    """Return three groups of four characters to read out: 58 bits, of which ten tries are given."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def invite(account_id: UUID) -> str:
    """Invite somebody to choose a password; what was sent before no longer works. Returns the words."""
    words = new_words()
    nonce, expires = uuid4(), timezone.now() + LASTS
    proof = proof_of(account_id, nonce, expires, words)
    Invitation.objects.update_or_create(
        account_id=account_id,
        defaults={"nonce": nonce, "proof": proof, "expires": expires, "tries": 0},
    )
    return words


def invited(link: str, words: str) -> Account | None:
    """Return who may choose a password now; of wrong words one try is taken."""
    row = waiting(link)
    if row is None:
        return None
    if not constant_time_compare(row.proof, proof_of(row.account_id, row.nonce, row.expires, words)):
        row.tries += 1
        row.save(update_fields=["tries"])
        return None
    return row.account


def choose_first_password(account: Account, password: str, actor: Actor) -> None:
    """Give somebody who showed both halves of an invitation their own password: it has done its work.

    As with signing in the line stands in the ledger of the platform: nobody works anywhere yet.
    """
    require_role(actor, FIRST_PASSWORD)
    account.set_password(password)
    account.save(update_fields=["password"])
    Invitation.objects.filter(account=account).delete()
    record(
        actor=Actor(account_id=account.pk),
        action=FIRST_PASSWORD,
        activity=ACTIVITY,
        organisation_id=PLATFORM_ID,
    )
