"""What the asker is promised: from the answers and the clock of the office, when the request comes in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from sluitend.kernel.followup.deadlines import end_of, is_working_day
from sluitend.kernel.handbook.requesting import Answers, CareRequest

TODAY, OUT_OF_HOURS, ON_CALL, NEXT_DAY = "today", "out_of_hours", "on_call", "next_day"
AFTER_HOURS = frozenset({OUT_OF_HOURS, ON_CALL})


@dataclass(frozen=True)
class Promised:
    """Which sentence, and until when the first step stands; None where that is the term of the handbook.

    `at` is the minute in which it came in, kept of what is hurried alone. `number` is that of who is on call.
    """

    name: str
    due: datetime | None = None
    at: str = ""
    number: str = ""

    @property
    def hurried(self) -> bool:
        """Whether it goes before everything else."""
        return self.due is not None


def promised(form: CareRequest, given: Answers, *, on_call: Callable[[], str]) -> Promised:
    """Return what is promised now: what counts is when it comes in, not when somebody began to write it.

    Args:
        form: of the handbook.
        given: the answers.
        on_call: gives the number of who is on call now, or nothing: then nobody is promised.
    """
    if not form.is_hurried(given):
        return Promised(NEXT_DAY)
    now = timezone.localtime().replace(second=0, microsecond=0)
    at = now.isoformat(timespec="minutes")
    if is_working_day(now.date()) and now.time() < time.fromisoformat(form.before):
        return Promised(TODAY, end_of(now.date(), form.before), at)
    # Whoever is on duty has it at once: it climbs until somebody is reached.
    number = on_call()
    return Promised(ON_CALL if number else OUT_OF_HOURS, now, at, number)
