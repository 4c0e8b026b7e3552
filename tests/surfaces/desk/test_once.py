"""What is sent twice is worked once: one note, one referral, one acceptance, whoever retries and however."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone
from tests import samples
from tests.journeys.cases.matters import FOCAL, somebody, taken_in
from tests.journeys.referrals.situations import make_ready, posted

from sluitend.forms.models import SentForm
from sluitend.journeys.cases.models import Observation, TimelineEvent
from sluitend.journeys.referrals.models import Referral, ReferralMessage
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.flow.models import State
from sluitend.kernel.followup.actions import settle
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.surfaces.acting import TRIES
from sluitend.urls import urlpatterns

TYPED = "Bel maandag met de huismeester"
INSPECTOR = "nla@arbeidsinspectie.example"
MANY = 4


def signed_in(email: str = FOCAL) -> Client:
    """A browser of which forms are checked as in production."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(email=email))
    return client


def token_of(client: Client, page: str) -> str:
    """Open a page and return the token of its forms: another each time."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(page).text)
    assert found
    return found[1]


def notes() -> int:
    with somebody():
        return TimelineEvent.objects.filter(what=TimelineEvent.What.NOTE).count()


@pytest.fixture
def note(db: None) -> tuple[Client, str, dict[str, str]]:
    """A focal point who has typed a note: the browser, the page, and what is in the form."""
    page = f"/werk/casussen/{taken_in()}/notitie/"
    client = signed_in()
    typed = {"csrfmiddlewaretoken": token_of(client, page), "text": TYPED, "track": ""}
    return client, page, typed


def test_the_same_page_sent_again_leads_to_where_the_first_led(
    note: tuple[Client, str, dict[str, str]],
) -> None:
    client, page, typed = note
    first, second = client.post(page, typed), client.post(page, typed)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert notes() == 1
    with somebody():
        assert Event.objects.filter(purpose="add_note").count() == 1


def test_another_text_or_another_page_is_another_wish(note: tuple[Client, str, dict[str, str]]) -> None:
    client, page, typed = note
    client.post(page, typed)
    client.post(page, typed | {"text": f"{TYPED}, om tien uur"})
    client.post(page, typed | {"csrfmiddlewaretoken": token_of(client, page)})
    assert notes() == 3


def test_a_form_that_came_back_can_be_sent_again(note: tuple[Client, str, dict[str, str]]) -> None:
    client, page, typed = note
    empty = typed | {"text": ""}
    assert [client.post(page, empty).status_code for _ in range(2)] == [422, 422]
    with somebody():
        assert SentForm.objects.count() == 0
    assert client.post(page, typed).status_code == 302


def test_somebody_else_with_the_same_token_is_somebody_else(
    note: tuple[Client, str, dict[str, str]], client_for: Callable[[str], Client]
) -> None:
    client, page, typed = note
    client.post(page, typed)
    client_for("vervanger@westland.example").post(page, typed)
    assert notes() == 2


def test_a_day_later_it_is_forgotten(note: tuple[Client, str, dict[str, str]]) -> None:
    client, page, typed = note
    client.post(page, typed)
    westland = Organisation.objects.get(code="GM1783")
    with acting(system_actor(westland.id)) as system:
        reports.sweep(system)
        assert SentForm.objects.count() == 1
        SentForm.objects.update(day=timezone.localdate() - timedelta(days=2))
        reports.sweep(system)
        assert SentForm.objects.count() == 0


def test_what_is_remembered_holds_no_word_and_no_time(note: tuple[Client, str, dict[str, str]]) -> None:
    client, page, typed = note
    client.post(page, typed)
    with somebody():
        row = SentForm.objects.values().get()
    assert TYPED not in str(row)
    assert row["place"].startswith("/werk/casussen/C-")
    assert row["day"] == timezone.localdate()


# Where it leads


PLACES = {"outside": "https://elders.example/", "bare": "//elders.example/", "long": f"/werk/?{'x' * 300}"}
worked: list[str] = []


def leads(request: HttpRequest, to: str) -> HttpResponse:
    """Do something, and lead to a place that is not to be kept."""
    if request.method == "POST":
        worked.append(to)
        return HttpResponseRedirect(PLACES[to])
    return HttpResponse(f'name="csrfmiddlewaretoken" value="{get_token(request)}"')


class Leading:
    """The project's addresses, and forms that lead outside or far."""

    urlpatterns = [*urlpatterns, path("werk/leidt/<str:to>/", leads, name="leads")]


@override_settings(ROOT_URLCONF=Leading)
@pytest.mark.parametrize("to", PLACES)
def test_a_place_outside_or_too_long_is_not_kept_to_lead_somebody_to(db: None, to: str) -> None:
    worked.clear()
    client, page = signed_in(), f"/werk/leidt/{to}/"
    typed = {"csrfmiddlewaretoken": token_of(client, page), "text": TYPED}
    assert [client.post(page, typed).status_code for _ in range(2)] == [302, 302]
    assert worked == [to, to]
    with somebody():
        assert SentForm.objects.count() == 0


# At the same moment


def at_once(email: str, page: str, typed: dict[str, Any], *, token_from: str = "") -> list[int]:
    """Send the same page several times in the same instant, as one browser, and return the statuses."""
    client = signed_in(email)
    typed = {"csrfmiddlewaretoken": token_of(client, token_from or page), **typed}

    def send(_: int) -> int:
        try:
            twin = Client(enforce_csrf_checks=True)
            twin.cookies = client.cookies
            return twin.post(page, typed).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(send, range(MANY)))


def test_a_double_click_makes_one_note_and_one_observation(own_database: str) -> None:
    case = f"/werk/casussen/{taken_in()}/"
    assert at_once(FOCAL, f"{case}notitie/", {"text": TYPED, "track": ""}) == [302] * MANY
    assert notes() == 1
    with somebody():
        before = Observation.objects.count()
    seen = {"kind": "fact", "text": TYPED, "when": "", "where": "", "source": ""}
    assert at_once(FOCAL, f"{case}waarneming/", seen) == [302] * MANY
    with somebody():
        assert Observation.objects.count() == before + 1


def test_a_double_click_makes_one_referral_and_one_acceptance(own_database: str) -> None:
    ready = make_ready()
    page = f"/werk/casussen/{ready.case}/doorzetten/place/"
    assert set(at_once(FOCAL, page, posted(ready))) == {302}
    with somebody():
        code = str(Referral.objects.get().code)
    received = f"/werk/ontvangen/{code}/"
    accept = at_once(INSPECTOR, f"{received}aannemen/", {}, token_from=received)
    assert set(accept) == {302}
    question = {"text": "Om hoeveel mensen gaat het?"}
    asked = at_once(INSPECTOR, f"{received}vraag/", question, token_from=received)
    assert set(asked) == {302}
    with acting(samples.actor(INSPECTOR)):
        assert Referral.objects.get().state == State.ACCEPTED
        assert ReferralMessage.objects.count() == 1


def ring(times: int, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Let the end of an action stand in a ring with somebody, and be sent away by the database, so often."""
    made = list[None]()

    def stuck() -> None:
        if len(made) < times:
            made.append(None)
            with connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'deadlock_detected'; END $$")
        settle()

    monkeypatch.setattr("sluitend.kernel.followup.actions.settle", stuck)
    return made


def test_of_two_who_wait_for_each_other_both_get_it_done(
    note: tuple[Client, str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, page, typed = note
    made = ring(2, monkeypatch)
    assert client.post(page, typed).status_code == 302
    assert len(made) == 2
    assert notes() == 1


def test_who_keeps_standing_in_a_ring_gets_a_calm_page_and_can_send_it_again(
    note: tuple[Client, str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, page, typed = note
    made = ring(TRIES, monkeypatch)
    answer = client.post(page, typed)
    assert answer.status_code == 503
    assert "112" in answer.text
    assert len(made) == TRIES
    assert notes() == 0
    assert client.post(page, typed).status_code == 302
    assert notes() == 1


def test_a_look_while_somebody_types_is_no_form_that_is_sent(db: None) -> None:
    ready = make_ready()
    page = f"/werk/casussen/{ready.case}/doorzetten/place/"
    client = signed_in()
    typed = {**posted(ready), "csrfmiddlewaretoken": token_of(client, page)}
    answers = [
        client.post(f"{page}voorbeeld/", typed, headers={"Sluitend-Preview": "1"}) for _again in range(2)
    ]
    assert [each.status_code for each in answers] == [200, 200]
    with somebody():
        assert not SentForm.objects.exists()
