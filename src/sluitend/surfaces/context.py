"""What every shell needs: who works here, where that person can go, and what needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.administration.queries import has_house_style
from sluitend.journeys.care.queries import does_care
from sluitend.journeys.care_files.queries import chooses_file
from sluitend.journeys.care_shares.queries import supports
from sluitend.journeys.reports.journey import REPORT_ENTER
from sluitend.journeys.reports.queries import has_help_requests
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.scope import current_scope
from sluitend.kernel.followup.journey import TEAM_QUEUE
from sluitend.kernel.followup.queries import MOST_SAID, open_counts
from sluitend.kernel.manifest import Counter, steps
from sluitend.kernel.organisations.models import Role
from sluitend.surfaces.desk.journey import SEARCH
from sluitend.surfaces.sender import ENTRANCES, at_hand, entrance_of, reader_of, sender_of

PHONE_TABS = 4


@dataclass(frozen=True, eq=False)
class Page:
    """A page of the navigation, of which there is one each; `counts` says which steps its number is of."""

    url: str
    label: str | Promise
    icon: str
    counts: Counter = Counter.NONE


TODAY = Page("/werk/", _("Vandaag"), "today", Counter.EVERY)
INCOMING = Page("/werk/binnen/", _("Binnen"), "inbox", Counter.INBOX)
RELEASING = Page("/werk/vrijgeven/", _("Vrijgeven"), "check", Counter.RELEASE)
OWN_CHECKS = Page("/werk/toezicht/", _("Controles"), "eye", Counter.CHECKS)
ASKED = Page("/werk/wachtverzoeken/", _("Wachtverzoeken"), "pause")
DECISIONS = Page("/werk/besluit/", _("Wachtverzoeken"), "pause")
CASES = Page("/werk/casussen/", _("Casussen"), "case")
SENT = Page("/werk/doorgezet/", _("Doorgezet"), "send")
EXCHANGES = Page("/werk/uitwisselen/", _("Uitwisselen"), "copy", Counter.EXCHANGED)
QUESTIONS = Page("/werk/vragen/", _("Vragen"), "chat", Counter.EXCHANGED)
DIRECTORY = Page("/werk/gids/", _("Gids"), "book")
OVERVIEW = Page("/werk/overzicht/", _("Overzicht"), "plan")
REFERRED = Page("/werk/ontvangen/", _("Ontvangen"), "inbox", Counter.RECEIVED)
CARE = Page("/werk/zorg/", _("Zorg"), "heart", Counter.CARE)
SUPPORTED = Page("/werk/ondersteuning/", _("Ondersteuning"), "heart")
DONE = Page("/werk/ontvangen/klaar/", _("Klaar"), "check")
WHO_LOOKED = Page("/werk/wie-keek/", _("Wie keek"), "eye")
WHO_MAY = Page("/werk/wie-mag-wat/", _("Wie mag wat"), "person")
ORGANISATIONS = Page("/werk/beheer/organisaties/", _("Organisaties"), "building")
PEOPLE = Page("/werk/beheer/mensen/", _("Mensen"), "person")
TEAM = Page("/werk/team/", _("Team"), "person")
TEAMS = Page("/werk/beheer/teams/", _("Teams"), "person")
POOLS = Page("/werk/beheer/waarneming/", _("Waarneming"), "plan")
KEYS = Page("/werk/beheer/sleutels/", _("Sleutels"), "lock")
RUNNING = Page("/werk/beheer/loopt/", _("Wat vanzelf loopt"), "check")
CARE_FILES = Page("/werk/beheer/zorgdossier/", _("Soort zorgdossier"), "heart")
HOUSE_STYLE = Page("/werk/beheer/huisstijl/", _("Huisstijl"), "palette")
REGION = Page("/werk/regio/", _("Regio"), "region")
HANDBOOK = Page("/werk/handboek/", _("Handboek"), "book")
READING = Page("/handboek/", _("Handboek"), "doc")
CARDS = Page("/handboek/kaarten/", _("Kaarten"), "doc")
SIGNAL = Page("/werk/signaal/", _("Signaal"), "edit")
REPORTING = Page("/melden/", _("Iets melden"), "edit")
SHOWING = Page("/handboek/taalkaart/", _("Taalkaart"), "globe")
MARKING = Page("/melden/markeer/", _("Notitie maken"), "camera")
HELP = Page("/werk/hulp/", _("Hulp"), "info")
OWN_REPORTS = Page("/ontvangst/", _("Mijn meldingen"), "chat")

# What a shell asks that is there for few: to look for a name that is not there takes as long as a label does.
FOR_FEW = dict.fromkeys(
    (
        *("account_theme", "curtain_idle", "exit_label", "hide_112", "keys_off", "page_dir", "page_lang"),
        *("sender", "session_seconds", "working_as"),
    ),
    "",
)
PAGES: Mapping[Role, tuple[Page, ...]] = {
    Role.FOCAL_POINT: (TODAY, INCOMING, CASES, SENT, EXCHANGES, DIRECTORY, RELEASING, REGION, READING),
    Role.DEPUTY: (TODAY, INCOMING, CASES, SENT, EXCHANGES, DIRECTORY, RELEASING, REGION, READING),
    Role.PARTNER: (TODAY, REFERRED, SIGNAL, QUESTIONS, DONE, ASKED, DIRECTORY, READING),
    Role.MANAGER: (TODAY, OVERVIEW, REGION, DECISIONS, DIRECTORY, WHO_MAY, READING),
    Role.INSPECTOR: (TODAY, OWN_CHECKS, MARKING, REPORTING, CARDS),
    Role.PRIVACY_OFFICER: (OVERVIEW, WHO_LOOKED, WHO_MAY, TODAY),
    Role.ADMINISTRATOR: (TODAY, ORGANISATIONS, PEOPLE, KEYS, TEAMS, POOLS, RUNNING),
    Role.REGIONAL_COORDINATOR: (TODAY, REGION, HANDBOOK, DIRECTORY),
    Role.REPORTER: (TODAY, REPORTING, MARKING),
}
# Who may have somebody in front of them who speaks another language.
MEETS_PEOPLE = frozenset({Role.FOCAL_POINT, Role.DEPUTY, Role.PARTNER, Role.INSPECTOR, Role.REPORTER})


@cache
def pages_of(roles: frozenset[Role]) -> tuple[Page, ...]:
    """Return the pages for somebody with these roles, each once; the first four are the tabs on a phone."""
    pages = dict.fromkeys(page for role, its in PAGES.items() if role in roles for page in its)
    return (*pages, OWN_REPORTS, *([SHOWING] if roles & MEETS_PEOPLE else []), HELP)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the shells their context: one statement, and none on public, failed or refused pages."""
    scope = current_scope()
    shown: dict[str, Any] = {
        **FOR_FEW,
        "demo": settings.DEMO,
        "not_genuine": bool(scope and scope.not_genuine),
        **_sender(request),
    }
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.signed_in:
        return shown
    return shown | _account(request) | _organisation(actor) | {"nav": _navigation(request, actor)}


def _sender(request: HttpRequest) -> dict[str, Any]:
    """Give a page whose it is, once it asks: most of them show something else."""
    if _is_for_everybody(request):
        return {"sender": SimpleLazyObject(lambda: reader_of(request, sender_of(request)))}
    enters = request.path.startswith(ENTRANCES) and getattr(request, "failure", None) is None
    return {"sender": SimpleLazyObject(lambda: (entrance_of if enters else at_hand)(request))}


def _account(request: HttpRequest) -> dict[str, Any]:
    account = request.user
    return {
        "account_name": getattr(account, "name", ""),
        "account_theme": getattr(account, "theme", ""),
        "initials": getattr(account, "initials", ""),
        "keys_off": not getattr(account, "single_keys", True),
        "curtain_idle": getattr(account, "covers_itself", False),
        "session_seconds": settings.SLUITEND_REST_SECONDS,
        "sign_out_url": "/uitloggen/",
    }


def _organisation(actor: Actor) -> dict[str, Any]:
    return {
        "organisation_name": _named(actor),
        "working_as": f"{actor.account_id} {actor.organisation_id}",
        "may_report": may(actor, REPORT_ENTER),
        "may_search": may(actor, SEARCH),
    }


def _named(actor: Actor) -> str:
    if actor.stands_in_from is None:
        return actor.organisation_name
    return gettext("%(name)s, als vervanger") % {"name": actor.organisation_name}


def _navigation(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    if not actor.roles:
        return []
    pages = [*pages_of(actor.roles)]
    if _may_ask(request) and does_care(actor):
        pages.insert(1, CARE)
    elif _may_ask(request) and supports(actor):
        pages.insert(1, SUPPORTED)
        if has_help_requests(actor):  # of clients whom it took over
            pages.insert(1, CARE)
    if has_house_style(actor):
        pages.append(HOUSE_STYLE)
    if _may_ask(request) and chooses_file(actor):
        pages.append(CARE_FILES)
    apart = {_counted(page.counts) for page in pages if page.counts is not Counter.EVERY}
    counts = open_counts(actor, apart=apart) if _may_ask(request) else {}
    if actor.teams and may(actor, TEAM_QUEUE):
        pages.insert(PHONE_TABS, TEAM)
    current = _current(request.path, pages)
    items = [_item(page, counts, current=page is current) for page in pages[:PHONE_TABS]]
    further = [_item(page, counts, current=page is current, wide=True) for page in pages[PHONE_TABS:]]
    head = {"head": True, "label": pgettext("more pages", "Verder")}
    return [*items, *([head] if further else []), *further]


def _may_ask(request: HttpRequest) -> bool:
    # A public view runs as a role that reads nothing, and after a failure the transaction takes no questions.
    return not _as_intake(request) and getattr(request, "failure", None) is None


def _is_for_everybody(request: HttpRequest) -> bool:
    return _as_intake(request) and getattr(request, "failure", None) is None


def _as_intake(request: HttpRequest) -> bool:
    view = request.resolver_match.func if request.resolver_match else None
    return bool(getattr(view, "as_intake", False))


@cache
def _counted(number: Counter) -> frozenset[str]:
    every = number is Counter.EVERY
    return frozenset(text for text, step in steps().items() if number and (every or step.counted is number))


def _item(page: Page, counts: Mapping[str, int], *, current: bool, wide: bool = False) -> dict[str, Any]:
    number = sum(counts.get(step, 0) for step in _counted(page.counts))
    shown = f"{MOST_SAID}+" if number > MOST_SAID else (number or "")
    # Every name that the template asks is there: it takes long to look for what is not.
    return {
        "url": page.url,
        "label": _label(page, get_language()),
        "icon": page.icon,
        "count": shown,
        "current": current,
        "wide": wide,
        "head": False,
    }


@cache
def _label(page: Page, _language: str | None) -> str:
    return str(page.label)


def _current(path: str, pages: list[Page]) -> Page | None:
    """Return the page with the longest address that this one lies under; Vandaag stands only for itself."""
    under = [page for page in pages if path == page.url or (page is not TODAY and path.startswith(page.url))]
    return max(under, key=lambda page: len(page.url), default=None)
