"""Danger that the sender of a transfer hears, where the reporter still knocks: on to who has the case.

Before it was accepted the outside of the transfer says so. After it, the new owner has something to read now,
and its case hears it.
"""

from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.exchanges import jobs, rows
from sluitend.journeys.exchanges.actions.telling import OWN_SIDE, TAKEN, add_message
from sluitend.journeys.exchanges.journey import LOOK_AT_TRANSFER, TRANSFER, TRANSFER_NEWS
from sluitend.journeys.exchanges.models import Exchange, Transfer
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.followup import actions as followup
from sluitend.kernel.followup.deadlines import news_due
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.organisations.models import Organisation, Role


def pass_on_heard(actor: Actor) -> int:
    """Let other municipalities hear what was heard here of cases that they took, or are asked to take.

    Args:
        actor: the system, acting for the municipality that handed over. Twice is harmless.

    Returns:
        How much there was.
    """
    found = cases.heard_for_others(actor)
    for told in found:
        with fenced():
            _pass_on(told, actor)
    if found:
        followup.settle()
    return len(found)


@in_dutch()
def _pass_on(told: cases.Onward, actor: Actor) -> None:
    row = Transfer.objects.select_for_update(of=("self",)).get(
        pk=told.transfer_id, organisation_id=actor.own_organisation
    )
    if row.state not in (Exchange.State.SENT, *TAKEN):
        cases.note_onward(told, text="", actor=actor)
        return
    row.urgency = Urgency.NOW if told.acute else row.urgency
    row.minor = row.minor or told.minor
    asked = Organisation.objects.get(code=row.municipality).name
    said = _("%(code)s: doorgegeven aan %(who)s") % {"code": row.code, "who": asked}
    if row.recipient_id is None:
        said = _("%(code)s: bel %(who)s") % {"code": row.code, "who": asked}
    if row.state in TAKEN:
        _write(row, told, actor)
    else:
        rows.save_turn(row, "urgency", "minor")
    if row.recipient_id:
        after_commit(jobs.let_case_hear, row.id, row.recipient_id)
    rows.note(row, actor=actor, action=TRANSFER_FOLLOW, purpose="onward")
    cases.note_onward(told, text=said, actor=actor)


def _write(row: Transfer, told: cases.Onward, actor: Actor) -> None:
    """Give the new owner something to read now; where that one has no account, somebody here must ring."""
    reader, sends = row.recipient_id or row.organisation_id, row.recipient_id is None
    if row.recipient_id:
        add_message(row, _said(told), actor=actor)
    step = followup.add_for_other(
        row=row,
        subject_kind=TRANSFER,
        what=TRANSFER_NEWS,
        due=news_due(acute=told.acute),
        actor=actor,
        organisation_id=reader,
        owner_role=Role.FOCAL_POINT,
        urgent=told.acute,
        minor=told.minor,
        because=Because.TRANSFER if row.recipient_id else Because.MESSAGE,
    )
    step_field, closed = OWN_SIDE[sends]
    changed = ["urgency", "minor"]
    if getattr(row, closed) is not None:
        setattr(row, step_field, step.id)
        setattr(row, closed, None)
        changed += [step_field, closed]
    rows.save_turn(row, *changed)
    after_commit(jobs.tell, reader)


def _said(told: cases.Onward) -> str:
    what = _("Wij hoorden na de overdracht dat er nu gevaar is.")
    if told.minor:
        what = _("Wij hoorden na de overdracht dat het over een kind gaat.")
    if told.minor and told.acute:
        what = _("Wij hoorden na de overdracht dat er nu gevaar is, en dat het over een kind gaat.")
    more = _("Wij lezen wat er staat en schrijven u daarna. Bel ons als dat te lang duurt.")
    return f"{what} {more}"


def hear_onward(transfer_id: UUID, actor: Actor) -> None:
    """Let the own side hear it: the case that was made of a transfer, or who still has to decide.

    Args:
        actor: the system, acting for the municipality that took the case, or is asked to. Twice is harmless.
    """
    row = (
        Transfer.objects.select_for_update(of=("self",))
        .filter(pk=transfer_id, recipient_id=actor.own_organisation)
        .first()
    )
    if row is None:
        return
    acute = row.urgency == Urgency.NOW
    if row.state in TAKEN:
        case_id = rows.case_of(row, actor).case_id
        cases.hear_from_sender(case_id, actor, acute=acute, minor=row.minor, told=row.code)
        return
    if row.state == Exchange.State.SENT:
        followup.plan(
            row=row,
            subject_kind=TRANSFER,
            what=LOOK_AT_TRANSFER,
            due=news_due(acute=acute),
            actor=actor,
            owner_role=Role.FOCAL_POINT,
            urgent=acute,
            minor=row.minor,
            because=Because.TRANSFER,
            step_field="recipient_step",
            organisation_id=actor.own_organisation,
        )
        rows.save_turn(row, "recipient_step_id")
        followup.settle()
