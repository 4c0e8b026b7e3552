"""Whether an organisation keeps the whole file, or the thin one. Going back takes two people and a copy."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.working import OnFile
from sluitend.journeys.care_files.journey import ACTIVITY, CARE_FILE_MODE, CARE_FILE_THIN
from sluitend.journeys.care_files.models import CareFile, FileMode
from sluitend.journeys.care_files.queries.switching import chooses_file
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent, Conflict, DomainError, barred
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.followup.deadlines import retention_day
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record

State = FileMode.State


def require_whole(actor: Actor) -> None:
    """Hold the whole file on for as long as this is done.

    Raises:
        DomainError: it is off, or about to be.
    """
    rows = FileMode.objects.select_for_update().filter(organisation_id=actor.own_organisation)
    if not rows.filter(state=State.WHOLE).exists():
        raise DomainError(_("Het volledige dossier staat uit. U kunt hier nu niets schrijven."))


def switch_on(*, actor: Actor) -> None:
    """Let the organisation keep the whole file. What was there before gets nothing by itself.

    It also ends a wish to go back.

    Raises:
        Absent: this organisation has no care files.
        Conflict: it is on already.
    """
    mode = _mode(actor)
    if mode.state == State.WHOLE:
        raise Conflict
    _change(
        mode,
        actor,
        state=State.WHOLE,
        asked=None,
        asked_by_id=None,
        taken=None,
        taken_by_id=None,
        ended_by_id=None,
    )


def ask_back(*, actor: Actor) -> None:
    """Ask to go back to the thin file. From now on nothing more is written in the whole one.

    Raises:
        Absent: this organisation has no care files.
        Conflict: it keeps no whole file, or was asked already.
    """
    mode = _mode(actor)
    if mode.state != State.WHOLE:
        raise Conflict
    _change(mode, actor, state=State.BACK, asked=timezone.now(), asked_by_id=actor.own_account)


def note_taken(*, actor: Actor) -> None:
    """Note that somebody takes a copy of all whole files along, as is done before they are deleted.

    Raises:
        Conflict: nobody asked to go back.
    """
    mode = _going_back(actor)
    _change(mode, actor, right=CARE_FILE_THIN, taken=timezone.now(), taken_by_id=actor.own_account)


def go_back(*, actor: Actor) -> None:
    """Delete what the thin file does not keep, as another person than who asked for it.

    Raises:
        Conflict: nobody asked to go back.
        DomainError: this is who asked, or did not take the copy along.
    """
    mode = _going_back(actor)
    if mode.asked_by_id == actor.own_account:
        raise barred(_("U vroeg dit zelf. Een ander verwijdert."))
    if mode.taken_by_id != actor.own_account:
        raise DomainError(_("Neem eerst alle dossiers mee. Daarna kunt u verwijderen."))
    pack = current_release().pack
    rows = CareFile.objects.filter(organisation_id=actor.own_organisation, whole__isnull=False)
    for row in rows.select_related("current_step").order_by("id"):
        _thin(row, actor, pack)
    _change(mode, actor, right=CARE_FILE_THIN, state=State.THIN, ended_by_id=actor.own_account)


def _thin(row: CareFile, actor: Actor, pack: Pack) -> None:
    with doing(OnFile(row, actor, CARE_FILE_THIN)) as it:
        it.drop_whole()
        if row.closed is None:
            it.go_on()
            return
        name = pack.request.keeps_file
        row.retention_until = retention_day(pack.retention[name], row.closed.date()) if name else None


def _mode(actor: Actor) -> FileMode:
    require_role(actor, CARE_FILE_MODE)
    if not chooses_file(actor):
        raise Absent
    return _locked(actor.own_organisation)


def _going_back(actor: Actor) -> FileMode:
    require_role(actor, CARE_FILE_THIN)
    mode = _locked(actor.own_organisation)
    if mode.state != State.BACK:
        raise Conflict
    return mode


def _locked(organisation_id: UUID) -> FileMode:
    found, _new = FileMode.objects.select_for_update().get_or_create(organisation_id=organisation_id)
    return found


def _change(mode: FileMode, actor: Actor, *, right: str = CARE_FILE_MODE, **values: Any) -> None:
    _set(mode, values)
    mode.save()
    purpose = str(mode.state)
    record(actor=actor, action=right, subject=("care_file_mode", mode.id), activity=ACTIVITY, purpose=purpose)


def _set(mode: FileMode, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(mode, name, value)
