"""The barrier model: where a form of exploitation can be made harder, with which power of which body."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sluitend.kernel.access.acting import as_intake
from sluitend.kernel.handbook.approach import Barrier, Holder, Stage
from sluitend.kernel.handbook.language import shown
from sluitend.surfaces.handbook.linking import linked
from sluitend.surfaces.handbook.picture import across, down
from sluitend.surfaces.handbook.reading import Reading, page, reading


@dataclass(frozen=True)
class Row:
    """A barrier in the table beside the picture."""

    stage: Stage
    barrier: Barrier
    instruments: str


@as_intake
@require_safe
def barriers(request: HttpRequest) -> HttpResponse:
    """Show the forms that have a barrier model, and every instrument."""
    held = reading(request)
    drawn = {barrier.form for barrier in held.shown(held.pack.barriers)}
    forms = (each for each in held.shown(held.pack.forms) if each.id in drawn)
    instruments = held.shown(held.pack.instruments)
    own = [each for each in instruments if set(each.holders) != {Holder.OTHER}]
    others = [each for each in instruments if set(each.holders) == {Holder.OTHER}]
    return page(
        request,
        "list",
        held,
        heading=_("Barrières"),
        lead=_("Waar u uitbuiting moeilijker maakt, en wie dat mag."),
        parts=[
            (_("Per vorm"), linked(forms, "handbook_barrier_model")),
            (_("Instrumenten van de gemeente"), linked(own, "handbook_instrument")),
            (_("Instrumenten van anderen"), linked(others, "handbook_instrument")),
        ],
    )


@as_intake
@require_safe
def model(request: HttpRequest, exploitation: str) -> HttpResponse:
    """Show the barriers against a form as a picture and as a table."""
    held = reading(request)
    form = held.one(held.pack.forms, exploitation)
    own = [each for each in held.shown(held.pack.barriers) if each.form == form.id]
    stages = tuple(held.pack.stages)
    by_stage = {stage.id: [each for each in own if each.stage == stage.id] for stage in stages}
    return page(
        request,
        "barrier_model",
        held,
        above=_above(),
        form=form,
        pictures=(("across", across(stages, by_stage)), ("down", down(stages, by_stage))) if own else (),
        rows=[_row(held, stage, each) for stage in stages for each in by_stage[stage.id]],
    )


@as_intake
@require_safe
def barrier(request: HttpRequest, barrier: str) -> HttpResponse:
    """Show a barrier with its indicators, partners, instruments and measures."""
    held = reading(request)
    found = held.one(held.pack.barriers, barrier)
    form = held.pack.forms[found.form]
    model_url = reverse("handbook_barrier_model", args=[form.id])
    return page(
        request,
        "barrier",
        held,
        above=(*_above(), (shown(form.label), model_url)),
        barrier=found,
        stage=held.pack.stages[found.stage],
        signals=held.named(held.pack.indicators, found.indicators),
        partners=held.named(held.pack.partners, found.partners),
        instruments=held.named(held.pack.instruments, found.instruments),
        hidden=len(found.instruments) - len(held.named(held.pack.instruments, found.instruments)),
        measures=held.named(held.pack.measures, found.measures),
    )


@as_intake
@require_safe
def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """Show an instrument: who may use it, on what ground, what must be shown, and which barriers use it."""
    held = reading(request)
    found = held.one(held.pack.instruments, instrument)
    used = (each for each in held.shown(held.pack.barriers) if found.id in each.instruments)
    return page(
        request,
        "instrument",
        held,
        above=_above(),
        instruments=(found,),
        instrument=found,
        rulings=[each for each in held.shown(held.pack.rulings) if each.is_about(found.id)],
        items=linked(used, "handbook_barrier"),
    )


def _above() -> tuple[tuple[str, str], ...]:
    return ((_("Barrières"), reverse("handbook_barriers")),)


def _row(held: Reading, stage: Stage, barrier: Barrier) -> Row:
    instruments = held.named(held.pack.instruments, barrier.instruments)
    return Row(stage, barrier, "; ".join(shown(each.label) for each in instruments))
