"""A signal of a partner is a report: along the path of any filing, into the inbox of the place."""

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from tests import samples
from tests.packs import den_haag

from sluitend.journeys.reports import actions, queries
from sluitend.journeys.reports.journey import READ_REPORT
from sluitend.journeys.reports.models import Report, ReportToken
from sluitend.kernel.access.acting import acting
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.manifest import FOCAL
from sluitend.kernel.organisations.models import Account
from sluitend.kernel.sealing.models import Attachment

pytestmark = pytest.mark.django_db
type Clients = Callable[[str], Client]
AVIM, AF, OTHER = "avim@politie.example", "af@westland.example", "af@denhaag.example"
AT = "/werk/signaal/"


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "saw": f"Vijf mensen stapten uit een witte bus {samples.PLANT}",
        "where": "Tuinderspad 12, De Lier",
        "day": timezone.localdate().isoformat(),
        "plate": samples.PLANTED_PLATE,
        "minor": "no",
        "function": "rechercheur",
        "reporter_phone": samples.PLANTED_PHONE,
        "sending": str(uuid4()),
        **changes,
    }


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "JPEG")
    return SimpleUploadedFile("bus.jpg", out.getvalue(), "image/jpeg")


def sent(client: Client, **changes: Any) -> Report:
    """Send it and return the report."""
    answer = client.post(AT, filled(**changes))
    assert answer.status_code == 200, answer.text[:3000]
    assert "Hiermee volgt u dit" in answer.text
    with acting(samples.actor(AF)):
        return Report.objects.get()


def test_it_stands_in_the_inbox_of_the_place_with_who_told_it(client_for: Clients) -> None:
    report = sent(client_for(AVIM), uploads=[picture()])
    who = samples.actor(AF)
    with acting(who):
        assert (report.kind, report.channel, report.anonymity) == ("report", "partner", "named")
        step = NextStep.objects.get(subject_id=report.id, done__isnull=True)
        assert step.what == READ_REPORT
        view = queries.report(report.code, who)
        assert (view.content.plate, view.content.where) == (samples.PLANTED_PLATE, "Tuinderspad 12, De Lier")
        assert view.content.day == timezone.localdate().isoformat()
        assert Attachment.objects.filter(owner_id=report.id).exists()
        identity = actions.open_identity(report.id, reason="vraag", actor=who)
    assert identity
    assert (identity.name, identity.organisation, identity.function, identity.phone) == (
        samples.actor(AVIM).name,
        samples.actor(AVIM).organisation_name,
        "rechercheur",
        samples.PLANTED_PHONE,
    )


def test_it_says_what_it_looks_like_and_need_not(client_for: Clients) -> None:
    form = den_haag().forms.ids[0]
    report = sent(client_for(AVIM), form=form)
    with acting(samples.actor(AF)) as who:
        assert queries.report(report.code, who).content.form == form
    refused = client_for(AVIM).post(AT, filled(form="nooit"))
    assert refused.status_code == 422
    assert "Kies iets uit de lijst." in refused.text


def test_before_the_name_is_opened_it_says_that_a_partner_told_it_and_not_which(client_for: Clients) -> None:
    page = client_for(AF).get(f"/werk/binnen/{sent(client_for(AVIM)).code}/").text
    assert "Van een ketenpartner." in page
    assert samples.actor(AVIM).organisation_name not in page


def test_the_focal_point_reads_the_function_beside_the_name(client_for: Clients) -> None:
    report = sent(client_for(AVIM))
    page = client_for(AF).post(f"/werk/binnen/{report.code}/naam/", {"reason": "vraag"}, follow=True).text
    assert "rechercheur" in page


def test_the_sweep_lets_the_plate_find_earlier_signals(client_for: Clients) -> None:
    from sluitend.kernel.access.acting import system_actor

    report = sent(client_for(AVIM))
    with acting(system_actor(report.organisation_id)) as system:
        actions.sweep(system)
        kinds = set(ReportToken.objects.filter(report_id=report.id).values_list("kind", flat=True))
    assert {"plate", "address"} <= kinds


def test_its_code_opens_the_mailbox_and_stands_with_who_told_it(client_for: Clients) -> None:
    client = client_for(AVIM)
    report = sent(client)
    who = samples.actor(AVIM)
    with acting(who):
        (kept,) = queries.remembered(who)
        assert Event.objects.filter(action="report.signal").count() == 1
    assert queries.mailbox(kept.code)
    assert kept.tail in client.get("/ontvangst/").text.replace(" ", "")
    with acting(samples.actor(AF)):
        assert Report.objects.get().id == report.id


def test_sent_twice_it_is_one_report_with_the_same_code(client_for: Clients) -> None:
    client, data = client_for(AVIM), filled()
    first, second = client.post(AT, data), client.post(AT, data)
    assert "Dit hadden wij al." in second.text
    assert "Dit hadden wij al." not in first.text
    with acting(samples.actor(AF)):
        assert Report.objects.count() == 1
    with acting(samples.actor(AVIM)):
        assert len(queries.remembered(samples.actor(AVIM))) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"saw": ""}, "Eén zin is genoeg"),
        ({"where": ""}, "Vertel waar het was"),
        ({"where": "Ergens"}, "Kies de gemeente uit de lijst"),
        ({"where": "Ergens", "municipality": "outside"}, "ligt buiten de regio"),
        ({"day": "2099-01-01"}, "Kies een dag die al is geweest"),
        ({"plate": "x"}, "Een kenteken heeft"),
        ({"function": ""}, "Schrijf uw functie"),
        ({"reporter_phone": "112x"}, "geen telefoonnummer"),
        ({"minor": "perhaps"}, "Kies of dit nu is"),
        ({"saw": "x" * 20_001}, "te lang"),
        ({"municipality": "GM9999"}, "Kies een gemeente uit de lijst"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_filed(
    client_for: Clients, changes: dict[str, str], said: str
) -> None:
    answer = client_for(AVIM).post(AT, filled(**changes))
    assert answer.status_code == 422
    assert said in answer.text
    with acting(samples.actor(AF)):
        assert not Report.objects.exists()


def test_a_file_that_may_not_be_is_refused_beside_its_field(client_for: Clients) -> None:
    bad = SimpleUploadedFile("x.exe", b"MZ" + b"\0" * 50, "application/octet-stream")
    answer = client_for(AVIM).post(AT, filled(uploads=[bad]))
    assert answer.status_code == 422
    with acting(samples.actor(AF)):
        assert not Report.objects.exists()


def test_a_child_now_hurries_as_from_any_door(client_for: Clients) -> None:
    report = sent(client_for(AVIM), minor="yes", acute="yes")
    assert (report.acute, report.minor) == (True, "yes")
    with acting(samples.actor(AF)):
        step = NextStep.objects.filter(subject_id=report.id, what=READ_REPORT, done__isnull=True).get()
    assert (step.urgent, step.minor) == (True, True)


def test_nothing_is_taken_where_nobody_reads(client_for: Clients) -> None:
    client, told = client_for(AVIM), filled(where="", municipality="GM1783")
    reads = Account.objects.filter(memberships__organisation__code="GM1783", memberships__role__in=FOCAL)
    reads.update(last_login=None)
    answer = client.post(AT, told)
    assert answer.status_code == 422
    assert "leest nog niemand" in answer.text
    assert told["saw"] in answer.text
    with acting(samples.actor(AF)):
        assert not Report.objects.exists()
    with acting(samples.actor(AVIM)):
        assert not queries.remembered(samples.actor(AVIM))
        assert not Event.objects.filter(action="report.signal").exists()


@pytest.mark.parametrize("who", [AF, "melder@westland.example", "manager@westland.example"])
def test_it_is_for_partners_only(client_for: Clients, who: str) -> None:
    client = client_for(who)
    assert client.get(AT).status_code == 404
    assert client.post(AT, filled()).status_code == 404


def test_no_word_of_it_stands_in_the_partners_own_organisation(client_for: Clients) -> None:
    sent(client_for(AVIM))
    with acting(samples.actor(AVIM)):
        assert not Report.objects.exists()
        assert samples.PLANT not in str([vars(each) for each in Event.objects.all()])
    with acting(samples.actor(OTHER)):
        assert not Report.objects.exists()


def test_a_name_that_is_not_to_be_told_is_promised(client_for: Clients) -> None:
    report = sent(client_for(AVIM), confidential="on")
    assert report.anonymity == "confidential"
