"""A partner finds what it holds by what is in it, under its own key, and never what others hold."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples
from tests.journeys.referrals.situations import Ready, days

from sluitend.journeys.referrals import actions, held, queries
from sluitend.journeys.referrals.models import ReceivedToken, Referral
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Conflict, DomainError, Refused
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
type Clients = Callable[[str], Client]
NLA, AVIM = "nla@arbeidsinspectie.example", "avim@politie.example"
SHARED = [
    {"id": "place", "text": "Tuinderspad 12 a, De Lier"},
    {"id": "vehicle", "text": "VB-123-X, witte bus\n12-ABC-3"},
    {"id": "company", "text": "Kwekerij De Zon B.V.\nKvK 90004191"},
    {"id": "phone", "text": "06-12345678"},
    {"id": "person_name", "text": "Marek Nowak"},
    {"id": "what", "text": "Vijf bedden"},
]


@pytest.fixture
def code(ready: Ready) -> str:
    """A referral that the inspectorate took on, with these parts under its tokens."""
    from sluitend.journeys.referrals.actions.holding import index

    code = ready.accepted()
    with acting(ready.inspector):
        row = Referral.objects.get(code=code)
        ReceivedToken.objects.filter(referral=row).delete()
        index(row, SHARED)
    return code


def found(client: Client, words: str) -> str:
    answer = client.post("/werk/zoeken/", {"q": words})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    "words",
    [
        "tuinderspad 12A de lier",
        "vb123x",
        "12 ABC 3",
        "90004191",
        "kwekerij de zon",
        "+31 6 12345678",
        "NOWAK, Marek",
        "nowak",
    ],
)
def test_a_value_is_found_however_it_was_written(code: str, client_for: Clients, words: str) -> None:
    assert f'href="/werk/ontvangen/{code}/"' in found(client_for(NLA), words)


@pytest.mark.parametrize(
    "words", ["Vijf bedden", "Jansen", "Tuinderspad", "VB-123-Y", "06-12345679", "a", "%"]
)
def test_nothing_else_is(code: str, client_for: Clients, words: str) -> None:
    assert "0 resultaten" in found(client_for(NLA), words)


def test_the_list_finds_it_too_and_shows_nothing_that_was_not_taken_on(
    code: str, ready: Ready, client_for: Clients
) -> None:
    other = ready.send()
    page = client_for(NLA).post("/werk/ontvangen/", {"q": "nowak"}).text
    assert (f"/werk/ontvangen/{code}/" in page, other in page) == (True, False)
    page = client_for(NLA).post("/werk/ontvangen/", {"q": "Vijf bedden"}).text
    assert (code in page, other in page) == (False, False)


@pytest.mark.parametrize("words", ["VB-123-X", "Marek Nowak", "06-12345678"])
def test_another_organisation_finds_nothing(code: str, client_for: Clients, words: str) -> None:
    for who in (AVIM, "zorg@shop.example", "af@denhaag.example"):
        assert code not in found(client_for(who), words)


def test_what_was_not_taken_on_is_not_found(ready: Ready, client_for: Clients) -> None:
    code = ready.send()
    assert code not in found(client_for(NLA), samples.PLANTED_PLATE)
    with acting(ready.inspector):
        assert not ReceivedToken.objects.exists()


def test_taking_it_on_makes_it_found_by_what_was_shared(ready: Ready, client_for: Clients) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        parts = queries.received(code, ready.inspector).content.parts
    values = held.values_of([{"id": each.id, "text": each.text} for each in parts])
    assert values
    for _kind, value in values:
        assert code in found(client_for(NLA), value)


def test_what_ended_is_not_found_before_any_job_ran(ready: Ready, code: str, client_for: Clients) -> None:
    who = ready.focal_point
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="mag_niets_zeggen", actor=ready.inspector)
    assert code in found(client_for(NLA), "Marek Nowak")
    with acting(who):
        actions.handle_answer(code=code, tell="", actor=who)
        actions.stop_waiting(code=code, actor=who)
    assert code not in found(client_for(NLA), "Marek Nowak")
    with acting(ready.inspector):
        assert ReceivedToken.objects.exists()


def test_after_its_last_day_it_is_not_found_or_numbered_before_any_job_ran(
    ready: Ready, code: str, client_for: Clients
) -> None:
    client = client_for(NLA)
    assert code in found(client, "Marek Nowak")
    assert code in client.post("/werk/ontvangen/", {"q": "Westland"}).text
    with acting(ready.focal_point):
        Referral.objects.filter(code=code).update(expires=days(-1))
    assert code not in found(client, "Marek Nowak")
    assert code not in client.post("/werk/ontvangen/", {"q": "Westland"}).text
    with acting(ready.inspector), pytest.raises(Conflict):
        actions.note_reference(code=code, reference="PL1500", actor=ready.inspector)


def test_its_sender_has_no_row_and_no_token_of_it(ready: Ready, code: str) -> None:
    with acting(ready.focal_point):
        assert not ReceivedToken.objects.exists()
    with acting(ready.inspector):
        row = ReceivedToken.objects.first()
        assert row
        assert row.organisation_id == ready.inspector.organisation_id


def test_each_hit_is_logged_and_no_word_that_was_sought(ready: Ready, code: str, client_for: Clients) -> None:
    row = ready.row(code)
    found(client_for(NLA), "Marek Nowak")
    with acting(ready.inspector):
        lines = list(Event.objects.filter(action="referral.look", purpose="found"))
        assert [each.subject_kind for each in lines] == [row.KIND]
        assert all("owak" not in str(vars(each)) for each in Event.objects.all())


def test_an_own_number_is_found_and_seen_by_its_organisation_alone(
    ready: Ready, code: str, client_for: Clients
) -> None:
    client, at = client_for(NLA), f"/werk/ontvangen/{code}/"
    assert client.post(at + "kenmerk/", {"reference": "x"}).status_code == 422
    assert client.post(at + "kenmerk/", {"reference": "PL1500-2026/17"}).status_code == 302
    assert "PL1500-2026/17" in client.get(at).text
    for words in ("pl1500 2026 17", "PL1500-2026/17"):
        assert code in found(client, words)
    assert "PL1500" not in client_for("af@westland.example").get(f"/werk/doorgezet/{code}/").text
    assert "0 resultaten" in found(client_for("af@westland.example"), "PL1500-2026/17")
    client.post(at + "kenmerk/", {"reference": "PL1600-1"})
    assert code not in found(client, "PL1500-2026/17")
    client.post(at + "kenmerk/", {"reference": ""})
    assert code not in found(client, "PL1600-1")


@pytest.mark.parametrize("reference", ["x", "?" * 10, "A" * 41])
def test_a_number_that_is_not_found_again_is_refused(ready: Ready, code: str, reference: str) -> None:
    with acting(ready.inspector), pytest.raises(DomainError):
        actions.note_reference(code=code, reference=reference, actor=ready.inspector)


def test_nobody_else_notes_a_number_and_nobody_before_reading(ready: Ready) -> None:
    code = ready.send()
    with acting(ready.inspector), pytest.raises(Conflict):
        actions.note_reference(code=code, reference="PL1500", actor=ready.inspector)
    for who in (ready.care, ready.focal_point):
        with acting(who), pytest.raises(Refused):
            actions.note_reference(code=code, reference="PL1500", actor=who)


def test_a_new_key_of_search_gives_the_same_tokens_anew(ready: Ready) -> None:
    code, own = ready.accepted(), ready.inspector.own_organisation
    with acting(ready.inspector):
        actions.note_reference(code=code, reference="PL1500", actor=ready.inspector)
        whole = set(ReceivedToken.objects.values_list("kind", "token"))
        ReceivedToken.objects.exclude(kind="reference").delete()
    with acting(system_actor(own)) as system:
        last, changed = actions.reindex_received(system)
        assert (last is not None, changed) == (True, 1)
        assert actions.reindex_received(system) == (last, 0)
        assert actions.reindex_received(system, after=last) == (None, 0)
    with acting(ready.inspector):
        assert set(ReceivedToken.objects.values_list("kind", "token")) == whole
        assert queries.received(code, ready.inspector).reference == "PL1500"
        with pytest.raises(Refused):
            actions.reindex_received(ready.inspector)
