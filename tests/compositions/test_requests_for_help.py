"""Whatever is tried with requests for help, in whatever order: an open one has a step, and nobody sees it."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest

from sluitend.journeys.care import actions as care
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.models import MailboxMessage, Report
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Organisation
from tests import samples, tiers
from tests.test_promise import attempt

pytestmark = pytest.mark.django_db
SHOP, COORDINATOR = "shop", "zorg@shop.example"
ASKED: tuple[dict[str, str], ...] = (
    {},
    {"bed_tonight": "nee"},
    {"under_18": "ja", "knows": "weet_niet"},
    {"start": "advies"},
)
VERBS: dict[str, tuple[Callable[..., None], dict[str, str]]] = {
    "take_on": (care.take_on, {}),
    "advise": (care.advise, {"text": "Praat alleen met haar"}),
    "missed": (care.note_attempt, {"channel": "call", "reached": "no", "against": "Zij vroeg het"}),
    "reached": (care.note_attempt, {"channel": "call", "reached": "yes", "against": "Zij vroeg het"}),
    "ask": (care.ask_back, {"text": "Kan zij morgen?"}),
    "busy": (care.tell, {"sentence": "busy"}),
    "offered": (care.tell, {"sentence": "offered", "text": "Belt u mij?"}),
    "hear": (care.hear, {}),
    "close": (care.close, {"end": "safe_own"}),
    "lost": (care.close, {"end": "lost"}),
}
LENGTH = 14


def followed() -> None:
    """Hold each request to the promise, as the organisation that has it."""
    shop = Organisation.objects.get(code=SHOP)
    with acting(system_actor(shop.id)):
        for row in Report.objects.all():
            steps = list(NextStep.objects.filter(subject_id=row.id, done__isnull=True))
            assert len(steps) == (0 if row.closed else 1), row.code
            for each in steps:
                assert each.pk == row.current_step_id
                assert (each.owner_role, each.subject_kind) == ("partner", "care_request")


def unseen(codes: list[str]) -> None:
    """Hold that no other organisation sees a row, a message or a step of it."""
    for other in Organisation.objects.exclude(code=SHOP):
        with acting(system_actor(other.id)):
            assert not Report.objects.filter(code__in=codes).exists()
            assert not MailboxMessage.objects.filter(report__code__in=codes).exists()
            assert not NextStep.objects.filter(code__in=codes).exists()


@pytest.mark.parametrize("seed", tiers.either(range(3), range(40)))
def test_an_open_request_has_a_step_and_is_nobody_elses(region: Any, seed: int) -> None:
    draw = Random(seed)  # noqa: S311 - an order of presses
    coordinator = samples.actor(COORDINATOR)
    code, receipt = samples.ask_for_help(**ASKED[seed % len(ASKED)])
    other, _ = samples.ask_for_help(**ASKED[draw.randrange(len(ASKED))])
    done = 0
    for _press in range(LENGTH):
        name = draw.choice([*VERBS, "write", "take_on"])
        if name == "write":
            with acting(NOBODY):
                reports.add_to_report(receipt=receipt, text="Zij belde mij weer")
            with acting(system_actor(coordinator.own_organisation)) as system:
                reports.sweep(system)
        else:
            verb, given = VERBS[name]
            done += attempt(partial(_as, coordinator, verb, code, given))
        followed()
        with acting(NOBODY):
            box = report_queries.mailbox(receipt)
        assert box is not None
        assert samples.PLANT not in box.sentence
    assert done
    unseen([code, other])


def _as(actor: Any, verb: Callable[..., None], code: str, given: dict[str, str]) -> None:
    with acting(actor):
        verb(actor=actor, code=code, **given)
