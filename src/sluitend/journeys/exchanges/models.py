"""What organisations ask of each other besides help: to take a case over, or to tell what they know.

Each row has two sides, open with a step or closed; the database refuses anything else. A transfer also says
at every moment who owns the matter.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.exchanges.journey import REQUEST, TRANSFER
from sluitend.kernel.followup.models import Followed, NextStep, Turned
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField

ORGANISATION = "organisations.Organisation"
ENVELOPE = "sealing.Envelope"
STATES = ["sent", "accepted", "returned", "done", "recalled", "expired"]
OVER = ["returned", "recalled", "expired"]


class Exchange(Confidential, Followed, Turned):
    """What one organisation asks of another. Its content never changes, so its revision stays 1.

    `current_step` and `closed` are the sender's, `recipient_step` and `recipient_closed` the recipient's.
    """

    class State(models.TextChoices):
        SENT = "sent", _("Verstuurd")
        ACCEPTED = "accepted", _("Aangenomen")
        RETURNED = "returned", _("Teruggegeven")
        DONE = "done", _("Afgerond")
        RECALLED = "recalled", _("Teruggehaald")
        EXPIRED = "expired", _("Verlopen")

    STEPS: ClassVar[dict[str, frozenset[str]]] = {}

    recipient = models.ForeignKey(
        ORGANISATION, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    recipient_step = models.ForeignKey(
        NextStep,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    recipient_closed = models.DateTimeField(null=True, blank=True)
    envelope = models.ForeignKey(ENVELOPE, on_delete=models.PROTECT, related_name="+")
    code = PlainText(max_length=12, unique=True, why="random code")
    turn = models.PositiveIntegerField(default=1)
    """Counts changes of state, so that the loser of a race is told; `revision` counts those of content."""
    state = PlainText(max_length=10, choices=State.choices, default=State.SENT, why="choice")
    release_number = models.PositiveIntegerField()
    urgency = PlainText(max_length=10, why="choice of the pack")
    minor = models.BooleanField(default=False)
    area = PlainText(max_length=120, why="public name of a town or municipality")
    basis = PlainText(max_length=60, why="id of a basis in the pack")
    purpose = PlainText(max_length=60, why="id of a purpose in the pack")
    sent = models.DateTimeField()
    answer_by = models.DateField()
    expires = models.DateField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    access_ended = models.DateField(null=True, blank=True)
    return_reason = PlainText(max_length=60, blank=True, default="", why="id of a reason in the pack")
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True, blank=True)
    content = SealedField(
        null=False,
        instead={
            "text": NOT_GENUINE,
            "explanation": NOT_GENUINE,
            "task": "",
            "sender": "",
            "telephone": "",
            "parts": [],
        },
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class Transfer(Exchange):
    """A case that another municipality is asked to take over. The sender owns it until the other accepts.

    A municipality without accounts is reached by secure mail or telephone: no recipient then, and that side
    is closed from the start; the sender notes who accepted.
    """

    ledger_kind: ClassVar[str] = TRANSFER

    class Owner(models.TextChoices):
        SENDER = "sender", _("De gemeente die overdraagt")
        RECIPIENT = "recipient", _("De gemeente die overneemt")

    class Channel(models.TextChoices):
        ACCOUNT = "account", _("Sluitend")
        SECURE_MAIL = "secure_mail", _("beveiligde mail")
        PHONE = "phone", _("telefoon")

    STEPS: ClassVar[dict[str, frozenset[str]]] = {
        Exchange.State.SENT: frozenset(
            {
                Exchange.State.ACCEPTED,
                Exchange.State.RETURNED,
                Exchange.State.RECALLED,
                Exchange.State.EXPIRED,
            }
        ),
        Exchange.State.ACCEPTED: frozenset({Exchange.State.DONE}),
        Exchange.State.RETURNED: frozenset(),
        Exchange.State.DONE: frozenset(),
        Exchange.State.RECALLED: frozenset(),
        Exchange.State.EXPIRED: frozenset(),
    }
    OWNER_IN: ClassVar[dict[str, str]] = {
        Exchange.State.ACCEPTED: Owner.RECIPIENT,
        Exchange.State.DONE: Owner.RECIPIENT,
    }
    """Who owns the matter in a state; in every other one that is the sender."""

    owner = PlainText(max_length=10, choices=Owner.choices, default=Owner.SENDER, why="choice")
    channel = PlainText(max_length=12, choices=Channel.choices, why="choice")
    municipality = PlainText(max_length=60, why="CBS code of the municipality that is asked")
    accepted_by = SealedField(instead={"name": NOT_GENUINE})
    """Who accepted, where that was noted for somebody without an account."""

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="transfer_state"),
            models.CheckConstraint(
                condition=Q(owner="recipient", state__in=["accepted", "done"])
                | Q(owner="sender", state__in=["sent", *OVER]),
                name="transfer_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(channel="account", recipient__isnull=False)
                | Q(channel__in=["secure_mail", "phone"], recipient__isnull=True),
                name="transfer_channel_fits_recipient",
            ),
            models.CheckConstraint(
                condition=Q(owner="sender") | Q(accepted_at__isnull=False), name="transfer_accepted_at"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OVER) | Q(access_ended__isnull=False), name="transfer_access_ended"
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "-sent", "-id"], name="transfer_sent_list"),
            models.Index(fields=["recipient", "-sent", "-id"], name="transfer_received_list"),
            models.Index(
                fields=["organisation", "expires"], condition=Q(state="sent"), name="transfer_expiry"
            ),
        )


class TransferCase(Confidential):
    """The case of one side: that from which a transfer comes, or that which was made of it."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="cases")
    case_id = models.UUIDField()
    case_code = PlainText(max_length=12, why="random code")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "transfer"], name="transfer_one_case_a_side"),
        )

    def __str__(self) -> str:
        return self.case_code


class TransferMessage(Confidential):
    """What the two tell each other after a case went over. `organisation` wrote it, `recipient` reads it."""

    recipient = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="messages")
    envelope = models.ForeignKey(ENVELOPE, on_delete=models.PROTECT, related_name="+")
    written = models.DateTimeField()
    text = SealedField(null=False, instead={"text": NOT_GENUINE, "by": ""})

    def __str__(self) -> str:
        return str(self.id)


class Request(Exchange):
    """A question to another organisation: what it holds, what it knows, or something to be done.

    It is never answered by itself. To what somebody holds the first answer is only that there is something,
    or nothing; more takes a second question with a reason.
    """

    ledger_kind: ClassVar[str] = REQUEST

    class Kind(models.TextChoices):
        HELD = "held", _("Verzoek om informatie")
        QUESTION = "question", _("Vraag")
        DEED = "deed", _("Verzoek om iets te doen")
        SIGNAL = "signal", _("Signaal")

    class Answer(models.TextChoices):
        NONE = "", _("Nog geen antwoord")
        HIT = "hit", _("Wij hebben hier iets over")
        ASKED = "asked", _("Gevraagd om meer")
        DETAILS = "details", _("Antwoord gegeven")
        NOTHING = "nothing", _("Wij hebben hier niets over")
        MAY_NOT = "may_not", _("Wij mogen dit niet delen")
        TAKEN_IN = "taken_in", _("Opgenomen als melding")

    STEPS: ClassVar[dict[str, frozenset[str]]] = {
        Exchange.State.SENT: frozenset(
            {
                Exchange.State.ACCEPTED,
                Exchange.State.RETURNED,
                Exchange.State.RECALLED,
                Exchange.State.EXPIRED,
            }
        ),
        Exchange.State.ACCEPTED: frozenset(
            {
                Exchange.State.RETURNED,
                Exchange.State.DONE,
                Exchange.State.RECALLED,
                Exchange.State.EXPIRED,
            }
        ),
        Exchange.State.RETURNED: frozenset(),
        Exchange.State.DONE: frozenset(),
        Exchange.State.RECALLED: frozenset(),
        Exchange.State.EXPIRED: frozenset(),
    }

    kind = PlainText(max_length=10, choices=Kind.choices, why="choice")
    answer = PlainText(max_length=10, choices=Answer.choices, blank=True, default="", why="choice")
    answer_on = models.DateField(null=True, blank=True)
    answer_basis = PlainText(
        max_length=60, blank=True, default="", why="id of a basis in the pack, of whoever answers"
    )
    may_not_reason = PlainText(max_length=60, blank=True, default="", why="id of a reason in the pack")
    reply = SealedField(instead={"text": NOT_GENUINE, "by": ""})
    further = SealedField(instead={"text": NOT_GENUINE, "by": ""})
    """Why the asker needs more than that there is something."""

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="request_state"),
            models.CheckConstraint(
                condition=Q(kind__in=["held", "question", "deed", "signal"]), name="request_kind"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", "hit", "asked", "details", "nothing", "may_not", "taken_in"]),
                name="request_answer",
            ),
            models.CheckConstraint(condition=Q(recipient__isnull=False), name="request_has_recipient"),
            models.CheckConstraint(
                condition=~Q(state__in=OVER) | Q(access_ended__isnull=False), name="request_access_ended"
            ),
            # Words of an answer take a legal basis of whoever gives them.
            models.CheckConstraint(
                condition=~Q(answer="details") | ~Q(answer_basis=""), name="request_answer_basis"
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["hit", "asked"]) | Q(kind="held"), name="request_hit_of_held"
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "-sent", "-id"], name="request_sent_list"),
            models.Index(fields=["recipient", "-sent", "-id"], name="request_received_list"),
            models.Index(
                fields=["organisation", "expires"],
                condition=Q(access_ended__isnull=True),
                name="request_expiry",
            ),
        )


class DirectoryEntry(models.Model):
    """When an organisation last said that the directory is right about it. Every organisation sees this."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField()
    confirmed_by = models.ForeignKey("organisations.Account", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.organisation_id)


class DirectoryPerson(models.Model):
    """A number of their own that a focal point chose to show. Without one the organisation's is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("organisations.Account", on_delete=models.CASCADE, related_name="+")
    telephone = PlainText(max_length=40, why="number that a colleague chose to show to colleagues elsewhere")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "account"], name="directory_person_once"),
        )

    def __str__(self) -> str:
        return str(self.account_id)
