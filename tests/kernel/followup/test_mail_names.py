"""A neutral mail says from which organisation it comes: that of its reader, so that it tells of no other."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from tests import samples
from tests.journeys.referrals.situations import Ready

from sluitend.kernel.flow.jobs import tell
from sluitend.kernel.followup.escalation import ring, send_neutral
from sluitend.kernel.followup.mailing import send_signed
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.mail_names import own_name, reader_name
from sluitend.kernel.organisations.models import PLATFORM_ID, Account, Organisation
from sluitend.kernel.telltale import betrays

pytestmark = pytest.mark.django_db
WESTLAND = "Gemeente Westland"
REGION = "RSIV"


def sent() -> EmailMessage:
    """Return the last mail as a mail server reads it."""
    wire = mail.outbox[-1].message().as_bytes()
    return message_from_bytes(wire, policy=policy.SMTP)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("af@westland.example", WESTLAND),
        ("melder@westland.example", WESTLAND),
        ("zorg@shop.example", REGION),
        ("nla@arbeidsinspectie.example", REGION),
        ("regio@rsiv.example", REGION),
        ("iemand@elders.example", ""),
    ],
)
def test_a_mail_comes_from_the_organisation_of_who_reads_it(region: Any, address: str, name: str) -> None:
    send_neutral(address)
    (told,) = sent()["From"].addresses
    assert told.display_name == name
    assert told.addr_spec == settings.DEFAULT_FROM_EMAIL
    lines = str(mail.outbox[0].body).splitlines()
    assert lines[0] == "Er staat iets voor u klaar."
    assert (lines[-1] == name) if name else lines[-1].endswith("/werk/")


def test_a_partner_does_not_read_in_a_mail_which_municipality_shares_something(ready: Ready) -> None:
    ready.accepted()
    mail.outbox.clear()
    partner = Organisation.objects.get(pk=ready.inspector.own_organisation)
    tell.func(ids=[str(partner.pk)])
    assert mail.outbox
    for message in mail.outbox:
        whole = f"{message.from_email} {message.subject} {message.body}"
        assert REGION in whole
        assert "Gemeente" not in whole
        assert partner.name not in whole


def test_who_stands_in_elsewhere_reads_the_name_of_home(region: Any) -> None:
    from tests.surfaces.desk.test_connected import NIEUWKOOP, covered_by_westland

    covered_by_westland(NIEUWKOOP)
    assert Account.objects.get(email="af@westland.example").memberships.exclude(home=None).exists()
    assert reader_name("af@westland.example") == WESTLAND


def test_an_address_of_two_organisations_names_neither(region: Any) -> None:
    other = Organisation.objects.exclude(name=WESTLAND).filter(kind="municipality")[0]
    Organisation.objects.filter(pk=other.pk).update(mail="af@westland.example")
    assert reader_name("af@westland.example") == ""
    Organisation.objects.filter(name=WESTLAND).update(mail="post@westland.example")
    assert reader_name("post@westland.example") == WESTLAND


def test_where_there_is_no_one_region_a_partner_reads_no_name(region: Any) -> None:
    partner = Organisation.objects.get(code="shop").pk
    assert own_name(partner) == REGION
    assert own_name(PLATFORM_ID) == ""
    Organisation.objects.filter(code="avim").update(kind=Organisation.Kind.REGION)
    assert own_name(partner) == ""


def test_the_contact_for_every_hour_reads_whose_it_is(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from sluitend.kernel.followup import escalation
    from sluitend.kernel.followup.models import EscalationChoice

    chosen = EscalationChoice(picket_mail="piket@elders.example")
    monkeypatch.setattr(escalation, "escalation_choice", lambda _id: chosen)
    ring.func(ids=[str(samples.actor("af@westland.example").own_organisation)])
    (told,) = sent()["From"].addresses
    assert told.display_name == WESTLAND
    assert mail.outbox[0].to == ["piket@elders.example"]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Gemeente Súdwest-Fryslân", "Gemeente Súdwest-Fryslân"),
        ('Gemeente "Aan Zee", <boos@elders.example>', 'Gemeente "Aan Zee", <boos@elders.example>'),
        ("Gemeente Z\r\nBcc: boos@elders.example", "Gemeente Z Bcc: boos@elders.example"),
        ("Gemeente Z\u2028\u202eX\x00", "Gemeente Z X"),
        (" \t\n", ""),
    ],
)
def test_a_name_stays_a_name_whatever_is_in_it(name: str, read: str) -> None:
    send_signed("Er staat iets voor u klaar", "Er staat iets voor u klaar.", "a@b.example", name=name)
    message = sent()
    (told,) = message["From"].addresses
    assert (told.display_name, told.addr_spec) == (read, settings.DEFAULT_FROM_EMAIL)
    assert message["Bcc"] is None
    assert len(message.get_all("From", [])) == 1
    assert mail.outbox[0].recipients() == ["a@b.example"]
    assert str(mail.outbox[0].body).splitlines()[2:] == ([read] if read else [])


def test_a_long_name_is_folded_and_read_as_it_was() -> None:
    name = " ".join(["Gemeente", *["Ĳsselmeerlanden"] * 9])
    send_signed("Er staat iets voor u klaar", "Er staat iets voor u klaar.", "a@b.example", name=name)
    wire = mail.outbox[-1].message().as_bytes().decode("ascii")
    header = re.search(r"^From: (.*\n(?:[ \t].*\n)*)", wire, re.MULTILINE)
    assert header
    assert str(make_header(decode_header(header[1]))).split("<")[0].split() == name.split()


def test_no_name_for_a_mail_says_what_it_is_about(region: Any) -> None:
    pack = current_release().pack
    named = Organisation.objects.filter(kind__in=["municipality", "region"]).values_list("name", flat=True)
    assert [name for name in named if betrays(name, pack)] == []
