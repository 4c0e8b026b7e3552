"""Half years. What is told about the region is told of one that is over, once."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

PERIODS = 4


@dataclass(frozen=True)
class Period:
    """Half a year that is over. Halves do not overlap and are never added up."""

    year: int
    half: int

    @property
    def key(self) -> str:
        """What stands in the address."""
        return f"{self.year}-{self.half}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def words(self) -> str:
        """What it is called."""
        return (_("Eerste helft van %(year)d") if self.half == 1 else _("Tweede helft van %(year)d")) % {
            "year": self.year
        }

    def before(self) -> "Period":
        """Return the half year before this one."""
        day = self.first - timedelta(days=1)
        return Period(day.year, 1 if day.month <= 6 else 2)


def periods(today: date | None = None) -> list[Period]:
    """Return the last half years that are over, the newest first."""
    day = today or timezone.localdate()
    found = [Period(day.year, 1 if day.month <= 6 else 2).before()]
    while len(found) < PERIODS:
        found.append(found[-1].before())
    return found
