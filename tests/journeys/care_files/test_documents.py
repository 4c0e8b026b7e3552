"""Papers with the whole file: pixels alone, for who works there, gone with the file, along by choice."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from PIL import Image
from tests import roles, samples
from tests.journeys.care_files.test_files import COORDINATOR, ClientFor, begun, do, seen
from tests.kernel.sealing.samples import picture
from tests.reading import as_read

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.queries.papers import papers_of
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.access.errors import Absent, Conflict, DomainError
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.organisations.models import Account, Role
from sluitend.kernel.sealing.envelopes import destroy
from sluitend.kernel.sealing.models import Attachment, AttachmentChunk

pytestmark = pytest.mark.django_db
PLANT = "loonstrook-kapsalon"


@pytest.fixture
def coordinator(region: Any) -> Actor:
    found = samples.actor(COORDINATOR)
    with acting(found):
        samples.keep_whole_files(found)
    return found


@pytest.fixture
def code(coordinator: Actor) -> str:
    return begun(coordinator)[1]


@pytest.fixture
def browser(coordinator: Actor, client_for: ClientFor) -> Client:
    return client_for(COORDINATOR)


def photo(name: str = "foto.jpg", content: bytes = b"") -> SimpleUploadedFile:
    kind = "video/mp4" if name.endswith("mp4") else "image/jpeg"
    return SimpleUploadedFile(name, content or picture(), kind)


def keep(actor: Actor, code: str, revision: int | None = None) -> None:
    do(actor, actions.keep_document, code=code, title=PLANT, upload=photo(), revision=revision)


def papers(actor: Actor, code: str) -> tuple[Any, ...]:
    with acting(actor):
        return queries.documents(code, actor).papers


def rows(actor: Actor, code: str) -> int:
    with acting(actor):
        return papers_of(CareFile.objects.get(code=code)).count()


def test_a_paper_is_kept_as_pixels_and_seen_by_who_works_there_alone(
    coordinator: Actor, code: str, browser: Client, client_for: ClientFor
) -> None:
    page = f"/werk/zorg/dossier/{code}/documenten/"
    assert "Hier staat nog niets." in browser.get(page).text
    sent = {"title": PLANT, "upload": photo("origineel.jpg")}
    assert browser.post(f"{page}bewaar/", sent).status_code == 302
    (paper,) = papers(coordinator, code)
    shown = browser.get(page).text
    assert PLANT in shown
    assert "origineel" not in shown
    answer = browser.get(f"{page}{paper.pages[0]}/")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert not Image.open(io.BytesIO(answer.content)).getexif()
    with acting(coordinator):
        assert set(Attachment.objects.values_list("shown", flat=True)) == {"pixels"}
        assert Event.objects.filter(action="care_file.read", purpose="document").count() == 1
    assert "Er is één document." in as_read(browser.get(f"/werk/zorg/dossier/{code}/").text)
    for email in ("af@westland.example", "avim@politie.example", "regio@rsiv.example"):
        for path in (page, f"{page}{paper.pages[0]}/"):
            assert client_for(email).get(path).status_code in (403, 404)


def test_a_page_of_one_file_is_not_there_under_another(coordinator: Actor, code: str) -> None:
    keep(coordinator, code)
    (paper,) = papers(coordinator, code)
    other = begun(coordinator)[1]
    with acting(coordinator), pytest.raises(Absent):
        queries.document_page(other, paper.pages[0], coordinator)
    with acting(coordinator), pytest.raises(Absent):
        queries.take_document(other, paper.id, coordinator)


@pytest.mark.parametrize(
    ("name", "content", "title", "said"),
    [
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42" + b"0" * 64, "Film", "geen plaatje maken"),
        ("foto.jpg", picture()[:60], "Foto", ""),
        ("foto.jpg", b"MZ geen foto", "Foto", ""),
        ("foto.jpg", b"", "", "Schrijf wat dit is."),
        ("foto.jpg", b"", "Kerkstraat 12, 2512 AB Den Haag", "adres"),
    ],
)
def test_what_cannot_be_kept_leaves_nothing_and_says_why(
    coordinator: Actor, code: str, browser: Client, name: str, content: bytes, title: str, said: str
) -> None:
    sent = {"title": title, "upload": photo(name, content)}
    answer = browser.post(f"/werk/zorg/dossier/{code}/documenten/bewaar/", sent)
    assert answer.status_code == 422
    assert said in as_read(answer.text)
    assert rows(coordinator, code) == 0


def test_of_two_at_once_one_is_told_and_what_is_taken_away_is_gone(coordinator: Actor, code: str) -> None:
    now = seen(coordinator, code).revision
    keep(coordinator, code, revision=now)
    with pytest.raises(Conflict):
        keep(coordinator, code, revision=now)
    (paper,) = papers(coordinator, code)
    do(coordinator, actions.take_away_document, code=code, document=paper.id, revision=None)
    assert rows(coordinator, code) == 0
    with acting(coordinator):
        assert not AttachmentChunk.objects.exists()
        assert CareFile.objects.get(code=code).whole is None
    with pytest.raises(Conflict):
        do(coordinator, actions.take_away_document, code=code, document=paper.id, revision=None)


def test_no_export_has_it_but_that_which_was_chosen(coordinator: Actor, code: str, browser: Client) -> None:
    keep(coordinator, code)
    (paper,) = papers(coordinator, code)
    for kind in ("json", "csv", "pdf"):
        taken = browser.post(f"/werk/zorg/dossier/{code}/bestand/{kind}/")
        assert taken.status_code == 200
        assert PLANT.encode() not in taken.content
    chosen = browser.post(f"/werk/zorg/dossier/{code}/documenten/{paper.id}/meenemen/")
    assert chosen.content.startswith(b"%PDF")
    assert PLANT not in chosen.headers["Content-Disposition"]


def test_the_copy_for_the_person_says_which_papers_there_are(coordinator: Actor, code: str) -> None:
    def copied() -> dict[str, list[str]]:
        copy = do(coordinator, actions.give_copy, code=code, language="nl", safe="no")
        page = do(coordinator, queries.copy_page, code=code, copy=copy)
        return {
            each.heading.text: [words.text for line in each.lines for words in (line.label, *line.words)]
            for each in page.sections
        }

    assert "Documenten bij ons" not in copied()
    keep(coordinator, code)
    today = date_format(timezone.localdate(), "j F Y")
    assert copied()["Documenten bij ons"] == [PLANT, f"Wij kregen dit op {today}."]


def test_with_the_file_its_papers_are_destroyed(coordinator: Actor, code: str) -> None:
    keep(coordinator, code)
    with acting(coordinator), transaction.atomic():
        destroy(CareFile.objects.get(code=code).envelope_id)
        assert not Attachment.objects.exists()
        assert not AttachmentChunk.objects.exists()
        # The row of the file itself goes before its envelope does; this looks at the papers alone.
        transaction.set_rollback(True)


def test_going_back_to_the_thin_file_takes_them_along_by_choice_and_away(
    coordinator: Actor, code: str, browser: Client
) -> None:
    keep(coordinator, code)
    account = Account.objects.create_user("beheer@shop.example", "Joris Maas", "lang-genoeg-woord")
    roles.give(account.pk, coordinator.own_organisation, Role.ADMINISTRATOR)
    do(samples.actor("beheer@shop.example"), actions.ask_back)
    with pytest.raises(DomainError, match="staat uit"):
        keep(coordinator, code)
    back = "/werk/zorgdossiers/dun/"
    assert "ook het ene document" in as_read(browser.get(back).text)
    assert "documents" not in json.loads(browser.post(f"{back}meenemen/").content)[0]
    (taken,) = json.loads(browser.post(f"{back}meenemen/", {"papers": "yes"}).content)
    assert [(each["title"], len(each["pages"])) for each in taken["documents"]] == [(PLANT, 1)]
    (paper,) = papers(coordinator, code)
    browser.post(f"{back}verwijderen/")
    assert rows(coordinator, code) == 0
    path = f"/werk/zorg/dossier/{code}/documenten/"
    assert browser.get(path).status_code == 404
    assert browser.get(f"{path}{paper.pages[0]}/").status_code == 404


def test_in_a_closed_file_they_are_read_and_no_more_are_kept(coordinator: Actor, code: str) -> None:
    keep(coordinator, code)
    do(coordinator, actions.close, code=code, end="safe_own", revision=None)
    assert len(papers(coordinator, code)) == 1
    with pytest.raises(DomainError, match="gesloten"):
        keep(coordinator, code)
