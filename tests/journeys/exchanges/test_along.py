"""A case goes over without loss: roles, the wish, the facts and its plan; and nothing else goes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import samples
from tests.journeys.exchanges.situations import Between

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.cases.models import Case
from sluitend.journeys.cases.queries.along import OWN_JUDGEMENT
from sluitend.journeys.cases.queries.kept_plan import Kept, kept_plan
from sluitend.journeys.cases.queries.plan_views import ActionView
from sluitend.journeys.exchanges import actions, leaving, offers, queries
from sluitend.journeys.exchanges.sheets import sheet_of_transfer
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.telltale import GO, OUT

pytestmark = pytest.mark.django_db

WHY = "De persoon vroeg erom"
OTHER: dict[str, Any] = {"reason": "andere_reden", "sentence": WHY}
GO_ALONG = ("person", "company", "place", "vehicle")
PEOPLE = "Man van een jaar of dertig"


@dataclass(frozen=True)
class State:
    """What must not be lost: the facts, and what was decided about the actions."""

    facts: dict[str, frozenset[str]]
    actions: dict[str, tuple[str, str, str]]
    wish: tuple[str, str, str, str, date | None]
    roles: dict[str, tuple[str, ...]]


def plan_of(code: str, who: Actor) -> tuple[dict[str, Any], dict[str, ActionView]]:
    """Return the facts and the actions of a case by id."""
    with acting(who):
        page = case_queries.plan_page(code, who)
    assert page is not None
    facts = {each.id: each for each in (*page.facts, *page.more)}
    views = [view for line in page.lines for view in (*line.decided, *line.ready, *line.waiting)]
    return facts, {view.planned.id: view for view in views}


def kept_of(code: str, who: Actor) -> Kept:
    """Return what a case keeps of its plan."""
    with acting(who):
        row = Case.objects.get(code=code)
        return kept_plan(row, open_envelope(row.envelope_id, actor=who, purpose="test"))


def state_of(code: str, who: Actor) -> State:
    """Return the state of a case as its owner sees it."""
    facts, _acts = plan_of(code, who)
    with acting(who):
        view = case_queries.case(code, who)
    kept = kept_of(code, who)
    assert view.wish
    return State(
        {name: each.values for name, each in facts.items() if name not in OWN_JUDGEMENT},
        {
            name: (became["state"], became["sentence"] or became["reason"], became["until"])
            for name, became in kept["actions"].items()
            if became["state"] != "asked"
        },
        (
            view.wish.wish,
            view.wish.wants,
            view.wish.wants_not,
            view.wish.asked_by,
            view.wish.asked_on,
        ),
        {each.name: tuple(each.roles) for each in view.subjects if each.kind in GO_ALONG},
    )


def lost(before: State, after: State) -> dict[str, tuple[Any, Any]]:
    """Return what is another thing after it went over, by name."""
    return {
        f"{kind} {name}": (was, now)
        for kind in ("facts", "actions", "roles")
        for name in {**getattr(before, kind), **getattr(after, kind)}
        if (was := getattr(before, kind).get(name)) != (now := getattr(after, kind).get(name))
    } | ({"wish": (before.wish, after.wish)} if before.wish != after.wish else {})


@pytest.fixture
def worked(between: Between) -> Between:
    """Return a case of which much was recorded: it is about to go to another municipality."""
    who, code = between.sender, between.case
    with acting(who):
        seen = NewObservation("fact", "De baas slaat hem.", when="2026-11-02", indicators=("papers_taken",))
        cases.add_observation(actor=who, code=code, new=seen)
        cases.add_subject(
            actor=who,
            code=code,
            new=NewSubject("person", PEOPLE, ("possible_victim", "witness"), language="Pools"),
        )
        cases.record_wish(
            actor=who,
            code=code,
            wish="yes",
            wants="Een eigen plek",
            wants_not="Geen politie",
            asked_by="de wijkverpleegkundige",
            asked_on=timezone.localdate(),
        )
        for fact, value in (("may_know", "all"), ("place_kind", "home"), ("hold", "none"), ("danger", "no")):
            cases.set_fact(actor=who, code=code, fact=fact, values=[value])
    _facts, acts = plan_of(code, who)
    done, refused, later = [each.planned.id for each in acts.values() if each.open and not each.waits][:3]
    with acting(who):
        cases.finish_action(actor=who, code=code, action=done)
        cases.refuse_action(actor=who, code=code, action=refused, **OTHER)
        cases.put_off_action(
            actor=who,
            code=code,
            action=later,
            until=timezone.localdate() + timedelta(days=2),
            **OTHER,
        )
    return between


def everything(between: Between, offer: offers.TransferOffer, **more: Any) -> offers.TransferChoice:
    """Choose all that the route lets go."""
    chosen = offers.TransferChoice(
        municipality=more.pop("municipality", "GM0518"),
        way="secure_mail",
        basis=offer.bases[0].id,
        purpose=offer.purposes[0].id,
        answer_by=timezone.localdate() + timedelta(days=7),
        parts=frozenset(part.id for part in offer.allowed),
        explanation="De woning staat daar",
        **more,
    )
    looks = leaving.looks_of(offer, offer.allowed, chosen.explanation, timezone.localdate())
    looked = {look.key: GO if leaving.may_go(offer, look) else OUT for look in looks}
    return replace(chosen, looked=looked)


def send(between: Between, case: str, who: Actor, **more: Any) -> str:
    """Hand a case over with all that may go."""
    with acting(who):
        offer = offers.transfer_offer(case, who)
        return actions.send_transfer(case_code=case, choice=everything(between, offer, **more), actor=who)


def accept(code: str, who: Actor) -> str:
    """Take a case over and weigh it, so that its plan goes on."""
    with acting(who):
        case = actions.accept_transfer(code=code, actor=who)
    samples.weigh(case, who)
    return case


def test_there_and_back_the_other_reads_the_same(worked: Between) -> None:
    before = state_of(worked.case, worked.sender)
    assert {state for state, _why, _until in before.actions.values()} == {"done", "refused", "dated"}
    code = send(worked, worked.case, worked.sender)
    there = accept(code, worked.receiver)
    assert lost(before, state_of(there, worked.receiver)) == {}
    worked.do(worked.sender, actions.finish_transfer, code)
    back = send(worked, there, worked.receiver, municipality="GM1783")
    home = accept(back, worked.sender)
    assert home != worked.case
    assert lost(before, state_of(home, worked.sender)) == {}


def test_a_fact_says_in_what_function_and_where_it_was_said(worked: Between) -> None:
    there = accept(send(worked, worked.case, worked.sender), worked.receiver)
    facts, acts = plan_of(there, worked.receiver)
    assert facts["may_know"].said_name == "aandachtsfunctionaris van Gemeente Westland"
    assert facts["may_know"].said_at.date() == timezone.now().date()
    assert {act.became["who"] for act in acts.values() if act.became} == {"Gemeente Westland"}
    assert worked.sender.name not in repr(facts)


def test_a_sentence_goes_along_with_the_fact_that_it_tells(worked: Between) -> None:
    there = accept(send(worked, worked.case, worked.sender), worked.receiver)
    mine, _acts = plan_of(worked.case, worked.sender)
    theirs, _acts = plan_of(there, worked.receiver)
    assert mine["forced"].sources
    assert theirs["forced"].sources == mine["forced"].sources
    assert theirs["forced"].from_report


def test_what_was_said_is_not_overruled_by_what_was_heard_before_it(worked: Between) -> None:
    who = worked.sender
    with acting(who):
        cases.set_fact(actor=who, code=worked.case, fact="forced", values=["no"])
    there = accept(send(worked, worked.case, who), worked.receiver)
    theirs, _acts = plan_of(there, worked.receiver)
    assert theirs["forced"].values == {"no"}


def test_what_is_not_ticked_stays(worked: Between) -> None:
    who = worked.sender
    with acting(who):
        offer = offers.transfer_offer(worked.case, who)
        chosen = everything(worked, offer)
        off = {"plan", "wish", "possible_victim", "indicators", "language"}
        rows = {part.id for part in offer.parts if part.part in {*off, "plan_reasons"}}
        code = actions.send_transfer(
            case_code=worked.case, choice=replace(chosen, parts=chosen.parts - rows), actor=who
        )
    there = accept(code, worked.receiver)
    facts, acts = plan_of(there, worked.receiver)
    assert not any(each.said_at for each in facts.values())
    assert not any(act.became for act in acts.values())
    with acting(worked.receiver):
        view = case_queries.case(there, worked.receiver)
    assert view.wish is None
    (person,) = [each for each in view.subjects if each.name == PEOPLE]
    assert (list(person.roles), person.language) == (["witness"], "")
    assert not any(fact.signals for fact in view.facts)


def test_words_that_were_taken_out_do_not_go_beside_the_text(worked: Between) -> None:
    who = worked.sender
    with acting(who):
        offer = offers.transfer_offer(worked.case, who)
        wish = next(part for part in offer.allowed if part.part == "wish")
        assert "Gevraagd door: de wijkverpleegkundige" in wish.text
        people = next(part for part in offer.allowed if part.part == "person_description")
        reason = next(part for part in offer.allowed if part.part == "plan_reasons")
        texts = {
            wish.id: "De persoon wil hulp",
            people.id: people.text.replace(PEOPLE, "Man"),
            reason.id: "Op verzoek",
        }
        chosen = everything(worked, offer, texts=texts)
        code = actions.send_transfer(case_code=worked.case, choice=chosen, actor=who)
    there = accept(code, worked.receiver)
    with acting(worked.receiver):
        view = case_queries.case(there, worked.receiver)
    assert view.wish
    assert (view.wish.wants, view.wish.wants_not, view.wish.asked_by, view.wish.asked_on) == (
        "De persoon wil hulp",
        "",
        "",
        None,
    )
    kept = raw(there, worked.receiver)
    assert "de wijkverpleegkundige" not in kept
    assert "Geen politie" not in kept
    assert PEOPLE not in kept
    assert "Op verzoek" in kept
    assert next(each for each in view.subjects if each.name == "Man").roles


def raw(code: str, who: Actor) -> str:
    """Return all that somebody reads of a case."""
    with acting(who):
        return repr((case_queries.case(code, who), case_queries.plan_page(code, who)))


def test_what_the_handbook_there_does_not_know_is_told_in_words(
    worked: Between, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = send(worked, worked.case, worked.sender)
    with acting(worked.sender):
        pack = Case.objects.get(code=worked.case).pack
    _facts, acts = plan_of(worked.case, worked.sender)
    gone = next(act.planned.id for act in acts.values() if act.state == "done")
    says = pack.plan_actions[gone].says.nl
    lesser = replace_entries(pack, "plan_actions", gone)
    lesser = replace_entries(lesser, "plan_facts", "place_kind")
    monkeypatch.setattr(Case, "pack", property(lambda _case: lesser))
    with acting(worked.receiver):
        there = actions.accept_transfer(code=code, actor=worked.receiver)
        view = case_queries.case(there, worked.receiver)
    told = " ".join(each.text for each in view.events if each.what == "transfer")
    assert says.rstrip(".") in told
    assert "Soort plek: Woning" in told


def replace_entries(pack: Any, kind: str, without: str) -> Any:
    """Return a handbook that does not know one entry."""
    entries = getattr(pack, kind)
    return pack.model_copy(update={kind: type(entries)([each for each in entries if each.id != without])})


def test_what_a_department_here_was_given_is_told_and_open_there(worked: Between) -> None:
    who, until = worked.sender, timezone.localdate() + timedelta(days=2)
    fire, to = "fire_check", "department:brandweer"
    with acting(who):
        cases.set_fact(actor=who, code=worked.case, fact="housing", values=["dangerous"])
        cases.give(actor=who, code=worked.case, action=fire, to=to, until=until, contact="Anna de Boer")
    _facts, acts = plan_of(worked.case, who)
    assert acts[fire].state == "given"
    new = accept(send(worked, worked.case, who), worked.receiver)
    _facts, acts = plan_of(new, worked.receiver)
    assert acts[fire].open
    with acting(worked.receiver) as receiver:
        assert case_queries.measures_page(new, worked.receiver).views
        seen = str(case_queries.case(new, receiver))
    assert "de Boer" not in seen


def test_what_was_asked_about_residents_stands_on_the_timeline_once(worked: Between) -> None:
    who = worked.sender
    with acting(who):
        cases.answer_residents_question(
            actor=who, code=worked.case, answer="care_joins", first_step="care_coordination"
        )
    new = accept(send(worked, worked.case, who), worked.receiver)
    with acting(worked.receiver) as receiver:
        told = str(case_queries.case(new, receiver))
    assert "SHOP gaat mee. Eerst overlegd met de zorgcoördinator" in told
    assert "Gevraagd wat er met de bewoners gebeurt: SHOP" not in told


@pytest.fixture
def measured(between: Between) -> Between:
    """Return a case in which a measure was imposed, and another one is with a department."""
    who = between.sender
    named: dict[str, Any] = {"actor": who, "code": between.case}
    today = timezone.localdate()
    with acting(who):
        for fact, value in (("housing", "dangerous"), ("forced", "no"), ("hold", "none")):
            cases.set_fact(**named, fact=fact, values=[value])
        cases.answer_residents_question(**named, answer="care_joins", first_step="care_coordination")
        cases.finish_action(**named, action="others_beds")
        for action, to in (("urgent_stop", "body:college"), ("fire_check", "department:brandweer")):
            until = today + timedelta(days=2)
            cases.give(**named, action=action, to=to, until=until, contact="Anna de Boer")
        cases.note_result(**named, action="urgent_stop", result="imposed", on=today)
    return between


def tried_before(code: str, who: Actor) -> list[tuple[str, str, str, bool]]:
    """Return what was tried before the case came here: by whom, to whom, what came of it, and until when."""
    with acting(who):
        found = case_queries.measures_page(code, who).before
    return [(each.who, each.to, each.result, each.until is not None) for each in found]


WESTLAND_TRIED = [
    ("Gemeente Westland", "college", "Opgelegd", True),
    ("Gemeente Westland", "Brandweer (veiligheidsregio)", "", True),
]


def test_what_was_tried_is_told_there_as_done_by_the_other_and_is_no_decision_there(
    measured: Between,
) -> None:
    there = accept(send(measured, measured.case, measured.sender), measured.receiver)
    assert tried_before(there, measured.receiver) == WESTLAND_TRIED
    kept = kept_of(there, measured.receiver)
    assert {name: each["who"] for name, each in kept["actions"].items()} == {
        "others_beds": "Gemeente Westland"
    }
    assert not kept["given"]
    today = timezone.localdate()
    named: dict[str, Any] = {"actor": measured.receiver, "code": there}
    with acting(measured.receiver):
        view = case_queries.case(there, measured.receiver)
        own = case_queries.measures_page(there, measured.receiver)
        for action in ("urgent_stop", "fire_check"):
            with pytest.raises(Absent):
                cases.note_result(**named, action=action, result="withdrawn", on=today)
    assert [(each.who, each.result) for each in view.tried if each.to] == [
        ("Gemeente Westland", "Opgelegd"),
        ("Gemeente Westland", ""),
    ]
    assert not any(each.held or each.result for each in own.views)
    assert "de Boer" not in repr((view, own))


def test_what_was_tried_is_told_once_however_often_it_goes_over(measured: Between) -> None:
    code = send(measured, measured.case, measured.sender)
    there = accept(code, measured.receiver)
    measured.do(measured.sender, actions.finish_transfer, code)
    home = accept(send(measured, there, measured.receiver, municipality="GM1783"), measured.sender)
    assert tried_before(home, measured.sender) == WESTLAND_TRIED


def test_what_was_tried_goes_with_the_plan_or_not_at_all(measured: Between) -> None:
    who = measured.sender
    with acting(who):
        offer = offers.transfer_offer(measured.case, who)
        plan = next(part for part in offer.parts if part.part == "plan")
        assert "(Gemeente Westland, college, Opgelegd, " in plan.text
        assert "(Gemeente Westland, Brandweer (veiligheidsregio), terug op " in plan.text
        chosen = everything(measured, offer)
        code = actions.send_transfer(
            case_code=measured.case, choice=replace(chosen, parts=chosen.parts - {plan.id}), actor=who
        )
    assert tried_before(accept(code, measured.receiver), measured.receiver) == []


def test_what_an_older_sluitend_calls_done_is_no_decision_on_our_own_power(between: Between) -> None:
    done = {"state": "done", "reason": "", "why": "", "until": "", "who": "Gemeente Westland"}
    items = [
        {**done, "words": f"Klaar: {action}", "action": action, "at": timezone.now().isoformat()}
        for action in ("urgent_stop", "others_beds")
    ]
    taken = cases.TakenOver(
        sender="Gemeente Westland",
        transfer_code="T-2345",
        explanation="De woning staat daar",
        parts=(cases.TakenPart("plan", "Plan", "Klaar", {"items": items}),),
        acute=False,
        minor="no",
        forms=(),
        tracks=(),
    )
    with acting(between.receiver):
        _id, code = cases.take_over(actor=between.receiver, taken=taken)
        told = [
            each.text for each in case_queries.case(code, between.receiver).events if each.what == "transfer"
        ]
    assert set(kept_of(code, between.receiver)["actions"]) == {"others_beds"}
    assert "Klaar: urgent_stop" in " ".join(told)


def lines_of(code: str, who: Actor) -> set[tuple[str, str, str]]:
    """Return the lines of the picture of a case that somebody told, with the day of each."""
    with acting(who):
        bonds = case_queries.picture(code, who).bonds
    return {
        (each.start.name, each.end.name, f"{each.words} {each.since}")
        for each in bonds
        if "melding" in each.known or "overgedragen" in each.known
    }


def test_what_hangs_together_hangs_together_there(between: Between) -> None:
    there = accept(send(between, between.case, between.sender), between.receiver)
    with acting(between.receiver):
        known = {each.name for each in case_queries.case(there, between.receiver).subjects}
    # What may not go, such as a telephone, has no line there.
    mine = {each for each in lines_of(between.case, between.sender) if {each[0], each[1]} <= known}
    assert mine
    assert lines_of(there, between.receiver) == mine


def test_a_line_to_words_that_were_taken_out_does_not_go(between: Between) -> None:
    who = between.sender
    with acting(who):
        offer = offers.transfer_offer(between.case, who)
        place = next(part for part in offer.allowed if part.part == "place")
        chosen = everything(between, offer)
        code = actions.send_transfer(
            case_code=between.case, choice=replace(chosen, parts=chosen.parts - {place.id}), actor=who
        )
    there = accept(code, between.receiver)
    gone = {each.strip() for each in place.text.split("\n")}
    assert not any(gone & {start, end} for start, end, _words in lines_of(there, between.receiver))


def test_on_paper_the_plan_is_told_too(worked: Between) -> None:
    code = send(worked, worked.case, worked.sender, municipality="GM0569")
    with acting(worked.sender):
        sheet = sheet_of_transfer(queries.sent_transfer(code, worked.sender))
    told = " ".join(line.text for line in sheet.lines)
    assert "Wie mag het weten: Hulp en politie (aandachtsfunctionaris van Gemeente Westland" in told
    assert "Klaar: " in told
    assert "Later: " in told
    assert WHY in told


def test_what_is_still_being_composed_is_open_there(between: Between) -> None:
    with acting(between.sender):
        cases.start_actions(actor=between.sender, code=between.case, actions=["care_advice"])
    new = between.new_case(between.accepted())
    assert new is not None
    _facts, there = plan_of(new.code, between.receiver)
    assert there["care_advice"].open
