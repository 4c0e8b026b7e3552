"""The address of a place, planted and searched for everywhere: it stands in one envelope, nowhere else."""

import logging
import re
from datetime import timedelta
from typing import Any

import psycopg
import pypdfium2
import pytest
from django.core import mail
from django.utils import timezone

from sluitend.demo import embedded
from sluitend.journeys.care import actions as care
from sluitend.journeys.care.jobs import mail_asker
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.queries import take
from sluitend.journeys.shelter import actions
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.followup.escalation import escalate, tell
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Organisation
from tests import samples
from tests.attacks.everywhere import browser
from tests.test_access_matrix import PEOPLE, addresses
from tests.test_planted import tables_with
from tests.tiers import either

QUICK = ["focal_point", "manager", "regional_coordinator", "care_coordinator", "other_partner"]
WORD, ADDRESS = "Schuilplaatslaan", "Schuilplaatslaan 7, Gouda"


@pytest.fixture
def admin(server: embedded.Server, own_database: str) -> psycopg.Connection:
    """A superuser's connection to the test's own database."""
    return psycopg.connect(server.url("sl_admin", own_database), autocommit=True)


def live(request: str) -> str:
    """Let somebody have a place through all that happens with it, and return the code of the search."""
    who, today = samples.actor("zorg@shop.example"), timezone.localdate()
    pack = current_release().pack
    with acting(who):
        wish = actions.Wish("adult", 1, "haaglanden", "womens", ("women",))
        code = actions.start(request=request, actor=who, wish=wish)
        soon = timezone.now() + timedelta(hours=3)
        actions.offer(code=code, actor=who, kind="womens", answer_by=soon)
        actions.place(
            code=code,
            actor=who,
            kind="womens",
            starts=today,
            review=today + timedelta(days=9),
            address=ADDRESS,
        )
        assert actions.open_address(code=code, actor=who, reason="brengen") == ADDRESS
        care.tell(code=request, actor=who, sentence="offered")
    shop = Organisation.objects.get(code="shop").id
    with acting(system_actor(shop)) as system:
        actions.by_clock(system, pack)
        reached = escalate(system, timezone.now() + timedelta(days=20)).reached
    tell([str(each) for each in reached])
    return str(code)


def test_it_stands_in_no_table_log_mail_file_ledger_or_page(
    own_database: str, admin: psycopg.Connection, caplog: pytest.LogCaptureFixture, server: embedded.Server
) -> None:
    caplog.set_level(logging.DEBUG)
    file = samples.care_file(asker_mail="loes@praktijk.example")
    who = samples.actor("zorg@shop.example")
    with acting(who):
        row = CareFile.objects.get(code=file)
        request, request_id = row.request_code, row.request_id
    search = live(request)
    mail_asker([str(who.own_organisation), str(request_id)])
    assert tables_with(admin, WORD) == []
    assert WORD not in caplog.text
    assert WORD not in server.place.log.read_text(errors="replace")
    assert mail.outbox
    assert WORD not in str([(each.subject, each.body, each.extra_headers) for each in mail.outbox])
    with acting(who):
        for form in ("pdf", "json", "csv"):
            taken = take(file, form, who)
            words = text_of_pdf(taken.content) if form == "pdf" else taken.content.decode()
            assert WORD not in f"{taken.name} {words}"
        lines = [f"{each.action} {each.purpose}" for each in Event.objects.all()]
    assert any("shelter.address" in each for each in lines)
    assert not [each for each in lines if WORD in each]
    sample = samples.Sample(*("X-0000",) * 5, help_request=request, care_file=file, search=search)
    assert pages_with(sample) == []


def text_of_pdf(content: bytes) -> str:
    """Return what stands in a PDF, with what it says of itself."""
    found = pypdfium2.PdfDocument(content)
    words = [found[number].get_textpage().get_text_bounded() for number in range(len(found))]
    return f"{found.get_metadata_dict()} {' '.join(words)}"


def pages_with(sample: samples.Sample) -> list[tuple[str, str]]:
    """Return who reads the word on which page, by looking at each and by searching for it."""
    found = []
    for who in either(QUICK, list(PEOPLE)):
        client = browser(who)
        for address in addresses():
            if "<" in address.route and not address.name.startswith(("care", "shelter")):
                continue
            answer: Any = client.get(address.path(sample))
            if not answer.streaming and WORD in answer.content.decode(errors="replace"):
                found.append((who, address.name))
        answer = client.post("/werk/zoeken/", {"q": WORD})
        if re.search(rf"{WORD} 7|P-\w{{4}}", answer.content.decode(errors="replace")):
            found.append((who, "search"))
    return found


def test_the_planted_address_would_have_been_found(own_database: str, admin: psycopg.Connection) -> None:
    """Typed where it does not belong it is found: without this the search above could not fail."""
    admin.execute("UPDATE organisations_organisation SET name = %s WHERE code = 'shop'", [ADDRESS])
    assert "organisations_organisation" in tables_with(admin, WORD)
    sample = samples.Sample(*("X-0000",) * 5, help_request="H-0000", care_file="F-0000", search="P-0000")
    assert ("care_coordinator", "today") in pages_with(sample)
