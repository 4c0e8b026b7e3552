"""Codes of an exchange in the words of the handbook and of the desk."""

from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.models import Request

RETURN_TRANSFER = "return_transfer"
RECALL = "recall_referral"
RETURN_REQUEST = "return_referral"
MAY_NOT_SHARE = "may_not_share"


def answer(answer_id: str, row: Request) -> str:
    """Return an answer as whoever answers chooses it."""
    chosen = Request.Answer(answer_id)
    secrecy = row.inquiry is not None and row.inquiry.secrecy
    if chosen is Request.Answer.DETAILS and row.awaits:
        return _("Dit kunnen wij delen") if row.kind == Request.Kind.KNOWN else _("Wij geven antwoord")
    if chosen is Request.Answer.HIT and secrecy:
        return _("Wij hebben iets en mogen dat delen")
    if chosen is Request.Answer.MAY_NOT and secrecy:
        return _("Wij mogen niets zeggen")
    return str(chosen.label)
