"""A request that was taken on becomes a care file: what was told of the person goes along, nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sluitend.journeys.care.content import RequestContent, first
from sluitend.journeys.care.journey import CARE_WORK
from sluitend.journeys.care.queries import told_contact
from sluitend.journeys.care_files import actions as care_files
from sluitend.journeys.care_files.actions import Carried, Person
from sluitend.journeys.reports.actions import Minor, at_care
from sluitend.journeys.reports.queries import Kind
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release

TAKEN = "taken_in"
AGES = {"ja": "minor", "nee": "adult", "misschien": "unknown"}


@in_dutch()
def open_file(*, code: str, actor: Actor) -> str:
    """Make the care file of a request, and return its code.

    Raises:
        Conflict: the request is not taken on, or has a file already.
    """
    with at_care(code, actor, CARE_WORK, line="care.file") as it:
        if it.row.kind != Kind.CARE or it.row.state != TAKEN:
            raise Conflict
        answers = RequestContent.from_json(it.envelope.read(it.row, "content")).answers
        person = _person(answers, current_release().pack)
        if it.row.minor == Minor.YES:  # also where that was told later, or at the other door
            person = replace(person, age_group="minor")
        carried = Carried(it.row.id, it.row.code, person, told_contact(answers).rules)
        return care_files.begin(carried, actor=actor)


def _person(answers: Mapping[str, Sequence[str]], pack: Pack) -> Person:
    town = pack.municipalities.get(first(answers, "where"))
    return Person(
        call_name=first(answers, "call_name"),
        age_group=AGES.get(first(answers, "under_18"), "unknown"),
        language=first(answers, "language"),
        subregion=pack.subregions[town.subregion].label.nl if town else "",
    )
