"""What whoever is asked does: read, say that there is something or nothing, share, refuse, return, take in.

Nothing here happens by itself. To share takes a legal basis; "nothing" and "we may not" take one press.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.exchanges import asking, jobs, words
from sluitend.journeys.exchanges.journey import (
    ANSWER_REQUEST,
    REQUEST_ANSWER,
    REQUEST_ANSWERED,
    REQUEST_RETURNED,
    REQUEST_TAKE_IN,
)
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.exchanges.queries.backgrounds import background_of_question
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.flow.models import State
from sluitend.kernel.flow.reasons import chosen_reason, typed
from sluitend.kernel.flow.verbs import Work, verb
from sluitend.kernel.followup.deadlines import end_of
from sluitend.kernel.followup.jobs import after_commit
from sluitend.kernel.handbook.checks_of_actions import WITH_POLICE
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.telltale import NOTHING_LOOKED, Looked, words_that_leave

Answer = Request.Answer
REPLY_LENGTH = 2000
NO_TEXTS: Mapping[str, str] = MappingProxyType({})


def accept_request(*, code: str, actor: Actor) -> None:
    """Take a question on and read it. It promises an answer, and that may be that nothing can be said.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: its term has passed.
        Conflict: it was recalled, returned or accepted in the meantime.
    """
    with verb(Request, code, actor, REQUEST_ANSWER, purpose="accept") as it:
        _require_in_time(it.row)
        it.to(State.ACCEPTED)
        it.row.accepted_at = timezone.now()
        asked_for = end_of(max(it.row.answer_by, timezone.localdate()))
        it.plan(ANSWER_REQUEST, due=min(it.due(ANSWER_REQUEST), asked_for))


def answer_request(
    *,
    code: str,
    answer: str,
    actor: Actor,
    texts: Mapping[str, str] = NO_TEXTS,
    basis: str = "",
    reason: str = "",
    sentence: str = "",
    looked: Looked = NOTHING_LOOKED,
) -> None:
    """Answer a question.

    Args:
        code: of the request.
        answer: `hit` (only that there is something), `silent` (there is, and it may not be told), `details`,
            `nothing` or `may_not`.
        actor: who answers.
        texts: what is shared, for `details`: by field, one for each part that was asked for, else `text`.
        basis: on what legal basis of the actor's own organisation, for `details`.
        reason: id of a prepared reason, for `may_not`.
        sentence: only kept when that reason asks for one.
        looked: what was decided on each word that was marked.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: the answer does not fit the question, or something in it is missing or not looked at.
        Conflict: it was answered, recalled or returned in the meantime.
    """
    with verb(Request, code, actor, REQUEST_ANSWER, purpose=answer) as it:
        _require_turn(it.row)
        if answer not in asking.answers_to(it.row):
            raise DomainError(_("Kies een antwoord."), "answer")
        if answer == Answer.DETAILS:
            _share(it, texts, basis, looked)
        elif answer == Answer.MAY_NOT:
            _refuse(it, reason, sentence, looked)
        it.row.answer, it.row.answer_on = answer, timezone.localdate()
        if answer == Answer.HIT:
            # Whether more is asked is for the other to say.
            it.plan(ANSWER_REQUEST, due=end_of(it.row.expires), waits=True)
        else:
            it.to(State.DONE)
            it.close()
        it.ask(REQUEST_ANSWERED)
        after_commit(jobs.tell_answer, it.row.id, it.row.organisation_id)


def return_request(
    *, code: str, reason: str, sentence: str = "", looked: Looked = NOTHING_LOOKED, actor: Actor
) -> None:
    """Give a question back with a reason. The seal goes with it: nothing stays.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        DomainError: no reason of the list was chosen, or its sentence is missing or was not looked at.
        Conflict: the state does not allow it any more.
    """
    with verb(Request, code, actor, REQUEST_ANSWER, purpose="return") as it:
        asks = _("Kies een reden. De ander weet dan waar het wel hoort.")
        chosen = chosen_reason(it.row.pack, words.RETURN_REQUEST, reason, otherwise=asks)
        it.to(State.RETURNED)
        if chosen.asks_sentence:
            _reply(it, words_that_leave(_sentence(sentence), looked, name="sentence"))
        it.row.return_reason = chosen.id
        it.end_access()
        it.close()
        it.ask(REQUEST_RETURNED)


def take_in_request(*, code: str, actor: Actor) -> str:
    """Make a report of what a partner asked or told, and answer with the code to follow it by.

    Returns:
        The code of the report, which stands in the inbox with a step.

    Raises:
        Absent: nothing of this code was asked of the actor's organisation.
        Conflict: it did not come from a partner, or has been answered.
    """
    with verb(Request, code, actor, REQUEST_TAKE_IN) as it:
        _require_turn(it.row)
        if it.row.kind == Request.Kind.KNOWN:
            raise Conflict
        filed = reports.enter_for_colleague(_filing(it), actor=actor)
        it.row.answer, it.row.answer_on = Answer.TAKEN_IN, timezone.localdate()
        with in_dutch():
            told = _("Wij namen dit op als melding. Volg die met deze code: %(receipt)s")
        _reply(it, told % {"receipt": filed.receipt})
        it.to(State.DONE)
        it.close()
        it.ask(REQUEST_ANSWERED)
    return report_queries.report_by_id(filed.report_id, actor).code


def _filing(it: Work[Request]) -> reports.Filing:
    content = it.envelope.read(it.row, "content")
    asker = Organisation.objects.get(pk=it.row.organisation_id)
    return reports.Filing(
        organisation_id=it.actor.own_organisation,
        content=reports.ReportContent(saw=content["text"]),
        anonymity=reports.Anonymity.NAMED,
        acute=it.row.acute,
        minor=reports.Minor.PERHAPS if it.row.minor else reports.Minor.UNKNOWN,
        channel=reports.Channel.PARTNER,
        identity=reports.IdentityContent(
            name=content["sender"], phone=content["telephone"], organisation=asker.name
        ),
        sending=uuid4(),
    )


def _share(it: Work[Request], texts: Mapping[str, str], basis: str, looked: Looked) -> None:
    asks: list[str] = it.envelope.read(it.row, "content").get("asks", [])
    fields = {answer_field(each): it.row.pack.parts[each].label.nl for each in asks} or {"text": ""}
    given = {name: text for name in fields if (text := texts.get(name, "").strip())}
    for name, text in given.items():
        if len(text) > REPLY_LENGTH:
            raise DomainError(_("Dit is te lang. Schrijf ten hoogste 2.000 tekens."), name)
    if not given:
        raise DomainError(_("Schrijf uw antwoord."), next(iter(fields)))
    if basis not in {each.id for each in asking.answer_bases(it.row.pack, it.actor)}:
        raise DomainError(_("Kies op welke grondslag u dit deelt."), "basis")
    it.row.answer_basis = basis
    background = background_of_question(it.row.code, it.actor)
    _ask_residents_first(it, [*background.has, *given.values()])
    said = {name: words_that_leave(text, looked, background, name=name) for name, text in given.items()}
    parts = [{"title": fields[name], "text": text} for name, text in said.items()]
    it.envelope.seal(it.row, "reply", {"text": "", "by": it.actor.name, "parts": parts})


def _ask_residents_first(it: Work[Request], words: Iterable[str]) -> None:
    """Refuse to tell police or inspection of a place while nobody said what happens to the people there."""
    asker = Organisation.objects.get(pk=it.row.organisation_id)
    partner = it.row.pack.partners.get(asker.partner_key or "")
    if partner is not None and partner.kind in WITH_POLICE:
        for case in cases.residents_not_asked(it.actor, words):
            raise DomainError(
                _("Beantwoord eerst in %(code)s wat er met de bewoners gebeurt.") % {"code": case.code},
                "text",
            )


def answer_field(part: str) -> str:
    """Return the name of the field in which is answered about a part."""
    return f"text_{part}"


def _refuse(it: Work[Request], reason: str, sentence: str, looked: Looked) -> None:
    asks = _("Kies een reden. “Ook de reden mogen wij niet zeggen” kan ook.")
    chosen = chosen_reason(it.row.pack, words.MAY_NOT_SHARE, reason, otherwise=asks)
    if chosen.asks_sentence:
        background = background_of_question(it.row.code, it.actor)
        _reply(it, words_that_leave(_sentence(sentence), looked, background, name="sentence"))
    it.row.may_not_reason = chosen.id


def _sentence(sentence: str) -> str:
    return typed(sentence, "sentence", missing=_("Schrijf in één zin waarom."))


def _reply(it: Work[Request], text: str) -> None:
    it.envelope.seal(it.row, "reply", {"text": text, "by": it.actor.name})


def _require_turn(row: Request) -> None:
    _require_in_time(row)
    if not asking.may_answer(row):
        raise Conflict


def _require_in_time(row: Request) -> None:
    # The job that ends what has passed runs once a day; nobody answers what it should have ended.
    if row.expires < timezone.localdate() and row.access_ended is None:
        raise DomainError(_("De termijn van deze vraag is voorbij. Bel de ander."))
