"""A database of before roles were confirmed is brought up to date, with the people that are in it."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from sluitend.kernel.followup.journey import CHECK_ROLES
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Account, Membership, Role
from tests.cli.installation import Installation
from tests.conftest import use_database

BEFORE = [("organisations", "0004_absence"), ("followup", "0011_moved_by")]
NOBODY_BY_NAME = uuid.UUID(int=0)


@pytest.fixture
def before(installation: Installation) -> Iterator[Any]:
    """The models as they were then, on an empty database that is signed in to as its owner."""
    full, name = installation.database, f"{installation.database}_before"
    installation.server.drop_database(name)
    installation.server.create_database(name)
    installation.database = name
    use_database(installation.server.url("sl_owner", name), installation.keys)
    executor = MigrationExecutor(connection)
    yield executor.migrate(BEFORE).apps
    use_database(installation.server.url("sl_app", full), installation.keys)
    installation.server.drop_database(name)


def organisation(before: Any, code: str) -> Any:
    return before.get_model("organisations", "Organisation").objects.create(
        code=code, name=code, kind="municipality"
    )


def member(
    before: Any, place: Any, name: str, *roles: Role, signed_in: bool = True, until: Any = None
) -> Any:
    account = before.get_model("organisations", "Account").objects.create(
        email=f"{name}@gemeente.example",
        name=name,
        password="as it was",
        last_login=timezone.now() if signed_in else None,
    )
    for role in roles:
        before.get_model("organisations", "Membership").objects.create(
            account=account, organisation=place, role=role, until=until
        )
    return account


def test_who_worked_here_still_does_and_is_looked_through(installation: Installation, before: Any) -> None:
    one, other = organisation(before, "GM0001"), organisation(before, "GM0002")
    clashing = member(before, one, "beide", Role.ADMINISTRATOR, Role.FOCAL_POINT)
    member(before, one, "fg", Role.PRIVACY_OFFICER)
    member(before, one, "manager", Role.MANAGER)
    invited = member(before, one, "nieuw", Role.DEPUTY, signed_in=False)
    gone = member(before, one, "weg", Role.FOCAL_POINT, until=date(2020, 1, 1))
    member(before, other, "leider", Role.MANAGER)
    connection.close()

    done = installation.run("migrate")
    assert (done.returncode, done.stderr) == (0, "")

    roles = Membership.objects.select_related("account")
    assert all(each.accepted_on and not each.invited_by for each in roles)
    assert {each.role for each in roles.filter(confirmed_by=NOBODY_BY_NAME)} == {
        Role.FOCAL_POINT,
        Role.DEPUTY,
        Role.MANAGER,
        Role.PRIVACY_OFFICER,
    }
    both = roles.valid().filter(account_id=clashing.pk)
    assert {each.role for each in both} == {Role.ADMINISTRATOR, Role.FOCAL_POINT}
    assert not roles.valid().filter(account_id=gone.pk).exists()
    assert set(Account.objects.values_list("home_id", flat=True)) == {one.pk, other.pk}
    # Whoever made a password that nobody used yet knows it.
    unused = Account.objects.filter(password="as it was").values_list("pk", flat=True)
    assert invited.pk not in unused
    assert len(unused) == Account.objects.count() - 1

    steps = NextStep.objects.filter(what=CHECK_ROLES, done=None)
    assert set(steps.values_list("organisation_id", "owner_role")) == {
        (one.pk, Role.PRIVACY_OFFICER),
        (other.pk, Role.MANAGER),
    }
    # Roles that are never of one person now: either of them ends like any other.
    ended = roles.filter(account_id=clashing.pk, role=Role.FOCAL_POINT)
    assert ended.update(until=timezone.localdate() - timedelta(days=1)) == 1
