"""What sending writes, for whom, and what the other side can see of it."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import samples, tiers
from tests.journeys.referrals.situations import Ready, days, make_ready

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import REFER
from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.journey import AWAIT_PARTNER, LOOK_AT_REFERRAL
from sluitend.journeys.referrals.models import Referral, ReferralOrigin
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Absent, DomainError, Refused
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.sealing.models import Seal

pytestmark = pytest.mark.django_db


def test_both_sides_get_a_step_of_their_own(ready: Ready) -> None:
    code = ready.send()
    with acting(ready.focal_point):
        own = NextStep.objects.get(code=code, done__isnull=True)
        assert (own.what, own.waits_on_other) == (AWAIT_PARTNER, True)
    with acting(ready.inspector):
        theirs = NextStep.objects.get(code=code, done__isnull=True)
        assert (theirs.what, theirs.owner_role) == (LOOK_AT_REFERRAL, "partner")


def test_the_envelope_is_sealed_to_exactly_the_two(ready: Ready) -> None:
    code = ready.send()
    row = ready.row(code)
    with acting(ready.focal_point):
        holders = set(Seal.objects.filter(envelope_id=row.envelope_id).values_list("holder_id", flat=True))
    assert holders == {row.organisation_id, row.recipient_id}


def test_the_outside_holds_no_content(ready: Ready) -> None:
    code = ready.send()
    with acting(ready.inspector):
        shown = queries.front(code, ready.inspector)
        assert samples.PLANT not in repr(shown)
        assert (shown.sender, shown.area, shown.track) == ("Gemeente Westland", "De Lier", "place")
        assert Event.objects.filter(action="referral.read").count() == 0
        with pytest.raises(Absent):
            queries.received(code, ready.inspector)


def test_the_recipient_reads_exactly_the_chosen_parts_and_one_line_says_so(ready: Ready) -> None:
    code = ready.accepted(parts=ready.rows("company", "facts"))
    with acting(ready.inspector):
        view = queries.received(code, ready.inspector)
        assert {part.id for part in view.content.parts} == {"company", "facts"}
        assert Event.objects.filter(action="referral.read", account=ready.inspector.account_id).count() == 1


def test_the_recipient_never_sees_the_case(ready: Ready) -> None:
    code = ready.accepted()
    with acting(ready.inspector):
        assert not ReferralOrigin.objects.exists()
        assert ready.case not in repr(queries.received(code, ready.inspector))


def test_nobody_else_finds_it(ready: Ready) -> None:
    code = ready.send()
    for email in ("avim@politie.example", "zorg@shop.example"):
        other = samples.actor(email)
        with acting(other), pytest.raises(Absent):
            queries.front(code, other)
    neighbour = samples.actor("af@leiden.example")
    with acting(neighbour), pytest.raises(Absent):
        queries.sent(code, neighbour)


@pytest.mark.parametrize(
    "email", ["melder@westland.example", "manager@westland.example", "fg@westland.example"]
)
def test_only_the_focal_point_sends(ready: Ready, email: str) -> None:
    choice, who = ready.choice(), samples.actor(email)
    with acting(who), pytest.raises(Refused):
        actions.send(case_code=ready.case, track="place", choice=choice, actor=who)


def test_more_than_the_route_allows_is_refused_on_the_server(ready: Ready) -> None:
    with pytest.raises(DomainError):
        ready.send(parts=ready.rows("facts", "person_description"))
    with acting(ready.focal_point):
        assert not Referral.objects.exists()


def test_sharing_more_leaves_a_line_for_the_privacy_officer_and_no_trace_for_the_partner(
    ready: Ready,
) -> None:
    code = ready.send(
        parts=ready.rows("facts", "person_description"),
        beyond_ground="danger",
        beyond_reason="De voorman is nu gevaarlijk.",
    )
    with acting(ready.focal_point):
        line = Event.objects.get(action="referral.send.beyond_profile")
        assert line.purpose == "danger"
        assert queries.sent(code, ready.focal_point).beyond_reason == "De voorman is nu gevaarlijk."
    with acting(ready.inspector):
        actions.accept(code=code, actor=ready.inspector)
        assert "gevaarlijk" not in repr(queries.received(code, ready.inspector))


def test_a_wish_is_checked_again_on_the_server(ready: Ready) -> None:
    who = ready.focal_point
    with acting(who):
        cases.record_wish(actor=who, code=ready.case, wish="no")
    parts = ready.rows("facts", "person_description", track="person")
    with pytest.raises(DomainError) as raised:
        ready.send("person", parts=parts)
    assert raised.value.field == "wish_ground"
    ready.send("person", parts=parts, wish_ground="danger", wish_reason="Iemand anders loopt gevaar.")


def test_the_residents_are_thought_of_again_at_sending(ready: Ready) -> None:
    choice, who = ready.choice(), ready.focal_point
    with acting(who):
        cases.answer_residents_question(actor=who, code=ready.case, answer="not_known")
    with acting(who), pytest.raises(DomainError):
        actions.send(case_code=ready.case, track="place", choice=choice, actor=who)


def test_what_is_not_begun_is_not_there_to_be_sent(ready: Ready) -> None:
    who = ready.focal_point
    with acting(who):
        cases.take_up_again(actor=who, code=ready.case, action="work_inspect")
    with pytest.raises(Absent):
        dataclasses.replace(ready, sends_again=False).offer()


def test_a_partnership_is_brought_in_to(ready: Ready) -> None:
    ready.compose_instead("riec_bring", organised="yes")
    partner = ready.offer().partners[0]
    assert (partner.id, partner.verb) == ("riec", "bring_in")


def test_a_question_without_names_cannot_hold_a_person(ready: Ready) -> None:
    ready.compose_instead("residence_advice", residence_question="yes")
    offer = ready.offer("person")
    closed = {part.id for part in offer.parts if part.never}
    assert {"place", "person_description", "phone"} <= closed
    with pytest.raises(DomainError):
        ready.send(
            "person",
            parts=ready.rows("facts", "person_description", track="person"),
            beyond_ground="danger",
            beyond_reason="Wij willen toch de naam noemen.",
        )


def test_by_mail_there_is_no_recipient_and_the_sheet_waits_to_be_sent(ready: Ready) -> None:
    code = ready.send(channel="secure_mail")
    row = ready.row(code)
    assert (row.recipient_id, row.went_on) == (None, None)
    with acting(ready.focal_point):
        assert NextStep.objects.get(code=code, done__isnull=True).what == REFER
        assert Seal.objects.filter(envelope_id=row.envelope_id).count() == 1
        actions.note_sent(code=code, on=days(0), actor=ready.focal_point)
        assert NextStep.objects.get(code=code, done__isnull=True).what == AWAIT_PARTNER


@settings(
    max_examples=tiers.either(10, 50),  # each makes a case
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_part_outside_the_chosen_set_ever_reaches_the_recipient(db: None, data: st.DataObject) -> None:
    ready = make_ready()
    offer = ready.offer()
    there = [part.id for part in offer.parts if part.text and not part.never]
    wanted = data.draw(st.frozensets(st.sampled_from(there), min_size=1))
    code = ready.accepted(parts=wanted, beyond_ground="danger", beyond_reason="Dit is nu echt nodig.")
    with acting(ready.inspector):
        content = queries.received(code, ready.inspector).content
    assert len(content.parts) == len(wanted)
    texts = {part.id: part.text for part in offer.parts}
    assert {part.text for part in content.parts} == {texts[each] for each in wanted}
