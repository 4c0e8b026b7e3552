"""What somebody adds to a case: a subject, an observation, a note."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sluitend.journeys.cases import actions, queries
from sluitend.journeys.cases.forms import NoteForm, ObservationForm, SubjectForm
from sluitend.journeys.cases.journey import CASE_WORK
from sluitend.journeys.cases.views.one_form import FORM, one_form, sent
from sluitend.kernel.access.views import actor_of, guarded


@require_http_methods(FORM)
@guarded(CASE_WORK)
def subject(request: HttpRequest, code: str) -> HttpResponse:
    """Add a subject."""
    actor = actor_of(request)
    head = queries.head(code, actor, CASE_WORK)
    form = SubjectForm(sent(request))
    return one_form(
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
        form = ObservationForm(sent(request), subjects=subjects)
        return one_form(
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
    form = ObservationForm(sent(request), initial=initial, subjects=view.subjects)
    return one_form(
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
    form = NoteForm(sent(request), initial={"track": ""})
    return one_form(
        request,
        head,
        form,
        lambda: actions.add_note(actor=actor, code=code, **form.cleaned_data),
        back="tijd",
        draft="note",
        title=_("Notitie"),
        button=_("Bewaar de notitie"),
    )
