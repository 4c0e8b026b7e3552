"""Asking whoever asked to wait in Sluitend: the answer is the consultation, and nobody else can give it."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.visits.situations import GREENHOUSE, Town, days
from tests.roles import give

from sluitend.journeys.visits import actions, jobs, queries
from sluitend.journeys.visits.actions import AskerAnswer
from sluitend.journeys.visits.journey import ANSWER_AS_ASKER, RELEASE_VISIT
from sluitend.journeys.visits.models import Consultation, Visit, WaitRequestQuestion
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.escalation import tell
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Account

PLANNED, RELEASED = Visit.State.PLANNED, Visit.State.RELEASED
type Clients = Callable[[str], Client]
AF, POLICE = "af@westland.example", "avim@politie.example"


def steps(who: Actor, code: str) -> list[tuple[str, bool]]:
    """Return what is open for somebody's organisation about a visit or a wait request."""
    with acting(who):
        rows = NextStep.objects.filter(
            organisation_id=who.own_organisation, code=code, done__isnull=True
        ).order_by("what")
        return list(rows.values_list("what", "waits_on_other"))


def asked(town: Town) -> tuple[str, str, UUID]:
    """Plan where the police ask to wait, ask them, and return wait request, visit and question."""
    wait_request, code = town.ask(), town.plan()
    town.catch_up()
    return wait_request, code, town.ask_asker(wait_request, code)


def test_a_question_gives_the_asker_a_step_and_releases_nothing(town: Town) -> None:
    wait_request, code, _question = asked(town)
    assert steps(town.police, wait_request) == [(ANSWER_AS_ASKER, False)]
    assert steps(town.focal_point, code) == [(RELEASE_VISIT, True)]
    with pytest.raises(DomainError):
        town.release(code)
    with pytest.raises(Conflict):
        town.ask_asker(wait_request, code)


@pytest.mark.parametrize(("answer", "goes"), [("go_ahead", True), ("wait", False), ("take_over", False)])
def test_the_answer_is_the_consultation(town: Town, answer: str, goes: bool) -> None:
    wait_request, code, question = asked(town)
    town.answer(wait_request, question, answer)
    assert steps(town.police, wait_request) == []
    if goes:
        town.release(code)
    else:
        with pytest.raises(DomainError):
            town.release(code)
    town.catch_up()
    town.catch_up()
    with acting(town.focal_point):
        row = Consultation.objects.get()
        assert (row.outcome, row.question_id, row.by_id) == (answer, question, town.police.account_id)
        (line,) = queries.visit(code, town.focal_point).wait_requests
    assert line.said is not None
    assert (line.said.in_writing, line.said.remark) == (True, "Zo is het.")
    assert line.said.whom == town.police.name
    assert town.visit(code).state == (RELEASED if goes else PLANNED)
    if not goes:
        assert steps(town.focal_point, code) == [(RELEASE_VISIT, answer == "wait")]


@pytest.mark.parametrize("answer", ["wait", "take_over"])
def test_whoever_looks_after_a_change_of_mind_reads_not_released(
    town: Town, client_for: Clients, answer: str
) -> None:
    wait_request, code, question = asked(town)
    town.answer(wait_request, question, "go_ahead")
    town.release(code)
    again = town.ask_asker(wait_request, code)
    assert town.visit(code).state == RELEASED
    town.answer(wait_request, again, answer)  # and the job that works it in does not run
    with pytest.raises(Conflict):
        town.do(town.planner, actions.carry_out, code=code)
    page = client_for("toezicht@westland.example").get("/werk/toezicht/").content.decode()
    assert "og niet vrijgegeven" in page
    assert town.visit(code).state == PLANNED


def test_only_the_asker_answers_and_only_once(town: Town) -> None:
    wait_request, _code, question = asked(town)
    said = AskerAnswer("go_ahead")
    for who in (town.focal_point, town.planner, town.manager, samples.actor("nla@arbeidsinspectie.example")):
        with pytest.raises(Refused):
            town.do(who, actions.answer_as_asker, code=wait_request, question_id=question, said=said)
    with pytest.raises(Absent):
        town.do(town.police, actions.answer_as_asker, code=wait_request, question_id=uuid4(), said=said)
    town.answer(wait_request, question, "wait")
    with pytest.raises(Conflict):
        town.answer(wait_request, question, "go_ahead")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (AskerAnswer(""), "answer"),
        (AskerAnswer("no_answer"), "answer"),
        (AskerAnswer("wait"), "wait_until"),
        (AskerAnswer("wait", wait_until=days(0)), "wait_until"),
        (AskerAnswer("wait", wait_until=days(400)), "wait_until"),
        (AskerAnswer("go_ahead", text="x" * 601), "text"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(town: Town, said: AskerAnswer, field: str) -> None:
    wait_request, _code, question = asked(town)
    with pytest.raises(DomainError) as refused:
        town.do(town.police, actions.answer_as_asker, code=wait_request, question_id=question, said=said)
    assert refused.value.field == field


def test_the_asker_reads_what_and_when_and_nothing_else_of_what_is_planned(
    town: Town, client_for: Clients
) -> None:
    place = Place(address=GREENHOUSE.address, company="Geheime kas", plate="ZZ-999-Z")
    wait_request, code = town.ask(), town.plan(place, aim="Kijken naar de ketel")
    other = town.plan(ahead=9)
    town.catch_up()
    question = town.ask_asker(wait_request, code)
    page = client_for(POLICE).get(f"/werk/wachtverzoeken/{wait_request}/").content.decode()
    assert "Controle op" in page
    assert "Kan dit doorgaan?" in page
    for hidden in (code, other, "Geheime kas", "ZZ-999-Z", "ketel", town.planner.name):
        assert hidden not in page
    with acting(town.police):
        assert WaitRequestQuestion.objects.count() == 1
        assert not Visit.objects.exists()
        assert not Consultation.objects.exists()
        assert WaitRequestQuestion.objects.get().pk == question


@pytest.mark.parametrize("how", ["lift", "mayor", "anew", "withdraw"])
def test_a_question_that_nobody_needs_leaves_no_step(town: Town, client_for: Clients, how: str) -> None:
    wait_request, code, question = asked(town)
    if how == "lift":
        town.do(town.police, actions.lift, code=wait_request, reason="asker_done")
    elif how == "mayor":
        town.do(
            town.manager, actions.lift_for_mayor, code=wait_request, reason="asker_done", sentence="Gevaar"
        )
    elif how == "anew":
        town.do(town.police, actions.ask_anew, code=wait_request, until=days(9), ground="safety")
    else:
        town.do(town.planner, actions.withdraw, code=code, reason="not_needed")
    town.catch_up()
    jobs.finish_question_steps(ids=[str(question), str(town.police.own_organisation)])
    assert steps(town.police, wait_request) == []
    with pytest.raises(Conflict):
        town.answer(wait_request, question, "go_ahead")
    page = client_for(POLICE).get(f"/werk/wachtverzoeken/{wait_request}/").content.decode()
    assert "Een antwoord is niet meer nodig." in page


def test_an_asker_without_accounts_is_rung(town: Town, client_for: Clients) -> None:
    wait_request, code = town.note_wait_request(partner="om"), town.plan()
    with pytest.raises(DomainError):
        town.ask_asker(wait_request, code)
    assert "Vraag het in Sluitend" not in client_for(AF).get(f"/werk/vrijgeven/{code}/").content.decode()


def test_the_mail_to_the_asker_is_neutral(town: Town) -> None:
    wait_request, code, _question = asked(town)
    with acting(town.focal_point):
        mail.outbox.clear()
    tell(ids=[str(town.police.account_id)])
    (message,) = mail.outbox
    assert message.subject == "Er staat iets voor u klaar"
    assert wait_request not in message.body
    assert code not in message.body


def test_the_pages_ask_and_answer(town: Town, client_for: Clients) -> None:
    wait_request, code = town.ask(), town.plan()
    focal_point, police = client_for(AF), client_for(POLICE)
    page, back = f"/werk/vrijgeven/{code}/", f"/werk/wachtverzoeken/{wait_request}/"
    assert f'action="{page}vraag/{wait_request}/"' in focal_point.get(page).content.decode()
    assert focal_point.post(f"{page}vraag/{wait_request}/", {"text": "x" * 601}).status_code == 422
    assert focal_point.post(f"{page}vraag/{wait_request}/", {"text": "Mag dit?"}).status_code == 302
    assert "Er is nog geen antwoord" in focal_point.get(page).content.decode()
    assert f'href="{back}"' in police.get("/werk/").content.decode()
    with acting(town.focal_point):
        question = WaitRequestQuestion.objects.get().pk
    answer = f"{back}antwoord/{question}/"
    assert police.post(answer, {"answer": "wait"}).status_code == 422
    assert police.post(answer, {"answer": "go_ahead", "text": "Ga maar"}).status_code == 302
    assert police.post(answer, {"answer": "wait", "wait_until": days(3).isoformat()}).status_code == 422
    said = focal_point.get(page).content.decode()
    assert "antwoordde in Sluitend" in said
    assert "Ga maar" in said
    assert focal_point.post(f"{page}vrij/").status_code == 302
    assert town.visit(code).state == RELEASED


def test_a_colleague_who_comes_second_reads_who_answered_or_lifted(town: Town, client_for: Clients) -> None:
    wait_request, _code, question = asked(town)
    back = f"/werk/wachtverzoeken/{wait_request}/"
    colleague = Account.objects.create_user("tweede@politie.example", "Merel Schouten")
    give(colleague.pk, town.police.own_organisation, "partner")
    second = client_for(colleague.email)
    town.answer(wait_request, question, "go_ahead")
    answer = second.post(f"{back}antwoord/{question}/", {"answer": "take_over"}).text
    assert f"{town.police.name} was eerst: " in answer
    assert "De stand is nu “Het mag doorgaan”" in answer
    town.do(town.police, actions.lift, code=wait_request, reason="asker_done")
    lifted = second.post(f"{back}opheffen/", {"reason": "asker_done"}).text
    assert f"{town.police.name} was eerst: " in lifted
    assert "De stand is nu “Opgeheven”" in lifted


def put(question: UUID, **values: object) -> None:
    """Write past every action, and let the database look."""
    with transaction.atomic():
        WaitRequestQuestion.objects.filter(pk=question).update(**values)
        connection.check_constraints()


def test_the_database_lets_only_the_asker_answer(town: Town) -> None:
    wait_request, _code, question = asked(town)
    now = timezone.now()
    answer = {
        "answer": "go_ahead",
        "answered_at": now,
        "answered_by_id": town.focal_point.account_id,
        "recipient_closed": now,
        "recipient_step": None,
    }
    with acting(town.focal_point), pytest.raises(DatabaseError, match="only the asker answers"):
        put(question, **answer)
    with acting(town.focal_point), pytest.raises(IntegrityError):
        put(question, recipient_step=None)
    town.answer(wait_request, question, "wait")
    with acting(town.police), pytest.raises(DatabaseError, match="stays what it is"):
        put(question, answer="go_ahead", wait_until=None)
    with acting(town.police), pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        WaitRequestQuestion.objects.filter(pk=question).delete()
