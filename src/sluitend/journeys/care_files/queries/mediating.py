"""What may be told to whoever is asked to mediate: what the person agreed to, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from sluitend.journeys.care_files.content import Person, day_of
from sluitend.journeys.care_files.journey import CARE_FILE_READ
from sluitend.journeys.care_files.models import CareFile
from sluitend.journeys.care_files.queries.reading import opened
from sluitend.journeys.care_files.words import AgeGroup, ForMediation, Purpose
from sluitend.journeys.shelter import queries as shelter
from sluitend.journeys.shelter.queries import SearchView
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.queries import current_release


@dataclass(frozen=True)
class MediationPage:
    """What somebody needs to ask for mediation.

    Attributes:
        file: the care file of the request; nothing where nobody began one.
        until: the last day of the agreement; None where the person did not agree, or took it back.
        parts: what was agreed to, with what it is here.
    """

    code: str
    file: str
    revision: int
    mediator: str
    until: date | None
    parts: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    mediates: bool
    may_mediate: bool


def file_of_search(code: str, actor: Actor) -> str:
    """Return the code of the open care file of a search, or nothing where there is none.

    Raises:
        Absent: there is no such search here.
    """
    request = shelter.request_of(code, actor)
    rows = CareFile.objects.filter(
        organisation_id=actor.own_organisation, request_id=request, closed__isnull=True
    )
    return rows.values_list("code", flat=True).first() or ""


def mediation_page(code: str, actor: Actor) -> MediationPage:
    """Return what is needed to ask for mediation, opened and logged.

    Raises:
        Absent: there is no such search here, or the handbook has nobody who mediates.
    """
    pack, file = current_release().pack, file_of_search(code, actor)
    if pack.mediator is None:
        raise Absent
    view = shelter.search(code, actor)
    found = opened(file, actor, CARE_FILE_READ, purpose="mediation") if file else None
    agreed = found.consents.agreed_now(Purpose.MEDIATION, timezone.localdate()) if found else None
    person = found.person if found else Person()
    return MediationPage(
        code=code,
        file=file,
        revision=view.revision,
        mediator=shown(pack.mediator.label),
        until=day_of(agreed.until) if agreed else None,
        parts=tuple(_parts(agreed.chosen.split(), person, view)) if agreed else (),
        reasons=tuple((each.id, shown(each.label)) for each in pack.shelter_refusals),
        mediates=view.mediated_until is not None,
        may_mediate=view.may_mediate,
    )


def _parts(chosen: list[str], person: Person, view: SearchView) -> Iterator[tuple[str, str]]:
    values = {
        ForMediation.AGE: str(AgeGroup(person.age_group).label) if person.age_group else "",
        ForMediation.HOUSEHOLD: view.household,
        ForMediation.LANGUAGE: person.language,
        ForMediation.REGION: view.place,
        ForMediation.NEEDS: "; ".join(f"{label}: {text}" for label, text in view.wanted[1:]),
        ForMediation.WHY: view.why_mediated,
    }
    for each, text in values.items():
        if each in chosen and text:
            yield str(each.label), text
