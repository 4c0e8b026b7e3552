"""From the plan of a case to care: advice without a name, and a thread of two."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.journeys.care.test_handling import do
from tests.journeys.care.test_shared import rows
from tests.journeys.referrals.situations import Ready, make_ready
from tests.reading import as_read

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals import queries as referral_queries
from sluitend.journeys.referrals.choosing import ticked_beforehand
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Conflict, DomainError

pytestmark = pytest.mark.django_db
COORDINATOR, FOCAL = "zorg@shop.example", "af@westland.example"
QUESTION = "Iemand twijfelt over hulp. Waar begint u?"
type ClientFor = Callable[[str], Client]


@pytest.fixture
def ready(region: Any) -> Ready:
    """A case in which it is not clear what the person wants, and advice is being composed."""
    made = make_ready()
    with acting(made.focal_point):
        cases.take_up_again(actor=made.focal_point, code=made.case, action="care_advice")
    made.compose_instead("care_advice", wish="unclear")
    return made


def asked_of_care(ready: Ready) -> dict[str, str]:
    page = do(ready.focal_point, case_queries.plan_page, code=ready.case)
    views = [each for line in page.lines for each in (*line.decided, *line.ready, *line.waiting)]
    return {each.planned.id: each.of_care for each in views if each.of_care}


def add_person(ready: Ready) -> None:
    new = cases.NewSubject(kind="person", name="Jan Dumitru", roles=("victim",))
    do(ready.focal_point, cases.add_subject, code=ready.case, new=new)


def test_the_plan_offers_to_consult_and_after_that_to_hand_over(ready: Ready, client_for: ClientFor) -> None:
    assert asked_of_care(ready)["care_advice"] == "consult"
    page = as_read(client_for(FOCAL).get(f"/werk/casussen/{ready.case}/doorzetten/").text)
    assert "Overleg zonder naam: SHOP" in page
    do(ready.focal_point, cases.record_wish, code=ready.case, wish="yes")
    assert asked_of_care(ready)["care_refer"] == "handover"
    assert "Draag over aan de zorg" in as_read(
        client_for(FOCAL).get(f"/werk/casussen/{ready.case}/plan/").text
    )


def test_a_consult_begins_with_the_subject_and_no_story(ready: Ready) -> None:
    offer = ready.offer("person")
    facts = [each for each in offer.parts if each.fact]
    assert facts
    assert all(each.allowed and each.off for each in facts)
    assert not ticked_beforehand(offer) & {each.id for each in facts}
    sent = ready.send("person", question=QUESTION, parts=frozenset())
    do(ready.care, referrals.accept, code=sent)
    content = do(ready.care, referral_queries.received, code=sent).content
    assert (content.question, content.parts) == (QUESTION, ())


def test_no_other_letter_goes_without_a_part(ready: Ready) -> None:
    ready.compose_instead("work_inspect")
    with pytest.raises(DomainError, match="Kies wat u meestuurt"):
        ready.send(parts=frozenset())


@pytest.mark.parametrize("told", ["Jan Dumitru", "0612345678", "geboren 3 mei 1999"])
def test_nothing_that_says_who_it_is_leaves_in_a_consult(ready: Ready, told: str) -> None:
    add_person(ready)
    offer = ready.offer("person")
    never = {each.part for each in offer.parts if each.never}
    assert {"person_name", "place"} <= never | offer.never_parts
    with pytest.raises(DomainError):
        ready.send("person", question=f"{QUESTION} Het gaat om {told}.", parts=frozenset())


def test_the_two_write_until_one_of_them_closes(ready: Ready, client_for: ClientFor) -> None:
    sent = ready.send("person", question=QUESTION, parts=frozenset())
    do(ready.care, referrals.accept, code=sent)
    do(ready.care, referrals.ask, code=sent, text="Is er gevaar?")
    do(ready.focal_point, referrals.answer_question, code=sent, text="Nu niet.")
    do(ready.care, referrals.feed_back, code=sent, answer="advies", text="Praat eerst alleen.")
    do(ready.focal_point, referrals.handle_answer, code=sent, tell="")
    do(ready.focal_point, referrals.answer_question, code=sent, text="Dat lukte.")
    do(ready.care, referrals.ask, code=sent, text="Wat wil de persoon?")
    written = [each.text for each in do(ready.focal_point, referral_queries.sent, code=sent).content.messages]
    assert written == [
        "Is er gevaar?",
        "Nu niet.",
        "Praat eerst alleen.",
        "Dat lukte.",
        "Wat wil de persoon?",
    ]
    do(ready.care, referrals.feed_back, code=sent, answer="afgesloten")
    with pytest.raises(Conflict):
        do(ready.focal_point, referrals.answer_question, code=sent, text="Nog iets")
    told = as_read(client_for(FOCAL).get(f"/werk/casussen/{ready.case}/").text)
    assert "Advies gegeven" in told
    assert "Praat eerst alleen." not in told


def test_advice_gives_the_shared_list_its_next_date(ready: Ready) -> None:
    sent = ready.send("person", question=QUESTION, parts=frozenset())
    do(ready.care, referrals.accept, code=sent)
    do(ready.care, referrals.feed_back, code=sent, answer="advies")
    (mine,), (theirs,) = rows(ready.focal_point), rows(ready.care)
    assert mine == theirs
    assert (mine.before, mine.step) == (ready.row(sent).next_word, "Laat meer weten")
