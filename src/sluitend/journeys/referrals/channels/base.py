"""What a way to reach a partner is. The rest of the journey asks this and never names one way."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.handbook.guidance import Partner


class Channel:
    """A way to reach a partner. As it stands here: the municipality brings the sheet itself."""

    id: ClassVar[str]
    brings: ClassVar[bool] = False
    """Whether Sluitend brings it, so that nobody has to send the sheet and record that it went."""

    by_hand: ClassVar[bool] = True
    """Whether somebody of the municipality sends or tells it, and records that it went."""

    picks_up: ClassVar[bool] = False
    """Whether the partner collects it with a link and a code."""

    converses: ClassVar[bool] = False
    """Whether the partner can read here what the sender answers to a question."""

    @property
    def label(self) -> str:
        """The way in a word or two."""
        return str(Referral.Channel(self.id).label)

    def reaches(self, partner: Partner, organisation_id: UUID | None) -> bool:
        """Return whether this partner can be reached so.

        Args:
            partner: as the handbook knows it.
            organisation_id: its organisation, when somebody there can sign in today.
        """
        return self.id in partner.channels

    def recipient(self, organisation_id: UUID | None) -> UUID | None:
        """Return the organisation that gets a side of its own with a step, or None."""
        return None

    def note(self) -> str:
        """Return what the person who composes must know of this way; empty when nothing."""
        return _("zelf te versturen per %(channel)s") % {"channel": self.label}

    def button(self, partner: str, verb: str) -> str:
        """Return what the button says: what it does to whom."""
        return _("Maak het blad voor %(partner)s") % {"partner": partner}

    def done(self, partner: str, verb: str) -> str:
        """Return what the sender reads after sending."""
        return _("Het blad voor %(partner)s is klaar. Verstuur het zelf en leg hier vast dat het ging.") % {
            "partner": partner
        }

    def not_gone(self) -> str:
        """Return how it stands as long as the partner has nothing yet."""
        return _("Klaar om te versturen. U hebt nog niet vastgelegd dat het ging.")

    def how_to_remind(self) -> str:
        """Return what a reminder takes or does."""
        return _("Bel of mail de partner. Leg dan hier vast dat u herinnerde.")

    def how_to_recall(self) -> str:
        """Return what taking it back takes or does."""
        return _("De partner heeft het blad. Bel, vraag het niet te gebruiken, en haal het dan hier terug.")

    def tell(self, row: Referral) -> None:
        """Let the partner know that something is there, at a reminder."""

    def end(self, row: Referral) -> None:
        """Take away what the partner can still open besides its seal. What was read is not unlearned."""

    def recallable(self, row: Referral) -> bool:
        """Return whether there is something to call back: a sheet that was answered and closed is gone."""
        return row.closed is None
