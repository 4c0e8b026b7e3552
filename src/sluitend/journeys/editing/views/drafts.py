"""The draft as a whole: beginning, what it changes, offering, publishing by a second person, going back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.editing import actions, queries
from sluitend.journeys.editing.attention import attention as attention_of
from sluitend.journeys.editing.journey import HANDBOOK_EDIT, HANDBOOK_PUBLISH
from sluitend.journeys.editing.told import in_the_way
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.views import AMISS, READING, actor_of, guarded, tried
from sluitend.kernel.handbook.queries import NoRelease, current_release

ATTENTION = {
    "due": (
        gettext_lazy("Na te kijken"),
        gettext_lazy("De datum om na te kijken is voorbij, of komt binnen zestig dagen."),
    ),
    "unconfirmed": (
        gettext_lazy("Niet bevestigd"),
        gettext_lazy("Professionals zien dit met een streepjesrand. Het publiek ziet het niet."),
    ),
    "untranslated": (
        gettext_lazy("Niet vertaald"),
        gettext_lazy("In deze talen ontbreken woorden."),
    ),
    "unreviewed": (
        gettext_lazy("Niet nagelezen"),
        gettext_lazy("Geen mens las deze vertaling na. Teksten over de wet staan er daarom niet in."),
    ),
    "unused": (
        gettext_lazy("Niet gebruikt"),
        gettext_lazy("Niets in het handboek verwijst hiernaar."),
    ),
}
DETAIL = {
    "due": gettext_lazy("Nakijken voor"),
    "untranslated": gettext_lazy("Talen"),
    "unreviewed": gettext_lazy("Talen"),
}
"""What else stands with each entry, by the kind of reason; of the other kinds there is no more to say."""
SHOWN = 25


@guarded(HANDBOOK_EDIT, *READING)
def overview(request: HttpRequest) -> HttpResponse:
    """Show the release of now, the draft, the lists and the releases before."""
    return render(request, "editing/overview.html", {"view": queries.overview(actor_of(request))})


@guarded(HANDBOOK_EDIT, "POST")
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    actor = actor_of(request)
    return _done(request, lambda: actions.start(actor=actor), _("Het concept is begonnen."), "overview")


@guarded(HANDBOOK_EDIT, "POST")
def go_back(request: HttpRequest, number: int) -> HttpResponse:
    """Begin a draft that makes the handbook what it was."""
    actor = actor_of(request)

    def back() -> None:
        try:
            actions.go_back(actor=actor, number=number, without=without)
        except NoRelease as error:
            raise DomainError(_("Die uitgave is er niet.")) from error

    without = request.POST.get("zonder") == "ja"
    error = tried(back)
    if isinstance(error, actions.StaysBehind):
        context = {"number": number, "parts": error.parts, "trail": _trail(_("Terug")), "alone": without}
        return render(request, "editing/back.html", context, status=AMISS)
    said = _("Het concept zet alles terug. Kijk na wat er verandert.")
    if without:
        said = _("Het concept zet de lijsten terug. Kijk na wat er verandert.")
    return _ended(request, error, said, "changes")


@guarded(HANDBOOK_EDIT, *READING)
def changes(request: HttpRequest) -> HttpResponse:
    """Show in words what the draft changes, and what is not right yet."""
    return _changes(request)


def _changes(request: HttpRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    lines = queries.lines(actor)
    context = {
        "draft": queries.draft_view(actor),
        "changes": [(one, lines.get((one.part, one.entry_id))) for one in queries.changes(actor)],
        "own_unread": queries.own_unread(actor),
        "wrong": wrong,
        "why": request.POST.get("why", ""),
        "problems": _problems(actor),
        "trial": queries.trial(actor),
        "trail": _trail(_("Wijzigingen")),
    }
    return render(request, "editing/changes.html", context, status=status)


def _problems(actor: Actor) -> list[tuple[str, str]]:
    if not (found := queries.in_the_way(actor)):
        return []
    pack = current_release().pack
    return [in_the_way(one, pack) for one in found]


@guarded(HANDBOOK_EDIT, "POST")
def offer(request: HttpRequest) -> HttpResponse:
    """Say that the draft is ready for a second person."""
    actor = actor_of(request)
    return _done(
        request,
        lambda: actions.offer(actor=actor, revision=_seen(request)),
        _("Het concept staat klaar. Een ander kijkt het na en geeft het uit."),
        "changes",
    )


@guarded(HANDBOOK_EDIT, "POST")
def take_back(request: HttpRequest) -> HttpResponse:
    """Go on editing."""
    actor = actor_of(request)
    return _done(request, lambda: actions.take_back(actor=actor), _("U kunt weer verder."), "changes")


@guarded(HANDBOOK_PUBLISH, "POST")
def send_back(request: HttpRequest) -> HttpResponse:
    """Send what somebody else offered back, with the reason."""
    actor, why = actor_of(request), request.POST.get("why", "")
    error = tried(lambda: actions.send_back(actor=actor, why=why, revision=_seen(request)))
    if error is not None and error.field == "why":
        return _changes(request, wrong=error.message, status=AMISS)
    if error is not None:
        messages.warning(request, error.message)
    else:
        messages.success(request, _("Teruggestuurd. Wie het klaarzette, leest op Vandaag waarom."))
    return redirect("editing:changes")


@guarded(HANDBOOK_EDIT, "POST")
def look(request: HttpRequest, part: str, entry_id: str) -> HttpResponse:
    """Say that one read what another wrote."""
    actor, typed = actor_of(request), request.POST.get("version", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
    return _done(
        request,
        lambda: actions.look(actor=actor, part=part, entry_id=entry_id, seen=seen),
        _("Vastgelegd dat u deze regel nakeek."),
        "changes",
    )


@guarded(HANDBOOK_PUBLISH, "POST")
def publish(request: HttpRequest) -> HttpResponse:
    """Publish what somebody else offered."""
    actor = actor_of(request)
    done = _("De nieuwe uitgave geldt nu. Casussen houden de uitgave waarop zij zijn beoordeeld.")
    return _done(
        request, lambda: actions.publish(actor=actor, revision=_seen(request)), done, "overview", "changes"
    )


@guarded(HANDBOOK_EDIT, "POST")
def catch_up(request: HttpRequest) -> HttpResponse:
    """Stand on the release of now."""
    actor = actor_of(request)
    return _done(
        request,
        lambda: actions.catch_up(actor=actor),
        _("Het concept staat nu op de uitgave van nu. Kijk de verschillen na."),
        "changes",
    )


@guarded(HANDBOOK_EDIT, "POST")
def drop(request: HttpRequest) -> HttpResponse:
    """Put the draft away."""
    actor = actor_of(request)
    return _done(
        request,
        lambda: actions.drop(actor=actor, revision=_seen(request)),
        _("Het concept is weggelegd."),
        "overview",
        "changes",
    )


@guarded(HANDBOOK_EDIT, *READING)
def attention(request: HttpRequest) -> HttpResponse:
    """Show what asks for a look."""
    every = "alles" in request.GET
    shown = [
        {
            "key": each.key,
            "title": ATTENTION[each.key][0],
            "why": ATTENTION[each.key][1],
            "detail": DETAIL.get(each.key, ""),
            "lines": each.lines if every else each.lines[:SHOWN],
            "number": len(each.lines),
            "more": not every and len(each.lines) > SHOWN,
        }
        for each in attention_of(actor_of(request))
    ]
    return render(request, "editing/attention.html", {"shown": shown, "trail": _trail(_("Aandacht"))})


def _done(
    request: HttpRequest, action: Callable[[], object], said: str, name: str, otherwise: str = ""
) -> HttpResponse:
    """Do something and go on to the page `name`, or with an error to `otherwise`, when that is another."""
    return _ended(request, tried(action), said, name, otherwise)


def _ended(
    request: HttpRequest, error: DomainError | None, said: str, name: str, otherwise: str = ""
) -> HttpResponse:
    if error is not None:
        messages.warning(request, error.message)
    else:
        messages.success(request, said)
    return redirect(f"editing:{otherwise or name if error is not None else name}")


def _seen(request: HttpRequest) -> int:
    """Return the revision of the draft that the page showed; without one nothing fits."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


def _trail(label: str) -> list[dict[str, str]]:
    return [{"label": _("Handboek"), "url": "/werk/handboek/"}, {"label": label}]
