"""Composing what goes to partners, each beside what that partner will see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.journeys.cases.journey import REFERRAL_SEND
from sluitend.journeys.referrals import actions, words
from sluitend.journeys.referrals.channels import CHANNELS
from sluitend.journeys.referrals.channels.base import Channel
from sluitend.journeys.referrals.choosing import Offer, OfferedPart, OfferedPartner, warning_for
from sluitend.journeys.referrals.compose_form import ComposeForm
from sluitend.journeys.referrals.queries import offers
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.views import AMISS, actor_of, guarded, tried
from sluitend.kernel.telltale.leaving import still_to_look_at

TRACKS = {"": "", "person": "person", "place": "place", "persoon": "person", "locatie": "place"}
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


@dataclass(frozen=True)
class Letter:
    """What goes to one partner, as the page shows it."""

    offer: Offer
    form: ComposeForm
    unfolded: bool = True
    """Whether it stands open; else only in one row, with what it still needs."""

    @property
    def state(self) -> str:
        """What it asks, how much goes along, and what it still needs."""
        if not self.form.is_going:
            return _("Gaat nu niet mee.")
        parts = len(self.form.going.parts)
        said = [
            " ".join(self.offer.asks),
            ngettext("%(n)d deel gaat mee.", "%(n)d delen gaan mee.", parts) % {"n": parts},
            *self._missing(),
        ]
        return " ".join(said)

    def _missing(self) -> list[str]:
        missing = []
        if self.offer.stops or (self.offer.asks_residents and not self.offer.residents_settled):
            missing.append(_("Dit kan nu niet worden verstuurd."))
        if unread := len(self.form.unread):
            missing.append(f"{still_to_look_at(unread)}.")
        if not all(self.form.present(name).strip() for name in self.form.questions):
            missing.append(_("Schrijf nog uw vraag."))
        return missing

    @cached_property
    def partner(self) -> OfferedPartner:
        """To whom it goes, as it stands there now."""
        return self.offer.partner(self.form.present("partner")) or self.offer.partners[0]

    @cached_property
    def channel(self) -> Channel:
        """How it goes."""
        asked = self.form.present("channel")
        # Another partner may not be reached in the way that was chosen for the first.
        return CHANNELS[asked if asked in self.partner.channels else self.partner.channels[0]]

    @property
    def heading(self) -> str:
        """What is done with whom."""
        return words.heading(self.partner.label, self.partner.verb, self.offer.of_care)

    @property
    def promise(self) -> str:
        """What stays as it is for the sender."""
        return words.promise(self.partner.verb, self.offer.of_care)

    @property
    def basis(self) -> str:
        """The ground, in words."""
        chosen = self.form.present("basis")
        return next((each.label for each in self.offer.bases if each.id == chosen), "")

    @property
    def residents_url(self) -> str:
        """Where the question about the residents is answered."""
        return f"/werk/casussen/{self.offer.case_code}/bewoners/"

    @property
    def changing(self) -> bool:
        """Whether recipient, ground or day ask for attention."""
        return self._amiss("partner", "channel", "basis", "answer_by", "expires")

    @property
    def beyond_open(self) -> bool:
        """Whether more goes than is needed, or that asks for attention."""
        return self.form.going.goes_beyond or self._amiss("beyond", "beyond_ground", "beyond_reason")

    def _amiss(self, *names: str) -> bool:
        return any(name in self.form.errors for name in names)

    @cached_property
    def preview(self) -> Preview:
        """What the partner sees."""
        what = self.form.going
        return Preview(
            first=[
                (_("Van"), self.offer.sender),
                (_("Soort"), self.offer.kind_words),
                (_("Gebied"), self.offer.area),
                (_("Hoe snel"), words.urgency(self.offer.urgency, self.form.present_answer_by)),
            ],
            question=what.question,
            parts=what.parts,
            withheld=words.withheld(),
            warning=warning_for(what),
            against_wish=what.against_wish,
        )

    @property
    def done(self) -> str:
        """What the sender reads after sending."""
        return self.channel.done(self.partner.label, self.partner.verb)


@guarded(REFERRAL_SEND, "GET", "POST")
def compose(request: HttpRequest, code: str, track: str = "") -> HttpResponse:
    """Show what would go and to whom, and send it: all letters of one decision at once."""
    actor = actor_of(request)
    letters = _letters(request, code, track, actor)
    if not letters:
        # Nothing is being composed, or somebody sent it already: the plan shows what stands open.
        return _to_plan(code)
    if request.POST.get("act") == SEND:
        going = [each for each in letters if each.form.is_going]
        sent = _send(going, code, actor)
        for letter in going:
            if letter.offer.key in sent:
                messages.success(request, letter.done)
        if sent and len(sent) == len(going):
            only = sent[letters[0].offer.key] if len(letters) == 1 else ""
            return redirect("referrals:sent", code=only) if only else _to_plan(code)
        letters = [each for each in letters if each.offer.key not in sent]
        _let_be(each for each in letters if not each.form.is_going)
        if not going:
            letters[0].form.add_error("goes", _("Kies aan wie u dit verstuurt."))
    elif request.method == "POST":
        # Only a look at what would go: nothing is checked yet, and everything that was typed stays.
        _let_be(letters)
    amiss = any(letter.form.errors for letter in letters)
    letters = _folded(letters, request.POST.get("show", ""))
    context = _shown(letters) | {"trail": _trail(letters[0].offer), "track": track}
    return render(request, "referrals/compose.html", context, status=AMISS if amiss else 200)


@guarded(REFERRAL_SEND, "POST")
def preview(request: HttpRequest, code: str, track: str = "") -> HttpResponse:
    """Show only what the partners would see, for a page that asks again while somebody ticks."""
    letters = _letters(request, code, track, actor_of(request))
    if not letters:
        # What was being composed went a moment ago.
        return HttpResponse(status=204)
    return render(request, "referrals/preview.html", _shown(letters))


def _letters(request: HttpRequest, code: str, track: str, actor: Actor) -> list[Letter]:
    if track not in TRACKS:
        raise Http404
    data = request.POST if request.method == "POST" else None
    found = offers.offers_for(code, actor, track=TRACKS[track])
    return [Letter(each, ComposeForm(each, data, several=len(found) > 1)) for each in found]


def _send(letters: Sequence[Letter], code: str, actor: Actor) -> dict[str, str]:
    """Send these letters, where all are whole, and return their codes; one that is refused says why."""
    sent: dict[str, str] = {}
    if not all(each.form.is_valid() for each in letters):
        return sent

    def send(letter: Letter) -> None:
        offer, choice = letter.offer, letter.form.choice()
        sent[offer.key] = actions.send(
            case_code=code, track=offer.track, choice=choice, actor=actor, letter=offer.key
        )

    for letter in letters:
        if (error := tried(partial(send, letter))) is not None:
            known = error.field if error.field in letter.form.fields else None
            letter.form.add_error(known, error.message)
    return sent


def _folded(letters: Sequence[Letter], shown: str) -> list[Letter]:
    """Let one letter stand open, and each in which something is wrong: the others are a row.

    Args:
        shown: key of the letter in which somebody pressed; the first where that is none.
    """
    keys = {each.offer.key for each in letters}
    first = shown if shown in keys else letters[0].offer.key
    return [replace(each, unfolded=each.offer.key == first or bool(each.form.errors)) for each in letters]


def _let_be(letters: Iterable[Letter]) -> None:
    """Say nothing of what is not sent now."""
    for letter in letters:
        letter.form.full_clean()
        letter.form.errors.clear()


def _shown(letters: Sequence[Letter]) -> dict[str, object]:
    going = [each for each in letters if each.form.is_going]
    unread = sum(len(each.form.unread) for each in going)
    names = list(dict.fromkeys(each.partner.label for each in going))
    if unread:
        label = still_to_look_at(unread)
    elif len(going) == 1:
        label = going[0].channel.button(going[0].partner.label, going[0].partner.verb)
    else:
        label = _("Verstuur naar %(partners)s") % {"partners": get_text_list(names, _("en"))}
    return {"letters": letters, "going": going, "send_label": label, "first": letters[0]}


def _trail(offer: Offer) -> list[dict[str, str]]:
    home = {"label": offer.case_name, "url": f"/werk/casussen/{offer.case_code}/"}
    return [home, {"label": _("Doorzetten"), "url": ""}]


def _to_plan(code: str) -> HttpResponse:
    return redirect(f"/werk/casussen/{code}/plan/")
