"""What changes what the region keeps of help."""

from sluitend.journeys.assurance.actions.assuring import (
    change_assured,
    count_places,
    end_assured,
    record_assured,
    remind_of_ends,
)
from sluitend.journeys.assurance.actions.releasing import release_figures
from sluitend.journeys.assurance.agreed import Agreed

__all__ = [
    "Agreed",
    "change_assured",
    "count_places",
    "end_assured",
    "record_assured",
    "release_figures",
    "remind_of_ends",
]
