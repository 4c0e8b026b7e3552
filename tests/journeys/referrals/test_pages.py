"""The pages, as the roles that use them."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples
from tests.journeys.referrals.situations import Ready, days, posted
from tests.packs import den_haag
from tests.pages import hidden_in
from tests.reading import as_read

from sluitend.journeys.referrals import queries
from sluitend.kernel.access.acting import acting

pytestmark = pytest.mark.django_db

AF, NLA, SHOP = "af@westland.example", "nla@arbeidsinspectie.example", "zorg@shop.example"
type Clients = Callable[[str], Client]


def test_the_compose_page_names_the_partner_on_its_button(ready: Ready, client_for: Clients) -> None:
    page = client_for(AF).get(f"/werk/casussen/{ready.case}/doorzetten/place/")
    assert page.status_code == 200
    assert "Verstuur naar Nederlandse Arbeidsinspectie" in page.content.decode()


def test_the_choice_of_parts_does_not_say_that_it_may_stay_empty(ready: Ready, client_for: Clients) -> None:
    page = as_read(client_for(AF).get(f"/werk/casussen/{ready.case}/doorzetten/place/").text)
    legend = page[page.index("Welke delen stuurt u mee?</legend>") - 40 :]
    assert "(mag leeg)" not in legend[:120]


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
    answered = client.post(f"/werk/ontvangen/{code}/antwoord/", {"answer": "afgesloten"}, follow=True)
    assert "Uw antwoord is verstuurd" in answered.content.decode()
    assert code in client.get("/werk/ontvangen/klaar/").content.decode()
    assert (
        client.get(f"/werk/ontvangen/{code}/blad.pdf")
        .headers["Content-Disposition"]
        .endswith(f'"{code}.pdf"')
    )


def test_what_is_wrong_comes_back_with_what_was_typed(ready: Ready, client_for: Clients) -> None:
    data = posted(ready, question="", answer_by="1850-01-01")
    page = client_for(AF).post(f"/werk/casussen/{ready.case}/doorzetten/place/", data)
    assert page.status_code == 422
    assert "Schrijf wat u de partner vraagt." in page.content.decode()
    assert "1850-01-01" in page.content.decode()


def test_a_look_without_script_checks_nothing_and_shows_what_was_typed(
    ready: Ready, client_for: Clients
) -> None:
    data = posted(ready, act="show", question="Nog niet af", parts=["company"])
    page = client_for(AF).post(f"/werk/casussen/{ready.case}/doorzetten/place/", data)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Nog niet af" in text
    sheet = text[text.index('id="voorbeeld"') :]
    assert samples.PLANTED_KVK in sheet
    assert samples.PLANTED_PLATE not in sheet


def test_who_lets_it_be_collected_reads_how_that_goes_and_what_the_button_does(
    ready: Ready, client_for: Clients
) -> None:
    data = posted(ready, act="show", channel="pickup")
    text = client_for(AF).post(f"/werk/casussen/{ready.case}/doorzetten/place/", data).text
    assert "met een link per mail en een code die u voorleest" in text
    assert "Zet klaar voor" in text


def test_the_preview_holds_only_what_is_ticked(ready: Ready, client_for: Clients) -> None:
    data = posted(ready, parts=["company"], question="Wat weet u?")
    page = client_for(AF).post(f"/werk/casussen/{ready.case}/doorzetten/place/voorbeeld/", data)
    text = page.content.decode()
    assert samples.PLANTED_KVK in text
    assert samples.PLANTED_PLATE not in text
    assert "<html" not in text


def test_a_warning_names_what_is_more_than_needed(ready: Ready, client_for: Clients) -> None:
    data = posted(ready, beyond=["person_description"])
    page = client_for(AF).post(f"/werk/casussen/{ready.case}/doorzetten/place/voorbeeld/", data)
    assert "Meer dan nodig voor deze vraag: Beschrijving van een persoon" in page.content.decode()


def test_a_part_that_is_not_shared_is_not_in_the_page_of_the_partner(
    ready: Ready, client_for: Clients
) -> None:
    code = ready.accepted(parts=frozenset({"company"}))
    text = client_for(NLA).get(f"/werk/ontvangen/{code}/").content.decode()
    assert samples.PLANTED_KVK in text
    for other in (samples.PLANTED_PLATE, samples.PLANTED_PHONE, "Tuinderspad", "bedden"):
        assert other not in text


def test_before_accepting_nothing_of_the_content_is_in_the_page(ready: Ready, client_for: Clients) -> None:
    code = ready.send()
    text = client_for(NLA).get(f"/werk/ontvangen/{code}/").content.decode()
    for word in (samples.PLANT, samples.PLANTED_KVK, "controle?", ready.case):
        assert word not in text


@pytest.mark.parametrize("name", ["", "blad.pdf"])
def test_absent_and_forbidden_look_alike(ready: Ready, client_for: Clients, name: str) -> None:
    code = ready.send()
    for email in ("avim@politie.example", SHOP, "melder@westland.example", "fg@westland.example", AF):
        client = client_for(email)
        absent = client.get(f"/werk/ontvangen/D-2222/{name}")
        forbidden = client.get(f"/werk/ontvangen/{code}/{name}")
        assert absent.status_code == forbidden.status_code
        assert forbidden.status_code in (403, 404)


def test_whoever_is_not_signed_in_goes_to_the_entrance(ready: Ready, client: Client) -> None:
    code = ready.send()
    assert client.get(f"/werk/ontvangen/{code}/").headers["Location"].startswith("/inloggen/")
    assert client.post(f"/werk/ontvangen/{code}/aannemen/").headers["Location"].startswith("/inloggen/")


def test_the_sender_follows_it_up_on_one_page(ready: Ready, client_for: Clients) -> None:
    code, client = ready.send(channel="secure_mail"), client_for(AF)
    today = days(0).isoformat()
    at = f"/werk/doorgezet/{code}/"
    assert "Leg vast dat het ging" in client.get(at).content.decode()
    assert client.post(at + "verstuurd/", {"on": "2099-01-01"}).status_code == 422
    client.post(at + "verstuurd/", {"on": today})
    client.post(at + "herinner/")
    assert "Er ging vandaag al een herinnering" in client.post(at + "herinner/", follow=True).content.decode()
    page = client.post(at + "antwoord/", {"answer": "al_bekend", "on": today}, follow=True).content.decode()
    assert "Lees het antwoord" in page
    page = client.post(at + "gelezen/", {"tell": "mag_niets_zeggen"}, follow=True).content.decode()
    assert "Gelezen. De casus is bijgewerkt." in page
    assert client.post(at + "terughalen/", {}).status_code == 422
    page = client.post(at + "terughalen/", {"reason": "mistake"}, follow=True).content.decode()
    assert "U hebt de doorzetting teruggehaald." in page


def test_whoever_reads_an_answer_that_a_colleague_just_read_hears_so(
    ready: Ready, client_for: Clients
) -> None:
    code = ready.accepted()
    client_for(NLA).post(f"/werk/ontvangen/{code}/antwoord/", {"answer": "opgepakt"})
    at, tell = f"/werk/doorgezet/{code}/", {"tell": "mag_niets_zeggen"}
    first, second = client_for(AF), client_for("vervanger@westland.example")
    assert "Lees het antwoord" in second.get(at).text
    assert "Gelezen." in first.post(at + "gelezen/", tell, follow=True).text

    answer = second.post(at + "gelezen/", tell)
    assert answer.status_code == 422
    assert "Noor de Bruin was eerst:" in answer.text
    assert "Lees het antwoord" not in answer.text


def test_what_came_after_the_page_was_shown_is_not_read_with_it(ready: Ready, client_for: Clients) -> None:
    code = ready.accepted()
    partner, client, at = client_for(NLA), client_for(AF), f"/werk/doorgezet/{code}/"
    partner.post(f"/werk/ontvangen/{code}/antwoord/", {"answer": "opgepakt"})
    shown = client.get(at).text
    partner.post(
        f"/werk/ontvangen/{code}/antwoord/",
        {"answer": "afgesloten", "text": "De bewoner is nu in gevaar."},
    )
    again = client.post(at + "gelezen/", hidden_in(shown, "turn"))
    assert again.status_code == 422
    assert "Nederlandse Arbeidsinspectie was eerst:" in again.text
    assert "De bewoner is nu in gevaar." in again.text
    assert ready.row(code).closed is None
    read = client.post(at + "gelezen/", hidden_in(again.text, "turn"), follow=True)
    assert "Gelezen. De casus is bijgewerkt." in read.text
    assert ready.row(code).closed is not None


def test_whoever_answers_what_a_colleague_just_answered_hears_so(ready: Ready, client_for: Clients) -> None:
    code, client = ready.accepted(), client_for(NLA)
    at, final = f"/werk/ontvangen/{code}/", {"answer": "afgesloten"}
    assert at + "antwoord/" in client.get(at).text
    client_for(NLA).post(at + "antwoord/", final)

    answer = client.post(at + "antwoord/", final)
    assert answer.status_code == 422
    assert "U was zelf eerst, in een ander venster" in answer.text
    assert at + "antwoord/" not in answer.text


def test_what_was_recalled_says_so_to_the_partner_and_shows_nothing(
    ready: Ready, client_for: Clients
) -> None:
    code = ready.accepted()
    client_for(AF).post(f"/werk/doorgezet/{code}/terughalen/", {"reason": "mistake"})
    text = client_for(NLA).get(f"/werk/ontvangen/{code}/").content.decode()
    assert "De gemeente heeft dit teruggehaald." in text
    assert samples.PLANT not in text


def test_returning_needs_a_reason_beside_its_field(ready: Ready, client_for: Clients) -> None:
    code, client = ready.send(), client_for(NLA)
    page = client.post(f"/werk/ontvangen/{code}/terugsturen/", {})
    assert page.status_code == 422
    assert "Kies een reden." in page.content.decode()
    page = client.post(f"/werk/ontvangen/{code}/terugsturen/", {"reason": "not_ours"}, follow=True)
    assert "Bij u blijft alleen de code achter" in page.content.decode()


def test_a_reason_of_no_list_is_said_beside_its_field(ready: Ready, client_for: Clients) -> None:
    page = client_for(NLA).post(f"/werk/ontvangen/{ready.send()}/terugsturen/", {"reason": "bent"})
    assert page.status_code == 422
    assert "Kies een reden." in page.content.decode()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\u202e\u0000x", "a" * 5000, "' OR 1=1 --", "🐍" * 300]
)
def test_hostile_words_are_words(ready: Ready, client_for: Clients, text: str) -> None:
    code = ready.accepted()
    client = client_for(NLA)
    page = client.post(f"/werk/ontvangen/{code}/vraag/", {"text": text}, follow=True)
    assert page.status_code in (200, 422)
    assert "<script>alert" not in page.content.decode()
    assert client.get(f"/werk/ontvangen/{code}/blad.pdf").status_code == 200


def test_both_tracks_can_go_from_one_page(ready: Ready, client_for: Clients) -> None:
    page = client_for(AF).get(f"/werk/casussen/{ready.case}/doorzetten/").text
    assert "Wie krijgt dit?" in page
    assert "Verstuur naar SHOP" in page or "en SHOP" in page


def test_that_a_suspicion_is_criminal_data_stands_there_whatever_ground_is_chosen(
    ready: Ready, client_for: Clients
) -> None:
    said = den_haag().bases["avg_9_10"].use.nl
    at = f"/werk/casussen/{ready.case}/doorzetten/place/"
    of_help = f"/werk/casussen/{ready.case}/doorzetten/person/"
    assert said not in as_read(client_for(AF).get(of_help).content.decode())
    ready.compose_instead("work_police", forced="yes")
    page = as_read(client_for(AF).get(at).content.decode())
    assert said in page
    assert "avg_6_1_e" in page


def test_what_nobody_confirmed_has_its_mark_where_it_is_used(ready: Ready) -> None:
    mark, pack = "(nog niet bevestigd)", den_haag()
    ready.compose_instead("danger_police", danger="now")
    offer = ready.offer("person")
    marked = {each.id: mark in each.label for each in offer.bases}
    assert marked == {each: not pack.bases[each].confirmed for each in marked}
    assert set(marked.values()) == {True, False}
    (unsure,) = [each for each in offer.to_check if each.startswith("Nog niet bevestigd")]
    assert "voor welke taak; wat mee mag" in unsure
    code = ready.send("person", basis=next(name for name, unknown in marked.items() if unknown))
    with acting(ready.focal_point) as who:
        view = queries.sent(code, who)
    assert mark in view.basis
    assert all(mark in each.label for each in view.tellable)


def test_a_way_that_does_not_reach_the_partner_is_refused(ready: Ready, client_for: Clients) -> None:
    at = f"/werk/casussen/{ready.case}/doorzetten/place/"
    page = client_for(AF).post(at, posted(ready, act="show", channel="onzin"))
    assert page.status_code == 200
    assert "Verstuur naar Nederlandse Arbeidsinspectie" in page.content.decode()
    assert client_for(AF).post(at, posted(ready, channel="onzin")).status_code == 422
    assert client_for(AF).post(at, posted(ready, partner="avim")).status_code == 422
