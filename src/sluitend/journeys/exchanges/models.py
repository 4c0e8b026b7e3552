"""What organisations ask of each other besides help: to take a case over, or to tell what they know.

Each row has two sides, open with a step or closed; the database refuses anything else. A transfer also says
at every moment who owns the matter.
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.exchanges.journey import (
    REQUEST,
    REQUEST_FOLLOW,
    REQUEST_LOOK,
    REQUEST_RECALL,
    REQUEST_RETURNED,
    TRANSFER,
    TRANSFER_LOOK,
    TRANSFER_RECALL,
    TRANSFER_RETURNED,
)
from sluitend.kernel.flow.models import OVER, State, TwoSided
from sluitend.kernel.handbook.inquiries import Inquiry
from sluitend.kernel.manifest import Words
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.organisations.models import Organisation, Role
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField

ORGANISATION = "organisations.Organisation"
ENVELOPE = "sealing.Envelope"
ACTIVITY = "uitwisselen"
"""Id of the processing activity in the register."""
FILES = "transfer"
"""What a file in the envelope of a transfer belongs to."""
TAKEN = (State.ACCEPTED, State.DONE)
"""The states in which a case went over."""
FROM_SENT = frozenset({State.ACCEPTED, *OVER})
HIT_TO_ASKER = _("%(who)s heeft hier iets over. Hebt u meer nodig? Vraag dan verder.")
HIT_TO_ASKED = _("U zei dat u hier iets over hebt. %(who)s besluit of er meer nodig is.")


class Transfer(TwoSided):
    """A case that another municipality is asked to take over. The sender owns it until the other accepts.

    A municipality without accounts is reached by secure mail or telephone: no recipient then, and that side
    is closed from the start; the sender notes who accepted.
    """

    class Owner(models.TextChoices):
        SENDER = "sender", _("De gemeente die overdraagt")
        RECIPIENT = "recipient", _("De gemeente die overneemt")

    class Channel(models.TextChoices):
        ACCOUNT = "account", _("Sluitend")
        SECURE_MAIL = "secure_mail", _("beveiligde mail")
        PHONE = "phone", _("telefoon")

    KIND = ledger_kind = TRANSFER
    ACTIVITY = ACTIVITY
    FOLLOW, LOOK, RECALL = TRANSFER_FOLLOW, TRANSFER_LOOK, TRANSFER_RECALL
    CAME_BACK = TRANSFER_RETURNED
    EXPIRES_IN = (State.SENT,)
    """Who took a case over keeps it."""
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        State.SENT: FROM_SENT,
        State.ACCEPTED: frozenset({State.DONE}),
    }
    ASKED_CODE = "municipality"
    TO_SENDER: ClassVar[Mapping[str, Words]] = {
        State.SENT: _("%(recipient)s heeft nog niet besloten. De casus is van u."),
        State.ACCEPTED: _("%(recipient)s nam de casus over. Sluit uw casus nog af."),
        State.DONE: _("%(recipient)s is eigenaar. Uw casus is gesloten."),
        State.RETURNED: _("%(recipient)s nam de casus niet over. De casus is van u."),
        State.RECALLED: _("U haalde de overdracht terug. De casus is van u."),
        State.EXPIRED: _("%(recipient)s besloot niet op tijd. De casus is van u."),
    }
    TO_RECIPIENT: ClassVar[Mapping[str, Words]] = {
        State.SENT: _("U hebt nog niet besloten. De casus is van %(sender)s."),
        State.ACCEPTED: _("U nam de casus over. U bent eigenaar."),
        State.DONE: _("U nam de casus over. U bent eigenaar."),
        State.RETURNED: _("U nam de casus niet over. De casus is van %(sender)s."),
        State.RECALLED: _("%(sender)s haalde de overdracht terug."),
        State.EXPIRED: _("De overdracht is verlopen. De casus is van %(sender)s."),
    }
    OWNER_IN: ClassVar[dict[str, str]] = dict.fromkeys(TAKEN, Owner.RECIPIENT)
    """Who owns the matter in a state; in every other one that is the sender."""

    content = SealedField(
        null=False,
        instead={"explanation": NOT_GENUINE, "task": "", "sender": "", "telephone": "", "parts": []},
    )
    owner = PlainText(max_length=10, choices=Owner.choices, default=Owner.SENDER, why="choice")
    channel = PlainText(max_length=12, choices=Channel.choices, why="choice")
    municipality = PlainText(max_length=60, why="CBS code of the municipality that is asked")
    accepted_by = SealedField(instead={"name": NOT_GENUINE})
    """Who accepted, where that was noted for somebody without an account."""

    class Meta(TwoSided.Meta):
        abstract = False
        constraints = (
            *TwoSided.Meta.constraints,
            models.CheckConstraint(
                condition=Q(owner="recipient", state__in=["accepted", "done"])
                | Q(owner="sender", state__in=["sent", "returned", "recalled", "expired"]),
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
        )
        indexes = (
            *TwoSided.Meta.indexes,
            models.Index(
                fields=["organisation", "expires"], condition=Q(state="sent"), name="transfer_expiry"
            ),
            models.Index(fields=["organisation", "municipality", "-sent", "-id"], name="transfer_sent_to"),
        )

    def in_words(self, other: str, *, received: bool) -> str:
        """Return how it stands, and whose the case is."""
        said = self.TO_RECIPIENT if received else self.TO_SENDER
        return str(said[self.state]) % {"recipient": other, "sender": other}

    def entered(self, state: str) -> None:
        """Name the owner that belongs to a state."""
        self.owner = self.OWNER_IN.get(state, self.Owner.SENDER)


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


class Request(TwoSided):
    """A question to another organisation: what it holds about a case, what it knows, or something to be done.

    It is never answered by itself. To what somebody holds the first answer is only that there is something,
    or nothing; more takes a second question with a reason. Who is bound by professional secrecy says first
    whether there is something and whether that may be told.
    """

    class Kind(models.TextChoices):
        KNOWN = "known", _("Verzoek om informatie")
        QUESTION = "question", _("Vraag")
        DEED = "deed", _("Verzoek om iets te doen")
        SIGNAL = "signal", _("Signaal")

    class Answer(models.TextChoices):
        NONE = "", _("Nog geen antwoord")
        HIT = "hit", _("Wij hebben hier iets over")
        ASKED = "asked", _("Gevraagd om meer")
        DETAILS = "details", _("Antwoord gegeven")
        NOTHING = "nothing", _("Wij hebben hier niets over")
        SILENT = "silent", _("Wij hebben iets, maar mogen niets zeggen")
        MAY_NOT = "may_not", _("Wij mogen dit niet delen")
        TAKEN_IN = "taken_in", _("Opgenomen als melding")

    KIND = ledger_kind = REQUEST
    ACTIVITY = ACTIVITY
    FOLLOW, LOOK, RECALL = REQUEST_FOLLOW, REQUEST_LOOK, REQUEST_RECALL
    CAME_BACK = REQUEST_RETURNED
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        State.SENT: FROM_SENT,
        State.ACCEPTED: frozenset({State.DONE, *OVER}),
    }
    TO_ASKER: ClassVar[Mapping[str, Words]] = {
        State.SENT: _("%(who)s las uw vraag nog niet."),
        State.ACCEPTED: _("%(who)s las uw vraag en antwoordt nog."),
        State.DONE: _("%(who)s heeft geantwoord."),
        State.RETURNED: _("%(who)s gaf uw vraag terug."),
        State.RECALLED: _("U haalde uw vraag terug."),
        State.EXPIRED: _("Uw vraag is verlopen zonder antwoord."),
    }
    TO_ASKED: ClassVar[Mapping[str, Words]] = {
        State.SENT: _("Nog niet gelezen. %(who)s wacht op u."),
        State.ACCEPTED: _("Gelezen. %(who)s wacht op uw antwoord."),
        State.DONE: _("U hebt geantwoord."),
        State.RETURNED: _("U gaf de vraag terug."),
        State.RECALLED: _("%(who)s haalde de vraag terug."),
        State.EXPIRED: _("De vraag is verlopen."),
    }

    content = SealedField(null=False, instead={"text": NOT_GENUINE, "sender": "", "telephone": ""})
    kind = PlainText(max_length=10, choices=Kind.choices, why="choice")
    case_id = models.UUIDField(null=True, blank=True)
    """The case of a municipality that asks; a partner asks without one."""
    about = PlainText(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        why="id of a request for information in the pack",
    )
    answer = PlainText(max_length=10, choices=Answer.choices, blank=True, default="", why="choice")
    answer_on = models.DateField(null=True, blank=True)
    answer_basis = PlainText(
        max_length=60, blank=True, default="", why="id of a basis in the pack, of whoever answers"
    )
    may_not_reason = PlainText(max_length=60, blank=True, default="", why="id of a reason in the pack")
    reply = SealedField(instead={"text": NOT_GENUINE, "by": ""})
    further = SealedField(instead={"text": NOT_GENUINE, "by": ""})
    """Why the asker needs more than that there is something."""

    class Meta(TwoSided.Meta):
        abstract = False
        constraints = (
            *TwoSided.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["known", "question", "deed", "signal"]), name="request_kind"
            ),
            models.CheckConstraint(
                condition=Q(
                    answer__in=["", "hit", "asked", "details", "nothing", "silent", "may_not", "taken_in"]
                ),
                name="request_answer",
            ),
            models.CheckConstraint(condition=Q(recipient__isnull=False), name="request_has_recipient"),
            # Words of an answer take a legal basis of whoever gives them.
            models.CheckConstraint(
                condition=~Q(answer="details") | ~Q(answer_basis=""), name="request_answer_basis"
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["hit", "asked", "silent"]) | Q(kind="known"),
                name="request_hit_of_known",
            ),
        )
        indexes = (
            *TwoSided.Meta.indexes,
            models.Index(
                fields=["organisation", "expires"],
                condition=Q(access_ended__isnull=True),
                name="request_expiry",
            ),
        )

    @property
    def label(self) -> str:
        """Which of its kinds it is."""
        return str(self.Kind(self.kind).label)

    @property
    def inquiry(self) -> Inquiry | None:
        """By which request for information of the handbook it was asked; None where a partner asks."""
        return self.pack.inquiries.get(self.about)

    @property
    def awaits(self) -> bool:
        """Whether whoever is asked has still to answer, or to answer further."""
        if self.state == State.SENT:
            return True
        return self.state == State.ACCEPTED and self.answer in (self.Answer.NONE, self.Answer.ASKED)

    def in_words(self, other: str, *, received: bool) -> str:
        """Return how far the answer is."""
        said = (self.TO_ASKED if received else self.TO_ASKER)[self.state]
        if self.state == State.ACCEPTED and self.answer == self.Answer.HIT:
            said = HIT_TO_ASKED if received else HIT_TO_ASKER
        return str(said) % {"who": other}

    def role_at(self, organisation_id: UUID) -> Role | None:
        """Return that a partner answers for itself, and in a municipality whoever has it."""
        kind = Organisation.objects.values_list("kind", flat=True).get(pk=organisation_id)
        return Role.PARTNER if kind == Organisation.Kind.PARTNER else None


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
