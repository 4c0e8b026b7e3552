"""What the person agrees to: each act apart, the shares in a list, and one way to take back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.sharing import stop_share
from sluitend.journeys.care_files.actions.working import OnFile, consent_text, on_file
from sluitend.journeys.care_files.content import (
    HELP,
    INTERPRETED,
    INTERVENTION,
    REGISTRATION,
    SHARE_ONE,
    SIGNED_WITHIN_DAYS,
    THREE,
    Agreed,
    Asking,
    Consents,
    Share,
)
from sluitend.journeys.care_files.effects import REMOVAL_TERM
from sluitend.journeys.care_files.journey import (
    ASK_LAWYER,
    CARE_FILE_ANSWER,
    CARE_FILE_WITHDRAW,
    CARE_FILE_WRITE,
)
from sluitend.journeys.care_files.models import Appointment
from sluitend.journeys.care_files.saying import message
from sluitend.journeys.care_files.words import (
    MAY_NOT_WITNESS,
    AgeBand,
    HowAsked,
    Removal,
    Said,
    Standing,
    Witness,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.sealing.endings import note_ended

FOLLOWS = {
    Standing.NOT_DISCUSSED: frozenset(Said),
    Standing.LATER: frozenset(Said),
    Standing.NO: frozenset({Said.YES}),
    Standing.YES: frozenset[Said](),
    Standing.WITHDRAWN: frozenset({Said.YES}),
    Standing.AS_ADULT: frozenset(Said),
    Standing.AS_CHILD: frozenset(Said),
    Standing.ENDED: frozenset({Said.YES}),
}
"""Which answer may follow on how a consent stands. From yes to no goes by taking back."""
LONGEST_DAYS = 366


def answer(*, code: str, actor: Actor, agreed: Agreed, revision: int | None) -> None:
    """Note what the person answered to one text.

    Raises:
        DomainError: the text may not be asked now, or the answer lacks what this text needs.
        Conflict: such an answer does not follow on how it stands, or somebody else wrote first.
    """
    with on_file(code, actor, CARE_FILE_ANSWER, revision=revision) as it:
        if agreed.kind not in (HELP, *THREE):
            raise Conflict
        text = consent_text(it.pack, agreed.kind)
        if it.pack.held_back(text) is not None:
            raise DomainError(message(it.pack, "lawyer_first"))
        consents = it.consents
        if Said(agreed.answer) not in FOLLOWS[consents.standing(agreed.kind)]:
            raise Conflict
        _require_day(agreed.on)
        _require_not_again(consents, agreed)
        _require_signed(agreed, it.pack, written=text.written)
        _require_witness(agreed, it.pack)
        _require_interpreter(agreed, it.pack)
        kept = replace(agreed, id=uuid4().hex, version=str(text.version), withdrawn="")
        it.consents = replace(consents, answers=(*consents.answers, kept))
        it.go_on()


def talk_with_lawyer(*, code: str, actor: Actor, revision: int | None) -> None:
    """Plan to talk with a lawyer about what nobody may be asked before one read it.

    Raises:
        Conflict: the text may be asked by now, or that is planned already.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision) as it:
        if it.course.lawyer_by or it.pack.held_back(consent_text(it.pack, INTERVENTION)) is None:
            raise Conflict
        until = timezone.localdate(due_for(it.pack, ASK_LAWYER))
        it.course = replace(it.course, lawyer_by=until.isoformat())
        it.go_on()


def talked_with_lawyer(*, code: str, actor: Actor, revision: int | None) -> None:
    """Note that somebody talked with a lawyer, as was planned.

    Raises:
        Conflict: that is not planned.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision) as it:
        if not it.course.lawyer_by:
            raise Conflict
        it.course = replace(it.course, lawyer_by="")
        it.go_on()


def share(*, code: str, actor: Actor, wanted: Share, revision: int | None) -> None:
    """Note what the person answered about sharing something with one organisation.

    A spoken yes ends after three days: until then it can be signed, as a new agreement.

    Raises:
        DomainError: the day is not one until which somebody can agree, or the witness cannot be one.
    """
    with on_file(code, actor, CARE_FILE_ANSWER, revision=revision) as it:
        text = consent_text(it.pack, SHARE_ONE)
        today, until = timezone.localdate(), date.fromisoformat(wanted.until)
        if not today <= until <= today + timedelta(days=LONGEST_DAYS):
            raise DomainError(_("Kies een dag in het komende jaar."), "until")
        _require_witness(wanted, it.pack)
        _require_interpreter(wanted, it.pack)
        if wanted.form == HowAsked.SPOKEN:
            until = min(until, today + timedelta(days=SIGNED_WITHIN_DAYS))
        kept = replace(
            wanted,
            id=uuid4().hex,
            on=today.isoformat(),
            until=until.isoformat(),
            version=str(text.version),
            withdrawn="",
        )
        it.consents = replace(it.consents, shares=(*it.consents.shares, kept))
        it.go_on()


def withdraw(*, code: str, actor: Actor, what: str | Collection[str]) -> None:
    """Take back what the person agreed to: kinds, and agreements to share, all at once. It asks no reason.

    It takes the file first: whoever saves at the same moment is refused, and this is not. A person may always
    take back, so in a closed file too: that stays closed, and asks only what was shared to be taken away.

    What somebody else took back meanwhile keeps nothing of the rest from being taken back.

    Raises:
        Conflict: nothing of it is agreed to, or all of it was taken back already.
    """
    acts = dict.fromkeys([what] if isinstance(what, str) else what)
    with on_file(code, actor, CARE_FILE_WITHDRAW, first=True, closed=True) as it:
        held = [each for each in acts if _is_agreed(it.consents, each)]
        if not held:
            raise Conflict
        for each in held:
            take_back(it, each, timezone.localdate())
        it.go_on()


def take_back(it: OnFile, what: str, day: date) -> None:
    """End an agreement with all that goes on by it, and let no backup bring it back.

    Raises:
        Conflict: that is not agreed to, or was taken back already.
    """
    last = it.consents.last(what)
    if last is not None and last.standing is Standing.YES:
        it.consents = it.consents.taken_back(what, day)
        _ask_removal(it, what)
        if what == HELP:
            _seek_no_contact(it)
        note_ended([UUID(last.id)] if last.id else [])
    else:
        _withdraw_share(it, what, day)
        note_ended([UUID(what)])


def note_removal(*, code: str, actor: Actor, asking: str, answer: str, revision: int | None) -> None:
    """Note what somebody answered who was asked to take away what was shared.

    Raises:
        Conflict: nobody is asked that, or it was noted already.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision, closed=True) as it:
        consents = it.consents
        if asking not in {each.id for each in consents.unremoved} or answer not in Removal.values:
            raise Conflict
        noted = (replace(each, answer=answer) if each.id == asking else each for each in consents.removals)
        it.consents = replace(consents, removals=tuple(noted))
        it.go_on()


def _seek_no_contact(it: OnFile) -> None:
    """Let nobody be sent to a person who wants no help any more: no reminder, no question afterwards."""
    it.course = replace(it.course, channel="", dates=())
    planned = Appointment.objects.filter(file=it.row, state=Appointment.State.PLANNED)
    for row in planned.exclude(reminder=Appointment.Reminder.NONE).select_for_update():
        row.remind_at, row.reminder = None, Appointment.Reminder.NONE
        it.envelope.advance(row)
        row.save()


def _is_agreed(consents: Consents, what: str) -> bool:
    found = consents.share(what)
    if found is None:
        return consents.standing(what) is Standing.YES
    return bool(found.answer == Said.YES or found.ground) and not found.withdrawn


def _withdraw_share(it: OnFile, what: str, today: date) -> None:
    consents = it.consents
    found = consents.share(what)
    if found is None or not _is_agreed(consents, what):
        raise Conflict
    unsaid = bool(found.ground) and not (found.sends or found.gone)
    line = stop_share(it, found)
    ended = replace(found, withdrawn=today.isoformat(), went="yes" if found.ground and line else "")
    shares = (ended if each is found else each for each in consents.shares)
    it.consents = replace(consents, shares=tuple(shares))
    # What went by this program and was taken on by nobody was read by nobody. Who mediates is called.
    if (not found.what and not unsaid) or found.gone or (line and line.accepted):
        add_asking(it, found.recipient, today, found.purpose)


def _ask_removal(it: OnFile, kind: str) -> None:
    """Give the step to ask back what went to somebody else; what is only counted here asks nobody."""
    text = consent_text(it.pack, kind)
    if kind in (REGISTRATION, INTERVENTION) and text.recipient:
        add_asking(it, text.recipient.nl, timezone.localdate(), text.label.nl)


def add_asking(it: OnFile, recipient: str, today: date, about: str) -> None:
    """Ask somebody who read it to take away what was shared."""
    before = timezone.localtime(due_for(it.pack, REMOVAL_TERM)).date()
    asked = Asking(uuid4().hex, recipient, today.isoformat(), before=before.isoformat(), about=about)
    it.consents = replace(it.consents, removals=(*it.consents.removals, asked))


def _require_day(on: str) -> None:
    if date.fromisoformat(on) > timezone.localdate():
        raise DomainError(_("Kies vandaag of een dag hiervoor."), "on")


def _require_not_again(consents: Consents, agreed: Agreed) -> None:
    quiet = consents.quiet_until(agreed.kind)
    if quiet and date.fromisoformat(agreed.on) < quiet and agreed.started != "person":
        said = _(
            "De persoon antwoordde minder dan 14 dagen geleden. Vraag dit nu alleen als de persoon begint."
        )
        raise DomainError(said, "started")


def _require_signed(agreed: Agreed, pack: Pack, *, written: bool) -> None:
    if agreed.kind != HELP and agreed.age_band == AgeBand.YOUNGER:
        raise DomainError(message(pack, "younger"), "age_band")
    if written and agreed.answer == Said.YES and (agreed.form == HowAsked.SPOKEN or not agreed.signed_by):
        raise DomainError(_("Hiervoor is een handtekening nodig, op papier of op het scherm."), "form")


def _require_witness(said: Agreed | Share, pack: Pack) -> None:
    if said.witness in MAY_NOT_WITNESS:
        raise DomainError(message(pack, "other_witness"), "witness")
    alone = said.witness in ("", Witness.NONE) and not said.interpreter_number
    if said.form == HowAsked.SPOKEN and alone:
        wanted = _("Bij een mondeling antwoord hoort een getuige, of het nummer van de tolk.")
        raise DomainError(wanted, "witness")


def _require_interpreter(said: Agreed | Share, pack: Pack) -> None:
    """See that a sworn interpreter read the Dutch text out, where there is none in the language; or later."""
    if said.language == INTERPRETED and said.answer != Said.LATER and not said.interpreter_number:
        raise DomainError(message(pack, "no_text_yet"), "interpreter_number")
