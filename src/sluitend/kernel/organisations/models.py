"""Who works where: regions, organisations, accounts and their roles.

These tables say nothing about any matter.
"""

import uuid
from datetime import date
from functools import cache
from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password, is_password_usable
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.organisations.genuine import Agreed, Grant, is_given, open_hash, proof_of, seal_hash
from sluitend.kernel.prepared import Given, Prepared

PLATFORM_ID = uuid.UUID("00000000-0000-4000-8000-000000000001")
"""The organisation under which the ledger keeps what belongs to nobody: failed sign-ins, refusals without
an organisation."""


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
CONFIRMERS = frozenset({Role.FOCAL_POINT, Role.MANAGER, Role.PRIVACY_OFFICER})
"""Who may confirm a role that a colleague offers."""
NEEDS_SECOND = CONTENT_ROLES | CONFIRMERS
"""Roles that work only after a second person confirmed them; `role_needs_second` in the database."""
FOUNDED = uuid.UUID(int=0)
"""Stands for who confirmed a role that was there before a second person was asked for."""


class Region(models.Model):
    """The area of one handbook."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = PlainText(max_length=60, unique=True, why="code of the pack")
    name = PlainText(max_length=120, why="public name")

    def __str__(self) -> str:
        return self.name


class Subregion(models.Model):
    """A part of a region; partners cover one or more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="subregions")
    code = PlainText(max_length=60, unique=True, why="code of the pack")
    name = PlainText(max_length=120, why="public name")

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A municipality, a chain partner, the region's own bureau, or the platform itself."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Gemeente")
        PARTNER = "partner", _("Ketenpartner")
        REGION = "region", _("Regio")
        PLATFORM = "platform", _("Platform")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = PlainText(max_length=60, unique=True, why="CBS code or partner id, public")
    name = PlainText(max_length=160, why="public name")
    kind = PlainText(max_length=20, choices=Kind.choices, why="choice")
    subregions = models.ManyToManyField(Subregion, related_name="organisations", blank=True)
    partner_key = PlainText(max_length=60, blank=True, default="", why="id of the partner in the pack")
    mail = PlainText(max_length=254, blank=True, default="", why="public mailbox of the organisation")
    telephone = PlainText(max_length=40, blank=True, default="", why="public number of the organisation")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["municipality", "partner", "region", "platform"]),
                name="organisation_kind",
            ),
        )

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the e-mail address is the name to sign in with."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "Account":
        """Return a new account with a usable password when one is given."""
        account = self.model(email=self.normalize_email(email).lower(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get(self, *args: Any, **named: Any) -> "Account":
        """Return one account. Every page asks for that of the session, by its key alone."""
        if args or named.keys() != {"pk"}:
            return super().get(*args, **named)
        found = _with_key().models(Account, key=Account._meta.pk.to_python(named["pk"]))  # noqa: SLF001
        if not found:
            raise Account.DoesNotExist
        return found[0]


def weekdays() -> list[int]:
    """Return Monday to Friday as ISO numbers, what a new account works until it says otherwise."""
    return [1, 2, 3, 4, 5]


class Account(AbstractBaseUser, PermissionsMixin):
    """A person who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    password = models.CharField(max_length=400)
    name = PlainText(max_length=120, why="name of a colleague, in the directory")
    is_active = models.BooleanField(default=True)
    work_days = models.JSONField(default=weekdays)
    theme = PlainText(
        max_length=10,
        blank=True,
        default="",
        choices=[("light", _("Licht")), ("dark", _("Donker"))],
        why="choice",
    )
    language = PlainText(
        max_length=10, default="nl", choices=[("nl", "Nederlands"), ("en", "English")], why="choice"
    )
    single_keys = models.BooleanField(default=True)
    covers_itself = models.BooleanField(default=False)
    seen_before = models.DateTimeField(null=True, blank=True)
    seen = models.DateTimeField(null=True, blank=True)
    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Whose administrator keeps this account. Only the functions of the database write it."""
    worked_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """For whom somebody with several places acted last: there they start."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """Keep the hash of a password under our key, for this account alone."""
        super().set_password(raw_password)
        if is_password_usable(self.password):
            self.password = seal_hash(self.pk, self.password)

    def check_password(self, raw_password: str | None) -> bool:
        """Compare a password with the hash that we put there; a hash of anybody else is of no password."""
        return check_password(raw_password, open_hash(self.pk, self.password), self._hash_anew)

    def _hash_anew(self, raw_password: str) -> None:
        """Follow the hasher when it has become stricter, as Django does."""
        self.set_password(raw_password)
        self.save(update_fields=["password"])

    @property
    def initials(self) -> str:
        """Two letters for the corner of the screen."""
        words = [word for word in self.name.split() if word[:1].isupper()]
        return "".join(word[0] for word in (words[:1] + words[-1:])) or "?"


@cache
def _with_key() -> Prepared:
    return Prepared(Account.objects.filter(pk=Given("key")))


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
    `role_accept` and `role_stand_in` do, and of a row only its end can be brought forward.

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

    def prove(self) -> "Membership":
        """Put the proof beside what stands here. For who just did what it says, and nobody else."""
        self.proof = proof_of(self.grant)
        return self


class Invitation(models.Model):
    """That somebody may choose a password, with the link and the words of `invitations.py`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    nonce = models.UUIDField(unique=True)
    proof = PlainText(max_length=64, why="hash of words under the key of the processes")
    expires = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.account_id)


class Team(models.Model):
    """Some people of an organisation who share a queue. One that is no longer used stays, for its history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = PlainText(max_length=80, why="name of a team, never of a matter")
    active = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="team_name_once"),)

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody in a team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["team", "account"], name="in_a_team_once"),)

    def __str__(self) -> str:
        return f"{self.team_id}:{self.account_id}"


class Absence(models.Model):
    """Days on which somebody is not there for an organisation, and who stands in. Why is asked nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    deputy = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stand_in = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=["organisation", "last"], name="absence_now"),)
        constraints = (
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="absence_in_order"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=models.F("account")), name="absence_by_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} {self.last}"


class PoolAgreement(models.Model):
    """Municipalities that stand in for each other for a time, as they signed elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = PlainText(max_length=80, why="reference of an agreement between municipalities")
    since = models.DateField()
    until = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="pool_in_order"),
        )

    def __str__(self) -> str:
        return self.reference


class PoolMember(models.Model):
    """A municipality that was asked into a pool. It counts from when its own administrator agreed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(PoolAgreement, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    covered = models.BooleanField(default=False, db_default=False)
    """Nobody reads there yet: the others of the agreement stand in all the time. The region agrees for it."""
    agreed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    proof = models.BinaryField(max_length=32, null=True)
    """That somebody agreed by one of our processes, see `genuine.py`. Without it nobody stands in by it."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agreement", "organisation"], name="in_a_pool_once"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_on__isnull=True)
                | Q(agreed_by__isnull=False, agreed_on__isnull=False),
                name="pool_agreed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}:{self.organisation_id}"

    @property
    def agreed(self) -> Agreed:
        """What the proof is over."""
        pool = self.agreement
        return Agreed(
            self.id,
            pool.id,
            pool.since,
            pool.until,
            self.organisation_id,
            self.covered,
            self.agreed_by_id,
            self.agreed_on,
        )

    @property
    def given(self) -> bool:
        """Whether somebody agreed by one of our processes."""
        return self.agreed_on is not None and is_given(self.agreed, self.proof)

    def prove(self) -> "PoolMember":
        """Put the proof beside what stands here. For who just agreed, and nobody else."""
        self.proof = proof_of(self.agreed)
        return self
