"""How a care file goes on: a colleague looks along, a child has a route, somebody asks how it goes."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from sluitend.journeys.care_files import actions, queries
from sluitend.journeys.care_files.forms import AfterForm, AfterSaidForm, AgeForm, ChildForm, LookForm, Seen
from sluitend.journeys.care_files.journey import (
    CARE_FILE_AFTER,
    CARE_FILE_CHILD,
    CARE_FILE_LOOK,
    CARE_FILE_WRITE,
)
from sluitend.journeys.care_files.views.consents import FORM
from sluitend.journeys.care_files.views.desk import sent
from sluitend.journeys.care_files.views.one_form import Words, one_form
from sluitend.kernel.access.views import guarded
from sluitend.kernel.handbook.queries import current_release


@guarded(CARE_FILE_LOOK, "POST")
def look_along(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a file may be closed, as a colleague of who proposed it."""
    return sent(request, code, "look_form", LookForm(request.POST, auto_id="look_%s"), actions.look_along)


@guarded(CARE_FILE_CHILD, "POST")
def note_child_route(request: HttpRequest, code: str) -> HttpResponse:
    """Note whom somebody called about a child."""
    form = ChildForm(request.POST, auto_id="child_%s")
    return sent(request, code, "child_form", form, actions.note_child_route)


@guarded(CARE_FILE_WRITE, "POST")
def write_age(request: HttpRequest, code: str) -> HttpResponse:
    """Note when somebody under 18 was born, or a guess of how old they are."""
    return sent(request, code, "age_form", AgeForm(request.POST, auto_id="age_%s"), actions.write_age)


@guarded(CARE_FILE_WRITE, "POST")
def talk_of_18(request: HttpRequest, code: str) -> HttpResponse:
    """Note that somebody talked about what is asked anew at 18."""
    return sent(request, code, "talk_form", Seen(request.POST), actions.talk_of_18)


AFTER = Words("after", gettext_lazy("Spreek nazorg af"), gettext_lazy("Bewaar nazorg"))


@guarded(CARE_FILE_AFTER, *FORM)
def plan_aftercare(request: HttpRequest, code: str) -> HttpResponse:
    """Plan the days on which somebody asks how it goes."""
    form = partial(AfterForm, pack=current_release().pack, today=timezone.localdate())
    return one_form(request, code, form, actions.plan_aftercare, AFTER, may=_may_plan)


def _may_plan(view: queries.FileView) -> bool:
    return view.course.may_plan and not view.course.after_dates


@guarded(CARE_FILE_AFTER, "POST")
def note_aftercare(request: HttpRequest, code: str) -> HttpResponse:
    """Note what somebody heard who asked how it goes."""
    form = AfterSaidForm(request.POST, auto_id="said_%s")
    return sent(request, code, "said_form", form, actions.note_aftercare)
