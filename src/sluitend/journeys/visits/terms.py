"""When something is due, and how long a wait request may last: numbers of the handbook."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.visits.journey import RELEASE_VISIT
from sluitend.kernel.followup.deadlines import end_of, term_end
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.manifest import StepKind

KEEP_VISIT, KEEP_WAIT_REQUEST = "keep_visit", "keep_wait_request"
MOST_DAYS_AHEAD = 366


def pack() -> Pack:
    """Return the present handbook."""
    return current_release().pack


def due(step: StepKind) -> datetime:
    """Return when a step of this kind is due that begins now."""
    return term_end(pack().deadlines[step].term)


def release_due(day: date) -> datetime:
    """Return when a focal point should have looked: in the usual term, before the day itself ends."""
    return min(due(RELEASE_VISIT), end_of(day))


def usual_until() -> date:
    """Return until when a wait request lasts when nobody says otherwise."""
    return referrals.usual_until(pack())


def latest_until() -> date:
    """Return the last day until which a wait request can be asked at once."""
    return referrals.latest_until(pack())


def kept_until(deadline_id: str) -> date:
    """Return until when what ends today is kept."""
    return timezone.localdate() + timedelta(days=pack().deadlines[deadline_id].term.amount)


def asks_second(kind: str) -> bool:
    """Return whether by the handbook another person releases what somebody planned of this kind."""
    rule = pack().visits.get(kind)
    return rule is not None and rule.second_person


def askers() -> tuple[str, ...]:
    """Return the partners that may ask for a wait request: whoever may answer with a code that opens one."""
    now = pack()
    found = [who for code in now.feedback_codes if referrals.asks_to_wait(code) for who in code.used_by]
    return tuple(dict.fromkeys(each for each in found if each in now.partners))
