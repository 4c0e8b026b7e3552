"""Files that go along with a transfer, and the one page for a municipality without an account."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from tests import samples
from tests.journeys.exchanges.situations import NIEUWKOOP, THE_HAGUE, Between
from tests.journeys.referrals.test_files import SECRET, photo

from sluitend.journeys.exchanges import actions, offers, queries
from sluitend.journeys.exchanges.sheets import sheet_of_transfer
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import Report
from sluitend.kernel.access.acting import NOBODY, acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.models import Attachment

pytestmark = pytest.mark.django_db
type Clients = Callable[[str], Client]
AF, RECEIVER = "af@westland.example", "af@denhaag.example"


@pytest.fixture
def with_photos(db: None) -> Between:
    """A case with two photos, of which somebody chose that another municipality takes it over."""
    westland = Organisation.objects.get(code="GM1783")
    with acting(NOBODY):
        filing = reports.Filing(
            organisation_id=westland.id,
            content=samples.content(),
            anonymity="named",
            uploads=(photo(), photo()),
        )
        filed = reports.file_report(filing)
    with acting(system_actor(westland.id)) as system:
        reports.sweep(system)
        code = Report.objects.get(pk=filed.report_id).code
    who = samples.actor(AF)
    case = samples.take_in(code, who)
    samples.weigh(case, who)
    samples.let_go(case, who)
    return Between(case, who, samples.actor(RECEIVER))


def offer_of(between: Between) -> offers.TransferOffer:
    """Return what can go along."""
    with acting(between.sender):
        return offers.transfer_offer(between.case, between.sender)


def send(between: Between, files: frozenset[str], *, to: str = THE_HAGUE) -> str:
    """Send the transfer with these files."""
    offer = offer_of(between)
    choice = offers.TransferChoice(
        municipality=to,
        way="secure_mail",
        basis=offer.bases[0].id,
        purpose=offer.purposes[0].id,
        answer_by=timezone.localdate() + timedelta(days=7),
        parts=frozenset({offer.allowed[0].id}),
        explanation="De schuur staat daar",
        files=files,
    )
    with acting(between.sender):
        return actions.send_transfer(case_code=between.case, choice=choice, actor=between.sender)


def one_of(between: Between) -> frozenset[str]:
    """Return the id of the first file that can go."""
    return frozenset({offer_of(between).files[0].id})


def test_only_what_is_ticked_goes_as_a_clean_copy(with_photos: Between, client_for: Clients) -> None:
    assert [each.name for each in offer_of(with_photos).files] == ["schuur van Jan.jpg"] * 2
    code = send(with_photos, one_of(with_photos))
    client, path = client_for(RECEIVER), f"/werk/overdrachten/{code}/"
    with acting(with_photos.sender):
        (sent,) = queries.sent_transfer(code, with_photos.sender).content.files
    assert "Jan" not in sent.name
    address = f"{path}bestanden/{sent.id}/"
    assert client.get(address).status_code == 404
    with_photos.do(with_photos.receiver, actions.accept_transfer, code)
    assert f'href="{address}"' in client.get(path).content.decode()
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Content-Disposition"] == f'attachment; filename="{code}-1.jpg"'
    assert SECRET.encode() not in response.content
    with_photos.do(with_photos.sender, actions.finish_transfer, code)
    assert client.get(address).content == response.content
    with acting(with_photos.receiver):
        assert Attachment.objects.count() == 1
    new = with_photos.new_case(code)
    assert new is not None
    told = "1 bestand, te openen bij de overdracht"
    assert told in client.get(f"/werk/casussen/{new.code}/").content.decode()


def test_without_a_tick_no_copy_is_made(with_photos: Between) -> None:
    code = send(with_photos, frozenset())
    with_photos.do(with_photos.receiver, actions.accept_transfer, code)
    with acting(with_photos.receiver):
        assert not Attachment.objects.exists()
        view = queries.received_transfer(code, with_photos.receiver)
    assert view.content is not None
    assert view.content.files == ()


def test_a_file_of_another_case_does_not_go_along(with_photos: Between) -> None:
    for wrong in (str(uuid4()), "geen nummer", ""):
        with pytest.raises(DomainError) as refused:
            send(with_photos, frozenset({wrong}))
        assert refused.value.field == "attached"


def test_a_file_stays_when_the_person_does_not_want_it(with_photos: Between) -> None:
    from sluitend.journeys.cases import actions as cases

    files = one_of(with_photos)
    with acting(with_photos.sender):
        cases.record_wish(actor=with_photos.sender, code=with_photos.case, wish="no", wants="Niets")
    offer = offer_of(with_photos)
    assert offer.files == ()
    assert "wil dit niet" in offer.files_reason
    with pytest.raises(DomainError):
        send(with_photos, files)


@pytest.mark.parametrize("how", ["returned", "recalled"])
def test_what_did_not_go_over_leaves_no_file(with_photos: Between, client_for: Clients, how: str) -> None:
    code = send(with_photos, one_of(with_photos))
    with acting(with_photos.sender):
        (file,) = queries.sent_transfer(code, with_photos.sender).content.files
    if how == "returned":
        with_photos.do(with_photos.receiver, actions.return_transfer, code, reason="too_little")
    else:
        with_photos.do(with_photos.sender, actions.recall_transfer, code, reason="mistake")
    address = f"/werk/overdrachten/{code}/bestanden/{file.id}/"
    assert client_for(RECEIVER).get(address).status_code == 404
    assert client_for(AF).get(address).status_code == 200


def test_nobody_else_gets_the_file(with_photos: Between, client_for: Clients) -> None:
    code = send(with_photos, one_of(with_photos))
    with_photos.do(with_photos.receiver, actions.accept_transfer, code)
    with acting(with_photos.sender):
        (file,) = queries.sent_transfer(code, with_photos.sender).content.files
        original = Attachment.objects.filter(owner_kind="report").first()
    assert original is not None
    for email in ("af@leiden.example", "nla@arbeidsinspectie.example", "toezicht@westland.example"):
        address = f"/werk/overdrachten/{code}/bestanden/{file.id}/"
        assert client_for(email).get(address).status_code in (403, 404)
    for email in (AF, RECEIVER):  # an original is no part of the transfer
        address = f"/werk/overdrachten/{code}/bestanden/{original.id}/"
        assert client_for(email).get(address).status_code == 404


def test_a_municipality_without_an_account_gets_one_page(with_photos: Between, client_for: Clients) -> None:
    code = send(with_photos, one_of(with_photos), to=NIEUWKOOP)
    path = f"/werk/overdrachten/{code}/"
    client = client_for(AF)
    assert f'href="{path}blad.pdf"' in client.get(path).content.decode()
    response = client.get(f"{path}blad.pdf")
    assert response["Content-Disposition"] == f'attachment; filename="{code}.pdf"'
    pdf = pikepdf.open(io.BytesIO(response.content))
    assert len(pdf.pages) == 1
    assert str(pdf.Root.Lang) == "nl"
    with acting(with_photos.sender):
        view = queries.sent_transfer(code, with_photos.sender)
    page = sheet_of_transfer(view)
    assert (page.code, page.question) == (code, "De schuur staat daar")
    assert {line.text for line in page.lines} == {part.text for part in view.content.parts}
    assert with_photos.case not in repr(page)
    assert "Jo " not in repr(replace(page, intro=""))
    assert client_for(RECEIVER).get(f"{path}blad.pdf").status_code == 404
