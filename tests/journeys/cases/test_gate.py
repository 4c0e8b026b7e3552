"""The hard gate: nothing happens at a place while nobody said what happens to the residents."""

from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import tiers
from tests.journeys.cases.matters import row, somebody, weighed

from sluitend.demo.deeds import compose
from sluitend.journeys.cases import actions
from sluitend.journeys.cases.models import SentReferral, Track
from sluitend.kernel.access.errors import DomainError

pytestmark = pytest.mark.django_db

MOVES = st.sampled_from(
    [
        "not_known",
        "care_joins",
        "bed_arranged",
        "inspect",
        "bring",
        "both",
        "open",
        "run",
        "refer",
        "facts",
    ]
)


def move(code: str, name: str) -> None:
    """Try one thing; a refusal is an answer too."""
    with somebody() as actor:
        match name:
            case "not_known" | "care_joins" | "bed_arranged":
                actions.answer_residents_question(
                    actor=actor, code=code, answer=name, first_step="nothing_first"
                )
            case "inspect":
                compose(case_code=code, actions=("work_inspect",), actor=actor)
            case "bring":
                actions.start_actions(actor=actor, code=code, actions=["riec_bring"])
            case "both":
                actions.start_actions(actor=actor, code=code, actions=["care_advice", "riec_bring"])
            case "open":
                actions.open_track(actor=actor, code=code, track="place")
            case "run":
                actions.work_track(actor=actor, code=code, track="place", summary="Gaan kijken", runs=True)
            case "refer":
                actions.referral_sent(
                    actor=actor,
                    case_id=row(code).id,
                    track="place",
                    referral_id=uuid4(),
                    referral_code="D-TEST",
                    recipient="Arbeidsinspectie",
                    answer_by=timezone.now(),
                )
            case _:
                actions.set_fact(actor=actor, code=code, fact="organised", values=["yes"])


@settings(max_examples=tiers.either(20, 80), suppress_health_check=list(HealthCheck))  # each makes a case
@given(moves=st.lists(MOVES, max_size=7))
def test_no_order_of_actions_passes_the_gate(moves: list[str]) -> None:
    code = weighed()
    answered = False
    for name in moves:
        try:
            move(code, name)
        except Exception as error:  # noqa: BLE001 - whatever is refused, the gate must hold afterwards
            assert type(error).__name__ in {"DomainError", "Conflict", "Absent"}  # noqa: PT017
        if name in ("care_joins", "bed_arranged"):
            answered = True
        if not answered:
            with somebody():
                case = row(code)
                assert not Track.objects.filter(case=case, kind="place", current_step__what="refer").exists()
                assert not Track.objects.filter(case=case, kind="place", state="runs").exists()
                assert not SentReferral.objects.filter(case=case).exists()


def test_an_answer_that_is_taken_back_closes_the_gate_again() -> None:
    code = weighed()
    for name in ("care_joins", "inspect", "not_known"):
        move(code, name)
    with pytest.raises(DomainError) as caught:
        move(code, "refer")
    assert "bewoners" in caught.value.message


def test_the_gate_does_not_hold_up_the_person() -> None:
    code = weighed()
    with somebody() as actor:
        actions.start_actions(actor=actor, code=code, actions=["care_advice"])
        assert Track.objects.get().kind == "person"


def test_whether_there_are_people_without_papers_is_kept_nowhere() -> None:
    from sluitend.journeys.cases.models import ResidentsQuestion

    code = weighed()
    with somebody() as actor:
        actions.answer_residents_question(actor=actor, code=code, answer="care_joins", first_step="fairwork")
        asked = ResidentsQuestion.objects.get()
        assert (asked.answer, asked.first_step) == ("care_joins", "fairwork")
        with pytest.raises(DomainError):
            actions.answer_residents_question(
                actor=actor, code=code, answer="care_joins", first_step="papers_yes"
            )
