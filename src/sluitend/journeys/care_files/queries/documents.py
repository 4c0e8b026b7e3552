"""The papers of a care file, as who works there sees them; each look is logged."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sluitend.journeys.care_files.content import day_of
from sluitend.journeys.care_files.journey import CARE_FILE_EXPORT, CARE_FILE_READ
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.queries.papers import OWNER, pages_of, papers_of
from sluitend.journeys.care_files.queries.reading import Opened, opened
from sluitend.journeys.care_files.queries.switching import State, file_state
from sluitend.journeys.care_files.whole import Document
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.sealing import pixels
from sluitend.kernel.sealing.attachments import FileRefused, read_chunks
from sluitend.kernel.sealing.downloads import FileContent
from sluitend.kernel.sealing.envelopes import OpenEnvelope
from sluitend.kernel.sealing.models import Attachment


@dataclass(frozen=True)
class Paper:
    """One paper: its name, the day on which it came, and its pages."""

    id: str
    name: str
    on: date | None
    pages: tuple[UUID, ...]


@dataclass(frozen=True)
class Papers:
    """All papers of a file, the newest first."""

    code: str
    revision: int
    papers: tuple[Paper, ...]
    may_write: bool


def documents(code: str, actor: Actor) -> Papers:
    """Return the papers of a file, opened and logged.

    Raises:
        Absent: there is no such file here, or its organisation keeps the thin one.
    """
    found = opened(code, actor, CARE_FILE_READ, purpose="documents")
    state = file_state(actor.own_organisation)
    if state == State.THIN:
        raise Absent
    pages: dict[str, list[UUID]] = {}
    for row in sorted(papers_of(found.row), key=lambda each: each.page or 1):
        pages.setdefault(str(row.page_of or row.id), []).append(row.id)
    papers = (
        Paper(each.id, each.title, day_of(each.on), tuple(pages.get(each.id, ())))
        for each in reversed(found.whole.documents)
    )
    may_write = state == State.WHOLE and found.row.closed is None
    return Papers(found.row.code, found.row.revision, tuple(papers), may_write)


def document_page(code: str, page: UUID, actor: Actor) -> bytes:
    """Return one page as JPEG, opened and logged.

    Raises:
        Absent: there is no such page in a file of this code here.
    """
    found = opened(code, actor, CARE_FILE_READ, purpose="document")
    row = papers_of(found.row).filter(pk=page).first()
    if row is None:
        raise Absent
    return _content(row, found.envelope)


def take_document(code: str, document: str, actor: Actor) -> FileContent:
    """Return one paper as a PDF to take along, logged. No other export has it.

    Raises:
        Absent: there is no such paper.
    """
    found = opened(code, actor, CARE_FILE_EXPORT, purpose="document")
    paper = found.whole.document(document)
    if paper is None:
        raise Absent
    pages = list(_pages(found, paper))
    number = found.whole.documents.index(paper) + 1
    return FileContent(f"{code}-{number}.pdf", "application/pdf", pixels.as_pdf(pages))


def papers_as_data(found: Opened) -> list[dict[str, Any]]:
    """Return the papers of a file with what is seen on them, for who chose to take them along."""
    return [
        {
            "title": each.title,
            "on": each.on,
            "pages": [b64encode(page).decode() for page in _pages(found, each)],
        }
        for each in found.whole.documents
    ]


def papers_kept(actor: Actor) -> int:
    """Return how many papers there are in all files of the organisation. Opens nothing."""
    files = CareFile.objects.filter(organisation_id=actor.own_organisation, whole__isnull=False)
    rows = Attachment.objects.filter(
        organisation_id=actor.own_organisation, owner_kind=OWNER, owner_id__in=files.values("id")
    )
    return rows.filter(page_of=None).count()


def _pages(found: Opened, paper: Document) -> Iterator[bytes]:
    rows = sorted(pages_of(found.row, paper.id), key=lambda each: each.page or 1)
    return (_content(each, found.envelope) for each in rows)


def _content(row: Attachment, envelope: OpenEnvelope) -> bytes:
    try:
        return b"".join(read_chunks(row, envelope))
    except FileRefused as error:
        raise Absent from error
