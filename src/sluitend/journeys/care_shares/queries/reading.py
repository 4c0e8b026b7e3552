"""What is shared, as each side reads it; opened and logged."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from sluitend.journeys.care_shares.actions.receiving import ASKS_FIRST, CANNOT, READABLE
from sluitend.journeys.care_shares.actions.sending import OF_WAITING
from sluitend.journeys.care_shares.content import Anew, Part, Reply, Told, replies_of
from sluitend.journeys.care_shares.journey import (
    AWAIT_SHARE,
    CARE_SHARE_FOLLOW,
    CARE_SHARE_LOOK,
    CARE_SHARE_READ,
)
from sluitend.journeys.care_shares.models import CareShare
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.finding import find, open_steps
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import Named, reasons
from sluitend.kernel.flow.verbs import note
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.care import CareReply, Opened, Shared
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.manifest import step_named
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.sealing.envelopes import open_envelope


@dataclass(frozen=True)
class Said:
    """An answer in words."""

    words: str
    on: date
    until: date | None
    reason: str
    unconfirmed: bool


@dataclass(frozen=True)
class Body:
    """What was told, and what was answered."""

    task: str
    parts: tuple[Part, ...]
    until: date
    sender: str
    telephone: str
    against: str
    """The ground on which it is shared without a yes."""
    contact: Anew | None
    """How to make contact from now on, where that changed; it stands among the parts too."""
    replies: tuple[Said, ...]


@dataclass(frozen=True)
class Front:
    """The outside: all that whoever is asked sees before taking it on, and after it was stopped."""

    code: str
    kind: str
    label: str
    other: str
    telephone: str
    state_words: str
    sent: datetime
    answer_by: date
    urgent: bool
    minor: bool
    reason: str
    """Why it was given back unread."""
    question: str
    told_on: date | None
    """What was asked before it was taken on, and when that was answered."""


@dataclass(frozen=True)
class ToDo:
    """A step that is open."""

    id: str
    label: str
    due: datetime
    urgent: bool


@dataclass(frozen=True)
class SentShare:
    """What was shared, as whoever coordinates care follows it."""

    front: Front
    body: Body
    first: ToDo | None
    later: tuple[ToDo, ...]
    """What is open beside the first step: what is urgent before what is not, then by day."""
    may_recall: bool
    may_note: bool
    may_tell: bool


@dataclass(frozen=True)
class ReceivedShare:
    """What care shared, as whoever receives it reads it: unopened until it is taken on."""

    front: Front
    body: Body | None
    number: str
    offered: tuple[CareReply, ...]
    pack: Pack
    gone: str
    """Why nothing can be read any more. It never says why the person wanted that."""
    is_support: bool
    may_accept: bool
    may_decline: bool
    may_ask: bool
    may_answer: bool
    cannot: tuple[Named, ...]
    questions: tuple[Named, ...]

    @property
    def reads_contact(self) -> bool:
        """Whether it changed how to make contact, and nobody read that yet."""
        return bool(self.body and self.body.contact and self.body.contact.waits)


@dataclass(frozen=True)
class Line:
    """What became of an agreement: in words, and where to read on."""

    code: str
    words: str
    accepted: bool
    running: bool
    kind: str


def of_agreements(references: Collection[UUID], actor: Actor) -> Mapping[UUID, Line]:
    """Return what went by these agreements of a care file; nothing is opened."""
    rows = CareShare.objects.filter(organisation_id=actor.own_organisation, reference__in=references)
    return {
        row.reference: Line(
            code=row.code,
            words=row.in_words("", received=False),
            accepted=row.accepted_at is not None,
            running=row.state in (State.SENT, *READABLE),
            kind=row.kind,
        )
        for row in rows
    }


def still_to_do(references: Collection[UUID], actor: Actor) -> list[str]:
    """Return, in words, which steps are open of what went by these agreements, what is urgent first.

    To wait for an answer is none of them.
    """
    rows = CareShare.objects.filter(organisation_id=actor.own_organisation, reference__in=references)
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id__in=rows.values("pk"), done__isnull=True
    ).exclude(what__in=OF_WAITING)
    found = steps.order_by("-urgent", "due", "id").values_list("what", "code")
    return [f"{step_named(what).label} ({code})" for what, code in found]


def supported_by(actor: Actor) -> set[str]:
    """Return the codes of the organisations that support somebody by what the actor's one shares."""
    return set(_supporting(actor).values_list("recipient__code", flat=True))


def shared_after(provider: str, last: date, actor: Actor) -> set[UUID]:
    """Return by which agreements a provider supports somebody beyond a day, of what went until then."""
    rows = _supporting(actor).filter(recipient__code=provider, expires__gt=last, sent__date__lte=last)
    return set(rows.values_list("reference", flat=True))


def _supporting(actor: Actor) -> QuerySet[CareShare]:
    return CareShare.objects.filter(
        organisation_id=actor.own_organisation,
        kind=Shared.SUPPORT,
        state__in=(State.SENT, *READABLE),
        access_ended__isnull=True,
    )


def answered_child(actor: Actor) -> set[UUID]:
    """Return by which agreements the other side answered, until a day ago, that the person is under 18.

    Whoever reads that answer may be before the clock that tells the care file.
    """
    since = timezone.now() - timedelta(days=1)
    steps = NextStep.objects.filter(
        Q(done__isnull=True) | Q(done__gte=since),
        organisation_id=actor.own_organisation,
        subject_kind=CareShare.KIND,
        what=Opened.CHILD,
    )
    rows = CareShare.objects.filter(
        organisation_id=actor.own_organisation, pk__in=steps.values_list("subject_id", flat=True)
    )
    return set(rows.values_list("reference", flat=True))


def sent_share(code: str, actor: Actor) -> SentShare:
    """Return what the actor's organisation shared, opened and logged.

    Raises:
        Absent: there is none of this code.
    """
    row = find(CareShare, code, actor, CARE_SHARE_FOLLOW)
    note(row, actor, CARE_SHARE_FOLLOW, "read")
    steps = list(open_steps(row, actor))
    opens = [each for each in steps if each.what != AWAIT_SHARE]
    shown_steps = [_to_do(each) for each in opens or steps]
    return SentShare(
        front=_front(row, received=False),
        body=_body(row, actor, CARE_SHARE_FOLLOW),
        first=next(iter(shown_steps), None),
        later=tuple(shown_steps[1:]),
        may_recall=row.state == State.SENT,
        may_note=bool(opens) and not row.asks_first,
        may_tell=row.asks_first,
    )


def _to_do(step: NextStep) -> ToDo:
    return ToDo(str(step.pk), str(step_named(step.what).label), step.due, step.urgent)


def received_share(code: str, actor: Actor) -> ReceivedShare:
    """Return what was asked of the actor's organisation, logged; unopened until that took it on.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
    """
    row = find(CareShare, code, actor, CARE_SHARE_LOOK)
    over = row.over
    readable = row.state in READABLE and not over
    action = CARE_SHARE_READ if readable else CARE_SHARE_LOOK
    note(row, actor, action)
    kept = open_envelope(row.envelope_id, actor=actor, purpose=action).read(row, "kept") if readable else None
    waits = row.state == State.SENT and not over
    cannot, questions = ((_listed(row.pack, each) if waits else ()) for each in (CANNOT, ASKS_FIRST))
    return ReceivedShare(
        front=_front(row, received=True),
        body=_body(row, actor, action) if readable else None,
        number=str((kept or {}).get("number", "")),
        offered=tuple(each for each in row.pack.care_replies if row.kind in each.answers),
        pack=row.pack,
        gone=row.in_words("", received=True) if over else "",
        is_support=row.kind == Shared.SUPPORT,
        may_accept=waits,
        may_decline=bool(cannot),
        may_ask=bool(questions) and not row.asks_first,
        cannot=cannot,
        questions=questions,
        may_answer=row.state == State.ACCEPTED and readable,
    )


def _front(row: CareShare, *, received: bool) -> Front:
    other = Organisation.objects.get(pk=row.organisation_id if received else row.other)
    return Front(
        code=row.code,
        kind=row.kind,
        label=row.label,
        other=other.name,
        telephone=other.telephone,
        state_words=row.in_words(other.name, received=received),
        sent=row.sent,
        answer_by=row.answer_by,
        urgent=row.acute,
        minor=row.minor,
        reason=phrases.reason(row.pack, CANNOT, row.return_reason) if row.return_reason else "",
        question=phrases.reason(row.pack, ASKS_FIRST, row.question) if row.question else "",
        told_on=row.told_on,
    )


def _listed(pack: Pack, list_id: str) -> tuple[Named, ...]:
    """Return what the handbook lists; one of before there was such a list has nothing."""
    return reasons(pack, list_id, sentences=False) if list_id in pack.reasons else ()


def _body(row: CareShare, actor: Actor, action: str) -> Body:
    envelope = open_envelope(row.envelope_id, actor=actor, purpose=action)
    told = Told.from_json(envelope.read(row, "content"))
    anew = Anew.from_json(envelope.read(row, "contact"))
    task = row.pack.town_tasks.get(told.task)
    return Body(
        task=shown(task.label) if task else "",
        parts=tuple(_parts(told.parts, anew)),
        until=row.expires,
        sender=told.sender,
        telephone=told.telephone,
        against=told.against,
        contact=anew,
        replies=tuple(_said(replies_of(envelope.read(row, "replies")), row.pack)),
    )


def _parts(parts: tuple[Part, ...], anew: Anew | None) -> Iterator[Part]:
    """Yield what was told; how to make contact as it is now, and never as it was."""
    for each in parts:
        if anew is None or each.title != anew.title:
            yield each
    if anew is not None:
        yield Part(anew.title, anew.text)


def _said(replies: tuple[Reply, ...], pack: Pack) -> Iterator[Said]:
    for each in replies:
        word, reason = pack.care_replies.get(each.id), pack.shelter_refusals.get(each.reason)
        yield Said(
            words=shown(word.label) if word else each.id,
            on=date.fromisoformat(each.on),
            until=each.day,
            reason=shown(reason.label) if reason else "",
            unconfirmed=word is None or not word.confirmed,
        )
