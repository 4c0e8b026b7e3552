"""What reporters tell, and the mailbox through which they come back. No moment here is finer than the day."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.reports.doors import CARE, MUNICIPALITY, Door
from sluitend.journeys.reports.journey import REPORT
from sluitend.kernel.followup.models import Followed
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField, TokenField

ENVELOPE = "sealing.Envelope"
ACCOUNT = "organisations.Account"
ORGANISATION = "organisations.Organisation"


class Kind(models.TextChoices):
    """Through which of the three doors somebody came in; whoever receives may move it to another."""

    REPORT = "report", _("Melding")
    HELP = "help", _("Hulpvraag voor iemand")
    ADVICE = "advice", _("Adviesvraag")
    CARE = "care", _("Hulpvraag aan de zorg")
    CONSULT = "consult", _("Adviesvraag aan de zorg")


AT_MUNICIPALITY = (Kind.REPORT, Kind.HELP, Kind.ADVICE)
"""The others are of a care organisation, in which no municipality looks."""
OF_CARE = ~Q(kind__in=AT_MUNICIPALITY)


class Anonymity(models.TextChoices):
    """What the reporter allows us to know."""

    NAMED = "named", _("Met naam")
    CONFIDENTIAL = "confidential", _("Naam bekend, niet noemen")
    ANONYMOUS = "anonymous", _("Zonder naam")


class Minor(models.TextChoices):
    """Whether somebody younger than eighteen is involved."""

    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    PERHAPS = "perhaps", _("Misschien")
    UNKNOWN = "unknown", _("Niet bekend")


def may_be_minor(answer: str) -> bool:
    """Return whether somebody younger than eighteen is, or may be, involved."""
    return answer in (Minor.YES, Minor.PERHAPS)


class Channel(models.TextChoices):
    """How it reached us."""

    FORM = "form", _("Formulier")
    MARK = "mark", _("Notitie, nog niet af")
    COLLEAGUE = "colleague", _("Ingevoerd voor een collega")
    PARTNER = "partner", _("Van een ketenpartner")


class State(models.TextChoices):
    """How far a report is."""

    NEW = "new", _("Nieuw")
    TAKEN_IN = "taken_in", _("In een casus")
    PASSED_ON = "passed_on", _("Naar een ander team")
    MOVED = "moved", _("Doorgestuurd")
    CLOSED = "closed", _("Gesloten")


TRANSITIONS: dict[str, frozenset[str]] = {
    State.NEW: frozenset({State.TAKEN_IN, State.PASSED_ON, State.CLOSED}),
    State.TAKEN_IN: frozenset({State.CLOSED}),
    State.PASSED_ON: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.NEW}),
}
"""Which state may follow which."""


class Report(Confidential, Followed):
    """A report, a request for help, or a question for advice, as told; its words are never edited.

    `revision` is that of the sealed words: 1 as filed, 2 as the sweep sealed them anew. A change of state
    compares with what was read.
    """

    ledger_kind: ClassVar[str] = REPORT
    # What is written anew each night has no index that another begins with, or that nobody asks.
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    envelope = models.OneToOneField(ENVELOPE, on_delete=models.PROTECT, related_name="+", null=True)
    code = PlainText(max_length=12, why="random code")
    kind = PlainText(max_length=10, choices=Kind.choices, default=Kind.REPORT, why="choice")
    state = PlainText(max_length=10, choices=State.choices, default=State.NEW, why="choice")
    channel = PlainText(max_length=10, choices=Channel.choices, default=Channel.FORM, why="choice")
    received = models.DateField()
    anonymity = PlainText(max_length=12, choices=Anonymity.choices, default=Anonymity.ANONYMOUS, why="choice")
    acute = models.BooleanField(default=False)
    minor = PlainText(max_length=8, choices=Minor.choices, default=Minor.UNKNOWN, why="choice")
    theme = PlainText(max_length=60, blank=True, default="", why="id of a theme of advice in the pack")
    decided = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    outcome = PlainText(max_length=60, blank=True, default="", why="id in the pack: outcome or department")
    retention_until = models.DateField(null=True, blank=True)
    second_eyes = models.DateField(null=True, blank=True)
    second_eyes_by = models.ForeignKey(
        ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    swept = models.BooleanField(default=False)
    # What came in of it still shows when it came in: it is written anew when that day is over.
    fresh = models.BooleanField(default=True)
    # Whether somebody was told by mail that it, or an answer, waits.
    told = models.BooleanField(default=False)
    content = SealedField(by_public=True, instead={"saw": NOT_GENUINE, "where": NOT_GENUINE})
    decision = SealedField(instead={"sentence": NOT_GENUINE})

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "code"], name="reports_report_code"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="reports_report_kind"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="reports_report_state"),
            models.CheckConstraint(condition=Q(minor__in=Minor.values), name="reports_report_minor"),
            models.CheckConstraint(
                condition=Q(anonymity__in=Anonymity.values), name="reports_report_anonymity"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="reports_report_channel"),
            models.CheckConstraint(
                condition=Q(envelope__isnull=False) | Q(content__isnull=True, closed__isnull=False),
                name="reports_report_destroyed_is_empty",
            ),
        )
        indexes = (
            models.Index(
                fields=["organisation", "-acute", "received"],
                condition=Q(state="new"),
                name="reports_report_new",
            ),
            models.Index(fields=["organisation"], condition=Q(swept=False), name="reports_report_unswept"),
            models.Index(fields=["organisation"], condition=Q(fresh=True), name="reports_report_fresh"),
            models.Index(fields=["organisation"], condition=Q(told=False), name="reports_report_untold"),
            models.Index(fields=["organisation", "-received"], name="reports_report_received"),
            # The list of care: what is open in its order, and the rest by when it was closed.
            models.Index(
                fields=["organisation", "-acute", "-minor", "received", "code"],
                condition=OF_CARE & Q(closed__isnull=True),
                name="reports_report_care_open",
            ),
            models.Index(
                fields=["organisation", "-closed"], condition=OF_CARE, name="reports_report_care_closed"
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def door(self) -> Door:
        """Who takes it up, and by which steps."""
        return MUNICIPALITY if self.kind in AT_MUNICIPALITY else CARE

    @property
    def asks_second_eyes(self) -> bool:
        """Whether a second person should look too: danger now, or somebody who is or may be a child."""
        asked = self.door.second_eyes and (self.acute or may_be_minor(self.minor))
        return self.second_eyes is None and asked


class ReporterIdentity(Confidential):
    """Who reported, in an envelope of its own: opened by a separate action with a reason."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="identity")
    envelope = models.OneToOneField(ENVELOPE, on_delete=models.PROTECT, related_name="+")
    content = SealedField(null=False, by_public=True, instead={"name": NOT_GENUINE})

    def __str__(self) -> str:
        return str(self.id)


class ReportToken(models.Model):
    """A token of something identifying in a report: equal values in one organisation find each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="tokens")
    kind = PlainText(max_length=12, why="kind of value")
    token = TokenField()

    class Meta:
        indexes = (models.Index(fields=["organisation", "token"], name="reports_token_search"),)

    def __str__(self) -> str:
        return self.kind


class Mailbox(models.Model):
    """Where messages wait for whoever has the receipt. The look-up value is a keyed hash of the code.

    `public` seals to whoever has the receipt and opens nothing: by it what came to the wrong door is sealed
    anew, and the receipt goes on working. A mailbox of before it was kept has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lookup = models.BinaryField(max_length=32, unique=True)
    public = models.BinaryField(max_length=1216, null=True)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="mailbox")

    def __str__(self) -> str:
        return str(self.id)


class MailboxMessage(Confidential):
    """One message between municipality and reporter, under the report's envelope: both sides can open it."""

    class Direction(models.TextChoices):
        IN = "in", _("Van de melder")
        OUT = "out", _("Aan de melder")

    class Kind(models.TextChoices):
        QUESTION = "question", _("Vraag")
        ANSWER = "answer", _("Antwoord")
        FEEDBACK = "feedback", _("Terugkoppeling")
        ADDITION = "addition", _("Aanvulling")

    sealed_in: ClassVar[str] = "report"
    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="messages")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveSmallIntegerField()
    direction = PlainText(max_length=3, choices=Direction.choices, why="choice")
    kind = PlainText(max_length=10, choices=Kind.choices, why="choice")
    day = models.DateField()
    swept = models.BooleanField(default=True)
    acute = models.BooleanField(default=False)
    minor = models.BooleanField(default=False)
    # Whether the case that its report is part of knows what was ticked with it.
    heard = models.BooleanField(default=False, db_default=False)
    text = SealedField(null=False, by_public=True, instead=NOT_GENUINE)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(direction__in=["in", "out"]), name="reports_message_direction"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["question", "answer", "feedback", "addition"]),
                name="reports_message_kind",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "report", "number"], name="reports_message_thread"),
            models.Index(fields=["organisation"], condition=Q(swept=False), name="reports_message_unswept"),
            models.Index(
                fields=["organisation"],
                condition=Q(Q(acute=True) | Q(minor=True), swept=True, heard=False),
                name="reports_message_unheard",
            ),
        )

    def __str__(self) -> str:
        return self.kind


class Passage(models.Model):
    """What came to the wrong door and is passed on: from whom, to whom, since when. It holds no content.

    Functions of the database alone write it, each with all that belongs to it. `code` is that of the report
    at whoever passed it on, `report_id` that report, `arrived_id` what was made of it at the other door.
    """

    class To(models.TextChoices):
        CARE = "care", _("Naar de zorg")
        MUNICIPALITY = "municipality", _("Naar de gemeente")

    class State(models.TextChoices):
        SENT = "sent", _("Nog niet overgenomen")
        ACCEPTED = "accepted", _("Overgenomen")
        RETURNED = "returned", _("Teruggegeven")
        RECALLED = "recalled", _("Teruggehaald")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    recipient = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = PlainText(max_length=12, why="random code")
    report_id = models.UUIDField(unique=True)
    arrived_id = models.UUIDField(unique=True)
    to = PlainText(max_length=12, choices=To.choices, why="choice")
    state = PlainText(max_length=10, choices=State.choices, default=State.SENT, why="choice")
    sent = models.DateTimeField()
    decided = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(to__in=["care", "municipality"]), name="reports_passage_to"),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "accepted", "returned", "recalled"]),
                name="reports_passage_state",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "-sent", "-id"], name="reports_passage_sent"),
            models.Index(fields=["recipient", "-sent", "-id"], name="reports_passage_came"),
        )

    def __str__(self) -> str:
        return self.code


class RememberedReceipt(Confidential):
    """What an account keeps of a report: the receipt, sealed for the reporter's own organisation."""

    not_remembered: ClassVar[str] = "of one account, to find a receipt again"
    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    envelope = models.OneToOneField(ENVELOPE, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    receipt = SealedField(null=False, instead={"code": NOT_GENUINE, "kind": "report"})

    class Meta:
        indexes = (models.Index(fields=["organisation", "account", "-day"], name="reports_remembered_mine"),)

    def __str__(self) -> str:
        return str(self.id)


class Mark(Confidential, Followed):
    """Marked now, to be finished later, by somebody who is signed in; kept in their own organisation.

    Unfinished at the end of the day it becomes a report by itself, so that the focal point has it that day.
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    envelope = models.OneToOneField(ENVELOPE, on_delete=models.PROTECT, related_name="+")
    code = PlainText(max_length=12, why="random code")
    day = models.DateField(default=timezone.localdate)
    minor = models.BooleanField(default=False)
    content = SealedField(null=False, instead={"where": NOT_GENUINE})

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "code"], name="reports_mark_code"),)
        indexes = (
            models.Index(
                fields=["organisation", "account"], condition=Q(closed__isnull=True), name="reports_mark_open"
            ),
        )

    def __str__(self) -> str:
        return self.code
