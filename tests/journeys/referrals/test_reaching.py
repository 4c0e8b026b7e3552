"""How people are reached from now on: of whom care hears it, and that it reads the last word of it."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from tests.journeys.referrals.situations import Ready
from tests.journeys.referrals.test_pickup import started
from tests.journeys.test_reaching import (
    HOW,
    open_at_care,
    people,
    person_with,
    ready_with,
    record,
    thread,
)

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.drafts import NewSubject
from sluitend.journeys.cases.reach import Reach
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.queries.shapes import ReceivedView
from sluitend.journeys.referrals.sheets import sheet_of_sent
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
type ClientFor = Callable[[str], Client]
ONE_CHANGED_ONE_TOLD = 2
SISTER = Reach(how="Via haar tante in Delft")


def at_care(ready: Ready, code: str) -> ReceivedView:
    """Return a referral as care reads it."""
    with acting(ready.care):
        return queries.received(code, ready.care)


def contact(ready: Ready, code: str) -> str:
    """Return how somebody is reached, as care reads it among what was shared."""
    return next(each.text for each in at_care(ready, code).content.parts if each.id == CONTACT)


def changed(ready: Ready, how: str) -> None:
    """Let the municipality record how the person is reached from now on."""
    person = person_with(ready.case, ready.focal_point)
    record(ready.case, ready.focal_point, person.id, how=how)


def read(ready: Ready, code: str, seen: str) -> None:
    """Let care say which words it read."""
    with acting(ready.care):
        actions.note_reach_read(code=code, seen=seen, actor=ready.care)


def test_care_hears_nothing_of_who_was_not_handed_over() -> None:
    ready = ready_with()
    code = ready.accepted("person")
    first, who = person_with(ready.case, ready.focal_point), ready.focal_point
    new = NewSubject("person", "Haar zus", reach=SISTER)
    with acting(who):
        other = cases.add_subject(actor=who, code=ready.case, new=new)
    record(ready.case, who, other, how="Via de buurvrouw in Delft")
    assert open_at_care(ready, code) == {"answer_referral"}
    assert thread(ready, code) == []
    record(ready.case, who, first.id, how="Alleen via de kapper")
    assert thread(ready, code) == ["Zo: Alleen via de kapper"]
    record(ready.case, who, first.id)
    assert thread(ready, code)[-1].startswith("Er is geen veilige manier bekend.")
    assert not any("Delft" in each for each in thread(ready, code))


def test_where_nobody_was_said_to_be_reached_care_hears_to_ring_first() -> None:
    ready = ready_with(reach="", reach_not="")
    code = ready.accepted("person")
    record(ready.case, ready.focal_point, any_person(ready), how=HOW)
    assert thread(ready, code) == ["Er is geen veilige manier bekend. Zoek geen contact en bel de gemeente."]


def any_person(ready: Ready) -> UUID:
    return next(each.id for each in people(ready.case, ready.focal_point) if each.is_person)


def test_who_says_that_it_was_read_says_so_of_the_words_they_saw() -> None:
    ready = ready_with()
    code = ready.accepted("person")
    changed(ready, "Alleen via de kapper")
    seen = str(ready.row(code).reach_told)
    changed(ready, "Nooit meer via de kapper")
    with pytest.raises(Conflict):
        read(ready, code, seen)
    assert "read_reach" in open_at_care(ready, code)
    now = at_care(ready, code).reach
    assert now is not None
    assert now.text == "Zo: Nooit meer via de kapper"
    read(ready, code, str(now.id))
    assert open_at_care(ready, code) == {"answer_referral"}
    assert at_care(ready, code).reach is None


def test_who_takes_it_on_after_it_changed_reads_what_holds_now_and_is_asked_to() -> None:
    ready = ready_with()
    code = ready.send("person")
    changed(ready, "Nooit bellen")
    with acting(ready.care):
        actions.accept(code=code, actor=ready.care)
    assert open_at_care(ready, code) == {"answer_referral", "read_reach"}
    assert contact(ready, code) == "Zo: Nooit bellen"
    changed(ready, "Alleen via de kapper")
    assert contact(ready, code) == "Zo: Alleen via de kapper"
    with acting(ready.focal_point):
        sent = queries.sent(code, ready.focal_point)
    assert HOW not in " ".join(each.text for each in sent.content.parts)


def test_who_has_no_account_is_called_by_who_sent_it(client_for: ClientFor) -> None:
    ready = ready_with()
    code = ready.send("person", channel="phone")
    own = client_for("af@westland.example")
    with acting(ready.focal_point):
        actions.note_sent(code=code, on=timezone.localdate(), actor=ready.focal_point)
    changed(ready, "Nooit bellen")
    assert open_here(ready, code) == {"await_partner", "tell_reach"}
    assert step_here(ready, code).due == end_of(timezone.localdate())
    page = own.get(f"/werk/doorgezet/{code}/").text
    assert "contact zoeken gaat nu anders" in page
    assert "Nooit bellen" not in page
    seen = str(ready.row(code).reach_told)
    assert f'name="seen" value="{seen}"' in page
    assert own.post(f"/werk/doorgezet/{code}/contact-verteld/", {"seen": seen}).status_code == 302
    assert open_here(ready, code) == {"await_partner"}
    assert "contact zoeken gaat nu anders" not in own.get(f"/werk/doorgezet/{code}/").text
    with pytest.raises(Conflict):
        told(ready, code, seen)
    with acting(ready.focal_point):
        assert Event.objects.filter(action="referral.reach").count() == ONE_CHANGED_ONE_TOLD


def test_what_was_answered_opens_again_until_who_has_no_account_was_called() -> None:
    ready = ready_with()
    code = ready.send("person", channel="phone")
    with acting(ready.focal_point):
        actions.note_sent(code=code, on=timezone.localdate(), actor=ready.focal_point)
        actions.note_answer(code=code, answer="afgesloten", on=timezone.localdate(), actor=ready.focal_point)
        actions.handle_answer(code=code, tell="", actor=ready.focal_point)
    assert ready.row(code).closed is not None
    changed(ready, "Nooit bellen")
    assert open_here(ready, code) == {"tell_reach"}
    assert ready.row(code).closed is None
    told(ready, code, str(ready.row(code).reach_told))
    assert open_here(ready, code) == set()
    assert ready.row(code).closed is not None


def test_reading_an_answer_does_not_end_what_was_not_told() -> None:
    ready = ready_with()
    code = ready.send("person", channel="phone")
    with acting(ready.focal_point):
        actions.note_sent(code=code, on=timezone.localdate(), actor=ready.focal_point)
    changed(ready, "Nooit bellen")
    with acting(ready.focal_point):
        actions.note_answer(code=code, answer="afgesloten", on=timezone.localdate(), actor=ready.focal_point)
        actions.handle_answer(code=code, tell="", actor=ready.focal_point)
    assert open_here(ready, code) == {"tell_reach"}
    told(ready, code, str(ready.row(code).reach_told))
    assert open_here(ready, code) == set()
    assert ready.row(code).closed is not None


def test_who_called_says_so_of_the_words_that_held_when_the_page_was_made(client_for: ClientFor) -> None:
    ready = ready_with()
    code = ready.send("person", channel="phone")
    with acting(ready.focal_point):
        actions.note_sent(code=code, on=timezone.localdate(), actor=ready.focal_point)
    changed(ready, "Alleen via de kapper")
    seen = str(ready.row(code).reach_told)
    changed(ready, "Nooit meer via de kapper")
    own = client_for("af@westland.example")
    for form in ({"seen": seen}, {}):
        page = own.post(f"/werk/doorgezet/{code}/contact-verteld/", form, follow=True).text
        assert "contact zoeken gaat nu anders" in page
    assert "tell_reach" in open_here(ready, code)
    assert ready.row(code).reach_waits
    told(ready, code, str(ready.row(code).reach_told))
    assert open_here(ready, code) == {"await_partner"}


@pytest.mark.parametrize("channel", ["phone", "secure_mail", "pickup"])
def test_who_has_no_account_is_not_given_a_way_that_holds_no_more(channel: str) -> None:
    ready = ready_with()
    code = ready.send("person", channel=channel)
    assert HOW in on_page(ready, code)
    assert HOW in on_sheet(ready, code)
    changed(ready, "Nooit bellen")
    for _each in range(2):
        assert "Lees in de casus wat nu geldt." in on_page(ready, code)
        assert "Dit is veranderd. Zoek geen contact en bel de gemeente." in on_sheet(ready, code)
        for shown in (on_page(ready, code), on_sheet(ready, code)):
            assert HOW not in shown
            assert "Nooit bellen" not in shown
        if ready.row(code).reach_waits:
            told(ready, code, str(ready.row(code).reach_told))


def test_a_pickup_page_does_not_show_a_way_that_holds_no_more() -> None:
    ready = ready_with()
    waiting = started(ready, ready.send("person", channel="pickup"))
    client, _ = waiting.opened()
    assert HOW in client.post(waiting.path, {"act": "accept"}, follow=True).text
    changed(ready, "Nooit bellen")
    page = client.get(waiting.path).text
    assert HOW not in page
    assert "Dit is veranderd. Zoek geen contact en bel de gemeente." in page
    told(ready, waiting.code, str(ready.row(waiting.code).reach_told))
    assert HOW not in client.get(waiting.path).text


def told(ready: Ready, code: str, seen: str) -> None:
    """Let the municipality say that it called and told it."""
    with acting(ready.focal_point):
        actions.note_reach_told(code=code, seen=seen, actor=ready.focal_point)


def on_page(ready: Ready, code: str) -> str:
    """Return what the municipality reads of what was shared."""
    with acting(ready.focal_point):
        view = queries.sent(code, ready.focal_point)
    return " ".join(each.text for each in view.content.parts)


def on_sheet(ready: Ready, code: str) -> str:
    """Return what stands on the one page that goes."""
    with acting(ready.focal_point):
        sheet = sheet_of_sent(queries.sent(code, ready.focal_point), "Gemeente Westland")
    return " ".join(each.text for each in sheet.lines)


def open_here(ready: Ready, code: str) -> set[str]:
    """Return the open steps of the municipality about a referral."""
    with acting(ready.focal_point):
        return {each.what for each in steps_here(ready, code)}


def step_here(ready: Ready, code: str) -> NextStep:
    with acting(ready.focal_point):
        return steps_here(ready, code).get(what="tell_reach")


def steps_here(ready: Ready, code: str) -> QuerySet[NextStep]:
    return NextStep.objects.filter(
        code=code, organisation_id=ready.focal_point.own_organisation, done__isnull=True
    )


def test_an_answer_does_not_end_what_was_not_read() -> None:
    ready = ready_with()
    code = ready.accepted("person")
    changed(ready, "Nooit bellen")
    with acting(ready.care):
        actions.feed_back(code=code, answer="afgesloten", actor=ready.care)
    assert ready.row(code).state == "done"
    assert open_at_care(ready, code) == {"read_reach"}
    assert at_care(ready, code).reach is not None
    read(ready, code, str(ready.row(code).reach_told))
    assert open_at_care(ready, code) == set()
    assert ready.row(code).recipient_closed is not None
