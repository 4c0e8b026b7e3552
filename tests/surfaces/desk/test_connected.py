"""A municipality is connected, covered or neither; for neither nothing is taken, by whatever way it comes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests import samples
from tests.reading import as_read

from sluitend.cli import checks, checks_people
from sluitend.journeys.administration.actions import agreements
from sluitend.journeys.administration.actions.agreements import catch_up_cover
from sluitend.journeys.exchanges.offers import municipalities
from sluitend.journeys.exchanges.queries import ask_offer
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.content import MarkContent
from sluitend.journeys.reports.models import Report
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import NOBODY, acting, actor_for, system_actor
from sluitend.kernel.access.connected import NobodyReads
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.journey import NOBODY_READS
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Membership, Organisation, PoolMember, Role
from sluitend.kernel.organisations.reading import towns
from sluitend.surfaces.desk import team_actions

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]

NIEUWKOOP, DELFT, WESTLAND, DEN_HAAG = "GM0569", "GM0503", "GM1783", "GM0518"
SILENT = {"GM0569", "GM1901"}
REGION, THEIRS = "beheer@rsiv.example", "beheer@westland.example"
THIJS = "af@denhaag.example"


def id_of(code: str) -> UUID:
    return Organisation.objects.get(code=code).id


def how(code: str) -> str:
    return next(each.how for each in towns() if each.code == code)


def reports_of(code: str) -> int:
    with acting(system_actor(id_of(code))):
        return Report.objects.count()


def test_the_demonstration_shows_all_three_kinds() -> None:
    found: dict[str, set[str]] = {}
    for each in towns():
        found.setdefault(each.how, set()).add(each.code)
    assert found["connected"] == {WESTLAND, DEN_HAAG, "GM0546"}
    assert found[""] == SILENT
    assert len(found["covered"]) == 22


def test_a_municipality_is_connected_by_two_who_have_signed_in() -> None:
    people = Account.objects.filter(memberships__organisation__code=WESTLAND)
    deputy = people.filter(memberships__role=Role.DEPUTY, memberships__home=None)
    deputy.update(last_login=None)
    assert how(WESTLAND) == ""
    deputy.update(last_login=timezone.now())
    assert how(WESTLAND) == "connected"
    people.filter(memberships__role=Role.FOCAL_POINT).update(is_active=False)
    assert how(WESTLAND) == ""


def test_doctor_fails_and_names_all_where_nobody_reads() -> None:
    result = checks_people.somebody_reads()
    assert result.level == "bad"
    assert "Gemeente Nieuwkoop" in result.sentence
    assert "Gemeente Bodegraven-Reeuwijk" in result.sentence
    assert "Gemeente Delft" not in result.sentence


def test_doctor_fails_so_in_the_demonstration_too_and_its_start_is_silent(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True
    said = checks.REGISTRY["wie er is"], checks_people.somebody_reads()
    monkeypatch.setattr(checks, "results", lambda: iter([said]))
    assert checks.report(brief=True)
    assert capsys.readouterr().out == ""
    assert not checks.report(brief=False)
    assert "FOUT   wie er is: " in capsys.readouterr().out


def test_the_page_says_what_ending_cover_does_and_asks_again(client_for: ClientFor) -> None:
    page = as_read(client_for(REGION).get("/werk/beheer/waarneming/").text)
    says, button = page.index("Dit werkt meteen."), page.index("Ja, stop deze waarneming")
    assert page.rindex("<details", 0, says) < page.index("<summary>Stop deze waarneming") < says < button


@pytest.mark.parametrize("address", ["/melden/", "/melden/hulp/", "/overleg/"])
def test_each_form_says_so_before_anything_is_typed(client: Client, address: str) -> None:
    Organisation.objects.filter(code=NIEUWKOOP).update(telephone="0172 52 11 11")
    page = as_read(client.get(address).text)
    assert "Hier kunt u nog niet voor elke gemeente melden." in page
    number = "0172 52 11 11"
    assert f'Gemeente Nieuwkoop: <a class="sl-link" href="tel:{number}">{number}</a>' in page
    assert "Gemeente Delft" not in page
    if "<textarea" in page:
        assert page.index("Gemeente Nieuwkoop") < page.index("<textarea")


def test_the_page_for_a_mark_says_where_that_stands(client: Client) -> None:
    page = as_read(client.get("/melden/markeer/").text)
    assert '<a class="sl-link" href="/melden/">Nog niet voor elke gemeente.</a>' in page


FILLED = {
    "kind": "report",
    "saw": "Vijf bedden in een schuur",
    "where": "Ergens",
    "municipality": NIEUWKOOP,
    "when": "today",
    "minor": "no",
    "anonymity": "anonymous",
    "acute": "no",
}


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/melden/", {**FILLED, "step": "2", "go": "next"}),
        ("/melden/", {**FILLED, "step": "5", "go": "send"}),
        ("/melden/markeer/", {"marks": ["afraid"], "municipality": NIEUWKOOP, "acute": "no"}),
        (reverse("advice"), {"theme": "", "question": "Mag dit?", "municipality": NIEUWKOOP, "acute": "no"}),
    ],
    ids=["where", "send", "mark", "advice"],
)
def test_no_page_takes_a_report_where_nobody_reads(
    client: Client, address: str, sent: dict[str, Any]
) -> None:
    from sluitend.kernel.handbook.queries import current_release

    pack = current_release().pack
    if "theme" in sent:
        sent = {**sent, "theme": next(iter(pack.advice_themes)).id}
    answer = client.post(address, {**sent, "sending": str(uuid4())})
    page = answer.content.decode()
    assert "Gemeente Nieuwkoop doet hier nog niet mee" in page
    assert "112" in page
    if "saw" in sent:  # nothing that was typed is lost
        assert sent["saw"] in page
    assert reports_of(NIEUWKOOP) == 0


def test_no_action_takes_a_report_where_nobody_reads() -> None:
    filing = reports.Filing(organisation_id=id_of(NIEUWKOOP), content=samples.content())
    with pytest.raises(NobodyReads), acting(NOBODY):
        reports.file_report(filing)
    content = MarkContent(marks=("afraid",), where="Nieuwkoop", day="2026-11-25", municipality=NIEUWKOOP)
    with pytest.raises(NobodyReads), acting(NOBODY):
        reports.file_mark(content, sending=uuid4())
    reporter = samples.actor("melder@westland.example")
    with pytest.raises(NobodyReads), acting(reporter):
        reports.mark(content, actor=reporter)
    assert reports_of(NIEUWKOOP) == 0


def test_the_police_ask_to_wait_only_where_somebody_reads(client_for: ClientFor) -> None:
    police = samples.actor("avim@politie.example")
    wanted = visits.Ask(
        place=Place(address="Dorpsstraat 1, Nieuwkoop"),
        until=timezone.localdate() + timedelta(days=9),
        ground="andere_reden",
        sentence="Actie",
        contact="Agent",
        telephone="0612345678",
    )
    with pytest.raises(DomainError), acting(police):
        visits.ask(actor=police, municipality_id=id_of(NIEUWKOOP), wanted=wanted)
    page = client_for("avim@politie.example").get("/werk/wachtverzoeken/nieuw/").content.decode()
    assert f'value="{id_of(NIEUWKOOP)}"' not in page
    assert f'value="{id_of(DELFT)}"' in page
    assert "bel daarheen" in page
    assert "Gemeente Nieuwkoop" in page


def test_requests_transfers_and_the_directory_offer_who_reads(client_for: ClientFor) -> None:
    who = samples.actor("af@westland.example")
    with acting(who):
        asked = {each.code for each in ask_offer(who).addressees}
        taken = {each.code: each.has_accounts for each in municipalities(who)}
    assert not asked & SILENT
    assert {DELFT, DEN_HAAG} <= asked
    assert (taken[NIEUWKOOP], taken[DELFT], taken[DEN_HAAG]) == (False, True, True)
    page = client_for("af@westland.example").get("/werk/gids/").content.decode()
    assert "2 gemeenten werken hier nog niet mee: bel" in page


def test_a_covered_municipality_has_a_queue_with_dates_like_its_own(client_for: ClientFor) -> None:
    code, _receipt = samples.file_report(Organisation.objects.get(code=DELFT), acute=True)
    client = client_for(THIJS)
    home = client.get("/werk/").content.decode()
    assert "Hier neemt u waar" in home
    assert "Gemeente Delft" in home
    assert code not in home
    client.post("/werk/account/organisatie/", {"organisation": str(id_of(DELFT))})
    there = client.get("/werk/").content.decode()
    assert code in there
    thijs = actor_for(Account.objects.get(email=THIJS), chosen=str(id_of(DELFT)))
    case = samples.take_in(code, thijs)
    with acting(system_actor(id_of(DELFT))):
        assert NextStep.objects.filter(done__isnull=True).exists()
        line = Event.objects.filter(action="report.take_in").get()
        assert (line.account, line.stands_in_from) == (thijs.account_id, id_of(DEN_HAAG))
    assert case


def accepts(client_for: ClientFor, email: str, do: str = "accept") -> None:
    """Let somebody who is asked to stand in say yes, or no."""
    row = Membership.objects.filter(account__email=email, accepted_on=None).exclude(home=None)[0]
    answer = client_for(email).post("/account/rollen/", {"do": do, "membership": str(row.pk)})
    assert answer.status_code == 302


def covered_by_westland(*codes: str) -> UUID:
    """Let the region and Westland agree that Westland stands in; returns the agreement."""
    today = timezone.localdate()
    region, theirs = samples.actor(REGION), samples.actor(THEIRS)
    with acting(region):
        agreements.propose_cover(
            reference="Z-2026-77",
            since=today,
            until=today + timedelta(days=90),
            covered=[id_of(each) for each in codes],
            standing_in=[id_of(WESTLAND)],
            actor=region,
        )
    agreement = PoolMember.objects.get(organisation__code=codes[0]).agreement_id
    with acting(theirs):
        agreements.agree_to_pool(agreement, actor=theirs)
    return agreement


def test_who_stands_in_says_so_before_reading_anything_there(client_for: ClientFor) -> None:
    covered_by_westland(*sorted(SILENT))
    client = client_for("af@westland.example")
    assert "Iemand biedt u een rol aan" in client.get("/werk/").text
    where = {"organisation": str(id_of(NIEUWKOOP))}
    assert client.post("/werk/account/organisatie/", where).status_code == 404
    page = client.get("/account/rollen/").text
    assert "Voor: Gemeente Bodegraven-Reeuwijk, Gemeente Nieuwkoop." in page
    accepts(client_for, "af@westland.example")
    assert {how(code) for code in SILENT} == {"covered"}
    assert client.post("/werk/account/organisatie/", where).status_code == 302
    assert client.get("/werk/casussen/").status_code == 200
    with acting(system_actor(id_of(NIEUWKOOP))):
        assert Event.objects.filter(action="account.role_accepted").exists()


def test_who_says_no_is_not_asked_again_under_the_same_agreement(client_for: ClientFor) -> None:
    covered_by_westland(NIEUWKOOP)
    accepts(client_for, "af@westland.example", "decline")
    assert catch_up_cover() == set()
    assert "Waarnemen" not in client_for("af@westland.example").get("/account/rollen/").text


def test_ending_cover_gives_back_at_once_what_somebody_had_by_name(client_for: ClientFor) -> None:
    agreement = covered_by_westland(NIEUWKOOP)
    accepts(client_for, "af@westland.example")
    deputy = actor_for(Account.objects.get(email="af@westland.example"), chosen=str(id_of(NIEUWKOOP)))
    code, _receipt = samples.file_report(Organisation.objects.get(code=NIEUWKOOP), acute=True)
    case = samples.take_in(code, deputy)
    with acting(deputy):
        team_actions.assign(case, to=f"person:{deputy.own_account}", actor=deputy)
        assert NextStep.objects.filter(owner_id=deputy.account_id, done__isnull=True).exists()
    client_for(REGION).post("/werk/beheer/waarneming/", {"end": str(agreement)})
    assert how(NIEUWKOOP) == ""
    with acting(system_actor(id_of(NIEUWKOOP))):
        waits = NextStep.objects.filter(done__isnull=True)
        assert waits.exists()
        assert not waits.exclude(owner_id=None).exists()
    with acting(system_actor(id_of("rsiv"))):
        told = NextStep.objects.filter(what=NOBODY_READS, subject_id=id_of(NIEUWKOOP))
        assert told.exists()


def test_an_agreement_is_made_by_two_and_ended_by_one(client_for: ClientFor) -> None:
    region, theirs = client_for(REGION), client_for(THEIRS)
    today = timezone.localdate()
    sent = {
        "reference": "Z-2026-77",
        "since": today.isoformat(),
        "until": (today + timedelta(days=90)).isoformat(),
        "covered": [str(id_of(NIEUWKOOP))],
        "standing_in": [str(id_of(WESTLAND))],
    }
    assert region.post("/werk/beheer/waarneming/", sent).status_code == 302
    agreement = PoolMember.objects.get(organisation__code=NIEUWKOOP).agreement_id
    catch_up_cover()
    assert how(NIEUWKOOP) == ""
    assert "Z-2026-77" in theirs.get("/werk/beheer/waarneming/").content.decode()
    theirs.post("/werk/beheer/waarneming/", {"agree": str(agreement)})
    assert how(NIEUWKOOP) == "", "nobody stands in before they said so themselves"
    accepts(client_for, "vervanger@westland.example")
    assert how(NIEUWKOOP) == "covered"
    held = Membership.objects.filter(organisation__code=NIEUWKOOP)
    assert {each.account.email for each in held} == {"af@westland.example", "vervanger@westland.example"}
    assert {each.role for each in held} == {Role.DEPUTY}
    assert all(each.until == today + timedelta(days=7) for each in held)
    with acting(system_actor(id_of("rsiv"))):
        assert Event.objects.filter(action="pool.proposed").exists()
    assert "Z-2026-77" in region.get("/werk/beheer/waarneming/").content.decode()
    region.post("/werk/beheer/waarneming/", {"end": str(agreement)})
    assert how(NIEUWKOOP) == ""
    catch_up_cover()
    assert how(NIEUWKOOP) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"covered": [WESTLAND]},
        {"standing_in": [NIEUWKOOP]},
        {"covered": []},
        {"until": "2020-01-01"},
    ],
)
def test_an_agreement_that_cannot_be_is_refused(client_for: ClientFor, wrong: dict[str, Any]) -> None:
    today = timezone.localdate()
    sent: dict[str, Any] = {
        "reference": "Z-2026-77",
        "since": today.isoformat(),
        "until": (today + timedelta(days=90)).isoformat(),
        "covered": [NIEUWKOOP],
        "standing_in": [DEN_HAAG],
    } | wrong
    for name in ("covered", "standing_in"):
        sent[name] = [str(id_of(each)) for each in sent[name]]
    assert client_for(REGION).post("/werk/beheer/waarneming/", sent).status_code == 422
    assert not PoolMember.objects.filter(organisation__code=NIEUWKOOP).exists()


def test_who_no_longer_works_at_home_stands_in_nowhere_after_a_week() -> None:
    theirs = Membership.objects.filter(account__email=THIJS)
    catch_up_cover()
    assert all(each.until == timezone.localdate() + timedelta(days=7) for each in theirs.exclude(home=None))
    ended = timezone.localdate() - timedelta(days=1)
    theirs.filter(home=None).update(until=ended)
    before = set(theirs.exclude(home=None).values_list("until", flat=True))
    catch_up_cover()
    assert set(theirs.exclude(home=None).values_list("until", flat=True)) == before
