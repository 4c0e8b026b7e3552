"""The case itself and its two tracks. Content is sealed under the envelope of the case; states are plain."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.cases.journey import CASE, TRACK
from sluitend.kernel.flow.models import Matter
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField

ACCOUNT = "organisations.Account"


class TrackKind(models.TextChoices):
    """The two tracks. They run side by side and never wait for each other."""

    PERSON = "person", _("Persoonsspoor")
    PLACE = "place", _("Locatiespoor")


class Answer(models.TextChoices):
    """An answer to a question of intake or weighing. Not knowing is an answer."""

    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    UNKNOWN = "unknown", _("Weet niet")


class Minor(models.TextChoices):
    """Whether somebody under age may be involved."""

    YES = "yes", _("Ja")
    NO = "no", _("Nee")
    PERHAPS = "perhaps", _("Misschien")
    UNKNOWN = "unknown", _("Weet niet")


def is_minor(answer: str) -> bool:
    """Return whether somebody under age is, or may be, involved."""
    return answer in (Minor.YES, Minor.PERHAPS)


def graver(present: str, heard: str) -> str:
    """Return the more serious of two answers about somebody under age."""
    order = [Minor.YES, Minor.PERHAPS, Minor.NO, Minor.UNKNOWN]
    return min(Minor(present), Minor(heard), key=order.index)


PRESSING = Q(acute=True) | Q(minor__in=[Minor.YES, Minor.PERHAPS])
"""What goes before the others in every list."""


class Case(Matter):
    """One matter, with the release of the handbook by which it is judged."""

    KIND = ledger_kind = CASE
    ACTIVITY = "casus"

    class State(models.TextChoices):
        WEIGHING = "weighing", _("Weging")
        ON_HOLD = "on_hold", _("Wacht tot een datum")
        ROUTING = "routing", _("Gewogen")
        RUNNING = "running", _("Loopt")
        CLOSED = "closed", _("Gesloten")

    TRANSITIONS: ClassVar = {
        State.WEIGHING: frozenset({State.ROUTING, State.ON_HOLD, State.CLOSED}),
        State.ON_HOLD: frozenset({State.ROUTING, State.ON_HOLD, State.CLOSED}),
        State.ROUTING: frozenset({State.ROUTING, State.RUNNING, State.CLOSED}),
        State.RUNNING: frozenset({State.RUNNING, State.CLOSED}),
        State.CLOSED: frozenset({State.WEIGHING}),
    }

    envelope = models.ForeignKey("sealing.Envelope", on_delete=models.PROTECT, related_name="+")
    state = PlainText(max_length=10, choices=State.choices, default=State.WEIGHING, why="choice")
    owner = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Whom to ask about it; nobody by name after they left without handing over."""
    release_number = models.PositiveIntegerField()
    opened = models.DateTimeField()
    acute = models.BooleanField(default=False)
    minor = PlainText(max_length=10, choices=Minor.choices, default=Minor.UNKNOWN, why="choice")
    held_until = models.DateField(null=True, blank=True)
    outcome = PlainText(max_length=60, blank=True, default="", why="id of an outcome in the pack")
    retention_until = models.DateField(null=True, blank=True)
    transfer = models.UUIDField(null=True, blank=True)
    """The transfer that is under way, or by which the case went to another municipality."""
    onward_acute = models.BooleanField(default=False, db_default=False)
    onward_minor = models.BooleanField(default=False, db_default=False)
    """Danger, or a child, that was heard here and that the other municipality must hear still."""
    name = SealedField(null=False, instead=NOT_GENUINE)
    wish = SealedField()
    facts = SealedField(instead={"row": {"place": NOT_GENUINE}})
    """What is known of it; in a list the words of `queries/glances` stand where it is."""
    plan = SealedField()
    """What people said of the facts of the plan, and what became of its actions."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "code"), name="case_code"),
            models.CheckConstraint(
                condition=Q(state__in=["weighing", "on_hold", "routing", "running", "closed"]),
                name="case_state",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed__isnull=False)
                | (~Q(state="closed") & Q(closed__isnull=True)),
                name="case_closed_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="on_hold") | Q(held_until__isnull=False), name="case_held_until"
            ),
        )
        indexes = (
            # The list of open cases must not walk past a million closed ones.
            models.Index(
                fields=("organisation", "-opened", "id"), condition=Q(closed__isnull=True), name="case_opened"
            ),
            models.Index(fields=("organisation", "state", "-opened", "id"), name="case_state_opened"),
            # Of these there are few in a list of many.
            models.Index(fields=("organisation", "-opened", "id"), condition=PRESSING, name="case_pressing"),
            models.Index(
                fields=("organisation",),
                condition=Q(onward_acute=True) | Q(onward_minor=True),
                name="case_onward",
            ),
        )

    @property
    def pack(self) -> Pack:
        """The handbook by which it is judged: that of its start, or a newer one that somebody took over."""
        return release(self.release_number).pack


class Part(Confidential):
    """A row that belongs to a case and is destroyed with it."""

    sealed_in: ClassVar[str] = "case"
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Noted(Part):
    """A row that somebody wrote at a moment and that is never changed."""

    at = models.DateTimeField()
    by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Track(Part, Matter):
    """One of the two tracks of a case, once it is opened."""

    KIND = TRACK
    ACTIVITY = Case.ACTIVITY

    class State(models.TextChoices):
        WAITS = "waits", _("Wacht")
        RUNS = "runs", _("Loopt")
        CLOSED = "closed", _("Klaar")

    TRANSITIONS: ClassVar = {
        State.WAITS: frozenset({State.WAITS, State.RUNS, State.CLOSED}),
        State.RUNS: frozenset({State.RUNS, State.WAITS, State.CLOSED}),
        State.CLOSED: frozenset({State.WAITS}),
    }

    code = PlainText(max_length=12, why="random code of the case")
    kind = PlainText(max_length=10, choices=TrackKind.choices, why="choice")
    state = PlainText(max_length=10, choices=State.choices, default=State.WAITS, why="choice")
    outcome = PlainText(max_length=60, blank=True, default="", why="id of an outcome in the pack")
    summary = SealedField(instead={"text": NOT_GENUINE})

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "kind"), name="track_one_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=["person", "place"]), name="track_kind"),
            models.CheckConstraint(condition=Q(state__in=["waits", "runs", "closed"]), name="track_state"),
            models.CheckConstraint(
                condition=Q(state="closed", closed__isnull=False)
                | (~Q(state="closed") & Q(closed__isnull=True)),
                name="track_closed_state",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}:{self.kind}"
