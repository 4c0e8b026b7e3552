"""What partners let know, on the timelines of the cases: from the moment it came, whoever reads it when."""

from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.journey import PARTNER_ASKS, PARTNER_RETURNED
from sluitend.journeys.referrals import answers, words
from sluitend.journeys.referrals.journey import REFERRAL
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries.found import origin_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.flow.models import State
from sluitend.kernel.followup.actions import settle
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.handbook.language import in_dutch

CAME = (*answers.ANSWERED, PARTNER_ASKS, PARTNER_RETURNED)
"""The steps of the sender about something that a partner let know."""


def tell_cases(actor: Actor) -> None:
    """Let each case say what its partners let know and nobody read yet. Twice is harmless.

    Args:
        actor: the system, acting for the municipality that sent.
    """
    came: dict[UUID, set[str]] = {}
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_kind=REFERRAL, done__isnull=True, what__in=CAME
    )
    for referral_id, what in steps.values_list("subject_id", "what"):
        came.setdefault(referral_id, set()).add(what)
    for row in Referral.objects.filter(organisation_id=actor.own_organisation, pk__in=came):
        with fenced():
            _tell_case(row, came[row.id], actor)
    settle()


def tell_case(row: Referral, actor: Actor) -> None:
    """Let its case say what the partner of one referral let know, where nobody read it yet."""
    steps = NextStep.objects.filter(
        organisation_id=actor.own_organisation, subject_id=row.id, done__isnull=True, what__in=CAME
    )
    if kinds := set(steps.values_list("what", flat=True)):
        _tell_case(row, kinds, actor)


def _tell_case(row: Referral, kinds: set[str], actor: Actor) -> None:
    case_id = origin_of(row).case_id
    if row.access_ended is not None:
        cases.letter_back(actor=actor, case_id=case_id, referral_id=row.id)
    cases.referral_came(
        actor=actor,
        case_id=case_id,
        referral_id=row.id,
        turn=row.turn,
        text=_line_of(row, kinds),
        answer=row.answer if kinds - {PARTNER_ASKS, PARTNER_RETURNED} else "",
    )


@in_dutch()
def _line_of(row: Referral, kinds: set[str]) -> str:
    """Return who let know what, in the words of the handbook and never in those of the partner."""
    pack, asks = row.pack, PARTNER_ASKS
    said = [answer_line(row)] if kinds - {asks} else []
    if asks in kinds:
        said.append(
            words.feedback(pack, answers.ASKS_BACK)
            if said
            else f"{row.code}: {words.feedback(pack, answers.ASKS_BACK)}"
        )
    return f"{words.partner(pack, row.partner)}. {'. '.join(said)}"


@in_dutch()
def answer_line(row: Referral) -> str:
    """Return what a partner answered, in the words of the handbook."""
    pack = row.pack
    if row.state == State.RETURNED:
        what = words.reason(pack, "return_referral", row.return_reason)
        return _("%(code)s teruggegeven: %(what)s") % {"code": row.code, "what": what}
    return _("%(code)s: %(what)s") % {"code": row.code, "what": words.feedback(pack, row.answer)}


@in_dutch()
def answer_news(row: Referral) -> str:
    """Return who answered what, for the timeline of the case."""
    return f"{words.partner(row.pack, row.partner)}. {answer_line(row)}"
