"""The care file: what the organisation that gives care follows about one person, sealed for it alone."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.care_files.journey import ACTIVITY, CARE_FILE
from sluitend.kernel.flow.models import Matter
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.sealing.fields import SealedField, TokenField

ACCOUNT = "organisations.Account"


class CareFile(Matter):
    """One person in care. What says who that is stands in what is sealed."""

    KIND = ledger_kind = CARE_FILE
    ACTIVITY = ACTIVITY

    class State(models.TextChoices):
        NEW = "new", _("Nieuw")
        IN_CONTACT = "in_contact", _("In contact")
        IN_CARE = "in_care", _("In zorg")
        WAITING = "waiting", _("Wacht")
        AFTERCARE = "aftercare", _("Nazorg")
        CLOSED = "closed", _("Gesloten")

    OPEN: ClassVar = frozenset({State.IN_CONTACT, State.IN_CARE, State.WAITING, State.AFTERCARE})
    TRANSITIONS: ClassVar = dict.fromkeys((State.NEW, *OPEN), OPEN | {State.CLOSED})

    envelope = models.ForeignKey("sealing.Envelope", on_delete=models.PROTECT, related_name="+")
    state = PlainText(max_length=10, choices=State.choices, default=State.NEW, why="choice")
    request_id = models.UUIDField()
    """The request for help from which it was begun."""
    request_code = PlainText(max_length=12, why="random code of the request")
    release_number = models.PositiveIntegerField()
    opened = models.DateTimeField()
    outcome = PlainText(max_length=60, blank=True, default="", why="id of an outcome in the pack")
    retention_until = models.DateField(null=True, blank=True)
    person = SealedField(null=False, instead={})
    contact = SealedField(null=False, instead={})
    consents = SealedField(null=False, instead={})
    course = SealedField(instead={})
    """An end that waits, aftercare, the route of a child. Empty while there is none of it."""
    whole = SealedField(instead={})
    """What thin mode does not keep. Empty where nothing of it was written."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "code"), name="care_file_code"),
            models.UniqueConstraint(fields=("organisation", "request_id"), name="care_file_one_a_request"),
            models.CheckConstraint(
                condition=Q(state__in=["new", "in_contact", "in_care", "waiting", "aftercare", "closed"]),
                name="care_file_state",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed__isnull=False)
                | (~Q(state="closed") & Q(closed__isnull=True)),
                name="care_file_closed_state",
            ),
        )
        # What runs by the clock looks at what is open; after years nearly all is closed.
        indexes = (
            models.Index(
                fields=("organisation", "opened", "id"),
                condition=Q(closed__isnull=True),
                name="care_file_open",
            ),
        )

    @property
    def pack(self) -> Pack:
        """The handbook by which it was begun."""
        return release(self.release_number).pack


class FileMode(Confidential):
    """Whether an organisation keeps the whole file. Without a row it keeps the thin one.

    `BACK` is when somebody asked to go back: nothing is written any more, and all of it is still to be read.
    """

    class State(models.TextChoices):
        THIN = "thin", _("Dun dossier")
        WHOLE = "whole", _("Volledig dossier")
        BACK = "back", _("Terug naar dun gevraagd")

    state = PlainText(max_length=10, choices=State.choices, default=State.THIN, why="choice")
    asked = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken = models.DateTimeField(null=True, blank=True)
    """When a copy of all of it was made, by who deletes it after that."""
    taken_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation",), name="care_file_one_mode"),
            models.CheckConstraint(
                condition=Q(state__in=["thin", "whole", "back"]), name="care_file_mode_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="back") | Q(asked__isnull=False, asked_by__isnull=False),
                name="care_file_mode_asked",
            ),
            # Two people: who asks to go back is never who deletes. The database says so too.
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True)
                | (
                    ~Q(ended_by=models.F("asked_by"))
                    & Q(asked_by__isnull=False, taken__isnull=False, taken_by=models.F("ended_by"))
                ),
                name="care_file_mode_two_people",
            ),
        )

    def __str__(self) -> str:
        return self.state


class Appointment(Confidential):
    """An appointment of a person in care: what it is about and where is sealed; when and of whom is not."""

    sealed_in: ClassVar[str] = "file"

    class State(models.TextChoices):
        PLANNED = "planned", _("Afgesproken")
        KEPT = "kept", _("Ging door")
        MISSED = "missed", _("Persoon kwam niet")
        CANCELLED = "cancelled", _("Afgezegd")

    class Reminder(models.TextChoices):
        NONE = "", _("Niet")
        WAITS = "waits", _("Nog niet")
        DUE = "due", _("Herinner nu")
        REFUSED = "refused", _("Mag nu niet")
        DONE = "done", _("Gedaan")

    file = models.ForeignKey(CareFile, on_delete=models.PROTECT, related_name="appointments")
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    worker = models.ForeignKey("organisations.Account", on_delete=models.PROTECT, related_name="+")
    state = PlainText(max_length=10, choices=State.choices, default=State.PLANNED, why="choice")
    remind_at = models.DateTimeField(null=True, blank=True)
    reminder = PlainText(max_length=10, choices=Reminder.choices, blank=True, default="", why="choice")
    content = SealedField(null=False, instead={})

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["planned", "kept", "missed", "cancelled"]), name="appointment_state"
            ),
            models.CheckConstraint(
                condition=Q(reminder__in=["", "waits", "due", "refused", "done"]), name="appointment_reminder"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=720), name="appointment_minutes"),
        )
        # The first is for the calendar, which has what was cancelled too; after years nearly all are over.
        indexes = (
            models.Index(fields=("organisation", "at"), name="appointment_agenda"),
            models.Index(
                fields=("organisation", "at"), condition=Q(state="planned"), name="appointment_planned"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.at + timedelta(minutes=self.minutes)


class AgendaFeed(Confidential):
    """The secret address at which somebody's own calendar reads when they have appointments."""

    account = models.OneToOneField("organisations.Account", on_delete=models.CASCADE, related_name="+")
    lookup = TokenField(unique=True)
    made = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
