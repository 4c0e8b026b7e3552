"""What the plan lets wait leaves by no other door: where a suspect lives, and a case that is locked."""

from dataclasses import replace

import pytest
from django.utils import timezone
from tests.journeys.exchanges.situations import Between
from tests.packs import den_haag

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.exchanges import actions, inquiring, leaving, offers
from sluitend.journeys.exchanges.parts import PartsOffer
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.telltale import GO

pytestmark = pytest.mark.django_db

SUSPECT = {"suspect": "yes", "place_kind": "home", "danger": "soon", "may_know": "unknown"}
LAWYER = den_haag().plan_gates["suspect_home"].text.nl


def say(between: Between, **facts: str) -> None:
    """Record these facts of the case."""
    for fact, value in facts.items():
        with acting(between.sender):
            cases.set_fact(actor=between.sender, code=between.case, fact=fact, values=[value])


def offer(between: Between) -> offers.TransferOffer:
    """Return what may go along."""
    with acting(between.sender):
        return offers.transfer_offer(between.case, between.sender)


def place(offered: PartsOffer) -> tuple[bool, str]:
    """Return whether the address may go along, or why not."""
    (found,) = [each for each in offered.parts if each.id == "place"]
    return found.allowed, found.reason


def test_where_a_suspect_lives_stays_until_a_lawyer_was_asked(between: Between) -> None:
    assert place(offer(between)) == (True, "")
    say(between, **SUSPECT)
    assert place(offer(between)) == (False, LAWYER)
    with acting(between.sender):
        cases.finish_action(actor=between.sender, code=between.case, action="suspect_lawyer")
    assert place(offer(between)) == (True, "")


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("danger", "now"),
        ("may_know", "all"),
        ("one_person", "no"),
        ("place_kind", "company"),
        ("suspect", "no"),
    ],
)
def test_what_opens_it_for_the_police_opens_it_here(between: Between, fact: str, value: str) -> None:
    say(between, **SUSPECT)
    say(between, **{fact: value})
    assert place(offer(between)) == (True, "")


def test_nor_does_it_leave_in_words(between: Between) -> None:
    say(between, **SUSPECT)
    found = offer(between)
    assert found.only is not None
    assert "place" not in found.only
    assert {"vehicle", "phone", "person_name"} <= found.only
    choice = offers.TransferChoice(
        parts=frozenset(each.id for each in found.allowed if each.id in ("area", "plan")),
        municipality="GM0518",
        way="",
        basis=found.bases[0].id,
        purpose=found.purposes[0].id,
        answer_by=found.answer_by,
        explanation="Hij woont op Zwethkade 53, De Lier.",
    )
    parts = leaving.as_written(found, choice.parts, choice.texts)
    looks = leaving.looks_of(found, parts, choice.explanation, timezone.localdate())
    assert any("Zwethkade" in look.text for look in looks)
    let = replace(choice, looked=dict.fromkeys((look.key for look in looks), GO))
    with acting(between.sender), pytest.raises(DomainError):
        actions.send_transfer(case_code=between.case, actor=between.sender, choice=let)


def test_the_police_are_not_asked_about_it_by_another_door_either(between: Between) -> None:
    say(between, **SUSPECT)
    with acting(between.sender):
        asked = inquiring.inquiry_offer(between.case, "avim", "investigation", between.sender)
    assert place(asked) == (False, LAWYER)
    assert asked.only is not None
    assert "place" not in asked.only


def test_a_case_that_the_plan_holds_back_is_not_handed_over_by_its_page(between: Between) -> None:
    assert not offer(between).hindrances
    say(between, hold="active")
    held = den_haag().plan_gates["holder"].text.nl
    assert held in [each.text for each in offer(between).hindrances]
    with pytest.raises(DomainError, match="wie om wachten vroeg"):
        between.send()
