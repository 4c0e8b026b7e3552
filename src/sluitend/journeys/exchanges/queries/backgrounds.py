"""What words to the other side are held against before they leave."""

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.exchanges.journey import REQUEST_READ
from sluitend.journeys.exchanges.models import Request, Transfer
from sluitend.journeys.exchanges.queries.own_cases import own_case
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow.models import State, TwoSided
from sluitend.kernel.sealing.envelopes import open_envelope
from sluitend.kernel.telltale import NO_BACKGROUND, Background, finder


def background_of_transfer(code: str, actor: Actor) -> Background:
    """Return what a message about a case that went over is held against; one's own case is opened and logged.

    Raises:
        Absent: no transfer of this code concerns the actor's organisation.
    """
    row = _of_both_sides(Transfer, code)
    own = own_case(row, actor)
    if own is None:
        return NO_BACKGROUND
    case = cases.case_for_referral(own.case_code, actor)
    content = open_envelope(row.envelope_id, actor=actor, purpose="transfer.message").read(row, "content")
    has = (content["explanation"], content["sender"], *(each["text"] for each in content["parts"]))
    return Background(known=cases.known_to(case, finder()), has=(*has, actor.name))


def background_of_question(code: str, actor: Actor) -> Background:
    """Return what an answer, or a further question, is held against: both sides have the question.

    Raises:
        Absent: no question of this code concerns the actor's organisation.
    """
    row = _of_both_sides(Request, code)
    if row.state != State.ACCEPTED:
        return NO_BACKGROUND
    content = open_envelope(row.envelope_id, actor=actor, purpose=REQUEST_READ).read(row, "content")
    has = (content["text"], content["sender"], *(each["text"] for each in content.get("parts", ())))
    return Background(has=(*has, actor.name))


def _of_both_sides[Row: TwoSided](model: type[Row], code: str) -> Row:
    row = model._default_manager.filter(code=code).first()  # noqa: SLF001 - Django documents it
    if row is None:
        raise Absent
    return row
