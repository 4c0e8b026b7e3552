"""A case goes to another municipality: one owner at each moment, and nothing is left without a step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.exchanges.situations import NIEUWKOOP, Between, organisation_of
from tests.pages import hidden_in

from sluitend.demo.matter import ENDED
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries as case_queries
from sluitend.journeys.exchanges import actions, offers, queries
from sluitend.journeys.exchanges.models import Transfer
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.models import MailboxMessage, Report
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NotHeld

pytestmark = pytest.mark.django_db


def test_until_the_other_accepts_the_case_is_the_senders_and_can_be_worked_on(between: Between) -> None:
    code = between.send()
    assert between.row(code).owner == "sender"
    assert "await_transfer" in between.steps(between.sender)
    assert "look_at_transfer" in between.steps(between.receiver)
    with acting(between.sender):
        cases.add_note(actor=between.sender, code=between.case, text="Bel morgen")
    assert between.do(between.sender, queries.sent_transfer, code).changes == 1


def test_before_accepting_the_other_sees_only_the_outside(between: Between) -> None:
    code = between.send()
    view = between.do(between.receiver, queries.received_transfer, code)
    assert view.content is None
    assert view.case_code == ""
    assert samples.PLANT not in repr(view)
    assert between.case not in repr(view)


def test_accepting_makes_the_other_owner_with_a_case_of_its_own(between: Between) -> None:
    code = between.accepted()
    row, new = between.row(code), between.new_case(code)
    assert (row.state, row.owner) == ("accepted", "recipient")
    assert new is not None
    assert new.organisation_id == between.receiver.organisation_id
    assert "weigh" in between.steps(between.receiver)
    assert "look_at_transfer" not in between.steps(between.receiver)
    assert "transfer_taken" in between.steps(between.sender)
    with acting(between.receiver):
        view = case_queries.case(new.code, between.receiver)
    assert {each.kind for each in view.subjects} >= {"place", "company", "vehicle", "person"}
    assert all("overgedragen door Gemeente Westland" in each.source for each in view.facts)
    assert any(code in each.text for each in view.facts)
    assert view.place.opened
    assert not view.person.opened
    assert not view.reports


def test_a_number_of_the_case_is_found_again_by_the_new_owner(between: Between) -> None:
    new = between.new_case(between.accepted())
    assert new is not None
    report = samples.file_report(organisation_of(between.receiver))[0]
    with acting(between.receiver):
        found = case_queries.earlier(
            between.receiver,
            report_queries.identifiers(report_queries.report(report, between.receiver)),
            about_id=uuid4(),
        )
    assert new.code in {each.code for each in found}


def test_what_is_the_others_by_now_can_only_be_closed(between: Between) -> None:
    code = between.accepted()
    with acting(between.sender), pytest.raises(DomainError, match="nam deze casus over"):
        cases.add_note(actor=between.sender, code=between.case, text="Toch nog iets")
    with acting(between.sender), pytest.raises(DomainError):
        cases.close_case(
            ended=ENDED,
            actor=between.sender,
            code=between.case,
            outcome="help_offered",
            tell="outcome",
            reason="andere_reden",
            sentence="Weg",
        )
    with pytest.raises(DomainError):
        between.send()
    with pytest.raises(Conflict):
        between.do(between.sender, actions.recall_transfer, code, reason="mistake")


def test_closing_tells_the_reporter_and_keeps_the_term(between: Between) -> None:
    code = between.accepted()
    between.do(between.sender, actions.finish_transfer, code)
    old = between.old_case()
    assert (old.state, old.outcome) == ("closed", "transferred")
    assert old.retention_until is not None
    assert between.row(code).state == "done"
    assert not {"transfer_taken", "await_transfer", "follow_case", "work_track"} & set(
        between.steps(between.sender)
    )
    with acting(between.sender):
        report = Report.objects.get()
        assert report.closed is not None
        assert MailboxMessage.objects.filter(report=report, direction="out").count() == 1
    with pytest.raises(Conflict):
        between.do(between.sender, actions.finish_transfer, code)


def test_what_went_over_is_not_opened_again(between: Between) -> None:
    between.do(between.sender, actions.finish_transfer, between.accepted())
    with acting(between.sender), pytest.raises(DomainError, match="overgedragen"):
        cases.reopen(actor=between.sender, code=between.case, reason="andere_reden", sentence="Toch")


def test_the_sender_stays_the_door_for_the_reporter(db: None) -> None:
    who, other = samples.actor("af@westland.example"), samples.actor("af@denhaag.example")
    report, receipt = samples.file_report(organisation_of(who))
    case = samples.take_in(report, who)
    samples.weigh(case, who)
    samples.let_go(case, who)
    between = Between(case, who, other)
    code = between.accepted()
    between.do(who, actions.finish_transfer, code)
    with acting(NOBODY):
        reports.add_to_report(receipt=receipt, text="Het busje is er weer")
    with acting(system_actor(who.own_organisation)) as system:
        reports.sweep(system)
    assert "read_answer" in between.steps(who)
    between.do(who, actions.write_about_transfer, code, text="De melder zag het busje weer")
    assert "transfer_news" in between.steps(other)
    seen = between.do(other, queries.received_transfer, code)
    assert [each.text for each in seen.messages] == ["De melder zag het busje weer"]
    between.do(other, actions.read_transfer_news, code)
    assert "transfer_news" not in between.steps(other)
    between.do(other, actions.write_about_transfer, code, text="Welk kenteken?")
    assert "transfer_news" in between.steps(who)
    between.do(who, actions.read_transfer_news, code)
    assert "transfer_news" not in between.steps(who)


def test_reading_a_message_does_not_lose_the_case_that_must_still_be_closed(between: Between) -> None:
    code = between.accepted()
    between.do(between.receiver, actions.write_about_transfer, code, text="Kent u de eigenaar?")
    between.do(between.sender, actions.read_transfer_news, code)
    assert "transfer_taken" in between.steps(between.sender)
    with pytest.raises(Conflict):
        between.do(between.sender, actions.read_transfer_news, code)


@pytest.mark.parametrize("reads", ["sender", "receiver"])
def test_a_message_that_came_after_the_page_was_shown_is_not_read_with_it(
    between: Between, client_for: Callable[[str], Client], reads: str
) -> None:
    code = between.accepted()
    writer = between.receiver if reads == "sender" else between.sender
    reader = getattr(between, reads)
    client = client_for("af@westland.example" if reads == "sender" else "af@denhaag.example")
    path = f"/werk/overdrachten/{code}/"
    between.do(writer, actions.write_about_transfer, code, text="Kent u de eigenaar?")
    shown = client.get(path).text
    between.do(writer, actions.write_about_transfer, code, text="De bewoner is nu in gevaar.")
    again = client.post(f"{path}gelezen/", hidden_in(shown, "seen"), follow=True).text
    assert "De bewoner is nu in gevaar." in again
    assert "transfer_news" in between.steps(reader)
    client.post(f"{path}gelezen/", hidden_in(again, "seen"))
    assert "transfer_news" not in between.steps(reader)


def test_nobody_closes_over_what_the_new_owner_wrote(
    between: Between, client_for: Callable[[str], Client]
) -> None:
    code = between.accepted()
    between.do(between.receiver, actions.write_about_transfer, code, text="Kent u de eigenaar?")
    closed = client_for("af@westland.example").post(f"/werk/overdrachten/{code}/sluiten/", follow=True).text
    assert "Lees eerst wat de andere gemeente schreef." in closed
    assert {"transfer_news", "transfer_taken"} <= set(between.steps(between.sender))
    between.do(between.sender, actions.read_transfer_news, code)
    between.do(between.sender, actions.finish_transfer, code)
    assert between.row(code).state == "done"


def test_giving_back_leaves_nothing_with_the_other(between: Between) -> None:
    code = between.send()
    envelope = between.row(code).envelope_id
    between.do(between.receiver, actions.return_transfer, code, reason="andere_reden", sentence="Niet hier")
    with acting(between.receiver), pytest.raises(NotHeld):
        open_envelope(envelope, actor=between.receiver, purpose="test")
    assert between.row(code).owner == "sender"
    assert "transfer_returned" in between.steps(between.sender)
    view = between.do(between.sender, queries.sent_transfer, code)
    assert [each.text for each in view.messages] == ["Niet hier"]
    between.do(between.sender, actions.handle_ended_transfer, code)
    assert between.old_case().transfer is None
    assert "work_plan" in between.steps(between.sender)
    assert between.send() != code


def test_recalled_in_time_nobody_can_accept(between: Between) -> None:
    code = between.send()
    between.do(between.sender, actions.recall_transfer, code, reason="mistake")
    with pytest.raises(Conflict):
        between.do(between.receiver, actions.accept_transfer, code)
    assert between.new_case(code) is None
    assert between.old_case().transfer is None


def test_what_nobody_decided_on_comes_back(between: Between) -> None:
    code = between.send()
    late = between.row(code).expires + timedelta(days=1)
    with acting(system_actor(between.sender.own_organisation)) as system:
        assert expire_passed(Transfer, actor=system, today=late) == 1
        assert expire_passed(Transfer, actor=system, today=late) == 0
    assert between.row(code).state == "expired"
    assert "transfer_returned" in between.steps(between.sender)
    with pytest.raises(Conflict):
        between.do(between.receiver, actions.accept_transfer, code)
    between.do(between.sender, actions.handle_ended_transfer, code)
    assert between.old_case().state == "running"


def test_a_term_that_passed_before_the_job_ran_is_over_too(between: Between) -> None:
    code = between.send()
    with acting(between.sender):
        Transfer.objects.filter(code=code).update(expires=timezone.localdate() - timedelta(days=1))
    with pytest.raises(DomainError, match="termijn"):
        between.do(between.receiver, actions.accept_transfer, code)


def test_a_municipality_without_accounts_accepts_on_paper(between: Between) -> None:
    code = between.send(to=NIEUWKOOP)
    row = between.row(code)
    assert (row.channel, row.recipient_id) == ("secure_mail", None)
    with pytest.raises(DomainError):
        between.do(between.sender, actions.note_transfer_accepted, code, name=" ", on=timezone.localdate())
    between.do(
        between.sender,
        actions.note_transfer_accepted,
        code,
        name="J. Jansen, Delft",
        on=timezone.localdate(),
    )
    assert (between.row(code).state, between.row(code).owner) == ("done", "recipient")
    assert between.old_case().outcome == "transferred"
    assert between.do(between.sender, queries.sent_transfer, code).accepted_by == "J. Jansen, Delft"


def test_a_municipality_without_accounts_can_say_no(between: Between) -> None:
    code = between.send(to=NIEUWKOOP)
    between.do(between.sender, actions.note_transfer_returned, code, reason="too_little")
    assert between.row(code).state == "returned"
    assert between.old_case().transfer is None


def test_a_case_does_not_go_while_a_partner_still_holds_something(between: Between) -> None:
    samples.compose(between.case, between.sender)
    referral = samples.refer(between.case, between.sender)
    with acting(between.sender):
        offer = offers.transfer_offer(between.case, between.sender)
    assert [each.url for each in offer.hindrances] == [f"/werk/doorgezet/{referral}/"]
    with pytest.raises(DomainError, match="doorzetting"):
        between.send()


def test_a_referral_that_went_meanwhile_holds_up_closing_and_not_taking_over(between: Between) -> None:
    code = between.send()
    samples.compose(between.case, between.sender)
    referral = samples.refer(between.case, between.sender)
    between.do(between.receiver, actions.accept_transfer, code)
    with pytest.raises(DomainError, match="doorzetting"):
        between.do(between.sender, actions.finish_transfer, code)
    assert "transfer_taken" in between.steps(between.sender)
    between.do(between.sender, referrals.recall, referral, reason="mistake")
    between.do(between.sender, actions.finish_transfer, code)
    assert between.old_case().closed is not None


def test_a_case_that_is_going_cannot_be_closed_otherwise(between: Between) -> None:
    between.send()
    with acting(between.sender):
        cases.close_track(
            actor=between.sender,
            code=between.case,
            track="place",
            outcome="no_place",
            reason="andere_reden",
            sentence="Leeg",
        )
    with acting(between.sender), pytest.raises(DomainError, match="overdracht"):
        cases.close_case(
            ended=ENDED,
            actor=between.sender,
            code=between.case,
            outcome="help_offered",
            tell="outcome",
            reason="andere_reden",
            sentence="Weg",
        )


def test_who_does_not_want_it_is_not_named_without_a_decision(between: Between) -> None:
    with acting(between.sender):
        cases.record_wish(actor=between.sender, code=between.case, wish="no", wants="")
    with acting(between.sender):
        closed = {
            each.id for each in offers.transfer_offer(between.case, between.sender).parts if not each.allowed
        }
    assert "person_description" in closed
    with acting(between.sender):
        cases.act_against_wish(
            actor=between.sender, code=between.case, ground="danger", text="Er is direct gevaar"
        )
    with acting(between.sender):
        offer = offers.transfer_offer(between.case, between.sender)
    assert "person_description" in {each.id for each in offer.allowed}


def test_a_part_outside_the_route_never_goes(between: Between) -> None:
    with acting(between.sender):
        offer = offers.transfer_offer(between.case, between.sender)
        closed = next(each for each in offer.parts if not each.allowed)
        choice = offers.TransferChoice(
            municipality="GM0518",
            way="",
            basis=offer.bases[0].id,
            purpose=offer.purposes[0].id,
            answer_by=timezone.localdate(),
            parts=frozenset({closed.id}),
            explanation="Daar",
        )
        with pytest.raises(DomainError, match="kan niet mee"):
            offers.require_sendable(offer, choice)
        with pytest.raises(DomainError, match="Kies een gemeente"):
            offers.require_sendable(offer, replace(choice, municipality="GM1783"))


def test_a_third_municipality_sees_nothing(between: Between) -> None:
    code = between.send()
    third = samples.actor("af@leiden.example")
    with acting(third):
        assert not Transfer.objects.exists()
        with pytest.raises(Absent):
            queries.received_transfer(code, third)
        with pytest.raises(Absent):
            actions.accept_transfer(code=code, actor=third)


def test_the_database_allows_one_owner_and_no_way_back(between: Between) -> None:
    code = between.send()
    with pytest.raises(IntegrityError), acting(between.sender):
        Transfer.objects.filter(code=code).update(owner="recipient")
    between.do(between.receiver, actions.accept_transfer, code)
    with pytest.raises(DatabaseError), acting(between.sender):
        Transfer.objects.filter(code=code).update(
            owner="sender", state="recalled", access_ended=timezone.localdate()
        )


def test_both_sides_find_the_lines_in_their_own_ledger(between: Between) -> None:
    between.accepted()
    for who, action in ((between.sender, "transfer.send"), (between.receiver, "transfer.decide")):
        with acting(who):
            assert Event.objects.filter(action=action, organisation_id=who.own_organisation).count() == 1
