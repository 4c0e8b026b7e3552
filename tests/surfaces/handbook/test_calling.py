"""Who to call: the rules of the focal point, the hours of now, and nothing that this reader may not see."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.packs import den_haag

from sluitend.journeys.cases.queries.facts import FLAGS
from sluitend.kernel.handbook.guidance import Answer, Territory, Wish
from sluitend.kernel.handbook.routing import CaseFacts, advise
from sluitend.surfaces.handbook.calling import KEYS, OUTSIDE, POLICE, Answers, Call, call_for, facts_of

ADDRESS = "/handboek/wie-bel-ik/"
DELFT, LEIDEN = "GM0503", "GM0546"
NIGHT = datetime(2026, 11, 25, 2, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
NOON = NIGHT.replace(hour=12)
PACK = den_haag()
FORMS = ("", *PACK.forms.ids)


def some_answers(forms: tuple[str, ...] = FORMS) -> Iterator[Answers]:
    """Yield every answer alone and every pair, in both subregions and outside, with every form."""
    chosen = [tuple(each) for size in (1, 2) for each in combinations(KEYS, size)]
    for municipality in (DELFT, LEIDEN, OUTSIDE):
        for situations in chosen:
            for form in forms:
                yield Answers(municipality, situations, form)


def call(answers: Answers, *, professional: bool = True, moment: datetime = NOON) -> Call:
    """Return who to call by the pack of the region."""
    return call_for(answers, PACK, professional=professional, moment=moment)


def test_for_every_combination_the_partner_is_the_one_that_the_routing_gives() -> None:
    reached: set[str] = set()
    for answers in some_answers():
        routed = advise(facts_of(answers, PACK, NOON.date()), PACK)
        for professional in (True, False):
            found = call(answers, professional=professional)
            assert (found.advice and found.advice.route) is (routed[0].route if routed else None), answers
            assert found.partner is next(iter(routed[0].partners if routed else ()), None), answers
        reached |= {each.route.id for each in routed}
    # Whether a matter is of another municipality of the region, its focal point decides.
    assert reached == set(PACK.routes.ids) - {"other_municipality"}


@given(
    chosen=st.sets(st.sampled_from(KEYS)),
    form=st.sampled_from(FORMS),
    place=st.sampled_from((*PACK.municipalities.ids, OUTSIDE)),
)
def test_every_answer_reaches_the_rules_as_a_case_would_state_it(
    chosen: set[str], form: str, place: str
) -> None:
    facts = facts_of(Answers(place, tuple(sorted(chosen)), form), PACK, NOON.date())
    expected = CaseFacts(
        acute="danger" in chosen,
        person_known=bool(chosen & {"wants_help", "wish_unclear", "complex"}),
        place_or_company_known="place" in chosen,
        suspicion_only="suspicion" in chosen,
        organised="pattern" in chosen,
        coerced_into_crime="crime" in chosen,
        complex_person="complex" in chosen,
        diplomatic_household="embassy" in chosen,
        bad_housing="housing" in chosen,
        minor=Answer.YES if chosen & {"minor", "alone"} else Answer.UNKNOWN,
        non_eu_minor=Answer.YES if "alone" in chosen else Answer.UNKNOWN,
        coercion_seen=Answer.YES
        if "coercion" in chosen
        else Answer.NO
        if "housing" in chosen
        else Answer.UNKNOWN,
        wish=Wish.YES
        if "wants_help" in chosen
        else Wish.UNCLEAR
        if "wish_unclear" in chosen
        else Wish.UNKNOWN,
        territory=Territory.OUTSIDE_REGION if place == OUTSIDE else Territory.HERE,
        forms=frozenset({form} if form else ()),
        subregion=PACK.municipalities[place].subregion if place != OUTSIDE else None,
        on=NOON.date(),
    )
    assert facts == expected


def test_every_flag_of_a_case_can_be_answered() -> None:
    for name in FLAGS:
        assert any(getattr(facts_of(Answers(DELFT, (key,)), PACK, NOON.date()), name) for key in KEYS), name


def test_who_is_not_signed_in_gets_no_unconfirmed_number_partner_or_rule() -> None:
    for answers in some_answers(("", "arbeidsuitbuiting")):
        found = call(answers, professional=False, moment=NIGHT)
        shown = [each for each in (found.number, *found.later, *found.instead) if each]
        assert all(each.line.public for each in shown), answers
        assert all(each.partner is None or each.partner.confirmed for each in shown), answers
        assert found.stated == bool(found.advice and found.advice.confirmed), answers


def test_at_two_at_night_there_is_always_somebody_who_answers() -> None:
    for answers in some_answers(("", "arbeidsuitbuiting")):
        for professional in (True, False):
            found = call(answers, professional=professional, moment=NIGHT)
            sure = found.reached and found.number is not None and found.number.line.confirmed
            assert sure or (found.instead and found.instead[0].answered.now), answers
            assert all(each.answered.now is not False for each in found.instead), answers


def test_where_there_is_no_number_the_one_for_danger_stands_first() -> None:
    answers = Answers(DELFT, ("place", "coercion"), "arbeidsuitbuiting")
    for moment in (NIGHT, NOON):
        found = call(answers, moment=moment)
        assert found.number is None
        assert found.instead[0].line.id == "112"


def test_hours_that_were_not_checked_are_for_who_is_signed_in() -> None:
    answers = Answers(DELFT, ("wants_help",))
    police = [
        next(each for each in call(answers, professional=professional).instead if each.line.id == POLICE)
        for professional in (True, False)
    ]
    assert [each.answered.now for each in police] == [True, None]


def test_danger_goes_before_all_else() -> None:
    for key in KEYS:
        found = call(Answers(DELFT, ("danger", key)))
        assert found.number is not None
        assert found.number.line.id == "112"


@pytest.mark.parametrize(("place", "partner"), [(DELFT, "vt_haaglanden"), (LEIDEN, "vt_hollands_midden")])
def test_a_child_goes_to_veilig_thuis_of_the_subregion(place: str, partner: str) -> None:
    found = call(Answers(place, ("minor",)), moment=NIGHT)
    assert found.partner is not None
    assert found.partner.id == partner
    assert found.number is not None
    assert found.number.answered.always
    assert found.instead == ()


@pytest.fixture
def anybody(region: Any) -> Client:
    """A browser of somebody who is not signed in."""
    return Client()


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be two at night."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT)


def test_a_typed_place_is_resolved_and_stands_nowhere_in_the_answer(anybody: Client) -> None:
    typed = "Tuinderspad 12, Maassluis, 2675 AB Honselersdijk"
    answer = anybody.post(ADDRESS, {"place": typed, "what": ["minor"]})
    content = answer.content.decode()
    assert "Melden in Westland" in content
    assert "Tuinderspad" not in content
    assert "Tuinderspad" not in str(answer.headers)
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"what": ["minor"]}, "Kies de gemeente, of typ een plaats."),
        ({"what": ["minor"], "place": "Ergens"}, "Wij vinden deze plaats niet"),
        ({"municipality": DELFT}, "Kies wat er aan de hand is"),
        ({"municipality": "GM9999", "what": ["minor"]}, "Kies een gemeente uit de lijst."),
        ({"municipality": DELFT, "what": ["<script>"]}, "Kies iets uit de lijst."),
        ({"place": "x" * 5000, "what": ["minor"]}, "300"),
    ],
)
def test_what_is_missing_or_bent_is_asked_again(anybody: Client, sent: dict[str, Any], said: str) -> None:
    answer = anybody.post(ADDRESS, sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_answers_can_be_changed(anybody: Client) -> None:
    sent = {"go": "change", "municipality": DELFT, "what": ["minor", "alone"], "more": ["minor", "alone"]}
    answer = anybody.post(ADDRESS, sent)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert content.count(" checked") == 3  # with "I do not know" for the form
    assert f'value="{DELFT}" selected' in content


def test_another_site_cannot_ask(anybody: Client) -> None:
    sent = {"municipality": DELFT, "what": ["minor"]}
    assert anybody.post(ADDRESS, sent, headers={"sec-fetch-site": "cross-site"}).status_code == 400


def test_in_danger_the_page_says_112(anybody: Client) -> None:
    content = anybody.post(ADDRESS, {"municipality": DELFT, "what": ["danger"]}).content.decode()
    assert ">Bel 112</h1>" in content
    assert content.index('href="tel:112"') < content.index("Ook nodig")


def test_who_is_not_signed_in_reads_no_unconfirmed_rule_or_number(anybody: Client) -> None:
    content = anybody.post(ADDRESS, {"municipality": DELFT, "what": ["wants_help"]}).content.decode()
    assert "070-361 47 47" not in content
    assert PACK.routes["adult_wants_help"].explanation.nl not in content
    assert "0900-8844" in content
    assert "Melden in Delft" in content


def test_who_is_signed_in_reads_the_rule_and_the_number_with_their_mark(
    region: Any, client_for: Callable[[str], Client]
) -> None:
    client = client_for("af@westland.example")
    content = client.post(ADDRESS, {"municipality": DELFT, "what": ["wants_help"]}).content.decode()
    assert "070-361 47 47" in content
    assert 'href="tel:0703614747"' not in content
    assert "Niet bevestigd. Controleer het nummer eerst." in content
    assert "niet bevestigd" in content
    assert PACK.routes["adult_wants_help"].label.nl in content


@pytest.mark.usefixtures("night")
def test_at_two_at_night_the_page_says_who_answers_and_when_who_does_not_opens(
    region: Any, client_for: Callable[[str], Client]
) -> None:
    sent = {"municipality": OUTSIDE, "what": ["place"]}
    content = client_for("af@westland.example").post(ADDRESS, sent).content.decode()
    assert "Nu dicht. Open: vandaag, 09:00." in content  # CoMensha
    assert "Neemt er niemand op?" in content
    assert 'href="tel:112"' in content


def test_the_way_to_report_goes_on_with_the_municipality(anybody: Client) -> None:
    sent = {"go": "begin", "kind": "report", "municipality": DELFT}
    content = anybody.post("/melden/", sent).content.decode()
    assert f'value="{DELFT}" selected' in content
