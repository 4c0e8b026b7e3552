"""Sharing without a yes has a ground, a colleague, and what the person is told; else nothing goes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import roles, samples
from tests.journeys.care_files.test_files import beside, step
from tests.journeys.care_shares.conftest import COORDINATOR, SUPPORT, Desk, made
from tests.reading import as_read

from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files import queries
from sluitend.journeys.care_shares import actions as shares
from sluitend.journeys.care_shares import queries as shared
from sluitend.journeys.care_shares.models import CareShare
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.organisations.models import Account, Role

pytestmark = pytest.mark.django_db
type ClientFor = Callable[[str], Client]
COLLEAGUE = "collega@shop.example"


@pytest.fixture
def desk(region: Any) -> Desk:
    return made()


@pytest.fixture
def second(desk: Desk) -> Actor:
    """Somebody who works beside the coordinator."""
    return hired(desk, COLLEAGUE)


def hired(desk: Desk, email: str) -> Actor:
    account = Account.objects.create_user(email, "Merel Schouten", "lang-genoeg-woord")
    Account.objects.filter(pk=account.pk).update(last_login=timezone.now())
    roles.give(account.pk, desk.coordinator.own_organisation, Role.PARTNER)
    return samples.actor(email)


def decided(desk: Desk, **changes: str) -> str:
    """Return the id of something that is shared without a yes."""
    today = timezone.localdate()
    given = {
        "to": "leger_des_heils",
        "recipient": "Leger des Heils",
        "chosen": "call_name",
        "parts": "naam",
        "until": (today + timedelta(days=9)).isoformat(),
        "ground": "others_at_risk",
        "why": "Er zijn nog anderen in dat huis.",
        "told": "told",
        **changes,
    }
    desk.do(desk.coordinator, files.share_against, code=desk.code, wanted=files.Share(**given), revision=None)
    return desk.shares()[-1].id


def send(desk: Desk, share: str) -> str:
    return str(desk.do(desk.coordinator, files.send, code=desk.code, share=share))


def looked(desk: Desk, who: Actor, share: str, agrees: str, remark: str = "") -> None:
    desk.do(who, files.look_against, code=desk.code, share=share, agrees=agrees, remark=remark, revision=None)


def test_nothing_goes_before_a_colleague_looked(desk: Desk, second: Actor, client_for: ClientFor) -> None:
    share = decided(desk)
    assert "look_against" in desk.steps(desk.code, desk.coordinator)
    with pytest.raises(DomainError, match="nog geen akkoord"):
        send(desk, share)
    with pytest.raises(DomainError, match="Dat kunt u niet zelf"):
        looked(desk, desk.coordinator, share, "yes")
    path = f"/werk/zorg/dossier/{desk.code}/zonder-ja/{share}/meekijken/"
    assert client_for(COORDINATOR).get(path).status_code == 404
    read = as_read(client_for(COLLEAGUE).get(path).text)
    assert "Anderen lopen gevaar: Er zijn nog anderen in dat huis." in read
    assert client_for(COLLEAGUE).post(path, {"agrees": "yes", "remark": ""}).status_code == 302
    code = send(desk, share)
    desk.do(desk.support, shares.accept, code=code)
    body = as_read(client_for(SUPPORT).get(f"/werk/gedeeld/{code}/").text)
    assert "Gedeeld zonder ja van de persoon" in body
    assert "Anderen lopen gevaar" in body
    assert "Gedeeld met akkoord" not in body
    assert "Er zijn nog anderen" not in body
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{desk.code}/").text)
    assert "Zonder ja, op een grond" in page
    assert "een collega vond dit nodig" in page.lower()


def test_a_no_of_the_colleague_ends_it_with_a_word(desk: Desk, second: Actor) -> None:
    share = decided(desk)
    with pytest.raises(DomainError, match="waarom dit niet mag"):
        looked(desk, second, share, "no")
    looked(desk, second, share, "no", "Vraag het eerst.")
    with pytest.raises(DomainError, match="nog geen akkoord"):
        send(desk, share)
    with pytest.raises(Conflict):
        looked(desk, second, share, "yes")
    assert "look_against" not in desk.steps(desk.code, desk.coordinator)


def test_in_direct_danger_it_goes_and_a_colleague_looks_after(desk: Desk, second: Actor) -> None:
    share = decided(desk, ground="danger")
    code = send(desk, share)
    assert "look_against" in desk.steps(desk.code, desk.coordinator)
    desk.do(desk.support, shares.accept, code=code)
    looked(desk, second, share, "no", "Er was geen direct gevaar.")
    assert desk.row(code).state == "recalled"
    assert desk.do(desk.support, shared.received_share, code=code).body is None


def close(desk: Desk) -> None:
    desk.do(desk.coordinator, files.close, code=desk.code, end="safe_own", revision=None)


def removals(desk: Desk) -> list[str]:
    view = desk.do(desk.coordinator, queries.care_file, code=desk.code)
    return [each.recipient for each in view.removals]


@pytest.mark.parametrize("agrees", ["yes", "no"])
def test_what_went_is_looked_at_though_it_was_taken_back(
    desk: Desk, second: Actor, client_for: ClientFor, agrees: str
) -> None:
    """Who decided it alone does not end that somebody looks at it by ending it."""
    share = decided(desk, ground="danger")
    code = send(desk, share)
    desk.do(desk.support, shares.accept, code=code)
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)
    assert desk.row(code).state == "recalled"
    assert "look_against" in desk.steps(desk.code, desk.coordinator)
    with pytest.raises(DomainError, match="een collega kijkt nog mee bij delen met Leger des Heils"):
        close(desk)
    path = f"/werk/zorg/dossier/{desk.code}/zonder-ja/{share}/meekijken/"
    said = {"agrees": agrees, "remark": "Bel de volgende keer eerst."}
    assert client_for(COLLEAGUE).post(path, said).status_code == 302
    assert desk.shares()[-1].agrees == agrees
    assert removals(desk) == ["Leger des Heils"]
    assert desk.steps(desk.code, desk.coordinator) == {"ask_removal"}
    with pytest.raises(DomainError, match="nog geen akkoord"):
        send(desk, share)


@pytest.mark.parametrize("ended", ["refused", "refused unread", "taken back unread", "never sent"])
def test_of_what_nobody_read_the_person_need_not_be_told(
    desk: Desk, second: Actor, client_for: ClientFor, ended: str
) -> None:
    """A colleague said no, or it was taken back, before anybody read it: the file asks nothing more."""
    later = (timezone.localdate() + timedelta(days=3)).isoformat()
    ground = "danger" if "unread" in ended else "others_at_risk"
    share = decided(desk, ground=ground, told="later", told_on=later)
    if "unread" in ended:
        send(desk, share)
    if ended.startswith(("taken", "never")):
        desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)
    if not ended.startswith("never"):
        looked(desk, second, share, "no", "Vraag het eerst.")
    assert not desk.steps(desk.code, desk.coordinator) & {"tell_person", "look_against", "ask_removal"}
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{desk.code}/").text)
    assert "De persoon weet het nu" not in page
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, files.note_told, code=desk.code, share=share, revision=None)
    close(desk)


def test_who_was_called_and_is_stopped_is_looked_at_too(desk: Desk, second: Actor) -> None:
    share = decided(desk, to="", recipient="Politie", ground="danger")
    desk.do(desk.coordinator, files.note_went, code=desk.code, share=share, revision=None)
    looked(desk, second, share, "no", "Dit mocht niet.")
    assert removals(desk) == ["Politie"]
    assert "look_against" not in desk.steps(desk.code, desk.coordinator)


def test_nobody_looks_at_what_ended_before_it_went(desk: Desk, second: Actor) -> None:
    later = (timezone.localdate() + timedelta(days=3)).isoformat()
    share = decided(desk, ground="danger", told="later", told_on=later)
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)
    assert "look_against" not in desk.steps(desk.code, desk.coordinator)
    with pytest.raises(Conflict):
        looked(desk, second, share, "yes")
    other = decided(desk, told="later", told_on=later)
    looked(desk, second, other, "no", "Vraag het eerst.")
    assert removals(desk) == []
    close(desk)


def test_a_file_stays_open_until_the_person_was_told(desk: Desk, second: Actor) -> None:
    day = timezone.localdate() + timedelta(days=3)
    share = decided(desk, ground="danger", told="later", told_on=day.isoformat())
    desk.do(desk.support, shares.accept, code=send(desk, share))
    with pytest.raises(DomainError, match="een collega kijkt nog mee"):
        close(desk)
    looked(desk, second, share, "no", "Er was geen direct gevaar.")
    # Who read it is asked to take it away, as when the person takes something back.
    assert removals(desk) == ["Leger des Heils"]
    view = desk.do(desk.coordinator, queries.care_file, code=desk.code)
    asking = {"asking": view.removals[0].id, "answer": "confirmed", "revision": None}
    desk.do(desk.coordinator, files.note_removal, code=desk.code, **asking)
    with pytest.raises(DomainError, match=r"vertel de persoon op .* van delen met Leger des Heils"):
        close(desk)
    desk.do(desk.coordinator, files.note_told, code=desk.code, share=share, revision=None)
    close(desk)
    assert desk.do(desk.coordinator, queries.care_file, code=desk.code).closed


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ground": "andere_reden"}, "Kies een grond"),
        ({"ground": ""}, "Kies een grond"),
        ({"why": " "}, "waarom dit nodig is"),
        ({"told": ""}, "wat de persoon hiervan weet"),
        ({"told": "later"}, "dag na vandaag"),
        ({"told": "not"}, "niet veilig is"),
        ({"until": "2020-01-01"}, "komende drie maanden"),
    ],
)
def test_without_ground_words_or_what_the_person_is_told_nothing_is_kept(
    desk: Desk, second: Actor, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(DomainError, match=message):
        decided(desk, **changes)
    assert desk.shares() == ()


def test_who_is_alone_decides_nothing_but_in_direct_danger(desk: Desk) -> None:
    with pytest.raises(DomainError, match="geen collega die kan meekijken"):
        decided(desk)
    decided(desk, ground="danger")  # that cannot wait; the step stays until somebody looked
    assert "look_against" in desk.steps(desk.code, desk.coordinator)


def test_who_is_alone_since_then_works_on_and_is_looked_at_when_a_colleague_comes(
    desk: Desk, second: Actor, client_for: ClientFor
) -> None:
    """In direct danger it goes; nothing else of the file waits for a colleague who left."""
    share = decided(desk, ground="danger")
    Account.objects.filter(email=COLLEAGUE).update(is_active=False)
    desk.do(desk.support, shares.accept, code=send(desk, share))
    path = f"/werk/zorg/dossier/{desk.code}/"
    assert "Er is nu niemand anders die kan meekijken." in as_read(client_for(COORDINATOR).get(path).text)
    desk.do(desk.coordinator, files.withdraw, code=desk.code, what=share)
    assert step(desk.coordinator, desk.code) == "ask_removal"
    assert beside(desk.coordinator, desk.code) == [("look_against", timezone.localdate())]
    third = hired(desk, "nieuw@shop.example")
    assert "Er is nu niemand anders" not in as_read(client_for(COORDINATOR).get(path).text)
    looked(desk, third, share, "yes")
    assert beside(desk.coordinator, desk.code) == []


def test_it_ends_on_its_day_and_when_somebody_stops_it(
    desk: Desk, second: Actor, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = decided(desk, ground="danger")
    code = send(desk, share)
    desk.do(desk.support, shares.accept, code=code)
    path = f"/werk/zorg/dossier/{desk.code}/terugnemen/{share}/"
    assert "U deelt niets meer met deze organisatie." in as_read(client_for(COORDINATOR).get(path).text)
    assert client_for(COORDINATOR).post(path).status_code == 302
    assert desk.row(code).state == "recalled"
    view = desk.do(desk.coordinator, queries.care_file, code=desk.code)
    assert [each.recipient for each in view.removals] == ["Leger des Heils"]
    other = decided(desk, ground="danger")
    later = timezone.now() + timedelta(days=10)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(DomainError, match="nog geen akkoord"):
        send(desk, other)


def test_who_is_called_gets_a_line_and_the_person_is_told_on_its_day(desk: Desk, second: Actor) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    share = decided(desk, to="", recipient="Politie", told="later", told_on=tomorrow)
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, files.note_went, code=desk.code, share=share, revision=None)
    looked(desk, second, share, "yes")
    with pytest.raises(DomainError, match="nog geen akkoord"):
        send(desk, share)
    desk.do(desk.coordinator, files.note_went, code=desk.code, share=share, revision=None)
    assert desk.shares()[-1].gone == timezone.localdate().isoformat()
    rule = files.Rule(channel="call", effect="allowed", value="0612345678")
    desk.do(desk.coordinator, files.add_rule, code=desk.code, rule=rule, revision=None)
    desk.do(desk.coordinator, files.note_told, code=desk.code, share=share, revision=None)
    assert desk.shares()[-1].told == "told"
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, files.note_told, code=desk.code, share=share, revision=None)


def test_nothing_far_away_hides_that_the_person_is_told(desk: Desk, second: Actor) -> None:
    today = timezone.localdate()
    soon, far = today + timedelta(days=3), today + timedelta(days=90)
    share = decided(desk, told="later", told_on=soon.isoformat())
    assert beside(desk.coordinator, desk.code) == [("look_against", today), ("tell_person", soon)]
    looked(desk, second, share, "yes")
    after = {"dates": [far], "channel": "call", "agreed": True, "revision": None}
    desk.do(desk.coordinator, files.plan_aftercare, code=desk.code, **after)
    assert step(desk.coordinator, desk.code) == "ask_aftercare"
    assert beside(desk.coordinator, desk.code) == [("tell_person", soon)]
    desk.do(desk.coordinator, files.note_told, code=desk.code, share=share, revision=None)
    assert beside(desk.coordinator, desk.code) == []


def test_a_ground_goes_on_when_the_person_turns_out_to_be_a_child(desk: Desk, second: Actor) -> None:
    share = decided(desk, ground="danger")
    code = send(desk, share)
    child = files.Details(state="in_care", person=files.Person(age_group="minor"))
    desk.do(desk.coordinator, files.write_details, code=desk.code, revision=None, details=child)
    assert desk.row(code).state == "sent"


def test_the_form_asks_all_of_it(desk: Desk, second: Actor, client_for: ClientFor) -> None:
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{desk.code}/delen-zonder-ja/"
    shown = as_read(browser.get(path).text)
    assert "Direct gevaar" in shown
    assert "Andere reden" not in shown
    empty = as_read(browser.post(path, {"recipient": "outside"}).text)
    for asked in (
        "Kies een grond.",
        "Schrijf welke organisatie u belt.",
        "Kies wat de persoon hiervan weet.",
    ):
        assert asked in empty
    sent = {
        "ground": "danger",
        "why": "Hij staat voor de deur.",
        "recipient": "outside",
        "other": "Politie",
        "chosen": ["call_name"],
        "until": (timezone.localdate() + timedelta(days=2)).isoformat(),
        "told": "not",
        "told_why": "Hij luistert mee.",
    }
    assert browser.post(path, sent).status_code == 302
    with acting(desk.coordinator):
        assert CareShare.objects.count() == 0
    share = desk.shares()[-1]
    browser.post(f"/werk/zorg/dossier/{desk.code}/zonder-ja/{share.id}/verteld/")
    browser.post(f"/werk/zorg/dossier/{desk.code}/zonder-ja/{share.id}/persoon-weet-het/")
    assert (desk.shares()[-1].gone != "", desk.shares()[-1].told) == (True, "told")
    for email in ("avim@politie.example", "af@westland.example"):
        assert client_for(email).get(path).status_code in (403, 404)


@pytest.mark.parametrize(("told", "reads"), [("told", True), ("later", False), ("not", False)])
def test_a_copy_for_the_person_tells_of_it_once_they_were_told(
    desk: Desk, second: Actor, client_for: ClientFor, told: str, reads: bool
) -> None:
    later = (timezone.localdate() + timedelta(days=3)).isoformat()
    share = decided(desk, told=told, told_on=later if told == "later" else "", told_why="Hij leest mee.")
    browser = client_for(COORDINATOR)

    def copied() -> str:
        path = f"/werk/zorg/dossier/{desk.code}/afschrift/"
        answer = browser.post(path, {"language": "nl", "safe": "no"})
        assert answer.status_code == 302
        return as_read(browser.get(answer.headers["Location"]).text)

    assert "Leger des Heils" not in copied()
    looked(desk, second, share, "yes")
    page = copied()
    assert ("Leger des Heils" in page) is reads
    assert "nog anderen in dat huis" not in page
    assert "Hij leest mee" not in page
