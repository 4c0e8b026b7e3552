"""An invitation in two halves: a link by mail to the invitee, words on the screen of the administrator.

Neither opens alone, so neither the mail server nor the administrator gets in. It works until a password was
chosen, and for a week at most. The database holds nothing that opens it: the link is signed by the key of the
processes, and the words are kept as a hash under that key.
"""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from sluitend.kernel.organisations.models import Account, Invitation

LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
"""What is not misheard or misread when somebody reads it out."""
LASTS = timedelta(days=7)
MOST_TRIES = 10
_LINK, _WORDS = "sluitend.invitation.link", "sluitend.invitation.words"


def new_words() -> str:
    """Return three groups of four characters to read out: 58 bits, of which ten tries are given."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def invite(account_id: UUID) -> str:
    """Invite somebody to choose a password; what was sent before no longer works. Returns the words."""
    words = new_words()
    nonce, expires = uuid4(), timezone.now() + LASTS
    proof = _proof(account_id, nonce, expires, words)
    Invitation.objects.update_or_create(
        account_id=account_id,
        defaults={"nonce": nonce, "proof": proof, "expires": expires, "tries": 0},
    )
    return words


def link_of(account_id: UUID) -> str:
    """Return the half that goes by mail; empty for somebody who is not invited."""
    row = _standing().filter(account_id=account_id).first()
    return Signer(salt=_LINK).sign(row.nonce.hex) if row else ""


def stands(link: str) -> bool:
    """Return whether a link opens the page on which words are asked."""
    return _row(link) is not None


def invited(link: str, words: str) -> Account | None:
    """Return who may choose a password now; of wrong words one try is taken."""
    row = _row(link)
    if row is None:
        return None
    if not constant_time_compare(row.proof, _proof(row.account_id, row.nonce, row.expires, words)):
        row.tries += 1
        row.save(update_fields=["tries"])
        return None
    return row.account


def choose_password(account: Account, password: str) -> None:
    """Give somebody who was invited their own password: the invitation has done its work."""
    account.set_password(password)
    account.save(update_fields=["password"])
    Invitation.objects.filter(account=account).delete()


def _standing() -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        expires__gt=timezone.now(), tries__lt=MOST_TRIES, account__is_active=True
    ).select_related("account")


def _row(link: str) -> Invitation | None:
    try:
        nonce = UUID(hex=Signer(salt=_LINK).unsign(link))
    except (BadSignature, ValueError):
        return None
    # Locked, so that many who try at once are counted each.
    return _standing().filter(nonce=nonce).select_for_update(of=("self",)).first()


def _proof(account_id: UUID, nonce: UUID, expires: datetime, words: str) -> str:
    """Bind the words to whom they are for and until when: a row that was moved or stretched opens nothing."""
    heard = "".join(each for each in words.lower() if each in LETTERS)
    text = f"{account_id.hex}:{nonce.hex}:{expires.astimezone(UTC).isoformat()}:{heard}"
    return salted_hmac(_WORDS, text, algorithm="sha256").hexdigest()
