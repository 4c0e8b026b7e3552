"""What planned visits and holds add to the desk."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import FOCAL, PLANNERS, Counter, News, Permission, Side, StepKind, SubjectKind
from sluitend.kernel.organisations.models import Role

HOLD = SubjectKind("hold", label=_("Wachtverzoek"), home="/werk/vrijgeven/wachtverzoeken/{code}/")
PLANNED = SubjectKind("planned", label=_("Gepland contact"), home="/werk/vrijgeven/{code}/", own=True)

RELEASE_VISIT = StepKind(
    "release_visit",
    _("Kijk of dit kan doorgaan"),
    button=_("Kijk"),
    page="/werk/vrijgeven/{code}/",
    counted=Counter.RELEASE,
)
CARRY_OUT = StepKind(
    "carry_out",
    _("Dit is vrijgegeven. Voer het uit"),
    button=_("Bekijk"),
    page="/werk/toezicht/{code}/",
    elsewhere=True,
    counted=Counter.CHECKS,
)
NOT_RELEASED = StepKind(
    "not_released",
    _("Ga niet. Dit is nog niet vrijgegeven"),
    button=_("Bekijk"),
    page="/werk/toezicht/{code}/",
    elsewhere=True,
    counted=Counter.CHECKS,
)
READ_HOLD = StepKind(
    "read_hold",
    _("Lees het wachtverzoek"),
    button=_("Lees"),
    page="/werk/vrijgeven/wachtverzoeken/{code}/",
    news=News.CAME,
    counted=Counter.RELEASE,
)
HOLD_RUNS = StepKind(
    "hold_runs",
    _("Er loopt een wachtverzoek"),
    button=_("Bekijk"),
    page="/werk/vrijgeven/wachtverzoeken/{code}/",
)
ANSWER_HOLDER = StepKind(
    "answer_holder",
    _("Een gemeente vraagt of iets kan doorgaan"),
    button=_("Antwoord"),
    page="/werk/wachtverzoeken/{code}/",
    news=News.CAME,
    elsewhere=True,
)
CONSULT_ASKER = StepKind(
    "consult_asker",
    _("Overleg met wie om wachten vroeg"),
    button=_("Overleg"),
    page="/werk/vrijgeven/wachtverzoeken/{code}/",
    counted=Counter.RELEASE,
)

VISIT_LIST = Permission("visit.list", PLANNERS, label=_("Lijst van geplande contacten bekeken"))
VISIT_PLAN = Permission("visit.plan", PLANNERS, label=_("Een contact gepland"))
VISIT_WORK = Permission("visit.work", PLANNERS, label=_("Eigen gepland contact bekeken of bijgewerkt"))
VISIT_RELEASE = Permission(
    "visit.release", FOCAL, label=_("Gepland contact bekeken, vrijgegeven of teruggenomen")
)
HOLD_LIST = Permission("hold.list", FOCAL, label=_("Wachtverzoeken bekeken"))
HOLD_NOTE = Permission("hold.note", FOCAL, label=_("Wachtverzoek vastgelegd of opgeheven"))
HOLD_CONSULT = Permission("hold.consult", FOCAL, label=_("Overleg over een wachtverzoek vastgelegd"))
HOLD_ASK = Permission("hold.ask", frozenset({Role.PARTNER}), Side.NONE, label=_("Wachtverzoek gedaan"))
HOLD_ASKED = Permission(
    "hold.asked", frozenset({Role.PARTNER}), Side.OTHER, label=_("Eigen wachtverzoek bekeken of opgeheven")
)
HOLD_OVERRULE = Permission(
    "hold.overrule",
    frozenset({Role.MANAGER}),
    label=_("Wachtverzoeken bekeken of opgeheven voor de burgemeester"),
)

LINES = {
    "hold.index": _("Wachtverzoek naast de planning gelegd"),
    "hold.answer": _("Antwoord over een wachtverzoek als overleg vastgelegd"),
    "hold.destroy": _("Wachtverzoek vernietigd na de bewaartermijn"),
    "planned.destroy": _("Gepland contact vernietigd na de bewaartermijn"),
    "hold.pass": _("De dag van een wachtverzoek ging voorbij"),
}
