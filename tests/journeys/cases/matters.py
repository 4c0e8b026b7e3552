"""What the tests of cases begin with: a report, and a case at the point that a test needs."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from mimetypes import guess_type

from django.core.files.uploadedfile import SimpleUploadedFile
from tests import samples

from sluitend.demo.deeds import compose
from sluitend.journeys.cases import actions
from sluitend.journeys.cases.actions import Judgement
from sluitend.journeys.cases.models import Case
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.actions import Filing, file_report, sweep
from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.models import Report
from sluitend.journeys.reports.queries import ReportView
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.organisations.models import Organisation

YES = Judgement("yes", "yes", "yes")
FORM_PAGES = (
    "weging/",
    "afsluiten/",
    "betrokkene/",
    "waarneming/",
    "notitie/",
    "spoor/person/",
    "spoor/place/",
    "spoor/place/afsluiten/",
    "datum/",
    "datum/place/",
    "wens/",
    "wens/tegen/",
)
"""The pages under a case with one form each."""

FOCAL, DEPUTY, ELSEWHERE = "af@westland.example", "vervanger@westland.example", "af@leiden.example"
TOLD = ReportContent(
    saw="Drie slaapplekken achter de ketel",
    think="Ik denk dat zij niet weg durven",
    where="Tuinderspad 12 a, De Lier",
    when="other",
    day="2026-11-20",
    time="16:10",
    form="arbeidsuitbuiting",
    role="huisvesting",
    company="Oostbuurt Vruchtgroente B.V.",
    kvk="90004191",
    people="5 volwassenen gezien",
    language="Pools",
)


@contextmanager
def somebody(email: str = FOCAL) -> Iterator[Actor]:
    """Act as this person."""
    with acting(samples.actor(email)) as actor:
        yield actor


def filed(*, acute: bool = False, minor: str = "no", **changes: object) -> str:
    """File a report for Westland and return its code."""
    westland = Organisation.objects.get(code="GM1783")
    told = dataclasses.replace(TOLD, **changes)  # type: ignore[arg-type]
    code, _receipt = samples.file_report(westland, told=told, acute=acute, minor=minor)
    return code


def filed_with_file(name: str, content: bytes) -> str:
    """File a report with a file and return its code."""
    westland = Organisation.objects.get(code="GM1783")
    upload = SimpleUploadedFile(name, content, guess_type(name)[0] or "")
    with acting(NOBODY):
        filing = Filing(organisation_id=westland.id, content=TOLD, anonymity="named", uploads=[upload])
        report_id = file_report(filing).report_id
    with acting(system_actor(westland.id)) as system:
        sweep(system)
        return str(Report.objects.get(pk=report_id).code)


def opened(code: str, actor: Actor) -> ReportView:
    """Return a report as the focal point reads it."""
    return reports.report(code, actor)


def taken_in(*, acute: bool = False, minor: str = "no", **changes: object) -> str:
    """Make a case of a new report and return its code."""
    report = filed(acute=acute, minor=minor, **changes)
    with somebody() as actor:
        return actions.take_in_new(actor=actor, report=opened(report, actor), judgement=YES)


def weighed(**changes: object) -> str:
    """Return the code of a case for which a route must be chosen."""
    code = taken_in(**changes)  # type: ignore[arg-type]
    weigh(code)
    return code


def weigh(code: str, decision: str = "continue", **more: object) -> None:
    """Weigh a case."""
    reasons = {"continue": "concrete", "hold": "suspicion", "close": "innocent"}
    values = {"concrete": "yes", "recent": "yes", "pattern": "unknown", "reason": reasons[decision]} | more
    with somebody() as actor:
        actions.weigh(actor=actor, code=code, decision=decision, **values)  # type: ignore[arg-type]


def routed(**changes: object) -> str:
    """Return the code of a case of which both tracks are open, and something is composed about the place."""
    code = weighed(**changes)
    with somebody() as actor:
        actions.answer_residents_question(
            actor=actor, code=code, answer="care_joins", first_step="nothing_first"
        )
        actions.open_track(actor=actor, code=code, track="person")
        compose(case_code=code, actions=("work_inspect",), actor=actor)
    return code


def row(code: str) -> Case:
    """Return the row of a case; call it while somebody acts."""
    return Case.objects.get(code=code)
