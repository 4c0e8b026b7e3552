"""What the person agrees to: three acts apart, shares in a list, and a withdrawal that wins."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_files.test_files import COORDINATOR, begun, beside, do, seen, step
from tests.reading import as_read

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.actions import Agreed, Share
from sluitend.journeys.care_files.actions.working import on_file
from sluitend.journeys.care_files.journey import CARE_FILE_ANSWER
from sluitend.journeys.care_files.models import CareFile
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError

pytestmark = pytest.mark.django_db
SAID = Agreed(
    kind="registration",
    answer="yes",
    form="paper",
    language="nl",
    signed_by="de persoon",
    interpreter="none",
    witness="none",
    said_back="yes",
)
SHARED = Share(
    recipient="Huisarts",
    parts="dat er hulp is",
    purpose="een afspraak",
    answer="yes",
    form="paper",
    language="nl",
)


@pytest.fixture
def coordinator(region: Any) -> Actor:
    return samples.actor(COORDINATOR)


@pytest.fixture
def code(coordinator: Actor) -> str:
    return begun(coordinator)[1]


def answer(actor: Actor, code: str, *, days_ago: int = 0, **changes: str) -> None:
    on = (timezone.localdate() - timedelta(days=days_ago)).isoformat()
    note(actor, code, {"on": on, **changes})


def note(actor: Actor, code: str, changes: dict[str, str]) -> None:
    agreed = replace(SAID, **{"on": timezone.localdate().isoformat(), **changes})
    do(actor, actions.answer, code=code, agreed=agreed, revision=None)


def share(actor: Actor, code: str, *, days: int = 90, **changes: str) -> None:
    until = (timezone.localdate() + timedelta(days=days)).isoformat()
    do(actor, actions.share, code=code, wanted=replace(SHARED, until=until, **changes), revision=None)


def words(actor: Actor, code: str) -> dict[str, str]:
    view = seen(actor, code)
    assert view.help is not None
    return {each.kind: each.words for each in (view.help, *view.tiles)}


def test_each_act_stands_apart_and_none_depends_on_another(coordinator: Actor, code: str) -> None:
    kinds = ["help_agreement", "registration", "intervention", "statistics"]
    assert words(coordinator, code) == dict.fromkeys(kinds, "Nog niet besproken")
    answer(coordinator, code, kind="statistics", answer="no")
    answer(coordinator, code)
    assert words(coordinator, code) == {
        "help_agreement": "Nog niet besproken",
        "registration": "Ja",
        "intervention": "Nog niet besproken",
        "statistics": "Nee",
    }
    answer(coordinator, code, kind="help_agreement", form="spoken", witness="lawyer")
    assert step(coordinator, code) == "follow_file"
    tile = seen(coordinator, code).help
    assert tile is not None
    assert "mondeling, getuige: de advocaat, tekst versie 1" in tile.how


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"form": "spoken", "witness": "lawyer"}, "handtekening nodig"),
        ({"signed_by": ""}, "handtekening nodig"),
        ({"age_band": "younger"}, "Onder 16 tekent een ouder of voogd"),
        ({"kind": "statistics", "age_band": "younger"}, "Onder 16 tekent een ouder of voogd"),
        ({"witness": "companion"}, "Wie meekwam, kan geen getuige zijn"),
        ({"witness": "from_situation"}, "Wie meekwam, kan geen getuige zijn"),
        ({"witness": "official"}, "Wie meekwam, kan geen getuige zijn"),
        ({"kind": "statistics", "form": "spoken"}, "hoort een getuige"),
        ({"kind": "intervention"}, "Deze tekst wacht op een advocaat"),
        ({"language": "tolk"}, "Voor deze taal is er nog geen goedgekeurde tekst"),
    ],
)
def test_what_an_answer_lacks_is_refused(
    coordinator: Actor, code: str, changes: dict[str, str], said: str
) -> None:
    before = words(coordinator, code)
    with pytest.raises(DomainError, match=said):
        note(coordinator, code, changes)
    assert words(coordinator, code) == before


def test_without_a_text_in_the_language_a_sworn_interpreter_reads_it_or_it_is_asked_later(
    coordinator: Actor, code: str
) -> None:
    answer(coordinator, code, kind="statistics", answer="later", language="tolk")
    answer(coordinator, code, language="tolk", interpreter="sworn_phone", interpreter_number="12345")
    said = words(coordinator, code)
    assert (said["statistics"], said["registration"]) == ("Denkt na", "Ja")
    with pytest.raises(DomainError, match="Voor deze taal is er nog geen goedgekeurde tekst"):
        share(coordinator, code, language="tolk")


def test_who_interprets_is_a_number_and_never_a_cousin(
    coordinator: Actor, code: str, client_for: Callable[[str], Client]
) -> None:
    given = {**vars(SAID), "on": timezone.localdate().isoformat(), "alone": "on", "age_band": "adult"}
    browser, address = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/toestemming/registration/"
    page = browser.get(address).text
    for never in ("companion", "from_situation", "official"):
        assert re.search(rf'value="{never}"[^>]*disabled', page)
    wrong = browser.post(address, {**given, "interpreter": "sworn_phone", "interpreter_number": "zijn neef"})
    assert wrong.status_code == 422
    assert "Schrijf het nummer van de tolk, geen naam." in as_read(wrong.text)
    wrong = browser.post(address, {**given, "witness": "from_situation"})
    assert wrong.status_code == 422
    assert "Wie meekwam, kan geen getuige zijn" in as_read(wrong.text)
    assert browser.post(address, {**given, "interpreter": "his_cousin"}).status_code == 422
    assert words(coordinator, code)["registration"] == "Nog niet besproken"


def test_a_day_to_come_is_no_day_of_an_answer(coordinator: Actor, code: str) -> None:
    with pytest.raises(DomainError, match="Kies vandaag of een dag hiervoor"):
        answer(coordinator, code, days_ago=-1)


@pytest.mark.parametrize("first", ["later", "no"])
def test_nobody_asks_again_within_fourteen_days_but_the_person_may_begin(
    coordinator: Actor, code: str, first: str
) -> None:
    answer(coordinator, code, answer=first, days_ago=13)
    (tile, *_rest) = seen(coordinator, code).tiles
    assert tile.quiet.startswith("Vraag dit niet voor ")
    assert step(coordinator, code) == "discuss_help"
    with pytest.raises(DomainError, match="minder dan 14 dagen geleden"):
        answer(coordinator, code, started="worker")
    answer(coordinator, code, started="person")
    assert words(coordinator, code)["registration"] == "Ja"


def test_after_fourteen_days_it_may_be_asked_again(coordinator: Actor, code: str) -> None:
    answer(coordinator, code, answer="later", days_ago=14)
    assert seen(coordinator, code).tiles[0].quiet == ""
    answer(coordinator, code)


def test_from_yes_to_no_goes_by_taking_back_alone(coordinator: Actor, code: str) -> None:
    answer(coordinator, code)
    for said in ("yes", "no", "later"):
        with pytest.raises(Conflict):
            answer(coordinator, code, answer=said)
    do(coordinator, actions.withdraw, code=code, what="registration")
    assert words(coordinator, code)["registration"] == "Teruggenomen"
    with pytest.raises(Conflict):
        answer(coordinator, code, answer="no")
    answer(coordinator, code)
    (tile, *_rest) = seen(coordinator, code).tiles
    assert (tile.words, len(tile.earlier)) == ("Ja", 1)


def test_what_waits_for_a_lawyer_offers_a_talk_with_one_and_nothing_else(
    coordinator: Actor, code: str, client_for: Callable[[str], Client]
) -> None:
    browser = client_for(COORDINATOR)
    assert browser.get(f"/werk/zorg/dossier/{code}/toestemming/intervention/").status_code == 404
    assert "Met advocaat bespreken" in as_read(browser.get(f"/werk/zorg/dossier/{code}/").text)
    revision = seen(coordinator, code).revision
    assert browser.post(f"/werk/zorg/dossier/{code}/advocaat/", {"revision": revision}).status_code == 302
    assert [what for what, _day in beside(coordinator, code)] == ["ask_lawyer"]
    with pytest.raises(Conflict):
        do(coordinator, actions.talk_with_lawyer, code=code, revision=None)


def test_a_talk_with_a_lawyer_that_somebody_chose_stays_until_it_was_held(
    coordinator: Actor, code: str, client_for: Callable[[str], Client]
) -> None:
    """Neither what is asked before it nor contact with the person ends it."""
    browser, path = client_for(COORDINATOR), f"/werk/zorg/dossier/{code}/"
    do(coordinator, actions.talk_with_lawyer, code=code, revision=None)
    planned = beside(coordinator, code)
    assert [what for what, _day in planned] == ["ask_lawyer"]
    answer(coordinator, code)
    do(coordinator, actions.withdraw, code=code, what="registration")
    assert (step(coordinator, code), beside(coordinator, code)) == ("ask_removal", planned)
    (asking,) = seen(coordinator, code).removals
    do(coordinator, actions.note_removal, code=code, asking=asking.id, answer="confirmed", revision=None)
    told = {"channel": "call", "reached": "yes", "against": "Zij belde zelf"}
    do(coordinator, actions.note_contact, code=code, **told)
    assert (step(coordinator, code), beside(coordinator, code)) == ("discuss_help", planned)
    page = as_read(browser.get(path).text)
    assert page.index("Bespreek met een advocaat wat") < page.index("Drie keer toestemming")
    assert "Met advocaat bespreken" not in page
    revision = seen(coordinator, code).revision
    assert browser.post(f"{path}advocaat/", {"revision": revision, "done": "yes"}).status_code == 302
    assert beside(coordinator, code) == []
    assert "Met advocaat bespreken" in as_read(browser.get(path).text)
    with pytest.raises(Conflict):
        do(coordinator, actions.talked_with_lawyer, code=code, revision=None)


def test_taking_back_says_first_what_follows_and_gives_the_step_to_ask_it_back(
    coordinator: Actor, code: str, client_for: Callable[[str], Client]
) -> None:
    answer(coordinator, code)
    browser = client_for(COORDINATOR)
    address = f"/werk/zorg/dossier/{code}/terugnemen/registration/"
    page = as_read(browser.get(address).text)
    for said in (
        "Er gaat niets meer naar CoMensha.",
        "vraag CoMensha om de gegevens weg te halen",
        "Cijfers die al gemaakt zijn, veranderen niet.",
    ):
        assert said in page
    assert words(coordinator, code)["registration"] == "Ja"
    assert browser.post(address).status_code == 302
    assert step(coordinator, code) == "ask_removal"
    assert browser.get(address).status_code == 404
    with pytest.raises(Conflict):
        do(coordinator, actions.withdraw, code=code, what="registration")
    with pytest.raises(DomainError, match="Sluiten kan nog niet: CoMensha"):
        do(coordinator, actions.close, code=code, end="stopped", revision=None)
    (asked,) = seen(coordinator, code).removals
    assert (
        browser.post(f"/werk/zorg/dossier/{code}/weggehaald/{asked.id}/", {"answer": ""}).status_code == 422
    )
    given = {"answer": "confirmed"}
    assert browser.post(f"/werk/zorg/dossier/{code}/weggehaald/{asked.id}/", given).status_code == 302
    assert step(coordinator, code) == "discuss_help"
    do(coordinator, actions.close, code=code, end="stopped", revision=None)


def test_two_who_are_asked_to_take_away_each_have_a_form_of_their_own(
    coordinator: Actor, code: str, client_for: Callable[[str], Client]
) -> None:
    for _again in range(2):
        answer(coordinator, code)
        do(coordinator, actions.withdraw, code=code, what="registration")
    browser = client_for(COORDINATOR)
    address = f"/werk/zorg/dossier/{code}/"
    ids = re.findall(r'\bid="(removal_[^"]+)"', browser.get(address).text)
    assert len(ids) == len(set(ids)) > 2
    first, second = seen(coordinator, code).removals
    wrong = browser.post(f"{address}weggehaald/{second.id}/", {"answer": ""})
    assert wrong.status_code == 422
    shown = {each.id: form.is_bound for each, form in wrong.context["removals"]}
    assert shown == {first.id: False, second.id: True}


def test_a_share_has_an_end_and_can_be_taken_back(coordinator: Actor, code: str) -> None:
    share(coordinator, code)
    share(coordinator, code, recipient="Advocaat", form="spoken", witness="second_worker")
    share(coordinator, code, recipient="Gemeente", answer="no")
    refused, spoken, paper = seen(coordinator, code).shares
    assert spoken.until == timezone.localdate() + timedelta(days=3)
    assert (refused.may_withdraw, paper.may_withdraw) == (False, True)
    with pytest.raises(Conflict):
        do(coordinator, actions.withdraw, code=code, what=refused.id)
    do(coordinator, actions.withdraw, code=code, what=paper.id)
    assert [each.recipient for each in seen(coordinator, code).removals] == ["Huisarts"]
    with pytest.raises(Absent):
        do(coordinator, queries.back_page, code=code, what=paper.id)
    for days in (-1, 400):
        with pytest.raises(DomainError, match="Kies een dag in het komende jaar"):
            share(coordinator, code, days=days)


def test_an_agreement_to_share_is_over_after_its_day(
    coordinator: Actor, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    share(coordinator, code, days=5)
    right = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: right() + timedelta(days=6))
    assert [each.words for each in seen(coordinator, code).shares] == ["Afgelopen"]


def test_a_withdrawal_wins_of_what_somebody_saves_who_read_before_it(coordinator: Actor, code: str) -> None:
    answer(coordinator, code)
    with acting(coordinator):
        # Read before the withdrawal, saved after it, with no revision of a page at all.
        saving = on_file(code, coordinator, CARE_FILE_ANSWER)
        it = saving.__enter__()
        actions.withdraw(code=code, actor=coordinator, what="registration")
        it.consents = replace(it.consents, shares=(SHARED,))
        with pytest.raises(Conflict):
            saving.__exit__(None, None, None)
    assert words(coordinator, code)["registration"] == "Teruggenomen"
    assert seen(coordinator, code).shares == ()


def test_the_form_of_a_text_notes_the_answer(
    coordinator: Actor, code: str, client_for: Callable[[str], Client]
) -> None:
    browser = client_for(COORDINATOR)
    address = f"/werk/zorg/dossier/{code}/toestemming/registration/"
    page = as_read(browser.get(address).text)
    assert "U krijgt hulp, of u nu ja of nee zegt." in page
    given = {
        "answer": "yes",
        "on": timezone.localdate().isoformat(),
        "form": "paper",
        "signed_by": "de persoon",
        "language": "nl",
        "interpreter": "none",
        "witness": "none",
        "said_back": "yes",
        "revision": seen(coordinator, code).revision,
    }
    alone = browser.post(address, given)
    assert alone.status_code == 422
    assert "Vraag dit alleen als niemand meeluistert." in as_read(alone.text)
    old = browser.post(address, {**given, "alone": "on", "revision": 99, "signed_by": "de voogd"})
    assert (old.status_code, 'value="de voogd"' in old.text) == (422, True)
    assert browser.post(address, {**given, "alone": "on"}).status_code == 302
    assert words(coordinator, code)["registration"] == "Ja"
    assert browser.get(address).status_code == 404
    address = f"/werk/zorg/dossier/{code}/delen/"
    until = (timezone.localdate() + timedelta(days=9)).isoformat()
    shared = {"recipient": "Huisarts", "parts": "Taal", "purpose": "Tolk", "until": until, "answer": "yes"}
    more = {"form": "screen", "language": "nl", "witness": "none", "alone": "on"}
    assert browser.post(address, {**shared, **more, "until": ""}).status_code == 422
    assert browser.post(address, {**shared, **more}).status_code == 302
    assert [each.recipient for each in seen(coordinator, code).shares] == ["Huisarts"]


def test_a_child_is_not_asked_but_who_is_sixteen_may_sign(
    coordinator: Actor, client_for: Callable[[str], Client]
) -> None:
    code = begun(coordinator, under_18="ja")[1]
    tiles = seen(coordinator, code).tiles
    assert all("Vraag dit nu niet." in each.note for each in tiles)
    page = as_read(client_for(COORDINATOR).get(f"/werk/zorg/dossier/{code}/toestemming/registration/").text)
    assert "Hoe oud is de persoon?" in page
    answer(coordinator, code, age_band="sixteen")
    with acting(coordinator):
        assert CareFile.objects.get(code=code).closed is None
