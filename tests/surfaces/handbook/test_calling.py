"""Who to call: the rules of the plan, help before who enforces, and nothing that this reader may not see."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests import tiers
from tests.packs import den_haag

from sluitend.kernel.handbook.entries import Entries, Entry
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import facts_with
from sluitend.kernel.handbook.plans import PartyKind
from sluitend.kernel.handbook.recognition import OpenHours
from sluitend.kernel.organisations.models import Organisation
from sluitend.surfaces.handbook.calling import (
    OUTSIDE,
    Answers,
    Call,
    call_for,
    every_number,
    facts_of,
    questions,
)
from sluitend.surfaces.handbook.reading import Reading

ADDRESS = "/handboek/wie-bel-ik/"
DELFT, LEIDEN = "GM0503", "GM0546"
NIGHT = datetime(2026, 11, 25, 2, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
NOON = NIGHT.replace(hour=12)
PACK = den_haag()
KEYS = tuple(each.id for each in questions(PACK))
FORMS = ("", *PACK.forms.ids)
ENFORCERS = {PartyKind.POLICE, PartyKind.INSPECTORATE, PartyKind.INSPECTION, PartyKind.PROSECUTION}


def some_answers(most: int, forms: Iterable[str]) -> Iterator[Answers]:
    """Yield every combination of so many answers, in both subregions and outside, with every form."""
    chosen = [each for size in range(1, most + 1) for each in combinations(KEYS, size)]
    for municipality in (DELFT, LEIDEN, OUTSIDE):
        for situations in chosen:
            for form in forms:
                yield Answers(municipality, situations, form)


def every_answer() -> Iterator[Answers]:
    """Yield every combination of up to three answers, and of fewer with every form."""
    yield from some_answers(3, ("", "arbeidsuitbuiting"))
    yield from some_answers(tiers.either(1, 2), FORMS)


def call(answers: Answers, *, professional: bool = True, moment: datetime = NOON, pack: Pack = PACK) -> Call:
    """Return who to call by the pack of the region."""
    return call_for(answers, pack, professional=professional, moment=moment)


def parties(found: Call) -> list[str]:
    """Return the parties of an advice, in order."""
    return [each.party.id for each in found.contacts]


def changed(part: str, **updates: dict[str, Any]) -> Pack:
    """Return the pack with some entries of a part changed."""
    entries: Entries[Any] = getattr(PACK, part)
    made: list[Entry] = [each.model_copy(update=updates.get(each.id, {})) for each in entries]
    return PACK.model_copy(update={part: Entries(tuple(made))})


def test_for_every_combination_there_is_somebody_to_go_to_and_help_comes_before_who_enforces() -> None:
    for answers in every_answer():
        for professional in (True, False):
            found = call(answers, professional=professional)
            assert found.contacts, answers
            kinds = [each.party.kind in ENFORCERS for each in found.contacts]
            assert not kinds[0], answers
            assert kinds == sorted(kinds), answers
            assert len(set(parties(found))) == len(found.contacts), answers


def test_for_every_combination_a_number_has_what_must_be_said_first_and_every_warning_is_there() -> None:
    for answers in every_answer():
        for professional in (True, False):
            for each in call(answers, professional=professional).contacts:
                assert each.first or each.number is None, answers
                shown = {warning.id for warning in (*each.first, *each.warnings)}
                asked = {warning.id for one in each.asks for warning in one.warnings}
                assert shown == asked | {one.first.id for one in each.asks if one.first}, answers


def test_who_is_not_signed_in_gets_no_unconfirmed_number_party_or_choice() -> None:
    for answers in every_answer():
        for each in call(answers, professional=False, moment=NIGHT).contacts:
            assert each.party.confirmed, answers
            assert each.number is None or each.number.line.public, answers
            assert all(one.action.public and one.action.confirmed for one in each.asks), answers


def test_who_is_signed_in_sees_all_that_anybody_sees_and_what_is_not_confirmed() -> None:
    more = 0
    for answers in every_answer():
        asked = [
            {one.id for each in call(answers, professional=professional).contacts for one in each.asks}
            for professional in (False, True)
        ]
        assert asked[0] <= asked[1], answers
        more += asked[0] < asked[1]
    assert more


def test_who_stopped_is_not_named_while_there_is_somebody_else_and_never_called() -> None:
    every = {each.id: {"valid_until": NOON.date() - timedelta(days=1)} for each in PACK.partners}
    for answers in some_answers(1, FORMS):
        usual = call(answers)
        for one in {each.partner.id for each in usual.contacts if each.partner}:
            found = call(answers, pack=changed("partners", **{one: every[one]}))
            others = [each for each in usual.contacts if not (each.partner and each.partner.id == one)]
            helps = any(each.party.kind not in ENFORCERS for each in others)
            named = one in {each.partner.id for each in found.contacts if each.partner}
            assert named != helps, (answers, one)
        nobody = call(answers, pack=changed("partners", **every))
        assert nobody.contacts
        assert not any(each.number for each in nobody.contacts if each.partner)


def test_danger_goes_before_all_else() -> None:
    for answers in every_answer():
        for professional in (True, False):
            found = call(answers, professional=professional, moment=NIGHT)
            assert found.acute == ("danger" in answers.situations), answers
            if found.acute:
                assert parties(found)[0] == "112", answers
                assert found.danger is None, answers


def test_at_two_at_night_there_is_always_somebody_who_answers() -> None:
    for answers in every_answer():
        for professional in (True, False):
            found = call(answers, professional=professional, moment=NIGHT)
            assert found.first, answers
            number = found.danger or found.first.number
            assert number, answers
            assert number.line.confirmed, answers
            assert number.answered.now, answers


@given(
    chosen=st.sets(st.sampled_from(KEYS)),
    form=st.sampled_from(FORMS),
    place=st.sampled_from((*PACK.municipalities.ids, OUTSIDE)),
)
def test_every_answer_reaches_the_rules_as_a_case_would_state_it(
    chosen: set[str], form: str, place: str
) -> None:
    facts = facts_of(Answers(place, tuple(sorted(chosen)), form), PACK)
    told = {
        "danger": "now" if "danger" in chosen else None,
        "minor": "yes" if "child_alone" in chosen else "perhaps" if "child" in chosen else None,
        "child_alone": "yes" if "child_alone" in chosen else None,
        "wish": "unclear" if "wish_unclear" in chosen else "yes" if "wants_help" in chosen else None,
        "may_know": "care" if "wants_help" in chosen else None,
        "tonight": "nowhere" if "bed" in chosen else None,
        "place": "known" if "place" in chosen else None,
        "forced": "yes" if "force" in chosen else "no" if "housing" in chosen else None,
        "housing": "bad" if "housing" in chosen else None,
        "territory": "outside_region" if place == OUTSIDE else "here",
        "subregion": PACK.municipalities[place].subregion if place != OUTSIDE else None,
    }
    given_facts = [(name, value) for name, value in told.items() if value]
    forms = {form, "huwelijksuitbuiting" if "marriage" in chosen else ""} - {""}
    assert facts == facts_with(PACK, [*given_facts, *(("form", each) for each in forms)])


def test_what_the_guide_says_is_shown_to_everybody() -> None:
    wants_help = ("wants_help",)
    assert parties(call(Answers(DELFT, wants_help), professional=False)) == ["care_coordination"]
    assert parties(call(Answers(LEIDEN, wants_help), professional=False)) == [
        "care_coordination",
        "leger_des_heils",
    ]
    for place in (DELFT, LEIDEN):
        assert parties(call(Answers(place, ("wish_unclear",)), professional=False)) == ["care_coordination"]


def test_outside_the_region_nobody_is_sent_to_who_works_in_it_only(anybody: Client) -> None:
    found = call(Answers(OUTSIDE, ("wish_unclear",)), professional=True)
    assert found.first is not None
    assert found.first.number is not None
    assert (found.first.number.line.id, found.first.partner) == ("comensha", None)
    heard = anybody.post(ADDRESS, {"municipality": OUTSIDE, "what": ["wish_unclear"]}).content.decode()
    assert "CoMensha" in heard.split("</h1>")[0].split("<h1")[1]
    assert PACK.plan_actions["care_advice"].says.nl not in heard
    there = anybody.post(ADDRESS, {"municipality": DELFT, "what": ["wish_unclear"]}).content.decode()
    assert "Neem contact op met SHOP" in there
    assert PACK.plan_actions["care_advice"].says.nl in there


@pytest.mark.parametrize("what", ["danger", "child"])
def test_outside_the_region_who_comes_after_somebody_else_has_another_name_too(
    region: Any, client_for: Callable[[str], Client], what: str
) -> None:
    assert parties(call(Answers(OUTSIDE, (what,)), professional=True))[1:] == ["care_coordination"]
    client = client_for("af@westland.example")

    def named(place: str, answer: str) -> list[str]:
        page = client.post(ADDRESS, {"municipality": place, "what": [answer]}).content.decode()
        return re.findall(r'<h3 class="sl-panel__title">\s*([^<]*?)\s*<', page)

    assert "CoMensha" in named(OUTSIDE, what)
    assert "SHOP" not in named(OUTSIDE, what)
    assert "SHOP" in named(DELFT, "danger")


@pytest.mark.parametrize(("place", "partner"), [(DELFT, "vt_haaglanden"), (LEIDEN, "vt_hollands_midden")])
def test_a_child_goes_to_veilig_thuis_of_the_subregion(place: str, partner: str) -> None:
    found = call(Answers(place, ("child",)), moment=NIGHT)
    assert found.first is not None
    assert found.first.partner is not None
    assert found.first.partner.id == partner
    assert found.first.number is not None
    assert found.first.number.answered.always
    assert found.danger is None


def test_the_inspectorate_stands_below_help_with_the_papers_first_and_never_alone() -> None:
    answers = Answers(DELFT, ("place", "force"), "arbeidsuitbuiting")
    hurried = changed(
        "plan_rules",
        labour={
            "adds": tuple(
                each.model_copy(update={"urgency": Urgency.NOW}) for each in PACK.plan_rules["labour"].adds
            )
        },
    )
    for pack in (PACK, hurried):
        found = call(answers, professional=False, pack=pack)
        assert parties(found) == ["care_coordination", "arbeidsinspectie"]
        assert found.contacts[1].number is not None
        assert [each.id for each in found.contacts[1].first] == ["papers"]
        assert "help" in [each.id for each in found.contacts[1].locks]
    nobody_helps = changed("plan_parties", care_coordination={"confirmed": False})
    assert call(answers, professional=False, pack=nobody_helps).contacts == ()


def test_a_number_without_a_word_to_say_first_does_not_stand() -> None:
    answers = Answers(DELFT, ("child",))
    silent = changed("plan_actions", child_vt={"first": None})
    found = call(answers, professional=False, pack=silent)
    assert parties(found) == ["veilig_thuis"]
    assert found.first is not None
    assert found.first.number is None
    assert found.danger is not None
    assert found.danger.line.id == "112"


def test_a_number_that_is_closed_now_leaves_the_one_for_danger() -> None:
    office = OpenHours(days=(1, 2, 3, 4, 5), opens="09:00", closes="17:00")
    pack = changed("help_lines", shop={"confirmed": True, "open": (office,)})
    at_night, at_noon = (
        call(Answers(DELFT, ("wants_help",)), professional=False, moment=moment, pack=pack)
        for moment in (NIGHT, NOON)
    )
    assert at_night.first is not None
    assert at_night.first.number is not None
    assert at_night.first.number.answered.now is False
    assert at_night.danger is not None
    assert at_noon.danger is None


def test_hours_that_were_not_checked_are_for_who_is_signed_in() -> None:
    comensha = [
        next(
            each
            for each in every_number(PACK, professional=professional, moment=NOON)
            if each.line.id == "comensha"
        )
        for professional in (True, False)
    ]
    assert [each.answered.now for each in comensha] == [True, None]


def test_a_handbook_without_rules_for_a_plan_sends_to_a_person() -> None:
    parts = [name for name in Pack.model_fields if name.startswith("plan_")]
    pack = PACK.model_copy(update={name: Entries(()) for name in parts})
    found = call(Answers(DELFT, ()), pack=pack)
    assert found.contacts == ()
    assert found.danger is not None


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
    answer = anybody.post(ADDRESS, {"place": typed, "what": ["child"]})
    content = answer.content.decode()
    assert "Melden in Westland" in content
    assert "Tuinderspad" not in content
    assert "Tuinderspad" not in str(answer.headers)
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"what": ["child"]}, "Kies de gemeente, of typ een plaats."),
        ({"what": ["child"], "place": "Ergens"}, "Wij vinden deze plaats niet"),
        ({"municipality": DELFT}, "Kies wat er aan de hand is"),
        ({"municipality": "GM9999", "what": ["child"]}, "Kies een gemeente uit de lijst."),
        ({"municipality": DELFT, "what": ["<script>"]}, "Kies iets uit de lijst."),
        ({"place": "x" * 5000, "what": ["child"]}, "300"),
    ],
)
def test_what_is_missing_or_bent_is_asked_again(anybody: Client, sent: dict[str, Any], said: str) -> None:
    answer = anybody.post(ADDRESS, sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_answers_can_be_changed(anybody: Client) -> None:
    sent = {
        "go": "change",
        "municipality": DELFT,
        "what": ["child", "child_alone"],
        "more": ["child", "child_alone"],
    }
    answer = anybody.post(ADDRESS, sent)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert content.count(" checked") == 3  # with "I do not know" for the form
    assert f'value="{DELFT}" selected' in content


def test_another_site_cannot_ask(anybody: Client) -> None:
    sent = {"municipality": DELFT, "what": ["child"]}
    assert anybody.post(ADDRESS, sent, headers={"sec-fetch-site": "cross-site"}).status_code == 400


def test_in_danger_the_page_says_112(anybody: Client) -> None:
    content = anybody.post(ADDRESS, {"municipality": DELFT, "what": ["danger"]}).content.decode()
    assert ">Bel 112</h1>" in content
    assert PACK.plan_warnings["call_first"].text.nl in content
    one = content.split('class="sl-loud" href="tel:112"')
    assert len(one) == 2
    said = [each.nl for each in PACK.plan_actions["call_112"].aloud]
    assert len(said) == 3
    assert all(f"<li>{each}</li>" in content for each in said)
    # In danger nothing else is asked of who calls.
    for other in ("Houd bij de hand", "Vertel dit niet", "Wacht hiermee"):
        assert other not in content


@pytest.mark.parametrize("moment", [NIGHT, NOON])
def test_a_link_to_press_holds_the_number_alone_at_any_hour(
    client_for: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> None:
    """A number is not broken over two lines: a sentence in the same link would be wider than a phone."""
    page = client_for("af@westland.example")
    Organisation.objects.filter(code=DELFT).update(telephone="015 000 00 00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    content = page.post(ADDRESS, {"municipality": DELFT, "what": ["wants_help"]}).text
    assert "015 000 00 00" in content
    links = re.findall(
        r'<a\s+class="sl-link[^"]*"\s+href="tel:(?!112)[^"]*"\s*>(.*?)</a>', content, re.DOTALL
    )
    words = [re.sub(r"<svg.*?</svg>", "", each) for each in links]
    assert [each for each in words if re.search("[a-z]", each)] == []


def test_who_is_not_signed_in_reads_a_name_with_the_number_of_the_municipality(anybody: Client) -> None:
    Organisation.objects.filter(code=DELFT).update(telephone="015 000 00 00")
    content = anybody.post(ADDRESS, {"municipality": DELFT, "what": ["wants_help"]}).content.decode()
    assert ">Neem contact op met SHOP</h1>" in content
    assert "070-361 47 47" not in content
    assert "Uw gemeente belt met u mee." in content
    assert 'href="tel:0150000000"' in content
    assert PACK.plan_warnings["wish"].text.nl in content
    # A caution stands there whether it is confirmed or not; a rule does not.
    assert not PACK.plan_warnings["contact"].confirmed
    assert PACK.plan_warnings["contact"].text.nl in content
    assert "niet bevestigd" not in content
    assert PACK.plan_rules["wants_help"].because.nl in content
    assert "Melden in Delft" in content


def test_the_inspectorate_is_no_large_number_and_stands_below_its_caution(anybody: Client) -> None:
    Organisation.objects.filter(code=DELFT).update(telephone="015 000 00 00")
    sent = {"municipality": DELFT, "what": ["place", "force"], "form": "arbeidsuitbuiting"}
    content = anybody.post(ADDRESS, sent).content.decode()
    said = [
        ">Neem contact op met SHOP</h1>",
        'class="sl-call" href="tel:0150000000"',
        PACK.plan_warnings["papers"].text.nl,
        'href="tel:08005151"',
    ]
    places = [content.index(each) for each in said]
    assert places == sorted(places)
    assert content.count('class="sl-call"') == 1


@pytest.mark.parametrize(
    "address",
    ["/handboek/nummers/", "/handboek/partners/arbeidsinspectie/", "/handboek/voor/employers/"],
)
def test_no_page_has_the_number_of_who_enforces_without_what_must_come_first(
    anybody: Client, address: str
) -> None:
    content = anybody.get(address).content.decode()
    assert content.count("0800-5151") == content.count(PACK.plan_warnings["papers"].text.nl) == 1
    assert content.index(PACK.plan_warnings["papers"].text.nl) < content.index("0800-5151")


def test_who_is_signed_in_reads_what_is_not_confirmed_with_its_mark(
    region: Any, client_for: Callable[[str], Client]
) -> None:
    client = client_for("af@westland.example")
    sent = {"municipality": DELFT, "what": ["wants_help", "bed"]}
    content = client.post(ADDRESS, sent).content.decode()
    assert "070-361 47 47" in content
    assert 'href="tel:0703614747"' not in content
    assert "Niet bevestigd. Controleer het nummer eerst." in content
    assert "niet bevestigd" in content
    assert PACK.plan_actions["bed_tonight"].says.nl in content
    assert PACK.plan_actions["bed_tonight"].says.nl not in Client().post(ADDRESS, sent).content.decode()


@pytest.mark.usefixtures("night")
def test_at_two_at_night_the_pages_say_who_answers_and_when_who_does_not_opens(
    region: Any, client_for: Callable[[str], Client]
) -> None:
    client = client_for("af@westland.example")
    content = client.post(ADDRESS, {"municipality": OUTSIDE, "what": ["place"]}).content.decode()
    assert "Kan het niet wachten?" in content
    assert 'href="tel:112"' in content
    assert "Nu dicht. Open: vandaag, 09:00." in client.get("/handboek/nummers/").content.decode()  # CoMensha


def test_one_number_is_loud_with_what_to_say_and_what_this_situation_asks(anybody: Client) -> None:
    content = anybody.post(ADDRESS, {"municipality": DELFT, "what": ["child"]}).content.decode()
    assert content.count('class="sl-loud"') == 1
    assert 'class="sl-loud" href="tel:08002000"' in content
    assert "Nummer nagekeken op 25 november 2026." in content
    assert PACK.plan_actions["child_vt"].aloud[0].nl in content
    waits = content.split("Wacht hiermee")[1].split("</section>")[0] if "Wacht hiermee" in content else ""
    assert PACK.plan_warnings["no_parents"].text.nl not in waits  # it stands above the number already
    assert content.index(PACK.plan_warnings["no_parents"].text.nl) < content.index('class="sl-loud"')


def test_what_not_to_tell_and_what_to_wait_with_differ_by_situation(anybody: Client) -> None:
    parts = {
        what: anybody.post(ADDRESS, {"municipality": DELFT, field: [what]}).content.decode()
        for field, what in (("what", "child"), ("what", "wants_help"), ("more", "marriage"))
    }
    told = {what: page.split("Vertel dit niet")[1].split("</section>")[0] for what, page in parts.items()}
    assert len(set(told.values())) == len(told)
    assert "Adres: een plek om af te spreken is genoeg" in told["wants_help"]
    waits = parts["wants_help"].split("Wacht hiermee")[1].split("</section>")[0]
    assert PACK.plan_warnings["contact"].text.nl in waits


def test_who_answers_now_stands_where_a_number_is_closed_or_not_sure() -> None:
    office = OpenHours(days=(1, 2, 3, 4, 5), opens="09:00", closes="17:00")
    always = OpenHours(days=(1, 2, 3, 4, 5, 6, 7), opens="00:00", closes="00:00")
    pack = changed(
        "help_lines",
        shop={"confirmed": True, "open": (office,)},
        comensha={"open": (always,), "open_confirmed": True},
    )
    answers = Answers(DELFT, ("wants_help",))
    at_night = call(answers, professional=False, moment=NIGHT, pack=pack).first
    at_noon = call(answers, professional=False, pack=pack).first
    assert at_night is not None
    assert at_noon is not None
    assert at_night.sure is None
    assert at_night.answers_now is not None
    assert at_night.answers_now.line.id == "comensha"
    assert at_noon.sure is not None
    assert at_noon.sure.line.id == "shop"
    unsure = call(answers, professional=True).first
    assert unsure is not None
    assert unsure.number is not None
    assert unsure.sure is None


def test_a_closed_number_gives_way_to_who_can_be_called_now(
    anybody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = OpenHours(days=(1,), opens="09:00", closes="09:01")
    pack = changed("help_lines", veiligthuis={"open": (office,)})
    held = Reading(pack, 1, False, NOON.date())
    monkeypatch.setattr("sluitend.surfaces.handbook.views.who.reading", lambda _request: held)
    Organisation.objects.filter(code=DELFT).update(telephone="015 000 00 00")
    content = anybody.post(ADDRESS, {"municipality": DELFT, "what": ["child"]}).content.decode()
    assert "sl-loud" not in content
    assert "Nu dicht. Open:" in content
    assert content.index("Wie u nu kunt bellen") < content.index('class="sl-call" href="tel:0150000000"')


def test_the_way_to_report_goes_on_with_the_municipality(anybody: Client) -> None:
    sent = {"go": "begin", "kind": "report", "municipality": DELFT}
    content = anybody.post("/melden/", sent).content.decode()
    assert f'value="{DELFT}" selected' in content
