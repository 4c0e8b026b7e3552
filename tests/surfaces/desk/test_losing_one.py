"""A municipality loses one of its two people: nothing new is taken, and nothing that was there is lost."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples
from tests.journeys.visits.test_answers_ask_to_wait import WAIT, WAYS, referred

from sluitend.journeys.reports import actions as reports
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits.journey import READ_WAIT_REQUEST
from sluitend.journeys.visits.models import Visit, WaitRequest
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.kernel.organisations.reading import towns

pytestmark = pytest.mark.django_db
FOCAL, DEPUTY = "af@westland.example", "vervanger@westland.example"
WESTLAND = "GM1783"
FILLED = {
    "kind": "report",
    "saw": "Vijf bedden in een schuur",
    "where": "Tuinderspad 12, De Lier",
    "municipality": WESTLAND,
    "when": "today",
    "minor": "no",
    "anonymity": "anonymous",
    "acute": "no",
    "step": "5",
    "go": "send",
}


def loses_its_deputy() -> None:
    """Let the deputy of Westland leave."""
    Account.objects.filter(email=DEPUTY).update(is_active=False)
    assert next(each.how for each in towns() if each.code == WESTLAND) == ""


def test_who_is_filling_in_the_form_gets_back_what_was_typed_and_whom_to_call(client: Client) -> None:
    Organisation.objects.filter(code=WESTLAND).update(telephone="0174 67 36 73")
    loses_its_deputy()
    answer = client.post("/melden/", FILLED)
    page = answer.content.decode()
    assert "0174 67 36 73" in page
    assert FILLED["saw"] in page
    assert "Bewaar deze code" not in page


def test_a_receipt_goes_on_to_work_and_danger_is_heard() -> None:
    westland = Organisation.objects.get(code=WESTLAND)
    code, receipt = samples.file_report(westland)
    loses_its_deputy()
    with acting(NOBODY):
        danger = reports.Danger(answer="yes")
        reports.add_to_report(receipt=receipt, text="Zij mag er niet uit", danger=danger)
    with acting(system_actor(westland.id)) as system:
        reports.sweep(system)
    with acting(samples.actor(FOCAL)):
        assert NextStep.objects.filter(code=code, done__isnull=True, urgent=True).exists()


@pytest.mark.parametrize("channel", WAYS)
def test_a_partner_goes_on_to_answer_and_is_waited_for(
    client_for: Callable[[str], Client], channel: str
) -> None:
    code = referred(channel)
    loses_its_deputy()
    WAYS[channel](code)
    with acting(samples.actor(FOCAL)) as who:
        visits.heed(who)
        assert WaitRequest.objects.get().until == WAIT.until
        assert NextStep.objects.filter(what=READ_WAIT_REQUEST, done__isnull=True).exists()
    assert code in client_for(FOCAL).get("/werk/").content.decode()


def test_what_was_asked_to_wait_goes_on_to_bind() -> None:
    samples.plan_and_ask_to_wait(Organisation.objects.get(code=WESTLAND))
    loses_its_deputy()
    with acting(samples.actor(FOCAL)) as who:
        visits.heed(who)
        assert WaitRequest.objects.get().state in WaitRequest.BINDING
        assert not Visit.objects.filter(state=Visit.State.RELEASED).exists()
