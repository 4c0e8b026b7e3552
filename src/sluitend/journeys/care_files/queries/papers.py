"""Which rows are the papers of a care file: their pixels, sealed in its envelope and gone with it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from sluitend.journeys.care_files.models import CareFile
from sluitend.kernel.sealing.models import Attachment

OWNER = "care_file"
MOST = 40
"""So many papers one file may have: more is a file of another kind."""


def papers_of(row: CareFile) -> QuerySet[Attachment]:
    """Return every page of the papers of a file."""
    return Attachment.objects.filter(
        organisation_id=row.organisation_id, owner_kind=OWNER, owner_id=row.id, envelope_id=row.envelope_id
    )


def pages_of(row: CareFile, paper: str) -> QuerySet[Attachment]:
    """Return the pages of one paper."""
    return papers_of(row).filter(Q(pk=UUID(paper)) | Q(page_of=UUID(paper)))
