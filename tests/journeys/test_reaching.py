"""How somebody can be reached safely: from what a reporter told to care, and to nobody else."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.exchanges.situations import Between
from tests.journeys.referrals.situations import Ready, in_letter, make_ready
from tests.packs import den_haag
from tests.reading import as_read

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.actions.planning import as_kept
from sluitend.journeys.cases.actions.working import on_case
from sluitend.journeys.cases.drafts import NewObservation
from sluitend.journeys.cases.journey import CASE_PLAN
from sluitend.journeys.cases.models import Case, TimelineEvent
from sluitend.journeys.cases.queries.kept_plan import BEGUN, kept_plan
from sluitend.journeys.cases.queries.plan_facts import KnownFact
from sluitend.journeys.cases.queries.plan_views import is_sent
from sluitend.journeys.cases.queries.shapes import SubjectView
from sluitend.journeys.cases.reach import NOT_KNOWN, Reach, as_heard, as_told
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals import queries
from sluitend.journeys.referrals.choosing import ticked_beforehand
from sluitend.journeys.referrals.compose_form import ComposeForm
from sluitend.journeys.referrals.leaving import Rule, looks_of, rule_for
from sluitend.journeys.referrals.queries import offers
from sluitend.journeys.referrals.sheets import sheet_of_received
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow.jobs import finish_steps
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.handbook.planning import alone
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.telltale import Sort

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]

WORD, NUMBER = "kapsalonmeisje", "06-87654321"
HOW, NEVER = f"Een bericht via haar zus, {WORD}, {NUMBER}", f"Niet bellen, {WORD}"
AF, NLA, SHOP = "af@westland.example", "nla@arbeidsinspectie.example", "zorg@shop.example"


def told(**changes: object) -> str:
    """File a report in which it stands how somebody can be reached, and return its code."""
    content = samples.content(**{"reach": HOW, "reach_not": NEVER, **changes})
    return samples.file_report(Organisation.objects.get(code="GM1783"), told=content)[0]


def ready_with(**changes: object) -> Ready:
    """Return a case of such a report, of which something is composed on both tracks."""
    return make_ready(report=told(**changes))


def people(code: str, who: Actor) -> list[SubjectView]:
    """Return the people of a case."""
    with acting(who):
        return [each for each in case_queries.case(code, who).subjects if each.is_person]


def person_with(code: str, who: Actor) -> SubjectView:
    """Return the one of whom it is known how to reach them."""
    return next(each for each in people(code, who) if each.reach)


def fact(code: str, who: Actor) -> KnownFact:
    """Return what the plan knows of it."""
    with acting(who):
        page = case_queries.plan_page(code, who)
    assert page is not None
    return next(each for each in (*page.facts, *page.more) if each.id == "contact")


def record(code: str, who: Actor, person: UUID, *, revision: int | None = None, **words: str) -> None:
    """Write it down by hand."""
    with acting(who):
        cases.record_reach(actor=who, code=code, person=person, reach=Reach.of(**words), revision=revision)


def compose(code: str, name: str, who: Actor) -> None:
    """Let this action alone be composed, whatever must come first."""
    with acting(who), on_case(code, who, CASE_PLAN) as it:
        it.seal("plan", {**kept_plan(it.row, it.envelope), "actions": {name: as_kept(it, BEGUN)}})


def test_from_the_report_to_the_one_who_helps_and_never_to_who_enforces(client_for: ClientFor) -> None:
    ready, focal = ready_with(), client_for(AF)
    shown = as_read(focal.get(f"/werk/casussen/{ready.case}/").text)
    assert HOW in shown
    assert NEVER in shown
    assert fact(ready.case, ready.focal_point).values == {"safe"}

    help_page = as_read(focal.get(f"/werk/casussen/{ready.case}/doorzetten/person/").text)
    assert help_page.index("Veilig bereiken") < help_page.index("Grondslag")
    assert "Er is geen veilige manier om de persoon te bereiken" not in help_page
    place_page = as_read(focal.get(f"/werk/casussen/{ready.case}/doorzetten/place/").text)
    assert "Dit gaat niet mee. Alleen de zorg krijgt dit." in place_page

    helped, checked = ready.accepted("person"), ready.accepted("place")
    read = as_read(client_for(SHOP).get(f"/werk/ontvangen/{helped}/").text)
    assert f"Zo: {HOW}" in read
    assert f"Nooit: {NEVER}" in read
    with acting(ready.care):
        assert WORD in repr(sheet_of_received(queries.received(helped, ready.care)))
    with acting(ready.inspector):
        view = queries.received(checked, ready.inspector)
        assert WORD not in repr(view)
        assert WORD not in repr(sheet_of_received(view))
    for address in (f"/werk/ontvangen/{checked}/", "/werk/ontvangen/", "/werk/"):
        assert WORD not in client_for(NLA).get(address).text
    assert all(WORD not in each.body and WORD not in each.subject for each in mail.outbox)
    with acting(ready.focal_point):
        assert WORD not in repr(list(Event.objects.values()))
        assert WORD not in repr(
            [each.text for each in case_queries.case(ready.case, ready.focal_point).events]
        )


def test_of_all_who_can_be_asked_only_care_gets_it() -> None:
    ready, pack = ready_with(), den_haag()
    who = ready.focal_point
    nothing = {each.id: frozenset({each.values[0].id}) for each in pack.plan_facts}
    sent = [alone(nothing, pack, each.id) for each in pack.plan_actions]
    actions = [(pack.plan_lines[each.action.lines[0]].track.value, each.id) for each in sent if is_sent(each)]
    kinds = set()
    for track, name in actions:
        compose(ready.case, name, who)
        with acting(who):
            try:
                offer = offers.offer_for(ready.case, track, who)
            except Absent:
                continue
        care = {pack.partners[each.id].kind for each in offer.partners}
        kinds |= care
        contact = next((each for each in offer.parts if each.part == CONTACT), None)
        assert contact is not None
        text = f"Bel {NUMBER}"
        looks = looks_of(offer, [], text, timezone.localdate())
        assert [each.sort for each in looks] == [Sort.REACH]
        if care == {"care"}:
            assert contact.allowed == (rule_for(offer, looks[0]) is Rule.FREE)
            assert contact.allowed == (contact.id in ticked_beforehand(offer))
            continue
        assert contact.never
        assert not contact.allowed
        assert rule_for(offer, looks[0]) is Rule.NEVER
        assert contact.id not in ticked_beforehand(offer)
        # Whoever asks for it by hand does not get it either.
        form = ComposeForm(
            offer, in_letter(offer, partner=offer.partners[0].id, parts=contact.id, beyond=contact.id)
        )
        assert WORD not in repr(form.going)
        with pytest.raises(DomainError):
            ready.send(track, parts=frozenset({contact.id}))
    assert kinds >= {"care", "police", "inspectorate", "partnership", "guardianship"}


def test_the_number_may_not_go_to_who_enforces_in_other_words() -> None:
    ready = ready_with()
    with pytest.raises(DomainError):
        ready.send("place", question=f"Kunt u {NUMBER.replace('-', '')} bellen?")


def test_help_is_asked_with_a_way_or_the_word_that_there_is_none(client_for: ClientFor) -> None:
    ready = ready_with(reach="", reach_not="")
    offer = ready.offer("person")
    assert not offer.reached
    address = f"/werk/casussen/{ready.case}/doorzetten/person/"
    page = as_read(client_for(AF).get(address).text)
    assert "Er is geen veilige manier om de persoon te bereiken" in page
    assert 'no_way" checked' not in page
    with pytest.raises(DomainError) as raised:
        ready.send("person", no_way=False)
    assert raised.value.field == "no_way"
    code = ready.accepted("person", no_way=True)
    with acting(ready.care):
        assert "Er is geen veilige manier bekend" in repr(queries.received(code, ready.care))


def test_what_goes_and_that_there_is_none_contradict_each_other() -> None:
    ready = ready_with()
    with pytest.raises(DomainError) as raised:
        ready.send("person", no_way=True)
    assert raised.value.field == "no_way"


def test_only_how_never_is_no_way() -> None:
    ready = ready_with(reach="")
    assert fact(ready.case, ready.focal_point).values == {"unsafe"}
    with pytest.raises(DomainError):
        ready.send("person", no_way=False)
    code = ready.accepted("person", no_way=True)
    with acting(ready.care):
        assert NEVER in repr(queries.received(code, ready.care))


def test_an_enforcer_is_not_asked_for_it() -> None:
    assert ready_with(reach="").offer("place").no_way is None


def test_it_is_written_down_by_hand_and_read_back(ready: Ready, client_for: ClientFor) -> None:
    who = ready.focal_point
    person = next(each for each in people(ready.case, who) if "Voorman" in each.name)
    assert person.reach == NOT_KNOWN
    address = f"/werk/casussen/{ready.case}/betrokkene/{person.id}/bereiken/"
    client = client_for(AF)
    assert "Hoe is de persoon veilig te bereiken?" in as_read(client.get(address).text)
    done = client.post(address, {"how": HOW, "when": "Na zessen", "never": "", "revision": ""}, follow=True)
    assert HOW in as_read(done.text)
    found = next(each for each in people(ready.case, who) if each.id == person.id)
    assert found.reach == Reach(HOW, "Na zessen", "")
    with acting(who):
        assert Event.objects.filter(purpose="record_reach").exists()
        last = case_queries.case(ready.case, who).events[0]
    assert last.what == TimelineEvent.What.FACTS
    assert WORD not in last.text


def test_what_a_reporter_could_type_can_be_kept_by_hand(client_for: ClientFor) -> None:
    ready = ready_with(reach="a" * 300, reach_not="b" * 300)
    person = person_with(ready.case, ready.focal_point)
    client, address = client_for(AF), f"/werk/casussen/{ready.case}/betrokkene/{person.id}/bereiken/"
    typed = {**person.reach.to_json(), "when": "c" * 300}
    assert client.post(address, typed).status_code == 302
    assert client.post(address, {**typed, "when": "c" * 301}).status_code == 422
    assert person_with(ready.case, ready.focal_point).reach.when == "c" * 300


def test_two_at_once_and_somebody_elsewhere(ready: Ready, client_for: ClientFor) -> None:
    who, person = ready.focal_point, people(ready.case, ready.focal_point)[0]
    with acting(who):
        seen = Case.objects.get(code=ready.case).revision
    record(ready.case, who, person.id, how="Eerst", revision=seen)
    with pytest.raises(Conflict):
        record(ready.case, who, person.id, how="Later", revision=seen)
    neighbour = samples.actor("af@leiden.example")
    with pytest.raises(Absent):
        record(ready.case, neighbour, person.id, how="Mee")
    with acting(who):
        place = next(each for each in case_queries.case(ready.case, who).subjects if not each.is_person)
    with pytest.raises(Absent):
        record(ready.case, who, place.id, how="Zo")
    page = client_for(AF).get(f"/werk/casussen/{ready.case}/betrokkene/{place.id}/bereiken/")
    assert page.status_code == 404


def test_taking_it_away_leaves_nothing(ready: Ready) -> None:
    who = ready.focal_point
    for person in people(ready.case, who):
        record(ready.case, who, person.id)
    assert not any(each.reach for each in people(ready.case, who))
    assert fact(ready.case, who).unknown


def test_what_is_heard_later_goes_before_a_way_that_seemed_safe() -> None:
    ready = ready_with()
    who = ready.focal_point
    assert fact(ready.case, who).values == {"safe"}
    with acting(who):
        cases.add_observation(
            actor=who, code=ready.case, new=NewObservation("fact", "Haar man leest haar berichten.")
        )
    assert fact(ready.case, who).values == {"unsafe"}
    record(ready.case, who, person_with(ready.case, who).id, how="Via school")
    assert fact(ready.case, who).values == {"safe"}


def test_a_fact_of_the_plan_leaves_it_there() -> None:
    ready = ready_with()
    with acting(ready.focal_point):
        cases.set_fact(actor=ready.focal_point, code=ready.case, fact="organised", values=["yes"])
    assert person_with(ready.case, ready.focal_point).reach.how == HOW


def test_who_takes_a_case_over_has_it_with_the_person(between: Between) -> None:
    sender = between.sender
    person = next(each for each in people(between.case, sender) if "Man met pet" in each.name)
    record(between.case, sender, person.id, how=HOW, when="Overdag", never=NEVER)
    new = between.new_case(between.accepted())
    assert new is not None
    assert person_with(new.code, between.receiver).reach == Reach(HOW, "Overdag", NEVER)
    with acting(between.receiver):
        view = case_queries.case(new.code, between.receiver)
    assert not any(WORD in each.text for each in view.observations)


@pytest.mark.parametrize(
    "known",
    [
        [("Anna", Reach("via haar zus", "overdag", "bellen"))],
        [("Anna", Reach("Zo: via haar zus", "", "")), ("Ben: de broer", Reach("", "", "bellen"))],
    ],
)
def test_what_was_told_is_heard_again(known: list[tuple[str, Reach]]) -> None:
    heard = as_heard(as_told(known))
    assert [reach for _name, reach in heard] == [reach for _name, reach in known]
    assert [name for name, _reach in heard] == ([name for name, _ in known] if len(known) > 1 else [""])


def test_who_reported_is_found_in_it() -> None:
    """A reporter who says "through me" must not be named to a partner by that."""
    ready = ready_with(reach="Bel mij, Verzeldzaamwoord")
    offer = ready.offer("person")
    contact = [each for each in offer.parts if each.part == CONTACT]
    looks = looks_of(offer, contact, "", timezone.localdate())
    assert [each.sort for each in looks] == [Sort.REPORTER]


def open_at_care(ready: Ready, code: str) -> set[str]:
    """Return the open steps of care about a referral."""
    with acting(ready.care):
        steps = NextStep.objects.filter(code=code, organisation_id=ready.care.own_organisation)
        return set(steps.filter(done__isnull=True).values_list("what", flat=True))


def thread(ready: Ready, code: str) -> list[str]:
    with acting(ready.care):
        return [each.text for each in queries.received(code, ready.care).content.messages]


def test_care_hears_when_somebody_is_reached_otherwise_and_reads_it_first(client_for: ClientFor) -> None:
    ready = ready_with()
    code, place = ready.accepted("person"), ready.accepted("place")
    person = person_with(ready.case, ready.focal_point)
    record(ready.case, ready.focal_point, person.id, how="Alleen via de kapper", never="Nooit thuis")
    assert open_at_care(ready, code) == {"answer_referral", "read_reach"}
    assert thread(ready, code) == ["Zo: Alleen via de kapper\nNooit: Nooit thuis"]
    care = client_for(SHOP)
    assert "kapper" not in care.get("/werk/").text
    page = care.get(f"/werk/ontvangen/{code}/").text
    assert "Lees dit voordat u contact zoekt" in page
    assert "Alleen via de kapper" in page
    assert "kapper" not in client_for(NLA).get(f"/werk/ontvangen/{place}/").text
    form = {"seen": str(ready.row(code).reach_told)}
    assert f'name="seen" value="{form["seen"]}"' in page
    assert care.post(f"/werk/ontvangen/{code}/contact-gelezen/", form).status_code == 302
    assert open_at_care(ready, code) == {"answer_referral"}
    with pytest.raises(Conflict), acting(ready.care):
        referrals.note_reach_read(code=code, actor=ready.care, **form)
    record(ready.case, ready.focal_point, person.id)
    assert thread(ready, code)[-1].startswith("Er is geen veilige manier bekend.")


def test_who_did_not_take_it_on_yet_reads_both_and_what_was_recalled_hears_nothing() -> None:
    ready = ready_with()
    sent = ready.send("person")
    person = person_with(ready.case, ready.focal_point)
    record(ready.case, ready.focal_point, person.id, how="Alleen via de kapper")
    assert open_at_care(ready, sent) == {"look_at_referral"}
    with acting(ready.care):
        referrals.accept(code=sent, actor=ready.care)
    assert "Alleen via de kapper" in thread(ready, sent)[0]
    with acting(ready.focal_point):
        referrals.recall(code=sent, reason="mistake", actor=ready.focal_point)
    heard = ready.row(sent).reach_told
    finish_steps([str(ready.row(sent).id), str(ready.care.own_organisation)])
    record(ready.case, ready.focal_point, person.id, how="Anders")
    assert open_at_care(ready, sent) == set()
    assert ready.row(sent).reach_told == heard
