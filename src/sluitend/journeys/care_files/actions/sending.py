"""What the person agreed to goes: what is told, or the client to another care organisation."""

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.handing_on import hand_on
from sluitend.journeys.care_files.actions.sharing import HOLDS, sending_of
from sluitend.journeys.care_files.actions.working import on_file
from sluitend.journeys.care_files.journey import CARE_FILE_SHARE
from sluitend.journeys.care_files.queries.offering import reads
from sluitend.journeys.care_files.saying import message
from sluitend.journeys.care_files.words import Purpose
from sluitend.journeys.care_shares import actions as care_shares
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.language import in_dutch


@in_dutch()
def send(*, code: str, actor: Actor, share: str) -> str:
    """Send what the person agreed to, and return the code of what was sent.

    It takes the file first: of a withdrawal at the same moment one is first. Is that this, then that takes it
    back; else nothing is sent.

    Raises:
        DomainError: the person did not agree, took it back, or its day has passed; or nobody reads there.
        Conflict: it went already.
    """
    with on_file(code, actor, CARE_FILE_SHARE, first=True) as it:
        agreed = it.consents.share(share)
        standing = agreed.standing(timezone.localdate()) if agreed else None
        if agreed is None or not agreed.sends or standing not in HOLDS:
            who = agreed.recipient if agreed else _("deze organisatie")
            raise DomainError(message(it.pack, "no_agreement", ontvanger=who))
        # Who read there when the person agreed may have left since.
        if not reads(Purpose(agreed.what), agreed.to):
            raise DomainError(_("Bij %(who)s leest nu niemand. Bel daarheen.") % {"who": agreed.recipient})
        # Whoever read the file before this and saves after it did not see what went: they are told so.
        it.revises = True
        if agreed.what == Purpose.MOVE:
            return hand_on(it, agreed)
        went = care_shares.send(sending_of(it, agreed), actor=actor)
        if it.consents.to_move(()):  # it may be to whom the person goes on
            it.go_on()
        return went
