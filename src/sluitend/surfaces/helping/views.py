"""The pages for who works and lives here and may need help. Nothing is kept, sent, set or read from them.

The language stands in the address, so that no cookie is needed. Seen over a shoulder they are ordinary pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.surfaces.tongues import Tongue, direction_of, tongues

from . import cards, contents
from .words import asked_for, tongue


@dataclass(frozen=True)
class Topic:
    """A part of the pages: its place in the address, its topic in the handbook, its name and its picture."""

    slug: str
    topic: str
    name: str | Promise
    picture: str
    about: str | Promise = ""


TOPICS = (
    Topic("loon", "pay", _("Mijn loon"), "money", _("Te weinig, te laat of niets")),
    Topic("uren", "hours", _("Mijn uren"), "clock", _("Te lang, of nooit vrij")),
    Topic("huis", "house", _("Mijn huis of kamer"), "house", _("Te duur, te vol, of u moet weg")),
    Topic("papieren", "papers", _("Mijn papieren"), "papers", _("Een ander heeft ze, of u hebt ze niet")),
    Topic("veilig", "safety", _("Veilig zijn"), "heart", _("Stap voor stap, in uw tempo")),
    Topic("wat-gebeurt-er", "telling", _("Wat gebeurt er als ik bel?"), "phone"),
    Topic("online", "online", _("Veilig op mijn telefoon"), "lock"),
)


type View = Callable[..., HttpResponse]


def never_lost(view: View) -> View:
    """Answer an address that is not there, as of a card of before, with the first page in that language.

    The page for what is not there is of the rest of the site: in its languages, and without the way out.
    """

    @wraps(view)
    def shown(request: HttpRequest, code: str = "", **named: str) -> HttpResponse:
        try:
            return view(request, code, **named)
        except Http404:
            pack = current_release().pack
            return _first(request, pack, tongue(pack, code) or asked_for(request, pack), status=404)

    return shown


@as_intake
@require_safe
@never_lost
def start(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show the first page: one number or the way to a place, what there is to know, and the languages."""
    pack = current_release().pack
    return _first(request, pack, _chosen(request, pack, code))


def _first(request: HttpRequest, pack: Pack, own: Tongue, *, status: int = 200) -> HttpResponse:
    day = timezone.localdate()
    lines = contents.lines(pack, own.code, timezone.localtime())
    found = {
        "topics": [each for each in TOPICS if _known(pack, each, own, day)],
        "line": contents.one_to_call(lines, own.own_name),
        "danger": contents.sentence(pack, "telling_4", own.code, day),
        "no_name": contents.sentence(pack, "no_name", own.code, day),
        "tongues": tongues(pack),
        "check_title": contents.sentence(pack, "check_title", own.code, day),
        "has_cards": bool(pack.cards),
    }
    return _page(request, pack, own, "helping/start.html", found, status=status)


@as_intake
@require_safe
@never_lost
def topic(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Show what there is to know about one thing."""
    pack = current_release().pack
    own = _chosen(request, pack, code)
    about = next((each for each in TOPICS if each.slug == slug), None)
    if about is None:
        raise Http404
    known = _known(pack, about, own, timezone.localdate())
    found = {
        "about": about,
        "steps": [each for each in known if each.to_do],
        "statements": [each for each in known if not (each.folded or each.to_do)],
        "folded": [each for each in known if each.folded],
        "unread": any(each.unread for each in known),
    }
    return _page(request, pack, own, "helping/topic.html", found)


@as_intake
@require_safe
@never_lost
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Show the questions to oneself. The answers are ticked on the screen and go nowhere."""
    pack = current_release().pack
    own = _chosen(request, pack, code)
    day = timezone.localdate()
    found = {
        "questions": contents.own_questions(pack, own.code, day),
        "title": contents.sentence(pack, "check_title", own.code, day),
        "hint": contents.sentence(pack, "check_hint", own.code, day),
    }
    return _page(request, pack, own, "helping/check.html", found)


@as_intake
@require_safe
@never_lost
def where(request: HttpRequest, code: str) -> HttpResponse:
    """Show the numbers to call, with who answers now, and the places to go to."""
    pack = current_release().pack
    own = _chosen(request, pack, code)
    places = contents.places(pack, own.code, timezone.localdate())
    found = {
        "lines": contents.lines(pack, own.code, timezone.localtime()),
        "places": places,
        "no_name": contents.sentence(pack, "no_name", own.code, timezone.localdate()),
    }
    return _page(request, pack, own, "helping/where.html", found)


@as_intake
@require_safe
@never_lost
def wipe(request: HttpRequest, code: str = "") -> HttpResponse:
    """Tell how to take a visit out of the memory of a telephone."""
    pack = current_release().pack
    return _page(request, pack, _chosen(request, pack, code), "helping/wipe.html", {})


@as_intake
@require_safe
@never_lost
def card_list(request: HttpRequest, code: str) -> HttpResponse:
    """Show the cards to somebody who wants to show one to an official."""
    pack = current_release().pack
    own = _chosen(request, pack, code)
    return _page(request, pack, own, "helping/cards.html", _list(pack, own.code, "nl"))


@as_intake
@require_safe
@never_lost
def card(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show one card on a phone: their sentence in Dutch, and that of the official in their language."""
    pack = current_release().pack
    own = _chosen(request, pack, code)
    return _page(request, pack, own, "helping/card.html", _one(pack, key, own.code, "nl"))


@as_intake
@require_safe
def choose_language(request: HttpRequest, key: str = "") -> HttpResponse:
    """Let an official choose the language of who stands in front of them, for all cards or for one."""
    pack = current_release().pack
    others = [each for each in tongues(pack) if each.code != _screen()]
    one = _one(pack, key, _screen(), _screen()) if key else {}
    return _official(request, pack, "helping/choose.html", {"tongues": others, **one})


@as_intake
@require_safe
def official_list(request: HttpRequest, code: str) -> HttpResponse:
    """Show the cards to an official, in both languages."""
    pack = current_release().pack
    other = _chosen(request, pack, code)
    return _official(request, pack, "helping/cards.html", _list(pack, other.code, _screen()), other)


@as_intake
@require_safe
def official_card(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show one card on the screen or phone of an official."""
    pack = current_release().pack
    other = _chosen(request, pack, code)
    return _official(request, pack, "helping/card.html", _one(pack, key, other.code, _screen()), other)


def _known(pack: Pack, about: Topic, own: Tongue, day: date) -> tuple[contents.Statement, ...]:
    return contents.statements(pack, about.topic, about.picture, own.code, day)


def _chosen(request: HttpRequest, pack: Pack, code: str) -> Tongue:
    found = tongue(pack, code) if code else asked_for(request, pack)
    if found is None:
        raise Http404
    return found


def _screen() -> str:
    return (translation.get_language() or "nl")[:2]


def _list(pack: Pack, person: str, official: str) -> dict[str, Any]:
    day = timezone.localdate()
    return {"cards": cards.listed(pack, person, official, day), "draft": cards.is_draft(pack, day)}


def _one(pack: Pack, key: str, person: str, official: str) -> dict[str, Any]:
    found = cards.shown(pack, key, person, official, timezone.localdate())
    if found is None:
        raise Http404
    return {"shown": found}


def _page(
    request: HttpRequest,
    pack: Pack,
    own: Tongue,
    template: str,
    found: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer in the language of the reader, whatever the rest of the site is in."""
    day = timezone.localdate()
    context = {
        "own": own,
        "emergency": contents.emergency(pack, own.code),
        "no_trace": contents.sentence(pack, "no_trace", own.code, day),
        "is_read": contents.is_read_in(pack, own.code),
        **found,
    }
    with translation.override(own.code):
        response = render(request, template, context, status=status)
    response.headers["Content-Language"] = own.code
    return response


def _official(
    request: HttpRequest,
    pack: Pack,
    template: str,
    found: Mapping[str, Any],
    other: Tongue | None = None,
) -> HttpResponse:
    code = _screen()
    own = tongue(pack, code) or Tongue(code, "", direction_of(code))
    return render(request, template, {"own": own, "other": other, "official": True, **found})
