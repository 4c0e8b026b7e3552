"""Pages of exchanges: the right words and buttons for the right side, and a list that stays quick."""

import base64
import html
import re
from collections.abc import Callable
from urllib.parse import urljoin
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import samples
from tests.journeys.exchanges.situations import NIEUWKOOP, Between
from tests.reading import as_read

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
SENDER, RECEIVER, INSPECTOR = "af@westland.example", "af@denhaag.example", "nla@arbeidsinspectie.example"


def test_a_case_is_handed_over_and_taken_over_by_the_pages(between: Between, client_for: ClientFor) -> None:
    sender, receiver = client_for(SENDER), client_for(RECEIVER)
    page = sender.get(f"/werk/casussen/{between.case}/overdragen/").text
    assert "De casus blijft van u" in page
    wrong = sender.post(f"/werk/casussen/{between.case}/overdragen/", {"municipality": "GM0518"})
    assert wrong.status_code == 422
    sent = sender.post(
        f"/werk/casussen/{between.case}/overdragen/",
        {
            "municipality": "GM0518",
            "way": "secure_mail",
            "explanation": "De schuur staat daar",
            "parts": ["place"],
            "basis": "avg_6_1_e",
            "purpose": "take_over",
            "answer_by": "2099-01-01",
        },
    )
    assert "Kies een dag binnen twee maanden" in sent.text
    code = between.send()
    assert "vraagt u een casus over te nemen" in receiver.get("/werk/").text
    asked = receiver.get(f"/werk/overdrachten/{code}/").text
    assert samples.PLANT not in asked
    assert "Gemeente Westland vraagt u een casus over te nemen" in as_read(asked)
    assert code in receiver.get("/werk/uitwisselen/").text
    taken = receiver.post(f"/werk/overdrachten/{code}/aannemen/", follow=True)
    assert "overgedragen door Gemeente Westland" in taken.text
    # Nobody is asked any more what they did.
    assert "Overdracht van Gemeente Westland</h1>" in as_read(
        receiver.get(f"/werk/overdrachten/{code}/").text
    )
    assert "nam de casus over. Vertel de melder en sluit af" in sender.get("/werk/").text
    assert (
        "Vertel de melder en sluit de overgedragen casus"
        in sender.get(f"/werk/casussen/{between.case}/").text
    )
    done = sender.post(f"/werk/overdrachten/{code}/sluiten/", follow=True)
    assert "De casus is gesloten" in done.text
    assert code in sender.get("/werk/uitwisselen/?toon=klaar").text


def test_who_can_do_nothing_with_a_case_that_goes_over_gets_a_sentence_and_no_button(
    between: Between, client_for: ClientFor
) -> None:
    sender, receiver, case = client_for(SENDER), client_for(RECEIVER), f"/werk/casussen/{between.case}/"
    assert "Sluit de casus" in sender.get(case).text
    code = between.send()
    waiting = sender.get(case).text
    assert "Er loopt een overdracht." in waiting
    assert "Sluit de casus" not in waiting
    assert "overdragen/" not in waiting
    receiver.post(f"/werk/overdrachten/{code}/aannemen/")
    sender.post(f"/werk/overdrachten/{code}/sluiten/")
    for page in (case, f"{case}afsluiten/"):
        gone = sender.get(page).text
        assert "Een andere gemeente heeft deze zaak nu." in gone
        assert "Heropen de casus" not in gone


def test_the_second_press_is_told_and_changes_nothing(between: Between, client_for: ClientFor) -> None:
    code = between.send()
    sender, receiver = client_for(SENDER), client_for(RECEIVER)
    receiver.post(f"/werk/overdrachten/{code}/aannemen/")
    again = receiver.post(f"/werk/overdrachten/{code}/aannemen/", follow=True)
    assert "U was zelf eerst, in een ander venster" in again.text
    late = sender.post(f"/werk/overdrachten/{code}/terughalen/", {"reason": "mistake"})
    assert late.status_code == 422
    assert " was eerst: " in late.text


def test_paper_asks_who_accepted(between: Between, client_for: ClientFor) -> None:
    code = between.send(to=NIEUWKOOP)
    sender = client_for(SENDER)
    empty = sender.post(f"/werk/overdrachten/{code}/aangenomen/", {"name": "", "on": "2026-01-01"})
    assert empty.status_code == 422
    assert "Schrijf wie de casus aannam" in empty.text


def test_a_question_goes_there_and_back_by_the_pages(client_for: ClientFor) -> None:
    inspector, focal = client_for(INSPECTOR), client_for(SENDER)
    form = inspector.get("/werk/verzoek/nieuw/?aan=GM1783").text
    assert '<option value="GM1783" selected>' in form
    assert "Uw grondslag" not in form
    code = samples.ask(samples.actor(INSPECTOR), "GM1783", kind="question")
    assert "vraagt u iets" in focal.get("/werk/").text
    assert samples.PLANT not in focal.get(f"/werk/verzoeken/{code}/").text
    read = focal.post(f"/werk/verzoeken/{code}/aannemen/", follow=True).text
    assert samples.PLANT in read
    assert "Deelt u iets? Let dan op" in read
    assert focal.post(f"/werk/verzoeken/{code}/antwoord/", {}).status_code == 422
    report = focal.post(f"/werk/verzoeken/{code}/opnemen/", follow=True)
    assert "Opgenomen als melding" in report.text
    assert "Opgenomen als melding" in inspector.get(f"/werk/verzoeken/{code}/").text
    assert code in inspector.get("/werk/vragen/").text


def test_saying_nothing_and_may_not_stand_beside_saying_something(client_for: ClientFor) -> None:
    code = samples.ask(samples.actor(SENDER), "GM0518")
    asked = client_for(RECEIVER)
    page = asked.post(f"/werk/verzoeken/{code}/aannemen/", follow=True).text
    order = [page.index(f'value="{each}"') for each in ("hit", "nothing", "may_not")]
    assert order == sorted(order)
    assert 'name="text"' not in page
    assert asked.post(f"/werk/verzoeken/{code}/antwoord/", {"answer": "nothing"}).status_code == 302


def test_what_is_of_others_looks_absent(between: Between, client_for: ClientFor) -> None:
    transfer, request = between.send(), samples.ask(samples.actor(INSPECTOR), "GM1783", kind="question")
    outsider, partner = client_for("af@leiden.example"), client_for("avim@politie.example")
    for client in (outsider, partner):
        for path in (f"overdrachten/{transfer}/", f"verzoeken/{request}/", "verzoeken/V-0000/"):
            assert client.get(f"/werk/{path}").status_code == 404


def test_more_exchanges_take_no_more_statements(client_for: ClientFor) -> None:
    client = client_for(SENDER)
    who, inspector = samples.actor(SENDER), samples.actor(INSPECTOR)
    client.get("/werk/uitwisselen/")  # what a process remembers is remembered from here on
    counts = []
    for number in (1, 3):
        for _each in range(number):
            samples.ask(who, "GM0518")
            samples.ask(inspector, "GM1783", kind="question")
            samples.hand_over(samples.ready_to_hand_over(), who)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/werk/uitwisselen/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_list_leads_to_its_next_page(client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sluitend.journeys.exchanges.queries.lists.PAGE", 1)
    who, client = samples.actor(SENDER), client_for(SENDER)
    asked = [samples.ask(who, "GM0518") for _each in range(2)]
    page = client.get("/werk/uitwisselen/").text
    (following,) = re.findall(r'href="([^"]*)">Toon de volgende', page)
    after = client.get(urljoin("/werk/uitwisselen/", html.unescape(following))).text
    assert [each in page for each in asked] == [False, True]
    assert [each in after for each in asked] == [True, False]


def test_the_list_is_turned_round_from_page_to_page(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sluitend.journeys.exchanges.queries.lists.PAGE", 1)
    who, client, address = samples.actor(SENDER), client_for(SENDER), "/werk/uitwisselen/?volgorde=oud"
    asked = [samples.ask(who, "GM0518") for _each in range(2)]
    page = client.get(address).text
    (following,) = re.findall(r'href="([^"]*)">Toon de volgende', page)
    after = client.get(urljoin(address, html.unescape(following))).text
    assert [each in page for each in asked] == [True, False]
    assert [each in after for each in asked] == [False, True]


def test_what_was_sent_at_one_moment_stands_on_one_page_each(
    between: Between, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sluitend.journeys.exchanges.queries.lists.PAGE", 1)
    moment = timezone.now()
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: moment)
        codes = {samples.ask(between.sender, "GM0518"), between.send(), samples.ask(between.sender, "GM0518")}
    client, address, found = client_for(SENDER), "/werk/uitwisselen/", []
    for _page in range(3):
        page = client.get(address).text
        found += [each for each in codes if each in page]
        following = re.findall(r'href="([^"]*)">Toon de volgende', page)
        address = urljoin(address, html.unescape("".join(following)))
    assert sorted(found) == sorted(codes)


def test_an_address_that_somebody_made_up_shows_the_first_page(client_for: ClientFor) -> None:
    """The database knows no zone that far off."""
    code = samples.ask(samples.actor(SENDER), "GM0518")
    key = base64.urlsafe_b64encode(f"2026-01-01T00:00:00+23:59|{UUID(int=0)}".encode()).decode()
    for made_up in (key, "2026-01-01T00:00:00+23:59", "onzin"):
        answer = client_for(SENDER).get("/werk/uitwisselen/", {"na": made_up})
        assert answer.status_code == 200
        assert (code in answer.text) == (made_up != key)
