"""A partner says by a link whether the handbook is right about it; a person of the region takes that over."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone, translation
from tests import samples
from tests.journeys.editing.drafting import JORIS, LINES, MEREL, change, line
from tests.packs import den_haag

from sluitend.journeys.editing import actions, links
from sluitend.journeys.editing.jobs import mail_check
from sluitend.journeys.editing.models import DraftEntry, PartnerCheck
from sluitend.journeys.editing.queries import asks
from sluitend.journeys.editing.statements import statements
from sluitend.journeys.editing.views import asking
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, Refused
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Membership

PAGE = f"/werk/handboek/nagaan/{LINES}/shop/"
WORKLIST = "/werk/handboek/nagaan/"
MAILBOX = "balie@shop.example"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    for limit in (asking.TRYING, asking.ALL_TRYING, asking.ASKING):
        limit.forget()


@pytest.fixture
def link(merel: Actor) -> str:
    """The link that a coordinator had mailed to a partner about its number."""
    with acting(merel):
        actions.ask_partner(part=LINES, entry_id="shop", address=MAILBOX, actor=merel)
        row = PartnerCheck.objects.get()
    mail_check([str(row.id), str(row.organisation_id)])
    found = re.search(r"/nakijken/([\w-]+)/", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def filled(page: str, *, wrong: dict[int, str] | None = None, by: str = "Teamleider balie") -> dict[str, str]:
    """Fill in the page: everything is right, but for these lines."""
    numbers = sorted({int(one) for one in re.findall(r'name="line_(\d+)"', page)})
    assert numbers
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    said = {f"line_{one}": "anders" if one in (wrong or {}) else "klopt" for one in numbers}
    return {**said, **{f"must_{one}": text for one, text in (wrong or {}).items()}, "by": by, "seen": seen[1]}


def answer(link: str, *, wrong: dict[int, str] | None = None) -> str:
    """Answer as somebody without an account does; returns the page that follows."""
    client = Client()
    page = client.get(f"/nakijken/{link}/").text
    return client.post(f"/nakijken/{link}/", filled(page, wrong=wrong)).text


def held() -> PartnerCheck:
    """The one row there is, whoever may see it."""
    with acting(samples.actor(MEREL)):
        return PartnerCheck.objects.get()


def put_again(**changed: object) -> None:
    """Put another row in the place of the one there is, as SQL in the place of a web process can."""
    with acting(samples.actor(MEREL)):
        row = PartnerCheck.objects.get()
        PartnerCheck.objects.all().delete()
        for name, value in {"mailed": None, **changed}.items():
            setattr(row, name, value)
        row.save(force_insert=True)


def test_a_partner_confirms_its_number_and_a_coordinator_takes_that_over(
    link: str, client_for: Callable[[str], Client]
) -> None:
    message = mail.outbox[-1]
    assert message.to == [MAILBOX]
    assert "shop" not in f"{message.subject} {message.body}".lower()
    assert "handboek" not in f"{message.subject} {message.body}".lower()
    page = Client().get(f"/nakijken/{link}/").text
    assert line("shop")["number"] in page
    assert "Dank u wel" in answer(link)
    merel = client_for(MEREL)
    assert "Lees het antwoord" in merel.get(WORKLIST).text
    with acting(samples.actor(MEREL)) as actor:
        assert not DraftEntry.objects.exists(), "an answer by itself changes nothing"
        told = asks(actor)
        assert told is not None
        assert "zei of het handboek klopt" in told.title
        actions.start(actor=actor)
    assert "Teamleider balie" in merel.get(PAGE).text
    assert "Overgenomen in het concept" in merel.post(PAGE, {"act": "take"}, follow=True).text
    with acting(samples.actor(MEREL)):
        content = DraftEntry.objects.get(part=LINES, entry_id="shop").content
        assert not PartnerCheck.objects.exists()
    assert content is not None
    assert content["confirmed"] is True
    assert content["number"] == line("shop")["number"]
    assert content["asked"]["asked_by"] == "Merel van Dijk"
    assert content["asked"]["asked_whom"].startswith("Teamleider balie, via een link van ")
    assert content["asked"]["asked_on"] == timezone.localdate().isoformat()
    assert current_release().pack.help_lines["shop"].confirmed is False


def test_an_answer_to_who_is_gone_is_told_to_a_colleague(link: str, merel: Actor) -> None:
    answer(link)
    with acting(samples.actor(JORIS)) as joris:
        assert asks(joris) is None, "it is told to who asked"
    with acting(merel):
        yesterday = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(account_id=merel.own_account).update(until=yesterday)
    with acting(samples.actor(JORIS)) as joris:
        told = asks(joris)
    assert told is not None
    assert "zei of het handboek klopt" in told.title


def test_hours_are_said_as_people_say_them() -> None:
    with translation.override("nl"):
        told = {
            each: {one.field: one.says for one in statements(den_haag(), LINES, each)}.get("open")
            for each in ("politie", "comensha")
        }
    assert told == {"politie": "elke dag: dag en nacht", "comensha": "ma, di, wo, do, vr: 09:00–17:00"}


def test_each_deed_leaves_a_line(link: str, merel: Actor) -> None:
    answer(link)
    with acting(merel):
        actions.start(actor=merel)
        actions.take_over(check=PartnerCheck.objects.get().id, actor=merel)
        lines = set(Event.objects.values_list("action", flat=True))
    assert {"handbook.ask", "handbook.ask.taken"} <= lines
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_intake WHERE action = 'handbook.answer'")
        assert cursor.fetchone()[0] == 1


def test_a_link_works_once(link: str) -> None:
    page = Client().get(f"/nakijken/{link}/").text
    answer(link)
    again = Client().post(f"/nakijken/{link}/", filled(page, by="Een ander"))
    assert "Deze link werkt niet" in again.text
    row = held()
    assert row.answer is not None
    assert row.answer["by"] == "Teamleider balie"


def test_a_link_ends_by_itself_and_by_a_newer_one(link: str, merel: Actor) -> None:
    with acting(merel):
        actions.ask_partner(part=LINES, entry_id="shop", address=MAILBOX, actor=merel)
    assert "Deze link werkt niet" in Client().get(f"/nakijken/{link}/").text
    with acting(merel):
        row = PartnerCheck.objects.get()
        newer = links.link_of(row)
    assert "Klopt dit over uw organisatie?" in Client().get(f"/nakijken/{newer}/").text
    put_again(expires=timezone.localdate() - timedelta(days=1))
    assert "Deze link werkt niet" in Client().get(f"/nakijken/{newer}/").text


def test_the_database_holds_nothing_that_opens_a_link(link: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM editing_partnercheck t")
        row = cursor.fetchone()[0]
    assert link not in row
    assert link.encode().hex() not in row


def test_what_must_be_otherwise_is_written_by_a_person(
    link: str, merel: Actor, client_for: Callable[[str], Client]
) -> None:
    answer(link, wrong={0: "070-1234567"})
    with acting(merel):
        actions.start(actor=merel)
        with pytest.raises(DomainError, match="niets te bevestigen"):
            actions.take_over(check=PartnerCheck.objects.get().id, actor=merel)
        assert not DraftEntry.objects.exists()
    page = client_for(MEREL).get(PAGE).text
    assert "070-1234567" in page
    assert "Neem over" not in page
    assert "Weggelegd" in client_for(MEREL).post(PAGE, {"act": "aside"}, follow=True).text


def test_what_changed_since_the_partner_saw_it_is_not_confirmed(link: str, merel: Actor) -> None:
    answer(link)
    with acting(merel):
        actions.start(actor=merel)
        change(merel, entry_id="shop", number="0800-9999")
        with pytest.raises(DomainError, match="niets te bevestigen"):
            actions.take_over(check=PartnerCheck.objects.get().id, actor=merel)


def test_a_line_that_is_not_right_asks_what_it_must_be_and_each_asks_an_answer(link: str) -> None:
    client = Client()
    page = client.get(f"/nakijken/{link}/").text
    data = filled(page, wrong={0: ""})
    assert "Schrijf wat er moet staan" in client.post(f"/nakijken/{link}/", data).text
    del data["line_0"]
    assert "Kies of dit klopt." in client.post(f"/nakijken/{link}/", data | {"by": ""}).text
    assert held().answered is None


def test_an_answer_to_a_former_release_is_asked_again(link: str) -> None:
    client = Client()
    data = filled(client.get(f"/nakijken/{link}/").text) | {"seen": "0"}
    assert "net veranderd" in client.post(f"/nakijken/{link}/", data).text
    assert held().answered is None


BESIDE = "UPDATE editing_partnercheck SET answered = now(), answer = '{}', proof = lookup"
ANEW = """INSERT INTO editing_partnercheck (id, revision, part, entry_id, address, lookup, asked, expires,
  answered, answer, proof, asked_by_id, organisation_id)
SELECT gen_random_uuid(), 1, 'x', entry_id, address, lookup, asked, expires, now(), '{}', lookup,
  asked_by_id, organisation_id FROM editing_partnercheck"""


@pytest.mark.parametrize("planted", [BESIDE, ANEW])
def test_a_role_of_the_web_writes_no_answer_in_a_row(link: str, merel: Actor, planted: str) -> None:
    with (
        acting(merel),
        pytest.raises(DatabaseError, match=r"permission denied|row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(planted)


def test_an_answer_planted_by_the_function_confirms_nothing(
    link: str, merel: Actor, client_for: Callable[[str], Client]
) -> None:
    with acting(merel):
        actions.start(actor=merel)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE sl_intake")
            cursor.execute(
                "SELECT partner_check_answer(%s, %s, %s)",
                [links.lookup_of(link), '{"by": "Niemand", "lines": []}', b"x" * 32],
            )
    with acting(merel):
        row = PartnerCheck.objects.get()
        assert row.answered is not None
        with pytest.raises(DomainError, match="niet van onze eigen pagina"):
            actions.take_over(check=row.id, actor=merel)
    page = client_for(MEREL).get(PAGE).text
    assert "Dit antwoord is niet echt." in page
    assert "Niemand" not in page
    assert "Neem over" not in page


def test_a_planted_row_mails_nobody(link: str, merel: Actor) -> None:
    put_again(address="ander@elders.example")
    mail.outbox.clear()
    row = held()
    mail_check([str(row.id), str(row.organisation_id)])
    assert mail.outbox == []


def test_a_reminder_goes_to_nobody_once_it_is_answered(link: str) -> None:
    answer(link)
    mail.outbox.clear()
    row = held()
    mail_check([str(row.id), str(row.organisation_id)])
    assert mail.outbox == []


def test_who_does_not_edit_asks_nobody(link: str, client_for: Callable[[str], Client]) -> None:
    other = samples.actor("af@westland.example")
    with acting(other):
        with pytest.raises(Refused):
            actions.ask_partner(part=LINES, entry_id="shop", address=MAILBOX, actor=other)
        assert not PartnerCheck.objects.exists()
    assert client_for("af@westland.example").get(PAGE).status_code == 404


@pytest.mark.parametrize(("part", "entry_id"), [("bases", "avg-6-1-e"), (LINES, "nergens"), ("x", "y")])
def test_only_of_what_is_an_organisation_it_is_asked(merel: Actor, part: str, entry_id: str) -> None:
    with acting(merel), pytest.raises(Absent):
        actions.ask_partner(part=part, entry_id=entry_id, address=MAILBOX, actor=merel)


def test_what_is_no_address_is_said_at_its_field(client_for: Callable[[str], Client], region: object) -> None:
    page = client_for(MEREL).post(PAGE, {"address": "geen adres"})
    assert page.status_code == 422
    assert "Dit is geen e-mailadres" in page.text


def test_an_unread_answer_is_not_asked_away(link: str, merel: Actor) -> None:
    answer(link)
    with acting(merel), pytest.raises(Conflict):
        actions.ask_partner(part=LINES, entry_id="shop", address=MAILBOX, actor=merel)


def test_a_partner_of_the_directory_is_asked_at_its_mailbox_about_its_number_too(
    client_for: Callable[[str], Client], region: object
) -> None:
    page = client_for(MEREL).get("/werk/handboek/nagaan/partners/shop/").text
    assert line("shop")["number"] in page
    assert "Mail de link" in page


def test_who_tries_many_links_is_slowed_down(region: object) -> None:
    client = Client()
    for _each in range(asking.TRYING.share):
        assert client.get("/nakijken/abc/").status_code == 200
    assert client.get("/nakijken/abc/").status_code == 429


def test_another_region_sees_no_answer(link: str) -> None:
    joris = samples.actor(JORIS)
    with acting(joris):
        assert PartnerCheck.objects.count() == 1, "a colleague of the same region"
    with acting(samples.actor("af@westland.example")):
        assert PartnerCheck.objects.count() == 0
