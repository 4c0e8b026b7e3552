"""Next steps: the promise that nothing gets lost, as rows."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.organisations.models import Role

ORGANISATION = "organisations.Organisation"


class Because(models.TextChoices):
    """What was learnt that puts a step before everything else; the words stand on its row."""

    REPORT = "report", _("Er kwam een melding bij")
    MESSAGE = "message", _("De melder schreef iets nieuws")
    SIGNAL = "signal", _("Er hoort een ander signaal bij")
    ANSWER = "answer", _("Een partner liet iets weten")
    FACTS = "facts", _("De feiten zijn anders")
    WEIGHED = "weighed", _("Bij een besluit bleek gevaar, of een kind")
    TRANSFER = "transfer", _("De vorige gemeente hoorde iets nieuws")


class NextStep(models.Model):
    """What must be done about one subject, by whom, before when.

    `writer` is the organisation that wrote the row: a municipality that refers writes the partner's first
    step, a partner that answers writes the municipality's. Only `organisation` sees and changes it.
    `moved_by` gave it last to another owner. Second eyes look at `work_of` somebody, who waits for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No index of these three alone: others begin with whose it is, and nobody asks who wrote it.
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    writer = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject_kind = PlainText(max_length=12, why="choice")
    subject_id = models.UUIDField()
    code = PlainText(max_length=12, blank=True, default="", why="random code of the subject")
    what = PlainText(max_length=30, why="choice")
    owner_role = PlainText(max_length=30, choices=Role.choices, blank=True, default="", why="choice")
    owner = models.ForeignKey(
        "organisations.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    team = models.ForeignKey(
        "organisations.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,  # the key of the database is (team, organisation): see the migration
        db_index=False,
    )
    moved_by = models.UUIDField(null=True, blank=True)
    work_of = models.UUIDField(null=True, blank=True)
    due = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    minor = models.BooleanField(default=False)
    because = PlainText(max_length=10, choices=Because.choices, blank=True, default="", why="choice")
    waits_on_other = models.BooleanField(default=False)
    done = models.DateTimeField(null=True, blank=True)
    done_by = models.UUIDField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    created_day = models.DateField()

    class Meta:
        # The first three give an owner's steps in the order of Vandaag, without reading all that is open; the
        # next three what the navigation counts.
        indexes = (
            models.Index(
                fields=["organisation", "owner_role", "-urgent", "-minor", "due", "id"],
                condition=Q(done__isnull=True, owner__isnull=True),
                name="step_role_order",
            ),
            models.Index(
                fields=["organisation", "owner", "-urgent", "-minor", "due", "id"],
                condition=Q(done__isnull=True),
                name="step_owner_order",
            ),
            models.Index(
                fields=["organisation", "team", "-urgent", "-minor", "due", "id"],
                condition=Q(done__isnull=True, team__isnull=False),
                name="step_team_order",
            ),
            models.Index(
                fields=["organisation", "owner_role", "what"],
                condition=Q(done__isnull=True, owner__isnull=True, waits_on_other=False),
                include=["work_of"],
                name="step_role_count",
            ),
            models.Index(
                fields=["organisation", "owner", "what"],
                condition=Q(done__isnull=True, waits_on_other=False),
                name="step_owner_count",
            ),
            models.Index(
                fields=["organisation", "team", "what"],
                condition=Q(done__isnull=True, team__isnull=False, waits_on_other=False),
                name="step_team_count",
            ),
            models.Index(
                fields=["organisation", "subject_kind", "subject_id"],
                condition=Q(done__isnull=True),
                name="step_open_subject",
            ),
            # Of every kind: which of them are about what came in, the journeys say.
            models.Index(fields=["organisation", "what", "created_day"], name="step_since"),
            # Of one kind there are few, among all that is open of a large municipality.
            models.Index(
                fields=["organisation", "what", "subject_id"],
                condition=Q(done__isnull=True),
                name="step_open_kind",
            ),
            models.Index(fields=["organisation", "subject_id"], name="step_subject"),
            models.Index(fields=["organisation", "done"], condition=Q(done__isnull=False), name="step_done"),
            models.Index(
                fields=["organisation", "due", "level"],
                condition=Q(done__isnull=True),
                name="step_escalation",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(owner__isnull=False, team__isnull=True, owner_role="")
                | Q(owner__isnull=True, team__isnull=False, owner_role="")
                | (Q(owner__isnull=True, team__isnull=True) & ~Q(owner_role="")),
                name="step_one_owner",
            ),
            models.CheckConstraint(condition=Q(because__in=["", *Because.values]), name="step_because"),
        )

    def __str__(self) -> str:
        return self.what


class Assignment(models.Model):
    """To whom a municipality gave a matter: every next step of its subjects goes there.

    One row for each subject of the matter (a case, its tracks and its referrals), so that a step finds its
    owner by its own subject, also one that another organisation writes.
    """

    class Back(models.TextChoices):
        """Why somebody gives it back. The prepared answers; nothing is typed."""

        NO_TIME = "no_time", _("Geen tijd")
        AWAY = "away", _("Ik ben er binnenkort niet")
        KNOWS_SOMEBODY = "knows_somebody", _("Ik ken iemand die erbij hoort")
        OTHER_SKILL = "other_skill", _("Een collega kan dit beter")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    matter_id = models.UUIDField()
    subject_id = models.UUIDField()
    account = models.ForeignKey(
        "organisations.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        "organisations.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    back = PlainText(max_length=20, choices=Back.choices, blank=True, default="", why="choice")

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "matter_id"], name="assignment_matter"),
            models.Index(fields=["organisation", "account"], name="assignment_account"),
        )
        constraints = (
            models.UniqueConstraint(fields=["organisation", "subject_id"], name="assigned_once"),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(team__isnull=False), name="assigned_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(back__in=["", "no_time", "away", "knows_somebody", "other_skill"]),
                name="assignment_back",
            ),
        )

    def __str__(self) -> str:
        return str(self.subject_id)


class EscalationChoice(models.Model):
    """What a municipality chose for what waits longest, and its 24-hour contact for what is acute."""

    class To(models.TextChoices):
        """Where a late step goes after the manager."""

        MANAGER = "manager", _("Opnieuw naar de leidinggevende")
        MAILBOX = "mailbox", _("Naar de postbus van de gemeente")
        REGION = "region", _("Ook zichtbaar voor de regiocoördinator: hoeveel en hoe lang, nooit wat")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    escalates_to = PlainText(max_length=10, choices=To.choices, default=To.MANAGER, why="choice")
    picket_name = PlainText(max_length=80, blank=True, default="", why="name of the 24-hour contact")
    picket_mail = PlainText(max_length=254, blank=True, default="", why="mailbox of the 24-hour contact")
    picket_telephone = PlainText(max_length=40, blank=True, default="", why="number of the 24-hour contact")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(escalates_to__in=["manager", "mailbox", "region"]), name="escalates_somewhere"
            ),
        )

    def __str__(self) -> str:
        return self.escalates_to


class OnCall(models.Model):
    """That somebody of an organisation is on call from the first day up to and including the last.

    Each duty begins in the morning of its day and lasts until the next morning: see `duty.py`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(ORGANISATION, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("organisations.Account", on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    telephone = PlainText(max_length=40, blank=True, default="", why="number of the duty, told to who asks")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="on_call_days"),)

    def __str__(self) -> str:
        return str(self.id)


class Followed(models.Model):
    """A subject that is followed up: open with a next step, or closed. The database refuses anything else."""

    current_step = models.ForeignKey(
        NextStep,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Turned(models.Model):
    """A thing that two may work on at once: who took its last turn, written with each turn."""

    turned = models.PositiveIntegerField(default=0, db_default=0)
    """The turn that this is about; another than the present one was taken by who has no account."""
    turned_at = models.DateTimeField(null=True, blank=True)
    turned_by = models.UUIDField(null=True, blank=True)
    turned_for = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True


class Presence(models.Model):
    """That somebody had a thing open at a moment, and whether something stood in a form there.

    The table is unlogged, and a row is gone ten minutes after.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    account = models.ForeignKey("organisations.Account", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    writes = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "subject_id", "account"], name="followup_presence_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
