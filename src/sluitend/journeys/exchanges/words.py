"""Codes of an exchange in the words of the handbook and of the desk."""

from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.models import Request

RETURN_TRANSFER = "return_transfer"
RECALL = "recall_referral"
RETURN_REQUEST = "return_referral"
MAY_NOT_SHARE = "may_not_share"


def answer(answer_id: str, kind: str) -> str:
    """Return an answer as whoever answers chooses it."""
    chosen = Request.Answer(answer_id)
    if chosen is Request.Answer.DETAILS:
        return _("Dit kunnen wij delen") if kind == Request.Kind.KNOWN else _("Wij geven antwoord")
    return str(chosen.label)
