"""What the people in a case want, how they are reached, and what happens to who stays at its place."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.forms import AgainstWishForm, ReachForm, ResidentsForm, WishForm
from sluitend.journeys.cases.journey import CASE_AGAINST_WISH, CASE_RESIDENTS, CASE_WORK
from sluitend.journeys.cases.views.one_form import FORM, one_form, sent
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.handbook.queries import release


@require_http_methods(FORM)
@guarded(CASE_RESIDENTS)
def residents(request: HttpRequest, code: str) -> HttpResponse:
    """Record that it was asked what happens to the people who stay at a place."""
    actor = actor_of(request)
    head, done = queries.head_and_first_step(code, actor, CASE_RESIDENTS)
    pack = release(head.release_number).pack
    form = ResidentsForm(sent(request), initial={"first_step": done}, pack=pack)
    return one_form(
        request,
        head,
        form,
        lambda: actions.answer_residents_question(actor=actor, code=code, **form.cleaned_data),
        page="plan",
        draft="residents",
        title=_("De mensen na een controle"),
        button=_("Leg vast"),
        lead=_("Vraag dit voordat u iets over de plek deelt."),
    )


@require_http_methods(FORM)
@guarded(CASE_WORK)
def wish(request: HttpRequest, code: str) -> HttpResponse:
    """Record what a possible victim wants."""
    actor = actor_of(request)
    view = queries.case(code, actor)
    said = view.wish
    initial: dict[str, Any] = {"revision": view.head.revision}
    if said is not None:
        initial |= {
            "wish": said.wish,
            "wants": said.wants,
            "wants_not": said.wants_not,
            "asked_by": said.asked_by,
            "asked_on": said.asked_on,
        }
    form = WishForm(sent(request), initial=initial)

    def record() -> None:
        data = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        actions.record_wish(actor=actor, code=code, revision=form.seen, **data)

    return one_form(
        request,
        view.head,
        form,
        record,
        back="sporen",
        draft="wish",
        title=_("Wens van de persoon"),
        button=_("Leg de wens vast"),
        lead=_("Wat wil de persoon zelf, en wat niet? Een wens is geen toestemming."),
        against_url=reverse("cases:against_wish", args=[code])
        if said and said.wish in ("no", "unclear")
        else "",
    )


@require_http_methods(FORM)
@guarded(CASE_WORK)
def reach(request: HttpRequest, code: str, person: UUID) -> HttpResponse:
    """Record how somebody can be reached safely."""
    actor = actor_of(request)
    view = queries.case(code, actor)
    who = next((each for each in view.subjects if each.id == person and each.is_person), None)
    if who is None:
        raise Http404
    form = ReachForm(sent(request), initial={"revision": view.head.revision, **who.reach.to_json()})
    return one_form(
        request,
        view.head,
        form,
        lambda: actions.record_reach(
            actor=actor, code=code, person=person, reach=form.as_reach(), revision=form.seen
        ),
        back="wie",
        draft="reach",
        draft_of=person,
        title=_("Veilig bereiken"),
        button=_("Leg vast"),
        lead=_("%(name)s. Dit gaat alleen mee naar de zorg, en als een andere gemeente de casus overneemt.")
        % {"name": who.name},
    )


@require_http_methods(FORM)
@guarded(CASE_AGAINST_WISH)
def against_wish(request: HttpRequest, code: str) -> HttpResponse:
    """Decide to act against the wish of a possible victim."""
    actor = actor_of(request)
    head = queries.head(code, actor, CASE_AGAINST_WISH)
    pack = release(head.release_number).pack
    form = AgainstWishForm(sent(request), initial={"revision": head.revision}, pack=pack)

    def decide() -> None:
        data = form.cleaned_data
        actions.act_against_wish(
            actor=actor, code=code, ground=data["ground"], text=data["text"], revision=form.seen
        )

    return one_form(
        request,
        head,
        form,
        decide,
        back="sporen",
        draft="against_wish",
        title=_("Tegen de wens ingaan"),
        button=_("Leg het besluit vast"),
        lead=_("Dit is een besluit van een mens. Het vraagt een grond en uw uitleg."),
    )
