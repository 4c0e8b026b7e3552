"""What the coordinator does with a request: take on, note contact, write to the asker, close."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care.content import ASKER_MAIL, RequestContent, first
from sluitend.journeys.care.handled import Handled, Try
from sluitend.journeys.care.jobs import mail_asker
from sluitend.journeys.care.journey import AWAIT_ASKER, CARE_WORK, CONTACT_PERSON, GO_ON_WITH
from sluitend.journeys.care.queries import told_contact
from sluitend.journeys.care_files.queries import Answer as MayNow
from sluitend.journeys.care_files.queries import not_sought, of_request, why_not
from sluitend.journeys.reports.actions import AtCare, at_care
from sluitend.journeys.reports.journey import ANSWER_CONSULT, READ_ASKER, TAKE_REQUEST
from sluitend.journeys.reports.queries import Kind, said_to_asker
from sluitend.journeys.shelter.queries import begun_from
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.deadlines import end_of, is_working_day, retention_day
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.queries import current_release

BUSY, OFFERED, DONE = "busy", "offered", "done"
TOLD = (BUSY, OFFERED)
"""The sentences of which the coordinator chooses one."""
NEW, TAKEN = "new", "taken_in"
THROUGH_ASKER = "through_asker"


def take_on(*, code: str, actor: Actor) -> None:
    """Take a request on: the asker reads that somebody is busy with it."""
    with at_care(code, actor, CARE_WORK, line="care.take") as it:
        _of(it, Kind.CARE)
        begin_with(it)


def advise(*, code: str, actor: Actor, text: str) -> None:
    """Answer a question for advice; with that it is done."""
    with at_care(code, actor, CARE_WORK, line="care.advise") as it:
        _of(it, Kind.CONSULT)
        _tell(it, _words(text))
        it.close(kept_until=_kept_until(current_release().pack.request.keeps_advice))


def ask_back(*, code: str, actor: Actor, text: str) -> None:
    """Ask the asker something. What nobody took on yet stays with who must, by its date."""
    with at_care(code, actor, CARE_WORK, line="care.ask_back") as it:
        if it.row.closed is not None:
            raise Conflict
        _reads_by_code(it)
        _tell(it, _words(text), asks=True)
        if it.row.state == NEW and _step(it) == READ_ASKER:
            _as_new(it)
        elif it.row.state == TAKEN:
            it.plan(AWAIT_ASKER)


def tell(*, code: str, actor: Actor, sentence: str, text: str = "") -> None:
    """Write to the asker: a fixed sentence, and words that go nowhere else.

    Raises:
        DomainError: there is no such sentence.
    """
    if sentence not in TOLD:
        raise DomainError(_("Kies een zin."), "sentence")
    with at_care(code, actor, CARE_WORK, line="care.tell") as it:
        if it.row.state != TAKEN:
            raise Conflict
        _reads_by_code(it)
        _tell(it, "\n".join(filter(None, [_sentence(sentence), text.strip()])))
        if sentence == OFFERED:
            _keep(it, lambda kept: replace(kept, offered="yes"))
            it.plan(GO_ON_WITH)


def hear(*, code: str, actor: Actor) -> None:
    """Note that the message of the asker was read; what stood before it is the next step again."""
    with at_care(code, actor, CARE_WORK, line="care.hear", also_passed_on=True) as it:
        if _step(it) != READ_ASKER:
            raise Conflict
        if it.waits_elsewhere:
            it.plan(it.row.door.wait)
        elif it.row.state == NEW:
            _as_new(it)
        elif it.row.state == TAKEN:
            _go_on(it)
        else:
            it.rest()


def note_attempt(*, code: str, actor: Actor, channel: str, reached: str, against: str = "") -> None:
    """Note that contact was tried, by which way, and whether the person was reached: yes or no.

    Args:
        against: why, where the rules of the person did not allow it.

    Raises:
        DomainError: it was not allowed, and there is no reason.
    """
    with at_care(code, actor, CARE_WORK, line="care.tried") as it:
        if it.row.state != TAKEN:
            raise Conflict
        reason = _against(it, channel, against.strip())
        attempt = Try(timezone.localdate().isoformat(), channel, reached, reason)
        _keep(it, lambda kept: kept.with_try(attempt))
        _go_on(it)


def close(*, code: str, actor: Actor, end: str) -> None:
    """Close a request with an outcome of the handbook; the asker reads that care is done with it.

    Raises:
        DomainError: no such outcome, a place is still looked for, its care file is open still, or contact was
            not tried often enough.
    """
    form = current_release().pack.request
    chosen = form.end(end)
    if chosen is None:
        raise DomainError(_("Kies hoe dit afloopt."), "end")
    with at_care(code, actor, CARE_WORK, line="care.close") as it:
        _of(it, Kind.CARE)
        if any(is_open for _code, _state, is_open in begun_from(it.row.id, actor)):
            raise DomainError(_("Er wordt nog naar een plek gezocht. Rond dat eerst af."), "end")
        _require_no_file(it)
        attempts = Handled.from_json(it.kept).attempts
        tries = [(each.day, each.reached, each.against) for each in attempts]
        if why := not_sought(chosen, tries):
            raise DomainError(why, "end")
        if _content(it).read_by_code:
            _tell(it, _sentence(DONE))
        _keep(it, lambda kept: replace(kept, end=end))
        it.close(end, kept_until=_kept_until(form.keeps))


def begin_with(it: AtCare, *, told: bool = True) -> None:
    """Let a new request be taken on: the asker reads it, and contact is the next step.

    Args:
        it: the request.
        told: whether its asker reads by a code. A municipality that handed somebody over reads its referral.
    """
    it.to(TAKEN)
    if told:
        _tell(it, _sentence(BUSY))
    _seek_contact(it)


def _tell(it: AtCare, text: str, *, asks: bool = False) -> None:
    """Write to the asker, who hears by mail that it is there, if they left an address."""
    it.tell(text, asks=asks)
    answers = _content(it).answers
    if first(answers, ASKER_MAIL):
        after_commit(mail_asker, it.row.organisation_id, it.row.id)


def _content(it: AtCare) -> RequestContent:
    return RequestContent.from_json(it.envelope.read(it.row, "content"))


def _reads_by_code(it: AtCare) -> None:
    """Refuse to write where nobody reads: whoever handed a person over has a thread, or is called."""
    content = _content(it)
    if content.through:
        said = _("Schrijf de gemeente bij %(code)s. Hier leest zij niets.")
        raise DomainError(said % {"code": content.through})
    if content.moved_from:
        raise DomainError(_("Bel %(who)s. Hier leest niemand iets.") % {"who": content.moved_from})


def _require_no_file(it: AtCare) -> None:
    """See that a request does not end before its file: its asker reads that care is done with it.

    And of a request that is closed nobody can look for a place any more.
    """
    file = of_request(it.row.id, it.actor)
    if file is not None and not file.closed:
        said = _("Het zorgdossier %(code)s is nog open. Sluit dat eerst.")
        raise DomainError(said % {"code": file.code}, "end")


def _against(it: AtCare, channel: str, reason: str) -> str:
    """Return why somebody went against the rules of the person, or nothing where they allow it.

    The asker is no way to reach the person: through them is always asked first.
    """
    if channel == THROUGH_ASKER:
        return ""
    file = of_request(it.row.id, it.actor)
    answers = _content(it).answers
    if file and file.shut and not reason:
        raise DomainError(file.shut, "against")
    contact = file.contact if file else told_contact(answers)
    answer = contact.may(channel, timezone.localtime())
    if answer is MayNow.YES and not (file and file.shut):
        return ""
    if not reason:
        raise DomainError(why_not(contact, channel, answer, current_release().pack), "against")
    return reason


def _of(it: AtCare, kind: str) -> None:
    if it.row.kind != kind:
        raise Conflict


def _step(it: AtCare) -> str:
    return it.row.current_step.what if it.row.current_step else ""


def _as_new(it: AtCare) -> None:
    """Let whoever must take it on do so, still before the moment that was promised."""
    it.plan(ANSWER_CONSULT if it.row.kind == Kind.CONSULT else TAKE_REQUEST, until=_today(it), hurries=True)


def _go_on(it: AtCare) -> None:
    if Handled.from_json(it.kept).reached:
        it.plan(GO_ON_WITH)
    else:
        _seek_contact(it)


def _seek_contact(it: AtCare) -> None:
    it.plan(CONTACT_PERSON, until=None if Handled.from_json(it.kept).attempts else _today(it), hurries=True)


def _today(it: AtCare) -> datetime | None:
    """Return the hour before which what is hurried is done today, while that is still to come."""
    now, before = timezone.localtime(), current_release().pack.request.before
    in_time = is_working_day(now.date()) and now.time() < time.fromisoformat(before)
    return end_of(now.date(), before) if it.row.acute and in_time else None


def _keep(it: AtCare, change: Callable[[Handled], Handled]) -> None:
    it.kept = change(Handled.from_json(it.kept)).to_json()


def _kept_until(term: str | None) -> date | None:
    return retention_day(current_release().pack.retention[term], timezone.localdate()) if term else None


def _sentence(name: str) -> str:
    return said_to_asker(current_release().pack, name, "nl")


def _words(text: str) -> str:
    if not text.strip():
        raise DomainError(_("Schrijf hier iets."), "text")
    return text.strip()
