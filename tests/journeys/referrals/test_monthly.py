"""One list per partner a month: what stands on it, that it counts as a reminder, and working it in."""

import io
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import samples
from tests.journeys.referrals.situations import Ready, days

from sluitend.journeys.referrals import actions, queries
from sluitend.journeys.referrals.journey import AWAIT_PARTNER
from sluitend.journeys.referrals.models import PartnerList, Referral
from sluitend.journeys.referrals.queries import monthly
from sluitend.kernel.access.acting import acting
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.queries import current_release

pytestmark = pytest.mark.django_db
AF, OTHER = "af@westland.example", "af@denhaag.example"
PARTNER = "arbeidsinspectie"
LIST = f"/werk/doorgezet/maandlijst/{PARTNER}/"
type Clients = Callable[[str], Client]


class Fields(HTMLParser):
    """Counts what can be filled in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag in ("select", "textarea") or (tag == "input" and given.get("type") != "hidden"):
            self.names.append(str(given.get("name")))


def by_hand(ready: Ready, number: int = 1) -> list[str]:
    """Send so many referrals by telephone, and record that they went."""
    codes = [ready.send(channel="phone") for _each in range(number)]
    for code in codes:
        with acting(ready.focal_point):
            actions.note_sent(code=code, on=days(0), actor=ready.focal_point)
    return codes


def test_only_what_is_there_and_open_stands_on_the_list(ready: Ready) -> None:
    here, answered, not_gone = *by_hand(ready, 2), ready.send(channel="phone")
    who = ready.focal_point
    with acting(who):
        actions.note_answer(code=answered, answer="afgesloten", on=days(0), actor=who)
        actions.handle_answer(code=answered, tell="", actor=who)
    with acting(who):
        view = queries.partner_list(PARTNER, who)
    assert [row.code for row in view.rows] == [here]
    assert not_gone not in {row.code for row in view.rows}
    assert samples.PLANT not in repr(view)


def test_making_the_list_counts_one_reminder_for_each_without_an_answer(ready: Ready) -> None:
    silent, answered = by_hand(ready, 2)
    who = ready.focal_point
    with acting(who):
        actions.note_answer(code=answered, answer="opgepakt", on=days(0), actor=who)
    for _twice in range(2):
        with acting(who):
            assert actions.make_list(partner=PARTNER, actor=who) == 2
    assert (ready.row(silent).reminders, ready.row(answered).reminders) == (1, 0)
    with acting(who):
        assert PartnerList.objects.get().lines == 2
        steps = NextStep.objects.filter(code=silent, done__isnull=True)
        assert [step.what for step in steps] == [AWAIT_PARTNER]
        with pytest.raises(DomainError):
            actions.make_list(partner="avim", actor=who)


def test_a_list_is_due_after_a_month(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand(ready)
    who, later = ready.focal_point, days(29)

    def due(on: date) -> list[tuple[str, int, date | None]]:
        with acting(who), monkeypatch.context() as clock:
            clock.setattr(timezone, "localdate", lambda: on)
            return [(each.partner, each.number, each.last) for each in queries.lists_due(who)]

    assert due(days(0)) == []
    assert due(later) == [(PARTNER, 1, None)]
    with acting(who):
        actions.make_list(partner=PARTNER, actor=who)
    assert due(days(20)) == []
    assert due(later) == [(PARTNER, 1, days(0))]


def test_what_is_due_is_what_is_open_with_each_partner(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand(ready, 2)
    code, later = ready.send("person", channel="phone"), days(29)
    with acting(ready.focal_point):
        actions.note_sent(code=code, on=days(0), actor=ready.focal_point)
        opened = queries.open_by_partner(ready.focal_point)
    monkeypatch.setattr(timezone, "localdate", lambda: later)
    with acting(ready.focal_point):
        assert queries.lists_due(ready.focal_point) == opened
    assert {each.partner: each.number for each in opened} == {PARTNER: 2, "shop": 1}


def test_what_is_due_is_counted_as_far_as_somebody_reads(
    ready: Ready, monkeypatch: pytest.MonkeyPatch, client_for: Clients
) -> None:
    by_hand(ready, 3)
    later = days(29)
    monkeypatch.setattr(timezone, "localdate", lambda: later)
    monkeypatch.setattr(monthly, "MOST_COUNTED", 2)
    with acting(ready.focal_point):
        (due,) = queries.lists_due(ready.focal_point)
    assert (due.number, due.more) == (2, True)
    assert ": 2+ open, nog geen lijst" in client_for(AF).get("/werk/").content.decode()
    monkeypatch.setattr(monthly, "MOST_COUNTED", 3)
    with acting(ready.focal_point):
        (due,) = queries.lists_due(ready.focal_point)
    assert (due.number, due.more) == (3, False)


def test_more_partners_and_referrals_take_no_more_statements(ready: Ready) -> None:
    def asked() -> int:
        with acting(ready.focal_point), CaptureQueriesContext(connection) as found:
            queries.lists_due(ready.focal_point)
        return len(found)

    by_hand(ready)
    before = asked()
    by_hand(ready, 3)
    ready.send("person")
    assert asked() == before


def test_thirty_open_referrals_take_at_most_sixty_inputs(ready: Ready, client_for: Clients) -> None:
    codes = by_hand(ready, 30)
    client = client_for(AF)
    page = client.get(LIST).content.decode()
    fields = [name for name in Fields(page).names if name.startswith("D-")]
    assert len(fields) <= 60
    assert {name.rpartition("-")[0] for name in fields} == set(codes)
    filled = {f"{code}-answer": "opgepakt" for code in codes} | {
        f"{code}-on": days(0).isoformat() for code in codes
    }
    done = client.post(LIST, filled, follow=True).content.decode()
    assert "30 antwoorden zijn vastgelegd." in done
    with acting(ready.focal_point):
        assert Referral.objects.filter(answer="opgepakt").count() == 30


def test_what_is_right_is_saved_and_what_is_wrong_stays(ready: Ready, client_for: Clients) -> None:
    right, wrong, empty = by_hand(ready, 3)
    page = client_for(AF).post(
        LIST,
        {
            f"{right}-answer": "mag_niets_zeggen",
            f"{right}-on": days(0).isoformat(),
            f"{wrong}-answer": "opgepakt",
            f"{wrong}-on": days(3).isoformat(),
            f"{empty}-answer": "",
            f"{empty}-on": "geen dag",
        },
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert "1 antwoord is vastgelegd." in text
    assert f"{wrong}: Deze dag moet nog komen." in text
    assert days(3).isoformat() in text
    assert '<option value="opgepakt" selected>' in text
    states = {code: ready.row(code).answer for code in (right, wrong, empty)}
    assert states == {right: "mag_niets_zeggen", wrong: "", empty: ""}


def test_the_list_comes_as_a_pdf_without_content(ready: Ready, client_for: Clients) -> None:
    by_hand(ready, 30)
    response = client_for(AF).post(LIST + "lijst.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    pdf = pikepdf.open(io.BytesIO(response.content))
    assert len(pdf.pages) == 2
    assert samples.PLANT.encode() not in response.content
    assert "vorige lijst" in client_for(AF).get(LIST).content.decode()


def test_another_municipality_sees_nothing_of_it(ready: Ready, client_for: Clients) -> None:
    (code,) = by_hand(ready)
    page = client_for(OTHER).get(LIST)
    assert page.status_code == 200
    assert code not in page.content.decode()
    client_for(OTHER).post(LIST, {f"{code}-answer": "opgepakt", f"{code}-on": days(0).isoformat()})
    assert ready.row(code).answer == ""
    assert client_for(AF).get("/werk/doorgezet/maandlijst/bestaat_niet/").status_code == 404


def test_an_answer_by_telephone_takes_two_presses(ready: Ready, client_for: Clients) -> None:
    (code,) = by_hand(ready)
    client = client_for(AF)
    for where in ("/werk/doorgezet/", "/werk/"):
        assert f"/werk/doorgezet/{code}/antwoord/" in client.get(where).content.decode()
    page = client.get(f"/werk/doorgezet/{code}/antwoord/").content.decode()
    assert 'name="answer" value="mag_niets_zeggen"' in page
    assert f'value="{days(0).isoformat()}"' in page
    done = client.post(
        f"/werk/doorgezet/{code}/antwoord/", {"answer": "mag_niets_zeggen", "on": days(0).isoformat()}
    )
    assert done.status_code == 302
    assert ready.row(code).answer == "mag_niets_zeggen"


def test_every_code_says_what_a_reporter_reads_in_both_languages(ready: Ready) -> None:
    codes = list(current_release().pack.feedback_codes)
    assert len(codes) == 14
    for code in codes:
        assert code.to_reporter.nl
        assert code.to_reporter.has("en")
