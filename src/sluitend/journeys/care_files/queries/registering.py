"""What is passed on after a yes to registration: known of the file, or asked on the page and kept nowhere."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import REGISTRATION, Agreed, day_of
from sluitend.journeys.care_files.journey import CARE_FILE_EXPORT, CARE_FILE_READ
from sluitend.journeys.care_files.queries.reading import Opened, opened, registers_with
from sluitend.journeys.care_files.words import AgeGroup, HowAsked
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.care import CareConsent, Known
from sluitend.kernel.handbook.language import in_dutch, shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.sealing.downloads import FileContent
from sluitend.kernel.sheet import Line, Receipt, as_pdf

PDF, JSON = "pdf", "json"


@dataclass(frozen=True)
class Missing:
    """Something that the file does not know: to choose from, or to type."""

    id: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RegistrationPage:
    """What is passed on, to whom."""

    code: str
    receiver: str
    known: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]


def registration_page(code: str, actor: Actor) -> RegistrationPage:
    """Return what is passed on, opened and logged.

    Raises:
        Absent: there is no such file here, or the person did not say yes to it, or took that back.
    """
    found = opened(code, actor, CARE_FILE_READ, purpose="registration")
    text, agreed = _agreed(found, current_release().pack)
    return RegistrationPage(
        code=code,
        receiver=registers_with(found.consents, current_release().pack),
        known=tuple((label, value) for _id, label, value in _known(found, text, agreed, actor)),
        missing=tuple(
            Missing(each.id, shown(each.label), tuple((one.id, shown(one.label)) for one in each.options))
            for each in text.passes_on
            if each.known is None
        ),
    )


@in_dutch()
def registration(code: str, form: str, answers: Mapping[str, str], actor: Actor) -> FileContent:
    """Return what is passed on as a PDF or as data, logged. What was asked for it is kept nowhere.

    Args:
        answers: to what the file does not know, by its id.

    Raises:
        Absent: there is no such file here, or no such form, or no yes.
    """
    if form not in (PDF, JSON):
        raise Absent
    found, pack = (
        opened(code, actor, CARE_FILE_EXPORT, purpose=f"registration-{form}"),
        current_release().pack,
    )
    text, agreed = _agreed(found, pack)
    told = [*_known(found, text, agreed, actor), *_told(text, answers)]
    receiver = registers_with(found.consents, pack)
    if form == JSON:
        data = {"for": receiver, "code": code, "items": {name: value for name, _label, value in told}}
        content = json.dumps(data, ensure_ascii=False, indent=2).encode()
        return FileContent(f"{code}.json", "application/json", content)
    now = timezone.localtime()
    sheet = Receipt(
        code=code,
        day=date_format(now, "j F Y"),
        heading=shown(text.label),
        facts=tuple(Line(label, value) for _id, label, value in told),
        closing=_("Alleen wat hier staat, gaat naar %(who)s.") % {"who": receiver},
        made=now,
    )
    return FileContent(f"{code}.pdf", "application/pdf", as_pdf(sheet))


def _agreed(found: Opened, pack: Pack) -> tuple[CareConsent, Agreed]:
    text, agreed = pack.care_consents.get(REGISTRATION), found.consents.last(REGISTRATION)
    if text is None or agreed is None or not registers_with(found.consents, pack):
        raise Absent
    return text, agreed


def _known(found: Opened, text: CareConsent, agreed: Agreed, actor: Actor) -> Iterator[tuple[str, str, str]]:
    person = found.person
    how = str(HowAsked(agreed.form).label).lower() if agreed.form else ""
    values = {
        Known.ORGANISATION: actor.organisation_name,
        Known.WORKER: actor.name,
        Known.AREA: person.subregion,
        Known.AGE: AgeGroup(person.age_group).label if person.age_group else AgeGroup.UNKNOWN.label,
        Known.LANGUAGE: person.language,
        Known.CONSENT: ", ".join(filter(None, [_day(day_of(agreed.on)), how, agreed.signed_by])),
    }
    for each in text.passes_on:
        if each.known is not None:
            yield each.id, shown(each.label), str(values[each.known]) or _unknown()


def _told(text: CareConsent, answers: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for each in text.passes_on:
        if each.known is None:
            said = answers.get(each.id, "").strip()
            words = {one.id: shown(one.label) for one in each.options}
            yield each.id, shown(each.label), words.get(said, said) or _unknown()


def _unknown() -> str:
    return _("Niet bekend")


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
