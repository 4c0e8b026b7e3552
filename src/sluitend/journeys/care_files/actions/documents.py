"""Papers that somebody brought, kept with the whole file: as pixels, for those who work there alone."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.switching import require_whole
from sluitend.journeys.care_files.actions.working import on_file
from sluitend.journeys.care_files.journey import CARE_FILE_WRITE
from sluitend.journeys.care_files.queries.papers import MOST, OWNER, pages_of
from sluitend.journeys.care_files.whole import Document
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.sealing import attachments
from sluitend.kernel.sealing.uploads import Upload


def keep_document(*, code: str, actor: Actor, title: str, upload: Upload, revision: int | None) -> None:
    """Keep a paper with a file. Of what was sent nothing is kept but what can be seen of it.

    Raises:
        DomainError: the whole file is off, the person wants no help, there is no title, there are too many,
            or it cannot be drawn.
        Conflict: somebody else wrote in the file first.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision, first=True) as it:
        require_whole(actor)
        it.require_help()
        whole = it.whole
        if not title.strip():
            raise DomainError(_("Schrijf wat dit is."), "title")
        if len(whole.documents) >= MOST:
            raise DomainError(_("Een dossier heeft hoogstens %(n)d documenten.") % {"n": MOST}, "upload")
        try:
            kept = attachments.store(
                upload,
                it.envelope,
                actor.own_organisation,
                attachments.Sender.COLLEAGUE,
                owner_kind=OWNER,
                owner_id=it.row.id,
            )
        except attachments.FileRefused as error:
            raise DomainError(error.message, "upload") from error
        paper = Document(str(kept.id), title.strip(), timezone.localdate().isoformat())
        it.whole = replace(whole, documents=(*whole.documents, paper))
        it.go_on()


def take_away_document(*, code: str, actor: Actor, document: str, revision: int | None) -> None:
    """Take a paper away for good.

    Raises:
        Conflict: there is no such paper, or somebody else wrote in the file first.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision, first=True) as it:
        whole = it.whole
        found = whole.document(document)
        if found is None:
            raise Conflict
        pages_of(it.row, found.id).delete()
        it.whole = replace(whole, documents=tuple(each for each in whole.documents if each != found))
        it.go_on()
