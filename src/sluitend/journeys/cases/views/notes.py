"""Small pages of a case: a subject, an observation, a note, a track, a date, a wish."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.forms import (
    AgainstWishForm,
    CloseTrackForm,
    DueForm,
    NoteForm,
    ObservationForm,
    ReachForm,
    ResidentsForm,
    SubjectForm,
    TrackForm,
    WishForm,
)
from sluitend.journeys.cases.journey import CASE_AGAINST_WISH, CASE_RESIDENTS, CASE_WORK
from sluitend.journeys.cases.models import TrackKind
from sluitend.journeys.cases.queries.shapes import CaseView, Head, TrackView
from sluitend.journeys.cases.views.common import attempt, status_of, to
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.handbook.queries import release

FORM = ["GET", "HEAD", "POST"]


def _page(
    request: HttpRequest,
    head: Head,
    form: forms.Form,
    do: Callable[[], object],
    *,
    page: str = "case",
    back: str = "",
    draft: str,
    title: str,
    button: str,
    lead: str = "",
    **more: Any,
) -> HttpResponse:
    """Show a page with one form, or do what it asks and go back to the case.

    Args:
        request: that asks or sends.
        head: of the case.
        form: of the page.
        do: what the form asks, once it is filled in well.
        page, back: where to go back to, and to which part of it.
        draft: the kind under which what is typed is kept.
        title, button, lead: words of the page.
        more: what its template needs beside these.
    """
    if form.is_valid() and attempt(form, do)[0]:
        return to(page, head.code, fragment=back)
    texts = {"draft_kind": draft, "title": title, "button": button, "lead": lead}
    context = {"head": head, "form": form, **texts, **more}
    return render(request, "cases/form.html", context, status=status_of(form))


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(FORM)
@guarded(CASE_WORK)
def subject(request: HttpRequest, code: str) -> HttpResponse:
    """Add a subject."""
    actor = actor_of(request)
    head = queries.head(code, actor, CASE_WORK)
    form = SubjectForm(_data(request))
    return _page(
        request,
        head,
        form,
        lambda: actions.add_subject(actor=actor, code=code, new=form.as_draft()),
        back="wie",
        draft="subject",
        title=_("Betrokkene toevoegen"),
        button=_("Voeg toe"),
        lead=_("Beschrijf wat er bekend is. Met een nummer of adres vindt u eerdere signalen."),
    )


@require_http_methods(FORM)
@guarded(CASE_WORK)
def observation(request: HttpRequest, code: str, observation_id: UUID | None = None) -> HttpResponse:
    """Add an observation, or replace one by a better one."""
    actor = actor_of(request)
    if observation_id is None:
        head, subjects = queries.head_and_subjects(code, actor, CASE_WORK)
        form = ObservationForm(_data(request), subjects=subjects)
        return _page(
            request,
            head,
            form,
            lambda: actions.add_observation(actor=actor, code=code, new=form.as_draft()),
            back="gezien",
            draft="observation",
            title=_("Waarneming toevoegen"),
            button=_("Voeg toe"),
        )
    return _correct(request, code, observation_id)


def _correct(request: HttpRequest, code: str, observation_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    view = queries.case(code, actor)
    old = next((each for each in view.observations if each.id == observation_id), None)
    if old is None:
        raise Http404
    kept = ("kind", "text", "where", "source", "lasts", "put_out")
    initial: dict[str, Any] = {"when": old.day, **{name: getattr(old, name) for name in kept}}
    initial["about"] = [str(each) for each in old.about]
    form = ObservationForm(_data(request), initial=initial, subjects=view.subjects)
    return _page(
        request,
        view.head,
        form,
        lambda: actions.correct_observation(
            actor=actor, code=code, observation_id=observation_id, new=form.as_draft()
        ),
        back="gezien",
        draft="correct",
        draft_of=observation_id,
        title=_("Waarneming verbeteren"),
        button=_("Bewaar de verbetering"),
        lead=_("De oude tekst blijft staan, doorgestreept, in de tijdlijn."),
    )


@require_http_methods(FORM)
@guarded(CASE_WORK)
def note(request: HttpRequest, code: str) -> HttpResponse:
    """Write a note."""
    actor = actor_of(request)
    head = queries.head(code, actor, CASE_WORK)
    form = NoteForm(_data(request), initial={"track": ""})
    return _page(
        request,
        head,
        form,
        lambda: actions.add_note(actor=actor, code=code, **form.cleaned_data),
        back="tijd",
        draft="note",
        title=_("Notitie"),
        button=_("Bewaar de notitie"),
    )


@require_http_methods(FORM)
@guarded(CASE_WORK)
def track(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Work on a track: write where it stands."""
    actor = actor_of(request)
    view, card = _track(code, kind, request)
    form = TrackForm(
        _data(request),
        initial={
            "revision": card.revision,
            "summary": card.summary,
            "runs": "yes" if card.state == "runs" else "no",
        },
        place_closed=kind == TrackKind.PLACE and not view.place_may_go,
    )

    def work() -> None:
        data = form.cleaned_data
        actions.work_track(
            actor=actor,
            code=code,
            track=kind,
            summary=data["summary"],
            runs=data["runs"] == "yes",
            due=data["due"],
            revision=form.seen,
        )

    return _page(
        request,
        view.head,
        form,
        work,
        back="sporen",
        draft="track",
        draft_of=kind,
        title=str(TrackKind(kind).label),
        button=_("Leg vast"),
        track=card,
        close_url=reverse("cases:track_close", args=[code, kind]),
    )


def _track(code: str, kind: str, request: HttpRequest) -> tuple[CaseView, TrackView]:
    if kind not in TrackKind.values:
        raise Http404
    view = queries.case(code, actor_of(request))
    card = view.person if kind == TrackKind.PERSON else view.place
    if not card.opened:
        raise Http404
    return view, card


@require_POST
@guarded(CASE_WORK)
def track_open(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Open a track."""
    actions.open_track(actor=actor_of(request), code=code, track=kind)
    return to("case", code, fragment="sporen")


@require_http_methods(FORM)
@guarded(CASE_WORK)
def track_close(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Close a track."""
    actor = actor_of(request)
    view, card = _track(code, kind, request)
    pack = release(view.head.release_number).pack
    form = CloseTrackForm(_data(request), initial={"revision": card.revision}, pack=pack, track=kind)

    def end() -> None:
        data = form.cleaned_data
        actions.close_track(
            actor=actor,
            code=code,
            track=kind,
            outcome=data["outcome"],
            reason=data["reason"],
            sentence=data["reason_text"],
            revision=form.seen,
        )

    return _page(
        request,
        view.head,
        form,
        end,
        back="sporen",
        draft="track_close",
        draft_of=kind,
        title=_("%(track)s afsluiten") % {"track": TrackKind(kind).label},
        button=_("Sluit dit spoor"),
    )


@require_http_methods(FORM)
@guarded(CASE_WORK)
def due(request: HttpRequest, code: str, of: str = "case") -> HttpResponse:
    """Set another date for the next step of the case or of a track."""
    actor = actor_of(request)
    view = queries.case(code, actor)
    cards = {TrackKind.PERSON.value: view.person, TrackKind.PLACE.value: view.place}
    if of != "case" and not (of in cards and cards[of].opened):
        raise Http404
    revision = view.head.revision if of == "case" else cards[of].revision
    form = DueForm(
        _data(request), initial={"revision": revision}, pack=release(view.head.release_number).pack
    )

    def change() -> None:
        data = form.cleaned_data
        actions.change_due(
            actor=actor,
            code=code,
            of=of,
            due=data["due"],
            reason=data["reason"],
            sentence=data["reason_text"],
            revision=form.seen,
        )

    return _page(
        request,
        view.head,
        form,
        change,
        draft="due",
        draft_of=of,
        title=_("Andere datum"),
        button=_("Zet de datum"),
    )


@require_http_methods(FORM)
@guarded(CASE_RESIDENTS)
def residents(request: HttpRequest, code: str) -> HttpResponse:
    """Record that it was asked what happens to the people who stay at a place."""
    actor = actor_of(request)
    head, done = queries.head_and_first_step(code, actor, CASE_RESIDENTS)
    pack = release(head.release_number).pack
    form = ResidentsForm(_data(request), initial={"first_step": done}, pack=pack)
    return _page(
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
    form = WishForm(_data(request), initial=initial)

    def record() -> None:
        data = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        actions.record_wish(actor=actor, code=code, revision=form.seen, **data)

    return _page(
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
    form = ReachForm(_data(request), initial={"revision": view.head.revision, **who.reach.to_json()})
    return _page(
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
    form = AgainstWishForm(_data(request), initial={"revision": head.revision}, pack=pack)

    def decide() -> None:
        data = form.cleaned_data
        actions.act_against_wish(
            actor=actor, code=code, ground=data["ground"], text=data["text"], revision=form.seen
        )

    return _page(
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
