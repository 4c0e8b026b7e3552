"""What planned visits and wait requests add to the desk."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import (
    DAY,
    FOCAL,
    PLANNERS,
    Clockwork,
    Counter,
    News,
    Permission,
    Side,
    StepKind,
    SubjectKind,
    Work,
)
from sluitend.kernel.organisations.models import Role

HOLDS = "sluitend.journeys.visits.queries.holds.wait_requests_about"
"""What tells a case that somebody asked to leave its place alone."""
FINDS = "sluitend.journeys.visits.queries.found.found_at"
"""What tells a case what was seen at its place."""

WAIT_REQUEST = SubjectKind(
    "wait_request", label=_("Wachtverzoek"), home="/werk/vrijgeven/wachtverzoeken/{code}/"
)
PLANNED = SubjectKind("planned", label=_("Gepland contact"), home="/werk/vrijgeven/{code}/", own=True)

RELEASE_VISIT = StepKind(
    "release_visit",
    _("Kijk of dit kan doorgaan"),
    button=_("Kijk"),
    page="/werk/vrijgeven/{code}/",
    kinds=(PLANNED,),
    counted=Counter.RELEASE,
)
CARRY_OUT = StepKind(
    "carry_out",
    _("Dit is vrijgegeven. Voer het uit"),
    button=_("Bekijk"),
    page="/werk/toezicht/{code}/",
    kinds=(PLANNED,),
    elsewhere=True,
    counted=Counter.CHECKS,
    term=None,
    work=Work.READ,
)
NOT_RELEASED = StepKind(
    "not_released",
    _("Ga niet. Dit is nog niet vrijgegeven"),
    button=_("Bekijk"),
    page="/werk/toezicht/{code}/",
    kinds=(PLANNED,),
    elsewhere=True,
    beside=True,
    counted=Counter.CHECKS,
    work=Work.READ,
)
READ_WAIT_REQUEST = StepKind(
    "read_wait_request",
    _("Lees het wachtverzoek"),
    button=_("Lees"),
    page="/werk/vrijgeven/wachtverzoeken/{code}/",
    kinds=(WAIT_REQUEST,),
    news=News.CAME,
    counted=Counter.RELEASE,
    work=Work.READ,
)
WAIT_REQUEST_RUNS = StepKind(
    "wait_request_runs",
    _("Er loopt een wachtverzoek"),
    button=_("Bekijk"),
    page="/werk/vrijgeven/wachtverzoeken/{code}/",
    kinds=(WAIT_REQUEST,),
    term=None,
    work=Work.READ,
)
ANSWER_AS_ASKER = StepKind(
    "answer_as_asker",
    _("Een gemeente vraagt of iets kan doorgaan"),
    button=_("Antwoord"),
    page="/werk/wachtverzoeken/{code}/",
    kinds=(WAIT_REQUEST,),
    news=News.CAME,
    elsewhere=True,
    work=Work.WRITE,
)
CONSULT_ASKER = StepKind(
    "consult_asker",
    _("Overleg met wie om wachten vroeg"),
    button=_("Overleg"),
    page="/werk/vrijgeven/wachtverzoeken/{code}/",
    kinds=(WAIT_REQUEST,),
    counted=Counter.RELEASE,
    work=Work.CALL,
)

VISIT_LIST = Permission("visit.list", PLANNERS, label=_("Lijst van geplande contacten bekeken"))
VISIT_PLAN = Permission("visit.plan", PLANNERS, label=_("Een contact gepland"))
VISIT_WORK = Permission("visit.work", PLANNERS, label=_("Eigen gepland contact bekeken of bijgewerkt"))
VISIT_RELEASE = Permission(
    "visit.release", FOCAL, label=_("Gepland contact bekeken, vrijgegeven of teruggenomen")
)
WAIT_REQUEST_LIST = Permission("wait_request.list", FOCAL, label=_("Wachtverzoeken bekeken"))
WAIT_REQUEST_NOTE = Permission("wait_request.note", FOCAL, label=_("Wachtverzoek vastgelegd of opgeheven"))
WAIT_REQUEST_CONSULT = Permission(
    "wait_request.consult", FOCAL, label=_("Overleg over een wachtverzoek vastgelegd")
)
WAIT_REQUEST_ASK = Permission(
    "wait_request.ask", frozenset({Role.PARTNER}), Side.NONE, label=_("Wachtverzoek gedaan")
)
WAIT_REQUEST_ASKED = Permission(
    "wait_request.asked",
    frozenset({Role.PARTNER}),
    Side.OTHER,
    label=_("Eigen wachtverzoek bekeken of opgeheven"),
)
WAIT_REQUEST_OVERRULE = Permission(
    "wait_request.overrule",
    frozenset({Role.MANAGER}),
    label=_("Wachtverzoeken bekeken of opgeheven voor de burgemeester"),
)

EACH_MORNING = Clockwork("visits.each_morning", _("Wachtverzoeken en geplande contacten bijwerken"), DAY)

LINES = {
    "wait_request.index": _("Wachtverzoek naast de planning gelegd"),
    "wait_request.answer": _("Antwoord over een wachtverzoek als overleg vastgelegd"),
    "wait_request.destroy": _("Wachtverzoek vernietigd na de bewaartermijn"),
    "planned.destroy": _("Gepland contact vernietigd na de bewaartermijn"),
    "wait_request.pass": _("De dag van een wachtverzoek ging voorbij"),
}
