"""One list of the handbook and one entry of it: looking, editing, a spreadsheet out and in."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sluitend.exports.names import kind_name
from sluitend.exports.sheets import MAX_BYTES, as_sheet
from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.actions import ChangedMeanwhile, Edit, NotRight
from sluitend.journeys.editing.boxes import Drawing
from sluitend.journeys.editing.filled import content_from
from sluitend.journeys.editing.journey import HANDBOOK_EDIT
from sluitend.journeys.editing.lines import languages_of
from sluitend.journeys.editing.naming import name_for
from sluitend.journeys.editing.preview import preview
from sluitend.journeys.editing.queries import EntryView
from sluitend.journeys.editing.reviews import with_reviews
from sluitend.journeys.editing.told import told, told_of_sheet
from sluitend.journeys.editing.views.reading import page_of
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.handbook.loading import kind_of, list_parts
from sluitend.kernel.handbook.problems import PackProblem

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM = ("GET", "HEAD", "POST")
NEW = "nieuw"


@guarded(HANDBOOK_EDIT, *READING)
def entry_list(request: HttpRequest, part: str) -> HttpResponse:
    """Show the entries of one list."""
    _known(part)
    words = request.GET.get("zoek", "")[:100]
    actor = actor_of(request)
    context = {
        "part": part,
        "name": kind_name(part, many=True),
        "lines": queries.entry_lines(actor, part, words=words),
        "words": words,
        "draft": queries.draft_view(actor),
        "trail": _trail(part),
    }
    return render(request, "editing/list.html", context)


@guarded(HANDBOOK_EDIT, *FORM)
def entry(request: HttpRequest, part: str, entry_id: str) -> HttpResponse:
    """Show one entry with its form, and save what was filled in."""
    _known(part)
    actor = actor_of(request)
    try:
        view = queries.entry(actor, part, entry_id)
    except LookupError:
        raise Http404 from None
    if request.method != "POST":
        return _form(request, view, view.content or view.original or {})
    content = _content(request, view)
    return _saved(request, view, content)


@guarded(HANDBOOK_EDIT, *FORM)
def new(request: HttpRequest, part: str) -> HttpResponse:
    """Add an entry to a list."""
    _known(part)
    view = _blank(actor_of(request), part)
    if request.method != "POST":
        return _form(request, view, queries.blank(part))
    content, taken = _content(request, view), _taken(actor_of(request), part)
    typed = str(content.get("id") or "")
    if typed in taken:
        words = ("deze vaste naam is er al", "this fixed name exists already")
        problem = PackProblem(part, typed, *words, field="id")
        return _form(request, view, content, problems=(problem,), status=AMISS)
    return _saved(request, view, {**content, "id": typed or name_for(content, taken)})


@guarded(HANDBOOK_EDIT, "POST")
def check(request: HttpRequest, part: str, entry_id: str) -> HttpResponse:
    """Say what would be wrong with what is typed, and how it would look, while it is typed."""
    _known(part)
    actor = actor_of(request)
    try:
        view = queries.entry(actor, part, entry_id)
    except LookupError:
        view = _blank(actor, part)
    content = _content(request, view)
    if not content.get("id"):
        content["id"] = name_for(content, _taken(actor, part))
    problems = queries.problems_with(actor, part, str(content.get("id") or entry_id), content)
    pack, _wrong = queries.pack_of_draft(actor)
    context = {"problems": [told(one, content) for one in problems], "shown": preview(part, content, pack)}
    return render(request, "editing/look.html", context)


@guarded(HANDBOOK_EDIT, "POST")
def take_out(request: HttpRequest, part: str, entry_id: str) -> HttpResponse:
    """Take an entry out of the handbook, in the draft."""
    seen = _seen(request)
    edit = Edit(part=part, entry_id=entry_id, content=None, seen=seen)
    error = tried(lambda: actions.save(actor=actor_of(request), edit=edit))
    if error is not None:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Deze regel gaat eruit bij de volgende uitgave."))
    return redirect("editing:list", part)


@guarded(HANDBOOK_EDIT, "POST")
def put_back(request: HttpRequest, part: str, entry_id: str) -> HttpResponse:
    """Forget what the draft does to an entry."""
    seen = _seen(request)
    error = tried(lambda: actions.put_back(actor=actor_of(request), part=part, entry_id=entry_id, seen=seen))
    if error is not None:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("De regel staat weer zoals in de uitgave van nu."))
    return redirect("editing:list", part)


@guarded(HANDBOOK_EDIT, *FORM)
def sheet(request: HttpRequest, part: str) -> HttpResponse:
    """Give a list as a spreadsheet, or take an edited one in."""
    _known(part)
    actor = actor_of(request)
    if request.method != "POST":
        pack, _problems = queries.pack_of_draft(actor)
        headers = {"Content-Disposition": f'attachment; filename="{part}.xlsx"'}
        return HttpResponse(as_sheet(part, getattr(pack, part)), content_type=SHEET_TYPE, headers=headers)
    given = request.FILES.get("sheet")
    content = given.read(MAX_BYTES + 1) if given else b""
    changed: list[int] = []
    error = (
        tried(lambda: changed.append(actions.save_sheet(actor=actor, part=part, content=content)))
        if content
        else DomainError(_("Kies eerst een rekenblad."))
    )
    if error is None:
        messages.success(request, _("Overgenomen. Zoveel regels veranderen: %(n)s.") % {"n": changed[0]})
        return redirect("editing:list", part)
    problems = [told_of_sheet(one) for one in error.problems] if isinstance(error, NotRight) else []
    context = {"part": part, "name": kind_name(part, many=True), "error": error, "problems": problems}
    return render(request, "editing/sheet.html", context | {"trail": _trail(part)}, status=AMISS)


@guarded(HANDBOOK_EDIT, "POST")
def review(request: HttpRequest, part: str, entry_id: str) -> HttpResponse:
    """Keep who read an entry in a language; of a language itself, who read all that is in it."""
    _known(part)
    actor, by, seen = actor_of(request), request.POST.get("by", ""), _seen(request)

    def read() -> None:
        if part == "languages":
            actions.review_language(actor=actor, language=entry_id, by=by)
        else:
            language = request.POST.get("language", "")
            actions.review(actor=actor, part=part, entry_id=entry_id, language=language, by=by, seen=seen)

    error = tried(read)
    if error is not None:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Bewaard in het concept: wie het nalas, en wanneer."))
    return redirect("editing:entry", part, entry_id)


def _taken(actor: Actor, part: str) -> set[str]:
    return {line.entry_id for line in queries.entry_lines(actor, part)}


def _blank(actor: Actor, part: str) -> EntryView:
    pack, _problems = queries.pack_of_draft(actor)
    return EntryView(part, kind_name(part), "", "", None, None, 0, languages=languages_of(part, None, pack))


def _saved(request: HttpRequest, view: EntryView, content: dict[str, Any]) -> HttpResponse:
    entry_id = view.entry_id or str(content.get("id") or "")
    edit = Edit(part=view.part, entry_id=entry_id, content=content, seen=_seen(request))
    error = tried(lambda: actions.save(actor=actor_of(request), edit=edit))
    if error is None:
        messages.success(request, _("Bewaard in het concept."))
        return redirect("editing:entry", view.part, entry_id)
    if isinstance(error, ChangedMeanwhile):
        return _form(request, view, content, meanwhile=error, status=AMISS)
    problems = error.problems if isinstance(error, NotRight) else ()
    return _form(request, view, content, problems=problems, error=error, status=AMISS)


def _form(
    request: HttpRequest,
    view: EntryView,
    content: dict[str, Any],
    *,
    problems: tuple[PackProblem, ...] = (),
    error: DomainError | None = None,
    meanwhile: ChangedMeanwhile | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    pack, _wrong = queries.pack_of_draft(actor)
    wrong: dict[str, list[str]] = {}
    for one in problems:
        wrong.setdefault(one.field, []).append(told(one, content))
    drawing = Drawing(pack, view.languages, wrong)
    version = meanwhile.version if meanwhile else _seen(request) if request.method == "POST" else view.version
    context = {
        "view": view,
        "boxes": drawing.boxes(kind_of(view.part), content),
        "choices": drawing.choices.values(),
        "problems": [told(one, content) for one in problems],
        "error": error,
        "meanwhile": meanwhile,
        "theirs": preview(view.part, meanwhile.content, pack) if meanwhile and meanwhile.content else None,
        "shown": preview(view.part, content, pack) if view.entry_id else None,
        "version": version,
        "has_page": bool(view.entry_id and page_of(view.part, view.entry_id, pack)),
        "draft_of": queries.draft_view(actor),
        "draft_key": sha256(f"{view.part}.{view.entry_id}".encode()).hexdigest()[:12],
        "check_id": view.entry_id or NEW,
        "trail": [*_trail(view.part, linked=True), {"label": view.label or _("Nieuw")}],
    }
    return render(request, "editing/entry.html", context, status=status)


def _content(request: HttpRequest, view: EntryView) -> dict[str, Any]:
    """Return what was filled in, with the reviews of the languages whose words stayed the same."""
    content = content_from(kind_of(view.part), request.POST, view.languages)
    before = view.content or view.original
    if before is None:
        return content
    if view.entry_id:
        content["id"] = view.entry_id
    return with_reviews(view.part, content, before)


def _seen(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0


def _known(part: str) -> None:
    if part not in list_parts():
        raise Http404


def _trail(part: str, *, linked: bool = False) -> list[dict[str, str]]:
    name = {"label": kind_name(part, many=True).in_language((get_language() or "nl")[:2])}
    here = name | {"url": f"/werk/handboek/lijst/{part}/"} if linked else name
    return [{"label": _("Handboek"), "url": "/werk/handboek/"}, here]
