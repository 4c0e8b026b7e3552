"""A question to another organisation: never answered by itself, and "nothing" is as easy as anything else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError
from django.test import Client
from django.utils import timezone
from tests import samples

from sluitend.journeys.cases.models import Case
from sluitend.journeys.exchanges import actions, asking, queries
from sluitend.journeys.exchanges.inquiring import FurtherChoice
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.followup.deadlines import add_working_days
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import NotHeld
from sluitend.kernel.telltale import GO
from sluitend.kernel.telltale.leaving import looks_in

pytestmark = pytest.mark.django_db

FACTS = {"text_facts": "Vier meldingen"}
WESTLAND, THE_HAGUE, INSPECTORATE = "GM1783", "GM0518", "arbeidsinspectie"


@pytest.fixture
def asker(db: None) -> Actor:
    """The focal point of Westland."""
    return samples.actor("af@westland.example")


@pytest.fixture
def asked(db: None) -> Actor:
    """The focal point of The Hague."""
    return samples.actor("af@denhaag.example")


@pytest.fixture
def inspector(db: None) -> Actor:
    """Somebody of the labour inspectorate."""
    return samples.actor("nla@arbeidsinspectie.example")


def do(who: Actor, verb: Any, code: str, **named: Any) -> Any:
    """Do something with a request, in a transaction of its own."""
    with acting(who):
        return verb(code=code, actor=who, **named)


def row(who: Actor, code: str) -> Request:
    """Return the row as somebody sees it."""
    with acting(who):
        return Request.objects.get(code=code)


def steps(who: Actor) -> list[tuple[str, str, bool]]:
    """Return the open steps of somebody's organisation about requests."""
    with acting(who):
        rows = NextStep.objects.filter(subject_kind="request", done__isnull=True)
        return sorted(rows.values_list("what", "owner_role", "waits_on_other"))


def accepted(asker: Actor, asked: Actor, to: str, kind: str = "known") -> str:
    """Return the code of a question that was taken on."""
    code = samples.ask(asker, to, kind=kind)
    do(asked, actions.accept_request, code)
    return code


def further(who: Actor, code: str, why: str = "Er komt een controle") -> None:
    """Ask more, after something was there."""
    do(who, actions.ask_further, code, choice=FurtherChoice(why=why, parts=frozenset()))


def basis(who: Actor) -> str:
    """Return a legal basis on which somebody may share."""
    from sluitend.kernel.handbook.queries import current_release

    return asking.answer_bases(current_release().pack, who)[0].id


def test_a_question_waits_for_a_person(asker: Actor, asked: Actor) -> None:
    code = samples.ask(asker, THE_HAGUE)
    assert steps(asker) == [("await_request", "focal_point", True)]
    assert steps(asked) == [("look_at_request", "focal_point", False)]
    view = do(asked, queries.received_request, code)
    assert view.body is None
    assert samples.PLANT not in repr(view)
    assert row(asker, code).answer == ""


def test_first_only_whether_there_is_something_then_more_with_a_reason(asker: Actor, asked: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    with pytest.raises(DomainError):
        do(asked, actions.answer_request, code, answer="details", texts=FACTS, basis=basis(asked))
    do(asked, actions.answer_request, code, answer="hit")
    assert row(asker, code).reply is None
    assert ("request_answered", "focal_point", False) in steps(asker)
    assert steps(asked) == [("answer_request", "focal_point", True)]
    with pytest.raises(DomainError):
        further(asker, code, " ")
    further(asker, code)
    assert ("answer_request", "focal_point", False) in steps(asked)
    assert do(asked, queries.received_request, code).body.further.text == "Er komt een controle"
    for ground in ("", "verzonnen"):
        with pytest.raises(DomainError, match="grondslag"):
            do(asked, actions.answer_request, code, answer="details", texts=FACTS, basis=ground)
    do(asked, actions.answer_request, code, answer="details", texts=FACTS, basis=basis(asked))
    view = do(asker, queries.sent_request, code)
    assert [(each.title, each.text) for each in view.body.reply.parts] == [
        ("Wat is gezien en gehoord", "Vier meldingen")
    ]
    assert view.body.answer_basis
    assert steps(asked) == []
    do(asker, actions.handle_request, code)
    assert steps(asker) == []


def test_a_hit_can_be_enough(asker: Actor, asked: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    do(asked, actions.answer_request, code, answer="hit")
    do(asker, actions.handle_request, code)
    assert row(asker, code).state == "done"
    assert steps(asker) == []
    assert row(asked, code).recipient_closed is not None


def test_nothing_takes_one_choice(asker: Actor, asked: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    do(asked, actions.answer_request, code, answer="nothing")
    assert (row(asker, code).state, row(asker, code).answer) == ("done", "nothing")
    assert steps(asked) == []


def test_we_may_not_is_an_answer_and_need_not_say_why(asker: Actor, asked: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    with pytest.raises(DomainError):
        do(asked, actions.answer_request, code, answer="may_not")
    do(asked, actions.answer_request, code, answer="may_not", reason="not_said")
    assert do(asker, queries.sent_request, code).body.answer_words == "Wij mogen dit niet delen"


def test_may_not_can_also_follow_on_a_hit(asker: Actor, asked: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    do(asked, actions.answer_request, code, answer="hit")
    further(asker, code)
    do(asked, actions.answer_request, code, answer="may_not", reason="andere_reden", sentence="Loopt nog")
    assert do(asker, queries.sent_request, code).body.reply.text == "Loopt nog"


def test_a_returned_question_leaves_nothing(asker: Actor, asked: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    envelope = row(asker, code).envelope_id
    do(asked, actions.return_request, code, reason="not_ours")
    with acting(asked), pytest.raises(NotHeld):
        open_envelope(envelope, actor=asked, purpose="test")
    assert ("request_returned", "focal_point", False) in steps(asker)
    assert do(asked, queries.received_request, code).body is None
    do(asker, actions.handle_request, code)
    assert steps(asker) == []


def test_a_recalled_question_can_no_longer_be_read(asker: Actor, asked: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    do(asker, actions.recall_request, code, reason="changed")
    assert do(asked, queries.received_request, code).body is None
    with pytest.raises(Conflict):
        do(asked, actions.answer_request, code, answer="nothing")


@pytest.mark.parametrize("taken_on", [False, True])
def test_without_an_answer_it_comes_back(asker: Actor, asked: Actor, taken_on: bool) -> None:
    code = accepted(asker, asked, THE_HAGUE) if taken_on else samples.ask(asker, THE_HAGUE)
    late = row(asker, code).expires + timedelta(days=1)
    with acting(system_actor(asker.own_organisation)) as system:
        assert expire_passed(Request, actor=system, today=late) == 1
        assert expire_passed(Request, actor=system, today=late) == 0
    assert row(asker, code).state == "expired"
    assert steps(asker) == [("request_returned", "focal_point", False)]


def test_a_term_that_passed_before_the_job_ran_is_over_too(asker: Actor, asked: Actor) -> None:
    new, taken_on = samples.ask(asker, THE_HAGUE), accepted(asker, asked, THE_HAGUE)
    with acting(asker):
        Request.objects.update(expires=timezone.localdate() - timedelta(days=1))
    with pytest.raises(DomainError, match="termijn"):
        do(asked, actions.accept_request, new)
    with pytest.raises(DomainError, match="termijn"):
        do(asked, actions.answer_request, taken_on, answer="nothing")


def test_after_its_term_it_is_read_no_longer_before_the_job_ran(asker: Actor, asked: Actor) -> None:
    taken_on, answered = (accepted(asker, asked, THE_HAGUE) for _ in range(2))
    do(asked, actions.answer_request, answered, answer="nothing")
    assert do(asked, queries.received_request, answered).body is not None
    with acting(asker):
        Request.objects.update(expires=timezone.localdate() - timedelta(days=1))
    client = Client()
    client.force_login(Account.objects.get(email="af@denhaag.example"))
    for code in (taken_on, answered):
        view = do(asked, queries.received_request, code)
        assert (view.body, view.may_answer, view.may_take_in) == (None, False, False)
        assert "De termijn van deze vraag is voorbij" in client.get(f"/werk/verzoeken/{code}/").text
        assert do(asker, queries.sent_request, code).body is not None


def test_an_answer_outlives_its_term_only_for_the_asker(asker: Actor, asked: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    do(asked, actions.answer_request, code, answer="nothing")
    late = row(asker, code).expires + timedelta(days=1)
    with acting(system_actor(asker.own_organisation)) as system:
        assert expire_passed(Request, actor=system, today=late) == 1
    assert row(asker, code).state == "done"
    assert do(asked, queries.received_request, code).body is None
    assert do(asker, queries.sent_request, code).body.answer == "nothing"


def test_a_municipality_asks_a_partner_too(asker: Actor, inspector: Actor) -> None:
    code = accepted(asker, inspector, INSPECTORATE)
    assert ("answer_request", "partner", False) in steps(inspector)
    do(inspector, actions.answer_request, code, answer="may_not", reason="not_said")
    assert ("request_answered", "focal_point", False) in steps(asker)


def test_a_partner_asks_a_municipality_and_gets_words_back(asker: Actor, inspector: Actor) -> None:
    code = accepted(inspector, asker, WESTLAND, kind="question")
    assert ("await_request", "partner", True) in steps(inspector)
    do(
        asker,
        actions.answer_request,
        code,
        answer="details",
        texts={"text": "Bel gerust"},
        basis=basis(asker),
    )
    assert [each.text for each in do(inspector, queries.sent_request, code).body.reply.parts] == [
        "Bel gerust"
    ]
    assert ("request_answered", "partner", False) in steps(inspector)
    do(inspector, actions.handle_request, code)
    assert steps(inspector) == []


def test_police_and_inspection_hear_of_a_place_after_the_question_about_the_people(
    asker: Actor, inspector: Actor
) -> None:
    told = samples.content(where="Tuinderspad 12 a, De Lier")
    here = Organisation.objects.get(pk=asker.own_organisation)
    case = samples.take_in(samples.file_report(here, told=told)[0], asker)
    with acting(inspector):
        question = asking.Question(
            to=WESTLAND,
            kind="question",
            text="Wat weet u van Tuinderspad 12a?",
            answer_by=timezone.localdate(),
        )
        looked = {look.key: GO for look in looks_in({"text": question.text})}
        code = actions.send_request(question=replace(question, looked=looked), actor=inspector)
    do(asker, actions.accept_request, code)
    answer: dict[str, Any] = {"answer": "details", "texts": {"text": "Er slapen zes mannen."}}
    with pytest.raises(DomainError, match=case):
        do(asker, actions.answer_request, code, **answer, basis=basis(asker))
    samples.answer_residents(case, asker)
    do(asker, actions.answer_request, code, **answer, basis=basis(asker))


def test_a_partner_cannot_look_into_what_a_municipality_holds(inspector: Actor) -> None:
    with acting(inspector), pytest.raises(DomainError):
        actions.send_request(
            question=asking.Question(
                to=WESTLAND, kind="known", text="Wat weet u?", answer_by=timezone.localdate()
            ),
            actor=inspector,
        )


def test_a_signal_of_a_partner_becomes_a_report_with_a_step(asker: Actor, inspector: Actor) -> None:
    code = accepted(inspector, asker, WESTLAND, kind="question")
    report = do(asker, actions.take_in_request, code)
    with acting(asker):
        assert Report.objects.get(code=report).channel == "partner"
        view = reports.report(report, asker)
        assert samples.PLANT in view.content.saw
        assert NextStep.objects.filter(code=report, what="read_report", done__isnull=True).exists()
    body = do(inspector, queries.sent_request, code).body
    assert body.answer == "taken_in"
    assert "Volg die met deze code" in body.reply.text
    with pytest.raises(Conflict):
        do(asker, actions.take_in_request, code)


def test_a_child_in_a_signal_of_a_partner_is_known_from_the_outside_to_the_case(
    asker: Actor, inspector: Actor, client_for: Callable[[str], Client]
) -> None:
    sender = client_for("nla@arbeidsinspectie.example")
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    form = {"to": WESTLAND, "kind": "question", "text": "Daar slaapt een jongen", "answer_by": day}
    assert "Het gaat misschien om een kind" in sender.get("/werk/verzoek/nieuw/").text
    assert sender.post("/werk/verzoek/nieuw/", form | {"child": "on"}).status_code == 302
    with acting(inspector):
        code = Request.objects.get(kind="question").code
    with acting(asker):
        step = NextStep.objects.get(what="look_at_request")
    assert (step.minor, step.urgent) == (True, False)
    assert timezone.localtime(step.due).date() <= add_working_days(timezone.localdate(), 1)
    outside = client_for("af@westland.example").get(f"/werk/verzoeken/{code}/").text
    assert "Minderjarig" in outside
    do(asker, actions.accept_request, code)
    report = do(asker, actions.take_in_request, code)
    with acting(asker):
        assert Report.objects.get(code=report).minor == "perhaps"
        assert NextStep.objects.get(code=report, what="read_report").minor
    case = samples.take_in(report, asker)
    with acting(asker):
        assert Case.objects.get(code=case).minor == "perhaps"


def test_what_a_municipality_asks_is_not_taken_in(asker: Actor, asked: Actor, inspector: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    with pytest.raises(Conflict):
        do(asked, actions.take_in_request, code)
    mine = accepted(asker, inspector, INSPECTORATE)
    with pytest.raises(PermissionDenied):
        do(inspector, actions.take_in_request, mine)


def test_nobody_else_sees_a_question(asker: Actor, inspector: Actor) -> None:
    code = samples.ask(inspector, WESTLAND, kind="question")
    for email in ("af@denhaag.example", "avim@politie.example"):
        other = samples.actor(email)
        with acting(other):
            assert not Request.objects.exists()
            with pytest.raises(Absent):
                queries.received_request(code, other)


def test_the_database_asks_a_ground_for_words(asker: Actor, asked: Actor) -> None:
    code = accepted(asker, asked, THE_HAGUE)
    with pytest.raises(IntegrityError), acting(asked):
        Request.objects.filter(code=code).update(answer="details")
    with pytest.raises(DatabaseError), acting(asked):
        Request.objects.filter(code=code).update(kind="question")
