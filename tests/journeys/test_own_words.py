"""What somebody writes to another organisation is looked at in the action, whatever page or program asks."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.exchanges.situations import Between, make_between
from tests.journeys.referrals.situations import Ready, make_ready
from tests.reading import as_read

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.drafts import NewObservation
from sluitend.journeys.exchanges import actions as exchanges
from sluitend.journeys.exchanges import inquiring, leaving, offers
from sluitend.journeys.exchanges import queries as exchange_queries
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals import leaving as referral_leaving
from sluitend.journeys.referrals.queries import backgrounds
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.telltale import GO, LEFT_OUT, NO_BACKGROUND, OUT, Background, Look, Sort
from sluitend.kernel.telltale.leaving import looks_in

pytestmark = pytest.mark.django_db

type Clients = Callable[[str], Client]
REPORTER = "Verzeldzaamwoord"
ASKED = re.compile(r'name="(look_[0-9a-f]{20})"')
NAMES = "Toen kwam Oksana erbij."


@pytest.fixture
def ready(db: None) -> Ready:
    """A case that can be referred."""
    return make_ready()


@pytest.fixture
def between(db: None) -> Between:
    """A case that can go to another municipality."""
    return make_between()


def answers(words: dict[str, str], what: str, background: Background = NO_BACKGROUND) -> dict[str, str]:
    """Return the same answer to everything that is marked in these words."""
    return {look.key: what for look in looks_in(words, background)}


def do(who: Actor, verb: Callable[..., Any], **named: Any) -> Any:
    """Do something in a transaction of its own."""
    with acting(who):
        return verb(actor=who, **named)


def test_a_partners_words_wait_in_the_action_and_lose_what_was_left_out(ready: Ready) -> None:
    who, code = ready.inspector, ready.accepted()
    said = {"code": code, "answer": "opgepakt", "text": NAMES}
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        do(who, actions.feed_back, **said)
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        do(who, actions.ask, code=code, text=NAMES)
    looked = answers({"text": NAMES}, OUT)
    do(who, actions.feed_back, **said, looked=looked)
    do(who, actions.ask, code=code, text=NAMES, looked=answers({"text": NAMES}, GO))
    with acting(ready.focal_point) as sender:
        texts = [each.text for each in queries.sent(code, sender).content.messages]
    assert texts == [f"Toen kwam {LEFT_OUT} erbij.", NAMES]


def test_a_partner_is_not_asked_about_what_the_municipality_sent_itself(ready: Ready) -> None:
    chosen = ready.choice(question="Wilt u Kowalski spreken?")
    looked = {look.key: GO for look in looks_of(ready, chosen, "place")}
    code = ready.accepted(question=chosen.question, looked=looked)
    do(ready.inspector, actions.feed_back, code=code, answer="opgepakt", text="Gisteren sprak ik Kowalski.")
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        do(ready.inspector, actions.ask, code=code, text="Gisteren sprak ik Nowicka en Kowalski.")


def test_why_a_partner_gives_back_is_looked_at_too(ready: Ready) -> None:
    code = ready.send()
    back = {"code": code, "reason": "andere_reden", "sentence": NAMES}
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        do(ready.inspector, actions.return_, **back)
    do(ready.inspector, actions.return_, **back, looked=answers({"sentence": NAMES}, OUT))


def test_the_answer_to_a_partner_waits_in_the_action(ready: Ready) -> None:
    code = ready.accepted()
    do(ready.inspector, actions.ask, code=code, text="Wie is dit?")
    with pytest.raises(DomainError, match="Bekijk nog"):
        do(ready.focal_point, actions.answer_question, code=code, text=NAMES)


def test_the_page_of_a_partner_asks_and_keeps_what_was_typed(ready: Ready, client_for: Clients) -> None:
    code, client = ready.accepted(), client_for("nla@arbeidsinspectie.example")
    address = f"/werk/ontvangen/{code}/"
    sent = {"answer": "opgepakt", "text": f"{NAMES} Bel 06 1234 5678."}
    back = client.post(f"{address}antwoord/", sent)
    assert back.status_code == 422, back.status_code
    assert NAMES in back.text
    names = sorted(set(ASKED.findall(back.text)))
    assert len(names) == 2
    done = client.post(f"{address}antwoord/", sent | dict.fromkeys(names, GO), follow=True)
    assert "Uw antwoord is verstuurd" in done.text


def test_words_between_municipalities_wait_in_the_action(between: Between) -> None:
    code = between.accepted()
    for who in (between.sender, between.receiver):
        with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
            between.do(who, exchanges.write_about_transfer, code, text=NAMES)
    looked = answers({"text": NAMES}, OUT)
    between.do(between.sender, exchanges.write_about_transfer, code, text=NAMES, looked=looked)
    with acting(between.receiver) as who:
        (told,) = exchange_queries.received_transfer(code, who).messages
    assert told.text == f"Toen kwam {LEFT_OUT} erbij."


def test_a_transfer_that_goes_back_says_no_name_by_accident(between: Between) -> None:
    code = between.send()
    back = {"reason": "andere_reden", "sentence": NAMES}
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        between.do(between.receiver, exchanges.return_transfer, code, **back)


def test_questions_and_answers_between_organisations_wait_in_the_action(between: Between) -> None:
    asker, asked = between.sender, between.receiver
    with acting(asker):
        offer = inquiring.inquiry_offer(between.case, "GM0518", "other_municipality", asker)
    choice = inquiring.InquiryChoice(
        purpose=offer.purposes[0].id,
        basis=offer.bases[0].id,
        asks=frozenset({"facts"}),
        text="Kent u Kowalski?",
        answer_by=timezone.localdate(),
        parts=frozenset(),
    )
    send = partial(
        do, asker, exchanges.send_inquiry, case_code=between.case, to="GM0518", about="other_municipality"
    )
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        send(choice=choice)
    (look,) = leaving.looks_of(offer, (), choice.text, timezone.localdate())
    code = send(choice=replace(choice, looked={look.key: GO}))
    do(asked, exchanges.accept_request, code=code)
    do(asked, exchanges.answer_request, code=code, answer="hit")
    more = inquiring.FurtherChoice(why=NAMES, parts=frozenset())
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        do(asker, exchanges.ask_further, code=code, choice=more)
    do(asker, exchanges.ask_further, code=code, choice=replace(more, why="Dan kunnen wij helpen."))
    share = {"code": code, "answer": "details", "texts": {"text_facts": NAMES}, "basis": offer.bases[0].id}
    with pytest.raises(DomainError, match="Bekijk nog 1 woord"):
        do(asked, exchanges.answer_request, **share)
    do(asked, exchanges.answer_request, **share, looked=answers({"text_facts": NAMES}, OUT))


def told_by_reporter() -> Ready:
    """Return a case of which a fact names who reported, confidentially."""
    content = samples.content(saw=f"De buurvrouw, {REPORTER}, zag vijf bedden.", think="")
    westland = Organisation.objects.get(code="GM1783")
    return make_ready(report=samples.file_report(westland, anonymity="confidential", told=content)[0])


def test_who_reported_never_goes_to_a_partner_with_any_route_or_ground(db: None) -> None:
    ready = told_by_reporter()
    for track in ("place", "person"):
        offered, chosen = ready.offer(track), ready.choice(track)
        (row,) = [each.id for each in offered.parts if REPORTER in each.text]
        chosen = replace(chosen, parts=chosen.parts | {row}, beyond_ground="danger", beyond_reason="Gevaar.")
        looks = looks_of(ready, chosen, track)
        assert [look.sort for look in looks if look.text == REPORTER] == [Sort.REPORTER]
        let = replace(chosen, looked={look.key: GO for look in looks})
        with pytest.raises(DomainError, match="mag niet mee"):
            send(ready, let, track)
        code = send(ready, replace(chosen, looked={look.key: OUT for look in looks}), track)
        with acting(ready.focal_point) as who:
            assert REPORTER not in repr(queries.sent(code, who).content)


def test_who_reported_goes_in_no_message_either(db: None) -> None:
    ready = told_by_reporter()
    code = send(ready, all_out(ready), "place")
    do(ready.inspector, actions.accept, code=code)
    do(ready.inspector, actions.ask, code=code, text="Wie is dit?")
    text = {"text": f"Het was {REPORTER.lower()}."}
    with acting(ready.focal_point) as who:
        background = backgrounds.of_sender(code, who)
    with pytest.raises(DomainError, match="mag niet mee"):
        do(
            ready.focal_point,
            actions.answer_question,
            code=code,
            looked=answers(text, GO, background),
            **text,
        )


def test_who_reported_does_not_go_with_a_case_to_another_municipality(between: Between) -> None:
    who = between.sender
    with acting(who):
        cases.add_observation(
            actor=who, code=between.case, new=NewObservation("fact", f"Dat zei mevrouw {REPORTER}.")
        )
        offer = offers.transfer_offer(between.case, who)
        chosen = offers.TransferChoice(
            municipality="GM0518",
            way="",
            basis=offer.bases[0].id,
            purpose=offer.purposes[0].id,
            answer_by=offer.answer_by,
            parts=frozenset(part.id for part in offer.allowed),
            explanation=f"{REPORTER} woont daar",
        )
        looks = leaving.looks_of(offer, offer.allowed, chosen.explanation, timezone.localdate())
        let = replace(chosen, looked={look.key: GO for look in looks})
        with pytest.raises(DomainError, match="mag niet mee"):
            exchanges.send_transfer(case_code=between.case, choice=let, actor=who)


def test_the_page_says_that_it_may_not_go_and_not_whose_name_it_is(db: None, client_for: Clients) -> None:
    ready = told_by_reporter()
    address = f"/werk/casussen/{ready.case}/doorzetten/place/"
    page = as_read(client_for("af@westland.example").get(address).text)
    assert f'<mark class="sl-hot">{REPORTER}</mark>' in page
    looked = page.split(f'<mark class="sl-hot">{REPORTER}</mark>')[1].split("</fieldset>")[0]
    assert "Dit mag niet mee" in looked
    assert "melder" not in looked.casefold()


def looks_of(ready: Ready, chosen: Any, track: str) -> tuple[Look, ...]:
    """Return what is to be looked at."""
    offered = ready.offer(track)
    parts = referral_leaving.as_written(offered, chosen.parts, chosen.texts)
    return referral_leaving.looks_of(offered, parts, chosen.question, timezone.localdate())


def all_out(ready: Ready, track: str = "place") -> Any:
    """Return the choice that the route proposes, with everything that is marked left out."""
    chosen = ready.choice(track)
    return replace(chosen, looked={look.key: OUT for look in looks_of(ready, chosen, track)})


def send(ready: Ready, chosen: Any, track: str) -> str:
    """Send and return the code."""
    with acting(ready.focal_point) as who:
        return actions.send(case_code=ready.case, track=track, choice=chosen, actor=who)
