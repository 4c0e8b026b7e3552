"""What words for a municipality are held against: of asker and person nothing goes along unseen."""

from sluitend.journeys.care.content import ASKER_MAIL, RequestContent, first
from sluitend.journeys.care.journey import CARE_READ
from sluitend.journeys.reports.queries import help_request
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.telltale import Background, Hidden, Sort, finder

MEANT = frozenset({Sort.ADDRESS, Sort.PLATE})
"""A place is what is told: its address asks no question."""


def background_of_facts(code: str, actor: Actor) -> Background:
    """Return what the facts of a signal are held against; the request is opened and logged.

    Raises:
        Absent: there is no request of this code in the actor's organisation.
        Refused: the role may not see it.
    """
    content = RequestContent.from_json(help_request(code, actor, CARE_READ).told)
    asker = Hidden.of(
        name=first(content.answers, "asker_name"),
        phone=first(content.answers, "asker_phone"),
        mail=first(content.answers, ASKER_MAIL),
    )
    value = first(content.answers, "safe_contact_value")
    known = finder().known(identifiers=[("phone", content.phone)], reached=[value], hidden=[asker])
    return Background(known=known, meant=MEANT)
