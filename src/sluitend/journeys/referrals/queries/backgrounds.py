"""What words about a referral are held against before they leave, on either side."""

from collections.abc import Mapping
from typing import Any

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries.found import origin_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.flow.finding import find
from sluitend.kernel.handbook.checks_of_actions import WITH_POLICE
from sluitend.kernel.handbook.guidance import Track, Verb
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.telltale import PLACES, STAYS, Background, Sort, finder, place_first

REACHED = frozenset({Sort.PHONE, Sort.MAIL})
"""What a partner without an account is asked to write with a question."""


def of_partner(
    content: Mapping[str, Any], name: str = "", meant: frozenset[Sort] = frozenset()
) -> Background:
    """Return what a partner's words are held against: the municipality has what it sent itself.

    Args:
        content: of the referral, as it is sealed.
        name: of who writes.
        meant: what these words are meant to tell.
    """
    sent = (content["question"], content["sender"], *(part["text"] for part in content["parts"]))
    return Background(has=(*sent, name), meant=meant)


def of_partner_with_account(row: Referral, actor: Actor) -> Background:
    """Return the same for who signs in."""
    envelope = open_envelope(row.envelope_id, actor=actor, purpose="referral.message")
    return of_partner(envelope.read(row, "content"), actor.name)


def of_sender(code: str, actor: Actor) -> Background:
    """Return what words of the sender to the partner are held against; the case is opened and logged.

    Raises:
        Absent: there is no such referral of this organisation.
    """
    row = find(Referral, code, actor, REFERRAL_LIST)
    case = cases.case_for_referral(origin_of(row).case_code, actor)
    sent = of_partner_with_account(row, actor)
    partner = row.pack.partners.get(row.partner)
    stays = STAYS - {Sort.REACH} if partner and partner.gives_care else STAYS
    if partner and partner.kind in WITH_POLICE and not case.place_may_go and _is_of_place(row):
        stays |= PLACES
    known = cases.known_to(case, finder())
    return Background(known=known, has=sent.has, stays=stays, instead=place_first())


def _is_of_place(row: Referral) -> bool:
    """Return whether a place is named to the partner after the question about the residents alone.

    Who is asked to help a person may be told where that is.
    """
    return row.track == Track.PLACE or row.verb == Verb.ASK
