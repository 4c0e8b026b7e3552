"""The first walk: what somebody does here, in an invented case. It reads and writes nothing of any matter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sluitend.journeys.care.queries import does_care
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.access.preferences import answer_walk
from sluitend.kernel.access.views import actor_of, guarded
from sluitend.surfaces.desk.walks import walks_for


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(OWN_ACCOUNT)
def walk(request: HttpRequest) -> HttpResponse:
    """Show a step of the walk of a role of one's own; what is sent ends the offer on Vandaag."""
    actor = actor_of(request)
    if request.method == "POST":
        answer_walk(actor)
        return redirect("walk" if request.POST.get("answer") == "begin" else "today")
    walks = walks_for(actor.roles, care=does_care(actor))
    name, asked = request.GET.get("rol", ""), request.GET.get("stap", "1")
    chosen = next((each for each in walks if each.name == name or not name), None)
    numbers = {str(each): each for each in range(1, len(chosen.steps) + 1)} if chosen else {}
    if chosen is None or asked not in numbers:
        raise Http404
    number = numbers[asked]
    context = {
        "walk": chosen,
        "step": chosen.steps[number - 1],
        "number": number,
        "before": number - 1,
        "next": number + 1 if number < len(chosen.steps) else 0,
    }
    return render(request, "desk/walk.html", context)
