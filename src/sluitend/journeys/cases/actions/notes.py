"""Subjects, observations and notes: what is known, by whom and since when."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.actions.glancing import note
from sluitend.journeys.cases.actions.going_on import replan
from sluitend.journeys.cases.actions.reaching import keep_reach, say_contact
from sluitend.journeys.cases.actions.urgency import hear
from sluitend.journeys.cases.actions.working import OnCase, on_case
from sluitend.journeys.cases.drafts import NewObservation, NewSubject, subject_tokens
from sluitend.journeys.cases.journey import CASE_WORK
from sluitend.journeys.cases.models import Case, Minor, Observation, Subject, SubjectToken, TimelineEvent
from sluitend.journeys.cases.queries.glances import WHERE
from sluitend.journeys.reports.queries import LASTS
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.followup.models import Because
from sluitend.kernel.handbook.same_address import number_of
from sluitend.kernel.sealing.tokens import read_day

ADULT = 18


def write_subject(it: OnCase, new: NewSubject) -> Subject:
    """Write a subject with its tokens; part of an action."""
    case = it.row
    subject = Subject(organisation_id=case.organisation_id, case=case, kind=new.kind, added=timezone.now())
    # With the number of now: a later register may know the address no more, or by another name.
    identifiers = (*new.identifiers, *number_of(new.identifiers))
    content = {
        "name": new.name,
        "roles": list(new.roles),
        "identifiers": [list(pair) for pair in identifiers],
        "remark": new.remark,
        "language": new.language,
    }
    it.envelope.seal(subject, "content", content)
    subject.save(force_insert=True)
    write_tokens(case, subject.id, subject_tokens(case.organisation_id, identifiers))
    if new.reach:
        keep_reach(it, subject.id, new.reach)
    if new.kind in WHERE:
        note(it, {new.kind: new.name})
    return subject


def write_tokens(case: Case, subject_id: UUID, tokens: list[tuple[str, UUID]]) -> None:
    """Keep the tokens under which a subject is found again."""
    SubjectToken.objects.bulk_create(
        SubjectToken(
            organisation_id=case.organisation_id, case=case, subject_id=subject_id, kind=kind, token=token
        )
        for kind, token in tokens
    )


def check_identifier(organisation_id: UUID, kind: str, value: str, field: str) -> None:
    """Refuse a value that cannot be of its kind, with what was typed and what is right."""
    if subject_tokens(organisation_id, [(kind, value)]):
        return
    if kind == "kvk":
        count = sum(character.isdigit() for character in value)
        raise DomainError(
            _("Een KvK-nummer heeft 8 cijfers. Dit zijn er %(count)d.") % {"count": count}, field
        )
    messages = {
        "phone": _(
            "Dit is geen telefoonnummer dat wij herkennen. Schrijf het met 10 cijfers, of met het landnummer."
        ),
        "plate": _("Een kenteken heeft 4 tot 10 letters en cijfers."),
        "account": _("Schrijf de naam van het account of het hele adres."),
        "name_birth": _("Schrijf de geboortedatum als dag, maand en jaar."),
        "address": _("Schrijf een straat met huisnummer en plaats, of een postcode met huisnummer."),
    }
    raise DomainError(messages.get(kind, _("Dit herkennen wij niet.")), field)


def tells_of_child(new: NewSubject) -> bool:
    """Return whether a date of birth among what is known of somebody is of a child."""
    today = timezone.localdate()
    born = [read_day(value.rpartition("|")[2]) for kind, value in new.identifiers if kind == "name_birth"]
    return any(_years(day, today) < ADULT for day in born if day)


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def add_subject(*, actor: Actor, code: str, new: NewSubject) -> UUID:
    """Add a person, company, place, vehicle, phone or account to a case. Returns its id.

    Raises:
        DomainError: it has no description, or an identifying value cannot be right.
    """
    with on_case(code, actor, CASE_WORK, purpose="add_subject") as it:
        if new.kind not in Subject.Kind.values:
            raise DomainError(_("Kies wat het is."), "kind")
        if not new.name.strip():
            raise DomainError(_("Schrijf wat er bekend is. Een naam hoeft niet."), "name")
        for kind, value in new.identifiers:
            check_identifier(it.row.organisation_id, kind, value, kind)
        subject = write_subject(it, new)
        if new.reach:
            say_contact(it)
        if tells_of_child(new):
            hear(it, because=Because.FACTS, minor=Minor.YES)
        it.event(TimelineEvent.What.SUBJECT, new.name)
        it.part = ("subject", subject.id)
        replan(it)
    return subject.id


def write_observation(it: OnCase, new: NewObservation, *, corrects: Observation | None = None) -> Observation:
    """Write an observation; part of an action."""
    content = {
        "text": new.text,
        "when": new.when,
        "where": new.where,
        "source": new.source,
        "indicators": list(new.indicators),
        "lasts": new.lasts,
        "put_out": new.put_out,
        "about": [str(each) for each in new.about],
        **({"told": new.told} if new.told else {}),
        **({"sums_up": True} if new.sums_up else {}),
    }
    return it.write(Observation(kind=new.kind, corrects=corrects), content=content)


def _check_observation(it: OnCase, new: NewObservation) -> None:
    if new.kind not in Observation.Kind.values:
        raise DomainError(_("Kies of dit een feit is of uw duiding."), "kind")
    if not new.text.strip():
        raise DomainError(_("Schrijf wat er is gezien of gehoord."), "text")
    if new.lasts and new.lasts not in LASTS:
        raise DomainError(_("Kies een antwoord."), "lasts")
    if new.when and date.fromisoformat(new.when) > timezone.localdate():
        raise DomainError(_("Kies een dag die al is geweest."), "when")
    about = set(new.about)
    if about and Subject.objects.filter(case=it.row, pk__in=about).count() < len(about):
        raise DomainError(_("Kies wie of wat in deze casus staat."), "about")


def add_observation(*, actor: Actor, code: str, new: NewObservation) -> UUID:
    """Add a fact or an interpretation to a case. Returns its id."""
    with on_case(code, actor, CASE_WORK, purpose="add_observation") as it:
        _check_observation(it, new)
        observation = write_observation(it, new)
        it.event(TimelineEvent.What.OBSERVED, new.text)
        replan(it)
    return observation.id


def correct_observation(*, actor: Actor, code: str, observation_id: UUID, new: NewObservation) -> UUID:
    """Replace an observation by a new one. The old one stays, struck, in the timeline. Returns the new id.

    Raises:
        DomainError: it was corrected already, or nothing was typed.
    """
    with on_case(code, actor, CASE_WORK, purpose="correct_observation") as it:
        _check_observation(it, new)
        old = Observation.objects.filter(case=it.row, pk=observation_id).first()
        if old is None:
            raise Absent
        if Observation.objects.filter(corrects=old).exists():
            raise DomainError(_("Deze waarneming is al verbeterd. Verbeter de nieuwe."))
        former = it.envelope.read(old, "content")
        observation = write_observation(it, new, corrects=old)
        it.event(TimelineEvent.What.CORRECTED, str(former["text"]), corrects=old.id)
        replan(it)
    return observation.id


def add_note(*, actor: Actor, code: str, text: str, track: str = "", phone: str = "") -> None:
    """Write a note on the timeline of a case, on one track when it is about that track.

    Args:
        phone: a number that belongs to it, by which the case is found again.

    Raises:
        DomainError: nothing was typed, or the number cannot be one.
    """
    with on_case(code, actor, CASE_WORK, purpose="add_note") as it:
        if not text.strip():
            raise DomainError(_("Schrijf uw notitie."), "text")
        if number := phone.strip():
            _keep_number(it, number)
        it.event(TimelineEvent.What.NOTE, text.strip(), track=track)


def _keep_number(it: OnCase, number: str) -> None:
    organisation, found = it.row.organisation_id, (("phone", number),)
    check_identifier(organisation, "phone", number, "phone")
    tokens = [token for _kind, token in subject_tokens(organisation, found)]
    if not SubjectToken.objects.filter(case=it.row, token__in=tokens).exists():
        write_subject(it, NewSubject(Subject.Kind.PHONE, number, identifiers=found))
