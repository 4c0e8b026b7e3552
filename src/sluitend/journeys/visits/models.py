"""Planned visits and wait requests: who goes where, and who asked to be consulted first.

A visit is released by a focal point, never by itself. A wait request ties what is at a place; it finds visits
by equal tokens of the municipality. That nothing is released there without a consultation is refused by the
database too (migration `0002_rules`), so that no path through the code can forget it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.visits.journey import PLANNED, WAIT_REQUEST
from sluitend.kernel.access.decisions import Resource
from sluitend.kernel.flow.models import ByTurns
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField, TokenField

ACCOUNT = "organisations.Account"
ORGANISATION = "organisations.Organisation"
ENVELOPE = "sealing.Envelope"


class Visit(ByTurns):
    """A check, visit, letter or talk that somebody plans. Content never changes: the revision stays 1."""

    KIND = ledger_kind = PLANNED
    ACTIVITY = "contacten"

    class Kind(models.TextChoices):
        CHECK = "check", _("Controle")
        VISIT = "visit", _("Bezoek")
        LETTER = "letter", _("Brief")
        PERMIT = "permit", _("Gesprek over een vergunning")
        BRANCH = "branch", _("Contact met een branche")

    class State(models.TextChoices):
        PLANNED = "planned", _("Nog niet vrijgegeven")
        RELEASED = "released", _("Vrijgegeven")
        DONE = "done", _("Gedaan")
        WITHDRAWN = "withdrawn", _("Ingetrokken")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        State.PLANNED: frozenset({State.RELEASED, State.WITHDRAWN}),
        State.RELEASED: frozenset({State.PLANNED, State.DONE, State.WITHDRAWN}),
    }
    FRIENDLY = frozenset({Kind.VISIT, Kind.BRANCH})
    """Visits that want nothing of anybody: outreach, which never sees a case."""

    envelope = models.OneToOneField(
        ENVELOPE, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    kind = PlainText(max_length=10, choices=Kind.choices, why="choice")
    state = PlainText(max_length=10, choices=State.choices, default=State.PLANNED, why="choice")
    day = models.DateField()
    planner = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    case_id = models.UUIDField(null=True, blank=True)
    case_code = PlainText(max_length=12, blank=True, default="", why="random code")
    done_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = PlainText(max_length=60, blank=True, default="", why="id of a reason in the pack")
    content = SealedField(instead={"address": NOT_GENUINE, "aim": NOT_GENUINE})
    found = SealedField(instead=NOT_GENUINE)
    """What whoever went there saw, in their words: written once, as it was done."""
    retention_until = models.DateField(null=True, blank=True)
    """Until when it is kept after it ended; then its content goes, and the row stays to be counted."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(retention_until__isnull=False),
                name="visit_closed_has_term",
            ),
            models.UniqueConstraint(fields=["organisation", "code"], name="visit_code"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "released", "done", "withdrawn"]), name="visit_state"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["check", "visit", "letter", "permit", "branch"]), name="visit_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "withdrawn"], closed__isnull=False)
                | Q(state__in=["planned", "released"], closed__isnull=True),
                name="visit_closed_state",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | (~Q(state="done") & Q(done_at__isnull=True)),
                name="visit_done_at",
            ),
            models.CheckConstraint(
                condition=Q(found__isnull=True) | Q(state="done"), name="visit_found_when_done"
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "planner", "-day", "id"], name="visit_own_list"),
            models.Index(
                fields=["organisation", "day", "id"],
                condition=Q(closed__isnull=True),
                name="visit_open_list",
            ),
        )

    @property
    def day_came(self) -> bool:
        """Whether it can have taken place."""
        return self.day <= timezone.localdate()


class VisitToken(Confidential):
    """A keyed token of where a visit takes place, by which wait requests and cases are found."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="tokens")
    kind = PlainText(max_length=12, why="kind of identifier")
    token = TokenField()

    class Meta:
        indexes = (models.Index(fields=["organisation", "token"], name="visit_token"),)

    def __str__(self) -> str:
        return str(self.id)


class WaitRequest(ByTurns):
    """A request to wait. `organisation` is the municipality that it binds, `asker` is who asked.

    A running wait request binds until it is lifted by its asker or for the mayor, asked anew, or, after its
    day, ended by a consultation. A day that passes ends nothing. Content never changes: the revision stays 1.
    """

    KIND = ledger_kind = WAIT_REQUEST
    ACTIVITY = Visit.ACTIVITY

    class State(models.TextChoices):
        RUNS = "runs", _("Loopt")
        PASSED = "passed", _("De datum is voorbij. Overleg eerst")
        LIFTED = "lifted", _("Opgeheven")
        ENDED = "ended", _("Afgesloten na overleg")
        REPLACED = "replaced", _("Opnieuw gevraagd")

    class Lift(models.TextChoices):
        ASKER = "asker", _("door de vrager")
        MAYOR = "mayor", _("door de burgemeester")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        State.RUNS: frozenset({State.PASSED, State.LIFTED, State.REPLACED}),
        State.PASSED: frozenset({State.LIFTED, State.ENDED, State.REPLACED}),
    }
    BINDING = frozenset({State.RUNS, State.PASSED})

    asker = models.ForeignKey(
        ORGANISATION, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    envelope = models.OneToOneField(
        ENVELOPE, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    state = PlainText(max_length=10, choices=State.choices, default=State.RUNS, why="choice")
    partner = PlainText(max_length=60, blank=True, default="", why="id of the partner in the pack")
    ground = PlainText(max_length=60, why="id of a reason in the pack")
    asked_at = models.DateTimeField()
    until = models.DateField()
    indexed = models.DateTimeField(null=True, blank=True)
    """Since when it is held against what is planned; until then nothing at all is released."""
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    ended_by = models.ForeignKey(
        "Consultation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)
    lifted = PlainText(max_length=10, choices=Lift.choices, blank=True, default="", why="choice")
    lift_reason = PlainText(max_length=60, blank=True, default="", why="id of a reason in the pack")
    lift_text = SealedField(instead=NOT_GENUINE)
    content = SealedField(
        instead={"address": NOT_GENUINE, "sentence": NOT_GENUINE, "contact": "", "telephone": ""}
    )
    retention_until = models.DateField(null=True, blank=True)
    """Until when it is kept after it ended; then its content goes, and the row stays to be counted."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(retention_until__isnull=False),
                name="wait_closed_has_term",
            ),
            models.UniqueConstraint(fields=["organisation", "code"], name="wait_code"),
            models.UniqueConstraint(fields=["asker", "code"], name="wait_code_of_asker"),
            models.CheckConstraint(
                condition=Q(state__in=["runs", "passed", "lifted", "ended", "replaced"]), name="wait_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["runs", "passed"]) | Q(closed__isnull=True), name="wait_binds_open"
            ),
            models.CheckConstraint(
                condition=Q(state="lifted", lifted__in=["asker", "mayor"], lifted_at__isnull=False)
                & ~Q(lift_reason="")
                | (~Q(state="lifted") & Q(lifted="", lifted_at__isnull=True)),
                name="wait_lifted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_by__isnull=False)
                | (~Q(state="ended") & Q(ended_by__isnull=True)),
                name="wait_ended_after_consultation",
            ),
            models.CheckConstraint(
                condition=Q(state="replaced", replaced_by__isnull=False)
                | (~Q(state="replaced") & Q(replaced_by__isnull=True)),
                name="wait_replaced_by_another",
            ),
        )
        indexes = (
            models.Index(
                fields=["organisation", "until", "id"],
                condition=Q(state__in=["runs", "passed"]),
                name="wait_binding",
            ),
            models.Index(fields=["organisation", "-asked_at", "id"], name="wait_list"),
            models.Index(fields=["organisation", "partner", "-asked_at", "id"], name="wait_of_partner"),
            models.Index(fields=["asker", "-asked_at", "id"], name="wait_asked_list"),
        )

    def resource(self) -> Resource:
        """Return this as `decide` sees it: with who asked."""
        return Resource(self.KIND, self.organisation_id, self.asker_id, self.id)


class WaitRequestToken(Confidential):
    """A keyed token of what a wait request is about, made by the municipality that it binds."""

    wait_request = models.ForeignKey(WaitRequest, on_delete=models.CASCADE, related_name="tokens")
    kind = PlainText(max_length=12, why="kind of identifier")
    token = TokenField()

    class Meta:
        indexes = (models.Index(fields=["organisation", "token"], name="wait_token"),)

    def __str__(self) -> str:
        return str(self.id)


class Consultation(Confidential):
    """That the asker was asked: who, when, and what came out. Written once; the last one counts.

    Without a visit it is about the wait request itself, after its day. With a question the asker answered it
    in writing, and `by` is who answered; else somebody of the municipality rang.
    """

    class Outcome(models.TextChoices):
        GO_AHEAD = "go_ahead", _("Het mag doorgaan")
        WAIT = "wait", _("Nog wachten")
        TOGETHER = "together", _("Alleen samen")
        TAKE_OVER = "take_over", _("De vrager neemt het over")
        NO_ANSWER = "no_answer", _("Gevraagd, geen antwoord gekregen")

    class CannotWait(models.TextChoices):
        HELP = "help", _("Iemand heeft nu hulp nodig")
        LEGAL_TERM = "legal_term", _("De wet geeft een termijn")

    sealed_in: ClassVar[str] = "wait_request"
    wait_request = models.ForeignKey(WaitRequest, on_delete=models.PROTECT, related_name="consultations")
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    question = models.OneToOneField(
        "WaitRequestQuestion", on_delete=models.PROTECT, null=True, blank=True, related_name="consultation"
    )
    turn = models.PositiveIntegerField()
    asked_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    outcome = PlainText(max_length=10, choices=Outcome.choices, why="choice")
    wait_until = models.DateField(null=True, blank=True)
    cannot_wait = PlainText(max_length=10, choices=CannotWait.choices, blank=True, default="", why="choice")
    whom = SealedField(instead=NOT_GENUINE)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["wait_request", "turn"], name="consultation_turn"),
            models.CheckConstraint(
                condition=Q(outcome__in=["go_ahead", "wait", "together", "take_over", "no_answer"]),
                name="consultation_outcome",
            ),
            models.CheckConstraint(
                condition=Q(cannot_wait="") | Q(cannot_wait__in=["help", "legal_term"], visit__isnull=False),
                name="consultation_cannot_wait",
            ),
        )

    def __str__(self) -> str:
        return self.outcome


class WaitRequestQuestion(Confidential):
    """A question of the municipality to the asker of a wait request, and what the asker answered.

    It is about one visit; without one about the wait request itself, of which the day has passed.
    Both see it: what the municipality tells of the visit, and no more. Only the asker answers, once.
    """

    sealed_in: ClassVar[str] = "wait_request"
    ANSWERS: ClassVar[frozenset[str]] = frozenset({"go_ahead", "wait", "take_over"})

    asker = models.ForeignKey(
        ORGANISATION, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    wait_request = models.ForeignKey(WaitRequest, on_delete=models.PROTECT, related_name="questions")
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="questions"
    )
    code = PlainText(max_length=12, why="random code of the wait request")
    asked_at = models.DateTimeField()
    due = models.DateTimeField()
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
    answer = PlainText(
        max_length=10, choices=Consultation.Outcome.choices, blank=True, default="", why="choice"
    )
    wait_until = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    worked_in = models.DateTimeField(null=True, blank=True)
    """Since when the answer counts as a consultation; until then nothing at all is released."""

    content = SealedField(instead={"text": NOT_GENUINE, "by": "", "kind": "", "day": ""})
    reply = SealedField(instead={"text": NOT_GENUINE, "by": ""})

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, reply__isnull=True)
                | Q(
                    answer__in=["go_ahead", "wait", "take_over"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    recipient_closed__isnull=False,
                ),
                name="wait_question_answer",
            ),
            models.CheckConstraint(
                condition=Q(answer="wait", wait_until__isnull=False)
                | (~Q(answer="wait") & Q(wait_until__isnull=True)),
                name="wait_question_wait",
            ),
            models.UniqueConstraint(
                fields=["wait_request", "visit"],
                condition=Q(recipient_closed__isnull=True),
                nulls_distinct=False,
                name="wait_question_once_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=["asker", "-asked_at", "id"], name="wait_question_asked"),
            models.Index(
                fields=["organisation", "answered_at"],
                condition=Q(answered_at__isnull=False, worked_in__isnull=True),
                name="wait_question_new_answer",
            ),
        )

    def __str__(self) -> str:
        return self.code
