"""What came to the wrong door: to care with all that was told, to a municipality with place and facts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sluitend.journeys.care.actions.handling import begin_with
from sluitend.journeys.care.content import ASKER_MAIL, RequestContent
from sluitend.journeys.care.journey import CARE_WORK
from sluitend.journeys.care.queries.passing import background_of_facts
from sluitend.journeys.care.queries.receiving import receiver
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.actions import Anonymity, Channel, Told
from sluitend.journeys.reports.journey import REPORT_INTAKE
from sluitend.journeys.reports.queries import Kind, ReportContent, also_told
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.queries import organisation_with
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

ASKER = {
    "asker_name": "name",
    "asker_organisation": "organisation",
    "asker_role": "function",
    "asker_phone": "phone",
    ASKER_MAIL: "mail",
}


def to_care(*, code: str, actor: Actor) -> None:
    """Pass a report on to care, because it asks help for a person, or advice about that.

    Raises:
        Refused: there is none here, or the role may not.
        DomainError: nobody reads there, or it cannot be passed on.
        Conflict: somebody else was first.
    """
    organisation_id = receiver(current_release().pack)
    if organisation_id is None:
        raise DomainError(_("Bij de zorg leest nu niemand. Bel de zorgcoördinatie."))
    care = organisation_id

    def build(kind: str, anonymity: str, told: Told) -> reports.Filing:
        return reports.Filing(
            organisation_id=care,
            content=_as_request(told, anonymity),
            kind=Kind.CONSULT if kind == Kind.ADVICE else Kind.CARE,
            anonymity=anonymity,
        )

    reports.pass_on_whole(code, build, actor=actor, right=REPORT_INTAKE, line="report.to_care")


def recall_from_care(*, code: str, actor: Actor) -> None:
    """Take back what was passed on to care and not taken over there.

    Raises:
        Conflict: it was taken over or given back in the meantime.
    """
    reports.recall_report(
        code, actor=actor, right=REPORT_INTAKE, line="report.recall_from_care", at_care=False
    )


def take_over_from_care(*, code: str, actor: Actor) -> None:
    """Take over at the municipality what came from care.

    Raises:
        Conflict: it was recalled, given back or taken over in the meantime.
    """
    reports.take_over_report(code, actor=actor)


def give_back_to_care(*, code: str, actor: Actor) -> None:
    """Give back to care what came from there.

    Raises:
        Conflict: it was recalled or taken over in the meantime.
    """
    reports.give_back_report(
        code, actor=actor, right=REPORT_INTAKE, line="report.back_to_care", at_care=False
    )


def to_municipality(
    *, code: str, actor: Actor, municipality: str, where: str, facts: str, looked: Looked = NOTHING_LOOKED
) -> None:
    """Pass a request on to a municipality, because it is a signal: place and facts, and nothing of a person.

    Args:
        code: of the request.
        actor: the coordinator.
        municipality: code of the one of the place.
        where: the place.
        facts: what was seen there.
        looked: what was decided of each word that tells who somebody is.

    Raises:
        DomainError: no such municipality, nobody reads there, or a word may not go.
        Conflict: somebody else was first.
    """
    if municipality not in current_release().pack.municipalities:
        raise DomainError(_("Kies een gemeente."), "municipality")
    if not facts.strip():
        raise DomainError(_("Schrijf wat er is gezien."), "facts")
    background = background_of_facts(code, actor)
    place = words_that_leave(where, looked, background, name="where")
    said = words_that_leave(facts, looked, background, name="facts")
    filing = reports.Filing(
        organisation_id=organisation_with(municipality),
        content=ReportContent(saw=said, where=place),
        kind=Kind.REPORT,
        anonymity=Anonymity.ANONYMOUS,
        channel=Channel.PARTNER,
    )
    reports.pass_on_part(code, filing, actor=actor, right=CARE_WORK, line="care.to_municipality")


def recall_from_municipality(*, code: str, actor: Actor) -> None:
    """Take back what was passed on to a municipality and not taken over there.

    Raises:
        Conflict: it was taken over or given back in the meantime.
    """
    reports.recall_report(
        code, actor=actor, right=CARE_WORK, line="care.recall_from_municipality", at_care=True
    )


def take_over(*, code: str, actor: Actor) -> None:
    """Take over what a municipality passed on; a request is taken on with it.

    Raises:
        Conflict: it was recalled, given back or taken over in the meantime.
    """
    with reports.at_care(code, actor, CARE_WORK, line="care.take_over", also_passed_on=True) as it:
        reports.take_over(it.row, actor=actor, purpose=CARE_WORK)
        if it.row.kind == Kind.CARE:
            begin_with(it)


def give_back(*, code: str, actor: Actor) -> None:
    """Give back to the municipality what it passed on.

    Raises:
        Conflict: it was recalled or taken over in the meantime.
    """
    reports.give_back_report(
        code, actor=actor, right=CARE_WORK, line="care.back_to_municipality", at_care=True
    )


@in_dutch()
def _as_request(told: Told, anonymity: str) -> RequestContent:
    """Return a report as a request: its facts first, then each thing that was told, with what it is."""
    content, who = told.content, told.identity
    answers = {name: [value] for name, part in ASKER.items() if (value := getattr(who, part))}
    if answers:
        answers["may_name_asker"] = ["ja" if anonymity == Anonymity.NAMED else "nee"]
    saw = "\n".join([content.saw, *(f"{label}: {value}" for label, value in _told(told) if value)])
    return RequestContent(saw=saw.strip(), answers=answers, phone=content.phone)


def _told(told: Told) -> Iterator[tuple[str, str]]:
    pack, content = current_release().pack, told.content
    form = pack.forms.get(content.form)
    role = pack.roles.get(content.role)
    signals = [pack.indicators[each].label.nl for each in content.signals if each in pack.indicators]
    marks = [pack.marks[each].label.nl for each in content.marks if each in pack.marks]
    yield _("Wat de melder denkt"), content.think
    yield _("Waar"), content.place
    yield _("Adres"), content.address
    yield _("Gevonden"), content.found_at
    yield _("Wanneer"), " ".join(filter(None, [content.day, content.time]))
    yield _("Ook verteld"), " ".join(also_told(content.lasts, put_out=content.put_out == "yes"))
    yield _("Bedrijf"), " ".join(filter(None, [content.company, content.kvk]))
    yield _("Voertuig"), content.plate
    yield _("Telefoon"), content.phone
    yield _("Account"), content.account
    yield _("Mensen"), content.people
    yield _("Gesproken"), {"yes": _("Ja."), "no": _("Met niemand.")}.get(content.spoke, "")
    yield _("Taal"), content.language
    yield _("Wens"), content.wants
    yield _("Veilig bereiken"), content.reach
    yield _("Zeker niet"), content.reach_not
    yield _("Misschien"), form.label.nl if form else ""
    yield _("Functie"), role.label.nl if role else ""
    yield _("Signalen"), ", ".join(signals)
    yield _("Gemarkeerd"), ", ".join(marks)
