"""Danger that the sender of a transfer hears, where the reporter still knocks: on to who has the case.

Before it was accepted the outside of the transfer says so. After it, the new owner has something to read now,
and its case hears it.
"""

from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import TRANSFER_FOLLOW
from sluitend.journeys.exchanges import jobs
from sluitend.journeys.exchanges.actions.telling import add_message
from sluitend.journeys.exchanges.journey import LOOK_AT_TRANSFER, TRANSFER, TRANSFER_NEWS
from sluitend.journeys.exchanges.models import TAKEN, Transfer
from sluitend.journeys.exchanges.queries.own_cases import case_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.verbs import Work, changing, on
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
        with fenced(), followup.one_unit():
            _pass_on(told, actor)
    return len(found)


@in_dutch()
def _pass_on(told: cases.Onward, actor: Actor) -> None:
    row = Transfer.objects.select_for_update(of=("self",)).get(
        pk=told.transfer_id, organisation_id=actor.own_organisation
    )
    if row.state not in (State.SENT, *TAKEN):
        cases.note_onward(told, text="", actor=actor)
        return
    with on(row, actor, TRANSFER_FOLLOW, purpose="onward") as it:
        row.urgency = Urgency.NOW if told.acute else row.urgency
        row.minor = row.minor or told.minor
        if row.state in TAKEN:
            _write(it, told)
        if row.recipient_id:
            after_commit(jobs.let_case_hear, row.id, row.recipient_id)
    asked = Organisation.objects.get(code=row.municipality).name
    said = _("%(code)s: doorgegeven aan %(who)s") % {"code": row.code, "who": asked}
    if row.recipient_id is None:
        said = _("%(code)s: bel %(who)s") % {"code": row.code, "who": asked}
    cases.note_onward(told, text=said, actor=actor)


def _write(it: Work[Transfer], told: cases.Onward) -> None:
    """Give the new owner something to read now; where that one has no account, somebody here must ring."""
    row, reader = it.row, it.row.recipient_id or it.row.organisation_id
    if row.recipient_id:
        add_message(row, _said(told), actor=it.actor)
    step = followup.add_for_other(
        row=row,
        subject_kind=TRANSFER,
        what=TRANSFER_NEWS,
        due=news_due(acute=told.acute),
        actor=it.actor,
        organisation_id=reader,
        owner_role=Role.FOCAL_POINT,
        urgent=told.acute,
        minor=told.minor,
        because=Because.TRANSFER if row.recipient_id else Because.MESSAGE,
    )
    it.reopen(step)
    it.told.add(reader)


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
    if row.state in TAKEN:
        case_id = case_of(row, actor).case_id
        cases.hear_from_sender(case_id, actor, acute=row.acute, minor=row.minor, told=row.code)
    elif row.state == State.SENT:
        with followup.one_unit(), changing(row):
            followup.plan(
                row=row,
                subject_kind=TRANSFER,
                what=LOOK_AT_TRANSFER,
                due=news_due(acute=row.acute),
                actor=actor,
                owner_role=Role.FOCAL_POINT,
                urgent=row.acute,
                minor=row.minor,
                because=Because.TRANSFER,
                step_field="recipient_step",
                organisation_id=actor.own_organisation,
            )
