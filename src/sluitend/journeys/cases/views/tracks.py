"""The tracks of a case, and other dates for what is to be done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.forms import CloseTrackForm, DueForm, TrackForm
from sluitend.journeys.cases.journey import CASE_WORK
from sluitend.journeys.cases.models import TrackKind
from sluitend.journeys.cases.queries.shapes import CaseView, TrackView
from sluitend.journeys.cases.views.common import to
from sluitend.journeys.cases.views.one_form import FORM, one_form, sent
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.kernel.handbook.queries import release


@require_http_methods(FORM)
@guarded(CASE_WORK)
def track(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Work on a track: write where it stands."""
    actor = actor_of(request)
    view, card = _track(code, kind, request)
    form = TrackForm(
        sent(request),
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

    return one_form(
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
    form = CloseTrackForm(sent(request), initial={"revision": card.revision}, pack=pack, track=kind)

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

    return one_form(
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
    form = DueForm(sent(request), initial={"revision": revision}, pack=release(view.head.release_number).pack)

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

    return one_form(
        request,
        view.head,
        form,
        change,
        draft="due",
        draft_of=of,
        title=_("Andere datum"),
        button=_("Zet de datum"),
    )
