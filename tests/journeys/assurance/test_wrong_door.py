"""What came to the wrong door counts once: at the door where it lies."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from tests import samples
from tests.journeys.assurance.conftest import COORDINATOR

from sluitend.journeys.assurance.queries.counting import requests
from sluitend.journeys.care import actions
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import Passage, Report
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation

FOCAL, TOWN = "af@westland.example", "GM1783"


def at_municipalities() -> set[Any]:
    """Return the numbers of reports of the towns in the picture of the region, of yesterday and today."""
    today = timezone.localdate()
    with acting(NOBODY), connection.cursor() as cursor:
        cursor.execute(
            "SELECT reports FROM region_figures(%s, %s) WHERE place IS NOT NULL",
            [today - timedelta(days=1), today],
        )
        return {number for (number,) in cursor.fetchall()}


def at_care() -> int | None:
    today = timezone.localdate()
    with acting(NOBODY):
        return requests(current_release().pack, today - timedelta(days=1), today)[0].total


def do(who: str, action: Any, code: str, **more: Any) -> None:
    actor = samples.actor(who)
    with acting(actor):
        action(actor=actor, code=code, **more)


def arrived(organisation: str) -> str:
    with acting(system_actor(Organisation.objects.get(code=organisation).id)) as system:
        reports.sweep(system)
        passage = Passage.objects.filter(recipient_id=system.own_organisation).latest("sent")
        return Report.objects.get(pk=passage.arrived_id).code


def told_towns() -> list[str]:
    town = Organisation.objects.get(code=TOWN)
    return [samples.file_report(town)[0] for _each in range(10)]


def test_what_care_took_over_counts_at_care_alone(as_worker: str) -> None:
    first, *_rest = told_towns()
    for _each in range(9):
        samples.ask_for_help()
    do(FOCAL, actions.to_care, first)
    code = arrived("shop")
    assert (at_municipalities(), at_care()) == ({10}, None), "until it is taken over it is of the town"
    do(COORDINATOR, actions.take_over, code)
    assert (at_municipalities(), at_care()) == ({None}, 10)


def test_what_a_town_took_over_counts_at_the_town_alone(as_worker: str) -> None:
    for _each in range(9):
        samples.file_report(Organisation.objects.get(code=TOWN))
    codes = [samples.ask_for_help()[0] for _each in range(10)]
    facts = {"municipality": TOWN, "where": "Havenweg 7, Maasdijk", "facts": "Matrassen in de loods."}
    do(COORDINATOR, actions.to_municipality, codes[0], **facts)
    code = arrived(TOWN)
    assert (at_municipalities(), at_care()) == ({None}, 10)
    do(FOCAL, actions.take_over_from_care, code)
    assert (at_municipalities(), at_care()) == ({10}, None)


def test_what_a_town_gave_back_was_never_a_report_there(as_worker: str) -> None:
    for _each in range(9):
        samples.file_report(Organisation.objects.get(code=TOWN))
    code, _receipt = samples.ask_for_help()
    facts = {"municipality": TOWN, "where": "Havenweg 7, Maasdijk", "facts": "Matrassen in de loods."}
    do(COORDINATOR, actions.to_municipality, code, **facts)
    do(FOCAL, actions.give_back_to_care, arrived(TOWN))
    assert at_municipalities() == {None}
