"""A person whom a municipality handed over: from then on a request for help, of care alone."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from sluitend.journeys.care.actions.handling import begin_with
from sluitend.journeys.care.content import LONGEST, RequestContent
from sluitend.journeys.care.journey import CARE_WORK
from sluitend.journeys.care.promising import NEXT_DAY
from sluitend.journeys.care.queries import does_care
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.queries import Handed, SharedPart
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.actions import Anonymity, Channel, Minor
from sluitend.journeys.reports.queries import Kind, code_of_request
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.guidance import CONTACT
from sluitend.kernel.handbook.language import in_dutch

ANSWERS = {"language": "language", "person_name": "call_name"}
"""What of the parts of a case is an answer to what a request asks."""
NOT_TOLD = frozenset({CONTACT, *ANSWERS})


def take_in(*, code: str, actor: Actor) -> str:
    """Take a person on who was handed over by a municipality, as a request for help, and return its code.

    The request is a copy in an envelope of care alone. The referral goes on beside it: by it care answers.

    Args:
        code: of the referral.
        actor: the coordinator.

    Raises:
        Absent: nothing of this code was sent here, or care is coordinated elsewhere.
        Conflict: it was recalled, given back or taken in already.
    """
    require_role(actor, CARE_WORK)
    if not does_care(actor):
        raise Absent
    return referrals.take_in(code=code, make=partial(_filed, actor), actor=actor)


def _filed(actor: Actor, handed: Handed) -> str:
    filed = reports.file_report(
        reports.Filing(
            organisation_id=actor.own_organisation,
            content=_as_request(handed),
            kind=Kind.CARE,
            anonymity=Anonymity.CONFIDENTIAL,
            minor=Minor.PERHAPS if handed.minor else Minor.UNKNOWN,
            acute=handed.acute,
            channel=Channel.PARTNER,
        )
    )
    code = code_of_request(filed.report_id, actor)
    with reports.at_care(code, actor, CARE_WORK, line="care.take_in") as it:
        begin_with(it, told=False)
    return code


@in_dutch()
def _as_request(handed: Handed) -> RequestContent:
    """Return what was handed over as a request: the question first, then each part with what it is."""
    content = handed.content
    asker = {
        "asker_name": content.sender,
        "asker_organisation": handed.sender_name,
        "asker_phone": content.telephone,
    }
    answers = {name: [text] for name, text in {**asker, **dict(_answered(content.parts))}.items() if text}
    return RequestContent(
        saw="\n".join([content.question, *_told(content.parts)])[:LONGEST],
        answers={**answers, "where": [handed.sender]},
        promise=NEXT_DAY,
        through=handed.code,
        reach="\n".join(each.text for each in content.parts if each.id == CONTACT),
    )


def _answered(parts: tuple[SharedPart, ...]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if part.id in ANSWERS:
            yield ANSWERS[part.id], ", ".join(part.text.splitlines())


def _told(parts: tuple[SharedPart, ...]) -> Iterator[str]:
    for part in parts:
        if part.id not in NOT_TOLD:
            yield _("%(title)s: %(text)s") % {"title": part.title, "text": part.text}
