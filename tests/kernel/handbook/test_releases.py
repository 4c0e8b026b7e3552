"""Publishing: numbered, immutable, and read from memory after the first time."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.kernel.handbook.test_loading import replace

from sluitend.demo.embedded import Server
from sluitend.kernel.access.scope import Scope, within
from sluitend.kernel.handbook.actions import publish
from sluitend.kernel.handbook.models import Release
from sluitend.kernel.handbook.problems import PackInvalid
from sluitend.kernel.handbook.queries import NoRelease, current_release, release


@pytest.fixture(autouse=True)
def _fresh_memory(db: None) -> Iterator[None]:
    # A test's releases are rolled back, so what the process remembers of them must go too.
    release.cache_clear()
    yield
    release.cache_clear()


@pytest.fixture
def first(folder: Path) -> Release:
    """The pack of the region as the newest release."""
    return publish(folder, actor_name="Noor de Bruin")


def test_publishing_the_same_pack_again_makes_no_new_release(first: Release, folder: Path) -> None:
    assert publish(folder, actor_name="Noor de Bruin").pk == first.pk


def test_a_changed_pack_becomes_the_next_number(first: Release, folder: Path) -> None:
    replace(folder, "pack.yaml", 'version: "1.0"', 'version: "1.1"')
    second = publish(folder, actor_name="Noor de Bruin")
    assert second.number == first.number + 1
    assert second.digest != first.digest
    assert current_release().number == second.number
    assert release(first.number).pack.description.version == "1.0"


def test_a_pack_with_problems_is_not_published(first: Release, folder: Path) -> None:
    replace(folder, "plan_events.yaml", "step: today", "step: ooit")
    with pytest.raises(PackInvalid):
        publish(folder, actor_name="Noor de Bruin")
    assert current_release().number == first.number


def test_a_number_that_ended_is_not_published(first: Release, folder: Path) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    line = "  review_by: 2027-05-25\n"
    replace(folder, "help_lines.yaml", line, f"{line}  valid_until: {yesterday}\n")
    with pytest.raises(PackInvalid) as caught:
        publish(folder, actor_name="Noor de Bruin")
    assert [problem.field for problem in caught.value.problems] == ["valid_until"]
    assert current_release().number == first.number


def test_what_was_published_before_a_number_ended_stays_the_release(
    first: Release, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = timezone.localdate()
    line = "  review_by: 2027-05-25\n"
    replace(folder, "help_lines.yaml", line, f"{line}  valid_until: {last}\n")
    second = publish(folder, actor_name="Noor de Bruin")
    monkeypatch.setattr(timezone, "localdate", lambda: last + timedelta(days=1))
    assert publish(folder, actor_name="Noor de Bruin").pk == second.pk


def test_what_is_read_back_has_the_digest_under_which_it_was_published(first: Release) -> None:
    assert release(first.number).pack.digest == first.digest


def test_a_release_cannot_be_changed(first: Release) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=first.pk).update(version="9.9")


def test_a_release_cannot_be_removed(first: Release) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=first.pk).delete()


def test_not_even_the_owner_of_the_tables_changes_a_release(server: Server, database_name: str) -> None:
    with psycopg.connect(server.url("sl_owner", database_name)) as owner:
        assert owner.execute("SELECT count(*) FROM handbook_release").fetchone() != (0,)
        with pytest.raises(psycopg.errors.RaiseException):
            owner.execute("UPDATE handbook_release SET version = '9.9'")


def test_the_pack_is_read_once(first: Release) -> None:
    current_release()
    with CaptureQueriesContext(connection) as queries:
        again = current_release()
    assert len(queries) == 1
    assert "content" not in queries[0]["sql"]
    assert again.pack is release(first.number).pack


def test_an_unknown_number_is_refused(first: Release) -> None:
    with pytest.raises(NoRelease):
        release(first.number + 99)


def test_a_page_goes_by_one_release_and_asks_for_it_once(first: Release, folder: Path) -> None:
    with within(Scope(desk=True, address="", looks=True)), CaptureQueriesContext(connection) as asked:
        assert current_release().number == first.number
        replace(folder, "pack.yaml", 'version: "1.0"', 'version: "1.1"')
        second = publish(folder, actor_name="Noor de Bruin")
        asked_before = len(asked)
        assert current_release().number == first.number
        assert len(asked) == asked_before
    with within(Scope(desk=True, address="", looks=False)):
        assert current_release().number == second.number
    assert current_release().number == second.number
