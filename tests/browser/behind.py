"""What goes on behind the pages: the sweep, the queue, and matters that began before a test."""

from dataclasses import dataclass

from sluitend.journeys.reports import actions as reports
from sluitend.kernel.access.acting import acting, system_actor
from sluitend.kernel.organisations.models import Organisation
from tests import samples
from tests.browser.conftest import Backstage

WESTLAND, DEN_HAAG = "GM1783", "GM0518"
FOCAL = "af@westland.example"


@dataclass(frozen=True)
class Matter:
    """The codes of a matter that is under way."""

    report: str
    receipt: str
    case: str = ""
    referral: str = ""


def sweep(backstage: Backstage, *codes: str) -> None:
    """Bring what was filed or answered to the desks of these municipalities."""
    with backstage():
        for code in codes or (WESTLAND,):
            with acting(system_actor(Organisation.objects.get(code=code).id)) as system:
                reports.sweep(system)


def filed(backstage: Backstage, **told: object) -> Matter:
    """A report that has just come in at Westland."""
    with backstage():
        westland = Organisation.objects.get(code=WESTLAND)
        return Matter(*samples.file_report(westland, told=samples.content(**told)))


def taken_in(backstage: Backstage, **told: object) -> Matter:
    """A case of Westland that is still to be weighed."""
    matter = filed(backstage, **told)
    with backstage():
        case = samples.take_in(matter.report, samples.actor(FOCAL))
    return Matter(matter.report, matter.receipt, case)


def referred(backstage: Backstage, **told: object) -> Matter:
    """A case of Westland that was referred to the labour inspectorate, which has not looked yet."""
    matter = taken_in(backstage, **told)
    with backstage():
        who = samples.actor(FOCAL)
        samples.weigh(matter.case, who)
        samples.compose(matter.case, who)
        referral = samples.refer(matter.case, who)
    return Matter(matter.report, matter.receipt, matter.case, referral)
