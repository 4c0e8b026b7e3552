"""Several at once where one mistake harms nobody: each is done by itself, and what could not be is told."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples
from tests.journeys.cases.matters import filed, taken_in
from tests.reading import as_read
from tests.teaming import AF, DEPUTY, MANAGER, owners, queued

from sluitend.kernel.access.acting import acting
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.surfaces.desk import team_actions

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
PAGE = "/werk/toewijzen/"


def test_several_go_to_one_person_each_with_a_line_of_its_own(client_for: ClientFor) -> None:
    case, report = taken_in(), filed()
    client, who = client_for(AF), samples.actor(AF)
    to = f"person:{Account.objects.get(email=DEPUTY).pk}"
    page = client.post(PAGE, {"codes": [case, report]})
    assert page.status_code == 200
    assert case in page.text
    assert report in page.text
    with acting(who):
        before = Event.objects.filter(action="step.assign").count()
    answer = client.post(PAGE, {"codes": [case, report], "to": to, "go": "1"}, follow=True)
    assert f"Toegewezen: {case}, {report}." in as_read(answer.text)
    assert owners(who, code__in=[case, report]) == {"Samira Haddou"}
    with acting(who):
        assert Event.objects.filter(action="step.assign").count() == before + 2


def test_what_cannot_be_is_told_by_row_and_the_others_go_on(client_for: ClientFor) -> None:
    case, elsewhere = taken_in(), taken_in_elsewhere()
    to = f"person:{Account.objects.get(email=DEPUTY).pk}"
    codes = [case, "C-2222", "<b>", elsewhere]
    answer = client_for(MANAGER).post(PAGE, {"codes": codes, "to": to, "go": "1"}, follow=True)
    text = as_read(answer.text)
    assert f"Toegewezen: {case}." in text
    assert "C-2222: Dit vinden wij niet." in text
    assert f"{elsewhere}: Dit vinden wij niet." in text
    assert "<b>" not in answer.text
    assert owners(samples.actor(AF), code=case) == {"Samira Haddou"}


def taken_in_elsewhere() -> str:
    """Make a case of another municipality."""
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM0518"))
    return samples.take_in(report, samples.actor("af@denhaag.example"))


@pytest.mark.parametrize("to", ["person:onzin", "team:", "person:00000000-0000-0000-0000-000000000000"])
def test_to_whom_it_cannot_go_is_said_and_nothing_moves(to: str, client_for: ClientFor) -> None:
    case = taken_in()
    answer = client_for(AF).post(PAGE, {"codes": [case], "to": to, "go": "1"})
    assert answer.status_code == 422
    assert owners(samples.actor(AF), code=case) == {"focal_point"}


def test_without_a_row_one_is_asked_for(client_for: ClientFor) -> None:
    assert "Kies eerst een of meer rijen." in client_for(AF).post(PAGE, follow=True).text
    assert client_for(AF).get(PAGE).status_code == 405
    assert client_for("nla@arbeidsinspectie.example").post(PAGE, {"codes": ["C-2222"]}).status_code == 404


def test_several_are_taken_from_the_queue_and_who_was_first_is_told(client_for: ClientFor) -> None:
    _team, steps = queued(3)
    colleague = samples.actor(DEPUTY)
    with acting(colleague):
        team_actions.take(steps[0].pk, actor=colleague)
    answer = client_for(AF).post("/werk/team/", {"take_all": "1", "steps": [str(each.pk) for each in steps]})
    assert answer.status_code == 422
    text = as_read(answer.text)
    assert "2 van de 3 zijn nu van u." in text
    assert f"Samira Haddou was eerst. {steps[0].code} ligt nu bij: Samira Haddou." in text
    who = samples.actor(AF)
    assert owners(who, code__in=[each.code for each in steps[1:]]) == {"Noor de Bruin"}
    again = client_for(AF).post("/werk/team/", {"take_all": "1"})
    assert "Kies eerst een of meer rijen." in again.text
