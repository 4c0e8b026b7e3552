"""What is to be done about roles and about an organisation itself, and what people may do with steps."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import (
    FOCAL,
    MINUTES,
    SIGNED_IN,
    Clockwork,
    Permission,
    Side,
    StepKind,
    SubjectKind,
    Work,
)
from sluitend.kernel.organisations.models import Role

GIVEN_ROLE = SubjectKind("role", label=_("Rol"), home="/werk/wie-mag-wat/")
OFFICE = SubjectKind("office", label=_("Organisatie"), home="/werk/beheer/loopt/")

SECOND_EYES = StepKind(
    "second_eyes",
    _("Kijk mee als tweede paar ogen"),
    button=_("Kijk mee"),
    apart=True,
    beside=True,
    work=Work.READ,
)
CONFIRM_ROLE = StepKind(
    "confirm_role",
    _("Bevestig een rol, of maak haar ongedaan"),
    button=_("Kijk"),
    page="/werk/wie-mag-wat/",
    term=None,
)
ROLE_ENDS = StepKind(
    "role_ends",
    _("Een rol loopt af. Kijk of iemand hem langer nodig heeft"),
    button=_("Kijk"),
    page="/werk/beheer/mensen/",
    term=None,
)
WORK_RETURNED = StepKind(
    "work_returned",
    _("Werk kwam terug van iemand. Kijk of het wordt opgepakt"),
    button=_("Kijk"),
    page="/werk/wie-mag-wat/",
    term=None,
)
LOOK_AT_CLOCK = StepKind(
    "look_at_clock",
    _("Iets dat vanzelf hoort te lopen, mislukt. Kijk wat"),
    button=_("Kijk"),
    page="/werk/beheer/loopt/",
    term=None,
)
NOBODY_READS = StepKind(
    "nobody_reads",
    _("Hier wacht iets en niemand leest het. Zoek iemand"),
    button=_("Kijk"),
    page="/werk/beheer/loopt/",
    term=None,
)

STEP_ASSIGN = Permission("step.assign", FOCAL | {Role.MANAGER}, label=_("Toegewezen"))
TEAM_QUEUE = Permission("team.queue", FOCAL, Side.NONE)
HANDOVER = Permission("account.handover", frozenset({Role.MANAGER, Role.ADMINISTRATOR}), Side.NONE)
TODAY = Permission("today", SIGNED_IN, Side.NONE)

ESCALATE = Clockwork("followup.escalate", _("Laten klimmen wat te lang wacht"), 30 * MINUTES)
DIGEST = Clockwork("followup.digest", _("De mail van één keer per dag versturen"), 60 * MINUTES)
ALARMS = Clockwork("followup.alarms", _("Beheerders vertellen wat mislukt"), 30 * MINUTES)

LINES = {
    "step.escalated": _("Een stap wachtte langer dan afgesproken"),
    "step.given_back": _("Toewijzing teruggegeven"),
}
