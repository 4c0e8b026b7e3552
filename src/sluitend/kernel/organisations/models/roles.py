"""What somebody may do where, and until when."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.organisations.genuine import Grant, Longer, is_given, proof_of
from sluitend.kernel.organisations.models.people import Account
from sluitend.kernel.organisations.models.places import Organisation
from sluitend.kernel.prepared import Given


class Role(models.TextChoices):
    """What somebody may do in an organisation. `access.decisions` says what that means."""

    REPORTER = "reporter", _("Melder")
    FOCAL_POINT = "focal_point", _("Aandachtsfunctionaris")
    DEPUTY = "deputy", _("Vervanger")
    MANAGER = "manager", _("Leidinggevende")
    PRIVACY_OFFICER = "privacy_officer", _("Privacyfunctionaris")
    ADMINISTRATOR = "administrator", _("Beheerder")
    INSPECTOR = "inspector", _("Toezichthouder")
    PARTNER = "partner", _("Ketenpartner")
    REGIONAL_COORDINATOR = "regional_coordinator", _("Regiocoördinator")


CONTENT_ROLES = frozenset({Role.FOCAL_POINT, Role.DEPUTY, Role.PARTNER, Role.INSPECTOR})
"""Roles that open content."""
DOES_CASES = (Role.FOCAL_POINT, Role.DEPUTY)
"""Who does cases: may have a matter by name, and be in a team."""
STANDS_IN = (*DOES_CASES, Role.PARTNER)
"""Who may be named as the deputy of a colleague: at a partner everybody who works there."""
CONFIRMERS = frozenset({Role.FOCAL_POINT, Role.MANAGER, Role.PRIVACY_OFFICER})
"""Who may confirm a role that a colleague offers."""
NEEDS_SECOND = CONTENT_ROLES | CONFIRMERS
"""Roles that work only after a second person confirmed them; `role_needs_second` in the database."""
FOUNDED = uuid.UUID(int=0)
"""Stands for who confirmed a role that was there before a second person was asked for."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships that hold."""

    def valid(self, on: date | Given | None = None) -> "MembershipQuerySet":
        """Return those that work on the given day (today by default); `role_holds` in the database.

        Begun and not ended, accepted by the person, and confirmed by a second one where the role asks for it.
        """
        return self.confirmed(on).filter(accepted_on__isnull=False)

    def at_work(self, on: date | Given | None = None) -> "MembershipQuerySet":
        """Return those of who can be given something on the given day.

        Who was let in and never signed in may never do so: nothing waits for them, and they count nowhere.
        """
        return self.valid(on).filter(account__is_active=True, account__last_login__isnull=False)

    def confirmed(self, on: date | Given | None = None) -> "MembershipQuerySet":
        """Return those that work on the given day, or would if the person accepted them."""
        day = on or timezone.localdate()
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day),
            Q(until__isnull=True) | Q(until__gte=day),
            Q(confirmed_by__isnull=False) | ~Q(role__in=[role.value for role in sorted(NEEDS_SECOND)]),
        )

    def unended(self) -> "MembershipQuerySet":
        """Return those that have not ended, whether or not they work yet."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()))


class Membership(models.Model):
    """One role of one account in one organisation, until a date.

    An administrator offers it, a second person confirms it where it opens content, and who has a home
    elsewhere accepts it. No role of the web writes a row: the functions `role_offer`, `role_confirm`,
    `role_accept` and `role_stand_in` do, and of a row only its end can be brought forward. One that works is
    offered for longer by `role_longer`: it stays as it is until a second person confirms that.

    A stand-in has a beginning too, the organisation where that person works, and the agreement under which
    the two stand in for each other. It ends by itself: whoever asks, asks for what holds today.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = PlainText(max_length=30, choices=Role.choices, why="choice")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(
        "organisations.PoolAgreement", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reporter_role = PlainText(max_length=40, blank=True, default="", why="id of a reporter role in the pack")
    invited_by = models.UUIDField(null=True, blank=True)
    offered_on = models.DateField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    """Who ended it while it worked; the database writes this, with the day."""
    ended_on = models.DateField(null=True, blank=True)
    held = models.BooleanField(default=False, db_default=False)
    """Whether it worked before it was offered anew."""
    proof = models.BinaryField(max_length=32, null=True)
    """That one of our processes wrote it, see `genuine.py`. Without it nobody acts in this role."""
    longer_on = models.DateField(null=True, blank=True)
    """When it was offered for longer while it works; nothing where that waits for nobody.

    The database forgets it when a second person confirmed it, and when the role ends sooner.
    """
    longer_by = models.UUIDField(null=True, blank=True)
    longer_until = models.DateField(null=True, blank=True)
    """Its last day then; nothing for one without an end."""
    longer_proof = models.BinaryField(max_length=32, null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "organisation", "role"],
                condition=Q(agreement__isnull=True),
                name="one_membership_a_role",
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=True, home__isnull=True)
                | Q(
                    agreement__isnull=False,
                    home__isnull=False,
                    since__isnull=False,
                    until__isnull=False,
                    role="deputy",
                ),
                name="a_stand_in_has_a_period",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (
                    Q(confirmed_on__isnull=False)
                    & ~Q(confirmed_by=models.F("account"))
                    & (Q(invited_by__isnull=True) | ~Q(confirmed_by=models.F("invited_by")))
                ),
                name="role_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(invited_by__isnull=True) | ~Q(invited_by=models.F("account")),
                name="role_not_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(longer_on=None, longer_by=None, longer_until=None, longer_proof=None)
                | (
                    Q(longer_on__isnull=False, longer_by__isnull=False, until__isnull=False, agreement=None)
                    & ~Q(longer_by=models.F("account"))
                    & (Q(longer_until=None) | Q(longer_until__gt=models.F("until")))
                ),
                name="role_longer_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}:{self.role}"

    @property
    def grant(self) -> Grant:
        """What the proof is over."""
        return Grant(*(getattr(self, name) for name in Grant._fields))

    @property
    def given(self) -> bool:
        """Whether one of our processes wrote it as it stands here."""
        return is_given(self.grant, self.proof)

    @property
    def longer(self) -> Longer:
        """What the proof that it is offered for longer is over."""
        return Longer(*(getattr(self, name) for name in Longer._fields))

    @property
    def longer_given(self) -> bool:
        """Whether it is offered for longer, by one of our processes."""
        return self.longer_on is not None and is_given(self.longer, self.longer_proof)

    @property
    def asked_until(self) -> date | None:
        """The last day for which a second person is asked."""
        return self.until if self.longer_on is None else self.longer_until

    def prove_longer(self) -> "Membership":
        """Put the proof beside that it is offered for longer. For who just did so, and nobody else."""
        self.longer_proof = proof_of(self.longer)
        return self

    def prove(self) -> "Membership":
        """Put the proof beside what stands here. For who just did what it says, and nobody else."""
        self.proof = proof_of(self.grant)
        return self
