"""One decision, several letters: actions of one partner go together, and each partner reads only its own."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from tests import samples
from tests.journeys.cases.matters import FOCAL, row, somebody, taken_in, weighed
from tests.journeys.referrals.situations import in_letter, proposed
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries
from sluitend.journeys.cases.models import Track
from sluitend.journeys.cases.queries.plan_views import ActionView
from sluitend.journeys.referrals import actions
from sluitend.journeys.referrals.choosing import Offer, ticked_beforehand
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries import offers, received, sent
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db

type Clients = Callable[[str], Client]

TONIGHT = "Zij wil hulp. De voorman slaat haar. Zij is bang voor vanavond. Zij kan nergens heen."


def started(*chosen: str, saw: str = TONIGHT) -> str:
    """Return a case of which these actions are being composed."""
    code = weighed(saw=saw)
    start(code, *chosen)
    return code


def start(code: str, *chosen: str) -> None:
    """Begin to compose these."""
    with somebody() as actor:
        cases.start_actions(actor=actor, code=code, actions=chosen)


def letters(code: str) -> dict[str, Offer]:
    """Return what is being composed, by partner."""
    with somebody() as actor:
        return {each.partners[0].id: each for each in offers.offers_for(code, actor)}


def acts(code: str) -> dict[str, ActionView]:
    """Return the actions of the plan of a case."""
    with somebody() as actor:
        page = queries.plan_page(code, actor)
    shown = (each for line in page.lines for each in (*line.decided, *line.ready, *line.waiting))
    return {each.planned.id: each for each in shown}


def typed(offer: Offer, question: str, **changes: object) -> dict[str, object]:
    """Return what somebody types in one letter."""
    partner = offer.partners[0]
    fields: dict[str, object] = {
        "partner": partner.id,
        "channel": partner.channels[0],
        "basis": offer.bases[0].id,
        "purpose": offer.purposes[0].id,
        "answer_by": offer.answer_by.isoformat(),
        "expires": offer.expires.isoformat(),
        "parts": sorted(ticked_beforehand(offer)),
        "question": question,
        **({"no_way": "on"} if offer.no_way and not offer.gives_way(ticked_beforehand(offer)) else {}),
    }
    return in_letter(offer, **{**fields, **changes})


def step_of(code: str, kind: str) -> str:
    """Return the next step of a track."""
    with somebody():
        track = Track.objects.get(case__code=code, kind=kind)
        return str(NextStep.objects.get(pk__in=[track.current_step_id]).what)


def test_two_partners_are_asked_with_one_act_and_each_reads_its_own(client_for: Clients) -> None:
    code = started("care_refer", "police_advice")
    found, address = letters(code), f"/werk/casussen/{code}/doorzetten/"
    page = client_for(FOCAL).get(address).text
    assert "Wie krijgt dit?" in page
    data = {
        "act": "send",
        **typed(found["shop"], "Is er vannacht een bed?"),
        **typed(found["avim"], "Wat raadt u ons aan?"),
    }
    answer = client_for(FOCAL).post(address, data, follow=True)
    assert answer.redirect_chain == [(f"/werk/casussen/{code}/plan/", 302)]
    assert "Verstuurd naar SHOP" in answer.text
    with somebody():
        sent = {each.partner: each for each in Referral.objects.all()}
        assert set(sent) == {"shop", "avim"}
        logged = Event.objects.filter(action="referral.send").values_list("subject_kind", flat=True)
        assert len(logged) == len(sent)
    plan = acts(code)
    assert {plan[each].state for each in ("care_refer", "police_advice")} == {"asked"}
    who = samples.actor("zorg@shop.example")
    with acting(who):
        actions.accept(code=sent["shop"].code, actor=who)
        read = received(sent["shop"].code, who)
    assert read.content.question == "Is er vannacht een bed?"


FOLD = re.compile(
    r'<details\s+class="sl-more sl-letter"\s+id="brief-([^"]+)"\s+(open)?\s*>.*?</summary>', re.DOTALL
)


def folds(text: str) -> dict[str, tuple[bool, str]]:
    """Return of each letter whether it stands open, and what its row says."""
    return {
        found[1]: (bool(found[2]), as_read(re.sub("<[^>]+>", " ", found[0]))) for found in FOLD.finditer(text)
    }


def test_the_first_letter_stands_open_and_the_others_say_in_a_row_what_they_need(client_for: Clients) -> None:
    code = started("care_refer", "police_advice")
    client, address = client_for(FOCAL), f"/werk/casussen/{code}/doorzetten/"
    found, shown = letters(code), folds(client.get(address).text)
    (first, second) = (each.key for each in found.values())
    assert {key: is_open for key, (is_open, _row) in shown.items()} == {first: True, second: False}
    (offer,) = (each for each in found.values() if each.key == second)
    assert offer.partners[0].label.split(",")[0] in shown[second][1]
    assert offer.asks[0] in shown[second][1]
    assert "mee." in shown[second][1]
    assert "Schrijf nog uw vraag." in shown[second][1]
    asked = {**typed(offer, "Wat nu?"), "show": second}
    again = folds(client.post(address, asked).text)
    assert (again[first][0], again[second][0]) == (False, True)
    assert "Schrijf nog uw vraag." not in again[second][1]
    assert "Gaat nu niet mee." in again[first][1]
    odd = folds(client.post(address, {**asked, "show": "x" * 3000}).text)
    assert (odd[first][0], odd[second][0]) == (True, False)


@pytest.mark.parametrize("wrong", ["shop", "avim"])
def test_a_letter_in_which_something_is_wrong_is_opened_and_nothing_goes(
    client_for: Clients, wrong: str
) -> None:
    code = started("care_refer", "police_advice")
    found, address = letters(code), f"/werk/casussen/{code}/doorzetten/"
    words = {"shop": "Is er vannacht een bed?", "avim": "Wat raadt u ons aan?", wrong: ""}
    data: dict[str, object] = {"act": "send"}
    for partner, offer in found.items():
        data |= typed(offer, words[partner])
    answer = client_for(FOCAL).post(address, data)
    assert answer.status_code == 422
    assert folds(answer.text)[found[wrong].key][0]
    # Which of the letters it is about stands in the summary too.
    (title,) = re.findall(r"data-errors>\s*<h2[^>]*>(.*?)</h2>", answer.text, re.DOTALL)
    assert den_haag().partners[wrong].label.nl in as_read(title)
    with somebody():
        assert not Referral.objects.exists()


def test_what_one_partner_is_asked_goes_together_under_the_lower_ceiling() -> None:
    code = started("care_advice", "bed_tonight", saw="Achter de kas slapen zes mannen. Zij kan nergens heen.")
    (offer,) = letters(code).values()
    pack = den_haag()
    ceilings = [set(pack.plan_shares[pack.plan_actions[each].share].may) for each in offer.actions]
    assert set(offer.actions) == {"care_advice", "bed_tonight"}
    assert {each.part for each in offer.parts if each.allowed} <= set.intersection(*ceilings)
    alone = [pack.plan_actions[each].answer_days for each in offer.actions]
    assert offer.urgency == "today"
    assert len(offer.asks) == len(alone) == 2
    warnings = {each for name in offer.actions for each in pack.plan_actions[name].warnings}
    assert {pack.plan_warnings[each].text.nl for each in warnings} <= set(offer.mind)


def test_both_questions_stand_in_the_one_letter(client_for: Clients) -> None:
    code = started("care_advice", "bed_tonight", saw="Achter de kas slapen zes mannen. Zij kan nergens heen.")
    (offer,) = letters(code).values()
    address, client = f"/werk/casussen/{code}/doorzetten/", client_for(FOCAL)
    one = {"act": "send", **typed(offer, "Is er een bed?")}
    refused = client.post(address, one)
    assert refused.status_code == 422
    assert "Schrijf wat u de partner vraagt." in refused.text
    done = client.post(
        address, {**one, **in_letter(offer, question_2="Met wie kan zij praten?")}, follow=True
    )
    assert "Is er een bed?<br>Met wie kan zij praten?" in done.text
    plan = acts(code)
    codes = {str(plan[each].became and plan[each].became["code"]) for each in offer.actions}  # type: ignore[index]
    assert len(codes) == 1


def test_a_question_is_asked_for_what_it_was_typed_and_for_nothing_that_a_colleague_began(
    client_for: Clients,
) -> None:
    code = started("care_advice", "bed_tonight", saw="Achter de kas slapen zes mannen. Zij kan nergens heen.")
    (offer,) = letters(code).values()
    asked = {"asked": "bed_tonight another_action", "question_2": "Wie heeft een xylofoon?"}
    data = {"act": "send", **typed(offer, "Is er een bed?", **asked)}
    client, address = client_for(FOCAL), f"/werk/casussen/{code}/doorzetten/"
    refused = client.post(address, data)
    assert refused.status_code == 422
    assert "Is er een bed?" in refused.text
    assert "xylofoon" not in refused.text
    assert {each.state for each in acts(code).values()} == {"", "begun"}
    choice = replace(proposed(offer), actions=("bed_tonight",))
    with somebody() as actor, pytest.raises(Conflict):
        actions.send(case_code=code, track=offer.track, choice=choice, actor=actor, letter=offer.key)


def test_a_question_without_names_never_goes_with_one_that_has_them() -> None:
    found = letters(started("care_refer", "bed_tonight"))
    assert len(found) == 1  # by partner: there are two letters to the same one
    code = started("care_refer", "bed_tonight")
    with somebody() as actor:
        both = offers.offers_for(code, actor)
    assert {(each.without_names, each.actions) for each in both} == {
        (False, ("care_refer",)),
        (True, ("bed_tonight",)),
    }


def test_who_is_left_out_stays_to_be_composed(client_for: Clients) -> None:
    code = started("care_refer", "police_advice")
    found, address = letters(code), f"/werk/casussen/{code}/doorzetten/"
    left = {name: value for name, value in typed(found["avim"], "").items() if not name.endswith("-goes")}
    data = {"act": "send", **typed(found["shop"], "Kunt u helpen?"), **left}
    client_for(FOCAL).post(address, data)
    assert acts(code)["police_advice"].state == "begun"
    assert step_of(code, "person") == "refer"
    assert list(letters(code)) == ["avim"]


def test_nobody_to_send_it_to_is_told(client_for: Clients) -> None:
    code = started("care_refer", "police_advice")
    asked = {
        name: value
        for offer in letters(code).values()
        for name, value in typed(offer, "?").items()
        if not name.endswith("-goes")
    }
    answer = client_for(FOCAL).post(f"/werk/casussen/{code}/doorzetten/", {"act": "send", **asked})
    assert answer.status_code == 422
    assert "Kies aan wie u dit verstuurt." in answer.text


def test_one_that_is_refused_says_so_and_the_other_is_sent(
    client_for: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = started("care_refer", "police_advice")
    found, send = letters(code), actions.send

    def refusing(**named: Any) -> str:
        if named["choice"].partner == "avim":
            raise DomainError("Deze partner is nu niet te bereiken.")
        return send(**named)

    monkeypatch.setattr(actions, "send", refusing)
    data = {
        "act": "send",
        **typed(found["shop"], "Kunt u helpen?"),
        **typed(found["avim"], "Wat raadt u aan?"),
    }
    answer = client_for(FOCAL).post(f"/werk/casussen/{code}/doorzetten/", data)
    assert answer.status_code == 422
    assert "Deze partner is nu niet te bereiken." in answer.text
    assert "Verstuurd naar SHOP" in answer.text
    assert "Wat raadt u aan?" in answer.text
    plan = acts(code)
    assert (plan["care_refer"].state, plan["police_advice"].state) == ("asked", "begun")
    assert step_of(code, "person") == "refer"


@pytest.fixture
def two_grounds() -> str:
    """A case of which two letters to one partner are being composed, on grounds that do not go together."""
    code = weighed(saw="De baas dwingt haar. Zij werkt achter de kas en in een salon.")
    samples.answer_residents(code, samples.actor(FOCAL))
    for fact, values in (("form", ["arbeidsuitbuiting", "seksuele_uitbuiting"]), ("forced", ["yes"])):
        with somebody() as actor:
            cases.set_fact(actor=actor, code=code, fact=fact, values=values)
    start(code, "work_joint", "sex_joint")
    return code


def test_two_letters_to_one_partner_on_other_grounds_go_in_one_act(
    client_for: Clients, two_grounds: str
) -> None:
    with somebody() as actor:
        first, second = offers.offers_for(two_grounds, actor)
    data = {"act": "send", **typed(first, f"Past dit: {first.asks[0]}")}
    data |= typed(second, f"Past dit: {second.asks[0]}")
    answer = client_for(FOCAL).post(f"/werk/casussen/{two_grounds}/doorzetten/", data)
    assert answer.status_code == 302
    plan = acts(two_grounds)
    assert {plan[each].state for each in ("work_joint", "sex_joint")} == {"asked"}
    with somebody() as actor:
        views = [sent(each, actor) for each in Referral.objects.values_list("code", flat=True)]
        assert len(views) == 2
        assert all(view.content.question == f"Past dit: {view.asks}" for view in views)


def test_a_letter_stays_what_it_is_when_another_to_its_partner_goes_first(
    client_for: Clients, two_grounds: str
) -> None:
    with somebody() as actor:
        first, second = offers.offers_for(two_grounds, actor)
    alone = {"act": "send", **typed(first, "Past een controle?")}
    client_for(FOCAL).post(f"/werk/casussen/{two_grounds}/doorzetten/", alone)
    with somebody() as actor:
        assert [each.key for each in offers.offers_for(two_grounds, actor)] == [second.key]


def test_what_was_sent_by_a_colleague_is_not_sent_again(client_for: Clients) -> None:
    code = started("care_refer")
    (offer,) = letters(code).values()
    data = {"act": "send", **typed(offer, "Kunt u helpen?")}
    for _again in range(2):
        answer = client_for(FOCAL).post(f"/werk/casussen/{code}/doorzetten/", data)
        assert answer.status_code == 302
    with somebody():
        assert Referral.objects.count() == 1


@pytest.fixture
def letter_on_the_screen(monkeypatch: pytest.MonkeyPatch) -> tuple[str, Offer]:
    """A case, and a letter that somebody had read before a colleague did anything."""
    code = started("care_refer")
    (offer,) = letters(code).values()
    monkeypatch.setattr(offers, "offer_for", lambda *_args, **_named: offer)
    return code, offer


def sent_as_read(code: str, offer: Offer) -> None:
    with somebody() as actor:
        actions.send(case_code=code, track=offer.track, choice=proposed(offer), actor=actor, letter=offer.key)


def test_two_who_send_the_same_letter_at_once_send_one(letter_on_the_screen: tuple[str, Offer]) -> None:
    sent_as_read(*letter_on_the_screen)
    with pytest.raises(Conflict):
        sent_as_read(*letter_on_the_screen)


def test_a_letter_that_a_colleague_leaves_while_it_is_sent_does_not_go(
    letter_on_the_screen: tuple[str, Offer],
) -> None:
    code, offer = letter_on_the_screen
    with somebody() as actor:
        cases.take_up_again(actor=actor, code=code, action="care_refer")
    with pytest.raises(Conflict):
        sent_as_read(code, offer)


def test_a_letter_that_went_while_another_is_sent_says_so_and_the_other_goes(
    client_for: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = started("care_refer", "police_advice")
    found, send = letters(code), actions.send
    gone = found["avim"]

    def after_a_colleague(**named: Any) -> str:
        if named["choice"].partner == "avim":
            send(**named)
        return send(**named)

    monkeypatch.setattr(actions, "send", after_a_colleague)
    data = {"act": "send", **typed(found["shop"], "Kunt u helpen?"), **typed(gone, "Wat raadt u aan?")}
    answer = client_for(FOCAL).post(f"/werk/casussen/{code}/doorzetten/", data)
    assert answer.status_code == 422
    assert "Verstuurd naar SHOP" in answer.text


def test_what_is_begun_twice_is_told_and_what_is_left_again_is_open() -> None:
    code = started("care_refer", "police_advice")
    with pytest.raises(Conflict):
        start(code, "care_refer")
    with somebody() as actor:
        cases.take_up_again(actor=actor, code=code, action="police_advice")
    assert acts(code)["police_advice"].open
    assert step_of(code, "person") == "refer"
    with somebody() as actor:
        cases.take_up_again(actor=actor, code=code, action="care_refer")
    assert step_of(code, "person") == "work_track"
    assert letters(code) == {}


def test_a_track_that_closes_lets_go_of_what_was_composed_on_it() -> None:
    code = started("care_refer")
    with somebody() as actor:
        cases.close_track(actor=actor, code=code, track="person", outcome="help_offered", reason="done")
    assert acts(code)["care_refer"].open
    with somebody():
        assert NextStep.objects.get(pk__in=[row(code).current_step_id]).what == "work_plan"


def test_an_answer_of_one_leaves_the_other_to_be_sent() -> None:
    code = started("care_refer")
    (offer,) = letters(code).values()
    sent = samples.refer(code, samples.actor(FOCAL), track="person", partner=offer.partners[0].id)
    start(code, "police_advice")
    with somebody() as actor:
        actions.recall(actor=actor, code=sent, reason="mistake")
    assert step_of(code, "person") == "refer"
    assert acts(code)["care_refer"].open


def test_nothing_composed_leads_to_the_plan(client_for: Clients) -> None:
    code = weighed(saw=TONIGHT)
    answer = client_for(FOCAL).get(f"/werk/casussen/{code}/doorzetten/")
    assert (answer.status_code, answer["Location"]) == (302, f"/werk/casussen/{code}/plan/")
    assert client_for("af@leiden.example").get(f"/werk/casussen/{code}/doorzetten/").status_code == 404


def test_several_are_ticked_in_the_plan(client_for: Clients) -> None:
    code, client = weighed(saw=TONIGHT), client_for(FOCAL)
    page = client.get(f"/werk/casussen/{code}/plan/").text
    assert "Stel samen op" in page
    data = {"action": ["care_refer", "police_advice"], "what": "start", "revision": row_revision(code)}
    answer = client.post(f"/werk/casussen/{code}/plan/actie/", data)
    assert answer["Location"] == f"/werk/casussen/{code}/doorzetten/"
    assert "Ga verder met 2 acties" in client.get(f"/werk/casussen/{code}/plan/").text
    two = client.post(f"/werk/casussen/{code}/plan/actie/", {**data, "what": "finish", "revision": ""})
    assert two.status_code == 422


def row_revision(code: str) -> int:
    """Return the revision of a case."""
    with somebody():
        return row(code).revision


def test_nothing_begins_where_one_of_them_cannot() -> None:
    code = taken_in(saw=TONIGHT)
    with pytest.raises(DomainError):
        start(code, "care_refer", "police_advice")
    weighed_code = weighed(saw="De baas bedreigt hen. Zij willen hulp.", form="arbeidsuitbuiting")
    with pytest.raises(DomainError):
        start(weighed_code, "care_refer", "work_inspect")
    assert acts(weighed_code)["care_refer"].open


def test_a_letter_about_the_place_leads_to_the_question_that_was_taken_back(client_for: Clients) -> None:
    code = weighed(saw="Achter de kas slapen zes mannen. Zij wil hulp.", form="arbeidsuitbuiting")
    with somebody() as actor:
        cases.set_fact(actor=actor, code=code, fact="organised", values=["yes"])
        cases.answer_residents_question(
            actor=actor, code=code, answer="care_joins", first_step="nothing_first"
        )
        cases.set_fact(actor=actor, code=code, fact="may_know", values=["all"])
        cases.finish_action(actor=actor, code=code, action="care_refer")
    start(code, "riec_bring")
    with somebody() as actor:
        cases.answer_residents_question(actor=actor, code=code, answer="not_known")
    page = client_for(FOCAL).get(f"/werk/casussen/{code}/doorzetten/").text
    assert "Tot dan kan dit niet worden verstuurd." in page
    assert f'href="/werk/casussen/{code}/bewoners/"' in page


def test_the_list_of_what_was_sent_leads_to_its_next_page(
    client_for: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sluitend.journeys.referrals.queries.lists.PAGE", 1)
    client = client_for(FOCAL)
    for partner in ("shop", "avim"):
        code = started("care_refer" if partner == "shop" else "police_advice")
        offer = letters(code)[partner]
        client.post(f"/werk/casussen/{code}/doorzetten/", {"act": "send", **typed(offer, "Wat raadt u aan?")})
    with somebody():
        sent = set(Referral.objects.values_list("code", flat=True))
    assert len(sent) == 2
    page = client.get("/werk/doorgezet/").text
    (following,) = re.findall(r'href="([^"]*)">Toon de volgende', page)
    after = client.get(urljoin("/werk/doorgezet/", html.unescape(following))).text
    assert {each for each in sent if each in page} | {each for each in sent if each in after} == sent
