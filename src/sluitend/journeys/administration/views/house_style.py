"""Huisstijl: how the pages for everybody look, with a preview, and the second person who makes it public."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sluitend.journeys.administration.actions import house_style as actions
from sluitend.journeys.administration.forms.house_style import WORDS, HouseStyleForm
from sluitend.journeys.administration.house_words import LABELS
from sluitend.journeys.administration.journey import HOUSE_STYLE_OFFER, HOUSE_STYLE_PUBLISH, HOUSE_STYLE_SEE
from sluitend.journeys.administration.queries.house_style import Version, held, second_people
from sluitend.journeys.administration.views.common import done, id_of, status_of
from sluitend.kernel.access.decisions import may
from sluitend.kernel.access.views import actor_of, guarded, tried
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.house_styles import Style, in_sentence, mark_of
from sluitend.kernel.organisations.palette import COLOURS, READABLE, NoColour, Palette, readings
from sluitend.kernel.sealing.uploads import MAX_BYTES


@dataclass(frozen=True)
class Shade:
    """A colour in the list: its field, as it is shown, and how well it is read."""

    field: Any
    colour: str
    contrast: float | None
    fine: bool


@guarded(HOUSE_STYLE_SEE, "GET", "HEAD", "POST")
def house_style(request: HttpRequest) -> HttpResponse:
    """Show how it is and how it would be; look, offer, publish, take back."""
    actor = actor_of(request)
    waits, public = held(actor)
    what = request.POST.get("do", "")
    if what in ("publish", "drop"):
        return _decided(request, what)
    newest = waits or (public[0] if public else None)
    form = None
    if may(actor, HOUSE_STYLE_OFFER):
        form = _form(request, what, _initial(newest, actor.organisation_name))
        if form.is_valid() and what == "offer" and done(form, lambda: _offer(request, form, newest)):
            messages.success(request, _("Klaargezet. Een ander kijkt mee en zet het op de voordeur."))
            return redirect("house_style")
        if form.is_bound and request.FILES.get("mark"):
            form.ask_mark_again()
    elif what:
        raise Http404
    context = {
        "form": form,
        "shades": _shades(form) if form else [],
        "waits": waits,
        "public": public,
        "may_publish": bool(waits and not waits.mine and may(actor, HOUSE_STYLE_PUBLISH)),
        "seconds": second_people(actor) if form else (),
        # Nobody makes public what does not stand beside it.
        "shows_typed": bool(form and form.is_bound),
        "preview": _preview(form, newest, actor.organisation_name),
        "needed": READABLE,
    }
    return render(
        request, "administration/house_style.html", context, status=status_of(form) if form else 200
    )


def _form(request: HttpRequest, what: str, initial: dict[str, Any]) -> HouseStyleForm:
    pack = current_release().pack
    if what == "take":
        return HouseStyleForm.with_theme(request.POST, pack=pack, initial=initial)
    sent = (request.POST, request.FILES) if what in ("look", "offer") else (None, None)
    return HouseStyleForm(*sent, pack=pack, initial=initial)


@guarded(HOUSE_STYLE_SEE, "GET", "HEAD")
def mark(request: HttpRequest, style_id: UUID) -> HttpResponse:
    """Show the mark of a version of one's own that is not public yet."""
    waits, public = held(actor_of(request))
    own = {each.style.id for each in (*([waits] if waits else []), *public)}
    content = mark_of(style_id) if style_id in own else None
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg")


def _decided(request: HttpRequest, what: str) -> HttpResponse:
    style_id, actor = id_of(request.POST.get("version", "")), actor_of(request)
    verb = actions.publish_style if what == "publish" else actions.drop_style
    error = tried(lambda: verb(style_id, actor))
    if error is not None:
        messages.error(request, error.message)
    elif what == "publish":
        messages.success(request, _("Het staat binnen een minuut op de voordeur."))
    else:
        messages.success(request, _("Niet openbaar gemaakt. Wat er stond, blijft staan."))
    return redirect("house_style")


def _offer(request: HttpRequest, form: HouseStyleForm, newest: Version | None) -> None:
    given = request.FILES.get("mark")
    actions.offer_style(
        form.new(),
        actor_of(request),
        mark=given.read(MAX_BYTES) if given else None,
        keeps=newest.style.id if newest and not form.cleaned_data["without_mark"] else None,
    )


def _initial(newest: Version | None, name: str) -> dict[str, Any]:
    style = newest.style if newest else Style(None, name)
    palette = _palette(style.colours) or Palette()
    return {
        "name": style.name,
        **{each: getattr(style, each) for each in WORDS},
        "own_colours": bool(style.colours),
        **{each: f"#{getattr(palette, each)}" for each in COLOURS},
    }


def _palette(colours: str) -> Palette | None:
    try:
        return Palette.read(colours)
    except NoColour:
        return None


def _shades(form: HouseStyleForm) -> list[Shade]:
    palette = form.typed_palette()
    read = readings(palette) if palette else {}
    return [
        Shade(
            field=form[name],
            colour=getattr(palette, name) if palette else "",
            contrast=read.get(name),
            fine=read.get(name, 0) >= READABLE,
        )
        for name in LABELS
    ]


def _preview(form: HouseStyleForm | None, newest: Version | None, name: str) -> dict[str, str]:
    """Return what a resident would see: what was typed, else the newest version."""
    style = newest.style if newest else Style(None, name)
    shown = {each: getattr(style, each) for each in ("name", *WORDS)}
    palette = _palette(style.colours)
    if form and form.is_bound:
        shown = {each: str(form.data.get(each, "")) for each in shown}
        palette = form.typed_palette() if form.data.get("own_colours") else None
    has_mark = style.has_mark and not (form and form.is_bound and form.data.get("without_mark"))
    return {
        **shown,
        "of": in_sentence(shown["name"]),
        "colours_url": reverse("house_colours", args=[str(palette)]) if palette else "",
        "mark_url": reverse("house_style_mark", args=[style.id]) if has_mark else "",
    }
