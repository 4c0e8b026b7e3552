"""Two on one referral, exchange or hold see each other; the second hears who was first, and when."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples

from sluitend.journeys.exchanges.models import Transfer
from sluitend.kernel.access.acting import acting
from sluitend.kernel.followup.models import Presence

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
FOCAL, DEPUTY = "af@westland.example", "vervanger@westland.example"
INSPECTOR, ELSEWHERE = "nla@arbeidsinspectie.example", "af@denhaag.example"
TYPED = "De recherche belt morgen terug"


@dataclass(frozen=True)
class Matter:
    """A thing on which two work: its page, what both send, and its state after the first."""

    subject: str
    code: str
    page: str
    press: str
    sent: dict[str, str]
    state: str


def transfer() -> Matter:
    """A transfer that both want back."""
    code = samples.hand_over(samples.ready_to_hand_over(), samples.actor(FOCAL))
    page = f"/werk/overdrachten/{code}/"
    return Matter("transfer", code, page, "terughalen/", {"reason": "mistake"}, "Teruggehaald")


def request() -> Matter:
    """A question that both want to give back."""
    code = samples.ask(samples.actor(INSPECTOR), "GM1783", kind="question")
    page = f"/werk/verzoeken/{code}/"
    sent = {"reason": "andere_reden", "sentence": TYPED}
    return Matter("request", code, page, "teruggeven/", sent, "Teruggegeven")


def referral() -> Matter:
    """A referral that both want back."""
    code = samples.whole_route().referral
    return Matter(
        "referral",
        code,
        f"/werk/doorgezet/{code}/",
        "terughalen/",
        {"reason": "mistake"},
        "Teruggehaald",
    )


def wait_request() -> Matter:
    """A wait request of which both hear that it is lifted."""
    code = samples.whole_route().wait_request
    page = f"/werk/vrijgeven/wachtverzoeken/{code}/"
    sent = {"reason": "andere_reden", "sentence": TYPED, "whom": "Rechercheur"}
    return Matter("wait_request", code, page, "opheffen/", sent, "Opgeheven")


MATTERS = [transfer, request, referral, wait_request]


def presence(
    client: Client, matter: Matter, since: str = "2026-01-01T00:00:00+00:00", writes: str = ""
) -> str:
    """Return what stands in the status line."""
    sent = {"since": since, "writes": writes}
    return client.post(f"/werk/samen/{matter.subject}/{matter.code}/", sent).text


@pytest.mark.parametrize("make", MATTERS)
def test_the_second_of_two_hears_who_was_first_and_when(
    client_for: ClientFor, make: Callable[[], Matter]
) -> None:
    matter = make()
    first, second = client_for(DEPUTY), client_for(FOCAL)
    assert f'data-presence="/werk/samen/{matter.subject}/{matter.code}/"' in second.get(matter.page).text
    assert first.post(matter.page + matter.press, matter.sent).status_code == 302
    answer = second.post(matter.page + matter.press, matter.sent, follow=True)
    said = re.sub(r"\s+", " ", answer.text)
    name = samples.actor(DEPUTY).name
    when = timezone.localtime().strftime("%H:")
    assert f"{name} was eerst: {when}" in said
    assert f"De stand is nu “{matter.state}”" in said
    if TYPED in matter.sent.values():
        assert "Dit typte u" in said
        assert TYPED in said
    assert f"Gewijzigd door {name}" in presence(second, matter)
    assert "Gewijzigd" not in presence(first, matter)


@pytest.mark.parametrize("make", MATTERS)
def test_who_has_it_open_is_seen_by_colleagues_alone(
    client_for: ClientFor, make: Callable[[], Matter]
) -> None:
    matter = make()
    name = samples.actor(FOCAL).name
    presence(client_for(FOCAL), matter, writes="1")
    assert f"{name} schrijft hier nu ook." in presence(client_for(DEPUTY), matter)
    presence(client_for(FOCAL), matter)
    assert f"{name} heeft dit ook open." in presence(client_for(DEPUTY), matter)
    assert name not in presence(client_for(FOCAL), matter)
    for other in (INSPECTOR, ELSEWHERE, "melder@westland.example"):
        assert name not in presence(client_for(other), matter)
    with acting(samples.actor(ELSEWHERE)):
        assert not Presence.objects.filter(account__email=FOCAL).exists()


def test_another_organisation_is_named_by_its_own_name_only(client_for: ClientFor) -> None:
    matter = request()
    client_for(FOCAL).post(matter.page + matter.press, matter.sent)
    said = client_for(INSPECTOR).post(matter.page + "terughalen/", {"reason": "mistake"}, follow=True).text
    assert "Gemeente Westland was eerst" in said
    assert f"{samples.actor(FOCAL).name} was eerst" not in said


def test_a_turn_that_was_taken_without_an_account_names_nobody_of_before(client_for: ClientFor) -> None:
    matter = transfer()
    client_for(DEPUTY).post(matter.page + matter.press, matter.sent)
    with acting(samples.actor(FOCAL)):
        row = Transfer.objects.get(code=matter.code)
        Transfer.objects.filter(pk=row.pk).update(turn=row.turn + 1)
    said = client_for(FOCAL).post(matter.page + matter.press, matter.sent, follow=True).text
    assert "De partner was eerst." in said
    assert samples.actor(DEPUTY).name not in said.partition("De partner was eerst.")[2].partition("</")[0]


def test_an_unknown_subject_is_no_page(client_for: ClientFor) -> None:
    matter = request()
    assert client_for(FOCAL).post(f"/werk/samen/gids/{matter.code}/", {}).status_code == 404


@pytest.mark.parametrize(
    "since", ["2026-99-99T10:00:00", "0001-01-01T00:00:00", "morgen", "\x00", "9" * 4000]
)
def test_a_moment_that_was_bent_counts_as_now(client_for: ClientFor, since: str) -> None:
    sample, client = samples.whole_route(), client_for(FOCAL)
    for address in (f"/werk/samen/referral/{sample.referral}/", f"/werk/casussen/{sample.case}/wie-nog/"):
        assert client.post(address, {"since": since}).status_code == 200
