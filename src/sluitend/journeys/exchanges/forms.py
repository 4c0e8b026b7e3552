"""Forms of exchanges. They only gather; every rule is in `offers` and in the actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.exchanges.actions.answering import REPLY_LENGTH
from sluitend.journeys.exchanges.actions.requesting import FURTHER_LENGTH
from sluitend.journeys.exchanges.asking import QUESTION_LENGTH, AskOffer, Question
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.exchanges.queries import ReceivedRequest
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.handling import OTHER_REASON
from sluitend.kernel.telltale import NO_BACKGROUND, Background
from sluitend.kernel.telltale.forms import MarkedForm

CHOOSE = {"required": gettext_lazy("Kies er een."), "invalid_choice": gettext_lazy("Kies er een.")}
DAY = {
    "required": gettext_lazy("Kies een dag."),
    "invalid": gettext_lazy("Dit is geen dag. Schrijf bijvoorbeeld 10-12-2026."),
}
REASON = {"required": gettext_lazy("Kies een reden."), "invalid_choice": gettext_lazy("Kies een reden.")}


def pairs(items: Iterable[Named]) -> list[tuple[str, str]]:
    """Return choices for a form field."""
    return [(each.id, each.label) for each in items]


def chips() -> forms.RadioSelect:
    """Return a choice of a few short answers."""
    return forms.RadioSelect(attrs={"kind": "chips"})


class ReasonForm(forms.Form):
    """One prepared reason."""

    reason = forms.ChoiceField(label=gettext_lazy("Waarom?"), widget=chips(), error_messages=REASON)

    def __init__(
        self, reasons: Iterable[Named], data: Mapping[str, Any] | None = None, prefix: str = ""
    ) -> None:
        # Several forms stand on one page; an id names one field.
        super().__init__(data, auto_id=f"{prefix}_%s" if prefix else "id_%s")
        self.fields["reason"].choices = pairs(reasons)  # type: ignore[attr-defined]


class ReturnForm(MarkedForm, ReasonForm):
    """Why something goes back, with a sentence for "another reason"."""

    marked = ("sentence",)

    sentence = forms.CharField(
        label=gettext_lazy("Welke reden?"),
        required=False,
        max_length=600,
        help_text=gettext_lazy("Eén zin. Noem geen namen."),
    )

    def __init__(self, reasons: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(reasons, data)
        self.fields["reason"].widget.attrs["shows"] = {OTHER_REASON: "#id_sentence"}

    def going(self) -> tuple[str, ...]:
        """Return the sentence where the reason asks for one."""
        return self.marked if self.data.get("reason") == OTHER_REASON else ()


class AcceptedForm(forms.Form):
    """Who of a municipality without accounts took a case over, and when."""

    name = forms.CharField(
        label=gettext_lazy("Wie nam de casus aan?"),
        max_length=120,
        error_messages={"required": gettext_lazy("Schrijf wie de casus aannam.")},
        help_text=gettext_lazy("Naam en functie van de collega daar."),
    )
    on = forms.DateField(label=gettext_lazy("Welke dag?"), error_messages=DAY)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"on": timezone.localdate()}, auto_id="accepted_%s")


class MessageForm(MarkedForm):
    """A message in words."""

    text = forms.CharField(
        label=gettext_lazy("Uw bericht"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Schrijf eerst uw bericht.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, background: Background = NO_BACKGROUND) -> None:
        super().__init__(data, auto_id="message_%s", background=background)


class AskForm(MarkedForm):
    """A question to another organisation. What a partner need not say is left out of its form."""

    to = forms.ChoiceField(
        label=gettext_lazy("Aan wie vraagt u dit?"),
        error_messages={
            "required": gettext_lazy("Kies aan wie u dit vraagt."),
            "invalid_choice": gettext_lazy("Kies aan wie u dit vraagt."),
        },
    )
    kind = forms.ChoiceField(label=gettext_lazy("Wat is het?"), widget=chips(), error_messages=CHOOSE)
    text = forms.CharField(
        label=gettext_lazy("Uw vraag"),
        max_length=QUESTION_LENGTH,
        help_text=gettext_lazy("Schrijf alleen wat de ander nodig heeft om te antwoorden."),
        error_messages={"required": gettext_lazy("Schrijf wat u vraagt.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Waarvoor hebt u dit nodig?"), error_messages=CHOOSE)
    basis = forms.ChoiceField(label=gettext_lazy("Uw grondslag"), error_messages=CHOOSE)
    answer_by = forms.DateField(label=gettext_lazy("Antwoord vóór"), error_messages=DAY)
    acute = forms.BooleanField(
        label=gettext_lazy("Dit kan niet wachten"),
        required=False,
        help_text=gettext_lazy("Is er nu gevaar? Bel eerst 112."),
    )
    child = forms.BooleanField(label=gettext_lazy("Het gaat misschien om een kind"), required=False)

    def __init__(self, offer: AskOffer, to: str = "", data: Mapping[str, Any] | None = None) -> None:
        only = offer.kinds[0].id if len(offer.kinds) == 1 else ""
        super().__init__(data, initial={"to": to, "kind": only, "answer_by": offer.answer_by})
        self._choices("to", [(each.code, each.name) for each in offer.addressees], _("Kies een organisatie"))
        self.fields["kind"].choices = pairs(offer.kinds)  # type: ignore[attr-defined]
        if only:
            self.fields["kind"].widget = forms.HiddenInput()
        self._choices("purpose", pairs(offer.purposes), _("Kies waarvoor"))
        self._choices("basis", pairs(offer.bases), _("Kies een grondslag"))
        if not offer.needs_ground:
            del self.fields["purpose"], self.fields["basis"]

    def _choices(self, name: str, choices: list[tuple[str, str]], nothing: str) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    def question(self) -> Question:
        """Return what is asked."""
        data = self.cleaned_data
        return Question(
            to=data["to"],
            kind=data["kind"],
            text=data["text"],
            answer_by=data["answer_by"],
            basis=data.get("basis", ""),
            purpose=data.get("purpose", ""),
            acute=data["acute"],
            minor=data["child"],
            looked=self.looked,
        )


class AnswerForm(MarkedForm):
    """An answer: something, nothing or "we may not". Each is one choice."""

    marked = ("text", "sentence")

    answer = forms.ChoiceField(
        label=gettext_lazy("Uw antwoord"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies een antwoord.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Wat deelt u?"),
        required=False,
        max_length=REPLY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    basis = forms.ChoiceField(label=gettext_lazy("Op welke grondslag deelt u dit?"), required=False)
    reason = forms.ChoiceField(label=gettext_lazy("Waarom mag dit niet?"), required=False, widget=chips())
    sentence = forms.CharField(
        label=gettext_lazy("Welke reden?"),
        required=False,
        max_length=600,
        help_text=gettext_lazy("Eén zin. Noem geen namen."),
    )

    def __init__(
        self,
        view: ReceivedRequest,
        data: Mapping[str, Any] | None = None,
        background: Background = NO_BACKGROUND,
    ) -> None:
        super().__init__(data, auto_id="answer_%s", background=background)
        choices = {"answer": pairs(view.answers), "reason": pairs(view.may_not_reasons)}
        choices["basis"] = [("", _("Kies een grondslag")), *pairs(view.bases)]
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        for name in ("text", "basis", "reason", "sentence"):
            self.fields[name].depends = True  # type: ignore[attr-defined]
        self.fields["reason"].widget.attrs["shows"] = {OTHER_REASON: "#answer_sentence"}
        shares = any(each.id == Request.Answer.DETAILS for each in view.answers)
        if not shares:
            del self.fields["text"], self.fields["basis"]

    def going(self) -> tuple[str, ...]:
        """Return what goes with this answer: the other field may still hold what somebody typed first."""
        answer, reason = self.data.get("answer"), self.data.get("reason")
        refuses = answer == Request.Answer.MAY_NOT.value and reason == OTHER_REASON
        goes = {"text": answer == Request.Answer.DETAILS.value, "sentence": refuses}
        return tuple(name for name in super().going() if goes[name])


class FurtherForm(MarkedForm):
    """Why a hit alone is not enough."""

    marked = ("why",)

    why = forms.CharField(
        label=gettext_lazy("Waarom hebt u meer nodig?"),
        max_length=FURTHER_LENGTH,
        help_text=gettext_lazy("Eén of twee zinnen. De ander leest dit en besluit dan."),
        error_messages={"required": gettext_lazy("Schrijf waarom u meer nodig hebt.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, background: Background = NO_BACKGROUND) -> None:
        super().__init__(data, auto_id="further_%s", background=background)


class NumberForm(forms.Form):
    """A number of one's own for the directory; empty shows only that of the organisation."""

    telephone = forms.CharField(
        label=gettext_lazy("Uw eigen nummer"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Leeg betekent: alleen het nummer van de organisatie staat in de gids."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, telephone: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"telephone": telephone}, auto_id="number_%s")
