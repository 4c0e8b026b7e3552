"""Where a next step leads, and what its button says."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.followup.models import StepKind, SubjectKind
from sluitend.kernel.followup.queries import StepView


@dataclass(frozen=True)
class Place:
    """A page for a step: its address with the code to be filled in, and the word on the button."""

    address: str
    button: str | Promise


REPORT = "/werk/binnen/{code}/"
RELEASING = "/werk/vrijgeven/{code}/"
OWN_CONTACT = "/werk/toezicht/{code}/"
HOLD = "/werk/vrijgeven/wachtverzoeken/{code}/"
ASKED = "/werk/wachtverzoeken/{code}/"
CASE = "/werk/casussen/{code}/"
SENT = "/werk/doorgezet/{code}/"
RECEIVED = "/werk/ontvangen/{code}/"
MARK = "/melden/afmaken/{code}/"
TRANSFER = "/werk/overdrachten/{code}/"
REQUEST = "/werk/verzoeken/{code}/"
ROLES = "/werk/wie-mag-wat/"
RUNNING = "/werk/beheer/loopt/"

PLACES: Mapping[str, Place] = {
    StepKind.READ_REPORT: Place(REPORT, _("Lees melding")),
    StepKind.UNREADABLE: Place(REPORT, _("Open melding")),
    StepKind.ANSWER_ADVICE: Place(REPORT, _("Beantwoord")),
    StepKind.AWAIT_REPORTER: Place(REPORT, _("Open melding")),
    StepKind.READ_ANSWER: Place(REPORT, _("Lees bericht")),
    StepKind.TELL_REPORTER: Place(REPORT, _("Schrijf bericht")),
    StepKind.SECOND_EYES: Place(REPORT, _("Kijk mee")),
    StepKind.FINISH_MARK: Place(MARK, _("Maak af")),
    StepKind.RELEASE_CONTACT: Place(RELEASING, _("Kijk")),
    StepKind.CARRY_OUT: Place(OWN_CONTACT, _("Bekijk")),
    StepKind.NOT_RELEASED: Place(OWN_CONTACT, _("Bekijk")),
    StepKind.READ_HOLD: Place(HOLD, _("Lees")),
    StepKind.HOLD_RUNS: Place(HOLD, _("Bekijk")),
    StepKind.ANSWER_HOLDER: Place(ASKED, _("Antwoord")),
    StepKind.CONSULT_ASKER: Place(HOLD, _("Overleg")),
    StepKind.WEIGH: Place(CASE + "weging/", _("Weeg")),
    StepKind.HELD: Place(CASE + "weging/", _("Kijk opnieuw")),
    StepKind.CHOOSE_ROUTE: Place(CASE + "route/", _("Kies route")),
    StepKind.REFER: Place(CASE + "doorzetten/", _("Zet door")),
    StepKind.WORK_TRACK: Place(CASE, _("Open casus")),
    StepKind.FOLLOW_CASE: Place(CASE, _("Open casus")),
    StepKind.AWAIT_PARTNER: Place(SENT, _("Herinner")),
    StepKind.PARTNER_ANSWERED: Place(SENT, _("Lees antwoord")),
    StepKind.NIGHT_WITHOUT_PLACE: Place(SENT, _("Lees antwoord")),
    StepKind.PARTNER_ASKS: Place(SENT, _("Beantwoord")),
    StepKind.PARTNER_RETURNED: Place(SENT, _("Kies opnieuw")),
    StepKind.RENEW_PICKUP: Place(SENT, _("Bel en maak een nieuwe code")),
    StepKind.LOOK_AT_REFERRAL: Place(RECEIVED, _("Bekijk")),
    StepKind.ANSWER_REFERRAL: Place(RECEIVED, _("Antwoord")),
    StepKind.HAND_OVER: Place(CASE + "overdragen/", _("Draag over")),
    StepKind.AWAIT_TRANSFER: Place(TRANSFER, _("Herinner")),
    StepKind.LOOK_AT_TRANSFER: Place(TRANSFER, _("Bekijk")),
    StepKind.TRANSFER_TAKEN: Place(TRANSFER, _("Sluit af")),
    StepKind.TRANSFER_RETURNED: Place(TRANSFER, _("Kies opnieuw")),
    StepKind.TRANSFER_NEWS: Place(TRANSFER, _("Lees bericht")),
    StepKind.AWAIT_REQUEST: Place(REQUEST, _("Herinner")),
    StepKind.LOOK_AT_REQUEST: Place(REQUEST, _("Bekijk")),
    StepKind.ANSWER_REQUEST: Place(REQUEST, _("Antwoord")),
    StepKind.REQUEST_ANSWERED: Place(REQUEST, _("Lees antwoord")),
    StepKind.REQUEST_RETURNED: Place(REQUEST, _("Kies opnieuw")),
    StepKind.CONFIRM_ROLE: Place(ROLES, _("Kijk")),
    StepKind.CHECK_ROLES: Place(ROLES, _("Kijk")),
    StepKind.WORK_RETURNED: Place(ROLES, _("Kijk")),
    StepKind.LOOK_AT_CLOCK: Place(RUNNING, _("Kijk")),
    StepKind.NOBODY_READS: Place(RUNNING, _("Kijk")),
}

# Where a subject lives when the step itself names no page of that kind (a case whose reporter must be told).
HOMES: Mapping[str, str] = {
    SubjectKind.REPORT: REPORT,
    SubjectKind.PLANNED: RELEASING,
    SubjectKind.HOLD: HOLD,
    SubjectKind.CASE: CASE,
    SubjectKind.TRACK: CASE,
    SubjectKind.REFERRAL: SENT,
    SubjectKind.MARK: MARK,
    SubjectKind.TRANSFER: TRANSFER,
    SubjectKind.REQUEST: REQUEST,
    SubjectKind.ROLE: ROLES,
    SubjectKind.OFFICE: RUNNING,
}
FIRST_LETTER: Mapping[str, str] = {"M": REPORT, "C": CASE, "D": SENT, "T": TRANSFER, "V": REQUEST}

OTHER_SIDE = frozenset(
    {
        StepKind.LOOK_AT_REFERRAL,
        StepKind.ANSWER_REFERRAL,
        StepKind.CARRY_OUT,
        StepKind.NOT_RELEASED,
        StepKind.ANSWER_HOLDER,
    }
)
"""Steps of whoever has a page of its own about the subject: a partner, a planner."""


def address_of(step: StepView) -> str:
    """Return the page on which a step is done."""
    pattern = PLACES[step.what].address
    home = HOMES[step.subject_kind]
    # The code says what the subject is: telling the reporter can be asked of a report and of a case.
    fits = pattern.startswith(FIRST_LETTER.get(step.code[:1], home)) or step.what in OTHER_SIDE
    return (pattern if fits else home).format(code=step.code)


def button_of(what: str) -> str:
    """Return what the button of a kind of step says."""
    return str(PLACES[what].button)
