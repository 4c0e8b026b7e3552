"""From the words of a report to rows of a case: a copy, for what was told stays as told."""

from random import Random
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.cases.models import Observation, Subject
from sluitend.journeys.cases.queries.glances import KIND, PLACE_KIND
from sluitend.journeys.cases.reach import Reach
from sluitend.journeys.cases.roles import FOUND, POSSIBLE_VICTIM
from sluitend.journeys.reports.queries import LASTS, ReportContent
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.reading import propose
from sluitend.kernel.handbook.recognition import ALL_FORMS
from sluitend.kernel.sealing.tokens import ADDRESS, DOOR

SHORT = 160


@in_dutch()
def subjects_in(content: ReportContent, *, asks_help: bool) -> list[NewSubject]:
    """Return the place, company, vehicle, phone, account and people that a report names.

    Args:
        content: as told.
        asks_help: somebody asks help for a person, so there is a possible victim.
    """
    found: list[NewSubject] = []
    if content.place:
        door = content.address or content.where
        address = tuple(each for each in ((ADDRESS, door), (DOOR, content.door)) if each[1])
        found.append(NewSubject(Subject.Kind.PLACE, content.address or content.place, identifiers=address))
    if content.found_at:
        at = (("address", content.found_at),)
        found.append(NewSubject(Subject.Kind.PLACE, content.found_at, (FOUND,), identifiers=at))
    if content.company or content.kvk:
        known = tuple(each for each in (("kvk", content.kvk), ("company", content.company)) if each[1])
        name = content.company or _("Bedrijf, naam niet bekend")
        found.append(NewSubject(Subject.Kind.COMPANY, name, identifiers=known))
    for kind, key, value in (
        (Subject.Kind.VEHICLE, "plate", content.plate),
        (Subject.Kind.PHONE, "phone", content.phone),
        (Subject.Kind.ACCOUNT, "account", content.account),
    ):
        if value:
            found.append(NewSubject(kind, value, identifiers=((key, value),)))
    reach = Reach.of(how=content.reach, never=content.reach_not)
    if content.people or asks_help or content.spoke == "yes" or reach:
        roles = (POSSIBLE_VICTIM,) if asks_help or content.spoke == "yes" else ()
        name = content.people[:SHORT] or _("Iemand, naam niet bekend")
        found.append(NewSubject(Subject.Kind.PERSON, name, roles, language=content.language, reach=reach))
    return found


@in_dutch()
def observations_in(content: ReportContent, *, code: str, role: str) -> list[NewObservation]:
    """Return the fact and the interpretation of a report, each with its source.

    Args:
        code: of the report, as the source.
        role: from where it was seen, in words; empty when that is not known.
    """
    source = ", ".join(filter(None, [_("melding %(code)s") % {"code": code}, role]))
    found = []
    lasts = content.lasts if content.lasts in LASTS else ""
    if content.saw or content.signals:
        text = content.saw or _("Alleen signalen aangekruist, geen tekst.")
        when = " ".join(filter(None, [content.day, content.time]))
        found.append(
            NewObservation(
                Observation.Kind.FACT,
                text,
                when,
                content.place,
                source,
                indicators=content.signals,
                lasts=lasts,
                put_out=content.put_out == "yes",
            )
        )
    if content.think:
        found.append(NewObservation(Observation.Kind.OPINION, content.think, source=source))
    return found


def reporter_in(content: ReportContent, pack: Pack, *, anonymous: bool) -> list[str]:
    """Return what a report says of whoever told it: whether they can be asked, and where they stand."""
    role = pack.roles.get(content.role)
    said = {
        "anonymous": anonymous,
        "named": not anonymous,
        "there": role is not None and role.there,
        "apart": content.spoke == "no",
    }
    return [value for value, holds in said.items() if holds]


def forms_in(content: ReportContent, pack: Pack) -> list[str]:
    """Return the forms of exploitation that the report names, or that all its signals have in common.

    Not a score: the focal point sees them and changes them.
    """
    if content.form in pack.forms:
        return [content.form]
    sets = [
        set(indicator.forms)
        for signal in content.signals
        if (indicator := pack.indicators.get(signal)) and ALL_FORMS not in indicator.forms
    ]
    return sorted(set.intersection(*sets)) if sets else []


def row_in(content: ReportContent, pack: Pack) -> dict[str, str]:
    """Return what rows say of the case of a report, see `actions/glancing`: the first place that it names."""
    proposed = propose([content.saw], content.signals, pack).get(PLACE_KIND)
    kind = " ".join(proposed.values) if proposed else ""
    place = content.address or content.place
    found = {Subject.Kind.PLACE: place, Subject.Kind.COMPANY: content.company, KIND: kind}
    return {str(key): value for key, value in found.items() if value}


def propose_names(pack: Pack, report_id: UUID, *, count: int = 3) -> tuple[str, ...]:
    """Return neutral names for the case of a report, the same ones each time the page is shown.

    They come from the handbook's words and a random id, not from what was told: a name tells nothing.
    """
    return pack.case_names.propose(Random(report_id.int), count=count)  # noqa: S311 - a name, not a secret
