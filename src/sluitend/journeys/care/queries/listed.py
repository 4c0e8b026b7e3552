"""The list of the coordinator: what is open by urgency, who slept where, or what is over. No names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.care.content import told_first
from sluitend.journeys.care.forms import ELSEWHERE
from sluitend.journeys.care.handled import Handled
from sluitend.journeys.care.journey import CARE_LIST
from sluitend.journeys.care.queries.receiving import does_care
from sluitend.journeys.referrals.queries import Asked, asked_of_care
from sluitend.journeys.reports.queries import HelpRequest, Kind, has_help_requests, help_requests
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.listing import Choice, Chosen, Page
from sluitend.kernel.manifest import step_named

NEW, TAKEN, MOVED = "new", "taken_in", "moved"
NIGHTS = "nachten"
SHOW = Choice(
    "toon",
    gettext_lazy("Welke"),
    {"open": gettext_lazy("Open"), NIGHTS: gettext_lazy("Zeven nachten"), "klaar": gettext_lazy("Klaar")},
)
"""What the page of care shows: what is open, who slept where, or what is over."""

LAST = datetime.max.replace(tzinfo=UTC)
"""Where what has no step stands."""


@dataclass(frozen=True)
class RequestLine:
    """A request in the list: no names, and nothing of the story."""

    code: str
    title: str
    place: str
    day: date
    acute: bool
    minor: bool
    state: str
    step: str
    button: str
    due: datetime | None
    url: str = ""
    """Where it is opened."""


def requests(actor: Actor, asked: Mapping[str, str] | None = None) -> Page[RequestLine]:
    """Return the open requests of the actor's organisation, the most pressing first; or those closed last.

    Nothing where only the nights are asked for: those are of searches.

    Args:
        actor: who looks.
        asked: what the address asks of the list.

    Raises:
        Absent: this organisation does no care coordination, and never did.
        Refused: the role may not see them.
    """
    if not does_care(actor) and not has_help_requests(actor):
        raise Absent
    pack, chosen = current_release().pack, Chosen.of((SHOW,), asked or {})
    if chosen[SHOW.name] == NIGHTS:
        return Page((), chosen)
    closed = not chosen.is_usual
    found, ends = help_requests(actor, CARE_LIST, closed=closed, after=chosen.after)
    lines = [_line(each, pack) for each in found]
    if closed or not does_care(actor):
        return Page(lines, chosen, ends)
    # What municipalities ask stands on the first page, all of it.
    towns = [] if chosen.after else [_asked(each, pack) for each in asked_of_care(actor)]
    order = sorted([*towns, *lines], key=lambda each: (not each.acute, not each.minor, each.due or LAST))
    return Page(order, chosen, ends)


def _asked(row: Asked, pack: Pack) -> RequestLine:
    step = step_named(row.what) if row.what else None
    return RequestLine(
        code=row.code,
        title=_("Overleg zonder naam") if row.consult else _("Een gemeente draagt iemand over"),
        place=place_of(pack, row.sender),
        day=timezone.localdate(row.sent),
        acute=row.acute,
        minor=row.minor,
        state=row.state_words,
        step=str(step.label) if step else "",
        button=str(step.button) if step else "",
        due=row.due,
        url=f"/werk/ontvangen/{row.code}/",
    )


def _line(row: HelpRequest, pack: Pack) -> RequestLine:
    kept, no_bed = (
        Handled.from_json(row.kept),
        told_first(row.told, "bed_tonight") == "nee" and not row.closed,
    )
    return RequestLine(
        code=row.code,
        title=_("Nog geen plek voor vannacht") if no_bed else str(Kind(row.kind).label),
        place=place_of(pack, told_first(row.told, "where")),
        day=row.received,
        acute=row.acute,
        minor=row.minor,
        state=state_of(row, kept),
        step=row.step_words,
        button=row.step_button,
        due=row.due,
        url=f"/werk/zorg/{row.code}/",
    )


def state_of(row: HelpRequest, kept: Handled) -> str:
    """Return how far a request is, in words."""
    if row.state == MOVED:
        return _("Naar de gemeente") if row.told else _("Terug naar de gemeente")
    if row.closed:
        return _("Gesloten")
    if row.state == NEW:
        return _("Nieuw")
    if kept.offered:
        return _("Hulp aangeboden")
    if kept.reached:
        return _("In contact")
    return _("Contact geprobeerd") if kept.attempts else _("Aangenomen")


def place_of(pack: Pack, code: str) -> str:
    """Return the part of the region; never an address."""
    if code == ELSEWHERE:
        return _("Buiten deze regio")
    town = pack.municipalities.get(code)
    return shown(pack.subregions[town.subregion].label) if town else _("Plek nog niet bekend")
