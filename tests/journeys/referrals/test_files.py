"""Attachments: a partner gets a clean copy in the referral's envelope, the original stays with the case."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests import samples
from tests.journeys.referrals.situations import WESTLAND, Ready, make_ready

from sluitend.journeys.referrals import queries
from sluitend.journeys.referrals.choosing import ticked_beforehand
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.models import Attachment

pytestmark = pytest.mark.django_db
NLA = "nla@arbeidsinspectie.example"
SECRET = "GEHEIM-TOESTEL"


def photo() -> SimpleUploadedFile:
    """Return a photo that tells with what it was made."""
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = SECRET
    Image.new("RGB", (40, 30), "navy").save(content, "JPEG", exif=exif)
    return SimpleUploadedFile("schuur van Jan.jpg", content.getvalue(), "image/jpeg")


@pytest.fixture
def with_photo(db: None) -> Ready:
    """A case whose report has a photo."""
    westland = Organisation.objects.get(code=WESTLAND)
    with acting(NOBODY):
        filing = reports.Filing(
            organisation_id=westland.id, content=samples.content(), anonymity="named", uploads=(photo(),)
        )
        filed = reports.file_report(filing)
    with acting(system_actor(westland.id)) as system:
        reports.sweep(system)
        code = Report.objects.get(pk=filed.report_id).code
    return make_ready(report=code)


def test_a_photo_is_not_ticked_beforehand(with_photo: Ready) -> None:
    offer = with_photo.offer()
    assert "attachments" in {part.id for part in offer.parts}
    assert "attachments" not in ticked_beforehand(offer)


def test_the_partner_gets_a_clean_copy_under_a_neutral_name(
    with_photo: Ready, client_for: Callable[[str], Client]
) -> None:
    code = with_photo.accepted(parts=with_photo.rows("facts", "attachments"))
    with acting(with_photo.inspector):
        (file,) = queries.received(code, with_photo.inspector).content.files
        assert "Jan" not in file.name
        assert Attachment.objects.count() == 1
    response = client_for(NLA).get(f"/werk/ontvangen/{code}/bestanden/{file.id}/")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{code}-1.jpg"'
    assert SECRET.encode() not in response.content
    with acting(with_photo.focal_point):
        own = Attachment.objects.filter(owner_kind="report")
        assert [each.shown for each in own.order_by("page")] == ["pixels", "drawn"], "the original stays"


def test_without_a_tick_no_copy_is_made(with_photo: Ready) -> None:
    code = with_photo.accepted(parts=with_photo.rows("facts"))
    with acting(with_photo.inspector):
        assert not Attachment.objects.exists()
        assert queries.received(code, with_photo.inspector).content.files == ()


def test_what_goes_by_own_mail_has_its_clean_copies_too(
    with_photo: Ready, client_for: Callable[[str], Client]
) -> None:
    code = with_photo.send(channel="secure_mail", parts=with_photo.rows("facts", "attachments"))
    with acting(with_photo.focal_point):
        (file,) = queries.sent(code, with_photo.focal_point).content.files
    client = client_for("af@westland.example")
    response = client.get(f"/werk/doorgezet/{code}/bestanden/{file.id}/")
    assert response.headers["Content-Disposition"] == f'attachment; filename="{code}-1.jpg"'
    assert SECRET.encode() not in response.content


def test_nobody_else_gets_the_file(with_photo: Ready, client_for: Callable[[str], Client]) -> None:
    code = with_photo.accepted(parts=frozenset({"attachments"}))
    with acting(with_photo.inspector):
        (file,) = queries.received(code, with_photo.inspector).content.files
    for email in ("avim@politie.example", "af@leiden.example"):
        client = client_for(email)
        for side in ("ontvangen", "doorgezet"):
            assert client.get(f"/werk/{side}/{code}/bestanden/{file.id}/").status_code in (403, 404)
