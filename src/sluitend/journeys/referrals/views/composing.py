"""Composing a referral beside what the partner will see."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sluitend.journeys.cases.journey import REFERRAL_SEND
from sluitend.journeys.referrals import actions, words
from sluitend.journeys.referrals.channels import CHANNELS
from sluitend.journeys.referrals.channels.base import Channel
from sluitend.journeys.referrals.choosing import Offer, OfferedPart, warning_for
from sluitend.journeys.referrals.compose_form import ComposeForm
from sluitend.journeys.referrals.queries import offers
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.telltale.leaving import still_to_look_at

TRACKS = {"person": "person", "place": "place", "persoon": "person", "locatie": "place"}
SEND = "send"


@dataclass(frozen=True)
class Preview:
    """What the partner sees: first only the outside, after accepting also the chosen parts."""

    first: list[tuple[str, str]]
    question: str
    parts: tuple[OfferedPart, ...]
    withheld: str
    warning: str
    against_wish: bool
    send_label: str
    """What the button says: how much is still to be looked at, or to whom it goes."""


@guarded(REFERRAL_SEND, *READING)
def choose_track(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the one track that can be referred, or let somebody choose between the two."""
    able = offers.sendable_tracks(code, actor_of(request))
    if not able:
        raise Http404
    if len(able) == 1:
        return redirect("referrals:compose", code=code, track=able[0].id)
    return render(request, "referrals/choose_track.html", {"code": code, "tracks": able})


@guarded(REFERRAL_SEND, "GET", "POST")
def compose(request: HttpRequest, code: str, track: str) -> HttpResponse:
    """Show what would go and to whom, and send it."""
    actor = actor_of(request)
    offer = offers.offer_for(code, _track(track), actor)
    form = ComposeForm(offer, request.POST if request.method == "POST" else None)
    if request.POST.get("act") == SEND and form.is_valid():
        sent: list[str] = []
        choice = form.choice()
        error = tried(
            lambda: sent.append(actions.send(case_code=code, track=offer.track, choice=choice, actor=actor))
        )
        if error is None:
            messages.success(
                request, CHANNELS[choice.channel].done(_partner(offer, form), _verb(offer, form))
            )
            return redirect("referrals:sent", code=sent[0])
        form.add_error(error.field if error.field in form.fields else None, error.message)
    elif request.method == "POST" and request.POST.get("act") != SEND:
        # Only a look at what would go: nothing is checked yet, and everything that was typed stays.
        form = ComposeForm(offer, request.POST)
        form.full_clean()
        form.errors.clear()
    return render(
        request, "referrals/compose.html", _context(form, offer), status=AMISS if form.errors else 200
    )


@guarded(REFERRAL_SEND, "POST")
def preview(request: HttpRequest, code: str, track: str) -> HttpResponse:
    """Show only what the partner would see, for a page that asks again while somebody ticks."""
    actor = actor_of(request)
    offer = offers.offer_for(code, _track(track), actor)
    form = ComposeForm(offer, request.POST)
    return render(request, "referrals/preview.html", {"preview": _preview(form, offer)})


def _track(name: str) -> str:
    if name not in TRACKS:
        raise Http404
    return TRACKS[name]


def _partner(offer: Offer, form: ComposeForm) -> str:
    partner = offer.partner(form.present("partner")) or offer.partners[0]
    return partner.label


def _verb(offer: Offer, form: ComposeForm) -> str:
    partner = offer.partner(form.present("partner")) or offer.partners[0]
    return partner.verb


def _channel(form: ComposeForm, offer: Offer) -> Channel:
    partner = offer.partner(form.present("partner")) or offer.partners[0]
    asked = form.present("channel")
    # Another partner may not be reached in the way that was chosen for the first.
    return CHANNELS[asked if asked in partner.channels else partner.channels[0]]


def _context(form: ComposeForm, offer: Offer) -> dict[str, object]:
    partner = offer.partner(form.present("partner")) or offer.partners[0]
    channel = _channel(form, offer)
    name = partner.label
    return {
        "form": form,
        "offer": offer,
        "partner": partner,
        "heading": words.heading(name, partner.verb),
        "promise": words.promise(partner.verb),
        "channel_note": channel.note(),
        "basis_words": next((each.label for each in offer.bases if each.id == form.present("basis")), ""),
        "changing": _has_errors(form, ("partner", "channel", "basis", "answer_by", "expires")),
        "beyond_open": form.going.goes_beyond
        or _has_errors(form, ("beyond", "beyond_ground", "beyond_reason")),
        "preview": _preview(form, offer),
        "trail": [
            {"label": offer.case_name, "url": f"/werk/casussen/{offer.case_code}/"},
            {"label": _("Doorzetten")},
        ],
    }


def _has_errors(form: ComposeForm, names: tuple[str, ...]) -> bool:
    return any(name in form.errors for name in names)


def _preview(form: ComposeForm, offer: Offer) -> Preview:
    what = form.going
    return Preview(
        first=[
            (_("Van"), offer.sender),
            (_("Soort"), offer.kind_words),
            (_("Gebied"), offer.area),
            (_("Hoe snel"), words.urgency(offer.urgency, form.present_answer_by)),
        ],
        question=what.question,
        parts=what.parts,
        withheld=words.withheld(),
        warning=warning_for(what),
        against_wish=what.against_wish,
        send_label=still_to_look_at(len(form.unread))
        if form.unread
        else _channel(form, offer).button(_partner(offer, form), _verb(offer, form)),
    )
