"""What somebody was typing in a form: for its writer alone, for a day."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from sluitend.forms import actions, queries
from sluitend.forms.drafts import HEADER, is_name, keep, saved
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.access.views import actor_of, guarded

JSON, PAGE = "application/json", "text/html"


@guarded(OWN_ACCOUNT, "GET", "HEAD", "POST", "DELETE")
def draft(request: HttpRequest, form: str) -> HttpResponse:
    """Keep what is typed, give it back, or forget it."""
    if not is_name(form):
        raise Http404
    actor = actor_of(request)
    if request.method == "POST":
        return saved(lambda: keep(form, request.POST, actor))
    if request.method == "DELETE":
        actions.drop_draft(form=form, actor=actor)
        return HttpResponse(status=204)
    return _kept(request, form, actor)


def _kept(request: HttpRequest, form: str, actor: Actor) -> HttpResponse:
    fields = queries.draft(form, actor)
    if fields is None:
        raise Http404
    if request.get_preferred_type([JSON, PAGE]) == PAGE:
        # Without script somebody reads here what to copy; a choice is a word of ours, not theirs.
        texts = [value for values in fields.values() for value in values if " " in value.strip()]
        return render(request, "desk/draft.html", {"texts": texts})
    return JsonResponse(fields, headers={HEADER: str(queries.drafts_kept(actor)[form].revision)})
