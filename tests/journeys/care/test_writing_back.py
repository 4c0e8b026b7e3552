"""Who asked hears by mail that a message waits, and nothing of it; who was signed in finds it back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.care.test_doors import do
from tests.outcomes import queue
from tests.reading import as_read
from tests.roles import give

from sluitend.journeys.administration.actions import people
from sluitend.journeys.care import actions
from sluitend.journeys.care.jobs import mail_asker
from sluitend.journeys.reports.queries import remembered
from sluitend.journeys.reports.slowing import FILING
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.followup.queries import open_steps
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Organisation

pytestmark = pytest.mark.django_db
COORDINATOR, ASKER = "zorg@shop.example", "af@westland.example"
ADDRESS = "loes@praktijk.example"
TELLING = ("zorg", "hulp", "opvang", "shop", "persoon", "care", "help", "shelter", "person", samples.PLANT)
type ClientFor = Callable[[str], Client]


@pytest.fixture
def coordinator(region: Any) -> Actor:
    FILING.forget()
    return samples.actor(COORDINATOR)


def mailed(who: Actor, action: Callable[..., Any], **arguments: Any) -> list[str]:
    """Do something, send what it queued for the asker, and return the bodies of those mails."""
    mail.outbox.clear()
    with queue() as queued:
        do(who, action, **arguments)
    for task, ids in queued:
        if task == "care.mail_asker":
            mail_asker([str(each) for each in ids])
    return [str(each.body) for each in mail.outbox]


@pytest.mark.parametrize(
    ("action", "arguments"),
    [
        (actions.tell, {"sentence": "offered", "text": "Zij slaapt nu veilig"}),
        (actions.ask_back, {"text": "Spreekt zij Engels?"}),
        (actions.close, {"end": "help_started"}),
    ],
)
def test_the_mail_says_that_a_message_waits_and_never_what(
    coordinator: Actor, action: Callable[..., Any], arguments: dict[str, str]
) -> None:
    code, receipt = samples.ask_for_help(asker_mail=ADDRESS)
    do(coordinator, actions.take_on, code=code)
    if action is actions.close:
        arguments = {"end": end_without_tries()}
    (body,) = mailed(coordinator, action, code=code, **arguments)
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    assert str(message.subject).startswith("Bericht over uw vraag van ")
    assert "Ga zelf naar localhost en gebruik uw code." in body
    assert "Go to localhost yourself and use your code." in body
    said = f"{message.subject} {body}".lower()
    assert not [each for each in (*TELLING, code.lower(), receipt.lower(), "http", "://") if each in said]


def end_without_tries() -> str:
    from sluitend.kernel.handbook.queries import current_release

    return next(each.id for each in current_release().pack.request.ends if not each.attempts)


def test_taking_on_is_a_message_too_and_reading_the_address_is_logged(coordinator: Actor) -> None:
    code, _ = samples.ask_for_help(asker_mail=ADDRESS)
    assert len(mailed(coordinator, actions.take_on, code=code)) == 1
    with acting(system_actor(coordinator.own_organisation)):
        assert Event.objects.filter(action="care.mailed").count() == 1


def test_who_left_no_address_is_mailed_nothing(coordinator: Actor) -> None:
    code, _ = samples.ask_for_help()
    assert mailed(coordinator, actions.take_on, code=code) == []
    assert mailed(coordinator, actions.ask_back, code=code, text="Spreekt zij Engels?") == []


def test_what_is_no_address_is_said_at_its_field(coordinator: Actor, client: Client) -> None:
    assert "Dit is geen e-mailadres." in as_read(ask(client, asker_mail="geen adres"))
    assert "sl-receipt" in ask(client, asker_mail=ADDRESS)


def ask(browser: Client, **changes: str) -> str:
    data = {**samples.help_answers(**changes), "step": "5", "go": "next"}
    return browser.post("/hulp-vragen/", {**data, "sending": "22222222-2222-4222-8222-222222222222"}).text


def test_who_asks_while_signed_in_finds_it_back_and_nobody_else_does(
    coordinator: Actor, client_for: ClientFor
) -> None:
    browser = client_for(ASKER)
    page = ask(browser)
    assert "Deze vraag staat ook bij Mijn meldingen." in as_read(page)
    ask(browser)  # sent twice is kept once
    found = re.search(r'name="code" value="([^"]+)"', page)
    assert found is not None
    asker, deputy = samples.actor(ASKER), samples.actor("vervanger@westland.example")
    assert [each.code for each in do(asker, remembered)] == [found[1]]
    assert do(deputy, remembered) == []
    mine = browser.get("/ontvangst/").text
    assert f"Code eindigt op {found[1][-4:]}" in as_read(re.sub("<[^>]+>", "", mine))
    chosen = re.search(r'name="remembered" value="([^"]+)"', mine)
    assert chosen is not None
    assert "Uw vraag is aangekomen." in as_read(browser.post("/ontvangst/", {"remembered": chosen[1]}).text)
    other = client_for("vervanger@westland.example")
    assert "Uw vraag is aangekomen." not in other.post("/ontvangst/", {"remembered": chosen[1]}).text


def test_who_is_not_signed_in_leaves_no_receipt_anywhere(coordinator: Actor, client: Client) -> None:
    assert "Mijn meldingen" not in ask(client)
    for each in Account.objects.filter(email__in=[ASKER, COORDINATOR]):
        assert do(samples.actor(each.email), remembered) == []


def test_a_request_and_its_file_are_one_line_of_vandaag(coordinator: Actor, client_for: ClientFor) -> None:
    code, _ = samples.ask_for_help()
    do(coordinator, actions.take_on, code=code)
    browser = client_for(COORDINATOR)
    assert len(lines(browser)) == 1
    file = do(coordinator, actions.open_file, code=code)
    (line,) = lines(browser)
    assert (code in line) != (file in line)
    other, _ = samples.ask_for_help()
    do(coordinator, actions.take_on, code=other)
    assert len(lines(browser)) == 2


def lines(browser: Client) -> list[str]:
    return re.findall(r'<li class="sl-step.*?</li>', browser.get("/werk/").text, re.DOTALL)


def test_who_leaves_leaves_all_of_it_to_colleagues_nights_of_today_first(
    coordinator: Actor, client_for: ClientFor
) -> None:
    shop = coordinator.own_organisation
    for email, name, role in (
        ("zorg2@shop.example", "Selma Dijk", "partner"),
        ("beheer@shop.example", "Iris Kok", "administrator"),
    ):
        give(Account.objects.create(email=email, name=name, is_active=True).pk, shop, role)
    waits = {samples.taken_request() for _ in range(3)}
    waits.add(night := samples.begin_to_search())
    before = {step.code for step in do(coordinator, open_steps)}
    assert waits <= before
    gone = client_for(COORDINATOR)
    assert gone.get("/werk/").status_code == 200
    keeper = samples.actor("beheer@shop.example")
    do(keeper, people.set_account_active, account_id=coordinator.own_account, active=False)
    assert gone.get("/werk/").status_code == 302
    colleague = samples.actor("zorg2@shop.example")
    left = do(colleague, open_steps)
    assert {step.code for step in left} == before
    assert left[0].code == night
    assert timezone.localtime(left[0].due).date() == timezone.localdate()
    with acting(system_actor(Organisation.objects.get(code="shop").id)):
        assert not NextStep.objects.filter(owner_id=coordinator.own_account, done__isnull=True).exists()


def test_an_address_goes_to_who_asked_only_after_it_is_said_to_be_none_of_shelter(
    coordinator: Actor, client_for: ClientFor
) -> None:
    code, _receipt = samples.ask_for_help()
    do(coordinator, actions.take_on, code=code)
    browser, page = client_for(COORDINATOR), f"/werk/zorg/{code}/vraag/"
    sent = {"text": "Woonde zij op Tuinderspad 12a in De Lier?"}
    first = browser.post(page, sent)
    assert "Dit lijkt op een adres." in as_read(first.text)
    assert "Dit is geen opvangadres" in as_read(first.text)
    assert browser.post(page, {**sent, "no_shelter": "on"}).status_code == 302
