"""A row of Vandaag says where, which form, what is new, what to do and since when; one row a case."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.cases.matters import YES, filed, opened, somebody, taken_in, weighed
from tests.journeys.referrals.situations import Ready, make_ready
from tests.journeys.visits.situations import days, make_town
from tests.reading import as_read
from tests.surfaces.desk.conftest import MakeStep

from sluitend.journeys.cases import actions
from sluitend.journeys.cases.drafts import NewSubject
from sluitend.journeys.cases.journey import WORK_PLAN
from sluitend.journeys.cases.models import Case, Subject
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.reports.actions import add_to_report, sweep
from sluitend.journeys.reports.queries.glances import LONGEST, quoted
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.flow.phrases import short_day
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation
from sluitend.kernel.sealing.envelopes import open_envelope

pytestmark = pytest.mark.django_db

ClientFor = Callable[[str], Client]
AF = "af@westland.example"
HELP = "Zij wil hulp. De voorman slaat haar."
ROW = re.compile(r'<li class="sl-step.*?</li>', re.DOTALL)


def rows(client: Client, address: str = "/werk/") -> list[str]:
    """Return each row as it is read."""
    return [as_read(re.sub("<[^>]+>", " ", each)) for each in ROW.findall(client.get(address).text)]


def row_with(code: str, client: Client, address: str = "/werk/") -> str:
    """Return the row with this code."""
    (found,) = [each for each in rows(client, address) if code in each]
    return found


def test_a_report_says_where_which_form_and_what_was_told_by_whom(client_for: ClientFor) -> None:
    code = filed(saw="De deur zit van buiten op slot. Er slapen zes mannen.")
    row = row_with(code, client_for(AF))
    assert "Tuinderspad 12 a, De Lier · arbeidsuitbuiting" in row
    assert "Nieuw “De deur zit van buiten op slot.”" in row
    assert "zes mannen" not in row
    assert "Lees de nieuwe melding en beslis." in row


def test_a_case_says_where_and_not_how_it_is_called(client_for: ClientFor) -> None:
    code = taken_in()
    row = row_with(code, client_for(AF))
    assert "Tuinderspad 12 a, De Lier · arbeidsuitbuiting" in row
    assert "Weeg de casus." in row
    with somebody() as actor:
        case = Case.objects.get(code=code)
        name = open_envelope(case.envelope_id, actor=actor, purpose="test").read(case, "name")
    assert name not in client_for(AF).get("/werk/").text


def test_a_case_at_no_place_says_so_until_somebody_adds_one(client_for: ClientFor) -> None:
    code = taken_in(where="", company="", kvk="", saw="Iemand belde.")
    assert "Plek nog niet bekend" in row_with(code, client_for(AF))
    with somebody() as actor:
        new = NewSubject(Subject.Kind.PLACE, "Havenweg 7, Maasdijk")
        actions.add_subject(actor=actor, code=code, new=new)
    assert "Havenweg 7, Maasdijk" in row_with(code, client_for(AF))


def test_a_case_at_its_plan_says_the_action_that_is_its_next_step(client_for: ClientFor) -> None:
    code = weighed(saw=HELP)
    with somebody() as actor:
        actions.finish_action(actor=actor, code=code, action="care_refer")
    with somebody():
        assert NextStep.objects.filter(code=code, done__isnull=True, what=WORK_PLAN).exists()
    page = client_for(AF).get(f"/werk/casussen/{code}/plan/").text
    (first,) = re.findall(r'<h2 class="sl-next__title" id="eerst">([^<]*)</h2>', page)
    (row,) = [each for each in rows(client_for(AF)) if as_read(first).rstrip(".") in each]
    assert code in row
    assert "Ga verder met het plan" not in row
    # The page of the case begins with the same.
    of_case = client_for(AF).get(f"/werk/casussen/{code}/").text
    (title,) = re.findall(r'<h2 class="sl-next__title" id="volgende">(.*?)</h2>', of_case, re.DOTALL)
    assert as_read(title).strip() == as_read(first)


def test_an_answer_is_quoted_with_the_partner_and_the_day(client_for: ClientFor) -> None:
    code = weighed(saw=f"{HELP} Zij kan nergens heen.")
    with somebody() as actor:
        actions.start_actions(actor=actor, code=code, actions=["bed_tonight"])
    case = Ready(
        code,
        samples.actor(AF),
        samples.actor("nla@arbeidsinspectie.example"),
        samples.actor("zorg@shop.example"),
    )
    sent = case.send("person")
    with somebody() as actor:
        referrals.note_answer(code=sent, answer="geen_plek", on=timezone.localdate(), actor=actor)
    row = row_with(sent, client_for(AF))
    assert "Tuinderspad 12 a, De Lier" in row
    assert "Nieuw “Vandaag geen plek" in row
    assert "vandaag" in row


def test_a_question_of_a_partner_is_quoted_with_who_asks_it(client_for: ClientFor) -> None:
    case = make_ready()
    code, inspector = case.accepted(), case.inspector
    with acting(inspector):
        referrals.ask(code=code, text="Wie heeft de sleutel? Wij staan er om zes uur.", actor=inspector)
    row = row_with(code, client_for(AF))
    assert "Nieuw “Wie heeft de sleutel?” Nederlandse Arbeidsinspectie, vandaag" in row
    assert "zes uur" not in row
    assert "Beantwoord de vraag van Nederlandse Arbeidsinspectie." in row
    with acting(inspector):
        referrals.ask(code=code, text="Gaat de eigenaar mee?", actor=inspector)
    assert "“Gaat de eigenaar mee?”" in row_with(code, client_for(AF))
    for email in ("manager@westland.example", "af@denhaag.example", "zorg@shop.example"):
        assert "Gaat de eigenaar mee" not in client_for(email).get("/werk/").text


def test_who_received_something_reads_where_it_is_and_nothing_of_it(client_for: ClientFor) -> None:
    case = make_ready()
    code = case.send()
    row = row_with(code, client_for("nla@arbeidsinspectie.example"))
    assert "De Lier · arbeidsuitbuiting" in row
    assert "Tuinderspad" not in row
    with acting(case.focal_point):
        referrals.recall(code=code, reason="mistake", actor=case.focal_point)
    assert "De Lier" not in client_for("nla@arbeidsinspectie.example").get("/werk/").text


def test_who_is_asked_to_take_a_case_over_reads_where_it_is(client_for: ClientFor) -> None:
    code = samples.hand_over(samples.ready_to_hand_over(), samples.actor(AF))
    row = row_with(code, client_for("af@denhaag.example"))
    assert "De Lier" in row
    assert "Tuinderspad" not in row


def test_who_looks_whether_something_may_go_ahead_reads_what_it_is_and_when(client_for: ClientFor) -> None:
    town = make_town()
    check, letter = town.plan(), town.plan(kind="letter", ahead=4)
    for code, kind, ahead in ((check, "Controle", 3), (letter, "Brief", 4)):
        row = row_with(code, client_for(AF))
        assert f"{kind} op {short_day(days(ahead))}" in row
        assert "Kwakelweg" not in row


def test_what_was_answered_is_not_quoted_as_a_question(client_for: ClientFor) -> None:
    case = make_ready()
    code, inspector, client = case.accepted(), case.inspector, client_for(AF)
    with acting(inspector):
        referrals.ask(code=code, text="Wie heeft de sleutel?", actor=inspector)
    with somebody() as actor:
        referrals.answer_question(code=code, text="De beheerder.", actor=actor)
    assert "Wie heeft de sleutel" not in client.get("/werk/").text
    assert "De beheerder" not in client.get("/werk/").text
    with acting(inspector):
        referrals.feed_back(code=code, answer="mag_niets_zeggen", text="Dank u.", actor=inspector)
    (read,) = [each for each in rows(client) if "Lees het antwoord" in each]
    assert "Dank u" not in read


def test_a_question_that_is_quoted_was_looked_at(client_for: ClientFor) -> None:
    case = make_ready()
    code, inspector, client = case.accepted(), case.inspector, client_for(AF)

    def looked() -> int:
        client.get("/werk/")
        with somebody():
            return Event.objects.filter(action="referral.list", subject__isnull=True).count()

    assert looked() == 0
    with acting(inspector):
        referrals.ask(code=code, text="Wie heeft de sleutel?", actor=inspector)
    assert looked() == 1


def test_words_of_a_report_that_was_added_stand_on_the_row_of_its_case(client_for: ClientFor) -> None:
    case = weighed(saw=HELP)
    code = filed(saw="Er slaapt nu ook een kind. Het hoest.", acute=True)
    with somebody() as actor:
        actions.add_to_case(actor=actor, report=opened(code, actor), judgement=YES, case_code=case)
    found = [each for each in rows(client_for(AF)) if case in each and "Nieuw" in each]
    assert any("“Er slaapt nu ook een kind.”" in each for each in found), found
    assert not any("Het hoest" in each or "voorman" in each for each in found)


def test_a_message_of_the_reporter_goes_before_what_was_told(client_for: ClientFor) -> None:
    code, receipt = samples.file_report(Organisation.objects.get(code="GM1783"))
    with acting(NOBODY):
        add_to_report(receipt=receipt, text="Zij zijn vannacht verhuisd. Meer weet ik niet.")
    with acting(system_actor(Organisation.objects.get(code="GM1783").id)) as system:
        sweep(system)
    row = row_with(code, client_for(AF))
    assert "“Zij zijn vannacht verhuisd.” Melder" in row
    assert "Vijf bedden" not in row


def test_there_is_one_row_a_case_unless_something_arrived(client_for: ClientFor) -> None:
    code = weighed(saw=HELP)
    with somebody() as actor:
        actions.start_actions(actor=actor, code=code, actions=["care_refer"])
    with somebody():
        open_number = NextStep.objects.filter(code=code, done__isnull=True).count()
    assert open_number > 1
    found = [each for each in rows(client_for(AF)) if code in each]
    assert len(found) == 1, found


def test_nothing_of_a_case_goes_before_a_call_for_help(client_for: ClientFor) -> None:
    case = make_ready()
    case.compose_instead("danger_police", danger="now")
    # Whoever tells it by telephone has a step that stands before that of the case.
    letter = case.send("person", channel="phone")
    told = rows(client_for(AF))
    about = [each for each in told if case.case in each or letter in each]
    assert "Bel 112" in about[0]
    assert not [each for each in about if "Zet door" in each]


def test_little_time_shows_one_kind_of_work(client_for: ClientFor) -> None:
    report, case = filed(), taken_in()
    client = client_for(AF)
    read, decided = (client.get(f"/werk/?werk={each}").text for each in ("lezen", "beslissen"))
    assert (report in read, case in read) == (True, False)
    assert (report in decided, case in decided) == (False, True)
    assert "Van dit soort werk wacht er nu niets." in client.get("/werk/?werk=bellen").text
    assert "Alles is onder controle" not in client.get("/werk/?werk=bellen").text
    assert report in client.get("/werk/?werk=onzin").text


def test_what_came_in_since_somebody_was_here_is_called_so(
    make_step: MakeStep, client_for: ClientFor
) -> None:
    Account.objects.filter(email=AF).update(seen_before=timezone.now() - timedelta(days=3))
    filed()
    client = client_for(AF)
    assert "Nieuw sinds " in client.get("/werk/").text
    make_step(created_day=timezone.localdate() - timedelta(days=5))
    text = client.get("/werk/").text
    assert "Nieuw sinds " not in text
    assert "wacht sinds" in as_read(text)


def test_who_may_not_read_cases_reads_nothing_of_them(client_for: ClientFor) -> None:
    filed()
    taken_in()
    for email in ("manager@westland.example", "af@denhaag.example", "nla@arbeidsinspectie.example"):
        text = client_for(email).get("/werk/").text
        assert "Tuinderspad" not in text
        assert "slaapplekken" not in text


def test_what_rows_quote_stands_in_the_ledger_once_for_each_kind_of_list(client_for: ClientFor) -> None:
    filed()
    taken_in()
    client = client_for(AF)
    with somebody():
        before = Event.objects.count()
    client.get("/werk/")
    with somebody():
        lines = Event.objects.filter(action__in=["case.list", "report.list"], subject__isnull=True)
        assert sorted(lines.values_list("action", flat=True)) == ["case.list", "report.list"]
        assert Event.objects.count() - before == 2


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", ""),
        ("Kort", "Kort"),
        ("Een zin. Nog een.", "Een zin."),
        ("Om 14.30 uur kwam er een bus. Zij stapten in.", "Om 14.30 uur kwam er een bus."),
        ("  Regels\n\nen   witruimte  ", "Regels en witruimte"),
        (None, ""),
        (["geen tekst"], ""),
    ],
)
def test_the_first_sentence_is_quoted(told: object, said: str) -> None:
    assert quoted(told) == said


def test_what_is_quoted_has_an_end() -> None:
    assert len(quoted("woord " * 500)) <= LONGEST
    assert len(quoted("x" * 5000)) <= LONGEST


def test_the_kind_of_place_stands_before_it_where_that_is_known(client_for: ClientFor) -> None:
    code = taken_in(saw="Zij zit in het hotel opgesloten.")
    assert "Hotel of park, Tuinderspad 12 a, De Lier" in row_with(code, client_for(AF))
    with somebody() as actor:
        actions.set_fact(actor=actor, code=code, fact="place_kind", values=["home"])
    assert "Woning, Tuinderspad 12 a, De Lier" in row_with(code, client_for(AF))
    with somebody() as actor:
        actions.set_fact(actor=actor, code=code, fact="place_kind", values=["street", "school"])
    assert "Straat, School, Tuinderspad 12 a, De Lier" in row_with(code, client_for(AF))
