"""The pages, as the roles that use them."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.journeys.referrals.situations import Ready

pytestmark = pytest.mark.django_db

AF, NLA, SHOP = "af@westland.example", "nla@arbeidsinspectie.example", "zorg@shop.example"
type Clients = Callable[[str], Client]


def posted(ready: Ready, **changes: object) -> dict[str, object]:
    choice = ready.choice()
    return {
        "act": "send",
        "partner": choice.partner,
        "channel": choice.channel,
        "basis": choice.basis,
        "purpose": choice.purpose,
        "answer_by": choice.answer_by.isoformat(),
        "expires": choice.expires.isoformat(),
        "parts": sorted(choice.parts),
        "question": choice.question,
        **changes,
    }


def test_the_compose_page_names_the_partner_on_its_button(ready: Ready, client_for: Clients) -> None:
    page = client_for(AF).get(f"/werk/casussen/{ready.case}/doorzetten/place/")
    assert page.status_code == 200
    assert "Verstuur naar Nederlandse Arbeidsinspectie" in page.content.decode()


def test_sending_from_the_page_leads_to_the_referral(ready: Ready, client_for: Clients) -> None:
    client = client_for(AF)
    response = client.post(f"/werk/casussen/{ready.case}/doorzetten/place/", posted(ready), follow=True)
    page = response.content.decode()
    assert response.status_code == 200, page
    assert "Verstuurd naar Nederlandse Arbeidsinspectie" in page
    assert "heeft nog niet geantwoord" in page


def test_a_partner_walks_from_front_to_answer(ready: Ready, client_for: Clients) -> None:
    code = ready.send()
    client = client_for(NLA)
    assert code in client.get("/werk/ontvangen/").content.decode()
    before = client.get(f"/werk/ontvangen/{code}/").content.decode()
    assert "Neem aan en lees" in before
    after = client.post(f"/werk/ontvangen/{code}/aannemen/", follow=True).content.decode()
    assert "Kunt u donderdag mee op controle?" in after
    answered = client.post(f"/werk/ontvangen/{code}/antwoord/", {"answer": "mag_niets_zeggen"}, follow=True)
    assert "Uw antwoord is verstuurd" in answered.content.decode()
    assert code in client.get("/werk/ontvangen/klaar/").content.decode()
    assert (
        client.get(f"/werk/ontvangen/{code}/blad.pdf")
        .headers["Content-Disposition"]
        .endswith(f'"{code}.pdf"')
    )
