"""Four verbs, and six ways in which each can stand; each is reached with the buttons that the pages show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from sluitend.demo.clock import at
from sluitend.demo.matter import ENDED
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.models import Track
from sluitend.journeys.exchanges.models import Request, Transfer
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.followup.handover import reclaim
from sluitend.kernel.organisations.models import Role, Team
from tests import roles, samples
from tests.reading import as_read
from tests.teaming import AF, DEPUTY, a_case, make_team, open_step, owners

pytestmark = pytest.mark.django_db
THE_HAGUE, INSPECTOR = "af@denhaag.example", "nla@arbeidsinspectie.example"
STATES = ("sent", "accepted", "returned", "done", "recalled", "expired")


@dataclass
class Desk:
    """Somebody at a browser, who can only press what is on the page."""

    client: Client

    def text(self, path: str) -> str:
        """Return a page."""
        response = self.client.get(path)
        assert response.status_code == 200, path
        return unescape(response.content.decode())

    def press(self, path: str, button: str, **typed: str) -> None:
        """Send a form of a page; a page without that form fails."""
        page = self.text(path)
        assert f'action="{path}{button}/"' in page, button
        assert all(f'name="{name}"' in page for name in typed), typed
        assert self.client.post(f"{path}{button}/", typed).status_code == 302, button


type Desks = Callable[[str], Desk]


@pytest.fixture
def desk(client_for: Callable[[str], Client]) -> Desks:
    """Return the browser of somebody."""
    return lambda email: Desk(client_for(email))


def later() -> timedelta:
    """Return longer than any term lasts."""
    return timedelta(days=400)


@pytest.fixture
def referral() -> str:
    """A referral of Westland to the labour inspectorate."""
    who = samples.actor(AF)
    case = a_case(who)
    samples.weigh(case, who)
    samples.compose(case, who)
    return samples.refer(case, who)


REFERRED = {
    "sent": ("heeft nog niet geantwoord.", "Nog niet aangenomen"),
    "accepted": ("heeft de doorzetting aangenomen.", "Aangenomen, wacht op uw antwoord"),
    "returned": ("gaf de doorzetting terug.", ""),
    "done": ("Afgerond.", ""),
    "recalled": ("U hebt de doorzetting teruggehaald.", ""),
    "expired": ("De toegang is verlopen zonder uitkomst.", ""),
}


@pytest.mark.parametrize("state", STATES)
def test_refer(desk: Desks, referral: str, state: str) -> None:
    sent, received = f"/werk/doorgezet/{referral}/", f"/werk/ontvangen/{referral}/"
    sender, partner = desk(AF), desk(INSPECTOR)
    if state in ("accepted", "done"):
        partner.press(received, "aannemen")
    if state == "returned":
        partner.press(received, "terugsturen", reason="not_ours")
    elif state == "done":
        partner.press(received, "antwoord", answer="afgesloten")
        sender.press(sent, "gelezen")
    elif state == "recalled":
        sender.press(sent, "terughalen", reason="mistake")
    elif state == "expired":
        with acting(system_actor(samples.actor(AF).own_organisation)) as system:
            expire_passed(Referral, actor=system, today=timezone.localdate() + later())
    with acting(samples.actor(AF)):
        assert Referral.objects.get(code=referral).state == state
    of_sender, of_partner = REFERRED[state]
    assert of_sender in sender.text(sent)
    assert of_partner in partner.text("/werk/ontvangen/")


TRANSFERRED = {
    "sent": ("heeft nog niet besloten. De casus is van u.", "U hebt nog niet besloten."),
    "accepted": ("nam de casus over. Sluit uw casus nog af.", "U nam de casus over. U bent eigenaar."),
    "returned": ("nam de casus niet over. De casus is van u.", "U nam de casus niet over."),
    "done": ("is eigenaar. Uw casus is gesloten.", "U nam de casus over. U bent eigenaar."),
    "recalled": ("U haalde de overdracht terug.", "haalde de overdracht terug."),
    "expired": ("besloot niet op tijd. De casus is van u.", "De overdracht is verlopen."),
}


@pytest.mark.parametrize("state", STATES)
def test_transfer(desk: Desks, state: str) -> None:
    code = samples.hand_over(samples.ready_to_hand_over(), samples.actor(AF))
    path, sender, receiver = f"/werk/overdrachten/{code}/", desk(AF), desk(THE_HAGUE)
    if state in ("accepted", "done"):
        receiver.press(path, "aannemen")
    if state == "returned":
        receiver.press(path, "teruggeven", reason="too_little")
        sender.press(path, "verder")
    elif state == "done":
        sender.press(path, "sluiten")
    elif state == "recalled":
        sender.press(path, "terughalen", reason="mistake")
    elif state == "expired":
        with acting(system_actor(samples.actor(AF).own_organisation)) as system:
            expire_passed(Transfer, actor=system, today=timezone.localdate() + later())
        sender.press(path, "verder")
    with acting(samples.actor(AF)):
        assert Transfer.objects.get(code=code).state == state
    of_sender, of_receiver = TRANSFERRED[state]
    assert of_sender in sender.text(path)
    assert of_receiver in receiver.text(path)


REQUESTED = {
    "sent": ("las uw vraag nog niet.", "Nog niet gelezen."),
    "accepted": ("las uw vraag en antwoordt nog.", "wacht op uw antwoord."),
    "returned": ("gaf uw vraag terug.", "U gaf de vraag terug."),
    "done": ("heeft geantwoord.", "U hebt geantwoord."),
    "recalled": ("U haalde uw vraag terug.", "haalde de vraag terug."),
    "expired": ("Uw vraag is verlopen zonder antwoord.", "De vraag is verlopen."),
}


@pytest.mark.parametrize("state", STATES)
def test_request(desk: Desks, state: str) -> None:
    code = samples.ask(samples.actor(AF), "GM0518")
    path, asker, asked = f"/werk/verzoeken/{code}/", desk(AF), desk(THE_HAGUE)
    if state in ("accepted", "done"):
        asked.press(path, "aannemen")
    if state == "returned":
        asked.press(path, "teruggeven", reason="not_ours")
        asker.press(path, "gelezen")
    elif state == "done":
        asked.press(path, "antwoord", answer="nothing")
        asker.press(path, "gelezen")
    elif state == "recalled":
        asker.press(path, "terughalen", reason="changed")
    elif state == "expired":
        with acting(system_actor(samples.actor(AF).own_organisation)) as system:
            expire_passed(Request, actor=system, today=timezone.localdate() + later())
        asker.press(path, "gelezen")
    with acting(samples.actor(AF)):
        assert Request.objects.get(code=code).state == state
    of_asker, of_asked = REQUESTED[state]
    assert of_asker in asker.text(path)
    assert of_asked in asked.text(path)


@pytest.fixture
def team() -> Team:
    """A team of the focal point and the deputy."""
    return make_team()


@pytest.mark.parametrize("state", STATES)
def test_assign(desk: Desks, team: Team, state: str) -> None:
    """In the queue, taken, given back with a reason, done, given to another, and ended with a role."""
    who, giver, taker = samples.actor(AF), desk(AF), desk(DEPUTY)
    code = a_case(who)
    form = f"/werk/casussen/{code}/toewijzen/"
    if state == "expired":
        until = timezone.localdate() + timedelta(days=30)
        roles.give(samples.actor(DEPUTY).own_account, who.own_organisation, Role.DEPUTY, until=until)
    assert f'href="{form}"' in giver.text(f"/werk/casussen/{code}/")
    give(giver, form, f"team:{team.pk}")
    if state != "sent":
        press(taker, "take", open_step(who, code).pk)
        assert owners(who, code=code) == {"Samira Haddou"}
    if state == "returned":
        press(taker, "back", open_step(who, code).pk, reason="no_time")
        assert "Teruggegeven: Geen tijd" in giver.text("/werk/team/")
    elif state == "recalled":
        give(giver, form, "")
        assert code not in taker.text("/werk/team/")
    elif state == "done":
        close(code)
        assert code not in taker.text("/werk/team/")
    elif state == "expired":
        with at(timezone.now() + later()), acting(system_actor(who.own_organisation)) as system:
            reclaim(system)
    expected = {"accepted": {"Samira Haddou"}, "recalled": {"focal_point"}, "done": set()}
    assert owners(who, code=code) == expected.get(state, {"Team Kust"})


def give(giver: Desk, form: str, to: str) -> None:
    """Choose on the form to whom a case goes, and send it."""
    assert f'value="{to}"' in giver.text(form)
    assert giver.client.post(form, {"to": to}).status_code == 302


def press(who: Desk, name: str, value: object, **typed: str) -> None:
    """Press a button of the page of the team that names a step."""
    assert f'name="{name}" value="{value}"' in as_read(who.text("/werk/team/"))
    assert who.client.post("/werk/team/", {name: str(value), **typed}).status_code == 302


def close(code: str) -> None:
    """Close a case with its tracks."""
    who = samples.actor(DEPUTY)
    samples.weigh(code, who)
    with acting(who):
        tracks = list(Track.objects.filter(case__code=code).values_list("kind", flat=True))
    for track in tracks:
        with acting(who):
            cases.close_track(
                actor=who,
                code=code,
                track=track,
                outcome=f"no_{track}",
                reason="andere_reden",
                sentence="Weg",
            )
    with acting(who):
        cases.close_case(
            ended=ENDED,
            actor=who,
            code=code,
            outcome="innocent",
            tell="outcome",
            reason="andere_reden",
            sentence="Klaar",
        )
