"""A care file begins: from a request for help that was taken on, with what was told there."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from sluitend.journeys.care_files.actions.working import OnFile
from sluitend.journeys.care_files.content import Consents, Contact, Person, Rule
from sluitend.journeys.care_files.course import Age, Course
from sluitend.journeys.care_files.journey import CARE_FILE_BEGIN
from sluitend.journeys.care_files.models import CareFile, FileMode
from sluitend.journeys.care_files.queries.switching import file_state
from sluitend.journeys.care_files.whole import Whole, Written
from sluitend.journeys.care_files.words import AgeGroup
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.codes import with_free_code
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.sealing.envelopes import create_envelope
from sluitend.kernel.sealing.receipts import human_code


@dataclass(frozen=True)
class Carried:
    """What goes along from the request: who it is, and how they may be reached."""

    request_id: UUID
    request_code: str
    person: Person
    rules: tuple[Rule, ...]
    stop_until: str = ""
    """Before this day nobody makes contact, as the person said where they come from."""
    whole: tuple[Written, ...] = ()
    """What another care organisation kept, where a client comes from there and this one keeps that too."""
    age: Age | None = None
    """When somebody under 18 was born, or a guess, where that went along."""


def begin(carried: Carried, *, actor: Actor) -> str:
    """Make a care file of a request, and return its code. A request has one.

    Raises:
        Refused: the role may not.
        Conflict: somebody else was first.
    """
    try:
        return with_free_code(lambda: _begun(carried, actor), constraint="care_file_code")
    except IntegrityError as error:  # a request has one file
        raise Conflict from error


def _begun(carried: Carried, actor: Actor) -> str:
    row = CareFile(
        organisation_id=actor.own_organisation,
        code=human_code("F"),
        request_id=carried.request_id,
        request_code=carried.request_code,
        release_number=current_release().number,
        opened=timezone.now(),
    )
    envelope = create_envelope(organisation_id=actor.own_organisation)
    row.envelope_id = envelope.id
    envelope.seal(row, "person", carried.person.to_json())
    envelope.seal(row, "contact", Contact(carried.rules, carried.stop_until).to_json())
    envelope.seal(row, "consents", Consents().to_json())
    if carried.whole and file_state(actor.own_organisation) == FileMode.State.WHOLE:
        envelope.seal(row, "whole", Whole(carried.whole).to_json())
    if carried.person.age_group == AgeGroup.MINOR:  # whom to call comes before everything else
        course = Course(child_since=timezone.localdate().isoformat(), age=carried.age)
        envelope.seal(row, "course", course.to_json())
    it = OnFile(row, actor, CARE_FILE_BEGIN)
    it.envelope = envelope
    with doing(it):
        it.go_on()
        it.insert()
    return row.code
