"""Somebody of the partner signs in: the content is sealed to its organisation, which has its own step."""

from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.referrals.channels.base import Channel
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.flow import jobs
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.guidance import Partner


class Account(Channel):
    """Inside Sluitend."""

    id = Referral.Channel.ACCOUNT
    brings = True
    by_hand = False
    converses = True

    def reaches(self, partner: Partner, organisation_id: UUID | None) -> bool:
        """Return whether somebody of this partner can sign in today."""
        return organisation_id is not None

    def recipient(self, organisation_id: UUID | None) -> UUID | None:
        """Return the organisation of the partner."""
        return organisation_id

    def note(self) -> str:
        """Return nothing: this needs no further act."""
        return ""

    def button(self, partner: str, verb: str) -> str:
        """Return what the button says: what it does to whom."""
        words = _("Breng in bij %(partner)s") if verb == "bring_in" else _("Verstuur naar %(partner)s")
        return words % {"partner": partner}

    def done(self, partner: str, verb: str) -> str:
        """Return what the sender reads after sending."""
        if verb == "bring_in":
            return _("Ingebracht bij %(partner)s. De casus blijft van u.") % {"partner": partner}
        return _("Verstuurd naar %(partner)s. De casus blijft van u.") % {"partner": partner}

    def how_to_remind(self) -> str:
        """Return what a reminder does."""
        return _("De partner krijgt een mail dat er iets klaarstaat.")

    def how_to_recall(self) -> str:
        """Return what taking it back does."""
        return _("De partner kan het dan niet meer lezen. Wat al is gelezen, wordt niet vergeten.")

    def tell(self, row: Referral) -> None:
        """Mail the people of the partner that something is there, as long as their side is open."""
        if row.recipient_id and row.recipient_closed is None:
            after_commit(jobs.tell, row.recipient_id)

    def recallable(self, row: Referral) -> bool:
        """Return yes: what was answered here can still be opened here."""
        return True
