"""What a care organisation lists is read from an index, and no list walks through what years left behind."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests import plans, samples
from tests.journeys.referrals.situations import make_ready

from sluitend.demo import embedded
from sluitend.journeys.care import actions as care
from sluitend.journeys.care import queries as care_queries
from sluitend.journeys.care.journey import CARE_LIST
from sluitend.journeys.care_files import actions as care_files
from sluitend.journeys.care_files.models import Appointment, CareFile
from sluitend.journeys.care_files.queries import agenda, opened
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.referrals.models import ReceivedToken, Referral
from sluitend.journeys.referrals.queries import asked_of_care
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.models import Report
from sluitend.journeys.reports.queries.of_care import HURRIED_FIRST
from sluitend.journeys.shelter import actions as shelter_actions
from sluitend.journeys.shelter import queries as shelter
from sluitend.journeys.shelter.models import HotelAsk, Search
from sluitend.journeys.shelter.queries.hotels import hotel_lines
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.organisations.models import Organisation

NEW = "'id', gen_random_uuid(), 'envelope_id', gen_random_uuid(), 'current_step_id', gen_random_uuid()"


@pytest.fixture
def coordinator() -> Actor:
    """Who coordinates care."""
    return samples.actor("zorg@shop.example")


def test_requests_are_read_in_order(server: embedded.Server, own_database: str, coordinator: Actor) -> None:
    samples.ask_for_help()
    over = "'closed', CASE WHEN n % 50 > 0 THEN now() - n * interval '1 hour' END"
    plans.copy(server.url("sl_admin", own_database), Report, 20_000, f"{NEW}, 'code', 'q-' || n, {over}")
    for closed, index in ((False, "reports_report_care_open"), (True, "reports_report_care_closed")):
        plan = plans.of_asking(
            coordinator,
            "reports_report",
            lambda closed=closed: reports.help_requests(coordinator, CARE_LIST, closed=closed),  # type: ignore[misc]
        )
        assert f"using {index}" in plan, plan
        assert "Sort" not in plan, plan
    after = HURRIED_FIRST.key(Report(acute=False, minor="no", received=timezone.localdate(), code="Q-400"))
    plan = plans.of_asking(
        coordinator,
        "reports_report",
        lambda: reports.help_requests(coordinator, CARE_LIST, after=after),
    )
    assert "using reports_report_care_open" in plan, plan
    assert "Sort" not in plan, plan


def test_who_has_no_request_is_told_without_reading_reports(
    server: embedded.Server, own_database: str
) -> None:
    focal = samples.actor("af@westland.example")
    samples.file_report(Organisation.objects.get(code="GM1783"))
    plans.copy(server.url("sl_admin", own_database), Report, 20_000, f"{NEW}, 'code', 'm-' || n")
    plan = plans.of_asking(focal, "reports_report", lambda: reports.has_help_requests(focal))
    assert "using reports_report_care_closed" in plan, plan


def test_the_searches_of_a_request_are_found(
    server: embedded.Server, own_database: str, coordinator: Actor
) -> None:
    samples.begin_to_search()
    over = "'state', 'ended', 'closed', now(), 'request', gen_random_uuid()"
    plans.copy(server.url("sl_admin", own_database), Search, 20_000, f"{NEW}, 'code', 's-' || n, {over}")
    begun = plans.of_asking(coordinator, "shelter_search", lambda: shelter.begun_from(uuid4(), coordinator))
    assert "using shelter_of_request" in begun, begun
    listed = plans.of_asking(coordinator, "shelter_search", lambda: shelter.searches(coordinator))
    assert "using shelter_open_list" in listed, listed


def test_whom_was_asked_for_a_hotel_is_found(
    server: embedded.Server, own_database: str, coordinator: Actor
) -> None:
    code = samples.begin_to_search()
    with acting(coordinator):
        shelter_actions.ask_hotel(code=code, town="GM1783", actor=coordinator)
    over = "'state', 'expired', 'closed', now(), 'access_ended', current_date, 'search', gen_random_uuid()"
    plans.copy(server.url("sl_admin", own_database), HotelAsk, 20_000, f"{NEW}, 'code', 'w-' || n, {over}")
    today = timezone.localdate()
    plan = plans.of_asking(coordinator, "shelter_hotelask", lambda: hotel_lines(uuid4(), today, coordinator))
    assert "using hotel_ask_of_search" in plan, plan


def test_the_clock_reads_the_files_that_are_open_and_a_page_its_own(
    server: embedded.Server, own_database: str, coordinator: Actor
) -> None:
    code = samples.care_file()
    over = "'state', 'closed', 'closed', now(), 'request_id', gen_random_uuid()"
    plans.copy(server.url("sl_admin", own_database), CareFile, 20_000, f"{NEW}, 'code', 'f-' || n, {over}")
    plan = plans.of_asking(coordinator, "care_files_carefile", lambda: care_files.hear_of_minors(coordinator))
    assert "using care_file_open" in plan, plan
    assert "using care_file_code" in plans.of_asking(
        coordinator, "care_files_carefile", lambda: opened(code, coordinator)
    )


def test_the_agenda_reads_only_what_is_planned(
    server: embedded.Server, own_database: str, coordinator: Actor
) -> None:
    code, when = samples.care_file(), timezone.localtime() + timedelta(days=3)
    meeting = care_files.Meeting(kind="lawyer", place_kind="theirs", place="Kade 1", interpreter="none")
    planned = care_files.Planned(
        at=when.replace(hour=11, minute=0, second=0, microsecond=0),
        minutes=60,
        worker=coordinator.own_account,
        meeting=meeting,
    )
    with acting(coordinator):
        care_files.make_appointment(code=code, actor=coordinator, planned=planned, revision=None)
    over = "'id', gen_random_uuid(), 'state', CASE WHEN n % 1000 > 0 THEN 'kept' ELSE 'planned' END"
    plans.copy(server.url("sl_admin", own_database), Appointment, 20_000, over)
    plan = plans.of_asking(coordinator, "care_files_appointment", lambda: agenda(coordinator))
    assert "using appointment_planned" in plan, plan


def test_what_was_taken_in_is_looked_up_for_what_is_open(
    server: embedded.Server, own_database: str, coordinator: Actor
) -> None:
    ready = make_ready()
    taken, _open = ready.send("person"), ready.send("person")
    with acting(ready.care):
        care.take_in(code=taken, actor=ready.care)
    changed = "'id', gen_random_uuid(), 'referral_id', gen_random_uuid(), 'kind', 'taken_in'"
    plans.copy(server.url("sl_admin", own_database), ReceivedToken, 20_000, changed)
    plan = plans.of_asking(coordinator, "referrals_referral", lambda: asked_of_care(coordinator))
    assert "using referrals_receivedtoken_referral_id" in plan, plan
    with acting(coordinator):
        assert len(asked_of_care(coordinator)) == 1


def test_what_waits_between_two_is_read_from_what_waits(
    server: embedded.Server, own_database: str, coordinator: Actor
) -> None:
    samples.ask(coordinator, "GM1783", kind="question")
    state = "'state', CASE WHEN n % 50 > 0 THEN 'done' ELSE 'sent' END, 'sent', now() - n * interval '1 hour'"
    plans.copy(server.url("sl_admin", own_database), Request, 20_000, f"{NEW}, 'code', 'v-' || n, {state}")
    for who in (coordinator, samples.actor("af@westland.example")):
        for show, index in (
            ("open", r"using request_(sent|received)_waiting"),
            ("klaar", "Index Scan using"),
        ):
            found = plans.of_each(
                who,
                "exchanges_request",
                lambda who=who, show=show: care_queries.shared_list(who, {"toon": show}),  # type: ignore[misc]
            )
            assert len(found) == 2, "one for each side"
            for plan in found:
                assert re.search(index, plan), plan
                assert "Sort" not in plan, plan


def test_what_municipalities_ask_is_found_among_all_that_waits_of_the_other_track(
    server: embedded.Server, own_database: str, coordinator: Actor
) -> None:
    make_ready().send("person")
    other = "'recipient_step_id', gen_random_uuid(), 'track', 'place'"
    plans.copy(server.url("sl_admin", own_database), Referral, 20_000, f"{NEW}, 'code', 'd-' || n, {other}")
    plan = plans.of_asking(coordinator, "referrals_referral", lambda: asked_of_care(coordinator))
    assert "using referral_waits_of_track" in plan, plan
    assert "Sort" not in plan, plan
