"""`sluitend content adopt`: what was there is proven as found, once, and nothing without a proof is read."""

from uuid import UUID

import pytest
from django.contrib.auth.hashers import make_password

from sluitend.cli import checks_keys
from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import acting, actor_for, system_actor
from sluitend.kernel.organisations.models import Account, Organisation, PoolMember, Role
from sluitend.kernel.sealing.comparing import differences
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NotGenuine
from sluitend.kernel.sealing.keyfolder import ADOPTED, KeyFolder
from tests import samples
from tests.cli.installation import Installation
from tests.conftest import use_database

OWN = "fiets regen tulpenbol"


def read(code: str, organisation_id: UUID) -> ReportContent:
    with acting(system_actor(organisation_id)) as who:
        row = Report.objects.get(code=code)
        assert row.envelope_id
        opened = open_envelope(row.envelope_id, actor=who, purpose="test")
        return ReportContent.from_json(opened.read(row, "content"))


def test_what_was_there_is_proven_once(installation: Installation) -> None:
    who = samples.actor("af@westland.example")
    westland = Organisation.objects.get(code="GM1783")
    report = samples.whole_route().report
    samples.hand_over(samples.ready_to_hand_over(), who)
    samples.ask(who, "GM0518")
    (installation.keys / ADOPTED).unlink()
    before = installation.take_proofs()
    assert before > 10
    with pytest.raises(NotGenuine):
        read(report, westland.id)
    assert checks_keys.adopted().level == "bad"

    done = installation.run("content", "adopt")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{before} teksten bewezen als aangetroffen" in done.stdout
    assert samples.PLANT in read(report, westland.id).saw
    assert checks_keys.adopted().level == "ok"
    use_database(installation.server.url("sl_owner", installation.database), installation.keys)
    assert list(differences()) == []
    use_database(installation.server.url("sl_app", installation.database), installation.keys)

    # Whoever writes the tables may not have words of their own adopted.
    installation.take_proofs()
    again = installation.run("content", "adopt")
    assert again.returncode == 0
    assert "Dit is gedaan op" in again.stdout
    with pytest.raises(NotGenuine):
        read(report, westland.id)


def test_people_of_before_keep_password_and_role_and_nobody_is_added_later(
    installation: Installation,
) -> None:
    def as_before() -> None:
        with installation.past_triggers() as admin:
            admin.execute("UPDATE organisations_membership SET proof = NULL")
            admin.execute("UPDATE organisations_poolmember SET proof = NULL")
            admin.execute("UPDATE organisations_account SET password = %s", [make_password(OWN)])

    (installation.keys / ADOPTED).unlink()
    as_before()
    who = Account.objects.get(email="af@westland.example")
    assert not actor_for(who).roles
    assert not who.check_password(OWN)
    assert installation.run("content", "adopt").returncode == 0
    who.refresh_from_db()
    assert actor_for(who).roles == {Role.FOCAL_POINT}
    assert who.check_password(OWN)
    assert all(each.given for each in PoolMember.objects.select_related("agreement"))
    as_before()
    installation.run("content", "adopt")
    who.refresh_from_db()
    assert not actor_for(who).roles
    assert not who.check_password(OWN)


def test_what_does_not_open_stays_without_a_proof_and_is_named(installation: Installation) -> None:
    westland = Organisation.objects.get(code="GM1783")
    good, _receipt = samples.file_report(westland)
    broken, _receipt = samples.file_report(westland)
    (installation.keys / ADOPTED).unlink()
    installation.take_proofs()
    with installation.past_triggers() as admin:
        admin.execute("UPDATE reports_report SET content = content || 'x' WHERE code = %s", [broken])
    done = installation.run("content", "adopt")
    assert done.returncode == 1
    assert "reports_report.content" in done.stdout
    assert samples.PLANT in read(good, westland.id).saw
    with pytest.raises(NotGenuine):
        read(broken, westland.id)


def test_without_the_key_nothing_is_adopted(installation: Installation) -> None:
    (installation.keys / "content.key").unlink()
    (installation.keys / ADOPTED).unlink()
    assert checks_keys.adopted().level == "bad"
    done = installation.run("content", "adopt")
    assert done.returncode == 1
    assert "sluitend keys create" in done.stdout + done.stderr


def test_new_keys_begin_with_nothing_to_adopt(installation: Installation) -> None:
    assert KeyFolder(installation.keys).read(ADOPTED)
