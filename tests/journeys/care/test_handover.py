"""From the plan of a case to care: a person is handed over, and what care does with it stays with care."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests import samples
from tests.journeys.care.test_handling import do, seen, step
from tests.journeys.care.test_writing_back import lines
from tests.journeys.referrals.situations import Ready, make_ready
from tests.journeys.test_reaching import HOW, open_at_care, person_with, ready_with, record
from tests.reading import as_read

from sluitend.journeys.care import actions, queries
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.models import ReceivedToken
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import MailboxMessage, Report
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Organisation

pytestmark = pytest.mark.django_db
COORDINATOR, FOCAL, NEIGHBOUR = "zorg@shop.example", "af@westland.example", "af@denhaag.example"
TYPED = "zorginhoudswoord"
type ClientFor = Callable[[str], Client]


@pytest.fixture
def ready(region: Any) -> Ready:
    return make_ready()


def taken_in(ready: Ready, **changes: Any) -> tuple[str, str]:
    """Return the code of a referral by which a person was handed over, and that of the request it became."""
    sent = ready.send("person", **changes)
    return sent, do(ready.care, actions.take_in, code=sent)


def requests(ready: Ready) -> list[str]:
    with acting(ready.care):
        return list(Report.objects.values_list("code", flat=True))


def test_what_a_municipality_asks_of_care_stands_in_its_list_without_a_name(
    ready: Ready, client_for: ClientFor
) -> None:
    sent = ready.send("person")
    page = as_read(client_for(COORDINATOR).get("/werk/zorg/").text)
    assert "Een gemeente draagt iemand over, Haaglanden" in page
    assert f"/werk/ontvangen/{sent}/" in page
    for hidden in (samples.PLANT, samples.PLANTED_PHONE, "Een dokter"):
        assert hidden not in page


def test_a_person_handed_over_becomes_a_request_and_a_file(ready: Ready, client_for: ClientFor) -> None:
    sent, code = taken_in(ready, question="Wil SHOP haar bellen?")
    view = seen(ready.care, code)
    assert (view.through, view.is_taken, view.messages) == (sent, True, ())
    assert view.saw.startswith("Wil SHOP haar bellen?")
    assert "Een dokter" in view.saw
    assert dict(view.asker)["Organisatie"] == "Gemeente Westland"
    assert (step(code).what, step(code).owner_role) == ("contact_person", "partner")
    lines = {each.code: each.url for each in do(ready.care, queries.requests).rows}
    assert lines == {code: f"/werk/zorg/{code}/"}, "what was taken in stands there once"
    file = do(ready.care, actions.open_file, code=code)
    with acting(ready.care):
        assert CareFile.objects.get(code=file).request_code == code
    client = client_for(COORDINATOR)
    assert f"/werk/ontvangen/{sent}/" in client.get(f"/werk/zorg/{code}/").text
    assert f"/werk/zorg/{code}/" in client.get(f"/werk/ontvangen/{sent}/").text


def test_what_was_taken_in_is_one_line_of_vandaag_with_its_request_and_its_file(
    ready: Ready, client_for: ClientFor
) -> None:
    browser = client_for(COORDINATOR)
    _sent, code = taken_in(ready)
    assert len(lines(browser)) == 1
    do(ready.care, actions.open_file, code=code)
    assert len(lines(browser)) == 1
    samples.ask_for_help()
    assert len(lines(browser)) == 2


def test_it_is_taken_in_by_one_button_and_once(ready: Ready, client_for: ClientFor) -> None:
    sent, client = ready.send("person"), client_for(COORDINATOR)
    page = client.get(f"/werk/ontvangen/{sent}/").text
    assert "Neem aan als hulpvraag" in page
    answer = client.post(f"/werk/zorg/overdracht/{sent}/")
    (code,) = requests(ready)
    assert answer.headers["Location"] == f"/werk/zorg/{code}/"
    again = client.post(f"/werk/zorg/overdracht/{sent}/")
    assert again.headers["Location"] == f"/werk/ontvangen/{sent}/"
    with pytest.raises(Conflict):
        do(ready.care, actions.take_in, code=sent)
    assert requests(ready) == [code]


def test_what_was_accepted_before_can_still_become_a_request(ready: Ready, client_for: ClientFor) -> None:
    sent = ready.accepted("person")
    assert "Maak er een hulpvraag van" in client_for(COORDINATOR).get(f"/werk/ontvangen/{sent}/").text
    code = do(ready.care, actions.take_in, code=sent)
    assert seen(ready.care, code).through == sent


def test_who_does_not_coordinate_takes_nobody_in(ready: Ready) -> None:
    sent, place = ready.send("person"), ready.send()
    with pytest.raises(Refused):
        do(ready.focal_point, actions.take_in, code=sent)
    with pytest.raises(Absent):
        do(ready.inspector, actions.take_in, code=place)
    with pytest.raises(Absent):
        do(ready.care, actions.take_in, code=place)
    do(ready.care, referrals.return_, code=sent, reason="not_ours")
    with pytest.raises(Conflict):
        do(ready.care, actions.take_in, code=sent)
    assert requests(ready) == []


def test_a_question_without_a_name_is_no_request(ready: Ready) -> None:
    with acting(ready.focal_point):
        cases.take_up_again(actor=ready.focal_point, code=ready.case, action="care_advice")
    ready.compose_instead("care_advice", wish="unclear")
    sent = ready.send("person")
    with pytest.raises(Conflict):
        do(ready.care, actions.take_in, code=sent)
    do(ready.care, referrals.accept, code=sent)
    (line,) = do(ready.care, queries.requests).rows
    assert (line.code, line.title) == (sent, "Overleg zonder naam")


def test_care_answers_where_the_municipality_reads(ready: Ready) -> None:
    """Nobody holds the code of such a request: what is written there would be read by nobody."""
    sent, code = taken_in(ready)
    for verb, words in ((actions.tell, {"sentence": "busy"}), (actions.ask_back, {"text": "Wanneer?"})):
        with pytest.raises(DomainError, match=sent):
            do(ready.care, verb, code=code, **words)
    do(ready.care, actions.close, code=code, end="safe_own")
    with acting(ready.care):
        assert not MailboxMessage.objects.exists()
    do(ready.care, referrals.feed_back, code=sent, answer="afgesloten")


def test_the_sweep_and_the_night_leave_it_as_it_is(ready: Ready) -> None:
    _sent, code = taken_in(ready)
    with acting(system_actor(ready.care.own_organisation)) as system:
        reports.sweep(system)
    assert step(code).what == "contact_person"
    assert seen(ready.care, code).is_taken


def test_taken_back_by_the_municipality_is_told_and_ends_nothing(ready: Ready, client_for: ClientFor) -> None:
    sent, code = taken_in(ready)
    reason = ready.row(sent).pack.reason_list("recall_referral").reasons[0].id
    do(ready.focal_point, referrals.recall, code=sent, reason=reason)
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/{code}/").text)
    assert "Door de gemeente teruggehaald." in page
    assert step(code).what == "contact_person"


def test_nothing_that_care_typed_is_read_outside_care(ready: Ready, client_for: ClientFor) -> None:
    sent, code = taken_in(ready)
    attempt = {"channel": "call", "reached": "yes", "against": TYPED}
    do(ready.care, actions.note_attempt, code=code, **attempt)
    file = do(ready.care, actions.open_file, code=code)
    do(ready.care, referrals.feed_back, code=sent, answer="hulp_geboden")
    pages = (
        f"/werk/casussen/{ready.case}/",
        f"/werk/casussen/{ready.case}/plan/",
        f"/werk/casussen/{ready.case}/beeld/",
        f"/werk/doorgezet/{sent}/",
        "/werk/gedeelde-lijst/",
        "/werk/",
    )
    for who in (FOCAL, NEIGHBOUR):
        client = client_for(who)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200 or who == NEIGHBOUR, page
            body = b"".join(answer)
            for hidden in (TYPED, code, file):
                assert hidden.encode() not in body, page
    for other in Organisation.objects.exclude(code="shop"):
        with acting(system_actor(other.id)):
            assert not Report.objects.filter(code=code).exists()
            assert not CareFile.objects.exists()
            assert not ReceivedToken.objects.filter(kind="taken_in").exists()


def test_taking_in_stands_in_the_ledger_of_care(ready: Ready) -> None:
    sent, _code = taken_in(ready)
    with acting(ready.care):
        assert Event.objects.filter(action="care.take_in", outcome="ok").count() == 1
    assert ready.row(sent).state == "accepted"


@pytest.mark.parametrize("accepted", [False, True])
def test_who_is_taken_in_is_reached_as_was_said_last(client_for: ClientFor, accepted: bool) -> None:
    ready = ready_with()
    sent = ready.accepted("person") if accepted else ready.send("person")
    person = person_with(ready.case, ready.focal_point)
    record(ready.case, ready.focal_point, person.id, never="Bel haar nooit")
    code = do(ready.care, actions.take_in, code=sent)
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/{code}/").text)
    assert "Nooit: Bel haar nooit" in page
    assert HOW not in page
    assert "read_reach" in open_at_care(ready, sent)
