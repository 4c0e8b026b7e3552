"""Who shares the work: teams, days away, and municipalities that stand in for each other."""

import uuid

from django.db import models
from django.db.models import Q

from sluitend.kernel.organisations.base import PlainText
from sluitend.kernel.organisations.genuine import Agreed, is_given, proof_of
from sluitend.kernel.organisations.models.people import Account
from sluitend.kernel.organisations.models.places import Organisation
from sluitend.kernel.organisations.models.roles import Membership


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
