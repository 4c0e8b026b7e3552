"""Forms of visits and wait requests. They only gather; every rule is in the actions."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sluitend.forms.doors import AddressForm
from sluitend.forms.fields import (
    CHOOSE_ONE,
    chips,
    choose_from,
    day,
    line,
    listed,
    reasons,
    sentence,
    text,
    when_asked,
)
from sluitend.journeys.visits import leaving, terms, words
from sluitend.journeys.visits.actions import Ask, AskerAnswer, Consulted
from sluitend.journeys.visits.actions.planning import FOUND_LENGTH
from sluitend.journeys.visits.listing import MOST_BYTES, MOST_SIGNS, text_of
from sluitend.journeys.visits.models import Consultation, Visit, WaitRequestQuestion
from sluitend.journeys.visits.places import LINE, Place
from sluitend.kernel.flow.reasons import SENTENCE_LENGTH
from sluitend.kernel.telltale import NO_BACKGROUND, Background, Known
from sluitend.kernel.telltale.forms import MarkedForm

type Data = Mapping[str, Any] | None


def part_of_place(label: Any, help_text: Any = "", *, width: str = "") -> forms.CharField:
    """Return one of the four parts of a place: each may stay empty, but not all of them."""
    return when_asked(line(label, help_text, most=LINE, width=width))


class PlaceForm(AddressForm):
    """Where: an address, a company, a plate; one at least."""

    address = part_of_place(
        _("Adres"),
        _("Straat, huisnummer en plaats. Niet bekend? Vul dan een KvK-nummer of kenteken in."),
    )
    company = part_of_place(_("Bedrijf"))
    kvk = part_of_place(_("KvK-nummer"), width="sl-w-xs")
    plate = part_of_place(_("Kenteken"), width="sl-w-xs")

    def place(self) -> Place:
        """Return what was filled in, with the address that was picked."""
        rest = {name: self.cleaned_data[name] for name in ("company", "kvk", "plate")}
        return Place(self.typed_or_picked, **rest, door=self.meant.id if self.meant else "")


class PlanForm(PlaceForm):
    """What somebody plans."""

    kind = chips(_("Wat plant u?"), Visit.Kind.choices)
    day = day(_("Welke dag?"))
    aim = text(
        _("Waarvoor?"),
        required=False,
        rows=2,
        most=SENTENCE_LENGTH,
        help_text=_("Een of twee zinnen. Noem geen namen."),
    )
    field_order = ("kind", "address", "door", "company", "kvk", "plate", "day", "aim")


class FoundForm(forms.Form):
    """What somebody saw who went there."""

    found = text(
        _("Wat zag u daar?"),
        required=False,
        most=FOUND_LENGTH,
        help_text=_(
            "Schrijf wie keek, met welke bevoegdheid, en wat u zag. Noem geen namen. "
            "Later kunt u dit niet meer wijzigen."
        ),
    )


class ListForm(forms.Form):
    """A list of what somebody plans: a file, or lines; and what holds for all of it."""

    file = forms.FileField(
        label=_("Een bestand"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=_(
            "Excel (.xlsx) of CSV. Op de eerste regel staan de namen van de kolommen. "
            "Van Excel telt het eerste blad, ook met regels die u verborg."
        ),
    )
    rows = text(
        _("Of plak de regels hier"),
        required=False,
        rows=10,
        most=MOST_SIGNS,
        help_text=_(
            "Een adres per regel. Of plak cellen uit een rekenblad, met de namen van de kolommen erboven."
        ),
    )
    kind = chips(_("Wat plant u?"), Visit.Kind.choices)
    day = day(_("Welke dag?"), _("Voor elke regel zonder eigen dag."), required=False)
    aim = text(
        _("Waarvoor?"),
        required=False,
        rows=2,
        most=SENTENCE_LENGTH,
        help_text=_("Voor elke regel die het zelf niet zegt. Noem geen namen."),
    )

    def given(self) -> str:
        """Return the lines: of the file, else those that were pasted.

        Raises:
            DomainError: the file cannot be read.
        """
        file = self.cleaned_data["file"]
        if file is None:
            return str(self.cleaned_data["rows"])
        return text_of(file.read(MOST_BYTES), file.name, size=file.size)


class ReasonForm(forms.Form):
    """One prepared reason, with a sentence where it asks for one."""

    def __init__(self, list_id: str, data: Data = None, *, auto_id: str = "id_%s") -> None:
        super().__init__(data, auto_id=auto_id)
        self.fields["reason"] = reasons(terms.pack(), list_id, auto_id % "sentence", missing=CHOOSE_ONE)
        self.fields["sentence"] = sentence(most=SENTENCE_LENGTH)


class SaidForm(MarkedForm):
    """A form of which the fields are what an action asks, with what was decided on each word."""

    def said(self) -> dict[str, Any]:
        """Return what was filled in."""
        return {"looked": self.looked} | {
            each.name: self.cleaned_data[each.name] for each in self.plain_fields
        }


class LiftForm(SaidForm, ReasonForm):
    """Why the asker ends its wait request."""

    marked = ("sentence",)

    def __init__(self, data: Data = None, background: Background = NO_BACKGROUND) -> None:
        super().__init__("lift_wait_request", data, auto_id="lift_%s", background=background)


class MayorForm(ReasonForm):
    """Why the mayor ends a wait request: a prepared reason, and always words."""

    def __init__(self, data: Data = None) -> None:
        super().__init__("lift_wait_request", data)
        self.fields["reason"].widget.attrs["shows"] = {}
        self.fields["sentence"] = line(
            _("Waarom besluit de burgemeester dit?"), required=True, most=SENTENCE_LENGTH
        )


class WithdrawForm(forms.Form):
    """Why a visit does not go ahead."""

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, auto_id="withdraw_%s")
        self.fields["reason"] = reasons(terms.pack(), "withdraw_visit", missing=CHOOSE_ONE)


class GroundForm(forms.Form):
    """Why and until when."""

    def __init__(
        self, data: Data = None, *, initial: Mapping[str, Any] | None = None, auto_id: str = "id_%s"
    ) -> None:
        super().__init__(data, initial={"until": terms.usual_until(), **(initial or {})}, auto_id=auto_id)
        self.fields["ground"] = reasons(
            terms.pack(), "wait_request", auto_id % "sentence", missing=CHOOSE_ONE
        )
        self.fields["sentence"] = sentence(most=SENTENCE_LENGTH)
        self.fields["until"] = day(_("Tot en met welke dag?"))
        self.fields["until"].help_text = _("Ten hoogste tot en met %(day)s. Daarna vraagt u het opnieuw.") % {
            "day": date_format(terms.latest_until(), "j F Y")
        }


class AnewForm(SaidForm, GroundForm):
    """Why and until when a place is asked again."""

    marked = ("sentence",)

    def __init__(self, data: Data = None, background: Background = NO_BACKGROUND) -> None:
        super().__init__(data, auto_id="anew_%s", background=background)


class AskForm(MarkedForm, PlaceForm, GroundForm):
    """What an asker fills in."""

    marked = ("sentence",)

    contact = line(_("Wie moet de gemeente bellen?"), _("Naam of functie."))
    telephone = line(_("Op welk nummer?"), required=True)
    municipality = listed(_("Welke gemeente?"))
    field_order = (
        "municipality",
        "partner",
        "address",
        "door",
        "company",
        "kvk",
        "plate",
        "ground",
        "sentence",
        "until",
        "contact",
        "telephone",
    )

    def __init__(self, data: Data = None, **more: Any) -> None:
        super().__init__(data, background=_filled_in(data), **more)
        choose_from(self, "municipality", words.municipalities(), first="–")
        self.fields["municipality"].help_text = words.silent()
        self.order_fields(self.field_order)

    def wanted(self, *, instead_of: str = "") -> Ask:
        """Return what is asked."""
        data = self.cleaned_data
        return Ask(
            place=self.place(),
            until=data["until"],
            ground=data["ground"],
            sentence=data["sentence"],
            contact=data["contact"],
            telephone=data["telephone"],
            instead_of=instead_of,
            looked=self.looked,
        )


def _filled_in(data: Data, known_at: Callable[[Place], Known] = lambda _place: Known()) -> Background:
    if data is None:
        return NO_BACKGROUND
    typed = {name: str(data.get(name) or "").strip() for name in (*Place.__dataclass_fields__, "contact")}
    place = Place.from_json(typed)
    return replace(leaving.told(place, typed["contact"]), known=known_at(place))


OWN = "own"
"""Stands for the municipality itself among who asks."""


class NoteForm(AskForm):
    """What a focal point writes down while on the telephone."""

    municipality = None  # type: ignore[assignment]

    def __init__(self, data: Data = None, *, known_at: Callable[[Place], Known], **more: Any) -> None:
        super(AskForm, self).__init__(data, background=_filled_in(data, known_at), **more)
        choices = [*words.partners(), (OWN, _("Onze eigen gemeente"))]
        self.fields["partner"] = chips(_("Wie vraagt om te wachten?"), choices)
        self.order_fields(self.field_order)

    @property
    def partner(self) -> str:
        """The id of who asks; empty for the municipality itself."""
        chosen: str = self.cleaned_data["partner"]
        return "" if chosen == OWN else chosen


class ConsultForm(forms.Form):
    """Whom somebody rang, when, and what came out."""

    def __init__(self, data: Data = None, *, code: str, about_visit: bool = True) -> None:
        super().__init__(data, initial={"asked_on": timezone.localdate()}, auto_id=f"{code}_%s")
        self.fields["whom"] = line(_("Wie sprak u, of probeerde u te bereiken?"), required=True)
        self.fields["asked_on"] = day(_("Welke dag?"))
        shows = {"wait": f"#{code}_wait_until"}
        self.fields["outcome"] = chips(_("Wat kwam eruit?"), Consultation.Outcome.choices, shows=shows)
        self.fields["wait_until"] = when_asked(day(_("Wachten tot welke dag?")))
        if about_visit:
            cannot = [("", _("Het kan wachten")), *Consultation.CannotWait.choices]
            self.fields["cannot_wait"] = when_asked(chips(_("Kan dit niet wachten?"), cannot))

    def consulted(self) -> Consulted:
        """Return what came out."""
        data = self.cleaned_data
        return Consulted(
            whom=data["whom"],
            asked_on=data["asked_on"],
            outcome=data["outcome"],
            wait_until=data["wait_until"],
            cannot_wait=data.get("cannot_wait", ""),
        )


class AskAskerForm(SaidForm):
    """What a focal point adds when she asks whoever asked to wait."""

    text = line(_("Wilt u er iets bij schrijven?"), most=SENTENCE_LENGTH)

    def __init__(
        self,
        data: Data = None,
        *,
        code: str,
        about_visit: bool = True,
        background: Background = NO_BACKGROUND,
    ) -> None:
        auto_id = f"{code}_%s" if about_visit else f"{code}_after_%s"
        super().__init__(data, auto_id=auto_id, background=background)
        help_text = _("De vrager leest wat u plant en welke dag. Noem geen casus en geen namen.")
        if not about_visit:
            help_text = _("De vrager leest dat de dag voorbij is. Noem geen casus en geen namen.")
        self.fields["text"].help_text = help_text


class AskerAnswerForm(MarkedForm):
    """What the asker of a wait request answers about one visit."""

    text = line(_("Wilt u er iets bij schrijven?"), most=SENTENCE_LENGTH)
    field_order = ("answer", "wait_until", "text")

    def __init__(self, data: Data = None, *, key: str, background: Background = NO_BACKGROUND) -> None:
        super().__init__(data, auto_id=f"antwoord_{key}_%s", background=background)
        own = {Consultation.Outcome.TAKE_OVER.value: _("Wij nemen het over")}
        choices = [
            (value, own.get(value, label))
            for value, label in Consultation.Outcome.choices
            if value in WaitRequestQuestion.ANSWERS
        ]
        shows = {"wait": f"#antwoord_{key}_wait_until"}
        self.fields["answer"] = chips(_("Uw antwoord"), choices, shows=shows)
        self.fields["wait_until"] = when_asked(day(_("Wachten tot welke dag?")))
        self.order_fields(self.field_order)

    def said(self) -> AskerAnswer:
        """Return what was answered."""
        data = self.cleaned_data
        return AskerAnswer(
            answer=data["answer"], wait_until=data["wait_until"], text=data["text"], looked=self.looked
        )


class ReleaseForm(forms.Form):
    """Releasing; a friendly visit at the place of a case asks a tick, as a place does that others have."""

    beside_case = forms.BooleanField(
        label=_("Ik heb dit bezoek naast de casus gelegd. Het kan doorgaan."), required=False
    )
    agreed = forms.BooleanField(
        label=_("Ik heb dit afgestemd met wie daar al bezig is. Het kan doorgaan."), required=False
    )


class LiftNotedForm(ReasonForm):
    """That the asker lifted it by telephone."""

    def __init__(self, data: Data = None) -> None:
        super().__init__("lift_wait_request", data, auto_id="lift_%s")
        self.fields["whom"] = line(_("Wie hief het op?"), required=True)
