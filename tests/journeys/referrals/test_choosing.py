"""The rules between what a case offers and what a person chooses; no database."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluitend.journeys.referrals.actions.sending import content_of
from sluitend.journeys.referrals.choosing import (
    Choice,
    Offer,
    OfferedFile,
    OfferedPart,
    OfferedPartner,
    selected,
    ticked_beforehand,
    warning_for,
)
from sluitend.journeys.referrals.forms import TellForm
from sluitend.journeys.referrals.leaving import all_problems, going
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.reasons import Named

TODAY = date(2026, 11, 25)


def part(name: str, **changes: Any) -> OfferedPart:
    return replace(
        OfferedPart(id=name, part=name, title=f"Deel {name}", text=f"tekst van {name}", allowed=True),
        **changes,
    )


def offer(*parts: OfferedPart, **changes: Any) -> Offer:
    plain = Offer(
        key="place_arbeidsinspectie_refer",
        case_id=uuid4(),
        case_code="C-9T3F",
        case_name="Kas aan de Oostbuurt",
        track="place",
        actions=("work_inspect",),
        asks=("Vraag de Arbeidsinspectie om te kijken.",),
        release_number=1,
        partners=(OfferedPartner("arbeidsinspectie", "Arbeidsinspectie", "refer", ("account", "phone")),),
        bases=(Named("avg_6_1_e", "Taak"),),
        purposes=(Named("joint_check", "Samen controleren"),),
        parts=parts or (part("place"), part("person_name", allowed=False, identifies_person=True)),
        answer_by=TODAY + timedelta(days=14),
        expires=TODAY + timedelta(days=91),
        area="De Lier",
        residents_settled=True,
        grounds=(Named("danger", "Iemand loopt gevaar"),),
        wish_grounds=(Named("danger", "Direct gevaar"),),
    )
    return replace(plain, **changes)


def choice(**changes: Any) -> Choice:
    plain = Choice(
        partner="arbeidsinspectie",
        channel="account",
        basis="avg_6_1_e",
        purpose="joint_check",
        answer_by=TODAY + timedelta(days=14),
        expires=TODAY + timedelta(days=91),
        parts=frozenset({"place"}),
        question="Gaat u mee?",
    )
    return replace(plain, **changes)


def wrong(made: Offer, chosen: Choice) -> set[str]:
    return set(all_problems(made, chosen, TODAY))


def test_what_the_route_proposes_may_be_sent() -> None:
    assert wrong(offer(), choice()) == set()


def test_only_what_the_profile_allows_is_ticked_beforehand() -> None:
    made = offer(
        part("place"),
        part("person_name", allowed=False),
        part("care_file", never=True),
        part("attachments", files=(OfferedFile(uuid4(), ""),)),
    )
    assert ticked_beforehand(made) == {"place"}


def test_more_than_the_route_allows_needs_ground_and_sentence() -> None:
    more = choice(parts=frozenset({"place", "person_name"}))
    assert wrong(offer(), more) == {"beyond_ground", "beyond_reason"}
    assert wrong(offer(), replace(more, beyond_ground="danger", beyond_reason="kort")) == {"beyond_reason"}
    assert wrong(offer(), replace(more, beyond_ground="verzonnen", beyond_reason="Er is nu gevaar.")) == {
        "beyond_ground"
    }
    assert wrong(offer(), replace(more, beyond_ground="danger", beyond_reason="Er is nu gevaar.")) == set()


def test_a_warning_names_what_is_more_than_needed() -> None:
    assert "Deel person_name" in warning_for(selected(offer(), {"place", "person_name"}))
    assert warning_for(selected(offer(), {"place"})) == ""


@pytest.mark.parametrize("wish", ["no", "unclear"])
def test_saying_who_it_is_against_a_wish_needs_ground_and_text(wish: str) -> None:
    made = offer(part("person_name", identifies_person=True), wish=wish)
    chosen = choice(parts=frozenset({"person_name"}))
    assert wrong(made, chosen) == {"wish_ground", "wish_reason"}
    assert wrong(made, replace(chosen, wish_ground="danger", wish_reason="Anders gebeurt er iets.")) == set()
    assert ticked_beforehand(made) == frozenset()


def test_without_a_person_in_it_no_wish_stands_in_the_way() -> None:
    assert wrong(offer(wish="no"), choice()) == set()


def test_nothing_about_a_place_goes_before_the_residents_were_thought_of() -> None:
    assert wrong(offer(asks_residents=True, residents_settled=False), choice()) == {"parts"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"partner": "avim"}, "partner"),
        ({"channel": "secure_mail"}, "channel"),
        ({"basis": "wpg"}, "basis"),
        ({"purpose": "iets"}, "purpose"),
        ({"answer_by": TODAY - timedelta(days=1)}, "answer_by"),
        ({"answer_by": date(1850, 1, 1)}, "answer_by"),
        ({"expires": TODAY + timedelta(days=1)}, "expires"),
        ({"expires": date(2099, 1, 1)}, "expires"),
        ({"parts": frozenset[str]()}, "parts"),
        ({"parts": frozenset({"place", "onbekend"})}, "parts"),
        ({"question": "   "}, "question"),
        ({"question": "a" * 601}, "question"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(changes: dict[str, object], field: str) -> None:
    assert field in wrong(offer(), choice(**changes))


NAMES = st.text("abcdefgh", min_size=1, max_size=4)
PARTS = st.lists(
    st.builds(part, NAMES, allowed=st.booleans(), never=st.booleans(), identifies_person=st.booleans()),
    unique_by=lambda each: each.id,
    max_size=8,
)


@given(parts=PARTS, wanted=st.frozensets(NAMES))
def test_no_part_outside_the_chosen_set_reaches_the_recipient(
    parts: list[OfferedPart], wanted: frozenset[str]
) -> None:
    made = offer(part("vast"), *parts)
    sent = content_of(made, going(made, choice(parts=wanted), TODAY), Actor(name="Noor"), "")
    got = sent["parts"]
    assert isinstance(got, list)
    allowed = {each.id for each in made.parts if each.id in wanted and not each.never}
    assert {each["id"] for each in got} == allowed
    for each in made.parts:
        assert (each.text in [one["text"] for one in got]) == (each.id in allowed)


@given(parts=PARTS, wanted=st.frozensets(NAMES))
def test_what_passes_without_a_ground_stays_within_the_profile(
    parts: list[OfferedPart], wanted: frozenset[str]
) -> None:
    made = offer(part("vast"), *parts)
    if not all_problems(made, choice(parts=wanted), TODAY):
        assert all(each.allowed and not each.never for each in selected(made, wanted).parts)


@pytest.mark.parametrize(
    ("first", "seen"),
    [
        ("opgepakt", ["opgepakt", "mag_niets_zeggen", ""]),
        ("mag_niets_zeggen", ["mag_niets_zeggen", ""]),
        ("net_zo", ["net_zo", "mag_niets_zeggen", ""]),
    ],
)
def test_only_sentences_that_fit_the_answer_are_seen_at_once(first: str, seen: list[str]) -> None:
    sentences = [
        Named("gesloten", "Het is klaar."),
        Named("opgepakt", "Iemand is aan de slag."),
        Named("net_zo", "Iemand is aan de slag."),
        Named("mag_niets_zeggen", "Meer mogen wij niet vertellen."),
    ]
    form = TellForm(sentences, first)
    choices = [value for value, _label in form.fields["tell"].choices]  # type: ignore[attr-defined]

    assert choices[: len(seen)] == seen
    assert form.seen == f":{len(seen)}"
    assert "gesloten" in choices[len(seen) :]
    assert len(choices) == 4
