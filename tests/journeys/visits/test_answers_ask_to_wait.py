"""A partner that answers "wait" is waited for at the places of the referral, at once, however it answers."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests import samples

from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals import jobs as referral_jobs
from sluitend.journeys.referrals import queries as referral_queries
from sluitend.journeys.referrals.waiting import Wait, wait_in
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits import queries
from sluitend.journeys.visits.journey import READ_WAIT_REQUEST
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing import pickups
from sluitend.kernel.sealing.envelopes import open_envelope

pytestmark = pytest.mark.django_db
FOCAL, PLANNER, INSPECTOR = "af@westland.example", "toezicht@westland.example", "nla@arbeidsinspectie.example"

type Clients = Callable[[str], Client]
WAIT = Wait(until=timezone.localdate() + timedelta(days=20), contact="Meldkamer", telephone="070-1234567")

NO_PLACE = {"place", "company", "vehicle"}


def referred(channel: str = "account", without: Collection[str] = ()) -> str:
    """Return the code of a referral of a place to the labour inspectorate."""
    who = samples.actor(FOCAL)
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    case = samples.take_in(report, who)
    samples.weigh(case, who)
    samples.compose(case, who)
    return samples.refer(case, who, channel=channel, without=without)


def planned() -> str:
    """Return the code of a released visit at that place, written otherwise."""
    planner, who = samples.actor(PLANNER), samples.actor(FOCAL)
    plan = visits.Plan(
        kind="check",
        day=timezone.localdate() + timedelta(days=5),
        place=Place(address="tuinderspad 12, De Lier"),
        aim="Kijken",
    )
    with acting(planner):
        code = visits.plan_visit(actor=planner, plan=plan)
    with acting(who):
        visits.release(actor=who, code=code)
    return code


def asked_of_the_queue(monkeypatch: pytest.MonkeyPatch, action: Callable[[], None]) -> list[str]:
    """Return the names of the tasks that were queued in what is done."""
    names: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(referral_jobs, "after_commit", lambda job, *_ids: names.append(job.name))
        action()
    return names


def test_the_wait_requests_are_made_by_the_queue_too(monkeypatch: pytest.MonkeyPatch) -> None:
    code, westland = referred("pickup"), Organisation.objects.get(code="GM1783")

    def tell() -> None:
        referral_jobs.tell_sender([str(westland.id)])

    assert asked_of_the_queue(monkeypatch, tell) == ["referrals.note_news"]
    by_link(code)
    assert asked_of_the_queue(monkeypatch, tell) == ["referrals.note_news", "visits.catch_up"]
    assert asked_of_the_queue(monkeypatch, lambda: by_account(referred())) == ["visits.catch_up"]
    assert "visits.catch_up" in asked_of_the_queue(monkeypatch, lambda: by_telephone(referred("phone")))


def by_account(code: str, wait: Wait | None = WAIT) -> None:
    """Answer with an account."""
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        referrals.accept(code=code, actor=inspector)
        referrals.feed_back(code=code, answer="wacht", wait=wait, actor=inspector)


def by_telephone(code: str, wait: Wait | None = WAIT) -> None:
    """Answer by telephone: the focal point notes it."""
    who = samples.actor(FOCAL)
    with acting(who):
        referrals.note_answer(code=code, answer="wacht", on=timezone.localdate(), wait=wait, actor=who)


def by_link(code: str, wait: Wait | None = WAIT, *, then: str = "") -> None:
    """Answer on the pick-up page, and answer something else after it."""
    who = samples.actor(FOCAL)
    with acting(who):
        told = referrals.start_pickup(code=code, address="a@partner.example", actor=who)
        link = samples_link(code)
    page = pickups.new_session()
    with acting(NOBODY):
        cookie = referrals.open_pickup(link=link, code=told, page=page)
        assert cookie
        referrals.accept_pickup(link=link, cookie=cookie)
        referrals.answer_pickup(link=link, cookie=cookie, answer="wacht", wait=wait)
        if then:
            referrals.answer_pickup(link=link, cookie=cookie, answer=then)


def samples_link(code: str) -> str:
    """Return the link that goes by mail."""
    from sluitend.journeys.referrals.models import Pickup

    row = Pickup.objects.get(referral__code=code)
    who = samples.actor(FOCAL)
    link: str = open_envelope(row.envelope_id, actor=who, purpose="test").read(row, "delivery")["link"]
    return link


def by_account_and_more(code: str, then: str) -> None:
    """Answer with an account, and answer something else after it."""
    by_account(code)
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        referrals.feed_back(code=code, answer=then, actor=inspector)


def by_telephone_and_more(code: str, then: str) -> None:
    """Answer by telephone, and call again with something else."""
    by_telephone(code)
    who = samples.actor(FOCAL)
    with acting(who):
        referrals.note_answer(code=code, answer=then, on=timezone.localdate(), actor=who)


def by_link_and_more(code: str, then: str) -> None:
    """Answer on the pick-up page, and answer something else after it."""
    by_link(code, then=then)


AND_MORE = {"account": by_account_and_more, "phone": by_telephone_and_more, "pickup": by_link_and_more}


@pytest.mark.parametrize("then", ["opgepakt", "afgesloten", "niet_van_ons"])
@pytest.mark.parametrize("channel", AND_MORE)
def test_who_answers_something_else_a_moment_later_is_waited_for_too(channel: str, then: str) -> None:
    code, visit = referred(channel), planned()
    AND_MORE[channel](code, then)
    planner, who = samples.actor(PLANNER), samples.actor(FOCAL)
    with acting(planner):
        assert queries.own_visit(visit, planner).state == Visit.State.PLANNED
    with acting(who):
        visits.heed(who)
        wait_request = WaitRequest.objects.get()
        assert (wait_request.state, wait_request.until) == ("runs", WAIT.until)
        content = open_envelope(wait_request.envelope_id, actor=who, purpose="test").read(
            wait_request, "content"
        )
        assert "wacht" in content["sentence"].lower()
        assert Visit.objects.get(code=visit).state == Visit.State.PLANNED
        assert not visits.heed(who)


def test_who_asks_anew_while_the_wait_request_is_made_is_heard_in_the_next_round() -> None:
    code, who = referred(), samples.actor(FOCAL)
    by_account(code)
    later = replace(WAIT, until=timezone.localdate() + timedelta(days=30))
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        (read,) = referral_queries.asked_to_wait(system)
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        referrals.feed_back(code=code, answer="wacht", wait=later, actor=inspector)
    with acting(who):
        referrals.wait_request_made(read.id, turn=read.turn, actor=who)
        visits.heed(who)
        assert WaitRequest.objects.get(state="runs").until == later.until


WAYS = {"account": by_account, "phone": by_telephone, "pickup": by_link}


@pytest.mark.parametrize("channel", WAYS)
def test_an_answer_to_wait_binds_the_place_at_once(channel: str) -> None:
    code, visit = referred(channel), planned()
    WAYS[channel](code)
    planner, who = samples.actor(PLANNER), samples.actor(FOCAL)
    with acting(planner):
        assert queries.own_visit(visit, planner).state == Visit.State.PLANNED
    with acting(who):
        with pytest.raises(DomainError):
            visits.release(actor=who, code=visit)
        assert visits.heed(who) or WaitRequest.objects.exists()
        wait_request = WaitRequest.objects.get()
        assert (wait_request.state, wait_request.partner) == ("runs", "arbeidsinspectie")
        assert wait_request.until == WAIT.until
        content = open_envelope(wait_request.envelope_id, actor=who, purpose="test").read(
            wait_request, "content"
        )
        assert (content["contact"], content["telephone"]) == ("Meldkamer", "070-1234567")
        assert Visit.objects.get(code=visit).state == Visit.State.PLANNED
        assert NextStep.objects.filter(
            what=READ_WAIT_REQUEST, code=wait_request.code, done__isnull=True
        ).exists()
        assert not visits.heed(who)
    inspector = samples.actor(INSPECTOR)
    with acting(inspector):
        assert WaitRequest.objects.filter(asker_id=inspector.own_organisation).exists()


AMISS = {
    "until": [
        Wait(contact="A", telephone="070-1234567"),
        Wait(timezone.localdate(), "A", "070-1234567"),
        Wait(timezone.localdate() - timedelta(days=900), "A", "070-1234567"),
        Wait(timezone.localdate() + timedelta(days=61), "A", "070-1234567"),
        Wait(date.max, "A", "070-1234567"),
    ],
    "contact": [Wait(WAIT.until, " \n", "070-1234567"), Wait(WAIT.until, "A" * 161, "070-1234567")],
    "telephone": [Wait(WAIT.until, "A"), Wait(WAIT.until, "A", "bel mij"), Wait(WAIT.until, "A", "12")],
}


@pytest.mark.parametrize("channel", WAYS)
def test_an_answer_to_wait_asks_until_when_and_whom_to_ring(channel: str) -> None:
    code = referred(channel)
    for field, wrong in AMISS.items():
        for wait in wrong:
            with pytest.raises(DomainError) as refused, transaction.atomic():
                WAYS[channel](code, wait)
            assert refused.value.field == field
    with pytest.raises(DomainError), transaction.atomic():
        WAYS[channel](code, None)
    with acting(samples.actor(FOCAL)):
        assert not WaitRequest.objects.exists()


@pytest.mark.parametrize("channel", WAYS)
def test_without_a_place_the_address_is_asked_and_held(channel: str) -> None:
    code, visit = referred(channel, without=NO_PLACE), planned()
    for address in ("", "Tuinderspad", "x" * 161):
        with pytest.raises(DomainError) as refused, transaction.atomic():
            WAYS[channel](code, replace(WAIT, address=address))
        assert refused.value.field == "address"
    WAYS[channel](code, replace(WAIT, address="Tuinderspad 12, De Lier"))
    who = samples.actor(FOCAL)
    with acting(who):
        visits.heed(who)
        assert WaitRequest.objects.get().until == WAIT.until
        assert Visit.objects.get(code=visit).state == Visit.State.PLANNED


def test_answering_twice_asks_anew() -> None:
    code, who = referred(), samples.actor(FOCAL)
    by_account(code)
    with acting(who):
        visits.heed(who)
    inspector = samples.actor(INSPECTOR)
    later = replace(WAIT, until=timezone.localdate() + timedelta(days=30), contact="<b>Piket</b>\n\u202e")
    for _twice in range(2):
        with acting(inspector):
            referrals.feed_back(code=code, answer="wacht", wait=later, actor=inspector)
        with acting(who):
            visits.heed(who)
    with acting(who):
        assert sorted(WaitRequest.objects.values_list("state", flat=True)) == ["replaced", "replaced", "runs"]
        wait_request = WaitRequest.objects.get(state="runs")
        assert wait_request.until == later.until
        content = open_envelope(wait_request.envelope_id, actor=who, purpose="test").read(
            wait_request, "content"
        )
        assert "\n" not in content["contact"]


def test_a_message_that_nobody_checked_holds_for_the_usual_time() -> None:
    for asked in ({"until": "9999-99-99"}, {"until": None, "contact": ["x"]}, {}):
        wait = wait_in({"wait": asked})
        assert wait is not None
        assert wait.until is None
    assert wait_in({"wait": "x"}) is wait_in({}) is None


def posted(**changes: str) -> dict[str, str]:
    """Return what a browser sends of the answer form."""
    day = WAIT.until.isoformat() if WAIT.until else ""
    wait = {"until": day, "contact": WAIT.contact, "telephone": WAIT.telephone}
    return {"answer": "wacht", "text": "", "on": timezone.localdate().isoformat(), **wait, **changes}


def test_the_whole_story(client_for: Clients) -> None:
    """A partner answers to wait: a check there is not released, its list has it, the focal point first."""
    code, visit = referred(), planned()
    inspector = client_for(INSPECTOR)
    page = f"/werk/ontvangen/{code}/"
    inspector.post(f"{page}aannemen/")
    text = inspector.get(page).content.decode()
    assert "Wacht tot en met" in text
    assert 'data-shows="#id_until #id_contact #id_telephone"' in text
    assert "Op welk adres" not in text
    wrong = inspector.post(f"{page}antwoord/", posted(telephone="<script>bel</script>"))
    assert wrong.status_code == 422
    assert "<script>bel" not in wrong.content.decode()
    assert "geen telefoonnummer" in wrong.content.decode()
    assert inspector.post(f"{page}antwoord/", posted()).status_code == 302
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        visits.catch_up(system)
    asked = inspector.get("/werk/wachtverzoeken/").content.decode()
    with acting(samples.actor(FOCAL)):
        wait_request = WaitRequest.objects.get()
        assert NextStep.objects.filter(code=wait_request.code, done__isnull=True).exists()
    assert wait_request.code in asked
    focal = client_for(FOCAL)
    assert wait_request.code in focal.get("/werk/").content.decode()
    focal.post(f"/werk/vrijgeven/{visit}/vrij/")
    with acting(samples.actor(PLANNER)):
        assert Visit.objects.get(code=visit).state == Visit.State.PLANNED
    assert WAIT.telephone in focal.get(f"/werk/vrijgeven/{visit}/").content.decode()


def test_the_telephone_page_asks_it_with_that_answer_only(client_for: Clients) -> None:
    code, focal = referred("phone", NO_PLACE), client_for(FOCAL)
    page = f"/werk/doorgezet/{code}/antwoord/"
    with acting(samples.actor(FOCAL)) as who:
        referrals.note_sent(code=code, on=timezone.localdate(), actor=who)
    text = focal.get(page).content.decode()
    assert 'name="until"' in text
    assert "Op welk adres" in text
    missing = focal.post(page, posted(address=""))
    assert missing.status_code == 422
    assert "Schrijf straat en huisnummer" in missing.content.decode()
    assert focal.post(page, posted(address="Tuinderspad 12")).status_code == 302
    with acting(samples.actor(FOCAL)) as who:
        visits.heed(who)
        assert WaitRequest.objects.get().until == WAIT.until
    assert "Te bellen: Meldkamer" in focal.get(f"/werk/doorgezet/{code}/").content.decode()


def test_the_monthly_list_says_where_to_give_that_answer(client_for: Clients) -> None:
    code, focal = referred(), client_for(FOCAL)
    page = "/werk/doorgezet/maandlijst/arbeidsinspectie/"
    text = focal.get(page).content.decode()
    assert 'value="wacht"' not in text
    assert "vraagt een dag en een nummer" in text
    day = timezone.localdate().isoformat()
    assert focal.post(page, {f"{code}-answer": "wacht", f"{code}-on": day}).status_code == 422
