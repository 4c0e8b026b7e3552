"""A place that somebody types waits for the question about the residents, as the place of a case does."""

from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from tests.journeys.cases.matters import somebody, taken_in, weighed
from tests.journeys.exchanges.test_inquiries import choice_of
from tests.packs import den_haag

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.exchanges import actions, inquiring
from sluitend.journeys.exchanges import leaving as leaving_of_request
from sluitend.journeys.referrals import choosing, leaving
from sluitend.journeys.referrals.queries import offers
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.checks_of_actions import WITH_POLICE
from sluitend.kernel.telltale import GO, OUT

pytestmark = pytest.mark.django_db

ADDRESS = "Oostbuurtseweg 61, 2678 RB De Lier"
ASKED = f"Kent u {ADDRESS}?"
NO_PLACE: dict[str, Any] = {"where": "", "company": "", "kvk": ""}
FIRST = "Beantwoord eerst wat er met de bewoners gebeurt"

ABOUT_A_PLACE = sorted(
    (kind.value, each.id) for each in den_haag().inquiries for kind in WITH_POLICE if kind.value in each.kinds
)
"""Every request for information that police or inspection can get."""


def offer_of(case: str, kind: str, about: str) -> inquiring.InquiryOffer:
    with somebody() as actor:
        to = next(way.addressee.code for way in inquiring.ways_to_ask(actor) if way.addressee.kind == kind)
        return inquiring.inquiry_offer(case, to, about, actor)


def asked(case: str, kind: str, about: str, answer: str) -> None:
    """Ask about an address in words; `answer` is what is decided on each word that is marked."""
    offer = offer_of(case, kind, about)
    with somebody() as actor:
        choice = choice_of(offer, text=ASKED)
        looks = leaving_of_request.looks_of(offer, (), choice.text, choice.answer_by)
        choice = replace(choice, looked={look.key: answer for look in looks})
        actions.send_inquiry(case_code=case, to=offer.addressee.code, about=about, choice=choice, actor=actor)


@pytest.mark.parametrize(("kind", "about"), ABOUT_A_PLACE)
def test_an_address_that_is_typed_is_held_until_the_question_about_the_residents(
    kind: str, about: str
) -> None:
    case = taken_in(**NO_PLACE)
    assert not offer_of(case, kind, about).hindrances, "there is no place, so nothing else holds it"
    with pytest.raises(DomainError, match=FIRST):
        asked(case, kind, about, GO)
    with somebody() as actor:
        cases.answer_residents_question(actor=actor, code=case, answer="nobody_stays", first_step="who_joins")
    asked(case, kind, about, GO)


@pytest.mark.parametrize(("kind", "about"), ABOUT_A_PLACE)
def test_the_question_goes_without_the_address(kind: str, about: str) -> None:
    asked(taken_in(**NO_PLACE), kind, about, OUT)


def test_a_letter_that_asks_police_for_advice_names_no_place_that_was_typed() -> None:
    case = weighed(saw="De voorman slaat hem.", **NO_PLACE)
    for fact, value in (("form", "arbeidsuitbuiting"), ("forced", "perhaps")):
        with somebody() as actor:
            cases.set_fact(actor=actor, code=case, fact=fact, values=[value])
    with somebody() as actor:
        cases.start_actions(actor=actor, code=case, actions=["police_advice"])
        (offer,) = offers.offers_for(case, actor)
    looks = leaving.looks_of(offer, (), ASKED, offer.answer_by)
    assert looks
    problem = problem_with(offer, {look.key: GO for look in looks})
    assert FIRST in problem
    assert FIRST not in problem_with(offer, {look.key: OUT for look in looks})
    with somebody() as actor:
        cases.answer_residents_question(actor=actor, code=case, answer="nobody_stays", first_step="who_joins")
        (offer,) = offers.offers_for(case, actor)
    assert FIRST not in problem_with(offer, {look.key: GO for look in looks})


def problem_with(offer: choosing.Offer, looked: dict[str, str]) -> str:
    """Return all that is wrong with a question in which an address is typed."""
    partner = offer.partners[0]
    choice = choosing.Choice(
        partner=partner.id,
        channel=partner.channels[0],
        basis=offer.bases[0].id,
        purpose=offer.purposes[0].id,
        answer_by=offer.answer_by,
        expires=offer.expires,
        parts=choosing.ticked_beforehand(offer),
        question=ASKED,
        looked=looked,
    )
    return " ".join(chain(leaving.all_problems(offer, choice, offer.answer_by).values()))
