"""The form with which a referral is composed: to whom, why, which parts, and in which words."""

from collections.abc import Mapping
from copy import copy, deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sluitend.forms.fields import CHOOSE_ONE, chips, choice, choose_from, day, pairs, text, when_asked
from sluitend.journeys.referrals import leaving
from sluitend.journeys.referrals.choosing import (
    NUMBER,
    QUESTION,
    QUESTION_LENGTH,
    REASON_LENGTH,
    Choice,
    Offer,
    OfferedPart,
    ticked_beforehand,
)
from sluitend.journeys.referrals.models import Referral
from sluitend.kernel.telltale import Look, place_first
from sluitend.kernel.telltale.forms import LooksForm, ShownLook, TextRow, as_typed, words_field
from sluitend.kernel.telltale.leaving import look_field, still_to_look_at


class ComposeForm(LooksForm):
    """One letter to a partner. Everything but the questions comes from the plan, and can be changed.

    A page can have several; each has its own prefix. What is asked is a question for each action.
    """

    goes = forms.BooleanField(required=False, initial=True)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    partner = choice(_("Aan"), missing=CHOOSE_ONE)
    channel = chips(_("Hoe"))
    basis = choice(_("Grondslag"), missing=CHOOSE_ONE)
    answer_by = day(_("Antwoord vóór"), width="")
    expires = day(_("Toegang tot en met"), width="")
    purpose = chips(_("Waarvoor?"))
    parts = forms.MultipleChoiceField(
        label=_("Welke delen stuurt u mee?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    beyond = forms.MultipleChoiceField(
        label=_("Wat deelt u toch?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    beyond_ground = chips(_("Op welke grond?"), required=False)
    beyond_reason = text(
        _("Waarom is dit nodig?"),
        required=False,
        rows=2,
        most=REASON_LENGTH,
        help_text=_("Eén zin. De partner ziet dit niet."),
    )
    wish_ground = chips(_("Op welke grond gaat u tegen de wens in?"), required=False)
    wish_reason = text(
        _("Waarom gaat u tegen de wens in?"),
        required=False,
        rows=2,
        most=REASON_LENGTH,
        help_text=_("Eén of twee zinnen. De partner ziet dit niet."),
    )
    no_way = forms.BooleanField(
        label=_("Er is geen veilige manier om de persoon te bereiken"),
        required=False,
        help_text=_("De partner leest dit, en zoekt dan niet zelf contact."),
    )
    question = text(
        _("Uw vraag aan de partner"),
        rows=2,
        most=QUESTION_LENGTH,
        help_text=_("Eén of twee zinnen. Noem geen namen."),
        missing=_("Schrijf wat u de partner vraagt."),
    )

    def __init__(self, offer: Offer, data: Mapping[str, Any] | None = None, *, several: bool = False) -> None:
        # A letter that was begun since the page was shown has no answers yet.
        shown = data is not None and f"{offer.key}-partner" in data
        typed = _as_asked_now(offer, data) if data is not None and shown else None
        super().__init__(typed, initial=initial_of(offer), prefix=offer.key)
        self.offer, self.today, self.is_new = offer, timezone.localdate(), data is not None and not shown
        self._to_whom(several=several)
        self._add_questions()
        within = [part for part in offer.parts if part.allowed and not part.never]
        outside = [part for part in offer.parts if part not in within]
        choose_from(self, "partner", ((each.id, each.label) for each in offer.partners))
        choose_from(
            self, "channel", ((each.value, each.label) for each in Referral.Channel if each in self._ways())
        )
        choose_from(self, "basis", pairs(offer.bases))
        choose_from(self, "purpose", pairs(offer.purposes))
        choose_from(self, "beyond_ground", pairs(offer.grounds))
        choose_from(self, "wish_ground", pairs(offer.wish_grounds))
        if offer.no_way is None:
            del self.fields["no_way"]
        # Something must be chosen; whether here or below it is for the rules to say, not for the label.
        when_asked(self.fields["parts"])
        shown_closed = [part for part in outside if part.named_outside]
        self._parts("parts", within + shown_closed, closed=shown_closed)
        self._parts("beyond", [part for part in outside if not part.never], closed=[])
        for part in offer.parts:
            if (part.free or part.part == NUMBER) and not part.never:
                self.fields[leaving.text_field(part)] = _field_for(part)
        parts = leaving.as_written(offer, self.present_parts, self.present_texts)
        self.add_looks(
            leaving.looks_of(offer, parts, self.present_question, self.today),
            lambda look: leaving.rule_for(offer, look) != leaving.Rule.NEVER,
        )
        self.going = leaving.going(offer, self.present_choice(), self.today)
        self._require_reason("beyond", self.going.goes_beyond)
        self._require_reason("wish", self.going.against_wish)

    def _to_whom(self, *, several: bool) -> None:
        first = self.offer.partners[0]
        self.fields["goes"].label = first.label
        self.fields["goes"].help_text = " ".join(self.offer.asks)
        if not several:
            self.fields["goes"].widget = forms.HiddenInput()

    def _add_questions(self) -> None:
        several = len(self.offer.asks) > 1
        self.questions = _questions(len(self.offer.asks))
        for name, asks in zip(self.questions, self.offer.asks, strict=True):
            self.fields[name] = deepcopy(self.fields[QUESTION])
            if several:
                self.fields[name].label = gettext("Uw vraag bij: %(asks)s") % {"asks": asks}

    def _ways(self) -> tuple[str, ...]:
        partner = self.offer.partner(self.present("partner"))
        return partner.channels if partner else ()

    def _require_reason(self, name: str, needed: bool) -> None:
        """Ask a ground and a sentence only of whoever goes further than the route or the wish."""
        ground, reason = self.fields[f"{name}_ground"], self.fields[f"{name}_reason"]
        ground.required = reason.required = needed
        ground.error_messages["required"] = gettext("Kies een grond.")
        reason.error_messages["required"] = gettext("Schrijf in één zin waarom dit nodig is.")

    def _parts(self, name: str, parts: list[OfferedPart], closed: list[OfferedPart]) -> None:
        choose_from(self, name, ((part.id, part.title) for part in parts if part.part != NUMBER))
        self.fields[name].widget.attrs = {
            "hints": {part.id: (part.off or part.hint) if part.allowed else part.reason for part in parts},
            "closed": {part.id: part.reason for part in closed},
        }

    def present(self, name: str) -> str:
        """Return what stands in a field now, whether or not it is right."""
        found = self.data.get(self.add_prefix(name)) if self.is_bound else None
        return str(found if found is not None else self.initial.get(name) or "")

    @property
    def present_parts(self) -> frozenset[str]:
        """The parts that are ticked now; a number that is filled in goes along."""
        if not self.is_bound:
            return ticked_beforehand(self.offer)
        ticked, more = self._ticked("parts"), self._ticked("beyond")
        allowed = {part.id for part in self.offer.parts if part.allowed}
        counted = [NUMBER] if self.present_texts.get(NUMBER) else []
        return frozenset(part for part in [*ticked, *counted] if part in allowed) | frozenset(more)

    def _ticked(self, name: str) -> list[str]:
        widget = self.fields[name].widget
        return [*widget.value_from_datadict(self.data, self.files, self.add_prefix(name))]

    @property
    def present_question(self) -> str:
        """What the partner is asked, as it stands there now: each question on its own line."""
        return "\n".join(filter(None, (as_typed(self.present(name)) for name in self.questions)))

    @property
    def is_going(self) -> bool:
        """Whether this letter is sent with the others."""
        ticked = not self.is_bound or self.add_prefix("goes") in self.data
        return ticked and not self.is_new

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """The questions to the partner."""
        return [self[name] for name in self.questions]

    @property
    def asks_way(self) -> bool:
        """Whether it is asked if there is no safe way to reach the person: where none goes along."""
        ways = self.offer.gives_way(self.present_parts)
        return "no_way" in self.fields and (not ways or bool(self.present("no_way")))

    @property
    def present_texts(self) -> dict[str, str]:
        """What the partner would read of each row, as it stands there now."""
        rows = [part for part in self.offer.parts if leaving.text_field(part) in self.fields]
        return {part.id: as_typed(self.present(leaving.text_field(part))) for part in rows}

    @property
    def number(self) -> forms.BoundField | None:
        """How many people there are, where the route lets that go."""
        part = next((each for each in self.offer.parts if each.part == NUMBER and each.allowed), None)
        return self[leaving.text_field(part)] if part else None

    @property
    def rows(self) -> list[TextRow]:
        """The parts in free words that the route lets go."""
        return self._rows("parts", allowed=True)

    @property
    def beyond_rows(self) -> list[TextRow]:
        """The parts in free words that are more than needed."""
        return self._rows("beyond", allowed=False)

    def _rows(self, name: str, *, allowed: bool) -> list[TextRow]:
        return [
            self._row(part, name, ticked=part.id in self.present_parts)
            for part in self.offer.parts
            if part.free and not part.never and part.allowed == allowed
        ]

    def _row(self, part: OfferedPart, name: str, *, ticked: bool) -> TextRow:
        return TextRow(
            id=part.id,
            title=part.title,
            told=part.text,
            name=self.add_prefix(name),
            ticked=ticked,
            field=self[leaving.text_field(part)],
            looks=self.shown(part.id, self._note),
            how=part.how,
            note=part.off if part.off and not ticked else part.reason,
        )

    def _note(self, look: Look) -> str:
        rule = leaving.rule_for(self.offer, look)
        if look.sort in self.offer.held:
            return place_first()
        if rule == leaving.Rule.NEVER:
            return gettext("Dit mag niet mee. Laat het weg of schrijf het anders.")
        if rule == leaving.Rule.GROUND:
            return gettext(
                "Meer dan nodig voor deze vraag. Mag het toch mee? Dan kiest u hieronder een grond."
            )
        return ""

    @property
    def question_looks(self) -> list[ShownLook]:
        """What is to be looked at in the question."""
        return self.shown(QUESTION, self._note)

    @property
    def part_looks(self) -> list[ShownLook]:
        """What is to be looked at in parts that are no free words."""
        plain = [part.id for part in self.offer.parts if not part.free]
        return [shown for row in plain for shown in self.shown(row, self._note)]

    @property
    def plain_options(self) -> list[Any]:
        """The parts that are ticked without words of their own."""
        return self._plain("parts")

    @property
    def plain_beyond(self) -> list[Any]:
        """The same of what is more than needed."""
        return self._plain("beyond")

    def _plain(self, name: str) -> list[Any]:
        free = {part.id for part in self.offer.parts if part.free and not part.never}
        options: list[Any] = self[name].options  # type: ignore[attr-defined]
        return [option for option in options if option.value not in free]

    def present_choice(self) -> Choice:
        """Return what stands there now, whether or not it may be sent."""
        return Choice(
            partner=self.present("partner"),
            channel=self.present("channel"),
            basis=self.present("basis"),
            purpose=self.present("purpose"),
            answer_by=self.offer.answer_by,
            expires=self.offer.expires,
            parts=self.present_parts,
            question=self.present_question,
            texts=self.present_texts,
            looked=self.looked,
            no_way="no_way" in self.fields and bool(self.present("no_way")),
            actions=self.offer.actions,
        )

    @property
    def present_answer_by(self) -> date:
        """The day before which an answer is asked, as far as it can be read."""
        try:
            found = self.fields["answer_by"].clean(self.present("answer_by"))
        except forms.ValidationError:
            return self.offer.answer_by
        return found if isinstance(found, date) else self.offer.answer_by

    def clean(self) -> dict[str, Any]:
        """Hold the whole against the rules, so that every message stands beside its field at once."""
        cleaned = super().clean() or {}
        if not self.errors:
            for name, message in leaving.all_problems(self.offer, self.choice(), self.today).items():
                self.add_error(name if name in self.fields else None, message)
        elif self.unread:
            self.add_error(look_field(self.unread[0]), still_to_look_at(len(self.unread)))
        return cleaned

    def choice(self) -> Choice:
        """Return what was chosen."""
        data = self.cleaned_data
        return replace(
            self.present_choice(),
            answer_by=data["answer_by"],
            expires=data["expires"],
            beyond_ground=data["beyond_ground"],
            beyond_reason=data["beyond_reason"],
            wish_ground=data["wish_ground"],
            wish_reason=data["wish_reason"],
        )


def _questions(number: int) -> list[str]:
    """Return the names of the fields in which so many questions are typed."""
    return [QUESTION, *(f"{QUESTION}_{n}" for n in range(2, number + 1))]


def _as_asked_now(offer: Offer, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was typed with each question at what the letter asks by now.

    A colleague may have left one action and begun another since the page was shown: what was typed for the
    one is no question for the other.
    """
    then, now = str(data.get(f"{offer.key}-asked", "")).split(), list(offer.actions)
    if not then or then == now:
        return data
    typed = {
        each: data.get(f"{offer.key}-{name}", "")
        for each, name in zip(then, _questions(len(then)), strict=True)
    }
    moved = {
        f"{offer.key}-{name}": typed.get(each, "")
        for each, name in zip(now, _questions(len(now)), strict=True)
    }
    found = copy(data)
    for name, value in {**moved, f"{offer.key}-asked": " ".join(now)}.items():
        found[name] = value  # type: ignore[index]
    return found


def _field_for(part: OfferedPart) -> forms.Field:
    if part.part == NUMBER:
        return forms.IntegerField(
            label=part.title,
            required=False,
            min_value=0,
            max_value=leaving.MOST_NUMBER,
            initial=part.text,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), leaving.no_number()),
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )
    return words_field(gettext("Wat de partner leest"), part.text)


def initial_of(offer: Offer) -> dict[str, Any]:
    """Return what the route fills in beforehand, and the words as they were told."""
    first = offer.partners[0]
    return {
        "goes": True,
        "asked": " ".join(offer.actions),
        "partner": first.id,
        "channel": first.channels[0],
        "basis": offer.bases[0].id if offer.bases else "",
        "answer_by": offer.answer_by,
        "expires": offer.expires,
        "purpose": offer.purposes[0].id,
        "parts": sorted(ticked_beforehand(offer)),
        **{leaving.text_field(part): part.text for part in offer.parts if part.free or part.part == NUMBER},
    }
