"""All whole files of an organisation, to take along before what the thin file does not keep is deleted."""

import json
from dataclasses import dataclass

from sluitend.journeys.care_files.journey import CARE_FILE_EXPORT, CARE_FILE_THIN
from sluitend.journeys.care_files.models import CareFile, FileMode
from sluitend.journeys.care_files.queries.documents import papers_as_data, papers_kept
from sluitend.journeys.care_files.queries.reading import opened
from sluitend.journeys.care_files.queries.taking import as_data
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.sealing.downloads import FileContent

NAME = "zorgdossiers.json"


@dataclass(frozen=True)
class GoingBack:
    """What somebody sees who deletes: how much there is, and whether they took the copy along."""

    files: int
    taken: bool
    own: bool
    """Whether this is who asked for it."""
    papers: int
    """How many documents there are."""


def going_back(actor: Actor) -> GoingBack:
    """Return how it stands with going back to the thin file.

    Raises:
        Absent: nobody asked for that.
    """
    mode = _asked(actor)
    return GoingBack(
        files=len(_codes(actor)),
        taken=mode.taken_by_id == actor.own_account,
        own=mode.asked_by_id == actor.own_account,
        papers=papers_kept(actor),
    )


def take_whole_files(actor: Actor, *, papers: bool = False) -> FileContent:
    """Return all whole files in one file; each of them is logged.

    Args:
        papers: whether their documents go along.

    Raises:
        Absent: nobody asked to go back.
    """
    _asked(actor)
    files = (opened(code, actor, CARE_FILE_EXPORT, purpose="going_back") for code in _codes(actor))
    found = [as_data(each) | ({"documents": papers_as_data(each)} if papers else {}) for each in files]
    return FileContent(NAME, "application/json", json.dumps(found, ensure_ascii=False, indent=2).encode())


def _asked(actor: Actor) -> FileMode:
    require_role(actor, CARE_FILE_THIN)
    rows = FileMode.objects.filter(organisation_id=actor.own_organisation, state=FileMode.State.BACK)
    found = rows.first()
    if found is None:
        raise Absent
    return found


def _codes(actor: Actor) -> list[str]:
    rows = CareFile.objects.filter(organisation_id=actor.own_organisation, whole__isnull=False)
    return list(rows.order_by("opened", "code").values_list("code", flat=True))
