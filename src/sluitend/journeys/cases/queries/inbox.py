"""What came in: the list, and one report beside its three questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.cases.from_report import propose_names
from sluitend.journeys.cases.models import CaseReport
from sluitend.journeys.cases.queries.earlier import Found, earlier
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.journey import REPORT_INTAKE, REPORT_LIST
from sluitend.journeys.reports.queries import DoorView, ReportLine, ReportView
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.pointing import Point, point_of
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.listing import Choice, Chosen, Page
from sluitend.kernel.organisations.queries import code_of

KINDS = {each.value: each.label for each in reports.AT_MUNICIPALITY}
KIND = Choice("soort", _("Soort"), {"": _("Alles"), **KINDS})
SORT = Choice("volgorde", _("Volgorde"), {"": _("Oudste eerst"), "nieuw": _("Nieuwste eerst")})
CHOICES = (KIND, SORT)


@dataclass(frozen=True)
class Inbox(Page[ReportLine]):
    """The reports that wait, those about danger and minors first."""

    decided: Sequence[ReportLine] = ()

    @property
    def first(self) -> list[ReportLine]:
        """Those about danger and minors."""
        return [each for each in self.rows if each.acute or each.minor]

    @property
    def others(self) -> list[ReportLine]:
        """The others."""
        return [each for each in self.rows if not (each.acute or each.minor)]


def inbox(actor: Actor, asked: Mapping[str, str] | None = None) -> Inbox:
    """Return what waits in the inbox, by what an address asks; one ledger line for each of the two lists."""
    require_role(actor, REPORT_LIST)
    chosen = Chosen.of(CHOICES, asked or {})
    latest = bool(chosen[SORT.name])
    shown, after = reports.open_reports(actor, chosen, kind=chosen[KIND.name], latest=latest)
    return Inbox(
        rows=shown,
        chosen=chosen,
        after=after,
        decided=() if chosen.words else reports.recent_reports(actor, limit=8),
    )


@dataclass(frozen=True)
class IntakePage:
    """A report beside its questions, with what facts already answer."""

    report: ReportView
    pack: Pack
    earlier: Sequence[Found]
    cases: Sequence[tuple[str, str, str]]
    names: Sequence[str]
    territory: str
    territory_fact: str
    case_code: str
    point: Point | None = None
    door: DoorView | None = None
    """How it was passed on, where it came to the wrong door."""

    @property
    def waits(self) -> bool:
        """Whether somebody still has to decide about it here."""
        return self.report.state == "new" and not (self.door and self.door.waits)


def intake_page(code: str, actor: Actor) -> IntakePage:
    """Return a report with what is needed to decide about it; opened and logged.

    Raises:
        Refused: there is none for this organisation.
    """
    require_role(actor, REPORT_INTAKE)
    view = reports.report(code, actor)
    pack = current_release().pack
    found = earlier(actor, reports.identifiers(view), about_id=view.id) if view.kind != "advice" else []
    territory, fact = _territory(view, pack)
    joined = (
        CaseReport.objects.filter(organisation_id=actor.own_organisation, report_id=view.id)
        .select_related("case")
        .first()
    )
    return IntakePage(
        report=view,
        pack=pack,
        earlier=found,
        cases=[
            (each.code, each.name, each.shares_words)
            for each in found
            if each.kind == "case" and not each.closed and each.verdict != "dismissed"
        ],
        names=propose_names(pack, view.id),
        territory=territory,
        territory_fact=fact,
        case_code=joined.case.code if joined else "",
        point=point_of(pack, view.content.latitude, view.content.longitude),
        door=reports.passage_of(view.id, actor),
    )


def _territory(view: ReportView, pack: Pack) -> tuple[str, str]:
    """Return the answer of the address to "is it in our municipality?", and the sentence that says so."""
    where = view.content.address or view.content.where or view.content.near
    found = pack.municipality_for_place(where) if where else None
    if found is None:
        return "", ""
    code = code_of(view.organisation_id)
    address, place = gettext("Het adres ligt in %(name)s."), gettext("De plek ligt in %(name)s.")
    said = address if view.content.where else place
    return ("yes" if found.id == code else "no"), said % {"name": found.name}
