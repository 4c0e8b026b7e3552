"""How a care file goes on: a colleague looks along, a child has a route, somebody asks how it goes."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sluitend.journeys.care_files import actions
from sluitend.journeys.care_files.forms import AfterForm, AfterSaidForm, ChildForm, LookForm
from sluitend.journeys.care_files.journey import CARE_FILE_AFTER, CARE_FILE_CHILD, CARE_FILE_LOOK
from sluitend.journeys.care_files.views.desk import sent
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


@guarded(CARE_FILE_AFTER, "POST")
def plan_aftercare(request: HttpRequest, code: str) -> HttpResponse:
    """Plan the days on which somebody asks how it goes."""
    form = AfterForm(request.POST, pack=current_release().pack, today=timezone.localdate())
    return sent(request, code, "after_form", form, actions.plan_aftercare)


@guarded(CARE_FILE_AFTER, "POST")
def note_aftercare(request: HttpRequest, code: str) -> HttpResponse:
    """Note what somebody heard who asked how it goes."""
    form = AfterSaidForm(request.POST, auto_id="said_%s")
    return sent(request, code, "said_form", form, actions.note_aftercare)
