"""The pages of a search. Who works elsewhere gets the page of what never existed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.reports.queries import help_request
from sluitend.journeys.shelter import actions, queries
from sluitend.journeys.shelter.forms import (
    AddressForm,
    CalledForm,
    DeclinedForm,
    ExtendForm,
    HoldForm,
    HotelForm,
    NightForm,
    OfferForm,
    OnlyForm,
    PlaceForm,
    RefusedForm,
    SearchForm,
    StartForm,
)
from sluitend.journeys.shelter.journey import (
    SHELTER_ADDRESS,
    SHELTER_NIGHT,
    SHELTER_READ,
    SHELTER_START,
    SHELTER_WORK,
)
from sluitend.journeys.shelter.queries import SearchView
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.handbook.queries import current_release

type View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Act:
    """Something that can be done with a search, in the states in which it can."""

    name: str
    path: str
    title: Promise
    form: type[SearchForm]
    does: Callable[..., None]
    done: Promise
    states: frozenset[str]


def _states(words: str) -> frozenset[str]:
    return frozenset(words.split())


NIGHT = Act(
    "night",
    "nacht/",
    gettext_lazy("Vul een nacht in"),
    NightForm,
    actions.set_night,
    gettext_lazy("Bewaard."),
    _states("open offered mediation refused declined expired on_hold placed"),
)
HOTEL = Act(
    "hotel",
    "hotel/",
    gettext_lazy("Vraag een gemeente om een hotel voor vannacht"),
    HotelForm,
    actions.ask_hotel,
    gettext_lazy("Gevraagd, zonder naam. Zoek intussen verder."),
    _states("open offered mediation refused declined expired"),
)
ACTS = (
    Act(
        "called",
        "gebeld/",
        gettext_lazy("U belde over wie weg is"),
        CalledForm,
        actions.called,
        gettext_lazy("Bewaard. Op die dag kijkt u weer."),
        _states("gone"),
    ),
    Act(
        "offer",
        "aanbod/",
        gettext_lazy("Er is een plek aangeboden"),
        OfferForm,
        actions.offer,
        gettext_lazy("Het aanbod staat erbij."),
        _states("open mediation"),
    ),
    Act(
        "place",
        "geplaatst/",
        gettext_lazy("De persoon heeft een plek"),
        PlaceForm,
        actions.place,
        gettext_lazy("Geplaatst. De nachten vullen zichzelf."),
        _states("open offered"),
    ),
    HOTEL,
    Act(
        "refused",
        "opvang-zegt-nee/",
        gettext_lazy("De opvang zegt nee"),
        RefusedForm,
        actions.refused,
        gettext_lazy("Bewaard. Kies hoe u verder zoekt."),
        _states("offered"),
    ),
    Act(
        "declined",
        "persoon-zegt-nee/",
        gettext_lazy("De persoon wil deze plek niet"),
        DeclinedForm,
        actions.declined,
        gettext_lazy("Bewaard. Kies hoe u verder zoekt."),
        _states("offered"),
    ),
    Act(
        "go_on",
        "verder/",
        gettext_lazy("Zoek verder"),
        OnlyForm,
        actions.go_on,
        gettext_lazy("U zoekt weer."),
        _states("mediation refused declined expired on_hold gone"),
    ),
    Act(
        "extend",
        "langer/",
        gettext_lazy("Het verblijf kan langer"),
        ExtendForm,
        actions.extend,
        gettext_lazy("Verlengd."),
        _states("placed"),
    ),
    Act(
        "too_late",
        "te-laat/",
        gettext_lazy("Wie bemiddelt, bood nog een plek aan"),
        OnlyForm,
        actions.too_late,
        gettext_lazy("Bewaard. Al geplaatst: zeg dat vandaag tegen wie bemiddelt."),
        _states("placed_settled"),
    ),
    Act(
        "said_so",
        "gezegd/",
        gettext_lazy("Wie bemiddelt, weet dat er al een plek is"),
        OnlyForm,
        actions.said_so,
        gettext_lazy("Bewaard."),
        _states("placed_late"),
    ),
    Act(
        "leave",
        "verlaten/",
        gettext_lazy("De persoon is weg van deze plek en zoekt een andere"),
        OnlyForm,
        actions.leave,
        gettext_lazy("U zoekt weer."),
        _states("placed"),
    ),
    Act(
        "hold",
        "even-niet/",
        gettext_lazy("Zoek even niet"),
        HoldForm,
        actions.hold,
        gettext_lazy("Tot die dag tellen er geen nachten."),
        _states("open mediation"),
    ),
    Act(
        "gone",
        "weg/",
        gettext_lazy("De persoon is weg, niemand weet waar"),
        OnlyForm,
        actions.gone,
        gettext_lazy("Bewaard. Er tellen nu geen nachten."),
        _states("open offered mediation refused declined expired placed"),
    ),
    Act(
        "end",
        "gestopt/",
        gettext_lazy("Het verblijf is gestopt, er is geen plek meer nodig"),
        OnlyForm,
        actions.end,
        gettext_lazy("Het zoeken is gesloten."),
        _states("placed"),
    ),
    Act(
        "withdraw",
        "ingetrokken/",
        gettext_lazy("Er is geen plek meer nodig"),
        OnlyForm,
        actions.withdraw,
        gettext_lazy("Het zoeken is gesloten."),
        _states("open offered mediation declined on_hold"),
    ),
)


@guarded(SHELTER_START, *READING, "POST")
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin to look for a place for who a request is about."""
    actor, pack = actor_of(request), current_release().pack
    asked = help_request(code, actor, SHELTER_READ)
    form = StartForm(request.POST if request.method == "POST" else None, pack=pack, minor=asked.minor)
    if form.is_valid():
        begun: list[str] = []
        wish = actions.Wish(**form.cleaned_data)
        error = tried(lambda: begun.append(actions.start(request=code, actor=actor, wish=wish)))
        if error is None:
            messages.success(request, _("U zoekt nu een plek. Vul in waar de persoon vannacht slaapt."))
            return redirect("shelter:search", code=begun[0])
        form.add_error(error.field if error.field in form.fields else None, error.message)
    trail = [
        {"label": _("Zorg"), "url": "/werk/zorg/"},
        {"label": code, "url": f"/werk/zorg/{code}/", "code": True},
        {"label": _("Zoek een plek")},
    ]
    context = {"form": form, "trail": trail, "request_code": code}
    return render(request, "shelter/start.html", context, status=AMISS if form.errors else 200)


@guarded(SHELTER_READ, *READING)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one search: tonight first."""
    return _page(request, code)


@guarded(SHELTER_ADDRESS, "POST")
def address(request: HttpRequest, code: str) -> HttpResponse:
    """Show where the place is, once, with a reason that stands in the ledger."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, code, address_form=form)
    seen: list[str] = []
    reason = form.cleaned_data["reason"]
    error = tried(
        lambda: seen.append(actions.open_address(code=code, reason=reason, actor=actor_of(request)))
    )
    if error is not None:
        form.add_error(None, error.message)
    return _page(request, code, address_form=form, address=next(iter(seen), ""))


def view_of(act: Act) -> View:
    """Return the view of something that can be done: its form stands first, the others a link away.

    A night is filled in on the page of the search itself.
    """

    @guarded(SHELTER_NIGHT if act is NIGHT else SHELTER_WORK, *(() if act is NIGHT else READING), "POST")
    def done(request: HttpRequest, code: str) -> HttpResponse:
        if request.method != "POST":
            return _page(request, code, chosen=act)
        view = queries.search(code, actor_of(request))
        form = _form(act, view, request.POST)
        if form.is_valid():
            error = tried(lambda: act.does(code=code, actor=actor_of(request), **form.verb()))
            if error is None:
                messages.success(request, str(act.done))
                return redirect("shelter:search", code=code)
            form.add_error(error.field if error.field in form.fields else None, error.message)
        return _page(request, code, bound=(act, form))

    return done


def _offered(act: Act, view: SearchView) -> bool:
    return bool(view.stands & act.states) and (act is not HOTEL or view.may_ask_hotel)


def _form(act: Act, view: SearchView, data: Any = None) -> SearchForm:
    form = act.form(
        data,
        pack=current_release().pack,
        household=view.household_id,
        revision=view.revision,
        name=act.name,
    )
    if isinstance(form, NightForm):
        tonight = None if view.held else view.tonight
        form.of_nights(tonight, [*view.to_fill, *view.to_correct])
    return form


def _page(
    request: HttpRequest,
    code: str,
    *,
    chosen: Act | None = None,
    bound: tuple[Act, SearchForm] | None = None,
    address_form: forms.Form | None = None,
    address: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    view = queries.search(code, actor)
    offered = [each for each in ACTS if _offered(each, view)]
    if chosen and chosen not in offered:  # somebody did something since
        return redirect("shelter:search", code=code)
    asked = bound[0] if bound else chosen
    first = asked if asked in offered else next(iter(offered), None)

    def shown(act: Act) -> dict[str, Any]:
        form = bound[1] if bound and bound[0] is act else _form(act, view)
        return {"name": f"shelter_{act.name}", "form": form, **named(act)}

    def named(act: Act) -> dict[str, Any]:
        return {"title": act.title, "url": reverse(f"shelter:{act.name}", args=[code])}

    wrong = bound[1] if bound else address_form if address_form and address_form.errors else None
    context = {
        "view": view,
        "reached": queries.reached(actor),
        "night": shown(NIGHT) if view.may_fill else None,
        "act": shown(first) if first else None,
        "chosen": asked is not None and asked is first,
        "others": [named(each) for each in offered if each is not first],
        "address_form": address_form or AddressForm(),
        "address": address,
        "wrong": wrong,
        "trail": [
            {"label": _("Zorg"), "url": "/werk/zorg/"},
            {"label": view.request, "url": f"/werk/zorg/{view.request}/", "code": True},
            {"label": code, "code": True},
        ],
    }
    return render(request, "shelter/search.html", context, status=AMISS if wrong else 200)
