"""Help that was agreed: kept by the region with its history, and asked about a year before it ends."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.reading import as_read

from sluitend.journeys.assurance import actions, queries
from sluitend.journeys.assurance.actions import Agreed
from sluitend.journeys.assurance.journey import (
    ASK_END,
    AWAIT_CONTRACT,
    CONTRACT_RUNS,
    DECIDE_ON,
    DECIDE_SOON,
    LAPSED,
)
from sluitend.journeys.assurance.models import Assured
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.followup.escalation import escalate
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Organisation

pytestmark = pytest.mark.django_db
REGION, CARE = "regio@rsiv.example", "zorg@shop.example"
BOARD = "/werk/regio/hulp/geborgd/"
TODAY = timezone.localdate
type ClientFor = Callable[[str], Client]


def within(days: int) -> date:
    return TODAY() + timedelta(days=days)


def do(act: Callable[..., Any], who: str = REGION, **given: Any) -> Any:
    actor = samples.actor(who)
    with acting(actor):
        return act(actor=actor, **given)


def seen(who: str = REGION) -> queries.Board:
    board: queries.Board = do(queries.board, who)
    return board


def line(code: str) -> Any:
    return next(each for group in seen().groups for each in group.lines if each.code == code)


def region() -> Any:
    return system_actor(Organisation.objects.get(code="rsiv").id)


def step_of(code: str) -> NextStep:
    with acting(region()):
        step = Assured.objects.select_related("current_step").get(code=code).current_step
    assert step is not None
    return step


def remind(day: date) -> int:
    with acting(region()) as actor:
        return actions.remind_of_ends(actor, day)


def test_what_is_recorded_fills_the_gap_of_its_kind_and_part() -> None:
    before = seen().gaps
    code = samples.assure(payer="Gemeente Den Haag", contract="2027-14", ends=within(800))
    assert seen().gaps == before - 1
    found = do(queries.one, code=code)
    assert (found.line.now.payer, found.line.now.contract) == ("Gemeente Den Haag", "2027-14")
    assert found.line.area == "Haaglanden"
    do(actions.end_assured, code=code)
    assert seen().gaps == before
    assert do(queries.one, code=code).closed == TODAY()


def test_a_change_keeps_what_held_before() -> None:
    code = samples.assure(payer="Den Haag")
    do(actions.change_assured, code=code, agreed=Agreed(provider="Stichting Kade", payer="Leiden"), seen=1)
    now, before = do(queries.one, code=code).history
    assert (now.provider, now.payer, before.payer) == ("Stichting Kade", "Leiden", "Den Haag")
    with pytest.raises(Conflict):
        do(actions.change_assured, code=code, agreed=Agreed(provider="Te laat"), seen=1)
    with pytest.raises(DatabaseError), acting(region()), connection.cursor() as cursor:
        cursor.execute("UPDATE assurance_assuredterms SET payer = 'x'")


@pytest.mark.parametrize(
    ("agreed", "what"),
    [
        ({}, ASK_END),
        ({"ends": 500}, CONTRACT_RUNS),
        ({"ends": 365}, DECIDE_ON),
        ({"ends": 183}, DECIDE_SOON),
        ({"ends": 100, "decision": "goes_on"}, AWAIT_CONTRACT),
        ({"ends": -1, "decision": "goes_on"}, LAPSED),
    ],
)
def test_the_step_follows_from_the_end(agreed: dict[str, Any], what: str) -> None:
    given = agreed | ({"ends": within(agreed["ends"])} if "ends" in agreed else {})
    step = step_of(samples.assure(**given))
    assert (step.what, step.owner_role) == (what, "regional_coordinator")
    assert timezone.localdate(step.due) >= TODAY()


def test_a_year_ahead_the_region_hears_it_and_again_when_nobody_decides() -> None:
    ends = within(500)
    code = samples.assure(ends=ends)
    assert remind(ends - timedelta(days=366)) == 0
    assert remind(ends - timedelta(days=365)) == 1
    assert step_of(code).what == DECIDE_ON
    assert remind(ends - timedelta(days=365)) == 0
    assert remind(ends - timedelta(days=183)) == 1
    assert step_of(code).what == DECIDE_SOON
    assert remind(ends + timedelta(days=1)) == 1
    assert step_of(code).what == LAPSED
    assert remind(ends + timedelta(days=150)) == 0
    assert remind(ends + timedelta(days=190)) == 1, "what nobody did is asked again after half a year"
    with acting(region()):
        assert Event.objects.filter(action="assured.step").count() == 4


def test_a_decision_ends_the_asking_and_its_end_begins_it_again() -> None:
    ends = within(200)
    code = samples.assure(ends=ends)
    do(
        actions.change_assured,
        code=code,
        agreed=Agreed(partner="shop", ends=ends, decision="goes_on"),
        seen=1,
    )
    assert remind(ends) == 0
    assert remind(ends + timedelta(days=1)) == 1
    assert step_of(code).what == LAPSED


def test_without_a_known_end_it_is_asked_each_half_year() -> None:
    code = samples.assure()
    assert remind(within(360)) == 0
    assert remind(within(370)) == 1
    assert step_of(code).what == ASK_END


def test_what_waits_at_the_region_is_mailed_to_it() -> None:
    samples.assure(ends=within(300))
    with acting(region()) as actor:
        found = escalate(actor, timezone.now() + timedelta(days=1))
    assert found.reached == {samples.actor(REGION).account_id} | {
        samples.actor("handboek@rsiv.example").account_id
    }
    assert mail.outbox == []


def test_places_are_told_with_their_day_and_grow_old() -> None:
    code = samples.assure()
    do(actions.count_places, code=code, number=4, day=within(-15))
    assert line(code).places.old
    do(actions.count_places, code=code, number=3, day=within(-14))
    assert (line(code).places.number, line(code).places.old) == (3, False)
    assert [each.number for each in do(queries.one, code=code).counted] == [3, 4]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "gasflessen"}, "kind"),
        ({"area": "national"}, "area"),
        ({"agreed": Agreed()}, "partner"),
        ({"agreed": Agreed(partner="gasflessen")}, "partner"),
        ({"agreed": Agreed(provider="A", decision="misschien")}, "decision"),
        ({"agreed": Agreed(provider="A", ends=date(3000, 1, 1))}, "ends"),
        ({"agreed": Agreed(provider="A", begins=date(2027, 2, 1), ends=date(2027, 1, 1))}, "ends"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(given: dict[str, Any], field: str) -> None:
    whole: dict[str, Any] = {
        "kind": "coordination",
        "area": "haaglanden",
        "agreed": Agreed(partner="shop"),
        **given,
    }
    with pytest.raises(DomainError) as error:
        do(actions.record_assured, **whole)
    assert error.value.field == field


@pytest.mark.parametrize(("number", "day"), [(-1, 0), (10_001, 0), (1, 1)])
def test_a_count_of_places_that_cannot_be(number: int, day: int) -> None:
    with pytest.raises(DomainError):
        do(actions.count_places, code=samples.assure(), number=number, day=within(day))


def test_only_the_region_keeps_it() -> None:
    code = samples.assure()
    for who in (CARE, "af@westland.example", "manager@westland.example"):
        for act, given in (
            (actions.record_assured, {"kind": "coordination", "area": "haaglanden", "agreed": Agreed()}),
            (actions.change_assured, {"code": code, "agreed": Agreed(provider="A"), "seen": 1}),
            (actions.count_places, {"code": code, "number": 1, "day": TODAY()}),
            (actions.end_assured, {"code": code}),
        ):
            with pytest.raises(Refused):
                do(act, who, **given)
    with pytest.raises(Absent):
        do(actions.end_assured, code="B-0000")
    do(actions.end_assured, code=code)
    with pytest.raises(Conflict):
        do(actions.count_places, code=code, number=1, day=TODAY())


def test_care_reads_all_and_who_gives_help_its_own(client_for: ClientFor) -> None:
    own = samples.assure("support_hollands_midden", "hollands_midden", partner="avim", payer="Leiden")
    other = samples.assure(payer="Den Haag")
    assert "Leiden" in client_for(CARE).get(BOARD).text
    provider = client_for("avim@politie.example")
    text = provider.get(BOARD).text
    assert "Leiden" in text
    assert "Den Haag" not in text
    assert provider.get(f"{BOARD}{own}/").status_code == 200
    assert provider.get(f"{BOARD}{other}/").status_code == 404
    assert client_for("nla@arbeidsinspectie.example").get(BOARD).status_code == 404
    assert client_for("af@westland.example").get(BOARD).status_code == 404
    assert "Leg hulp vast" not in client_for(CARE).get(BOARD).text


def test_the_region_does_it_all_on_its_pages(client_for: ClientFor) -> None:
    client = client_for(REGION)
    assert "niets vastgelegd" in client.get(BOARD).text
    ends = within(300)
    typed = {"partner": "shop", "payer": "Den Haag", "ends": ends.isoformat()}
    made = client.post(f"{BOARD}nieuw/", {"kind": "coordination", "area": "haaglanden", **typed})
    assert made.status_code == 302
    page = made["Location"]
    assert "nog geen besluit" in as_read(client.get("/werk/regio/hulp/").text)
    assert page in client.get("/werk/").text
    changed = {"terms": "1", "seen": "1", "decision": "stops", **typed}
    assert client.post(page, changed).status_code == 302
    assert client.post(page, changed | {"payer": "Leiden"}).status_code == 422, "seen is too old"
    assert client.post(page, {"places": "1", "number": "5", "day": TODAY().isoformat()}).status_code == 302
    assert client.post(page, {"places": "1", "number": "5", "day": "x"}).status_code == 422
    assert "Stopt" in as_read(client.get(page).text)
    assert client.post(page, {"end": "1"}).status_code == 302
    assert "niet meer bij wat geregeld is" in as_read(client.get(page).text)
    assert client.post(page, {"end": "1"}).status_code == 302


def test_a_name_of_markup_is_text(client_for: ClientFor) -> None:
    code = samples.assure(partner="", provider="<script>x</script>", note='"><img src=x>')
    text = client_for(REGION).get(f"{BOARD}{code}/").text
    assert "<script>x" not in text
    assert "<img src=x" not in text


def tell(code: str, day: date) -> int:
    """Let an organisation hear in the morning of a day what ends."""
    with acting(system_actor(Organisation.objects.get(code=code).id)) as actor:
        return actions.tell_of_ends(actor, day)


def asked(code: str) -> list[tuple[str, str]]:
    """Return what is asked of an organisation about help that ends, and of whom there."""
    with acting(system_actor(Organisation.objects.get(code=code).id)):
        steps = NextStep.objects.filter(subject_kind="assured", done__isnull=True, organisation__code=code)
        return list(steps.values_list("what", "owner_role"))


WESTLAND, DEN_HAAG, LEIDEN = "GM1783", "GM0518", "GM0546"
MANAGER = "manager@westland.example"


def test_a_year_ahead_who_pays_and_who_gives_it_hear_it_and_nobody_else() -> None:
    ends = within(500)
    samples.assure(partner="avim", payer="gemeente Den Haag", ends=ends)
    before = ends - timedelta(days=366)
    assert {each: tell(each, before) for each in ("avim", DEN_HAAG, WESTLAND)} == dict.fromkeys(
        ("avim", DEN_HAAG, WESTLAND), 0
    )
    first = ends - timedelta(days=365)
    assert [tell(each, first) for each in ("avim", DEN_HAAG, WESTLAND, "shop")] == [1, 1, 0, 0]
    assert [tell(each, first) for each in ("avim", DEN_HAAG)] == [0, 0], "twice is once"
    assert asked("avim") == [("decide_there", "partner")]
    assert asked(DEN_HAAG) == [("decide_there", "manager")]


def test_half_a_year_ahead_managers_of_the_part_hear_it_until_somebody_decides() -> None:
    ends = within(500)
    code = samples.assure(payer="Den Haag", ends=ends)
    half = ends - timedelta(days=183)
    assert [tell(each, half - timedelta(days=1)) for each in (WESTLAND, LEIDEN)] == [0, 0]
    assert [tell(each, half) for each in (WESTLAND, LEIDEN)] == [1, 0], "Leiden is in another part"
    assert asked(WESTLAND) == [("help_stops_here", "manager")]
    decided = Agreed(partner="shop", payer="Den Haag", ends=ends, decision="goes_on")
    do(actions.change_assured, code=code, agreed=decided, seen=1)
    assert tell(WESTLAND, half) == 0
    assert asked(WESTLAND) == []


def test_a_manager_reads_it_and_says_so(client_for: ClientFor) -> None:
    ends = within(100)
    code, other = samples.assure(ends=ends), samples.assure("support_hollands_midden", "hollands_midden")
    manager = client_for(MANAGER)
    assert manager.get(f"{BOARD}{code}/").status_code == 404, "before it is told it is not theirs"
    tell(WESTLAND, TODAY())
    assert f"{BOARD}{code}/" in manager.get("/werk/").text
    page = as_read(manager.get(f"{BOARD}{code}/").text)
    assert "Hulp in uw gemeente stopt binnen een half jaar" in page
    assert "Leg vast wat nu geldt" not in page
    assert manager.get(f"{BOARD}{other}/").status_code == 404
    assert manager.post(f"{BOARD}{code}/gelezen/").status_code == 302
    assert asked(WESTLAND) == []
    assert "Dit heb ik gelezen" not in manager.get(f"{BOARD}{code}/").text
    assert tell(WESTLAND, TODAY()) == 0, "who read it is not asked again"
    with pytest.raises(Conflict):
        do(actions.note_heard, MANAGER, code=code)
    with acting(system_actor(Organisation.objects.get(code=WESTLAND).id)):
        assert Event.objects.filter(action="assured.heard").count() == 1


def test_what_ended_or_is_taken_out_asks_nobody() -> None:
    ends = within(100)
    code = samples.assure(ends=ends)
    tell("shop", TODAY())
    assert asked("shop") == [("decide_there", "partner")]
    tell("shop", ends + timedelta(days=1))
    assert asked("shop") == []
    again = samples.assure(ends=ends, partner="avim")
    tell("avim", TODAY())
    for each in (code, again):
        do(actions.end_assured, code=each)
    tell("avim", TODAY())
    assert asked("avim") == []
