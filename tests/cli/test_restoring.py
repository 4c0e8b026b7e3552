"""A backup that is put back is known as one, and nobody signs in before all is destroyed again."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from sluitend.cli import checks_keys
from sluitend.journeys.reports.models import Report, ReporterIdentity, ReportToken
from sluitend.journeys.visits.queries import bound
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.comparing import differences
from sluitend.kernel.sealing.models import Destruction, Seal
from tests import samples
from tests.cli.installation import Installation
from tests.conftest import use_database
from tests.journeys.visits.situations import make_town


@pytest.fixture
def restored(installation: Installation) -> Iterator[tuple[Installation, str]]:
    """A database put back from a backup in which a report lives that was destroyed since; with its code."""
    from sluitend.journeys.reports import actions as reports

    assert installation.run("migrate").returncode == 0
    westland = Organisation.objects.get(code="GM1783")
    code, _ = samples.file_report(westland)
    who = samples.actor("af@westland.example")
    with acting(who):
        report = Report.objects.get(code=code)
        reports.close(report.id, outcome="not_in_scope", actor=who)
    live, copy = installation.database, f"{installation.database}_copy"
    signed_in_to(installation, live)
    installation.server.create_database(copy, template=live)
    with acting(system_actor(westland.id)) as system:
        reports.destroy_report(report.id, actor=system)
    signed_in_to(installation, copy)
    installation.database = copy
    Session.objects.create(session_key="of-before", session_data="x", expire_date=timezone.now())
    yield installation, code
    signed_in_to(installation, live)
    installation.server.drop_database(copy)


def signed_in_to(installation: Installation, name: str) -> None:
    use_database(installation.server.url("sl_owner", name), installation.keys)


def test_what_was_destroyed_is_destroyed_again(restored: tuple[Installation, str]) -> None:
    installation, code = restored
    assert checks_keys.restored().level == "bad"
    assert "sluitend restore" in checks_keys.restored().sentence
    worker = installation.run("worker")
    assert worker.returncode == 1
    assert "sluitend restore" in worker.stderr
    assert installation.run("migrate").returncode == 0
    assert checks_keys.restored().level == "bad"  # an update is not a restore

    done = installation.run("restore")
    assert (done.returncode, done.stderr) == (0, "")
    assert "waarvan 1 meldingen" in done.stdout
    report = Report.objects.get(code=code)
    assert report.content is None
    assert report.envelope_id is None
    assert not ReportToken.objects.filter(report=report).exists()
    assert not ReporterIdentity.objects.filter(report=report).exists()
    assert not Seal.objects.filter(envelope_id__in=Destruction.objects.values("envelope_id")).exists()
    assert not Session.objects.exists()
    assert checks_keys.restored().level == "ok"
    assert installation.run("restore").stdout.startswith("0 enveloppen")
    assert list(differences()) == []


def test_a_register_that_was_changed_is_not_acted_upon(restored: tuple[Installation, str]) -> None:
    installation, code = restored
    file = installation.keys / "destructions.jsonl"
    file.write_text(file.read_text().replace('"number": 0', '"number": 1'))
    done = installation.run("restore")
    assert done.returncode == 1
    assert "destructions.jsonl" in done.stderr
    assert Report.objects.get(code=code).envelope_id is not None
    assert checks_keys.restored().level == "bad"


def test_a_copy_of_files_is_known_by_the_register(installation: Installation) -> None:
    assert checks_keys.restored().level == "ok"
    westland = Organisation.objects.get(code="GM1783")
    from sluitend.kernel.sealing.envelopes import create_envelope, destroy

    with acting(system_actor(westland.id)):
        envelope = create_envelope(organisation_id=westland.id)
    with acting(system_actor(westland.id)):
        destroy(envelope.id)
    assert checks_keys.restored().level == "ok"
    signed_in_to(installation, installation.database)
    Destruction.objects.all().delete()
    assert checks_keys.restored().level == "bad"


def test_what_was_asked_to_wait_for_is_found_although_the_key_of_search_was_renewed_since(
    installation: Installation,
) -> None:
    """The tokens in the backup are of a key that is gone: without new ones the visit would be let through."""
    assert installation.run("migrate").returncode == 0
    town = make_town()
    asked = town.note_wait_request()
    live, copy = installation.database, f"{installation.database}_copy"
    signed_in_to(installation, live)
    installation.server.create_database(copy, template=live)
    renewed = installation.run("keys", "renew-tokens")
    assert (renewed.returncode, renewed.stderr) == (0, "")
    installation.database = copy
    assert installation.run("restore").returncode == 0

    use_database(installation.server.url("sl_app", copy), installation.keys)
    planned = town.plan()
    with acting(town.focal_point):
        assert [each.code for each in bound.binding_wait_requests(town.visit(planned))] == [asked]
    with pytest.raises(DomainError):
        town.release(planned)
    signed_in_to(installation, live)
    installation.server.drop_database(copy)
