"""Help in the product: the manual, the keys, and what words mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from sluitend.journeys.care.queries import does_care
from sluitend.kernel.access.views import READING, actor_of, guarded
from sluitend.kernel.followup.journey import TODAY
from sluitend.kernel.handbook.queries import current_release
from sluitend.surfaces.concepts import word_list
from sluitend.surfaces.desk.manual import parts_for
from sluitend.surfaces.desk.walks import walks_for


@guarded(TODAY, *READING)
def manual(request: HttpRequest) -> HttpResponse:
    """Show the manual with the part of one's own role first, and what words mean."""
    actor = actor_of(request)
    own, others = parts_for(frozenset(actor.roles), (get_language() or "")[:2])
    words = word_list(current_release().pack)
    walks = walks_for(actor.roles, care=does_care(actor))
    context = {"own": own, "others": others, "words": words, "walks": walks}
    return render(request, "desk/manual.html", context)
