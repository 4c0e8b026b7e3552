"""From a care file goes what somebody agreed to, to one organisation, and what it answers opens a step."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care_shares.conftest import COORDINATOR, NAME, SUPPORT, TOWN, WESTLAND, Desk
from tests.reading import as_read

import sluitend
from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_shares import actions, queries
from sluitend.journeys.care_shares.actions.receiving import STEPS
from sluitend.journeys.care_shares.models import CareShare
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.flow.expiring import expire_all
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.care import Opened, Shared
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.models import Event
from sluitend.surfaces.templatetags.sluitend import nldate

pytestmark = pytest.mark.django_db
type ClientFor = Callable[[str], Client]


def taken(desk: Desk, what: str = "support") -> str:
    _share, code = desk.sent(what)
    desk.do(desk.support if what == "support" else desk.town, actions.accept, code=code)
    return code


def page(browser: Client, code: str) -> str:
    return as_read(browser.get(f"/werk/gedeeld/{code}/").text)


def test_the_part_of_the_region_says_who_supports(region: Any, client_for: ClientFor) -> None:
    here, there = (samples.care_file(where=town) for town in ("GM0518", "GM0546"))
    browser = client_for(COORDINATOR)
    assert "Dat is uw eigen organisatie. U hoeft niets te delen." in as_read(
        browser.get(f"/werk/zorg/dossier/{here}/").text
    )
    read = as_read(browser.get(f"/werk/zorg/dossier/{there}/").text)
    assert "Ondersteuning: <strong>Leger des Heils Hollands Midden</strong> (Hollands Midden)" in read
    offered = browser.get(f"/werk/zorg/dossier/{there}/delen/ondersteuning/").text
    assert '<option value="leger_des_heils" selected>' in offered
    assert '<option value="shop"' not in offered
    assert browser.get(f"/werk/zorg/dossier/{there}/delen/iets/").status_code == 404


def agreed_by_form(browser: Client, file: str, purpose: str, **changes: Any) -> str:
    today = timezone.localdate()
    sent = {
        "revision": "",
        "until": (today + timedelta(days=30)).isoformat(),
        "answer": "yes",
        "language": "nl",
        "form": "paper",
        "witness": "none",
        "alone": "on",
        **changes,
    }
    answer = browser.post(f"/werk/zorg/dossier/{file}/delen/{purpose}/", sent)
    return "" if answer.status_code == 302 else as_read(answer.text)


def test_support_gets_the_parts_that_were_chosen_and_nothing_more(desk: Desk, client_for: ClientFor) -> None:
    browser = client_for(COORDINATOR)
    assert "Kies wat de organisatie mag weten." in agreed_by_form(
        browser, desk.code, "ondersteuning", recipient="leger_des_heils"
    )
    assert not agreed_by_form(
        browser, desk.code, "ondersteuning", recipient="leger_des_heils", chosen=["call_name", "age_group"]
    )
    share = desk.shares()[0].id
    assert CareShare.objects.count() == 0
    browser.post(f"/werk/zorg/dossier/{desk.code}/versturen/{share}/")
    with acting(desk.coordinator):
        code = CareShare.objects.get().code
    support = client_for(SUPPORT)
    before = page(support, code)
    assert "Mei" not in before
    support.post(f"/werk/gedeeld/{code}/aannemen/")
    read = page(support, code)
    assert f"Mei {samples.PLANT}" in read
    assert "18 of ouder" in read
    assert "0612345678" not in read
    assert "Mandarijn" not in read
    assert desk.code not in read
    support.post(f"/werk/gedeeld/{code}/nummer/", {"number": "LDH-7731"})
    assert 'value="LDH-7731"' in page(support, code)
    assert "LDH-7731" not in page(browser, code)
    assert support.get(f"/werk/zorg/dossier/{desk.code}/").status_code == 404


def test_a_municipality_gets_name_task_and_day(desk: Desk, client_for: ClientFor) -> None:
    browser, day = client_for(COORDINATOR), timezone.localdate() + timedelta(days=9)
    desk.do(
        desk.coordinator,
        files.write_details,
        code=desk.code,
        revision=None,
        details=files.Details(
            state="in_care", person=files.Person(guardian="Voogdvangst", own_number="S-99")
        ),
    )
    task = {"recipient": WESTLAND, "task": "income", "before": day.isoformat()}
    # What a municipality reads tells no place, whatever somebody says of it.
    placed = {**task, "name": f"{NAME}, Tuinderspad 12a in De Lier", "no_shelter": "on"}
    assert "Dit lijkt op een adres." in agreed_by_form(browser, desk.code, "taak", **placed)
    assert not agreed_by_form(browser, desk.code, "taak", **task, name=NAME)
    browser.post(f"/werk/zorg/dossier/{desk.code}/versturen/{desk.shares()[0].id}/")
    with acting(desk.coordinator):
        code = CareShare.objects.get().code
    town = client_for(TOWN)
    assert NAME not in page(town, code)
    town.post(f"/werk/gedeeld/{code}/aannemen/")
    read = page(town, code)
    assert NAME in read
    assert "Inkomen aanvragen (bijstand)" in read
    for never in (desk.code, "0612345678", "Mei", "Voogdvangst", "S-99", samples.PLANT, "Mandarijn"):
        assert never not in read
        assert never not in as_read(town.get("/werk/uitwisselen/").text)
        assert never not in as_read(town.get("/werk/").text)
    town.post(f"/werk/gedeeld/{code}/antwoord/", {"reply": "taak_geregeld"})
    assert desk.row(code).state == "done"
    assert "read_reply" in desk.steps(code, desk.coordinator)
    assert "Geregeld" in page(browser, code)
    step = desk.do(desk.coordinator, queries.sent_share, code=code).first.id
    browser.post(f"/werk/gedeeld/{code}/gelezen/", {"step": step})
    assert desk.row(code).closed is not None


def test_nothing_goes_without_an_agreement_that_holds_today(desk: Desk, monkeypatch: Any) -> None:
    for share in (desk.agreed(answer="no"), desk.agreed(what="support", days=0)):
        if desk.shares()[-1].answer == "yes":
            tomorrow = timezone.now() + timedelta(days=1)
            monkeypatch.setattr(timezone, "now", lambda at=tomorrow: at)
        with pytest.raises(DomainError, match="nog geen akkoord"):
            desk.do(desk.coordinator, files.send, code=desk.code, share=share)
    with pytest.raises(DomainError, match="nog geen akkoord"):
        desk.do(desk.coordinator, files.send, code=desk.code, share="niets")
    desk.do(desk.coordinator, files.share, code=desk.code, wanted=outside(desk), revision=None)
    with pytest.raises(DomainError, match="nog geen akkoord"):
        desk.do(desk.coordinator, files.send, code=desk.code, share=desk.shares()[-1].id)
    with acting(desk.coordinator):
        assert CareShare.objects.count() == 0


def outside(desk: Desk) -> files.Share:
    del desk
    until = (timezone.localdate() + timedelta(days=9)).isoformat()
    return files.Share(
        recipient="Huisarts", parts="iets", purpose="iets", until=until, answer="yes", form="paper"
    )


def test_an_agreement_is_used_once(desk: Desk) -> None:
    share, _code = desk.sent()
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, files.send, code=desk.code, share=share)


def test_who_is_on_neither_side_finds_nothing(desk: Desk, client_for: ClientFor) -> None:
    code = taken(desk, "task")
    for email in ("af@denhaag.example", SUPPORT, "nla@arbeidsinspectie.example"):
        assert client_for(email).get(f"/werk/gedeeld/{code}/").status_code == 404
        with pytest.raises(Absent):
            desk.do(samples.actor(email), queries.received_share, code=code)


SUPPORTING = [
    ("gestart", "accepted", "read_reply", "review_help"),
    ("niet_bereikt", "accepted", "other_safe_way", "answer_share"),
    ("geen_plek", "accepted", "bed_tonight", "answer_share"),
    ("persoon_weg", "accepted", "check_safe", "answer_share"),
    ("onveilig", "accepted", "move_today", "answer_share"),
    ("minderjarig", "accepted", "turned_out_child", "answer_share"),
    ("even_wachten", "accepted", "contact_again", "answer_share"),
    ("meer_nodig", "done", "seek_further", ""),
    ("wil_niet", "done", "ask_later", ""),
    ("mag_niets_zeggen", "done", "read_reply", ""),
    ("teruggegeven", "returned", "choose_support", ""),
]


@pytest.mark.parametrize(
    ("reply", "state", "theirs", "own"), SUPPORTING, ids=[each[0] for each in SUPPORTING]
)
def test_each_word_of_support_opens_its_step(
    desk: Desk, reply: str, state: str, theirs: str, own: str
) -> None:
    code = taken(desk)
    word = current_release().pack.care_replies[reply]
    until = timezone.localdate() + timedelta(days=10) if word.asks_date else None
    desk.do(desk.support, actions.answer, code=code, reply=reply, until=until)
    assert desk.row(code).state == state
    assert theirs in desk.steps(code, desk.coordinator)
    assert desk.steps(code, desk.support) == ({own} if own else set())
    with acting(desk.coordinator):
        due = NextStep.objects.get(code=code, what=theirs, done__isnull=True).due
    if until:
        assert timezone.localtime(due).date() == until
    seen = desk.do(desk.coordinator, queries.sent_share, code=code)
    assert [each.words for each in seen.body.replies] == [word.label.nl]
    desk.done(code)
    assert desk.steps(code, desk.coordinator) == ({"await_share"} if state == "accepted" else set())
    with pytest.raises(Conflict):
        desk.done(code)


GOING_ON = [reply for reply, state, *_rest in SUPPORTING if state == "accepted"]
TWICE = [("gestart", each[0]) for each in SUPPORTING] + [(first, "teruggegeven") for first in GOING_ON[1:]]


@pytest.mark.parametrize(("first", "second"), TWICE, ids=["-".join(each) for each in TWICE])
def test_a_later_answer_opens_its_step_too(desk: Desk, first: str, second: str) -> None:
    code, words = taken(desk), current_release().pack.care_replies
    for number in ("LdH 114", "LdH 115"):
        desk.do(desk.support, actions.keep_number, code=code, number=number)
    for reply in (first, second):
        until = timezone.localdate() + timedelta(days=10) if words[reply].asks_date else None
        desk.do(desk.support, actions.answer, code=code, reply=reply, until=until)
    _reply, state, theirs, own = next(each for each in SUPPORTING if each[0] == second)
    assert desk.row(code).state == state
    assert theirs in desk.steps(code, desk.coordinator)
    assert desk.steps(code, desk.support) == ({own} if own else set())


@pytest.mark.parametrize("revision", [0, 1], ids=["as it was", "a next one"])
def test_the_database_refuses_other_words_as_what_was_shared(desk: Desk, revision: int) -> None:
    row = desk.row(taken(desk))
    changed = {"content": bytes(row.content or b"")[::-1], "revision": row.revision + revision}
    with acting(desk.support), pytest.raises(DatabaseError, match="keeps"), transaction.atomic():
        CareShare.objects.filter(pk=row.pk).update(**changed)


def test_what_cannot_wait_is_urgent_at_once(desk: Desk) -> None:
    code = taken(desk)
    desk.do(desk.support, actions.answer, code=code, reply="onveilig")
    with acting(desk.coordinator):
        step = NextStep.objects.get(code=code, what="move_today")
    assert step.urgent
    assert step.due <= timezone.now()


def test_each_step_that_answers_opened_stands_there_and_is_done_apart(
    desk: Desk, client_for: ClientFor
) -> None:
    """What is urgent stands first; who says that one is done says nothing of the other."""
    code, day = taken(desk), timezone.localdate() + timedelta(days=10)
    desk.do(desk.support, actions.answer, code=code, reply="even_wachten", until=day)
    desk.do(desk.support, actions.answer, code=code, reply="onveilig")
    browser = client_for(COORDINATOR)
    read = page(browser, code)
    first, then = "Verplaats vandaag en maak een nieuw veiligheidsplan", "Kijk of contact weer kan"
    assert read.index(first) < read.index(then)
    assert f"vóór {nldate(day)}" in read[read.index(then) :]
    view = desk.do(desk.coordinator, queries.sent_share, code=code)
    pressed = browser.post(f"/werk/gedeeld/{code}/gelezen/", {"step": view.later[0].id})
    assert pressed.status_code == 302
    assert desk.steps(code, desk.coordinator) == {"move_today", "await_share"}
    # Who presses it after a colleague did hears that, and ends nothing else.
    again = browser.post(f"/werk/gedeeld/{code}/gelezen/", {"step": view.later[0].id})
    assert again.status_code == 422
    assert browser.post(f"/werk/gedeeld/{code}/gelezen/").status_code == 422
    assert desk.steps(code, desk.coordinator) == {"move_today", "await_share"}
    desk.done(code, "move_today")
    assert desk.steps(code, desk.coordinator) == {"await_share"}


def test_one_answer_twice_asks_twice(desk: Desk) -> None:
    code, today = taken(desk), timezone.localdate()
    for days in (3, 9):
        until = today + timedelta(days=days)
        desk.do(desk.support, actions.answer, code=code, reply="even_wachten", until=until)
    desk.done(code)
    view = desk.do(desk.coordinator, queries.sent_share, code=code)
    assert timezone.localtime(view.first.due).date() == today + timedelta(days=9)
    assert view.may_note


def test_of_a_child_that_is_gone_nobody_waits_until_the_evening(region: Any, desk: Desk) -> None:
    desk.code = samples.care_file(under_18="ja")
    code = taken(desk)
    desk.do(desk.support, actions.answer, code=code, reply="persoon_weg")
    with acting(desk.coordinator):
        step = NextStep.objects.get(code=code, what="check_safe")
    assert (step.urgent, step.minor) == (True, True)


def test_who_gave_it_back_reads_nothing_and_the_coordinator_has_a_step_that_day(
    desk: Desk, client_for: ClientFor
) -> None:
    code = taken(desk)
    client_for(SUPPORT).post(f"/werk/gedeeld/{code}/antwoord/", {"reply": "teruggegeven"})
    assert "Mei" not in page(client_for(SUPPORT), code)
    assert "choose_support" in desk.steps(code, desk.coordinator)
    assert "Beslis wie verder gaat" in page(client_for(COORDINATOR), code)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reply": "taak_geregeld"}, "Kies een antwoord"),
        ({"reply": "even_wachten"}, "hoogstens 14 dagen"),
        ({"reply": "even_wachten", "days": 15}, "hoogstens 14 dagen"),
        ({"reply": "gestart", "days": 3}, "hoort geen dag"),
        ({"reply": "meer_nodig", "reason": "zomaar"}, "Kies een reden"),
    ],
)
def test_an_answer_that_does_not_hold_changes_nothing(
    desk: Desk, given: dict[str, Any], message: str
) -> None:
    code, days = taken(desk), given.pop("days", None)
    until = timezone.localdate() + timedelta(days=days) if days else None
    with pytest.raises(DomainError, match=message):
        desk.do(desk.support, actions.answer, code=code, until=until, **given)
    assert desk.steps(code, desk.support) == {"answer_share"}
    given["days"] = days


def test_what_nobody_took_on_is_recalled_and_what_somebody_did_is_not(desk: Desk) -> None:
    _share, code = desk.sent()
    desk.do(desk.coordinator, actions.recall, code=code)
    with pytest.raises(Conflict):
        desk.do(desk.support, actions.accept, code=code)
    other = taken(desk)
    with pytest.raises(Conflict):
        desk.do(desk.coordinator, actions.recall, code=other)


def test_after_the_last_day_nobody_reads_it_on(desk: Desk, client_for: ClientFor, monkeypatch: Any) -> None:
    code, waiting = taken(desk), desk.sent("task")[1]
    later: datetime = timezone.now() + timedelta(days=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(DomainError, match="afgelopen"):
        desk.do(desk.town, actions.accept, code=waiting)
    # Also before the job of that day came along.
    assert "Mei" not in page(client_for(SUPPORT), code)
    assert "Neem aan en lees" not in page(client_for(TOWN), waiting)
    with acting(system_actor(desk.coordinator.own_organisation)) as system:
        expire_all(actor=system, today=timezone.localdate())
    assert "Mei" not in page(client_for(SUPPORT), code)
    assert desk.row(code).state == "expired"
    assert "share_ended" in desk.steps(code, desk.coordinator)


def test_what_is_to_be_done_today_outlives_the_last_day_of_an_agreement(
    desk: Desk, client_for: ClientFor, monkeypatch: Any
) -> None:
    """A spoken yes lasts three days; who was not safe on the last of them is not safe on the fourth."""
    _share, code = desk.sent(form="spoken", witness="lawyer")
    desk.do(desk.support, actions.accept, code=code)
    desk.do(desk.support, actions.answer, code=code, reply="onveilig")
    later: datetime = timezone.now() + timedelta(days=4)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with acting(system_actor(desk.coordinator.own_organisation)) as system:
        expire_all(actor=system, today=timezone.localdate())
    assert desk.row(code).state == "expired"
    assert desk.steps(code, desk.coordinator) == {"move_today", "share_ended"}
    read = page(client_for(COORDINATOR), code)
    assert read.index("Verplaats vandaag") < read.index("Kies opnieuw")
    desk.done(code, "move_today")
    assert desk.steps(code, desk.coordinator) == {"share_ended"}
    desk.done(code)
    assert desk.row(code).closed is not None


def test_each_look_at_what_was_shared_has_its_line(desk: Desk, client_for: ClientFor) -> None:
    _share, code = desk.sent()
    page(client_for(SUPPORT), code)
    desk.do(desk.support, actions.accept, code=code)
    page(client_for(SUPPORT), code)
    with acting(desk.support):
        own = list(
            Event.objects.filter(
                organisation_id=desk.support.own_organisation, action__startswith="care_share"
            ).values_list("action", flat=True)
        )
    assert own.count("care_share.look") == 1
    assert own.count("care_share.read") == 1


def test_each_word_of_the_handbook_opens_a_step_that_is_there() -> None:
    assert set(STEPS) | {Opened.REVIEW} == set(Opened)
    assert {kind for each in current_release().pack.care_replies for kind in each.answers} == set(Shared)


def test_after_its_last_day_no_number_is_kept_before_any_job_ran(desk: Desk) -> None:
    code = taken(desk)
    with acting(desk.coordinator):
        CareShare.objects.filter(code=code).update(expires=timezone.localdate() - timedelta(days=1))
    with pytest.raises(DomainError, match="afgelopen"):
        desk.do(desk.support, actions.keep_number, code=code, number="LDH-1")
    with pytest.raises(DomainError, match="afgelopen"):
        desk.do(desk.support, actions.note_contact_read, code=code, seen="")


def test_only_a_care_file_sends() -> None:
    root = Path(sluitend.__path__[0])
    calls = [each for each in root.rglob("*.py") if "care_shares.send(" in each.read_text()]
    assert [str(each.relative_to(root)) for each in calls] == ["journeys/care_files/actions/sending.py"]


def test_who_answers_twice_and_corrects_a_number_is_read_with_the_last_of_it(desk: Desk) -> None:
    code = taken(desk)
    for reply in ("gestart", "meer_nodig"):
        desk.do(desk.support, actions.answer, code=code, reply=reply)
    for number in ("LDH-1", "LDH-2"):
        desk.do(desk.support, actions.keep_number, code=code, number=number)
    view = desk.do(desk.support, queries.received_share, code=code)
    assert len(view.body.replies) == 2
    assert view.number == "LDH-2"
    assert view.body.parts[0].text


def test_what_was_shared_keeps_its_lines_and_has_a_number_to_tap() -> None:
    body = SimpleNamespace(
        parts=[SimpleNamespace(title="Wat nodig is", text="Een tolk.\nEen bed.")],
        sender="Noor de Bruin",
        telephone="070 123 45 67",
        replies=(),
        against="",
        task="",
        until=date(2026, 1, 5),
    )
    front = SimpleNamespace(answer_by=date(2026, 1, 2))
    page = render_to_string("care_shares/body.html", {"body": body, "front": front})
    assert "Een tolk.<br>Een bed." in page
    assert 'href="tel:070 123 45 67"' in page
