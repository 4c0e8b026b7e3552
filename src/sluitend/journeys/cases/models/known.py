"""What is known: reports, subjects, observations and what happened when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.cases.models.matters import ACCOUNT, Case, Noted, Part, TrackKind
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField, TokenField


class CaseReport(Noted):
    """A report that is part of a case. No foreign key: the two are destroyed apart, each at its own term."""

    report_id = models.UUIDField()
    report_code = PlainText(max_length=12, why="random code")
    received = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "report_id"), name="case_report_one_case"),
        )

    def __str__(self) -> str:
        return self.report_code


class Subject(Part):
    """A person, company, place, vehicle, phone or account in a case, with its roles."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Persoon")
        COMPANY = "company", _("Bedrijf")
        PLACE = "place", _("Plaats")
        VEHICLE = "vehicle", _("Voertuig")
        PHONE = "phone", _("Telefoon")
        ACCOUNT = "account", _("Account")

    kind = PlainText(max_length=10, choices=Kind.choices, why="choice")
    added = models.DateTimeField()
    content = SealedField(
        null=False,
        instead={"name": NOT_GENUINE, "roles": [], "identifiers": [], "remark": "", "language": ""},
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["person", "company", "place", "vehicle", "phone", "account"]),
                name="subject_kind",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class SubjectToken(Confidential):
    """A keyed token of an identifying value of a subject, by which earlier signals are found."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tokens")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="tokens")
    kind = PlainText(max_length=12, why="kind of identifier")
    token = TokenField()

    class Meta:
        indexes = (models.Index(fields=("organisation", "token"), name="subject_token"),)

    def __str__(self) -> str:
        return str(self.id)


class Observation(Noted):
    """A fact or an interpretation. Never edited: a correction is a new row that names the old one."""

    class Kind(models.TextChoices):
        FACT = "fact", _("Feit")
        OPINION = "opinion", _("Duiding")

    kind = PlainText(max_length=10, choices=Kind.choices, why="choice")
    corrects = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="corrected_by"
    )
    content = SealedField(
        null=False,
        instead={"text": NOT_GENUINE, "indicators": [], "when": "", "where": "", "source": ""},
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=["fact", "opinion"]), name="observation_kind"),
        )

    def __str__(self) -> str:
        return str(self.id)


class TimelineEvent(Part):
    """One line of what happened in a case: by somebody, or by nobody where it came in by itself."""

    class What(models.TextChoices):
        OPENED = "opened", _("Casus geopend")
        REPORT = "report", _("Melding toegevoegd")
        WEIGHED = "weighed", _("Weging afgerond")
        TRACK_OPENED = "track_opened", _("Spoor geopend")
        TRACK_WORKED = "track_worked", _("Spoor bijgewerkt")
        TRACK_CLOSED = "track_closed", _("Spoor afgesloten")
        SUBJECT = "subject", _("Betrokkene toegevoegd")
        OBSERVED = "observed", _("Waarneming toegevoegd")
        CORRECTED = "corrected", _("Waarneming verbeterd")
        NOTE = "note", _("Notitie")
        LOOKED_UP = "looked_up", _("Bron geraadpleegd")
        LINKED = "linked", _("Eerder signaal verbonden")
        DISMISSED = "dismissed", _("Eerder signaal hoort hier niet bij")
        RESIDENTS = "residents", _("Gevraagd wat er met de bewoners gebeurt")
        WISH = "wish", _("Wens vastgelegd")
        AGAINST_WISH = "against_wish", _("Besloten tegen de wens in te gaan")
        FACTS = "facts", _("Feiten voor het advies bijgewerkt")
        ROUTE = "route", _("Route gekozen")
        PLAN = "plan", _("Plan bijgewerkt")
        URGENT = "urgent", _("Direct gevaar of een minderjarige")
        LOOKED_ALONG = "looked_along", _("Tweede paar ogen")
        DUE = "due", _("Andere datum")
        MESSAGE = "message", _("Bericht aan de melder")
        REFERRAL = "referral", _("Doorzetting")
        TRANSFER = "transfer", _("Overdracht")
        CLOSED = "closed", _("Casus gesloten")
        REOPENED = "reopened", _("Casus heropend")

    at = models.DateTimeField()
    by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = PlainText(max_length=20, choices=What.choices, why="choice")
    track = PlainText(max_length=10, choices=TrackKind.choices, blank=True, default="", why="choice")
    corrects = models.UUIDField(null=True, blank=True)
    content = SealedField(instead={"text": NOT_GENUINE})

    class Meta:
        indexes = (models.Index(fields=("case", "-at"), name="timeline_case_at"),)

    def __str__(self) -> str:
        return self.what
