"""With each answer that ends nothing goes a day for the next word; who may say nothing says no more."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from tests.journeys.referrals.situations import Ready, days
from tests.journeys.referrals.test_pickup import started
from tests.journeys.referrals.test_returned import expired

from sluitend.journeys.cases.journey import PARTNER_ANSWERED, WORK_TRACK
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.journey import ANSWER_REFERRAL, AWAIT_WORD
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.deadlines import add_working_days
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release

pytestmark = pytest.mark.django_db
AF, NLA = "af@westland.example", "nla@arbeidsinspectie.example"


def answered(ready: Ready, answer: str = "opgepakt", **more: Any) -> str:
    """Return a referral on which the inspector gave this answer."""
    code = ready.accepted()
    with acting(ready.inspector):
        actions.feed_back(code=code, answer=answer, actor=ready.inspector, **more)
    return code


def read(ready: Ready, code: str) -> None:
    with acting(ready.focal_point):
        actions.handle_answer(code=code, tell="", actor=ready.focal_point)


def due(who: Any, code: str, what: str) -> date:
    with acting(who):
        step = NextStep.objects.get(code=code, what=what, done__isnull=True)
    return timezone.localtime(step.due).date()


def pass_by(ready: Ready, code: str) -> None:
    """Let the day that the partner gave pass."""
    with acting(ready.focal_point):
        Referral.objects.filter(code=code).update(next_word=days(-1))


def test_the_day_of_the_next_word_is_the_step_of_both(ready: Ready) -> None:
    code = answered(ready, next_word=days(9))
    assert ready.row(code).next_word == days(9)
    assert due(ready.inspector, code, ANSWER_REFERRAL) == days(9)
    read(ready, code)
    assert due(ready.focal_point, code, AWAIT_WORD) == days(9)


def test_without_a_day_the_handbook_proposes_one(ready: Ready) -> None:
    code = answered(ready)
    pack = current_release().pack
    proposed = add_working_days(timezone.localdate(), pack.feedback_codes["opgepakt"].next_days or 0)
    assert ready.row(code).next_word == min(proposed, ready.row(code).expires)


@pytest.mark.parametrize("day", [days(0), days(-1), days(4000), date.max, date.min])
def test_the_day_lies_ahead_and_within_what_can_be_read(ready: Ready, day: date) -> None:
    code = ready.accepted()
    with acting(ready.inspector), pytest.raises(DomainError) as raised:
        actions.feed_back(code=code, answer="opgepakt", next_word=day, actor=ready.inspector)
    assert raised.value.field == "next_word"
    assert (ready.row(code).answer, ready.row(code).next_word) == ("", None)


def test_an_answer_that_ends_it_takes_the_day_away(ready: Ready) -> None:
    code = answered(ready, next_word=days(9))
    with acting(ready.inspector):
        actions.feed_back(code=code, answer="afgesloten", next_word=days(9), actor=ready.inspector)
    assert ready.row(code).next_word is None


def test_received_and_a_question_give_no_day(ready: Ready) -> None:
    code = answered(ready, "ontvangen", next_word=days(9))
    assert ready.row(code).next_word is None
    with acting(ready.inspector):
        actions.ask(code=code, text="Is er een hond?", actor=ready.inspector)
    assert ready.row(code).next_word is None


def test_who_kept_nobody_waiting_is_not_reminded_and_who_did_is(ready: Ready) -> None:
    code, who = answered(ready, next_word=days(9)), ready.focal_point
    read(ready, code)
    with acting(who):
        assert not queries.sent(code, who).may_remind
        with pytest.raises(DomainError):
            actions.remind(code=code, actor=who)
    pass_by(ready, code)
    with acting(who):
        view = queries.sent(code, who)
        assert (view.may_remind, view.next_late) == (True, True)
        actions.remind(code=code, actor=who)
    assert due(who, code, AWAIT_WORD) > days(0)


def steps(who: Any, code: str) -> set[str]:
    """Return what is open for somebody's organisation."""
    with acting(who):
        rows = NextStep.objects.filter(code=code, organisation_id=who.own_organisation, done__isnull=True)
        return set(rows.values_list("what", flat=True))


def test_an_answer_that_nobody_read_outlives_the_access(ready: Ready) -> None:
    code, who = answered(ready), ready.focal_point
    expired(ready, code)
    assert PARTNER_ANSWERED in steps(who, code)
    with acting(who):
        assert queries.sent(code, who).must_handle
    read(ready, code)
    assert steps(who, code) == {AWAIT_WORD}


def test_of_who_answered_nobody_says_that_there_is_no_answer(ready: Ready) -> None:
    code, who = answered(ready), ready.focal_point
    read(ready, code)
    expired(ready, code)
    assert steps(who, code) == {AWAIT_WORD}
    with acting(who):
        step = NextStep.objects.get(code=code, what=AWAIT_WORD, done__isnull=True)
        assert not step.waits_on_other
        assert queries.sent(code, who).may_stop_waiting


def test_a_new_link_for_who_answered_leaves_the_day_as_it_is(ready: Ready) -> None:
    waiting = started(ready)
    client: Client = waiting.opened()[0]
    client.post(waiting.path, {"act": "accept"})
    day = {"next_word": days(7).isoformat()}
    client.post(waiting.path, {"act": "answer", "answer": "opgepakt", "text": "", **day})
    code, who = waiting.row().code, ready.focal_point
    read(ready, code)
    with acting(who):
        actions.start_pickup(code=code, address="balie@partner.example", actor=who)
    assert steps(who, code) == {AWAIT_WORD}
    assert due(who, code, AWAIT_WORD) == days(7)


def test_both_sides_read_the_day_and_that_it_passed(ready: Ready, client_for: Any) -> None:
    code = answered(ready, next_word=days(9))
    shown = date_format(days(9), "l j F Y")
    focal, partner = client_for(AF), client_for(NLA)
    for client, path in ((focal, "doorgezet"), (partner, "ontvangen")):
        page = client.get(f"/werk/{path}/{code}/").text
        assert shown in page or shown.capitalize() in page or date_format(days(9), "j F Y") in page
        assert "Meer bericht vóór" in client.get(f"/werk/{path}/").text
    pass_by(ready, code)
    for client, path in ((focal, "doorgezet"), (partner, "ontvangen")):
        assert "Stond voor" in client.get(f"/werk/{path}/").text
    assert "Deze dag is voorbij" in focal.get(f"/werk/doorgezet/{code}/").text


def test_the_form_says_the_day_of_each_answer_and_takes_it(ready: Ready, client_for: Any) -> None:
    code, client = ready.accepted(), client_for(NLA)
    page = client.get(f"/werk/ontvangen/{code}/").text
    assert "De gemeente hoort meer vóór" in page
    at = f"/werk/ontvangen/{code}/antwoord/"
    wrong = client.post(at, {"answer": "opgepakt", "next_word": days(0).isoformat()})
    assert wrong.status_code == 422
    assert "Kies een dag na vandaag" in wrong.text
    assert client.post(at, {"answer": "opgepakt", "next_word": "morgen"}).status_code == 422
    assert client.post(at, {"answer": "opgepakt", "next_word": days(5).isoformat()}).status_code == 302
    assert ready.row(code).next_word == days(5)


def test_who_has_the_partner_on_the_telephone_notes_the_day(ready: Ready, client_for: Any) -> None:
    code, client = ready.send(channel="secure_mail"), client_for(AF)
    client.post(f"/werk/doorgezet/{code}/verstuurd/", {"on": days(0).isoformat()})
    at = f"/werk/doorgezet/{code}/antwoord/"
    assert 'name="next_word"' in client.get(at).text
    data = {"answer": "opgepakt", "on": days(0).isoformat(), "next_word": days(6).isoformat()}
    assert client.post(at, data).status_code == 302
    assert ready.row(code).next_word == days(6)
    read(ready, code)
    assert due(ready.focal_point, code, AWAIT_WORD) == days(6)


def test_a_pick_up_page_gives_the_day_too_and_no_other(ready: Ready) -> None:
    waiting = started(ready)
    client: Client = waiting.opened()[0]
    client.post(waiting.path, {"act": "accept"})
    assert 'name="next_word"' in client.get(waiting.path).text
    sent = {"act": "answer", "answer": "opgepakt", "text": ""}
    assert client.post(waiting.path, sent | {"next_word": days(4000).isoformat()}).status_code == 422
    assert client.post(waiting.path, sent | {"next_word": days(7).isoformat()}).status_code == 302
    assert (waiting.row().answer, waiting.row().next_word) == ("opgepakt", days(7))
    assert date_format(days(7), "j F Y") in client.get(waiting.path).text


def test_may_not_say_anything_ends_nothing_by_itself(ready: Ready) -> None:
    code = answered(ready, "mag_niets_zeggen")
    row = ready.row(code)
    assert (row.state, row.answered, row.outcome_on, row.passed_on) == ("accepted", True, None, None)
    assert row.next_word
    with acting(ready.focal_point):
        view = queries.sent(code, ready.focal_point)
    assert (view.answer_words, view.facts.outcome) == ("Mag niets zeggen", None)


def test_its_sender_may_wait_no_further(ready: Ready) -> None:
    code, who = answered(ready, "mag_niets_zeggen"), ready.focal_point
    with acting(who), pytest.raises(Conflict):
        actions.stop_waiting(code=code, actor=who)
    read(ready, code)
    with acting(who):
        assert queries.sent(code, who).may_stop_waiting
        actions.stop_waiting(code=code, actor=who)
    row = ready.row(code)
    assert (row.state, row.answer, row.closed is not None, row.access_ended) == (
        "done",
        "mag_niets_zeggen",
        True,
        days(0),
    )
    with acting(who):
        assert NextStep.objects.filter(what=WORK_TRACK, done__isnull=True).exists()
    with acting(who), pytest.raises(Conflict):
        actions.stop_waiting(code=code, actor=who)
    assert isinstance(row.closed, datetime)


def test_nobody_stops_waiting_for_who_never_answered(ready: Ready, client_for: Any) -> None:
    code, who = ready.accepted(), ready.focal_point
    with acting(who), pytest.raises(Conflict):
        actions.stop_waiting(code=code, actor=who)
    with acting(ready.inspector):
        actions.ask(code=code, text="Is er een hond?", actor=ready.inspector)
    with acting(who), pytest.raises(Conflict):
        actions.stop_waiting(code=code, actor=who)
    assert client_for("af@denhaag.example").post(f"/werk/doorgezet/{code}/niet-verder/").status_code == 404


def test_the_sender_stops_waiting_in_the_browser(ready: Ready, client_for: Any) -> None:
    code, client = answered(ready, "mag_niets_zeggen"), client_for(AF)
    read(ready, code)
    at = f"/werk/doorgezet/{code}/"
    assert at + "niet-verder/" in client.get(at).text
    assert "U wacht niet verder" in client.post(at + "niet-verder/", follow=True).text
    assert at + "niet-verder/" not in client.get(at).text


def test_everybody_with_a_secret_may_say_nothing(ready: Ready) -> None:
    pack = current_release().pack
    code = pack.feedback_codes["mag_niets_zeggen"]
    who = {each.id for each in pack.partners if each.kind in code.used_by_kinds or each.id in code.used_by}
    assert {"shop", "avim", "vt_haaglanden", "ggd_haaglanden", "zvh_haaglanden", "riec", "om", "nidos"} <= who
    assert "rsiv" not in who
    person = ready.accepted("person")
    with acting(ready.care):
        assert "mag_niets_zeggen" in {each.id for each, _does in queries.received(person, ready.care).codes}
        actions.feed_back(code=person, answer="mag_niets_zeggen", actor=ready.care)
    assert ready.row(person).answered
