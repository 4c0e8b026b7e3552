"""A backup that is put back is known as one, and nobody signs in before all is destroyed again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from subprocess import CompletedProcess
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from sluitend.cli import checks_keys
from sluitend.journeys.administration.actions import agreements, grants, people, roles
from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files import queries
from sluitend.journeys.care_shares import actions as shares
from sluitend.journeys.care_shares.models import CareShare
from sluitend.journeys.cases.actions import assign_case
from sluitend.journeys.cases.models import Case
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.models import Pickup, Referral
from sluitend.journeys.reports.models import Report, ReporterIdentity, ReportToken
from sluitend.journeys.visits.queries import bound
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.organisations.models import Account, Membership, Organisation, PoolMember
from sluitend.kernel.sealing import destruction_file
from sluitend.kernel.sealing.comparing import differences
from sluitend.kernel.sealing.endings import note_ended
from sluitend.kernel.sealing.envelopes import open_envelopes
from sluitend.kernel.sealing.models import Destruction, Seal
from tests import samples
from tests.cli.installation import Installation
from tests.conftest import use_database
from tests.journeys.care_shares import conftest as care
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


@pytest.fixture
def since(installation: Installation) -> Iterator[Callable[[Callable[[], object]], CompletedProcess[str]]]:
    """Does something after a backup, and puts that backup back: returns how the restore went."""
    assert installation.run("migrate").returncode == 0
    live, copy = installation.database, f"{installation.database}_copy"

    def put_back(happens: Callable[[], object]) -> CompletedProcess[str]:
        signed_in_to(installation, live)
        installation.server.create_database(copy, template=live)
        use_database(installation.server.url("sl_app", live), installation.keys)
        happens()
        installation.database = copy
        done = installation.run("restore")
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        use_database(installation.server.url("sl_app", copy), installation.keys)
        return done

    yield put_back
    signed_in_to(installation, live)
    installation.server.drop_database(copy)


def opens(envelope_id: UUID, who: Actor) -> bool:
    with acting(who):
        return envelope_id in open_envelopes([envelope_id], actor=who, purpose="test")


def test_a_yes_that_was_taken_back_stays_so_and_nobody_reads_by_it(since: Any) -> None:
    desk = care.made()
    said = files.Agreed(
        kind="registration", answer="yes", on=timezone.localdate().isoformat(), form="paper", signed_by="x",
        language="nl", age_band="adult", said_back="yes",
    )  # fmt: skip
    desk.do(desk.coordinator, files.answer, code=desk.code, agreed=said, revision=None)
    share, code = desk.sent()
    other, task = desk.sent("task")
    desk.do(desk.support, shares.accept, code=code)
    envelope = desk.row(code).envelope_id
    assert opens(envelope, desk.support)

    def taken_back() -> None:
        for what in ("registration", share):
            desk.do(desk.coordinator, files.withdraw, code=desk.code, what=what)

    done = since(taken_back)
    assert "2 keer opnieuw" in done.stdout
    assert not opens(envelope, desk.support)
    assert desk.row(code).state == "recalled"
    assert desk.row(task).state == "sent"
    assert opens(desk.row(task).envelope_id, desk.town)
    with acting(desk.coordinator):
        page = queries.care_file(desk.code, desk.coordinator)
    assert {each.kind: str(each.words) for each in page.tiles}["registration"] == "Teruggenomen"
    assert "stond in een back-up nog op ja" in next(
        each.how for each in page.tiles if each.kind == "registration"
    )
    assert {each.id: each.standing(timezone.localdate()) for each in desk.shares()} == {
        share: "withdrawn",
        other: "yes",
    }
    assert len(page.removals) == 2
    assert {"look_put_back", "ask_removal"} <= desk.steps(desk.code, desk.coordinator)
    desk.do(desk.coordinator, files.saw_put_back, code=desk.code, revision=None)
    assert "look_put_back" not in desk.steps(desk.code, desk.coordinator)
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, files.saw_put_back, code=desk.code, revision=None)


def test_what_was_taken_back_in_a_closed_file_stays_so_and_somebody_looks(since: Any) -> None:
    desk = care.made()
    share, _ = desk.sent()
    desk.do(desk.coordinator, files.close, code=desk.code, end="stopped", revision=None)

    def closes_again() -> None:
        desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)

    since(closes_again)
    assert {"look_put_back"} == desk.steps(desk.code, desk.coordinator)
    desk.do(desk.coordinator, files.saw_put_back, code=desk.code, revision=None)
    assert desk.steps(desk.code, desk.coordinator) == set()


def test_a_file_that_does_not_open_is_named_and_nobody_reads_by_it(
    since: Any, installation: Installation
) -> None:
    desk = care.made()
    share, code = desk.sent()
    envelope = desk.row(code).envelope_id

    def lost() -> None:
        desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)
        for seed in (installation.keys / "private" / str(desk.coordinator.organisation_id)).glob("*.seed"):
            seed.unlink()

    done = since(lost)
    assert f"niet open of mislukte: {desk.code}." in done.stdout
    assert not opens(envelope, desk.support)
    with acting(desk.support):
        assert CareShare.objects.get(code=code).state == "expired"


@pytest.mark.parametrize("channel", ["account", "pickup"])
def test_a_referral_that_was_recalled_does_not_open_again_and_its_sender_has_a_step(
    since: Any, channel: str
) -> None:
    westland = Organisation.objects.get(code="GM1783")
    who, partner = samples.actor("af@westland.example"), samples.actor("nla@arbeidsinspectie.example")
    case = samples.take_in(samples.file_report(westland)[0], who)
    for ready in (samples.work, samples.weigh, samples.compose):
        ready(case, who)
    code = samples.refer(case, who, channel=channel)
    if channel == "pickup":
        with acting(who):
            referrals.start_pickup(code=code, address="iemand@partner.example", actor=who)
    with acting(who):
        row = Referral.objects.get(code=code)
    assert opens(row.envelope_id, partner) is (channel == "account")

    def recalled() -> None:
        with acting(who):
            referrals.recall(code=code, reason="mistake", actor=who)

    since(recalled)
    assert opens(row.envelope_id, who)
    assert not opens(row.envelope_id, partner)
    with acting(who):
        row = Referral.objects.get(code=code)
        assert (row.state, row.access_ended) == ("expired", timezone.localdate())
        assert row.current_step is not None
        assert not Pickup.objects.filter(referral_id=row.id).exclude(state=Pickup.State.ENDED).exists()
        assert Pickup.objects.filter(referral_id=row.id).exists() is (channel == "pickup")


def test_a_link_that_gave_way_to_another_does_not_open_again(since: Any) -> None:
    """The first may have gone to the wrong address."""
    westland, who = Organisation.objects.get(code="GM1783"), samples.actor("af@westland.example")
    case = samples.take_in(samples.file_report(westland)[0], who)
    for ready in (samples.work, samples.weigh, samples.compose):
        ready(case, who)
    code = samples.refer(case, who, channel="pickup")

    def linked() -> None:
        with acting(who):
            referrals.start_pickup(code=code, address="iemand@partner.example", actor=who)

    linked()
    since(linked)
    with acting(who):
        assert {each.state for each in Pickup.objects.filter(referral__code=code)} == {Pickup.State.ENDED}
        assert Referral.objects.get(code=code).state == "sent"


def held(email: str) -> bool:
    """Return whether somebody works in Westland today."""
    return Membership.objects.valid().filter(account__email=email, organisation__code="GM1783").exists()


def test_a_role_that_ended_stays_so_and_what_they_had_goes_back(since: Any) -> None:
    westland = Organisation.objects.get(code="GM1783")
    left, stays = "vervanger@westland.example", "af@westland.example"
    who, boss = samples.actor(left), samples.actor("beheer@westland.example")
    case = samples.take_in(samples.file_report(westland)[0], who)
    with acting(boss):
        ends = Membership.objects.get(account_id=who.own_account, organisation=westland, agreement=None)
        other = Membership.objects.get(account__email=stays, organisation=westland, agreement=None)
    with acting(who):
        assign_case(code=case, account_id=who.account_id, actor=who)

    def ended() -> None:
        with acting(boss):
            roles.end_role(who.own_account, ends.pk, until=None, actor=boss)
            # Whoever writes in our place knows ids and days, and takes no role from anybody by them; nor by
            # ending one in the database, which the clock comes by.
            note_ended([other.pk, uuid5(other.pk, str(grants.yesterday()))])
            Membership.objects.filter(pk=other.pk).update(until=grants.yesterday())
            grants.note_ended_roles()

    done = since(ended)
    assert (held(left), held(stays)) == (False, True)
    assert Membership.objects.get(pk=ends.pk).until == grants.yesterday()
    with acting(samples.actor(stays)):
        step = Case.objects.get(code=case).current_step
        assert step is not None
        assert step.owner_id is None
    assert "1 keer opnieuw" in done.stdout


def test_who_no_longer_stands_in_for_another_municipality_does_not_again(since: Any) -> None:
    boss, theirs = samples.actor("beheer@westland.example"), samples.actor("beheer@denhaag.example")
    today = timezone.localdate()
    with acting(boss):
        pool = agreements.propose_pool(
            reference="Samen",
            since=today,
            until=today,
            organisation_ids=[theirs.own_organisation],
            actor=boss,
        )
    with acting(theirs):
        agreements.agree_to_pool(pool, actor=theirs)
    assert PoolMember.objects.filter(agreement_id=pool).count() == 2

    def stopped() -> None:
        with acting(boss):
            agreements.leave_pool(pool, actor=boss)

    since(stopped)
    assert PoolMember.objects.filter(agreement_id=pool).count() == 1


@pytest.fixture(params=[-1, 0, 2], ids=["at night", "at once", "by the sweep"])
def written(request: Any, monkeypatch: Any) -> None:
    """Whatever day the register writes: it keeps UTC, and the sweep writes what a process left."""
    day = timezone.localdate() + timedelta(days=request.param)
    monkeypatch.setattr(destruction_file, "today", lambda: day)


@pytest.mark.usefixtures("written")
def test_a_role_that_ended_by_its_date_is_noted_for_a_backup_in_which_it_ended_later(since: Any) -> None:
    row = Membership.objects.get(account__email="vervanger@westland.example", agreement=None)

    def passed() -> None:
        row.until = grants.yesterday()
        row.prove().save(update_fields=["until", "proof"])
        grants.note_ended_roles()

    since(passed)
    assert not held("vervanger@westland.example")


@pytest.mark.usefixtures("written")
def test_an_account_that_was_closed_stays_so(since: Any) -> None:
    who, boss = samples.actor("vervanger@westland.example"), samples.actor("beheer@westland.example")

    def closed() -> None:
        with acting(boss):
            people.set_account_active(who.own_account, active=False, actor=boss)

    since(closed)
    assert not held("vervanger@westland.example")
    assert not Account.objects.get(pk=who.own_account).is_active
    assert Account.objects.get(email="af@westland.example").is_active
