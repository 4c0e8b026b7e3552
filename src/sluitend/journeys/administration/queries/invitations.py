"""Who is invited, and by which two halves: see `actions/invitations.py`."""

from datetime import UTC, datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from sluitend.kernel.organisations.models import Invitation

LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
"""What is not misheard or misread when somebody reads it out."""
MOST_TRIES = 10
_LINK, _WORDS = "sluitend.invitation.link", "sluitend.invitation.words"


def link_of(account_id: UUID) -> str:
    """Return the half that goes by mail; empty for somebody who is not invited."""
    row = _standing().filter(account_id=account_id).first()
    return Signer(salt=_LINK).sign(row.nonce.hex) if row else ""


def stands(link: str) -> bool:
    """Return whether a link opens the page on which words are asked."""
    return waiting(link) is not None


def _standing() -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        expires__gt=timezone.now(), tries__lt=MOST_TRIES, account__is_active=True
    ).select_related("account")


def waiting(link: str) -> Invitation | None:
    """Return the invitation of a link, locked."""
    try:
        nonce = UUID(hex=Signer(salt=_LINK).unsign(link))
    except (BadSignature, ValueError):
        return None
    # Locked, so that many who try at once are counted each.
    return _standing().filter(nonce=nonce).select_for_update(of=("self",)).first()


def proof_of(account_id: UUID, nonce: UUID, expires: datetime, words: str) -> str:
    """Bind the words to whom they are for and until when: a row that was moved or stretched opens nothing."""
    heard = "".join(each for each in words.lower() if each in LETTERS)
    text = f"{account_id.hex}:{nonce.hex}:{expires.astimezone(UTC).isoformat()}:{heard}"
    return salted_hmac(_WORDS, text, algorithm="sha256").hexdigest()
