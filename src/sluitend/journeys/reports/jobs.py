"""Background work: the sweep, and the neutral mail that something waits. Arguments are ids only."""

from uuid import UUID

from sluitend.journeys.reports.actions.looking import draw_files, waiting_files
from sluitend.journeys.reports.actions.sweeping import sweep, sweep_unreadable
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.escalation import send_neutral
from sluitend.kernel.followup.jobs import PATIENT, SWEEP, after_commit, app, for_each_organisation
from sluitend.kernel.followup.mailing import to_each
from sluitend.kernel.measures import LAST_SWEEP, SWEPT
from sluitend.kernel.organisations.models import Membership, Role

TRIES = 5
EACH_HOUR = "41 * * * *"
EVERY_KIND = ("municipality", "partner", "region")


@app.periodic(cron=SWEEP)
@app.task(name="reports.sweep_all", queueing_lock="reports.sweep_all")
def sweep_all(timestamp: int) -> None:
    """Sweep every organisation in turn."""
    SWEPT.inc(sum(for_each_organisation("reports.sweep_all", _sweep, kinds=EVERY_KIND)))
    LAST_SWEEP.set_to_current_time()


@app.periodic(cron=EACH_HOUR)
@app.task(name="reports.sweep_unreadable", queueing_lock="reports.sweep_unreadable")
def try_unreadable(timestamp: int) -> None:
    """Try again, each hour, what a sweep could not read."""
    for_each_organisation("reports.sweep_unreadable", sweep_unreadable, kinds=EVERY_KIND)


@app.task(retry=TRIES)
def sweep_now(ids: list[str]) -> None:
    """Sweep these organisations at once: something acute came in."""
    for_each_organisation("reports.sweep_all", _sweep, only=[UUID(each) for each in ids])


@app.task(retry=TRIES)
def draw_file(ids: list[str]) -> None:
    """Draw the pages of one file: its organisation, and which."""
    organisation_id, file_id = map(UUID, ids)
    with acting(system_actor(organisation_id)) as actor:
        draw_files([file_id], actor=actor)


@app.task(queue="mail", retry=PATIENT)
def mail_new_work(ids: list[str]) -> None:
    """Tell the focal points of these organisations that something waits, and nothing else."""
    for identity in ids:
        with acting(system_actor(UUID(identity))):
            addresses = sorted(_focal_addresses(UUID(identity)))
        to_each(addresses, send_neutral)


def _sweep(actor: Actor) -> int:
    """Sweep one organisation and return how many reports were new."""
    swept = sweep(actor)
    if swept.brings_work and actor.organisation_id is not None:
        after_commit(mail_new_work, actor.organisation_id)
    for file_id in waiting_files(actor):
        after_commit(draw_file, actor.own_organisation, file_id)
    return swept.reports


def _focal_addresses(organisation_id: UUID) -> set[str]:
    roles = [Role.FOCAL_POINT, Role.DEPUTY]
    rows = Membership.objects.valid().filter(
        organisation_id=organisation_id, role__in=roles, account__is_active=True
    )
    return set(rows.values_list("account__email", flat=True))
