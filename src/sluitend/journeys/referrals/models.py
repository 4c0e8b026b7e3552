"""Referrals: selected parts of a case, handed to a partner in an envelope of their own.

A referral has two sides. The sender keeps the case and follows it up; the recipient has a next step of
its own. Each side is open with a step or closed; the database refuses anything else.
"""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals.journey import REFERRAL, REFERRAL_LOOK, REFERRAL_RECALL
from sluitend.kernel.flow.models import OVER, State, TwoSided
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField, TokenField

ORGANISATION = "organisations.Organisation"
ENVELOPE = "sealing.Envelope"


class Referral(TwoSided):
    """A copy of parts of a case for one partner. Its content never changes, so its revision stays 1.

    A partner without accounts is reached by secure mail, telephone or a pick-up page: no recipient then, and
    that side is closed from the start.
    """

    class Channel(models.TextChoices):
        ACCOUNT = "account", _("Sluitend")
        SECURE_MAIL = "secure_mail", _("beveiligde mail")
        PHONE = "phone", _("telefoon")
        PICKUP = "pickup", _("ophaalpagina")

    KIND = ledger_kind = REFERRAL
    ACTIVITY = "doorzetten"
    FOLLOW, LOOK, RECALL = REFERRAL_LIST, REFERRAL_LOOK, REFERRAL_RECALL
    EXPIRED_BY = "sluitend.journeys.referrals.actions.ending.expire"
    LISTED = False
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        State.SENT: frozenset({State.ACCEPTED, State.DONE, *OVER}),
        State.ACCEPTED: frozenset({State.DONE, *OVER}),
        State.DONE: frozenset({State.RECALLED}),
        State.EXPIRED: frozenset({State.DONE, State.RETURNED, State.RECALLED}),
    }
    code = PlainText(max_length=12, why="random code")
    channel = PlainText(max_length=12, choices=Channel.choices, why="choice")
    partner = PlainText(max_length=60, why="id of the partner in the pack")
    verb = PlainText(max_length=12, why="choice of the pack")
    track = PlainText(max_length=10, why="choice")
    form = PlainText(max_length=60, blank=True, default="", why="id of a form in the pack")
    went_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    passed_on = models.DateField(null=True, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    answer = PlainText(max_length=60, blank=True, default="", why="id of a feedback code in the pack")
    answer_on = models.DateField(null=True, blank=True)
    answered = models.BooleanField(default=False)
    next_word = models.DateField(null=True, blank=True)
    """Before which day the partner says more, after an answer that ended nothing."""

    taken_by = models.UUIDField(null=True, blank=True)
    """Who of the recipient takes care of it; its colleagues see it all the same, and may take it over."""
    reach_told = models.UUIDField(null=True, blank=True)
    reach_read = models.UUIDField(null=True, blank=True)
    """The last word that says how people are reached from now on, and which one the recipient read or heard.

    It is a message; of who has no account here only that a word was told by telephone.
    """

    wait_code = PlainText(
        max_length=60, blank=True, default="", db_default="", why="id of a feedback code in the pack"
    )
    """The answer that asked to wait last, whatever was answered after it."""
    held_on = models.DateField(null=True, blank=True)
    """Since when a wait request stands for the answer; until then nothing at all is released."""
    content = SealedField(
        instead={"question": NOT_GENUINE, "task": "", "sender": "", "telephone": "", "parts": []}
    )

    class Meta(TwoSided.Meta):
        abstract = False
        constraints = (
            *TwoSided.Meta.constraints,
            models.CheckConstraint(
                condition=Q(channel="account", recipient__isnull=False)
                | Q(channel__in=["secure_mail", "phone", "pickup"], recipient__isnull=True),
                name="referral_channel_fits_recipient",
            ),
            models.CheckConstraint(condition=Q(track__in=["person", "place"]), name="referral_track"),
            models.UniqueConstraint(fields=["organisation", "code"], name="referral_code_of_sender"),
            models.UniqueConstraint(fields=["recipient", "code"], name="referral_code_of_recipient"),
        )
        indexes = (
            *TwoSided.Meta.indexes,
            models.Index(
                fields=["organisation", "expires"],
                condition=Q(access_ended__isnull=True),
                name="referral_expiry",
            ),
            models.Index(
                fields=["organisation"],
                condition=Q(held_on__isnull=True) & ~Q(wait_code=""),
                name="referral_not_held",
            ),
            # The oldest that is open must not be looked for among a million that ended.
            models.Index(
                fields=["organisation", "-sent", "-id"],
                condition=Q(closed__isnull=True),
                name="referral_open",
            ),
            models.Index(
                fields=["recipient", "-sent", "-id"],
                condition=Q(recipient_closed__isnull=True),
                name="referral_waits",
            ),
            # What waits of one track: care looks at it on each list, also where others received a million.
            models.Index(
                fields=["recipient", "track", "sent", "id"],
                condition=Q(recipient_closed__isnull=True),
                name="referral_waits_of_track",
            ),
            models.Index(fields=["organisation", "partner", "-sent", "-id"], name="referral_sent_to"),
            # With all that the policy and the count look at, so that counting reads nothing but the index.
            models.Index(
                fields=["organisation", "partner", "sent"],
                include=["state", "recipient"],
                condition=Q(closed__isnull=True, went_on__isnull=False),
                name="referral_with_partner",
            ),
        )

    @property
    def reach_waits(self) -> bool:
        """Whether the recipient has still to read how people are reached from now on."""
        return self.reach_told != self.reach_read

    @property
    def reach_gone(self) -> bool:
        """Whether how people are reached, as it was shared, holds no more and no message says what does."""
        return self.recipient_id is None and self.reach_told is not None

    def role_at(self, organisation_id: UUID) -> Role | None:
        """Return that a partner answers for itself, and in a municipality whoever has it."""
        return Role.PARTNER if organisation_id == self.recipient_id else None


class PartnerList(Confidential):
    """That a list of all that is open was made for one partner: which day, and how much stood on it."""

    partner = PlainText(max_length=60, why="id of the partner in the pack")
    made = models.DateField()
    lines = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "partner", "made"], name="referral_one_partner_list_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.partner} {self.made}"


class ReferralOrigin(Confidential):
    """Where a referral comes from, and why more was shared or a wish set aside. Not for the recipient."""

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="origin")
    envelope = models.ForeignKey(ENVELOPE, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField()
    case_code = PlainText(max_length=12, why="random code")
    route = PlainText(max_length=1000, why="ids of actions in the pack")
    beyond_ground = PlainText(max_length=60, blank=True, default="", why="id of a reason in the pack")
    wish_ground = PlainText(max_length=60, blank=True, default="", why="id of a reason in the pack")
    reasons = SealedField()

    class Meta:
        indexes = (models.Index(fields=["organisation", "case_id"], name="referral_of_case"),)

    def __str__(self) -> str:
        return self.case_code


class ReferralMessage(Confidential):
    """A question or an answer between the two. `organisation` wrote it, `recipient` reads it."""

    recipient = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="messages")
    envelope = models.ForeignKey(ENVELOPE, on_delete=models.PROTECT, related_name="+")
    written = models.DateTimeField()
    by_partner = models.BooleanField(default=False)
    """Written on the pick-up page: sealed to the sender alone, in an envelope of its own."""

    text = SealedField(null=False, by_public=True, instead={"text": NOT_GENUINE, "by": ""})

    def __str__(self) -> str:
        return str(self.id)


class ReferralFile(Confidential):
    """A clean copy of an attachment, in the referral's envelope. The original stays sealed with the case."""

    recipient = models.ForeignKey(
        ORGANISATION, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey("sealing.Attachment", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.id)


class ReceivedToken(Confidential):
    """A keyed token by which a recipient finds a referral again, under its own key; its sender has no row.

    One of kind `reference` is of a number that the recipient gave it, which stands beside it.
    """

    sealed_in: ClassVar[str] = "referral"
    not_remembered: ClassVar[str] = "made of what the envelope holds, and gone with the access to it"
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+")
    kind = PlainText(max_length=12, why="kind of identifier")
    token = TokenField()
    text = SealedField(instead={"text": NOT_GENUINE})

    class Meta:
        indexes = (models.Index(fields=["organisation", "token"], name="referral_received_token"),)

    def __str__(self) -> str:
        return str(self.id)


class Pickup(Confidential):
    """A link with which somebody without an account collects one referral, once, with a code.

    Nothing here opens it: `sealed` is the data key of the referral under a key of link *and* code, of which
    the database has neither; `session_sealed` the same under a key that only one browser holds. Reading and
    changing a row from outside goes through functions of the database alone.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Nog niet opgehaald")
        OPENED = "opened", _("Opgehaald")
        LOCKED = "locked", _("Op slot na vijf verkeerde codes")
        ENDED = "ended", _("Beëindigd")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        State.WAITING: frozenset({State.OPENED, State.LOCKED, State.ENDED}),
        State.OPENED: frozenset({State.ENDED}),
        State.LOCKED: frozenset({State.ENDED}),
        State.ENDED: frozenset(),
    }
    not_remembered: ClassVar[str] = "an address and a link, emptied once mailed or opened"
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="pickups")
    envelope = models.ForeignKey(ENVELOPE, on_delete=models.PROTECT, related_name="+")
    content_envelope_id = models.UUIDField()
    state = PlainText(max_length=10, choices=State.choices, default=State.WAITING, why="choice")
    lookup = models.BinaryField(max_length=32, unique=True)
    proof = models.BinaryField(max_length=32, null=True)
    sealed = SealedField(in_envelope=False)
    delivery = SealedField()
    """Address and link, for the mail: sealed to the sender alone."""

    made = models.DateTimeField()
    expires = models.DateField()
    mailed = models.DateField(null=True, blank=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    changed = models.DateTimeField()
    """When the state last changed."""

    session_lookup = models.BinaryField(max_length=32, null=True)
    session_sealed = SealedField(in_envelope=False)
    session_until = models.DateTimeField(null=True, blank=True)
    worked = models.BinaryField(max_length=32, null=True)
    """A keyed hash of what the partner sent last, which does nothing twice."""

    read_logged = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "opened", "locked", "ended"]), name="pickup_state"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(sealed__isnull=True, proof__isnull=True),
                name="pickup_opens_once",
            ),
            models.CheckConstraint(
                condition=Q(state="opened") | Q(session_sealed__isnull=True, session_lookup__isnull=True),
                name="pickup_session_only_when_opened",
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=~Q(state="ended"), name="pickup_one_a_referral"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
