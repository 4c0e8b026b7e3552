"""A clock that jumps, forward or back: nothing is lost, nobody stays in, nothing is kept too long."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from sluitend.demo import embedded
from sluitend.forms.actions import save_draft
from sluitend.forms.models import Draft
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access import guessing
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.escalation import escalate
from sluitend.kernel.ledger.chain import verify
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.surfaces.middleware import ACTIVE
from tests import guesses, samples
from tests.surfaces.desk.test_sign_in import AF, code_for, set_up_app, sign_in
from tests.test_promise import lost
from tests.working import seal_the_ledger

YEAR, HOUR = timedelta(days=365), timedelta(hours=1)
DAY = 86_400


def jump(patch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the clock of the machine be wrong by so much, until the patch is undone."""
    right, seconds = timezone.now, time.time

    def wrong() -> datetime:
        return right() + by

    patch.setattr(timezone, "now", wrong)
    patch.setattr(time, "time", lambda: seconds() + by.total_seconds())


@pytest.mark.parametrize("by", [YEAR, -YEAR], ids=["forward", "back"])
def test_what_came_in_while_the_clock_was_wrong_is_worked_as_any_other(
    server: embedded.Server, own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    monkeypatch.setattr(settings, "SLUITEND_CHECKPOINTS", tmp_path)
    westland = Organisation.objects.get(code="GM1783")
    before, _receipt = samples.file_report(westland)
    with pytest.MonkeyPatch.context() as patch:
        jump(patch, by)
        during, _receipt = samples.file_report(westland)
        with acting(system_actor(westland.id)) as system:
            escalate(system)
        seal_the_ledger()
    who = samples.actor(AF)
    for code in (before, during):
        assert samples.take_in(code, who)
    with acting(system_actor(westland.id)) as system:
        escalate(system)
    seal_the_ledger()
    with psycopg.connect(server.url("sl_admin", own_database), autocommit=True) as admin:
        assert lost(admin) == []
    with acting(system_actor(westland.id)):
        assert verify(tmp_path, organisations=[westland.id]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [1, 24 * 365])
def test_nobody_stays_in_because_the_clock_was_set_back(hours: int) -> None:
    """The last sign of life then lies ahead, and half an hour after it would come much later."""
    client = Client()
    client.force_login(Account.objects.get(email=AF))
    session = client.session
    session[ACTIVE] = int(time.time()) + hours * 3600
    session.save()
    assert client.get("/werk/").status_code == 302


@pytest.mark.django_db
def test_a_clock_that_is_corrected_by_a_little_ends_no_session() -> None:
    client = Client()
    client.force_login(Account.objects.get(email=AF))
    session = client.session
    session[ACTIVE] = int(time.time()) + 20
    session.save()
    assert client.get("/werk/").status_code == 200


@pytest.mark.django_db
def test_a_draft_of_a_wrong_clock_is_kept_no_longer_than_a_day(region: Any) -> None:
    who = region.actor(AF)
    with pytest.MonkeyPatch.context() as patch:
        jump(patch, YEAR)
        with acting(who):
            save_draft(form="report", content={"saw": ["x"]}, actor=who)
    with acting(who):
        save_draft(form="other", content={"saw": ["y"]}, actor=who)
    with acting(system_actor(who.organisation_id)) as system:
        reports.sweep(system)
        assert [draft.form for draft in Draft.objects.filter(account_id=who.account_id)] == ["other"]


@pytest.fixture
def app(db: None, client: Client) -> str:
    """The secret of an app on a phone, of which the clock is right."""
    guesses.forget()
    secret = set_up_app(client)
    client.post("/uitloggen/")
    return secret


def comes_in(code: str) -> bool:
    """Return whether a code of the second factor is taken; else it says what may be wrong and what to do."""
    client = Client()
    sign_in(client)
    answer = client.post("/account/2fa/authenticate/", {"code": code})
    if answer.status_code == 302:
        return client.get("/werk/account/").status_code == 200
    assert "Deze code klopt niet" in answer.text
    assert "Kijk of de klok van uw telefoon goed staat." in answer.text
    assert "of een van uw herstelcodes" in answer.text
    return False


@pytest.mark.parametrize("by", [HOUR, -HOUR, YEAR, -YEAR], ids=str)
def test_while_the_clock_is_wrong_a_recovery_code_lets_people_in_and_afterwards_the_app(
    app: str, client: Client, by: timedelta
) -> None:
    sign_in(client)
    client.post("/account/2fa/authenticate/", {"code": code_for(app)})
    client.post("/account/bevestigen/", {"password": settings.SLUITEND_DEMO_PASSWORD})
    recovery = client.get("/account/2fa/recovery-codes/").context["unused_codes"][0]
    phone = code_for(app)
    guesses.forget()
    with pytest.MonkeyPatch.context() as patch:
        jump(patch, by)
        assert not comes_in(phone)
        assert comes_in(recovery)
        assert not comes_in(recovery)
    guesses.forget()
    assert comes_in(code_for(app))


@pytest.mark.parametrize("others", [0, 1_000])
def test_a_code_that_was_used_is_not_taken_again_when_the_clock_is_set_back(app: str, others: int) -> None:
    guesses.forget()
    start = time.time() // 30 * 30

    def at(patch: pytest.MonkeyPatch, seconds: float) -> None:
        jump(patch, timedelta(seconds=start + seconds - time.time()))

    with pytest.MonkeyPatch.context() as patch:
        at(patch, 1)
        code = code_for(app)
        assert comes_in(code)
    with pytest.MonkeyPatch.context() as patch:
        at(patch, HOUR.total_seconds())
        assert not comes_in(code)
        for number in range(others):
            guessing.first_use(f"somebody-{number}")
    with pytest.MonkeyPatch.context() as patch:
        at(patch, 2)
        assert code_for(app) == code
        assert not comes_in(code)
