"""Measures of a case: given to somebody, carried by evidence, ended, added by hand, asked at the end."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.journeys.cases.matters import DEPUTY, ELSEWHERE, FOCAL, row, somebody, taken_in, weighed
from tests.journeys.cases.test_plan import acts, do, next_of, page, ready, say
from tests.kernel.handbook.changing import changed
from tests.packs import den_haag

from sluitend.demo.clock import at
from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.actions import Ended, NewPiece
from sluitend.journeys.cases.models import Case, EarlierLink, TimelineEvent
from sluitend.journeys.cases.queries.kept import measure_key
from sluitend.journeys.cases.queries.measures import MeasurePage, MeasuresPage
from sluitend.journeys.referrals import actions as referrals
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.handbook.entries import Entries
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plans import Action
from sluitend.kernel.ledger.models import Event
from sluitend.surfaces.templatetags.sluitend import nldate

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]

BAD = "De kas heeft losse draden en schimmel. Zes mannen slapen er."
FIRE, STOP, BEDS = "fire_check", "urgent_stop", "others_beds"
HOUSING = "department:woningtoezicht"


@pytest.fixture
def soon() -> date:
    """A day on which something comes back."""
    return timezone.localdate() + timedelta(days=2)


def dangerous() -> str:
    """Return a case with dangerous housing of which nothing must come first any more."""
    code = weighed(saw=BAD)
    say(code, "housing", "dangerous")
    say(code, "forced", "no")
    with somebody() as actor:
        actions.answer_residents_question(
            actor=actor, code=code, answer="care_joins", first_step="nothing_first"
        )
    do(actions.finish_action, code, BEDS)
    return code


def measure(code: str, action: str, who: str = FOCAL) -> MeasurePage:
    """Return a measure as somebody sees it."""
    with somebody(who) as actor:
        found = queries.measure_page(code, measure_key(row(code).id, action), actor)
    assert found is not None
    return found


def measures(code: str, who: str = FOCAL) -> MeasuresPage:
    """Return all measures of a case as somebody sees them."""
    with somebody(who) as actor:
        return queries.measures_page(code, actor)


def sources(code: str, action: str = STOP) -> dict[str, str]:
    """Return the first key that the case holds of each kind of evidence."""
    return {each.kind: each.key for each in reversed(measure(code, action).holdings)}


# Giving


def test_a_measure_that_somebody_was_given_waits_until_its_day_and_comes_back(soon: date) -> None:
    code = dangerous()
    do(actions.give, code, STOP, to=HOUSING, until=soon, contact="Toezicht Wonen", question="Kan dit morgen?")
    found = acts(code)[STOP]
    assert (found.state, found.until, found.given and found.given["to_words"]) == (
        "given",
        soon,
        "Woningtoezicht (Bouw en Wonen)",
    )
    view = measure(code, STOP).view
    assert (view.held, view.late, view.given and view.given["question"]) == (True, False, "Kan dit morgen?")
    with pytest.raises(Conflict):
        do(actions.finish_action, code, STOP)
    with at(end_of(soon)):
        assert acts(code)[STOP].open
        assert measure(code, STOP).view.late


def test_a_case_of_which_all_else_is_decided_comes_back_on_that_day(soon: date) -> None:
    code = dangerous()
    do(actions.give, code, STOP, to=HOUSING, until=soon)
    while ready_ones := [each for line in page(code).lines for each in line.ready]:
        do(actions.refuse_action, code, ready_ones[0].planned.id, reason="not_needed")
    assert next_of(code) == ("work_plan", soon)


@pytest.mark.parametrize(
    "wrong",
    [{"to": ""}, {"to": "department:no_such"}, {"to": "body:other"}, {"to": "department:" + "x" * 5000}],
)
def test_a_measure_is_given_to_a_department_or_body_of_the_municipality(
    wrong: dict[str, str], soon: date
) -> None:
    code = dangerous()
    with pytest.raises(DomainError):
        do(actions.give, code, STOP, **{"until": soon, **wrong})
    assert acts(code)[STOP].open


def test_a_day_that_passed_or_lies_far_is_no_day_to_come_back() -> None:
    code = dangerous()
    for days in (-1, 400):
        until = timezone.localdate() + timedelta(days=days)
        with pytest.raises(DomainError):
            do(actions.give, code, STOP, to=HOUSING, until=until)


def test_nothing_is_given_while_something_must_come_first(soon: date) -> None:
    code = weighed(saw=BAD)
    say(code, "housing", "dangerous")
    assert acts(code)[STOP].waits
    with pytest.raises(DomainError):
        do(actions.give, code, STOP, to=HOUSING, until=soon)
    assert not measure(code, STOP).view.may_give


def test_what_was_not_weighed_is_given_to_nobody(soon: date) -> None:
    code = taken_in(saw=BAD)
    say(code, "housing", "dangerous")
    with pytest.raises(DomainError):
        do(actions.give, code, FIRE, to="department:brandweer", until=soon)


def test_what_a_partner_is_asked_is_no_measure_of_our_own(soon: date) -> None:
    code = weighed(saw=BAD)
    with pytest.raises(Absent):
        do(actions.give, code, "care_advice", to=HOUSING, until=soon)


def test_a_body_that_does_not_decide_on_it_is_said_with_what_a_court_said(soon: date) -> None:
    code = dangerous()
    do(actions.give, code, STOP, to="body:mayor", until=soon)
    view = measure(code, STOP).view
    assert view.wrong_body
    assert [each.ruling.id for each in view.body_warnings] == ["wrong_body"]
    do(actions.give, code, STOP, to="body:college", until=soon)
    assert not measure(code, STOP).view.wrong_body


def test_what_was_given_can_be_taken_back_and_keeps_its_evidence(soon: date) -> None:
    code = dangerous()
    key = sources(code)["observation"]
    do(actions.keep_evidence, code, STOP, pieces={0: NewPiece(key, ground="observation.own_supervision")})
    do(actions.give, code, STOP, to=HOUSING, until=soon)
    do(actions.take_up_again, code, STOP)
    view = measure(code, STOP).view
    assert (view.held, view.carried, view.state) == (False, 1, "")


# Evidence


def test_evidence_that_is_not_there_is_said_with_what_a_court_said() -> None:
    view = measure(dangerous(), STOP).view
    assert (view.thin, view.carried, view.asked) == (True, 0, 3)
    assert [each.ruling.id for each in view.warnings] == ["closure_annulled"]
    assert not view.warnings[0].ruling.confirmed
    assert view.warnings[0].sources == (den_haag().references["rvs-1317"].title,)


def test_evidence_comes_from_what_the_case_holds_and_counts_on_a_ground_of_its_kind() -> None:
    code = dangerous()
    key = sources(code)["observation"]
    do(
        actions.keep_evidence,
        code,
        STOP,
        pieces={
            0: NewPiece(key, ground="observation.own_supervision"),
            1: NewPiece("visit", "Verslag brandweer, 27 november", "visit.own_power"),
            2: NewPiece("paper", "Brief van Wmo, 26 november"),
        },
    )
    view = measure(code, STOP).view
    assert [each.carries for each in view.pieces] == [True, True, False]
    assert [each.there for each in view.pieces] == [True, True, True]
    assert view.thin
    assert acts(code)[STOP].carried == 2
    do(
        actions.keep_evidence,
        code,
        STOP,
        pieces={2: NewPiece("paper", "Brief van Wmo, 26 november", "paper.own_document")},
    )
    assert not measure(code, STOP).view.thin
    assert measure(code, STOP).view.warnings == ()


def test_what_a_partner_said_counts_only_with_consent_or_written_for_it() -> None:
    code = dangerous()
    with somebody() as actor:
        actions.start_actions(actor=actor, code=code, actions=["care_advice"])
    sent = ready(code).send("person")
    with somebody() as actor:
        referrals.note_answer(code=sent, answer="opgepakt", on=timezone.localdate(), actor=actor)
    key = sources(code)["answer"]
    for ground in ("observation.own_staff", "look_up.public_register", "answer.no_such", "x"):
        with pytest.raises(DomainError):
            do(actions.keep_evidence, code, STOP, pieces={0: NewPiece(key, ground=ground)})
    do(actions.keep_evidence, code, STOP, pieces={0: NewPiece(key)})
    assert not measure(code, STOP).view.pieces[0].carries
    do(actions.keep_evidence, code, STOP, pieces={0: NewPiece(key, ground="answer.partner_agrees")})
    assert measure(code, STOP).view.pieces[0].carries


@pytest.mark.parametrize(
    "piece",
    [
        NewPiece("observation:0193b7a0-0000-7000-8000-000000000000"),
        NewPiece("no_such_kind", "Iets"),
        NewPiece("visit", "   "),
        NewPiece("x" * 5000),
    ],
)
def test_what_the_case_does_not_hold_is_no_evidence(piece: NewPiece) -> None:
    code = dangerous()
    with pytest.raises(DomainError):
        do(actions.keep_evidence, code, STOP, pieces={0: piece})
    assert not measure(code, STOP).view.pieces[0].there


def test_an_observation_that_was_corrected_carries_nothing_any_more_and_is_not_forgotten() -> None:
    code = dangerous()
    key = sources(code)["observation"]
    do(actions.keep_evidence, code, STOP, pieces={0: NewPiece(key, ground="observation.own_staff")})
    before = measure(code, STOP).view.pieces[0].source
    with somebody() as actor:
        seen, new = (
            UUID(key.partition(":")[2]),
            actions.NewObservation("fact", "De kas heeft één losse draad."),
        )
        actions.correct_observation(actor=actor, code=code, observation_id=seen, new=new)
    piece = measure(code, STOP).view.pieces[0]
    assert (piece.gone, piece.carries, piece.source) == (True, False, before)
    # What else is kept with it does not throw it away.
    do(
        actions.keep_evidence,
        code,
        STOP,
        pieces={0: NewPiece(key, ground="observation.own_staff"), 1: NewPiece("visit", "Verslag", "")},
    )
    assert measure(code, STOP).view.pieces[0].gone


def test_another_case_holds_no_evidence_of_this_one() -> None:
    code, other = dangerous(), dangerous()
    with pytest.raises(DomainError):
        do(actions.keep_evidence, code, STOP, pieces={0: NewPiece(sources(other)["observation"])})


def test_what_goes_to_a_partner_has_its_evidence_too_and_is_given_to_nobody(soon: date) -> None:
    code = dangerous()
    say(code, "organised", "yes")
    view = measure(code, "riec_bring").view
    assert (view.thin, view.asked, view.may_give) == (True, 2, False)
    pieces = {0: NewPiece(sources(code, "riec_bring")["observation"], ground="observation.own_staff")}
    do(actions.keep_evidence, code, "riec_bring", pieces=pieces)
    assert acts(code)["riec_bring"].carried == 1
    with pytest.raises(Absent):
        do(actions.give, code, "riec_bring", to=HOUSING, until=soon)


# Results


@pytest.mark.parametrize(
    ("result", "state"),
    [("done", "done"), ("imposed", "done"), ("not_imposed", "refused"), ("withdrawn", "refused")],
)
def test_what_came_of_it_stays_with_the_case(
    result: str, state: str, soon: date, client_for: ClientFor
) -> None:
    code, today = dangerous(), timezone.localdate()
    do(actions.give, code, STOP, to=HOUSING, until=soon)
    do(actions.note_result, code, STOP, result=result, on=today)
    assert acts(code)[STOP].state == state
    words = den_haag().measure_results[result].label.nl
    with somebody() as actor:
        tried = {each.id: each for each in queries.case(code, actor).tried}
    assert (tried[STOP].result, tried[STOP].on, tried[STOP].to) == (
        words,
        today,
        "Woningtoezicht (Bouw en Wonen)",
    )
    listed = client_for(FOCAL).get(f"/werk/casussen/{code}/maatregelen/").text
    assert f"<b>{words}</b>, {nldate(today)}" in listed
    with somebody():
        told = TimelineEvent.objects.filter(case__code=code, what=TimelineEvent.What.PLAN).count()
    assert told >= 3
    with pytest.raises(Conflict):
        do(actions.note_result, code, STOP, result="done", on=today)


def test_a_result_is_one_of_the_handbook_and_not_of_tomorrow(soon: date) -> None:
    code = dangerous()
    with pytest.raises(Absent):
        do(actions.note_result, code, STOP, result="done", on=timezone.localdate())
    do(actions.give, code, STOP, to=HOUSING, until=soon)
    for wrong in ({"result": "won"}, {"on": soon}):
        with pytest.raises(DomainError):
            do(actions.note_result, code, STOP, **{"result": "done", "on": timezone.localdate()} | wrong)


def test_a_measure_that_left_the_plan_is_told_and_still_gets_its_result(soon: date) -> None:
    code = dangerous()
    do(actions.give, code, STOP, to=HOUSING, until=soon)
    say(code, "housing", "bad")
    assert STOP not in acts(code)
    view = measure(code, STOP).view
    assert (view.planned, view.held, view.may_give) == (None, True, False)
    says = den_haag().plan_actions[STOP].says.nl
    assert (says, "given") in {(each.says.nl, each.state) for each in page(code).past}
    do(actions.note_result, code, STOP, result="withdrawn", on=timezone.localdate())
    assert STOP in {each.id for each in measures(code).views}


def test_a_release_that_drops_a_measure_and_its_department_loses_nothing(
    soon: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = dangerous()
    key = sources(code)["observation"]
    do(actions.keep_evidence, code, STOP, pieces={0: NewPiece(key, ground="observation.own_staff")})
    do(actions.give, code, STOP, to=HOUSING, until=soon)
    words = measure(code, STOP).view.pieces[0].source
    later = _without(den_haag(), STOP, "woningtoezicht")
    monkeypatch.setattr(Case, "pack", property(lambda _case: later))
    view = measure(code, STOP).view
    assert (view.action, view.says) == (None, den_haag().plan_actions[STOP].says.nl)
    assert view.ended_receiver
    assert (view.says, "given") in {(each.says.nl, each.state) for each in page(code).past}
    assert [(each.named, each.source) for each in view.pieces] == [(False, words)]
    do(actions.note_result, code, STOP, result="imposed", on=timezone.localdate())
    with somebody() as actor:
        assert "Opgelegd" in {each.result for each in queries.case(code, actor).tried}


def _without(pack: Pack, action: str, department: str) -> Pack:
    rules = tuple(
        each.model_copy(update={"adds": tuple(adds for adds in each.adds if adds.action != action)})
        for each in pack.plan_rules
    )
    kept = tuple(each for each in pack.plan_actions if each.id != action)
    return pack.model_copy(
        update={
            "plan_rules": type(pack.plan_rules)(rules),
            "plan_actions": Entries[Action](kept),
            "departments": type(pack.departments)(
                tuple(each for each in pack.departments if each.id != department)
            ),
        }
    )


# Adding


def test_what_no_rule_asks_for_can_be_added_with_a_reason_and_has_its_locks() -> None:
    code = weighed(saw=BAD)
    assert "penalty_propose" in measures(code).offers.ids
    with pytest.raises(DomainError):
        do(actions.add_measure, code, "penalty_propose", reason="")
    do(actions.add_measure, code, "penalty_propose", reason="agreed")
    found = acts(code)["penalty_propose"]
    assert (found.waits, found.added) == (True, "Zo is het afgesproken in het overleg")
    assert "penalty_propose" not in measures(code).offers.ids
    with pytest.raises(DomainError):
        do(actions.add_measure, code, "penalty_propose", reason="agreed")


def test_what_holds_no_more_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    code, yesterday = weighed(saw=BAD), timezone.localdate() - timedelta(days=1)
    over = changed(den_haag(), "instruments", "penalty", valid_until=yesterday.isoformat())
    monkeypatch.setattr(Case, "pack", property(lambda _case: over))
    assert "penalty_propose" not in measures(code).offers.ids


@pytest.mark.parametrize("action", ["care_refer", "call_112", "no_such_action", "marriage_desk", "x" * 5000])
def test_what_does_not_fit_here_is_not_added(action: str) -> None:
    code = weighed(saw=BAD)
    with pytest.raises(DomainError):
        do(actions.add_measure, code, action, reason="agreed")
    assert action not in acts(code)


def test_what_a_guard_keeps_out_is_not_added_and_says_why() -> None:
    code = weighed(saw=BAD)
    say(code, "territory", "outside_region")
    offers = measures(code).offers
    assert "penalty_propose" not in offers.ids
    assert den_haag().plan_rules["outside_region"].because.nl in {
        because for _says, because in offers.kept_out
    }
    with pytest.raises(DomainError):
        do(actions.add_measure, code, "penalty_propose", reason="agreed")


def test_a_guard_that_comes_later_takes_out_what_was_added_and_says_so() -> None:
    code = weighed(saw=BAD)
    do(actions.add_measure, code, "penalty_propose", reason="agreed")
    say(code, "territory", "outside_region")
    assert "penalty_propose" not in acts(code)
    says = den_haag().plan_actions["penalty_propose"].says.nl
    assert says in {each for line in page(code).lines for each, _because in line.lifted}


def test_each_offer_says_who_decides_and_on_what_ground() -> None:
    for group in measures(weighed(saw=BAD)).offers.groups:
        for offer in group.offers:
            assert offer.instrument is not None
            assert offer.planned.action.holders


# Linked cases


def test_what_was_tried_in_a_linked_case_is_shown_and_logged_and_no_further(soon: date) -> None:
    before, code, apart = dangerous(), dangerous(), dangerous()
    for each in (before, apart):
        do(actions.give, each, STOP, to=HOUSING, until=soon)
        do(actions.note_result, each, STOP, result="imposed", on=timezone.localdate())
    with somebody() as actor:
        EarlierLink.objects.create(
            organisation_id=actor.own_organisation,
            about_id=row(code).id,
            earlier_kind="case",
            earlier_id=row(before).id,
            earlier_code=before,
            verdict=EarlierLink.Verdict.LINKED,
            at=timezone.now(),
            by_id=actor.own_account,
        )
    linked = measures(code).linked
    assert [each.code for each in linked] == [before]
    assert {each.result for each in linked[0].tried} >= {"Opgelegd"}
    assert Event.objects.filter(action="case.read", purpose="linked").exists()
    assert [each.code for each in measures(before).linked] == [code]


def test_another_municipality_sees_none_of_it() -> None:
    code = dangerous()
    with pytest.raises(Absent):
        measures(code, who=ELSEWHERE)
    with somebody(ELSEWHERE) as actor, pytest.raises(Absent):
        actions.add_measure(actor=actor, code=code, action="penalty_propose", reason="agreed")


# Two at once, and what is written down


def test_of_two_who_give_one_measure_the_second_reads_who_was_first(soon: date) -> None:
    code = dangerous()
    seen = measure(code, STOP).head.revision
    do(actions.give, code, STOP, to=HOUSING, until=soon, revision=seen)
    with somebody(DEPUTY) as actor, pytest.raises(Conflict):
        actions.give(actor=actor, code=code, action=STOP, to="body:college", until=soon, revision=seen)
    assert measure(code, STOP).view.given["to"] == HOUSING  # type: ignore[index]


def test_the_ledger_names_no_measure_and_no_receiver(soon: date) -> None:
    code = dangerous()
    do(actions.give, code, STOP, to=HOUSING, until=soon, contact="Anna de Boer")
    lines = [str(each.__dict__) for each in Event.objects.all()]
    assert not [each for each in lines if STOP in each or "woningtoezicht" in each or "de Boer" in each]


# Closing


def ending(code: str, **more: Any) -> None:
    """Close a case."""
    with somebody() as actor:
        for kind in ("person", "place"):
            view = queries.case(code, actor)
            card = view.person if kind == "person" else view.place
            if card.opened and card.state != "closed":
                actions.close_track(actor=actor, code=code, track=kind, outcome="not_enough", reason="done")
        actions.close_case(
            actor=actor, code=code, outcome="not_enough", tell="outcome", reason="tracks_done", **more
        )


def test_closing_asks_what_helped(soon: date) -> None:
    code = dangerous()
    do(actions.give, code, STOP, to=HOUSING, until=soon)
    do(actions.note_result, code, STOP, result="imposed", on=timezone.localdate())
    for wrong in ((), ("care_refer",), (STOP, "nothing")):
        with pytest.raises(DomainError):
            ending(code, ended=Ended(wrong))
    ending(code, ended=Ended((STOP,)))
    with somebody() as actor:
        view = queries.case(code, actor)
    assert [each.id for each in view.tried if each.helped] == [STOP]
    assert f"Hielp: {den_haag().plan_actions[STOP].says.nl.rstrip('.')}" in view.events[0].text


def test_closing_asks_why_nothing_was_tried() -> None:
    code = weighed(saw=BAD)
    say(code, "housing", "dangerous")
    do(actions.finish_action, code, "place_lookup")
    for wrong in (Ended(), Ended(reason="no_such"), Ended(reason="andere_reden")):
        with pytest.raises(DomainError):
            ending(code, ended=wrong)
    ending(code, ended=Ended(reason="thin_evidence"))
    with somebody() as actor:
        assert "te weinig bewijs" in queries.case(code, actor).events[0].text


def test_a_case_that_nobody_worked_by_its_plan_is_asked_nothing() -> None:
    code = weighed(saw=BAD)
    ending(code)
    with somebody() as actor:
        assert queries.case(code, actor).tried == []


def test_an_older_handbook_without_words_for_it_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    code = weighed(saw=BAD)
    do(actions.finish_action, code, "place_lookup")
    older = den_haag().model_copy(
        update={
            "reasons": type(den_haag().reasons)(
                tuple(each for each in den_haag().reasons if not each.id.startswith("measure"))
            ),
            "rulings": Entries(()),
            "evidence_kinds": Entries(()),
            "measure_results": Entries(()),
        }
    )
    monkeypatch.setattr(Case, "pack", property(lambda _case: older))
    assert not measures(code).may_add
    ending(code)


# The pages


def test_from_the_plan_to_the_measure_and_back(client_for: ClientFor, soon: date) -> None:
    code, client = dangerous(), client_for(FOCAL)
    with somebody():
        address = f"/werk/casussen/{code}/maatregelen/{measure_key(row(code).id, STOP)}/"
    assert address in client.get(f"/werk/casussen/{code}/plan/").text
    body = client.get(address).text
    assert "Het bewijs is nog te dun voor een besluit." in body
    assert den_haag().rulings["closure_annulled"].text.nl in body
    assert "nog niet bevestigd, laat dit nalezen" in body
    revision = page(code).head.revision
    sent = {"what": "give", "to": HOUSING, "until": soon.isoformat(), "revision": revision}
    answer = client.post(address, sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"/werk/casussen/{code}/maatregelen/"
    assert "Bij Woningtoezicht (Bouw en Wonen)" in answer.text
    stale = client.post(address, {**sent, "to": "body:college"})
    assert stale.status_code == 422
    assert "Iemand anders heeft dit net gewijzigd." in stale.text
    wrong = client.post(address, {"what": "result", "result": "", "on": "gisteren"})
    assert wrong.status_code == 422
    done = client.post(
        address, {"what": "result", "result": "imposed", "on": timezone.localdate().isoformat()}
    )
    assert done.status_code == 302
    assert "Opgelegd" in client.get(f"/werk/casussen/{code}/").text
    assert "Klaar: Opgelegd" in " ".join(client.get(f"/werk/casussen/{code}/plan/").text.split())


def test_the_page_keeps_evidence_and_says_what_does_not_fit(client_for: ClientFor) -> None:
    code, client = dangerous(), client_for(FOCAL)
    key = sources(code)["observation"]
    with somebody():
        address = f"/werk/casussen/{code}/maatregelen/{measure_key(row(code).id, STOP)}/"
    sent = {"what": "evidence", "source_0": key, "ground_0": "answer.partner_agrees"}
    wrong = client.post(address, sent)
    assert wrong.status_code == 422
    assert "Deze grond past niet bij deze bron." in wrong.text
    right = client.post(address, {**sent, "ground_0": "observation.own_staff"}, follow=True)
    assert "1 van 3 is er en mag in een besluit." in " ".join(right.text.split())
    assert client.post(address, {"what": "evidence", "source_0": "x" * 5000}).status_code == 422
    assert client.post(address, {"what": "no_such"}).status_code == 200


def test_a_measure_that_is_not_there_is_told_in_words(client_for: ClientFor) -> None:
    code, client = weighed(saw=BAD), client_for(FOCAL)
    answer = client.get(f"/werk/casussen/{code}/maatregelen/abcdef/", follow=True)
    assert "Deze actie staat niet meer in het plan." in answer.text


def test_a_measure_is_added_on_the_page(client_for: ClientFor) -> None:
    code, client = weighed(saw=BAD), client_for(FOCAL)
    address = f"/werk/casussen/{code}/maatregelen/"
    assert den_haag().instruments["penalty"].ground.nl in client.get(address).text
    wrong = client.post(address, {"action": "care_refer", "reason": "agreed"})
    assert wrong.status_code == 422
    sent = {"action": "penalty_propose", "reason": "andere_reden", "reason_text": "Besproken."}
    right = client.post(address, sent, follow=True)
    assert "Zelf toegevoegd: Besproken." in " ".join(right.text.split())


def test_closing_shows_what_was_tried_and_asks(client_for: ClientFor, soon: date) -> None:
    code, client = dangerous(), client_for(FOCAL)
    do(actions.give, code, STOP, to=HOUSING, until=soon)
    body = client.get(f"/werk/casussen/{code}/afsluiten/").text
    assert "Nog geen uitkomst" in body
    assert "Wat hielp?" in body
    sent = {"outcome": "not_enough", "tell": "outcome", "reason": "tracks_done"}
    answer = client.post(f"/werk/casussen/{code}/afsluiten/", sent)
    assert answer.status_code == 422
    assert "Kies wat hielp, of dat nog niets hielp." in answer.text
