"""Assigning inside the municipality: a team has a queue, takes, gives back, and spreads by hand."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import samples
from tests.reading import as_read
from tests.surfaces.desk.conftest import MakeStep
from tests.teaming import AF, DEPUTY, MANAGER, a_case, give, make_team, open_step, owners, queued

from sluitend.journeys.cases import terms
from sluitend.journeys.cases.journey import CHOOSE_ROUTE, PARTNER_ASKS
from sluitend.journeys.cases.models import Case
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.assigning import work_days_of
from sluitend.kernel.followup.models import Assignment, NextStep
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation, Team, TeamMember
from sluitend.surfaces.desk import team_actions
from sluitend.surfaces.desk.team_queries import team_page

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
ADMINISTRATOR = "beheer@westland.example"


def test_what_is_given_stays_given_on_every_following_step() -> None:
    team, who = make_team(), samples.actor(AF)
    case = a_case(who)
    give(case, f"team:{team.pk}")
    assert owners(who, code=case) == {"Team Kust"}
    samples.weigh(case, who)
    samples.compose(case, who)
    assert owners(who, code=case) == {"Team Kust"}
    referral = samples.refer(case, who)
    assert owners(who, code__in=[case, referral]) == {"Team Kust"}


def test_an_answer_of_a_partner_goes_to_whoever_has_the_case() -> None:
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    case = a_case(who)
    give(case, f"person:{colleague.account_id}")
    samples.weigh(case, who)
    samples.compose(case, who)
    referral = samples.refer(case, who)
    inspector = samples.actor("nla@arbeidsinspectie.example")
    with acting(inspector):
        referrals.accept(code=referral, actor=inspector)
    with acting(inspector):
        referrals.ask(code=referral, text="Welke ingang?", actor=inspector)
    assert owners(who, code=referral, what=PARTNER_ASKS) == {"Samira Haddou"}
    with acting(inspector):
        assert Assignment.objects.count() == 0


def test_a_case_made_of_a_report_goes_to_whoever_had_the_report() -> None:
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    code, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    give(code, f"person:{colleague.account_id}")
    case = samples.take_in(code, who)
    assert owners(who, code__in=[code, case]) == {"Samira Haddou"}


def test_given_to_nobody_it_is_everybodys_again() -> None:
    team, who = make_team(), samples.actor(AF)
    case = a_case(who)
    give(case, f"team:{team.pk}")
    give(case, "")
    assert owners(who, code=case) == {"focal_point"}


def test_the_manager_gives_without_seeing_what() -> None:
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    case = a_case(who)
    give(case, f"person:{colleague.account_id}", by=MANAGER)
    assert owners(who, code=case) == {"Samira Haddou"}
    with acting(who):
        assert Case.objects.get(code=case).owner_id == colleague.account_id


def test_terms_count_in_the_days_of_whoever_has_it() -> None:
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    assert work_days_of(who) == (2, 4)
    Account.objects.filter(pk=colleague.own_account).update(work_days=[3])
    case = a_case(who)
    give(case, f"person:{colleague.account_id}")
    samples.weigh(case, who)
    step = open_step(who, case)
    own, normal = (3,), (1, 2, 3, 4, 5)
    with acting(who):
        pack = current_release().pack
        assert step.due == terms.due_for(pack, CHOOSE_ROUTE, work_days=own)
        assert step.due >= terms.due_for(pack, CHOOSE_ROUTE, work_days=normal)


@pytest.mark.parametrize("to", ["melder@westland.example", "af@denhaag.example", MANAGER])
def test_only_who_reads_cases_here_can_have_one(to: str) -> None:
    who = samples.actor(AF)
    case = a_case(who)
    with pytest.raises(DomainError):
        give(case, f"person:{Account.objects.get(email=to).pk}")


def test_a_team_of_another_municipality_is_refused_by_the_database_too() -> None:
    other, who = make_team(code="GM0518", members=("af@denhaag.example",)), samples.actor(AF)
    case = a_case(who)
    with pytest.raises(DomainError):
        give(case, f"team:{other.pk}")
    with acting(who):
        NextStep.objects.filter(code=case).update(team=other, owner_role="")
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        connection.set_rollback(True)


def test_a_step_has_exactly_one_owner() -> None:
    team, who = make_team(), samples.actor(AF)
    case = a_case(who)
    for wrong in ({"team": team}, {"owner_id": who.account_id}, {"owner_role": ""}):
        with pytest.raises(IntegrityError), acting(who):
            NextStep.objects.filter(code=case).update(**wrong)


def test_take_give_back_and_spread() -> None:
    _team, steps = queued(2)
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    with acting(who):
        team_actions.take(steps[0].pk, actor=who)
    assert owners(who, code=steps[0].code) == {"Noor de Bruin"}
    with acting(who):
        team_actions.give_back(steps[0].pk, reason="no_time", actor=who)
    assert owners(who, code=steps[0].code) == {"Team Kust"}
    with acting(colleague):
        page = team_page(colleague)
        assert sorted(each.back for each in page.queues[0].rows) == ["", "Geen tijd"]
        team_actions.spread([step.pk for step in steps], account_id=who.own_account, actor=colleague)
    assert owners(who, code__in=[step.code for step in steps]) == {"Noor de Bruin"}
    with acting(who):
        lines = Event.objects.filter(action__in=["step.assign", "step.given_back"])
        assert {"take", "spread", "no_time", "team"} <= set(lines.values_list("purpose", flat=True))


def test_spreading_is_whole_or_nothing() -> None:
    _team, steps = queued(2)
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    with acting(colleague):
        team_actions.take(steps[0].pk, actor=colleague)
    with pytest.raises(Conflict), acting(who):
        team_actions.spread([step.pk for step in steps], account_id=who.own_account, actor=who)
    assert owners(who, code=steps[1].code) == {"Team Kust"}


def test_what_is_not_yours_you_do_not_give_back_and_not_take() -> None:
    _team, (step,) = queued(1)
    who, outsider = samples.actor(AF), samples.actor("af@denhaag.example")
    with acting(who):
        team_actions.take(step.pk, actor=who)
    colleague = samples.actor(DEPUTY)
    with pytest.raises(Conflict), acting(colleague):
        team_actions.give_back(step.pk, reason="no_time", actor=colleague)
    with pytest.raises(PermissionDenied), acting(outsider):
        team_actions.give_back(step.pk, reason="no_time", actor=outsider)
    assert owners(who, code=step.code) == {"Noor de Bruin"}
    with pytest.raises(Conflict), acting(outsider):
        team_actions.take(step.pk, actor=outsider)
    with pytest.raises(PermissionDenied), acting(outsider):
        team_actions.assign(step.code, to="", actor=outsider)


def test_the_page_of_the_team(client_for: ClientFor) -> None:
    _team, steps = queued(2)
    client = client_for(AF)
    text = client.get("/werk/team/").text
    assert all(step.code in text for step in steps)
    assert "utrecht-button--primary-action" in text
    assert client.post("/werk/team/", {"take": str(steps[0].pk)}).status_code == 302
    again = client_for(DEPUTY).post("/werk/team/", {"take": str(steps[0].pk)})
    assert again.status_code == 422
    assert f"Noor de Bruin was eerst. {steps[0].code} ligt nu bij: Noor de Bruin." in again.text
    assert client.post("/werk/team/", {"back": str(steps[0].pk)}).status_code == 422
    assert client.post("/werk/team/", {"back": str(steps[0].pk), "reason": "away"}).status_code == 302
    assert client.post("/werk/team/", {"spread": "1"}).status_code == 422
    person = Account.objects.get(email=DEPUTY).pk
    answer = client.post("/werk/team/", {"steps": [str(step.pk) for step in steps], "person": str(person)})
    assert answer.status_code == 302
    assert client.post("/werk/team/", {"take": "geen-nummer"}).status_code == 404
    assert steps[0].code in client_for(DEPUTY).get("/werk/").text


def said(client: Client, **values: object) -> str:
    """Press on the page of the team what cannot be done any more, and return what is said."""
    answer = client.post("/werk/team/", values)
    assert answer.status_code == 422
    return str(answer.context["problem"])


def test_whoever_comes_second_reads_who_gave_it_to_whom(client_for: ClientFor) -> None:
    _team, (step, other) = queued(2)
    colleague = samples.actor(DEPUTY)
    give(step.code, f"person:{colleague.account_id}", by=MANAGER)
    give(other.code, "", by=DEPUTY)
    client, manager = client_for(AF), samples.actor(MANAGER).name
    assert said(client, take=step.pk) == f"{manager} was eerst. {step.code} ligt nu bij: Samira Haddou."
    both = {"spread": "1", "steps": [step.pk, other.pk], "person": colleague.account_id}
    assert "was eerst" in said(client, **both)
    with_role = f"Samira Haddou was eerst. {other.code} ligt nu bij: iedereen met de rol."
    assert said(client, take=other.pk) == with_role


def test_whoever_comes_second_reads_who_did_the_step(client_for: ClientFor) -> None:
    _team, (step,) = queued(1)
    samples.weigh(step.code, samples.actor(DEPUTY))
    sentence = f"Samira Haddou was eerst: deze stap van {step.code} is al gedaan."
    assert said(client_for(AF), take=step.pk) == sentence


def test_who_was_first_in_another_window_is_no_colleague(client_for: ClientFor) -> None:
    _team, (step,) = queued(1)
    client = client_for(AF)
    client.post("/werk/team/", {"take": str(step.pk)})
    assert said(client, take=step.pk) == "U was zelf eerst, in een ander venster. Kijk wat er nu staat."


def test_who_gives_back_what_a_colleague_got_meanwhile_reads_who_has_it(client_for: ClientFor) -> None:
    team, (step, other) = queued(2)
    client, who, manager = client_for(AF), samples.actor(AF), samples.actor(MANAGER).name
    for each in (step, other):
        assert client.post("/werk/team/", {"take": str(each.pk)}).status_code == 302
    give(step.code, f"person:{samples.actor(DEPUTY).account_id}", by=MANAGER)
    give(other.code, f"team:{team.pk}", by=DEPUTY)
    to_a_colleague = f"{manager} was eerst. {step.code} ligt nu bij: Samira Haddou."
    assert said(client, back=step.pk, reason="no_time") == to_a_colleague
    to_the_team = f"Samira Haddou was eerst. {other.code} ligt nu bij: Team Kust."
    assert said(client, back=other.pk, reason="no_time") == to_the_team
    assert owners(who, code=step.code) == {"Samira Haddou"}
    elsewhere = client_for("af@denhaag.example")
    assert elsewhere.post("/werk/team/", {"back": str(step.pk), "reason": "no_time"}).status_code == 404


def test_who_gives_back_what_a_colleague_did_meanwhile_reads_so(client_for: ClientFor) -> None:
    _team, (step,) = queued(1)
    client = client_for(AF)
    client.post("/werk/team/", {"take": str(step.pk)})
    samples.weigh(step.code, samples.actor(DEPUTY))
    sentence = f"Samira Haddou was eerst: deze stap van {step.code} is al gedaan."
    assert said(client, back=step.pk, reason="no_time") == sentence


def test_who_gave_it_back_in_another_window_is_no_colleague(client_for: ClientFor) -> None:
    _team, (step,) = queued(1)
    client = client_for(AF)
    client.post("/werk/team/", {"take": str(step.pk)})
    client.post("/werk/team/", {"back": str(step.pk), "reason": "no_time"})
    sentence = "U was zelf eerst, in een ander venster. Kijk wat er nu staat."
    assert said(client, back=step.pk, reason="away") == sentence


@pytest.mark.parametrize("kind", ["mark", "planned"])
def test_of_what_is_of_its_maker_a_colleague_who_gives_it_back_hears_nothing(
    client_for: ClientFor, make_step: MakeStep, kind: str
) -> None:
    colleague = samples.actor(DEPUTY)
    step = make_step(subject_kind=kind, owner_id=colleague.account_id, owner_role="")
    answer = client_for(AF).post("/werk/team/", {"back": str(step.pk), "reason": "no_time"})
    assert answer.status_code == 404
    assert colleague.name not in answer.text


def test_nobody_of_another_organisation_is_named(client_for: ClientFor) -> None:
    _team, (step,) = queued(1)
    elsewhere = Account.objects.get(email="af@denhaag.example")
    with acting(samples.actor(AF)):
        NextStep.objects.filter(pk=step.pk).update(team=None, owner_role="focal_point", moved_by=elsewhere.pk)
    sentence = said(client_for(AF), take=step.pk)
    assert sentence == "Iemand anders heeft dit net gewijzigd. Kijk eerst wat er nu staat."


@pytest.mark.parametrize("before", ["", "team"])
def test_two_who_assign_the_same_matter_do_not_undo_each_other(client_for: ClientFor, before: str) -> None:
    team, who, colleague = make_team(), samples.actor(AF), samples.actor(DEPUTY)
    code = a_case(who)
    give(code, f"team:{team.pk}" if before else "")
    page, client = f"/werk/casussen/{code}/toewijzen/", client_for(AF)
    shown = client.get(page).context["form"].initial["seen"]
    give(code, f"person:{colleague.account_id}", by=DEPUTY)
    typed = {"to": f"person:{who.account_id}", "seen": shown}
    second = client.post(page, typed)
    assert second.status_code == 422
    assert f"Samira Haddou was eerst. {code} ligt nu bij: Samira Haddou." in second.text
    assert "Nu bij: Samira Haddou." in second.text
    assert owners(who, code=code) == {"Samira Haddou"}
    assert second.context["form"]["to"].value() == typed["to"]  # what was chosen stands there still
    again = {name: second.context["form"][name].value() for name in ("to", "seen")}
    assert client.post(page, again).status_code == 302
    assert owners(who, code=code) == {"Noor de Bruin"}


def test_a_report_that_a_colleague_assigned_meanwhile_says_so(client_for: ClientFor) -> None:
    who, colleague = samples.actor(AF), samples.actor(DEPUTY)
    code, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    page, client = f"/werk/binnen/{code}/toewijzen/", client_for(AF)
    shown = client.get(page).context["form"].initial["seen"]
    give(code, f"person:{colleague.account_id}", by=DEPUTY)
    second = client.post(page, {"to": "", "seen": shown})
    assert f"Samira Haddou was eerst. {code} ligt nu bij: Samira Haddou." in second.text
    assert owners(who, code=code) == {"Samira Haddou"}


def test_whoever_assigns_goes_back_to_what_they_came_from(client_for: ClientFor) -> None:
    code, client = a_case(samples.actor(AF)), client_for(AF)
    report, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    for page in (f"/werk/casussen/{code}/", f"/werk/binnen/{report}/"):
        assert f'href="{page}toewijzen/"' in client.get(page).text
        back = f'<a class="sl-link sl-link--tap" href="{page}">'
        assert back in as_read(client.get(f"{page}toewijzen/").text)


def test_vandaag_of_a_team_member_shows_the_queue_and_of_an_outsider_not(client_for: ClientFor) -> None:
    team = make_team(members=(DEPUTY,))
    who = samples.actor(AF)
    case = a_case(who)
    give(case, f"team:{team.pk}")
    assert case in client_for(DEPUTY).get("/werk/").text
    assert case not in client_for(AF).get("/werk/").text


def test_more_in_the_queue_takes_no_more_statements(client_for: ClientFor) -> None:
    team, _steps = queued(1)
    client = client_for(AF)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/werk/team/").status_code == 200
        return len(found)

    asked()
    few, who = asked(), samples.actor(AF)
    for _each in range(3):
        give(a_case(who), f"team:{team.pk}")
    assert asked() == few


def test_the_administrator_keeps_teams(client_for: ClientFor) -> None:
    client = client_for(ADMINISTRATOR)
    assert client.post("/werk/beheer/teams/", {"name": "Team Glas"}).status_code == 302
    assert client.post("/werk/beheer/teams/", {"name": "Team Glas"}).status_code == 422
    team = Team.objects.get(name="Team Glas")
    address = f"/werk/beheer/teams/{team.pk}/"
    member = str(Account.objects.get(email=AF).pk)
    assert client.post(address, {"do": "change", "name": "Team Glas", "members": [member]}).status_code == 302
    assert TeamMember.objects.filter(team=team).count() == 1
    stranger = str(Account.objects.get(email="af@denhaag.example").pk)
    assert client.post(address, {"do": "change", "name": "Glas", "members": [stranger]}).status_code == 422
    give(a_case(samples.actor(AF)), f"team:{team.pk}")
    assert "Verdeel die eerst" in client.post(address, {"do": "close"}, follow=True).text
    nobody = client.post(address, {"do": "change", "name": "Team Glas"})
    assert nobody.status_code == 422
    assert "Verdeel die eerst, of laat er iemand in." in nobody.text
    assert TeamMember.objects.filter(team=team).count() == 1
    assert client_for("beheer@denhaag.example").get(address).status_code == 404


def test_closing_a_report_that_a_team_has_is_as_ever() -> None:
    team, who = make_team(), samples.actor(AF)
    code, _receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    give(code, f"team:{team.pk}")
    step = open_step(who, code)
    with acting(who):
        reports.close(step.subject_id, outcome="not_in_scope", actor=who)
    assert owners(who, code=code) <= {"Team Kust"}
