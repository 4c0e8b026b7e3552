"""What changes what the region keeps of help."""

from sluitend.journeys.assurance.actions.asking import (
    answer_round,
    begin_round,
    remind_askers,
    settle_rounds,
)
from sluitend.journeys.assurance.actions.assuring import (
    change_assured,
    count_places,
    end_assured,
    record_assured,
    remind_of_ends,
)
from sluitend.journeys.assurance.actions.ending import note_heard, tell_of_ends
from sluitend.journeys.assurance.actions.losing import tell_of_losses
from sluitend.journeys.assurance.actions.releasing import release_figures
from sluitend.journeys.assurance.agreed import Agreed

__all__ = [
    "Agreed",
    "answer_round",
    "begin_round",
    "change_assured",
    "count_places",
    "end_assured",
    "note_heard",
    "record_assured",
    "release_figures",
    "remind_askers",
    "remind_of_ends",
    "settle_rounds",
    "tell_of_ends",
    "tell_of_losses",
]
