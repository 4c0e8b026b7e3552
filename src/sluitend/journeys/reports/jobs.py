"""Background work: the sweep, the end of a day, the mail that something waits. Arguments are ids only."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sluitend.journeys.reports.actions.looking import draw_files, waiting_files
from sluitend.journeys.reports.actions.night import clean_up, end_day, to_be_told
from sluitend.journeys.reports.actions.sweeping import sweep, sweep_unreadable
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.followup.deadlines import is_working_day
from sluitend.kernel.followup.digest import send_or_hold
from sluitend.kernel.followup.escalation import send_neutral
from sluitend.kernel.followup.jobs import PATIENT, SWEEP, after_commit, app, for_each_organisation
from sluitend.kernel.ledger.actions import take_in as take_in_lines
from sluitend.kernel.ledger.chain import link_all
from sluitend.kernel.measures import LAST_SWEEP, SWEPT
from sluitend.kernel.organisations.models import PLATFORM_ID, Role
from sluitend.kernel.organisations.queries import written_to

TRIES = 5
MAIL_HOURS = (9, 12, 15)
AFTER_THE_DAY = "46 * * * *"
EACH_HOUR = "41 * * * *"
EVERY_KIND = ("municipality", "partner", "region")


@app.periodic(cron=SWEEP)
@app.task(name="reports.sweep_all", queueing_lock="reports.sweep_all")
def sweep_all(timestamp: int) -> None:
    """Sweep every organisation in turn."""
    for_each_organisation("reports.sweep_all", _sweep, kinds=EVERY_KIND)
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


@app.periodic(cron=AFTER_THE_DAY)
@app.task(name="reports.end_day", queueing_lock="reports.end_day")
def end_days(timestamp: int) -> None:
    """Each hour, of days that are over: write what came in anew, and give its lines their place, shuffled.

    The first hour of the night does so, or the first in which a worker is there.
    """
    try:
        SWEPT.inc(sum(for_each_organisation("reports.end_day", _end_day, kinds=EVERY_KIND)))
    finally:  # one organisation that fails keeps no line from its place
        with acting(system_actor(PLATFORM_ID)):
            take_in_lines()
        try:
            link_all()
        finally:
            clean_up()


@app.periodic(cron="0 * * * *")
@app.task(name="reports.tell", queueing_lock="reports.tell")
def tell_at_the_hour(timestamp: int) -> None:
    """Mail who has something new, at fixed hours of a work day: the mail does not tell when it came in."""
    at = timezone.localtime(datetime.fromtimestamp(timestamp, timezone.get_current_timezone()))
    now = at.hour in MAIL_HOURS and is_working_day(at.date())
    for_each_organisation("reports.tell", _tell if now else _wait, kinds=EVERY_KIND)


@app.task(queue="mail", retry=PATIENT)
def mail_new_work(ids: list[str]) -> None:
    """Tell who takes it up at these organisations that something waits, and nothing else."""
    for identity in ids:
        with acting(system_actor(UUID(identity))):
            told = written_to(UUID(identity), [Role.FOCAL_POINT, Role.DEPUTY, Role.PARTNER])
        send_or_hold((address for address, _language in told), [UUID(identity)], send_neutral)


def _sweep(actor: Actor) -> None:
    """Sweep one organisation; who must know at once that something acute came in gets mail now."""
    sweep(actor)
    _tell(actor, acute=True)
    for file_id in waiting_files(actor):
        after_commit(draw_file, actor.own_organisation, file_id)


def _end_day(actor: Actor) -> int:
    sweep(actor)
    return end_day(actor)


def _tell(actor: Actor, *, acute: bool = False) -> None:
    if to_be_told(actor, acute=acute):
        after_commit(mail_new_work, actor.own_organisation)


def _wait(actor: Actor) -> None:
    """Leave what is new for the next hour of the mail."""
