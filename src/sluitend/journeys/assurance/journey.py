"""That help stays assured: what the region counts of it, and what it keeps of the offer."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import DAY, FOCAL, Clockwork, Permission, Side, StepKind, SubjectKind, Work
from sluitend.kernel.organisations.models import Role

ASSURED = SubjectKind(
    "assured", label=_("Geborgd aanbod"), home="/werk/regio/hulp/geborgd/{code}/", letter="B"
)

# The end that was agreed says when each of these is due; see `agreed.py`.
CONTRACT_RUNS = StepKind(
    "contract_runs",
    _("Het contract loopt nog meer dan een jaar"),
    button=_("Bekijk"),
    kinds=(ASSURED,),
    term=None,
    waits=True,
    work=Work.READ,
)
ASK_END = StepKind(
    "ask_contract_end",
    _("Vraag tot wanneer deze hulp geregeld is"),
    button=_("Leg vast"),
    kinds=(ASSURED,),
    term=None,
    work=Work.CALL,
)
DECIDE_ON = StepKind(
    "decide_contract",
    _("Deze hulp stopt binnen een jaar. Besluit hoe het verdergaat"),
    button=_("Besluit"),
    kinds=(ASSURED,),
    term=None,
    work=Work.DECIDE,
)
DECIDE_SOON = StepKind(
    "decide_contract_soon",
    _("Deze hulp stopt binnen een half jaar en er is geen besluit"),
    button=_("Besluit"),
    kinds=(ASSURED,),
    term=None,
    work=Work.DECIDE,
)
AWAIT_CONTRACT = StepKind(
    "await_contract",
    _("Er is een besluit. Leg vast wat erna komt"),
    button=_("Leg vast"),
    kinds=(ASSURED,),
    term=None,
    waits=True,
    work=Work.WRITE,
)
LAPSED = StepKind(
    "contract_lapsed",
    _("De afspraak over deze hulp is voorbij. Leg vast hoe het nu zit"),
    button=_("Leg vast"),
    kinds=(ASSURED,),
    term=None,
    work=Work.CALL,
)

DECIDE_THERE = StepKind(
    "decide_there",
    _("Hulp die u betaalt of geeft, stopt binnen een jaar. Overleg over het vervolg"),
    button=_("Bekijk"),
    kinds=(ASSURED,),
    term=None,
    passes=True,
    work=Work.DECIDE,
)
STOPS_HERE = StepKind(
    "help_stops_here",
    _("Hulp in uw gemeente stopt binnen een half jaar en er is geen besluit"),
    button=_("Bekijk"),
    kinds=(ASSURED,),
    term=None,
    passes=True,
    work=Work.DECIDE,
)

ASSURED_SEE = Permission(
    "assured.see", frozenset({Role.REGIONAL_COORDINATOR, Role.PARTNER, Role.MANAGER}), Side.NONE
)
ASSURED_HEARD = Permission(
    "assured.heard",
    frozenset({Role.PARTNER, Role.MANAGER}),
    Side.NONE,
    label=_("Gelezen dat geborgde hulp stopt"),
)
ASSURED_KEEP = Permission(
    "assured.keep", frozenset({Role.REGIONAL_COORDINATOR}), label=_("Geborgd aanbod vastgelegd of gewijzigd")
)

CARE_FIGURES = Permission("care.figures", FOCAL | {Role.MANAGER, Role.REGIONAL_COORDINATOR}, Side.NONE)

RELEASE_FIGURES = Clockwork("assurance.figures", _("De cijfers over hulp van een half jaar vaststellen"), DAY)
ASK_ASKERS = Permission(
    "assured.ask", frozenset({Role.REGIONAL_COORDINATOR}), Side.NONE, label=_("Vijf vragen over hulp gesteld")
)
MAY_ASK = "sluitend.journeys.assurance.queries.asks"
"""Tells whether who reads a message of care is asked something beside it."""

SETTLE_ROUNDS = Clockwork(
    "assurance.rounds",
    _("Antwoorden op vragen over hulp vaststellen en vergeten wie antwoordde"),
    DAY,
)
REMIND_OF_ENDS = Clockwork(
    "assurance.ends", _("Een jaar vooruit zeggen welke hulp stopt, en dat er nog geen besluit is"), DAY
)

TELL_OF_ENDS = Clockwork(
    "assurance.elsewhere", _("Wie hulp betaalt of geeft en leidinggevenden zeggen welke hulp stopt"), DAY
)

LINES = {"assured.step": _("Nieuwe stap bij geborgd aanbod")}
