"""What a report can tell beside its words: it stands in the case, sets facts, and is found again."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import samples
from tests.journeys.cases.matters import FOCAL, somebody, taken_in, weigh
from tests.journeys.exchanges.situations import Between
from tests.reading import as_read

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.cases.queries.plan_facts import KnownFact
from sluitend.journeys.cases.queries.shapes import SubjectView
from sluitend.journeys.cases.roles import FOUND, SLEPT, WORKED
from sluitend.journeys.referrals.queries.offers import offers_for
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.content import ReportContent
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Organisation

pytestmark = pytest.mark.django_db

type ClientFor = Callable[[str], Client]

COMPANY = "Bakkerij De Gouden Korrel"
BEGUN = {"saw": "Een man werkt daar elke nacht.", "when": "today", "where": "Havenstraat 3, Naaldwijk"}


def told(**changes: object) -> ReportContent:
    """Return what a reporter told."""
    return ReportContent(**{**BEGUN, **changes})  # type: ignore[arg-type]


def filed(content: ReportContent) -> str:
    """File a report and return its code."""
    return samples.file_report(Organisation.objects.get(code="GM1783"), told=content)[0]


def case_of(**changes: object) -> str:
    """Return the case of a report."""
    return samples.take_in(filed(told(**changes)), samples.actor(FOCAL))


def subjects(code: str) -> list[SubjectView]:
    """Return who and what a case has."""
    with somebody() as actor:
        return list(queries.case(code, actor).subjects)


def fact(code: str, name: str) -> KnownFact:
    """Return a fact of its plan."""
    with somebody() as actor:
        page = queries.plan_page(code, actor)
    assert page is not None
    return next(each for each in (*page.facts, *page.more) if each.id == name)


def shares(report: str) -> set[tuple[str, tuple[str, ...]]]:
    """Return what a report has in common with what came earlier."""
    with somebody() as actor:
        view = reports.report(report, actor)
        found = queries.earlier(actor, reports.identifiers(view), about_id=view.id)
        return {(each.kind, each.shares) for each in found}


@pytest.mark.parametrize(
    "again", ["bakkerij de gouden korrel bv", "Bakkery Gouden Korrel", f"{COMPANY}, Delft"]
)
def test_a_company_without_a_number_is_an_earlier_signal(again: str) -> None:
    filed(told(company=COMPANY))
    later = filed(told(company=again, where="Markt 1, Naaldwijk"))
    assert shares(later) == {("report", ("company",))}


def test_another_company_is_not() -> None:
    filed(told(company=COMPANY))
    assert not shares(filed(told(company="Bakkerij De Zilveren Korrel", where="Markt 1, Naaldwijk")))


def test_a_company_is_found_by_its_name(client_for: ClientFor) -> None:
    case, report = case_of(company=COMPANY), filed(told(company=COMPANY, where="Markt 1, Naaldwijk"))
    page = as_read(client_for(FOCAL).post("/werk/zoeken/", {"q": "de gouden korrel bakkerij"}).text)
    assert case not in page
    page = as_read(client_for(FOCAL).post("/werk/zoeken/", {"q": COMPANY.upper()}).text)
    assert case in page
    assert report in page
    assert "bedrijfsnaam" in page


def test_a_company_that_somebody_adds_is_found_too(client_for: ClientFor) -> None:
    case = taken_in()
    data = {"kind": "company", "name": "De Roze Wolk, Naaldwijk"}
    client_for(FOCAL).post(f"/werk/casussen/{case}/betrokkene/", data)
    assert shares(filed(told(company="Roze Wolk B.V."))) == {("case", ("company",))}


def test_a_number_that_was_told_is_found(client_for: ClientFor) -> None:
    case = case_of(phone="06 8765 4321")
    assert "06 8765 4321" in [each.name for each in subjects(case) if each.kind == "phone"]
    page = as_read(client_for(FOCAL).post("/werk/zoeken/", {"q": "+31687654321"}).text)
    assert case in page


def test_a_number_in_a_note_is_found_and_stands_there_once(client_for: ClientFor) -> None:
    case, client = taken_in(), client_for(FOCAL)
    address = f"/werk/casussen/{case}/notitie/"
    for number in ("06 8765 4321", "+31687654321"):
        client.post(address, {"text": "Zij belde terug.", "phone": number, "track": ""})
    assert [each.name for each in subjects(case) if each.kind == "phone"] == ["06 8765 4321"]
    assert case in as_read(client.post("/werk/zoeken/", {"q": "0687654321"}).text)
    wrong = client.post(address, {"text": "Zij belde terug.", "phone": "112x", "track": ""})
    assert wrong.status_code == 422
    assert "Zij belde terug." in wrong.text


def test_where_somebody_was_found_stands_beside_the_place() -> None:
    case = case_of(found_at="Stationsplein 1, Leiden")
    places = {each.name: list(each.roles) for each in subjects(case) if each.kind == "place"}
    assert places == {"Havenstraat 3, Naaldwijk": [], "Stationsplein 1, Leiden": [FOUND]}
    assert fact(case, "territory").values == {"here"}
    assert fact(case, "place").values == {"known"}
    later = filed(told(where="Stationsplein 1, Leiden"))
    assert ("case", ("address",)) in shares(later)


def test_where_people_sleep_is_a_place_of_its_own_with_partners_of_its_own() -> None:
    case = case_of()
    with somebody() as actor:
        actions.set_fact(actor=actor, code=case, fact="housing", values=["bad"])
        bed = NewSubject("place", "Breestraat 1, Leiden", (SLEPT,))
        actions.add_subject(actor=actor, code=case, new=bed)
    assert fact(case, "territory").values == {"here"}
    assert fact(case, "sleeps").values == {"in_region"}
    with somebody() as actor:
        page = queries.plan_page(case, actor)
    assert page is not None
    plan = page.plan.by_id
    assert plan["others_beds"].area == "hollands_midden"
    assert plan["care_advice"].area == "haaglanden"
    assert "second_place" in plan


def test_who_sleeps_where_they_work_sleeps_at_the_same_place() -> None:
    case = case_of(where="")
    with somebody() as actor:
        place = NewSubject("place", "Havenstraat 3, Naaldwijk", (WORKED, SLEPT))
        actions.add_subject(actor=actor, code=case, new=place)
    assert fact(case, "sleeps").values == {"same"}
    assert fact(case, "territory").values == {"here"}


def test_help_is_asked_where_people_sleep() -> None:
    case = case_of()
    weigh(case)
    with somebody() as actor:
        actions.set_fact(actor=actor, code=case, fact="wish", values=["yes"])
        actions.add_subject(actor=actor, code=case, new=NewSubject("place", "Breestraat 1, Leiden", (SLEPT,)))
        actions.start_actions(actor=actor, code=case, actions=["support_refer"])
        partners = {each.id for offer in offers_for(case, actor) for each in offer.partners}
    assert partners == {"leger_des_heils"}


def test_a_place_where_somebody_was_only_found_is_no_place_to_check() -> None:
    case = case_of(where="")
    new = NewSubject("place", "Stationsplein 1, Naaldwijk", (FOUND,))
    with somebody() as actor:
        actions.add_subject(actor=actor, code=case, new=new)
    assert fact(case, "place").values == {"found_only"}
    with somebody() as actor:
        actions.add_subject(actor=actor, code=case, new=NewSubject("company", COMPANY))
    assert fact(case, "place").values == {"known"}


def test_put_on_the_street_is_a_fact_of_the_plan_with_its_sentence(client_for: ClientFor) -> None:
    case = case_of(put_out="yes", lasts="months")
    known = fact(case, "tonight")
    assert known.values == {"nowhere"}
    assert [each.text for each in known.sources] == ["Iemand is op straat gezet."]
    page = as_read(client_for(FOCAL).get(f"/werk/casussen/{case}/").text)
    assert "Iemand is op straat gezet." in page
    assert "Dit duurt al maanden." in page


def test_put_on_the_street_later_goes_before_a_bed_that_there_was() -> None:
    case = case_of()
    with somebody() as actor:
        actions.set_fact(actor=actor, code=case, fact="tonight", values=["has_bed"])
    with somebody() as actor:
        new = NewObservation("fact", "De baas was boos.", put_out=True)
        actions.add_observation(actor=actor, code=case, new=new)
    assert fact(case, "tonight").values == {"nowhere"}


def test_an_observation_holds_it_and_a_correction_keeps_it(client_for: ClientFor) -> None:
    case, client = taken_in(), client_for(FOCAL)
    data = {"kind": "fact", "text": "De baas was boos.", "lasts": "weeks", "put_out": "on"}
    client.post(f"/werk/casussen/{case}/waarneming/", data)
    with somebody() as actor:
        seen = next(each for each in queries.case(case, actor).facts if each.text == "De baas was boos.")
    assert seen.more == ["Iemand is op straat gezet.", "Dit duurt al weken."]
    form = client.get(f"/werk/casussen/{case}/waarneming/{seen.id}/").context["form"]
    assert (form.initial["lasts"], form.initial["put_out"]) == ("weeks", True)
    with somebody() as actor, pytest.raises(DomainError):
        actions.add_observation(actor=actor, code=case, new=NewObservation("fact", "Zo", lasts="eeuwen"))


def test_what_no_form_could_send_is_nothing() -> None:
    """Whoever took over the public process seals whatever they like."""
    case = case_of(lasts="eeuwen", put_out="misschien")
    with somebody() as actor:
        assert not queries.case(case, actor).facts[0].more


def test_a_report_of_before_opens_as_it_was() -> None:
    content = ReportContent.from_json(BEGUN)
    assert (content.lasts, content.put_out, content.found_at, content.reach_not) == ("", "", "", "")


def test_who_takes_a_case_over_knows_what_each_place_is(between: Between) -> None:
    with acting(between.sender):
        place = NewSubject("place", "Kade 8, Naaldwijk", (WORKED,), (("address", "Kade 8, Naaldwijk"),))
        actions.add_subject(actor=between.sender, code=between.case, new=place)
    new = between.new_case(between.accepted())
    assert new is not None
    with acting(between.receiver):
        view = queries.case(new.code, between.receiver)
    roles = {each.name: list(each.roles) for each in view.subjects if each.kind == "place"}
    assert roles["Kade 8, Naaldwijk"] == [WORKED]


def test_the_reporter_reads_it_back_before_sending(client_for: ClientFor) -> None:
    answers = {
        **BEGUN,
        "minor": "no",
        "lasts": "years",
        "put_out": "yes",
        "found_at": "Station Delft",
        "reach_not": "Niet bellen",
        "anonymity": "anonymous",
        "kind": "report",
    }
    page = as_read(client_for(FOCAL).post("/melden/", {**answers, "step": "3", "go": "next"}).text)
    for words in ("Een jaar of langer", "Station Delft", "Niet bellen", "Is iemand op straat gezet?"):
        assert words in page


@pytest.mark.parametrize(
    ("anonymity", "changes", "said"),
    [
        ("anonymous", {}, {"anonymous"}),
        ("named", {"role": "hotel"}, {"named", "there"}),
        ("named", {"role": "brp", "spoke": "no"}, {"named", "apart"}),
    ],
)
def test_a_case_knows_of_whoever_told_it_whether_they_can_be_asked(
    anonymity: str, changes: dict[str, object], said: set[str]
) -> None:
    westland = Organisation.objects.get(code="GM1783")
    report, _receipt = samples.file_report(westland, anonymity=anonymity, told=told(**changes))
    assert fact(samples.take_in(report, samples.actor(FOCAL)), "reporter").values == said


def test_a_second_report_adds_who_told_it() -> None:
    code = case_of(role="hotel")
    westland = Organisation.objects.get(code="GM1783")
    second, _receipt = samples.file_report(westland, anonymity="anonymous", told=told())
    with somebody() as actor:
        view = reports.report(second, actor)
        judgement = actions.Judgement("yes", "yes", "yes")
        actions.add_to_case(actor=actor, report=view, judgement=judgement, case_code=code)
    assert fact(code, "reporter").values == {"named", "there", "anonymous"}
