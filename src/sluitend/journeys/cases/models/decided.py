"""What somebody decided, asked or chose. Rows are written once; a second judgement is a second row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.cases.models.matters import ACCOUNT, Answer, Noted, TrackKind
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField


class Intake(Confidential):
    """The three questions about a report and what was decided. A second judgement is a second row."""

    class Decision(models.TextChoices):
        NEW = "new", _("Nieuwe casus")
        ADD = "add", _("Toegevoegd aan casus")
        PASS_ON = "pass_on", _("Doorgegeven")
        CLOSE = "close", _("Gesloten")

    report_id = models.UUIDField()
    scope = PlainText(max_length=10, choices=Answer.choices, why="choice")
    task = PlainText(max_length=10, choices=Answer.choices, why="choice")
    territory = PlainText(max_length=10, choices=Answer.choices, why="choice")
    decision = PlainText(max_length=10, choices=Decision.choices, why="choice")
    at = models.DateTimeField()
    by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("organisation", "report_id"), name="intake_report"),)

    def __str__(self) -> str:
        return self.decision


class Weighing(Noted):
    """Three judgements and one outcome. No points, no sum."""

    class Decision(models.TextChoices):
        CONTINUE = "continue", _("Doorgaan")
        HOLD = "hold", _("Wachten tot een datum")
        CLOSE = "close", _("Sluiten")

    concrete = PlainText(max_length=10, choices=Answer.choices, why="choice")
    recent = PlainText(max_length=10, choices=Answer.choices, why="choice")
    pattern = PlainText(max_length=10, choices=Answer.choices, why="choice")
    decision = PlainText(max_length=10, choices=Decision.choices, why="choice")
    reason = PlainText(max_length=60, why="id of a reason in the pack")
    sentence = SealedField(instead=NOT_GENUINE)

    def __str__(self) -> str:
        return self.decision


class LookUp(Noted):
    """One question to one source."""

    class Result(models.TextChoices):
        HIT = "hit", _("Hit")
        NO_HIT = "no_hit", _("Geen hit")
        LATER = "later", _("Later")

    source = PlainText(max_length=60, why="id of a source in the pack")
    result = PlainText(max_length=10, choices=Result.choices, why="choice")
    need = PlainText(max_length=60, why="id of a reason in the pack")
    content = SealedField(null=False, instead={"question": NOT_GENUINE, "need": ""})
    copied = SealedField(instead=NOT_GENUINE)

    def __str__(self) -> str:
        return self.source


class EarlierLink(Confidential):
    """What a focal point said about an earlier signal on the same value: it belongs here, or it does not."""

    class Verdict(models.TextChoices):
        LINKED = "linked", _("Verbonden")
        DISMISSED = "dismissed", _("Hoort hier niet bij")

    about_id = models.UUIDField()
    earlier_kind = PlainText(
        max_length=10, choices=[("report", _("Melding")), ("case", _("Casus"))], why="choice"
    )
    earlier_id = models.UUIDField()
    earlier_code = PlainText(max_length=12, why="random code")
    verdict = PlainText(max_length=10, choices=Verdict.choices, why="choice")
    at = models.DateTimeField()
    by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "about_id", "earlier_id"), name="earlier_link_once"
            ),
        )

    def __str__(self) -> str:
        return self.verdict


class ResidentsQuestion(Noted):
    """What happens to the residents, and what was done first. The answer about papers is never kept."""

    answer = PlainText(max_length=60, why="id of a prepared answer in the pack")
    lets_place_go = models.BooleanField()
    first_step = PlainText(max_length=60, blank=True, default="", why="id of a first step in the pack")

    def __str__(self) -> str:
        return self.answer


class AgainstWish(Noted):
    """The decision to act against the wish of a possible victim: by whom, on which ground, and why."""

    ground = PlainText(max_length=60, why="id of a reason in the pack")
    text = SealedField(null=False, instead=NOT_GENUINE)

    def __str__(self) -> str:
        return self.ground


class SentReferral(Noted):
    """What a case needs to know of a referral: that it went, and whether something is still awaited."""

    referral_id = models.UUIDField()
    referral_code = PlainText(max_length=12, why="random code")
    track = PlainText(max_length=10, choices=TrackKind.choices, why="choice")
    open = models.BooleanField(default=True)
    with_partner = models.BooleanField(default=True, db_default=True)
    """Whether the partner can still read it: not once it gave it back, or its term passed."""
    told = models.PositiveIntegerField(default=0, db_default=0)
    """The turn of the referral up to which the timeline says what came back."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "referral_id"), name="sent_referral_once"),
        )

    def __str__(self) -> str:
        return self.referral_code
