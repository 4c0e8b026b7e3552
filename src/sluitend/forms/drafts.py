"""What somebody was typing in a form of the desk: kept while they type, and when their session ended first.

A form names its draft in a hidden field (`{% draft %}`). The name holds a kind of page, a random code and a
set of fields, never a word of the content.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from sluitend.forms import actions, queries
from sluitend.kernel.access.acting import Actor, acting, actor_of, become_intake, leave_intake

type GetResponse = Callable[[HttpRequest], HttpResponse]

DESK = "/werk/"
KEEPS = (DESK, "/melden/", "/overleg/", "/ontvangst/")
"""Where forms of people who are signed in stand; without an account nothing is kept."""
FIELD, PAGE, SEEN, TAKE = "draft", "draft_page", "draft_seen", "draft_take"
NEVER = frozenset({"csrfmiddlewaretoken", FIELD, PAGE, SEEN, TAKE, "act", "do", "membership", "step"}) | {
    *("code", "remembered", "sending", "what")  # the way into a mailbox is not what was typed
}
NAME = re.compile(r"[a-z_]{2,12}(-[A-Z]-[0-9A-Z]{4,10})?(-[0-9a-z_]{1,14})?", re.ASCII)
PAGE_NUMBER = re.compile(r"[0-9a-f-]{36}", re.ASCII)
REVISION = re.compile(r"[0-9]{1,8}", re.ASCII)
KEPT = "drafts_kept"
HEADER = "Sluitend-Draft"
"""Of an autosave, which is no activity; in its answer the revision of the draft."""


def is_name(name: str) -> bool:
    """Return whether this can be the name of a draft; anything else could hold a word that was typed."""
    return NAME.fullmatch(name) is not None


def keep(name: str, data: QueryDict, actor: Actor, *, late: bool = False) -> int:
    """Keep what was typed in a form, or forget its draft when nothing stands there any more.

    Args:
        name: of the draft.
        data: what was sent; files are not in it, and passwords and tokens stay out.
        actor: who typed it.
        late: somebody sent it: then it goes before what stands in another page.

    Returns:
        The revision of the draft; 0 for none.

    Raises:
        TypedElsewhere: another page of the same form kept something that this page has not seen.
    """
    fields = {field: values for field, values in data.lists() if _may_keep(field)}
    page = page_of(data, takes=late)
    if any(any(values) for values in fields.values()):
        return actions.save_draft(form=name, content=fields, actor=actor, page=page)
    actions.drop_draft(form=name, actor=actor, page=page)
    return 0


def page_of(data: QueryDict, *, takes: bool = False) -> actions.Page:
    """Return in which page something was typed; a page that was bent is taken for the only one."""
    number, seen = data.get(PAGE, ""), data.get(SEEN, "")
    if not PAGE_NUMBER.fullmatch(number):
        return actions.Page()
    known = int(seen) if REVISION.fullmatch(seen) else None
    return actions.Page(number, known, takes=takes or bool(data.get(TAKE)))


def _may_keep(field: str) -> bool:
    return field not in NEVER and "password" not in field


def kept_of(name: str, request: HttpRequest) -> queries.Kept | None:
    """Return what is known of the draft for this form; one statement a page.

    A form that came back holds what was typed already.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if request.POST.get(FIELD) == name or actor is None or not actor.roles:
        return None
    if not hasattr(request, KEPT):
        with _own_role(request):
            setattr(request, KEPT, queries.drafts_kept(actor))
    found: queries.Kept | None = getattr(request, KEPT).get(name)
    return found


def worked(request: HttpRequest) -> None:
    """Note that a form did what it asked, though its answer is shown in place and leads nowhere else."""
    request.form_worked = True  # type: ignore[attr-defined]


def saved(save: Callable[[], int]) -> HttpResponse:
    """Keep what is being typed, and say its revision, or that it is typed elsewhere and since when."""
    try:
        revision = save()
    except actions.TypedElsewhere as error:
        return JsonResponse({"at": timezone.localtime(error.at).strftime("%H:%M")})
    return HttpResponse(status=204, headers={HEADER: str(revision)})


class DropSent:
    """Forget the draft of a form that was sent and worked, in the transaction in which it did."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Almost whatever works ends in another page; a form that came back is shown in place.
        if response.status_code in (302, 303) or getattr(request, "form_worked", False):
            drop_sent(request)
        return response


def drop_sent(request: HttpRequest) -> None:
    """Forget the draft of the form that was sent, unless it was typed in on another page since."""
    name = _named(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if name and actor.roles:
        with _own_role(request):
            actions.drop_draft(form=name, actor=actor, page=page_of(request.POST))


@contextmanager
def _own_role(request: HttpRequest) -> Iterator[None]:
    """Look in somebody's own organisation, also while a page for everybody is shown."""
    if not getattr(request, "ran_as_intake", False):
        yield
        return
    leave_intake()
    yield
    become_intake()


def keep_late(request: HttpRequest) -> None:
    """Keep what was sent after the session's rest as the draft of its writer, whose session ends now."""
    _keep_after_rest(request, lambda name, actor: keep(name, request.POST, actor, late=True))


def keep_unsent(request: HttpRequest) -> HttpResponse | None:
    """Keep what somebody typed after the session's rest, and answer their page; None when it is no draft."""
    return _keep_after_rest(request, lambda name, actor: saved(lambda: keep(name, request.POST, actor)))


def _keep_after_rest[Kept](request: HttpRequest, save: Callable[[str, Actor], Kept]) -> Kept | None:
    name = _named(request)
    if not name or not _from_our_page(request):
        return None
    actor = actor_of(request)
    if not actor.roles:
        return None
    with acting(actor):
        return save(name, actor)


def page_before(request: HttpRequest) -> str:
    """Return the page of the desk from which this was sent, to come back to after signing in."""
    before = request.headers.get("Referer", "")
    parts = urlsplit(before)
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}) and parts.path.startswith(DESK)
    return (f"{parts.path}?{parts.query}" if parts.query else parts.path) if ours else DESK


def _named(request: HttpRequest) -> str:
    if request.method != "POST" or not request.path.startswith(KEEPS):
        return ""
    name = request.POST.get(FIELD, "")
    return name if is_name(name) else ""


def _from_our_page(request: HttpRequest) -> bool:
    # The framework checks the token only on the way to a view, and this request reaches none.
    def nowhere(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    return CsrfViewMiddleware(nowhere).process_view(request, nowhere, (), {}) is None
