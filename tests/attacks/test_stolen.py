"""What somebody has who took one thing: the database, a partner's account, the administrator's, the wire.

Each test is a "not" of `docs/threat-model.md`. The planted word stands in every free text of the sample.
"""

import base64
import html
import re
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from sluitend.demo import embedded
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.reports.queries import mailbox
from sluitend.journeys.visits import actions as visits
from sluitend.kernel.access.acting import NOBODY, acting
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.sealing.errors import SealError
from tests import samples, tiers
from tests.attacks.everywhere import browser, every_address, path_of
from tests.working import mailing

PLANTED = (samples.PLANT, samples.PLANTED_PHONE, samples.PLANTED_PLATE, samples.PLANTED_KVK, "Tuinderspad")
CODED = re.compile(rb"[A-Za-z0-9+/]{20,}={0,2}")


@pytest.fixture
def dump(server: embedded.Server, own_database: str) -> Callable[[], bytes]:
    """What a thief with every right in the database takes along."""

    def take() -> bytes:
        tool = embedded.binaries() / "bin" / "pg_dump"
        command = [str(tool), "--inserts", server.url("sl_admin", own_database)]
        return subprocess.run(command, check=True, capture_output=True).stdout

    return take


def spellings(word: str) -> Iterator[bytes]:
    """Give how a word would look in a dump: as it is, in other alphabets, and as digits."""
    for form in (word, word.upper(), word.lower()):
        for alphabet in ("utf-8", "utf-16-le", "utf-16-be"):
            raw = form.encode(alphabet)
            yield raw
            yield raw.hex().encode()
        for shift in range(3):
            yield base64.b64encode(b"x" * shift + form.encode())[4 if shift else 0 : -4]


def test_a_stolen_database_tells_nothing_that_was_typed(own_database: str, dump: Callable[[], bytes]) -> None:
    sample = samples.whole_route()
    stolen = dump()
    assert sample.case.encode() in stolen  # it is the dump of this matter
    words = [*PLANTED, sample.report_receipt, sample.report_receipt.replace("-", "")]
    assert [word for word in words for each in spellings(word) if each in stolen] == []


def test_a_stolen_database_opens_nothing_by_itself(
    own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the application beside it, every right in it, and keys that the thief made."""
    from sluitend.cli.key_commands import create_keys
    from sluitend.journeys.cases.models import Case

    sample = samples.whole_route()
    who = samples.actor("af@westland.example")
    with acting(who):
        envelope_id = Case.objects.get(code=sample.case).envelope_id
        assert open_envelope(envelope_id, actor=who, purpose="case.read").id == envelope_id
    monkeypatch.setattr(settings, "SLUITEND_KEYS", tmp_path)
    create_keys()
    with pytest.raises(SealError), acting(who):
        open_envelope(envelope_id, actor=who, purpose="case.read")
    with acting(NOBODY):
        assert mailbox(sample.report_receipt) is None


def pages(client: Client, sample: samples.Sample) -> Iterator[tuple[str, str, Any]]:
    """Give every address with its answer, for somebody who asks for everything there is."""
    for address in every_address():
        if address.name.startswith("styleguide:"):
            continue  # not there in production, and invented
        path = path_of(address, sample)
        answer = client.get(path)
        if answer.status_code == 200 and not answer.streaming:
            yield address.name, path, answer


def telling(client: Client, sample: samples.Sample) -> set[str]:
    """Return the addresses that show a planted word."""
    return {
        name
        for name, _path, answer in pages(client, sample)
        if any(word.encode() in answer.content for word in PLANTED)
    }


RECEIVED = {"referrals:received"}
ASKED_ITSELF = {"visits:asked", "visits:asked_wait_request"}
"""Of a request to wait a partner sees the words that it wrote itself."""


@pytest.mark.django_db
def test_a_partner_account_that_was_taken_over_shows_what_it_received_and_nothing_else() -> None:
    sample = samples.whole_route()
    assert telling(browser("focal_point"), sample) > {"cases:case", "cases:intake"}
    shown = telling(browser("recipient"), sample)
    assert shown >= RECEIVED
    assert {each.partition(":")[0] for each in shown - ASKED_ITSELF} <= {"referrals"}
    assert telling(browser("other_partner"), sample) <= ASKED_ITSELF


@pytest.mark.django_db
def test_a_partner_account_shows_nothing_before_accepting_and_nothing_after_a_recall() -> None:
    sample = samples.whole_route()
    who = samples.actor("af@westland.example")
    reason = current_release().pack.reason_list("recall_referral").reasons[0].id
    with acting(who):
        referrals.recall(code=sample.referral, reason=reason, actor=who)
        # Somebody asked to leave the place alone: until that ends nothing about it goes.
        visits.note_lift(code=sample.wait_request, reason="asker_done", whom="Rechercheur", actor=who)
    assert telling(browser("recipient"), sample) == set()
    again = samples.refer(sample.case, who)
    assert telling(browser("recipient"), samples.Sample("x", "x", "x", sample.case, again)) == set()


@pytest.mark.django_db
def test_an_administrator_and_whoever_has_no_business_with_content_see_none(sample: samples.Sample) -> None:
    for who in ("administrator", "privacy_officer", "manager", "regional_coordinator", "reporter", None):
        assert telling(browser(who), sample) == set(), who


class Links(HTMLParser):
    """Everything in a page that makes an address: what a proxy and a history see."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.asks_by_get: list[str] = []
        self._by_get = False

    def sent(self) -> list[str]:
        """Return what goes over the wire: a number to call does not."""
        return [html.unescape(each) for each in self.addresses if not each.startswith("tel:")]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        held = dict(attributes)
        self.addresses += [held[name] or "" for name in ("href", "action", "src", "hx-get") if held.get(name)]
        if tag == "form":
            self._by_get = (held.get("method") or "get").lower() == "get"
        elif self._by_get and (tag == "textarea" or held.get("type") in ("text", "search", "email", "tel")):
            self.asks_by_get.append(held.get("name") or tag)


@pytest.mark.django_db
def test_the_wire_shows_codes_and_no_word(sample: samples.Sample) -> None:
    """A proxy sees addresses. None holds what was typed, a receipt or a name, and no text travels in one."""
    hidden = [*PLANTED, sample.report_receipt, "Voorman"]
    seen = 0
    for who in tiers.either(
        ("focal_point", None), ("focal_point", "recipient", "administrator", "manager", None)
    ):
        for name, _path, answer in pages(browser(who), sample):
            if "text/html" not in answer.headers["Content-Type"]:
                continue
            links = Links()
            links.feed(answer.content.decode())
            seen += len(links.sent())
            assert [each for each in links.sent() for word in hidden if word in each] == [], name
            assert links.asks_by_get == [], name
    assert seen > tiers.either(500, 1000)


def test_the_queue_holds_numbers_only(server: embedded.Server, own_database: str) -> None:
    """What waits for the worker, or lies there afterwards, names nobody and nothing."""
    sample = samples.whole_route()
    samples.file_report(Organisation.objects.get(code="GM1783"), acute=True)
    with psycopg.connect(server.url("sl_admin", own_database)) as admin:
        rows = admin.execute("SELECT args, lock, queueing_lock FROM procrastinate_jobs").fetchall()
    assert rows
    for arguments, lock, queueing in rows:
        assert set(arguments) <= {"ids", "timestamp"}
        assert all(UUID(each) for each in arguments.get("ids", []))
        assert sample.case not in f"{lock} {queueing}"


@pytest.mark.django_db
def test_a_mail_server_reads_that_something_waits_and_nothing_else() -> None:
    """Each mail that can leave, to each organisation that there is."""
    sample = samples.whole_route()
    ids = [str(each.pk) for each in Organisation.objects.all()]
    assert len(mailing()) >= 4
    for task in mailing():
        task.func(ids=ids)
    assert mail.outbox
    secret = [*PLANTED, sample.case, sample.referral, sample.report, sample.new_report]
    for message in mail.outbox:
        text = f"{message.subject} {message.body} {message.extra_headers}"
        assert not any(word in text for word in secret)
        assert message.subject in ("Er staat iets voor u klaar", "Something is waiting for you")
        assert re.findall(r"https?://\S+", str(message.body)) == [f"{settings.SLUITEND_ADDRESS}/werk/"]
        assert not message.attachments
