"""What the asker is promised: from the answers and the clock of the office, when the request comes in."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from sluitend.kernel.followup.deadlines import end_of, is_working_day
from sluitend.kernel.handbook.requesting import Answers, CareRequest

TODAY, OUT_OF_HOURS, NEXT_DAY = "today", "out_of_hours", "next_day"


@dataclass(frozen=True)
class Promised:
    """Which sentence, and until when the first step stands; None where that is the term of the handbook.

    `at` is the minute in which it came in, kept of what is hurried alone.
    """

    name: str
    due: datetime | None = None
    at: str = ""

    @property
    def hurried(self) -> bool:
        """Whether it goes before everything else."""
        return self.due is not None


def promised(form: CareRequest, given: Answers) -> Promised:
    """Return what is promised now.

    Args:
        form: of the handbook.
        given: the answers.
    """
    if not form.is_hurried(given):
        return Promised(NEXT_DAY)
    now = timezone.localtime().replace(second=0, microsecond=0)
    at = now.isoformat(timespec="minutes")
    if is_working_day(now.date()) and now.time() < time.fromisoformat(form.before):
        return Promised(TODAY, end_of(now.date(), form.before), at)
    # Whoever is on duty has it at once: it climbs until somebody is reached.
    return Promised(OUT_OF_HOURS, now, at)
