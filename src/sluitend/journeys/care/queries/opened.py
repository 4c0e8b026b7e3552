"""One request for help as the coordinator sees it: the contact rule first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care.content import PARTS, RequestContent, first, names_of
from sluitend.journeys.care.forms import DAYS, DIRECT, UNKNOWN, YES_NO
from sluitend.journeys.care.handled import Handled
from sluitend.journeys.care.journey import CARE_READ
from sluitend.journeys.care.queries.listed import NEW, TAKEN, place_of, state_of
from sluitend.journeys.care_files.queries import (
    Contact,
    Guidance,
    Rule,
    Way,
    child_routes,
    in_words,
    of_a_shelter,
    of_request,
    ways,
)
from sluitend.journeys.referrals.queries import ended_words
from sluitend.journeys.reports.journey import READ_ASKER
from sluitend.journeys.reports.queries import (
    AttachmentView,
    DoorView,
    Kind,
    Message,
    held_thread,
    help_request,
    passage_of,
    perhaps_the_same,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.handbook.requesting import RequestField, RequestKind

OFFICE = "office"
SENT = ("text_message", "app", "email", "post")
"""By which something is sent that somebody who watches along may read."""
ELSEWHERE_ON_PAGE = frozenset({"safe_contact", "watched", "may_name_asker"})
"""Fields that stand in the rule above the page, or with who asked, and not among the answers again."""


@dataclass(frozen=True)
class RequestView:
    """One request, opened."""

    id: UUID
    code: str
    kind: str
    state: str
    state_words: str
    received: date
    at: str
    acute: bool
    minor: bool
    closed: bool
    rule: tuple[str, ...]
    """How the person may be reached, in sentences; what is not said is not allowed."""
    ways: tuple[Way, ...]
    """What to press to make contact now, or why not."""
    shut: str
    """Why nobody makes contact any more, as the care file says."""
    file: str
    """The code of its care file, once there is one: from then on the rules of that hold."""
    promise: str
    saw: str
    answers: tuple[tuple[str, str], ...]
    asker: tuple[tuple[str, str], ...]
    same: tuple[str, ...]
    messages: tuple[Message, ...]
    attempts: tuple[tuple[date | None, str, bool, str], ...]
    step: str
    due: datetime | None
    unconfirmed: bool
    ended: str
    is_new: bool
    is_taken: bool
    is_advice: bool
    unread: bool
    child: tuple[Guidance, ...] = ()
    """Whom to call first, where it is about a child."""
    files: tuple[AttachmentView, ...] = ()
    """What came along from the other door."""
    door: DoorView | None = None
    """How it was passed on, where it came to the wrong door."""
    through: str = ""
    """The referral by which a municipality handed the person over: there it is answered."""
    shelter_number: str = ""
    """That the person is to be reached at the number of a shelter, which nobody passes on."""
    through_ended: str = ""
    """How that ended, in words; empty while it runs."""
    writes: bool = True
    """Whether anybody reads what is written to the asker."""

    @property
    def may_search(self) -> bool:
        """Whether somebody may look for a place for whom this is about."""
        return self.is_taken and not self.is_advice and not self.closed


def request(code: str, actor: Actor, *, at: datetime | None = None) -> RequestView:
    """Return one request, opened and logged.

    Args:
        code: of the request.
        actor: who opens it.
        at: the moment in the Netherlands at which somebody would call; now, if none is given.

    Raises:
        Absent: there is none in the actor's organisation.
        Refused: the role may not see it.
    """
    pack = current_release().pack
    row = help_request(code, actor, CARE_READ)
    content, kept = RequestContent.from_json(row.told), Handled.from_json(row.kept)
    deadline = pack.deadlines.get(row.what)
    end = pack.request.end(row.outcome) if row.outcome else None
    promise = next((each for each in pack.request.promises if each.id == content.promise), None)
    door = passage_of(row.id, actor)
    file = of_request(row.id, actor)
    contact = file.contact if file else told_contact(content.answers)
    return RequestView(
        id=row.id,
        code=row.code,
        kind=str(Kind(row.kind).label),
        state=row.state,
        state_words=state_of(row, kept),
        received=row.received,
        at=content.at[11:16],
        acute=row.acute,
        minor=row.minor,
        closed=row.closed,
        child=child_routes(pack) if row.minor else (),
        rule=tuple(in_words(each) for each in contact.running) if file else tuple(_rule(content, pack)),
        ways=() if file and file.shut else tuple(ways(contact, at or timezone.localtime(), pack)),
        shut=file.shut if file else "",
        file=file.code if file else "",
        promise=promise.said(content.number) if promise else "",
        saw=content.saw,
        answers=tuple(_told(content.answers, pack)),
        asker=tuple(_asker(content.answers)),
        same=tuple(perhaps_the_same(row, content.phone, actor, CARE_READ)),
        files=row.attachments,
        messages=held_thread(door, actor, CARE_READ) if door and door.is_here else row.messages,
        attempts=tuple(
            (_day(each.day), _way(pack, each.channel), each.reached == "yes", each.against)
            for each in kept.attempts
        ),
        step=row.step_words,
        due=row.due,
        unconfirmed=deadline is not None and not deadline.confirmed,
        ended=shown(end.label) if end else "",
        is_new=row.state == NEW,
        is_taken=row.state == TAKEN,
        is_advice=row.kind == Kind.CONSULT,
        unread=row.what == READ_ASKER,
        door=door,
        through=content.through,
        shelter_number=of_a_shelter(contact, pack),
        through_ended=ended_words(content.through, actor) if content.through else "",
        writes=content.read_by_code,
    )


def told_contact(answers: Mapping[str, Sequence[str]]) -> Contact:
    """Return what the asker told as rules: one way, no other; where somebody may watch, nothing is sent."""
    return Contact(rules=tuple(_told_rules(answers)))


def _told_rules(answers: Mapping[str, Sequence[str]]) -> Iterator[Rule]:
    today = timezone.localdate().isoformat()
    way = first(answers, "safe_contact")
    if way in DIRECT and _are_times(answers):
        yield Rule(
            id="told",
            channel=way,
            effect="only",
            value=first(answers, "safe_contact_value"),
            days=OFFICE if first(answers, "safe_contact_days") == OFFICE else "any",
            start=first(answers, "safe_contact_start"),
            end=first(answers, "safe_contact_end"),
            voicemail="yes" if first(answers, "safe_contact_voicemail") == "ja" else "",
            set_on=today,
        )
    elif way == "through_asker":
        whom = _("de aanvrager")
        yield Rule(id="asker", channel="through_somebody", effect="only", through_whom=whom, set_on=today)
    if way in (*DIRECT, "through_asker") and first(answers, "watched") != "nee":
        for channel in SENT:
            yield Rule(id=f"watched-{channel}", channel=channel, effect="never", set_on=today)


def _are_times(answers: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether each time is one: what is none opens nothing."""
    try:
        for name in ("start", "end"):
            if words := first(answers, f"safe_contact_{name}"):
                time.fromisoformat(words)
    except ValueError:
        return False
    return True


def _rule(content: RequestContent, pack: Pack) -> Iterator[str]:
    answers = content.answers
    way = first(answers, "safe_contact")
    if way in DIRECT:
        yield _("Alleen zo: %(way)s, %(value)s.") % {
            "way": _way(pack, way).lower(),
            "value": first(answers, "safe_contact_value"),
        }
        start, end = first(answers, "safe_contact_start"), first(answers, "safe_contact_end")
        days = str(dict(DAYS).get(first(answers, "safe_contact_days"), ""))
        if start and end:
            said = {"days": days or _("Elke dag"), "start": start, "end": end}
            yield _("%(days)s van %(start)s tot %(end)s.") % said
        elif days:
            yield f"{days}."
        if first(answers, "safe_contact_voicemail") != "ja":
            yield _("Laat geen bericht achter.")
    elif way == "through_asker":
        yield _("Alleen via de aanvrager.")
    elif content.reach:
        # Words of the municipality: what may be pressed follows from a rule that somebody makes of them.
        yield from content.reach.splitlines()
        yield _("Maak hiervan eerst een regel in het zorgdossier.")
    else:
        yield _("Er is nog geen regel voor contact. Vraag eerst de aanvrager.")
    if first(answers, "watched") != "nee":
        yield _("Misschien leest of luistert iemand mee: stuur niets naar de persoon.")


def _told(answers: Mapping[str, Sequence[str]], pack: Pack) -> Iterator[tuple[str, str]]:
    for field in pack.request.fields:
        if field.id in ELSEWHERE_ON_PAGE or field.kind is RequestKind.CONTACT:
            continue
        if said := _said(field, answers, pack):
            yield shown(field.label), said


def _said(field: RequestField, answers: Mapping[str, Sequence[str]], pack: Pack) -> str:
    labels = {each.id: shown(each.label) for each in field.options}
    if field.kind is RequestKind.COUNTS:
        counted = ((labels[each.id], first(answers, f"{field.id}_{each.id}")) for each in field.options)
        return ", ".join(f"{number} × {label}" for label, number in counted if number not in ("", "0"))
    values = [each for name in names_of(field) for each in answers.get(name, ())]
    if field.kind is RequestKind.MUNICIPALITY:
        town = pack.municipalities.get(next(iter(values), UNKNOWN))
        return town.known_as if town else place_of(pack, next(iter(values), ""))
    return ", ".join(labels.get(each, each) for each in values)


def _asker(answers: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    words = (_("Naam"), _("Organisatie"), _("Functie"), _("Telefoon"), _("E-mail"), _("Te bereiken"))
    for part, label in zip(PARTS[RequestKind.CONTACT], words, strict=True):
        if said := first(answers, f"asker_{part}"):
            yield label, said
    if may := first(answers, "may_name_asker"):
        yield _("Mag de persoon weten dat zij of hij belde?"), str(dict(YES_NO).get(may, may))


def _way(pack: Pack, channel: str) -> str:
    field = next((each for each in pack.request.fields if each.kind is RequestKind.SAFE_CONTACT), None)
    labels = {each.id: shown(each.label) for each in field.options} if field else {}
    return labels.get(channel, channel)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
