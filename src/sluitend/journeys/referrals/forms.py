"""Forms of referrals. They only gather; every rule is in `choosing` and in the actions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.referrals.choosing import (
    QUESTION_LENGTH,
    REASON_LENGTH,
    Choice,
    Named,
    Offer,
    OfferedPart,
    Rights,
    problems,
    selected,
    ticked_beforehand,
)
from sluitend.journeys.referrals.models import Referral

CHOOSE = {"required": _("Kies er een."), "invalid_choice": _("Kies er een.")}
DAY = {"required": _("Kies een dag."), "invalid": _("Dit is geen dag. Schrijf bijvoorbeeld 10-12-2026.")}


def pairs(items: Iterable[Named]) -> list[tuple[str, str]]:
    """Return choices for a form field."""
    return [(each.id, each.label) for each in items]


def chips(**attrs: Any) -> forms.RadioSelect:
    """Return a choice of a few short answers."""
    return forms.RadioSelect(attrs={"kind": "chips", **attrs})


class ComposeForm(forms.Form):
    """What goes to a partner. Everything but the question comes from the route and can be changed."""

    partner = forms.ChoiceField(label=_("Aan"), widget=forms.RadioSelect, error_messages=CHOOSE)
    channel = forms.ChoiceField(label=_("Hoe"), widget=chips(), error_messages=CHOOSE)
    basis = forms.ChoiceField(label=_("Grondslag"), widget=forms.RadioSelect, error_messages=CHOOSE)
    answer_by = forms.DateField(label=_("Antwoord vóór"), error_messages=DAY)
    expires = forms.DateField(label=_("Toegang tot en met"), error_messages=DAY)
    purpose = forms.ChoiceField(label=_("Waarvoor?"), widget=chips(), error_messages=CHOOSE)
    parts = forms.MultipleChoiceField(
        label=_("Welke delen stuurt u mee?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    beyond = forms.MultipleChoiceField(
        label=_("Wat deelt u toch?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    beyond_ground = forms.ChoiceField(label=_("Op welke grond?"), required=False, widget=chips())
    beyond_reason = forms.CharField(
        label=_("Waarom is dit nodig?"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Eén zin. De partner ziet dit niet."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wish_ground = forms.ChoiceField(
        label=_("Op welke grond gaat u tegen de wens in?"), required=False, widget=chips()
    )
    wish_reason = forms.CharField(
        label=_("Waarom gaat u tegen de wens in?"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Eén of twee zinnen. De partner ziet dit niet."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    question = forms.CharField(
        label=_("Uw vraag aan de partner"),
        max_length=QUESTION_LENGTH,
        help_text=_("Eén of twee zinnen. Noem geen namen."),
        error_messages={"required": _("Schrijf wat u de partner vraagt.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, offer: Offer, rights: Rights, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial_of(offer))
        self.offer, self.rights = offer, rights
        within = [part for part in offer.parts if part.allowed and not part.never]
        outside = [part for part in offer.parts if part not in within]
        self._choices("partner", ((each.id, each.label) for each in offer.partners))
        self._choices(
            "channel", ((each.value, each.label) for each in Referral.Channel if each in self._ways())
        )
        self._choices("basis", pairs(offer.bases))
        self._choices("purpose", pairs(offer.purposes))
        self._choices("beyond_ground", pairs(offer.grounds))
        self._choices("wish_ground", pairs(offer.wish_grounds))
        # Something must be chosen; whether here or below it is for the rules to say, not for the label.
        self.fields["parts"].depends = True  # type: ignore[attr-defined]
        shown_closed = [part for part in outside if part.named_outside]
        self._parts("parts", within + shown_closed, closed=shown_closed)
        self._parts("beyond", [part for part in outside if not part.never], closed=[])
        what = selected(offer, self.present_parts)
        self._require_reason("beyond", bool(what.beyond))
        self._require_reason("wish", what.against_wish)

    def _ways(self) -> tuple[str, ...]:
        partner = self.offer.partner(self.present("partner"))
        return partner.channels if partner else ()

    def _require_reason(self, name: str, needed: bool) -> None:
        """Ask a ground and a sentence only of whoever goes further than the route or the wish."""
        ground, reason = self.fields[f"{name}_ground"], self.fields[f"{name}_reason"]
        ground.required = reason.required = needed
        ground.error_messages["required"] = gettext("Kies een grond.")
        reason.error_messages["required"] = gettext("Schrijf in één zin waarom dit nodig is.")

    def _choices(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def _parts(self, name: str, parts: list[OfferedPart], closed: list[OfferedPart]) -> None:
        self._choices(name, ((part.id, part.title) for part in parts))
        self.fields[name].widget.attrs = {
            "hints": {part.id: part.hint if part.allowed else part.reason for part in parts},
            "closed": {part.id: part.reason for part in closed},
        }

    def present(self, name: str) -> str:
        """Return what stands in a field now, whether or not it is right."""
        found = self.data.get(name) if self.is_bound else None
        return str(found if found is not None else self.initial.get(name) or "")

    @property
    def present_parts(self) -> frozenset[str]:
        """The parts that are ticked now."""
        if not self.is_bound:
            return ticked_beforehand(self.offer)
        ticked = [*self.fields["parts"].widget.value_from_datadict(self.data, self.files, "parts")]
        more = [*self.fields["beyond"].widget.value_from_datadict(self.data, self.files, "beyond")]
        allowed = {part.id for part in self.offer.parts if part.allowed}
        return frozenset(part for part in ticked if part in allowed) | frozenset(more)

    @property
    def present_beyond(self) -> frozenset[str]:
        """The parts outside the profile that are ticked now."""
        return frozenset(part.id for part in self.offer.parts if not part.allowed) & self.present_parts

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
            for name, message in problems(
                self.offer, self.choice(), self.rights, timezone.localdate()
            ).items():
                self.add_error(name, message)
        return cleaned

    def choice(self) -> Choice:
        """Return what was chosen."""
        data = self.cleaned_data
        return Choice(
            partner=data["partner"],
            channel=data["channel"],
            basis=data["basis"],
            purpose=data["purpose"],
            answer_by=data["answer_by"],
            expires=data["expires"],
            parts=frozenset(data["parts"]) | frozenset(data["beyond"]),
            question=data["question"],
            beyond_ground=data["beyond_ground"],
            beyond_reason=data["beyond_reason"],
            wish_ground=data["wish_ground"],
            wish_reason=data["wish_reason"],
        )


def initial_of(offer: Offer) -> dict[str, Any]:
    """Return what the route fills in beforehand."""
    first = offer.partners[0]
    return {
        "partner": first.id,
        "channel": first.channels[0],
        "basis": offer.bases[0].id if offer.bases else "",
        "answer_by": offer.answer_by,
        "expires": offer.expires,
        "purpose": offer.purposes[0].id,
        "parts": sorted(ticked_beforehand(offer)),
    }


class DayForm(forms.Form):
    """The day on which something happened; today unless somebody says otherwise."""

    on = forms.DateField(label=_("Welke dag?"), error_messages=DAY)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})


class ReasonForm(forms.Form):
    """One prepared reason."""

    reason = forms.ChoiceField(
        label=_("Waarom?"), widget=chips(), error_messages={"required": _("Kies een reden.")}
    )

    def __init__(self, reasons: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["reason"].choices = pairs(reasons)  # type: ignore[attr-defined]


class UnansweredForm(ReasonForm, DayForm):
    """Since when there is no answer, and how that was established."""

    def __init__(self, reasons: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        # Several forms stand on one page; an id names one field.
        forms.Form.__init__(self, data, initial={"on": timezone.localdate()}, auto_id="unanswered_%s")
        self.fields["reason"].choices = pairs(reasons)  # type: ignore[attr-defined]


class NotedAnswerForm(DayForm):
    """What a partner answered by telephone or mail: a code and a day."""

    answer = forms.ChoiceField(
        label=_("Wat antwoordde de partner?"),
        widget=forms.Select,
        error_messages={"required": _("Kies wat de partner antwoordde.")},
    )
    field_order = ("answer", "on")

    def __init__(self, codes: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        forms.Form.__init__(self, data, initial={"on": timezone.localdate()}, auto_id="noted_%s")
        self.fields["answer"].choices = [("", _("Kies een antwoord")), *pairs(codes)]  # type: ignore[attr-defined]


class ListedAnswerForm(forms.Form):
    """One row of a list that is worked in by keyboard: a code, and today unless somebody says otherwise."""

    answer = forms.ChoiceField(
        label=_("Antwoord"), required=False, error_messages={"invalid_choice": _("Kies een antwoord.")}
    )
    on = forms.DateField(label=_("Dag"), error_messages=DAY)

    def __init__(self, code: str, codes: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix=code, initial={"on": timezone.localdate()})
        self.code = code
        self.fields["answer"].choices = [("", _("Nog niets")), *pairs(codes)]  # type: ignore[attr-defined]
        self.fields["answer"].widget.attrs["aria-label"] = gettext("Antwoord op %(code)s") % {"code": code}
        self.fields["on"].widget.attrs["aria-label"] = gettext("Dag van het antwoord op %(code)s") % {
            "code": code
        }

    @property
    def filled(self) -> bool:
        """Whether somebody chose an answer in this row."""
        return bool(self.data.get(self.add_prefix("answer"))) if self.is_bound else False


SAYS_NOTHING = "mag_niets_zeggen"
"""The code whose sentence may always be chosen, so that a reporter can infer nothing."""


class TellForm(forms.Form):
    """What the reporter is told after an answer was read."""

    tell = forms.ChoiceField(
        label=_("Wat hoort de melder?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("De melder leest alleen deze zin. De naam van de partner staat er niet bij."),
    )

    def __init__(self, sentences: Iterable[Named], first: str, data: Mapping[str, Any] | None = None) -> None:
        # Several codes tell a reporter the same: each sentence stands here once.
        told: dict[str, Named] = {}
        for each in sorted(sentences, key=lambda each: (each.id != SAYS_NOTHING, each.id != first)):
            told.setdefault(each.label, each)
            if each.id == first:
                first = told[each.label].id
        super().__init__(data, initial={"tell": first})
        choices: list[tuple[str, Any]] = pairs(sorted(told.values(), key=lambda each: each.id != first))
        # Seen at once: the sentence of this answer, the one that says nothing, and nothing yet. The page
        # folds the sentences of other answers, which are seldom right.
        seen = len({first, SAYS_NOTHING} & {each.id for each in told.values()})
        choices.insert(seen, ("", _("Nu nog niets")))
        self.seen, self.folded = f":{seen + 1}", f"{seen + 1}:"
        self.fields["tell"].choices = choices  # type: ignore[attr-defined]


class MessageForm(forms.Form):
    """A question or an answer in words."""

    text = forms.CharField(
        label=_("Uw bericht"),
        max_length=2000,
        error_messages={"required": _("Schrijf eerst uw bericht.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, label: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="message_%s")
        self.fields["text"].label = label


class PickupCodeForm(forms.Form):
    """The code that somebody was told."""

    code = forms.CharField(
        label=_("Uw code"),
        required=False,
        help_text=_("Drie groepjes van vier letters en cijfers. Hoofdletters en streepjes maken niet uit."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["code"].depends = True  # type: ignore[attr-defined]


class PickupForm(forms.Form):
    """Where the link of a pick-up goes. Somebody confirms it; nothing goes by itself."""

    address = forms.CharField(
        label=_("E-mailadres van de partner"),
        max_length=254,
        help_text=_("Gebruik een postbus van de organisatie. Controleer het adres."),
        error_messages={"required": _("Schrijf waar de link heen gaat.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, address: str = "", data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"address": address}, auto_id="pickup_%s")


class ReturnForm(ReasonForm):
    """Why a referral goes back."""

    sentence = forms.CharField(
        label=_("Welke reden?"), required=False, max_length=600, help_text=_("Eén zin. Noem geen namen.")
    )

    def __init__(self, reasons: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(reasons, data)
        self.fields["reason"].widget.attrs["shows"] = {"andere_reden": "#id_sentence"}
        self.fields["reason"].error_messages = {
            "required": _("Kies een reden. De gemeente weet dan waar het wel hoort.")
        }


class AnswerForm(forms.Form):
    """An agreed code, and a few words when somebody wants to add them."""

    answer = forms.ChoiceField(
        label=_("Kies een antwoord"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een antwoord.")},
    )
    text = forms.CharField(
        label=_("Toelichting"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, codes: Iterable[tuple[Named, str]], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        codes = list(codes)
        self.fields["answer"].choices = pairs(each for each, _meaning in codes)  # type: ignore[attr-defined]
        self.fields["answer"].widget.attrs["hints"] = {each.id: meaning for each, meaning in codes}
