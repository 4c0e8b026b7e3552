"""A request for information belongs to a case; receiver, purpose and ground fit; secrecy is asked first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.cases.test_newer_release import publish
from tests.journeys.cases.test_of_today import shop_stops
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.exchanges import actions, inquiring, jobs, leaving, queries
from sluitend.journeys.exchanges.inquiring import FurtherChoice, InquiryChoice
from sluitend.journeys.exchanges.models import Request
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.handbook.queries import release
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.telltale import GO

pytestmark = pytest.mark.django_db

SHOP, AVIM, THE_HAGUE = "shop", "avim", "GM0518"
MAREK = "Marek Nowak"


@pytest.fixture
def asker(db: None) -> Actor:
    """The focal point of Westland."""
    return samples.actor("af@westland.example")


@pytest.fixture
def care(db: None) -> Actor:
    """Somebody of care coordination, bound by professional secrecy."""
    return samples.actor("zorg@shop.example")


@pytest.fixture
def case(asker: Actor) -> str:
    """A case with somebody in it whose name is known."""
    code = samples.take_in(samples.file_report(Organisation.objects.get(code="GM1783"))[0], asker)
    with acting(asker):
        person = NewSubject("person", "Marek", identifiers=(("name_birth", f"{MAREK}|1999-05-03"),))
        cases.add_subject(actor=asker, code=code, new=person)
        cases.add_observation(actor=asker, code=code, new=NewObservation("fact", "Hij is moe."))
    return code


def do(who: Actor, verb: Any, code: str, **named: Any) -> Any:
    """Do something with a request, in a transaction of its own."""
    with acting(who):
        return verb(code=code, actor=who, **named)


def choice_of(offer: inquiring.InquiryOffer, **changes: Any) -> InquiryChoice:
    """Return something that fits, with changes."""
    fits = InquiryChoice(
        purpose=offer.purposes[0].id,
        basis=offer.bases[0].id,
        asks=frozenset({offer.asks[0].id}),
        text="Kent u deze persoon?",
        answer_by=timezone.localdate() + timedelta(days=3),
        parts=frozenset(),
    )
    return replace(fits, **changes)


def answers(code: str, who: Actor) -> list[str]:
    """Return what can be answered now."""
    return [each.id for each in do(who, queries.received_request, code).answers]


def heard(code: str, asker: Actor) -> None:
    """Let the case hear what came back."""
    with acting(asker):
        row = Request.objects.get(code=code)
    jobs.tell_answer(ids=[str(row.id), str(row.organisation_id)])


def test_each_receiver_is_offered_what_fits_it_and_nothing_else(asker: Actor) -> None:
    pack = den_haag()
    with acting(asker):
        ways = inquiring.ways_to_ask(asker)
    offered = {(way.addressee.kind, each.id) for way in ways for each in way.inquiries}
    kinds = {way.addressee.kind for way in ways}
    assert {"care", "police", "inspectorate", "inspection", "municipality"} <= kinds
    assert "partnership" not in kinds
    assert offered == {(kind, each.id) for kind in kinds for each in pack.inquiries if kind in each.kinds}


def test_who_stopped_is_asked_nothing_any_more(asker: Actor) -> None:
    def asked() -> set[str]:
        with acting(asker):
            return {way.addressee.code for way in inquiring.ways_to_ask(asker)}

    before = asked()
    release.cache_clear()
    publish(shop_stops)
    try:
        assert before - asked() == {SHOP}
    finally:
        release.cache_clear()


def test_no_combination_that_does_not_fit_is_offered_and_each_that_fits_is(asker: Actor, case: str) -> None:
    pack = den_haag()
    with acting(asker):
        cases.answer_residents_question(actor=asker, code=case, answer="nobody_stays", first_step="who_joins")
        by_kind = {way.addressee.kind: way.addressee.code for way in inquiring.ways_to_ask(asker)}
        for kind, inquiry in product(by_kind, pack.inquiries):
            if kind not in inquiry.kinds:
                with pytest.raises(Absent):
                    inquiring.inquiry_offer(case, by_kind[kind], inquiry.id, asker)
                continue
            offer = inquiring.inquiry_offer(case, by_kind[kind], inquiry.id, asker)
            for purpose, basis in product(pack.purposes.ids, pack.bases.ids):
                choice = choice_of(offer, purpose=purpose, basis=basis)
                fits = purpose in inquiry.purposes and basis in inquiry.bases
                assert fits == may_send(offer, choice), (kind, inquiry.id, purpose, basis)
                assert fits == (
                    purpose in {each.id for each in offer.purposes}
                    and basis in {each.id for each in offer.bases}
                )


def may_send(offer: inquiring.InquiryOffer, choice: InquiryChoice) -> bool:
    """Return whether the rules let this go."""
    try:
        inquiring.require_fitting(offer, choice)
    except DomainError:
        return False
    return True


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("asks", {"asks": frozenset()}),
        ("asks", {"asks": frozenset({"care_file"})}),
        ("parts", {"parts": frozenset({"person_name"})}),
        ("parts", {"parts": frozenset({"made_up"})}),
        ("text", {"text": " "}),
        ("text", {"text": "x" * 2001}),
        ("answer_by", {"answer_by": timezone.localdate() - timedelta(days=1)}),
        ("answer_by", {"answer_by": timezone.localdate() + timedelta(days=61)}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    asker: Actor, case: str, field: str, changes: dict[str, Any]
) -> None:
    with acting(asker):
        offer = inquiring.inquiry_offer(case, SHOP, "help_known", asker)
        with pytest.raises(DomainError) as error:
            actions.send_inquiry(
                case_code=case, to=SHOP, about="help_known", choice=choice_of(offer, **changes), actor=asker
            )
    assert error.value.field == field


def test_who_is_bound_by_secrecy_first_reads_no_more_than_is_needed(
    asker: Actor, care: Actor, case: str
) -> None:
    with acting(asker):
        offer = inquiring.inquiry_offer(case, SHOP, "help_known", asker)
        named = choice_of(offer, text=f"Kent u {MAREK}?")
        looks = leaving.looks_of(offer, (), named.text, timezone.localdate())
        named = replace(named, looked={look.key: GO for look in looks})
        with pytest.raises(DomainError, match="mag niet mee"):
            actions.send_inquiry(case_code=case, to=SHOP, about="help_known", choice=named, actor=asker)
    closed = {part.part: part.reason for part in offer.parts if not part.allowed}
    assert closed["person_name"] == "Gaat pas mee als de ander iets heeft en dat mag delen."
    code = samples.inquire(asker, SHOP, case=case, about="help_known", parts=["area", "language"])
    do(care, actions.accept_request, code)
    assert MAREK not in repr(do(care, queries.received_request, code))
    assert answers(code, care) == ["hit", "silent", "nothing", "may_not"]

    do(care, actions.answer_request, code, answer="hit")
    with acting(asker):
        more = inquiring.further_offer(code, asker)
    assert {"area", "language"}.isdisjoint(part.part for part in more.parts)
    chosen = frozenset(part.id for part in more.allowed if part.part == "person_name")
    do(asker, actions.ask_further, code, choice=FurtherChoice(why="Hij vraagt hulp", parts=chosen))
    body = do(care, queries.received_request, code).body
    assert [(each.title, each.text) for each in body.further.parts] == [("Naam van een persoon", MAREK)]
    assert answers(code, care) == ["details", "may_not"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("silent", "Wij hebben iets, maar mogen niets zeggen"),
        ("may_not", "Wij mogen niets zeggen"),
        ("nothing", "Wij hebben hier niets over"),
    ],
)
def test_each_first_answer_can_be_the_last(
    asker: Actor, care: Actor, case: str, answer: str, words: str
) -> None:
    code = samples.inquire(asker, SHOP, case=case, about="help_known")
    do(care, actions.accept_request, code)
    do(care, actions.answer_request, code, answer=answer, reason="not_said" if answer == "may_not" else "")
    view = do(asker, queries.sent_request, code)
    assert (view.body.answer_words, view.may_ask_further, view.must_handle) == (words, False, True)
    assert view.case_code == case
    with acting(asker), pytest.raises(Absent):
        inquiring.further_offer(code, asker)
    heard(code, asker)
    heard(code, asker)
    with acting(asker):
        told = [each.text for each in case_queries.case(case, asker).events if each.what == "looked_up"]
    assert told == [f"{code}: SHOP, zorgcoördinatie en ondersteuning: {words}", told[1]]


def test_without_secrecy_nobody_has_something_that_may_not_be_told(asker: Actor) -> None:
    code = samples.ask(asker, THE_HAGUE)
    other = samples.actor("af@denhaag.example")
    do(other, actions.accept_request, code)
    assert answers(code, other) == ["hit", "nothing", "may_not"]
    with pytest.raises(DomainError, match="Kies een antwoord"):
        do(other, actions.answer_request, code, answer="silent")


def test_an_answer_is_written_beside_what_was_asked_for(asker: Actor, care: Actor, case: str) -> None:
    code = samples.inquire(asker, SHOP, case=case, about="help_known")
    do(care, actions.accept_request, code)
    do(care, actions.answer_request, code, answer="hit")
    do(asker, actions.ask_further, code, choice=FurtherChoice(why="Voor een bed", parts=frozenset()))
    basis = do(care, queries.received_request, code).bases[0].id
    for texts in ({}, {"text_need_for_care": " "}, {"text_facts": "Iets anders"}, {"text": "Zomaar"}):
        with pytest.raises(DomainError, match="Schrijf uw antwoord"):
            do(care, actions.answer_request, code, answer="details", texts=texts, basis=basis)
    said = {"text_need_for_care": "Een rustige plek"}
    do(care, actions.answer_request, code, answer="details", texts=said, basis=basis)
    reply = do(asker, queries.sent_request, code).body.reply
    assert [each.text for each in reply.parts] == ["Een rustige plek"]


def test_the_plan_hears_what_the_handbook_says_that_an_answer_is(asker: Actor, case: str) -> None:
    police = samples.actor("avim@politie.example")
    code = samples.inquire(asker, AVIM, case=case, about="investigation")
    do(police, actions.accept_request, code)
    assert fact(case, "hold", asker) == {"unknown"}
    do(police, actions.answer_request, code, answer="hit")
    heard(code, asker)
    assert fact(case, "hold", asker) == {"active"}


def fact(case: str, name: str, who: Actor) -> frozenset[str]:
    """Return the value of a fact of the plan."""
    with acting(who):
        page = case_queries.plan_page(case, who)
    return next(each.values for each in (*page.facts, *page.more) if each.id == name)


def test_the_people_come_before_a_place_that_police_would_read(
    asker: Actor, case: str, client_for: Callable[[str], Client]
) -> None:
    with acting(asker):
        offer = inquiring.inquiry_offer(case, AVIM, "investigation", asker)
        with pytest.raises(DomainError, match=r"bewoners|Weeg"):
            actions.send_inquiry(
                case_code=case, to=AVIM, about="investigation", choice=choice_of(offer), actor=asker
            )
    address = f"/werk/casussen/{case}/opvragen/?aan={AVIM}&wat=investigation"
    page = client_for("af@westland.example").get(address).text
    assert "Dit moet eerst" in page
    assert "Verstuur uw vraag" not in page


def test_what_must_come_first_comes_before_a_second_question_too(
    asker: Actor, case: str, client_for: Callable[[str], Client]
) -> None:
    police = samples.actor("avim@politie.example")
    code = samples.inquire(asker, AVIM, case=case, about="investigation")
    do(police, actions.accept_request, code)
    do(police, actions.answer_request, code, answer="hit")
    with acting(asker):
        cases.answer_residents_question(actor=asker, code=case, answer="not_known")
        offer = inquiring.further_offer(code, asker)
    place = next(part.id for part in offer.allowed if part.part == "place")
    with pytest.raises(DomainError, match=r"bewoners|Weeg"):
        do(asker, actions.ask_further, code, choice=FurtherChoice(why="Nodig", parts=frozenset({place})))
    page = client_for("af@westland.example").post(
        f"/werk/verzoeken/{code}/verder/", {"why": "Nodig voor een bed", "parts": [place]}
    )
    assert page.status_code == 422
    assert offer.hindrances[0].text in page.text
    assert "Nodig voor een bed" in page.text
    assert do(police, queries.received_request, code).body.further is None


def test_against_the_wish_nobody_is_pointed_out(asker: Actor, case: str) -> None:
    with acting(asker):
        cases.record_wish(actor=asker, code=case, wish="no")
        offer = inquiring.inquiry_offer(case, SHOP, "help_known", asker)
    reasons = {part.part: part.reason for part in offer.parts}
    assert "De persoon wil dit niet" in reasons["person_description"]


def test_a_closed_case_and_one_of_others_ask_nothing(
    asker: Actor, case: str, client_for: Callable[[str], Client]
) -> None:
    other = client_for("af@denhaag.example")
    for path in (f"{case}/opvragen/", f"{case}/opvragen/?aan=shop&wat=help_known", "C-0000/opvragen/"):
        assert other.get(f"/werk/casussen/{path}").status_code == 404
    mine = client_for("af@westland.example")
    for query in ("?aan=shop&wat=housing", "?aan=riec&wat=help_known", "?aan=GM1783&wat=housing"):
        assert mine.get(f"/werk/casussen/{case}/opvragen/{query}").status_code == 404
    partner = client_for("zorg@shop.example")
    assert partner.get(f"/werk/casussen/{case}/opvragen/").status_code in (403, 404)


def test_the_pages_ask_and_answer(asker: Actor, case: str, client_for: Callable[[str], Client]) -> None:
    mine, theirs = client_for("af@westland.example"), client_for("zorg@shop.example")
    address = f"/werk/casussen/{case}/opvragen/"
    assert f'href="{address}"' in mine.get(f"/werk/casussen/{case}/").text
    choose = mine.get(address).text
    assert "?aan=shop&amp;wat=help_known" in choose
    # Whom a focal point asks most stands first; the other municipalities of the region stand in a fold.
    assert choose.index("aan=avim") < choose.index("<details") < choose.index("aan=GM0518")
    assert "aan=shop" not in choose[choose.index("<details") :]
    assert "wat=investigation" not in choose.partition("shop")[2].partition("</ul>")[0]
    form = mine.get(f"{address}?aan=shop&wat=help_known")
    assert "Hier geldt een beroepsgeheim" in form.text
    assert "Wet Bibob" not in form.text
    wrong = mine.post(f"{address}?aan=shop&wat=help_known", {"text": "Kent u deze persoon?"})
    assert wrong.status_code == 422
    assert "Kies wat u wilt weten." in wrong.text
    sent = mine.post(
        f"{address}?aan=shop&wat=help_known",
        {
            "text": "Kent u deze persoon?",
            "asks": ["need_for_care", "wish"],
            "purpose": "help_offer",
            "basis": "avg_6_1_e",
            "answer_by": timezone.localdate().isoformat(),
            "parts": ["area"],
        },
        follow=True,
    )
    assert "Uw vraag is verstuurd" in sent.text
    assert case in sent.text
    code = sent.redirect_chain[-1][0].rstrip("/").rpartition("/")[2]
    assert code in mine.get(address).text
    read = theirs.post(f"/werk/verzoeken/{code}/aannemen/", follow=True).text
    assert "Wij mogen niets zeggen” zegt niet of er iets" in as_read(read)
    assert "Of er zorg nodig is" in read or "wil weten" in read
    assert theirs.post(f"/werk/verzoeken/{code}/antwoord/", {"answer": "hit"}).status_code == 302
    more = mine.get(f"/werk/verzoeken/{code}/verder/").text
    assert MAREK in more
    named = mine.post(
        f"/werk/verzoeken/{code}/verder/", {"why": "Voor een bed", "parts": ["person_name"]}, follow=True
    )
    assert "Uw vraag om meer is verstuurd" in named.text
    page = theirs.get(f"/werk/verzoeken/{code}/").text
    assert MAREK in page
    assert 'name="text_need_for_care"' in page
    assert 'name="text_wish"' in page


def test_a_case_does_not_go_while_an_answer_would_come_to_who_lets_it_go(asker: Actor) -> None:
    case = samples.ready_to_hand_over()
    code = samples.inquire(asker, THE_HAGUE, case=case)
    with pytest.raises(DomainError, match="Er loopt nog een vraag om informatie"):
        samples.hand_over(case, asker)
    do(asker, actions.recall_request, code, reason="changed")
    assert samples.hand_over(case, asker)


def test_who_lets_a_case_go_asks_nothing_about_it_any_more(
    asker: Actor, client_for: Callable[[str], Client]
) -> None:
    case = samples.ready_to_hand_over()
    transfer = samples.hand_over(case, asker)
    refused(case, asker)
    address = f"/werk/casussen/{case}/opvragen/?aan={SHOP}&wat=help_known"
    assert "Er loopt al een overdracht" in client_for("af@westland.example").get(address).text
    do(asker, actions.recall_transfer, transfer, reason="mistake")
    assert samples.inquire(asker, SHOP, case=case, about="help_known")


def test_nothing_more_is_asked_about_a_case_that_another_took(asker: Actor) -> None:
    case = samples.ready_to_hand_over()
    transfer = samples.hand_over(case, asker)
    do(samples.actor("af@denhaag.example"), actions.accept_transfer, transfer)
    refused(case, asker)


def refused(case: str, who: Actor) -> None:
    """Ask care coordination about a case that goes to another municipality, and hear that this cannot be."""
    with acting(who):
        choice = choice_of(inquiring.inquiry_offer(case, SHOP, "help_known", who))
        with pytest.raises(DomainError, match="Er loopt al een overdracht"):
            actions.send_inquiry(case_code=case, to=SHOP, about="help_known", choice=choice, actor=who)
