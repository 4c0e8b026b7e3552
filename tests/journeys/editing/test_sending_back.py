"""Two people look at each line: who sends a draft back says why; nobody alone publishes what they wrote."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from tests.journeys.editing.drafting import JORIS, LINES, MEREL, change, line, offered

from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.actions import ChangedMeanwhile, Edit
from sluitend.journeys.editing.models import DraftEntry
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS
from sluitend.kernel.handbook.queries import current_release

CHANGES = "/werk/handboek/wijzigingen/"
WHY = "Het nummer van <b>MMA</b> klopt niet: er belt een fax."


def send_back(client: Client, why: str) -> int:
    """Send the draft back from the page, and return the status."""
    revision = client.get(CHANGES).context["draft"].revision
    return client.post("/werk/handboek/terugsturen/", {"why": why, "revision": revision}).status_code


def test_who_sends_a_draft_back_says_why_and_its_author_reads_it_on_vandaag(
    merel: Actor, joris: Actor, client_for: Callable[[str], Client]
) -> None:
    offered(merel)
    second = client_for(JORIS)
    assert send_back(second, "nee") == AMISS
    assert send_back(second, WHY) == 302
    today = client_for(MEREL).get("/werk/").text
    assert "Joris Wiersma stuurde uw concept van het handboek terug." in today
    assert "Het nummer van &lt;b&gt;MMA&lt;/b&gt; klopt niet" in today
    assert "Er wacht niets op u" not in today
    assert "stuurde uw concept" not in second.get("/werk/").text
    assert "er belt een fax" in second.get("/werk/handboek/").text
    assert "er belt een fax" in second.get(CHANGES).text
    with acting(merel):
        actions.offer(actor=merel)
    assert "er belt een fax" not in client_for(MEREL).get("/werk/").text + second.get(CHANGES).text


def test_who_did_not_offer_a_draft_takes_it_back_only_with_a_reason(merel: Actor, joris: Actor) -> None:
    offered(merel)
    with acting(joris), pytest.raises(DomainError, match="Schrijf wat er nog niet goed is"):
        actions.take_back(actor=joris)
    with acting(merel):
        with pytest.raises(DomainError, match="niet meer klaar"):
            actions.send_back(actor=merel, why=WHY)
        actions.take_back(actor=merel)
        assert queries.asks(merel) is None
    with acting(joris), pytest.raises(DomainError, match="niet meer klaar"):
        actions.send_back(actor=joris, why=WHY)


def test_a_draft_that_was_sent_back_may_be_put_away(merel: Actor, joris: Actor) -> None:
    offered(merel)
    with acting(joris):
        actions.send_back(actor=joris, why=WHY)
    with acting(merel):
        actions.drop(actor=merel)
        assert queries.asks(merel) is None


def test_nobody_publishes_what_they_wrote_in_the_draft_of_another(
    merel: Actor, joris: Actor, client_for: Callable[[str], Client]
) -> None:
    with acting(joris):
        actions.start(actor=joris)
        change(joris, entry_id="nla")
    with acting(merel):
        seen = change(merel, entry_id="mma")
    with acting(joris):
        actions.offer(actor=joris)
    client, before = client_for(MEREL), current_release().number
    page = client.get(CHANGES)
    assert "U schreef zelf 1 regel. Een collega kijkt die eerst na." in page.text
    assert "Geef uit als nieuwe uitgave" not in page.text
    refused = client.post(
        "/werk/handboek/uitgeven/", {"revision": page.context["draft"].revision}, follow=True
    )
    assert "Een collega kijkt eerst na wat u zelf schreef: mma." in refused.text
    assert current_release().number == before

    other = client_for(JORIS)
    assert "In uw concept van het handboek schreef een ander 1 regel." in other.get("/werk/").text
    assert "Merel van Dijk schreef dit op" in other.get(CHANGES).text
    other.post(f"/werk/handboek/regel/{LINES}/mma/gezien/", {"version": seen})
    with acting(joris):
        assert queries.asks(joris) is None
    page = client.get(CHANGES)
    assert "Nagekeken door Joris Wiersma." in page.text
    client.post("/werk/handboek/uitgeven/", {"revision": page.context["draft"].revision})
    assert current_release().number == before + 1


def test_a_look_is_of_another_and_of_the_line_as_it_is_now(merel: Actor, joris: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        seen = change(merel)
        with pytest.raises(DomainError, match="U schreef dit zelf"):
            actions.look(actor=merel, part=LINES, entry_id="mma", seen=seen)
    with acting(joris), pytest.raises(ChangedMeanwhile):
        actions.look(actor=joris, part=LINES, entry_id="mma", seen=seen - 1)
    with acting(joris), pytest.raises(ChangedMeanwhile):
        actions.look(actor=joris, part=LINES, entry_id="nla", seen=seen)
    with acting(joris):
        actions.look(actor=joris, part=LINES, entry_id="mma", seen=seen)
    with acting(merel):
        assert queries.lines(merel)[LINES, "mma"].looked_by == "Joris Wiersma"
        change(merel, number="0800-3333", seen=seen)
        assert queries.lines(merel)[LINES, "mma"].looked_by == ""
        with pytest.raises(DatabaseError), transaction.atomic():
            DraftEntry.objects.update(looked=timezone.now(), looked_by=merel.account_id)


def test_a_line_that_was_saved_as_it_was_asks_nobody_to_read_it(merel: Actor) -> None:
    with acting(merel):
        actions.start(actor=merel)
        actions.save(actor=merel, edit=Edit(LINES, "mma", line("mma"), 0))
        assert queries.own_unread(merel) == 0
        change(merel, seen=1)
        assert queries.own_unread(merel) == 1
