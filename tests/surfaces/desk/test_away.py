"""While somebody is away nothing waits for them: the deputy sees it, the acute reaches who is there."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.reading import as_read
from tests.teaming import AF, DEPUTY, MANAGER, a_case, give, open_step, owners

from sluitend.cli import checks_people
from sluitend.demo.clock import at, moment
from sluitend.journeys.administration.actions import escalation, grants
from sluitend.journeys.administration.actions.agreements import catch_up_cover
from sluitend.journeys.cases.journey import CASE
from sluitend.journeys.reports.journey import READ_REPORT, WEIGH
from sluitend.kernel.access.acting import acting, actor_for, system_actor
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.followup.deadlines import add_working_days
from sluitend.kernel.followup.escalation import Escalation, Rung, escalate, ring, tell
from sluitend.kernel.followup.models import EscalationChoice, NextStep
from sluitend.kernel.organisations.models import Absence, Account, Membership, Organisation, PoolMember
from sluitend.kernel.organisations.queries import mailboxes
from sluitend.kernel.organisations.reading import towns
from sluitend.surfaces.desk.region import waits_in_the_region

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
ELSEWHERE = "af@denhaag.example"


def gone(email: str, deputy: str = "", days: int = 5) -> None:
    """Let somebody be away from today."""
    today = timezone.localdate()
    Absence.objects.create(
        account=Account.objects.get(email=email),
        organisation=Organisation.objects.get(code="GM1783"),
        first=today,
        last=today + timedelta(days=days),
        deputy=Account.objects.get(email=deputy) if deputy else None,
    )


def working_day() -> None:
    """Let everybody of Westland work today, whatever day it is."""
    Account.objects.filter(memberships__organisation__code="GM1783").update(work_days=[1, 2, 3, 4, 5, 6, 7])


def climbs(minutes: float = 0) -> Escalation:
    """Let everything of Westland climb."""
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        return escalate(system, timezone.now() + timedelta(minutes=minutes))


def heard(escalation: Escalation) -> list[str]:
    """Where the mail about an escalation goes."""
    return mailboxes(escalation.reached)


def test_the_deputy_sees_what_stands_on_the_name_of_whoever_is_away(client_for: ClientFor) -> None:
    who = samples.actor(AF)
    case = a_case(who)
    give(case, f"person:{who.account_id}")
    deputy = client_for(DEPUTY)
    assert case not in deputy.get("/werk/").text
    gone(AF, DEPUTY)
    assert case in deputy.get("/werk/").text
    assert "afwezig tot en met" in deputy.get("/werk/").text
    assert owners(who, code=case) == {"Noor de Bruin"}
    Absence.objects.update(
        first=timezone.localdate() - timedelta(days=2), last=timezone.localdate() - timedelta(days=1)
    )
    assert case not in deputy.get("/werk/").text


@pytest.mark.parametrize("deputy", ["", ELSEWHERE], ids=["without a deputy", "a deputy who did not accept"])
def test_nobody_is_given_anything_while_away_and_not_stood_for(deputy: str) -> None:
    who, away = samples.actor(DEPUTY), samples.actor(AF)
    case = a_case(who)
    gone(AF, deputy)
    with pytest.raises(DomainError, match="niemand neemt waar"):
        give(case, f"person:{away.account_id}")
    assert owners(who, code=case) == {"focal_point"}
    Absence.objects.update(deputy=Account.objects.get(email=DEPUTY))
    give(case, f"person:{away.account_id}")
    assert owners(who, code=case) == {"Noor de Bruin"}


def test_a_deputy_who_was_not_named_does_not_see_it(client_for: ClientFor) -> None:
    who = samples.actor(AF)
    case = a_case(who)
    give(case, f"person:{who.account_id}")
    gone(AF, MANAGER)
    assert case not in client_for(DEPUTY).get("/werk/").text


def test_what_is_acute_goes_to_whoever_is_there(client_for: ClientFor) -> None:
    colleague = samples.actor(DEPUTY)
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    give(report, f"person:{samples.actor(AF).account_id}")
    gone(AF)
    samples.take_in(report, colleague)
    with acting(colleague):
        pressing = NextStep.objects.filter(done__isnull=True, urgent=True, code__startswith="C")
        assert {step.owner_role for step in pressing} == {"focal_point"}


def test_an_acute_report_while_both_are_away_reaches_the_manager_within_a_quarter_of_an_hour() -> None:
    working_day()
    morning = moment(add_working_days(timezone.localdate(), 1), "10:00")  # no holiday, no end of a day
    with at(morning):
        gone(AF)
        gone(DEPUTY)
        samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    with at(morning + timedelta(minutes=5)):
        reached = climbs()
    assert heard(reached) == [MANAGER]
    with acting(samples.actor(AF)):
        first = NextStep.objects.get(what=READ_REPORT)
    assert (first.pk, Rung.MANAGER) in reached.climbed
    tell([str(each) for each in reached.reached])
    assert [message.to for message in mail.outbox][-1] == [MANAGER]


def test_everybody_away_is_still_not_nobody() -> None:
    working_day()
    for email in (AF, DEPUTY, MANAGER):
        gone(email)
    samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    assert heard(climbs(5)) != []


def test_a_late_step_of_somebody_away_reaches_the_deputy_at_once() -> None:
    who = samples.actor(AF)
    case = a_case(who)
    give(case, f"person:{who.account_id}")
    gone(AF, DEPUTY)
    step = open_step(who, case)
    with acting(who):
        step.pk, step.due = uuid4(), timezone.now() - timedelta(minutes=1)
        step.save(force_insert=True)
    reached = climbs()
    assert heard(reached) == [DEPUTY]
    assert reached.climbed == ((step.pk, Rung.DEPUTY),)


def test_the_pages_of_being_away(client_for: ClientFor) -> None:
    client, today = client_for(AF), timezone.localdate()
    page = "/werk/account/afwezig/"
    assert "Wanneer bent u er niet?" in client.get(page).text
    wrong = {"first": today.isoformat(), "last": (today - timedelta(days=1)).isoformat(), "deputy": ""}
    assert client.post(page, wrong).status_code == 422
    deputy = str(Account.objects.get(email=DEPUTY).pk)
    days = {"first": today.isoformat(), "last": (today + timedelta(days=3)).isoformat()}
    assert client.post(page, days | {"deputy": deputy}).status_code == 302
    assert "Samira Haddou" in client.get(page).text
    absence = str(Absence.objects.get().pk)
    assert client_for("af@denhaag.example").post(page, {"end": absence}).status_code == 404
    assert client_for("melder@westland.example").post(page, {"end": absence}).status_code in (403, 404)
    boss = client_for(MANAGER)
    assert "Noor de Bruin" in boss.get("/werk/overzicht/afwezig/").text
    assert boss.post("/werk/overzicht/afwezig/", {"end": absence}).status_code == 302
    assert Absence.objects.count() == 0
    person = str(Account.objects.get(email=AF).pk)
    assert boss.post("/werk/overzicht/afwezig/", days | {"person": person}).status_code == 302


def test_a_reporter_can_be_away_and_names_no_deputy(client_for: ClientFor) -> None:
    today = timezone.localdate().isoformat()
    client = client_for("melder@westland.example")
    assert "Vervanger" not in client.get("/werk/account/afwezig/").text.split("<form", 3)[-1]
    assert client.post("/werk/account/afwezig/", {"first": today, "last": today}).status_code == 302


def test_a_pool_on_the_pages_of_both_administrators(client_for: ClientFor) -> None:
    today = timezone.localdate()
    den_haag = str(Organisation.objects.get(code="GM0518").pk)
    page, own = "/werk/beheer/waarneming/", client_for("beheer@westland.example")
    new = {"reference": "Z-1", "since": today.isoformat(), "until": (today + timedelta(days=99)).isoformat()}
    alone = own.post(page, new)
    assert alone.status_code == 422
    assert "Met welke gemeenten? Kies een of meer gemeenten." in alone.text
    assert own.post(page, new | {"organisations": [den_haag]}).status_code == 302
    other = client_for("beheer@denhaag.example")
    text = as_read(other.get(page).text)
    assert "Ga akkoord" in text
    pool = text.split('name="agree" value="')[1][:36]
    assert client_for("beheer@leiden.example").post(page, {"agree": pool}).status_code == 404
    assert other.post(page, {"agree": pool}).status_code == 302
    assert "Thijs van Rooden" in client_for(AF).get("/werk/account/afwezig/").text
    elsewhere = str(Account.objects.get(email=ELSEWHERE).pk)
    days = {"first": today.isoformat(), "last": today.isoformat(), "deputy": elsewhere}
    assert client_for(AF).post("/werk/account/afwezig/", days).status_code == 302
    assert Membership.objects.filter(account_id=elsewhere, agreement__reference="Z-1").count() == 1
    assert "vanuit een andere gemeente" in client_for(ELSEWHERE).get("/werk/account/").text
    assert other.post(page, {"leave": pool}).status_code == 302


def with_picket() -> None:
    """Let the administrator fill in who is reached day and night."""
    administrator = samples.actor("beheer@westland.example")
    with acting(administrator):
        escalation.set_picket(
            name="Meldkamer", mail="piket@westland.example", telephone="0174 00 00 00", actor=administrator
        )


def test_the_region_has_no_picket() -> None:
    region = samples.actor("beheer@rsiv.example")
    with acting(region), pytest.raises(Absent):
        escalation.set_picket(name="Piket", mail="piket@rsiv.example", telephone="", actor=region)


def test_with_nobody_there_an_acute_report_reaches_the_picket_at_once() -> None:
    working_day()
    with_picket()
    for email in (AF, DEPUTY, MANAGER):
        gone(email)
    samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    westland = Organisation.objects.get(code="GM1783").id
    with at(timezone.now() + timedelta(minutes=5)):
        reached = climbs()
    assert heard(reached) == []
    with acting(system_actor(westland)):
        assert EscalationChoice.objects.get().id in reached.reached
    ring([str(westland)])
    assert [message.to for message in mail.outbox][-1] == ["piket@westland.example"]
    assert "M-" not in mail.outbox[-1].body


def test_the_picket_hears_nothing_of_what_can_wait() -> None:
    with_picket()
    who = samples.actor(AF)
    step = open_step(who, a_case(who))
    with acting(who):
        step.pk, step.due, step.level = uuid4(), timezone.now() - timedelta(days=30), Rung.MANAGER
        step.save(force_insert=True)
    reached = climbs()
    assert heard(reached) == [MANAGER]
    with acting(who):
        assert EscalationChoice.objects.get().id not in reached.reached


def late_in_westland(number: int) -> None:
    """Let steps of Westland wait on the last rung."""
    who = samples.actor(AF)
    own = Organisation.objects.get(code="GM1783").id
    with acting(who):
        for _each in range(number):
            NextStep.objects.create(
                organisation_id=own,
                writer_id=own,
                subject_kind=CASE,
                subject_id=uuid4(),
                code="C-9T3F",
                what=WEIGH,
                owner_role="focal_point",
                due=timezone.now() - timedelta(days=10),
                level=Rung.CHOSEN,
                created_day=timezone.localdate(),
            )


def test_the_region_sees_it_only_where_the_municipality_chose_so(client_for: ClientFor) -> None:
    late_in_westland(3)
    coordinator = client_for("regio@rsiv.example")
    sentence = "Hier wacht iets langer dan afgesproken"
    assert sentence not in coordinator.get("/werk/regio/").text
    boss = client_for(MANAGER)
    assert boss.post("/werk/overzicht/klimmen/", {"escalates_to": "elsewhere"}).status_code == 422
    assert boss.post("/werk/overzicht/klimmen/", {"escalates_to": "region"}).status_code == 302
    text = coordinator.get("/werk/regio/").text
    assert sentence in text
    assert "minder dan tien" in text
    assert "een tot twee weken" in text
    assert "C-9T3F" not in text
    assert sentence not in client_for(AF).get("/werk/regio/").text


def test_ten_is_a_number_and_nine_is_none() -> None:
    who = samples.actor(MANAGER)
    with acting(who):
        escalation.choose_escalation("region", who)
    coordinator = samples.actor("regio@rsiv.example")
    late_in_westland(9)
    with acting(coordinator):
        assert [each.number for each in waits_in_the_region(coordinator)] == [None]
    late_in_westland(1)
    with acting(coordinator):
        assert [each.number for each in waits_in_the_region(coordinator)] == [10]
    with acting(who):
        escalation.choose_escalation("manager", who)
    with acting(coordinator):
        assert waits_in_the_region(coordinator) == []
        assert EscalationChoice.objects.count() == 0


def test_the_pages_of_the_picket_and_the_overview(client_for: ClientFor) -> None:
    administrator = client_for("beheer@westland.example")
    page = "/werk/beheer/piket/"
    assert administrator.post(page, {"name": "Meldkamer"}).status_code == 422
    assert administrator.post(page, {"name": "Meldkamer", "mail": "geen adres"}).status_code == 422
    new = {"name": "Meldkamer", "mail": "piket@westland.example", "telephone": "0174 00 00 00"}
    assert administrator.post(page, new).status_code == 302
    boss = client_for(MANAGER)
    assert "Meldkamer" in boss.get("/werk/overzicht/klimmen/").text
    gone(AF, DEPUTY)
    text = boss.get("/werk/overzicht/").text
    assert "afwezig tot en met" in text
    assert "Vertrekt: draag over" in text
    assert "Vertrekt: draag over" not in client_for("fg@westland.example").get("/werk/overzicht/").text


def test_doctor_names_where_a_report_can_lie(db: None) -> None:
    assert "Gemeente Nieuwkoop" in checks_people.somebody_reads().sentence
    agreement = PoolMember.objects.filter(covered=True).values_list("agreement", "agreed_by")[0]
    for each in [one.id for one in towns() if not one.reads]:
        PoolMember(
            agreement_id=agreement[0],
            organisation_id=each,
            covered=True,
            agreed_by_id=agreement[1],
            agreed_on=timezone.localdate(),
        ).prove().save(force_insert=True)
    for asked in catch_up_cover():
        with acting(actor_for(Account.objects.get(pk=asked))):
            grants.accept(Membership.objects.filter(account_id=asked, accepted_on=None)[0].pk, by=asked)
    assert checks_people.somebody_reads().level == "ok"
    Membership.objects.filter(account__email=MANAGER).update(until=timezone.localdate() - timedelta(days=1))
    result = checks_people.somebody_reads()
    assert result.level == "bad"
    assert "Hier staat niemand achter wie leest, ook geen piket: Gemeente Westland" in result.sentence
    with_picket()
    assert checks_people.somebody_reads().level == "ok"
    Membership.objects.filter(account__email=DEPUTY).update(until=timezone.localdate() - timedelta(days=1))
    result = checks_people.somebody_reads()
    assert result.level == "bad"
    assert "Gemeente Westland" in result.sentence
