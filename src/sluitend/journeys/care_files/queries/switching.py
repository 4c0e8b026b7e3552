"""Which care file an organisation keeps."""

from dataclasses import dataclass
from uuid import UUID

from sluitend.journeys.care_files.journey import CARE_FILE_MODE
from sluitend.journeys.care_files.models import FileMode
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation, Role

State = FileMode.State


@dataclass(frozen=True)
class ModePage:
    """What an administrator sees: how it stands. Never how many files there are."""

    state: str
    state_words: str


def file_state(organisation_id: UUID) -> str:
    """Return which file an organisation keeps. Without a handbook of it there is only the thin one."""
    if not current_release().pack.file_sections:
        return State.THIN
    rows = FileMode.objects.filter(organisation_id=organisation_id)
    return rows.values_list("state", flat=True).first() or State.THIN


def chooses_file(actor: Actor) -> bool:
    """Tell whether somebody chooses which file an organisation keeps: as administrator of who has files."""
    if Role.ADMINISTRATOR not in actor.roles or actor.organisation_kind != Organisation.Kind.PARTNER:
        return False
    pack = current_release().pack
    partner = pack.care_coordination
    return bool(pack.file_sections) and partner is not None and partner.id == actor.organisation_code


def mode_page(actor: Actor) -> ModePage:
    """Return how it stands.

    Raises:
        Absent: this organisation has no care files.
    """
    require_role(actor, CARE_FILE_MODE)
    if not chooses_file(actor):
        raise Absent
    state = file_state(actor.own_organisation)
    return ModePage(state, str(State(state).label))
