"""Lines of the ledger in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.kernel.access.decisions import Action
from sluitend.kernel.followup.deadlines import is_working_day
from sluitend.kernel.ledger.models import Event
from sluitend.kernel.ledger.queries import EventView
from sluitend.kernel.ledger.verification import Finding, Kind
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.organisations.queries import organisation_names

OPEN_FROM, OPEN_UNTIL = 7, 19

ACTIONS: Mapping[str, str | Promise] = {
    Action.REPORT_FILE: gettext_lazy("Melding ontvangen"),
    Action.REPORT_LIST: gettext_lazy("Lijst van meldingen bekeken"),
    Action.REPORT_READ: gettext_lazy("Melding geopend"),
    Action.REPORT_IDENTITY: gettext_lazy("Naam van de melder getoond"),
    Action.REPORT_ENTER: gettext_lazy("Melding ingevoerd voor een collega"),
    Action.REPORT_INTAKE: gettext_lazy("Besloten over een melding"),
    Action.REPORT_ANSWER: gettext_lazy("Bericht aan de melder"),
    Action.REPORT_SECOND_EYES: gettext_lazy("Meegekeken als tweede paar ogen"),
    Action.REPORT_MAILBOX: gettext_lazy("Bericht van de melder"),
    "report.earlier": gettext_lazy("Eerder signaal getoond"),
    "report.add": gettext_lazy("Aanvulling op een melding ontvangen"),
    "report.take_in": gettext_lazy("Melding ingenomen"),
    "report.pass_on": gettext_lazy("Melding doorgegeven"),
    "report.close": gettext_lazy("Melding gesloten"),
    "report.destroy": gettext_lazy("Melding vernietigd"),
    "report.correct": gettext_lazy("Melding verbeterd"),
    "report.move_kind": gettext_lazy("Melding van soort veranderd"),
    "report.answer_advice": gettext_lazy("Advies gegeven"),
    "report.ask": gettext_lazy("Vraag aan de melder"),
    "report.read_answer": gettext_lazy("Antwoord van de melder gelezen"),
    "report.tell": gettext_lazy("De melder verteld wat er is gedaan"),
    "mark.make": gettext_lazy("Notitie gemaakt"),
    "mark.finish": gettext_lazy("Notitie afgemaakt"),
    Action.ATTACHMENT_READ: gettext_lazy("Bijlage bekeken"),
    Action.ATTACHMENT_ORIGINAL: gettext_lazy("Origineel van een bijlage geopend"),
    Action.CONTACT_LIST: gettext_lazy("Lijst van geplande contacten bekeken"),
    Action.CONTACT_PLAN: gettext_lazy("Een contact gepland"),
    Action.CONTACT_WORK: gettext_lazy("Eigen gepland contact bekeken of bijgewerkt"),
    Action.CONTACT_RELEASE: gettext_lazy("Gepland contact bekeken, vrijgegeven of teruggenomen"),
    Action.HOLD_LIST: gettext_lazy("Wachtverzoeken bekeken"),
    Action.HOLD_NOTE: gettext_lazy("Wachtverzoek vastgelegd of opgeheven"),
    Action.HOLD_CONSULT: gettext_lazy("Overleg over een wachtverzoek vastgelegd"),
    Action.HOLD_ASK: gettext_lazy("Wachtverzoek gedaan"),
    Action.HOLD_ASKED: gettext_lazy("Eigen wachtverzoek bekeken of opgeheven"),
    Action.HOLD_OVERRULE: gettext_lazy("Wachtverzoeken bekeken of opgeheven voor de burgemeester"),
    Action.HANDBOOK_EDIT: gettext_lazy("Regel van het handboek gewijzigd in het concept"),
    Action.HANDBOOK_PUBLISH: gettext_lazy("Handboek uitgegeven"),
    "handbook.start": gettext_lazy("Concept van het handboek begonnen"),
    "handbook.offer": gettext_lazy("Concept van het handboek klaargezet"),
    "handbook.reopen": gettext_lazy("Concept van het handboek weer in bewerking"),
    "handbook.catch_up": gettext_lazy("Concept van het handboek bijgewerkt"),
    "handbook.drop": gettext_lazy("Concept van het handboek weggelegd"),
    "hold.index": gettext_lazy("Wachtverzoek naast de planning gelegd"),
    "hold.answer": gettext_lazy("Antwoord over een wachtverzoek als overleg vastgelegd"),
    "hold.destroy": gettext_lazy("Wachtverzoek vernietigd na de bewaartermijn"),
    "planned.destroy": gettext_lazy("Gepland contact vernietigd na de bewaartermijn"),
    "hold.pass": gettext_lazy("De dag van een wachtverzoek ging voorbij"),
    "content.not_genuine": gettext_lazy("Tekst gevonden die niet is zoals hij geschreven is"),
    "content.noted": gettext_lazy("Vastgelegd wat er geschreven is"),
    Action.CASE_LIST: gettext_lazy("Lijst van casussen bekeken"),
    Action.CASE_READ: gettext_lazy("Casus geopend"),
    Action.CASE_WORK: gettext_lazy("Casus bijgewerkt"),
    Action.CASE_WEIGH: gettext_lazy("Casus gewogen"),
    Action.CASE_ENRICH: gettext_lazy("Bron gevraagd"),
    Action.CASE_ROUTE: gettext_lazy("Route gekozen"),
    Action.CASE_CLOSE: gettext_lazy("Casus gesloten"),
    Action.CASE_AGAINST_WISH: gettext_lazy("Gehandeld tegen de wens"),
    "case.earlier": gettext_lazy("Eerder signaal getoond"),
    Action.REFERRAL_LIST: gettext_lazy("Lijst van doorzettingen bekeken"),
    Action.REFERRAL_SEND: gettext_lazy("Doorgezet"),
    Action.REFERRAL_RECALL: gettext_lazy("Doorzetting teruggehaald"),
    Action.REFERRAL_NOTE_ANSWER: gettext_lazy("Antwoord van een partner genoteerd"),
    Action.REFERRAL_RECEIVED_LIST: gettext_lazy("Lijst van ontvangen doorzettingen bekeken"),
    Action.REFERRAL_LOOK: gettext_lazy("Doorzetting bekeken, nog dicht"),
    Action.REFERRAL_ACCEPT: gettext_lazy("Doorzetting aangenomen"),
    Action.REFERRAL_READ: gettext_lazy("Doorzetting gelezen"),
    Action.REFERRAL_ANSWER: gettext_lazy("Antwoord op een doorzetting"),
    "referral.pickup.started": gettext_lazy("Ophaallink en code gemaakt"),
    "referral.pickup.opened": gettext_lazy("Ophaalpagina geopend"),
    "referral.pickup.wrong": gettext_lazy("Verkeerde code op de ophaalpagina"),
    "referral.pickup.locked": gettext_lazy("Ophaalpagina op slot na vijf verkeerde codes"),
    "referral.pickup.shut": gettext_lazy("Ophaallink gebruikt die niet meer werkt"),
    "referral.pickup.unknown": gettext_lazy("Ophaallink gebruikt die niet bestaat"),
    "referral.pickup.answered": gettext_lazy("Antwoord op de ophaalpagina"),
    Action.EXCHANGE_LIST: gettext_lazy("Lijst van uitwisselingen bekeken"),
    Action.TRANSFER_SEND: gettext_lazy("Overdracht verstuurd"),
    Action.TRANSFER_FOLLOW: gettext_lazy("Overdracht gevolgd"),
    Action.TRANSFER_RECALL: gettext_lazy("Overdracht teruggehaald of verlopen"),
    Action.TRANSFER_LOOK: gettext_lazy("Overdracht bekeken, nog dicht"),
    Action.TRANSFER_DECIDE: gettext_lazy("Besloten over een overdracht"),
    Action.TRANSFER_READ: gettext_lazy("Overdracht gelezen"),
    Action.QUESTION_LIST: gettext_lazy("Lijst van vragen bekeken"),
    Action.REQUEST_SEND: gettext_lazy("Vraag aan een andere organisatie verstuurd"),
    Action.REQUEST_FOLLOW: gettext_lazy("Eigen vraag gevolgd"),
    Action.REQUEST_RECALL: gettext_lazy("Eigen vraag teruggehaald of verlopen"),
    Action.REQUEST_LOOK: gettext_lazy("Vraag van een ander bekeken, nog dicht"),
    Action.REQUEST_READ: gettext_lazy("Vraag van een ander gelezen"),
    Action.REQUEST_ANSWER: gettext_lazy("Antwoord op een vraag van een ander"),
    Action.REQUEST_TAKE_IN: gettext_lazy("Vraag van een partner opgenomen als melding"),
    Action.DIRECTORY: gettext_lazy("Gids bekeken"),
    Action.DIRECTORY_CONFIRM: gettext_lazy("Eigen gegevens in de gids bevestigd of gewijzigd"),
    Action.SEARCH: gettext_lazy("Gezocht"),
    Action.LEDGER_READ: gettext_lazy("Logboek bekeken"),
    Action.LEDGER_VERIFY: gettext_lazy("Logboek gecontroleerd"),
    "step.escalated": gettext_lazy("Een stap wachtte langer dan afgesproken"),
    Action.STEP_ASSIGN: gettext_lazy("Toegewezen"),
    "step.given_back": gettext_lazy("Toewijzing teruggegeven"),
    "team.added": gettext_lazy("Team gemaakt"),
    "team.changed": gettext_lazy("Team gewijzigd"),
    "team.closed": gettext_lazy("Team niet meer in gebruik"),
    "team.opened": gettext_lazy("Team weer in gebruik"),
    "absence.entered": gettext_lazy("Afwezigheid doorgegeven"),
    "absence.ended": gettext_lazy("Weer aanwezig"),
    "account.stand_in": gettext_lazy("Vervanger uit een andere gemeente"),
    "pool.proposed": gettext_lazy("Afspraak over waarneming gevraagd"),
    "pool.agreed": gettext_lazy("Akkoord met een afspraak over waarneming"),
    "pool.left": gettext_lazy("Gestopt met een afspraak over waarneming"),
    "account.handed_over": gettext_lazy("Werk overgedragen en rollen beëindigd"),
    "climbing.changed": gettext_lazy("Gekozen wat er met late stappen gebeurt"),
    "signin.good": gettext_lazy("Ingelogd"),
    "signin.failed": gettext_lazy("Inloggen mislukt"),
    "signin.recovery_code": gettext_lazy("Ingelogd met een herstelcode"),
    "second_factor.lost": gettext_lazy("Tweede stap weggehaald"),
    "account.invited": gettext_lazy("Uitgenodigd"),
    "account.invited_again": gettext_lazy("Opnieuw uitgenodigd"),
    "account.role_added": gettext_lazy("Rol gegeven"),
    "account.role_offered": gettext_lazy("Rol aangeboden"),
    "account.role_confirmed": gettext_lazy("Rol bevestigd"),
    "account.role_refused": gettext_lazy("Rol niet bevestigd"),
    "account.role_accepted": gettext_lazy("Rol aangenomen"),
    "account.role_declined": gettext_lazy("Rol afgewezen"),
    "roles.looked_through": gettext_lazy("Nagekeken wie hier mag werken"),
    "account.role_ended": gettext_lazy("Rol beëindigd"),
    "account.work_returned": gettext_lazy("Werk terug in de rij"),
    "account.closed": gettext_lazy("Account gesloten"),
    "account.opened": gettext_lazy("Account geopend"),
    "database.restored": gettext_lazy("Reservekopie teruggezet"),
    "organisation.added": gettext_lazy("Organisatie toegevoegd"),
    "organisation.changed": gettext_lazy("Organisatie gewijzigd"),
}
ACTIVITIES: Mapping[str, str | Promise] = {
    "meldingen": gettext_lazy("Meldingen behandelen"),
    "handreiking": gettext_lazy("Het handboek bijhouden"),
    "contacten": gettext_lazy("Controles, bezoeken en brieven vrijgeven"),
    "casus": gettext_lazy("Casussen behandelen"),
    "doorzetten": gettext_lazy("Samenwerken met partners"),
    "uitwisselen": gettext_lazy("Uitwisselen met andere organisaties"),
    "opvolging": gettext_lazy("Zorgen dat niets blijft liggen"),
    "toegang": gettext_lazy("Toegang beheren"),
    "toezicht": gettext_lazy("Toezicht"),
    "zoeken": gettext_lazy("Zoeken in wat iemand mag zien"),
}
FINDINGS: Mapping[Kind, str | Promise] = {
    Kind.CHANGED: gettext_lazy("Een regel is gewijzigd"),
    Kind.REMOVED: gettext_lazy("Een regel is verwijderd"),
    Kind.INSERTED: gettext_lazy("Een regel is van buiten toegevoegd"),
    Kind.RECOMPUTED: gettext_lazy("De keten is opnieuw berekend"),
    Kind.CUT_OFF: gettext_lazy("Het einde van het logboek ontbreekt"),
    Kind.UNLINKED: gettext_lazy("Een regel heeft nog geen plaats in de keten"),
    Kind.BAD_CHECKPOINT: gettext_lazy("Een controlepunt is niet echt"),
}


@dataclass(frozen=True)
class LineRow:
    """One line as the table shows it."""

    at: datetime
    who: str
    what: str
    about: str
    why: str
    refused: bool
    failed: bool
    after_hours: bool


def rows(events: Iterable[EventView], people: Mapping[UUID, str]) -> list[LineRow]:
    """Return lines in words."""
    found = list(events)
    homes = organisation_names(each.stands_in_from for each in found if each.stands_in_from)
    return [_row(event, people, homes) for event in found]


def _who(event: EventView, people: Mapping[UUID, str], homes: Mapping[UUID, str]) -> str:
    if event.account_id is None:
        return _("Het systeem, of iemand zonder account")
    name = people.get(event.account_id, _("Iemand"))
    if event.stands_in_from is None:
        return name
    home = homes.get(event.stands_in_from, "")
    return _("%(name)s, als vervanger vanuit %(home)s") % {"name": name, "home": home}


def _row(event: EventView, people: Mapping[UUID, str], homes: Mapping[UUID, str]) -> LineRow:
    return LineRow(
        at=event.at,
        who=_who(event, people, homes),
        what=_what(event),
        about=event.about,
        why=str(ACTIVITIES.get(event.activity, event.activity)),
        refused=event.outcome == Event.Outcome.REFUSED,
        failed=event.outcome == Event.Outcome.FAILED,
        after_hours=event.account_id is not None and outside_hours(event.at),
    )


def _what(event: EventView) -> str:
    if event.action.startswith("refused."):
        return _("Geen recht, of niet gevonden")
    if event.action.startswith("failed."):
        return _("Er ging iets mis aan onze kant")
    words = str(ACTIONS.get(event.action, event.action))
    # Of a role the ledger keeps which one.
    if event.action.startswith("account.") and event.purpose in Role.values:
        return f"{words}: {Role(event.purpose).label}"
    return words


def outside_hours(moment: datetime) -> bool:
    """Return whether this was in the night, in a weekend or on a holiday: worth a look, no proof."""
    local = timezone.localtime(moment)
    return not (is_working_day(local.date()) and OPEN_FROM <= local.hour < OPEN_UNTIL)


@dataclass(frozen=True)
class FindingRow:
    """What a check found."""

    what: str
    position: int | None
    until: int | None
    line: str


def findings(found: Iterable[Finding], organisation_id: UUID) -> list[FindingRow]:
    """Return what concerns this organisation; a false checkpoint concerns everybody."""
    return [
        FindingRow(
            str(FINDINGS[each.kind]),
            each.position,
            each.until,
            each.event_id.hex[:8] if each.event_id else "",
        )
        for each in found
        if each.organisation_id == organisation_id or each.kind is Kind.BAD_CHECKPOINT
    ]
