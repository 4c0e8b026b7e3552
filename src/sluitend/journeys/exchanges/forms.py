"""Forms of exchanges. They only gather; every rule is in `offers` and in the actions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.fields import chips, choice, choose_from, day, line, listed, pairs, text, when_asked
from sluitend.journeys.exchanges.actions.answering import REPLY_LENGTH
from sluitend.journeys.exchanges.actions.requesting import FURTHER_LENGTH
from sluitend.journeys.exchanges.asking import QUESTION_LENGTH, AskOffer, Question
from sluitend.journeys.exchanges.models import Request
from sluitend.journeys.exchanges.queries import ReceivedRequest
from sluitend.kernel.flow.reasons import SENTENCE_LENGTH
from sluitend.kernel.handbook.handling import OTHER_REASON
from sluitend.kernel.telltale import NO_BACKGROUND, Background
from sluitend.kernel.telltale.forms import MarkedForm


class AcceptedForm(forms.Form):
    """Who of a municipality without accounts took a case over, and when."""

    name = line(
        gettext_lazy("Wie nam de casus aan?"),
        gettext_lazy("Naam en functie van de collega daar."),
        required=True,
        most=120,
        missing=gettext_lazy("Schrijf wie de casus aannam."),
    )
    on = day(gettext_lazy("Welke dag?"), width="")

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"on": timezone.localdate()}, auto_id="accepted_%s")


class AskForm(MarkedForm):
    """A question to another organisation. What a partner need not say is left out of its form."""

    to = listed(gettext_lazy("Aan wie vraagt u dit?"), missing=gettext_lazy("Kies aan wie u dit vraagt."))
    kind = chips(gettext_lazy("Wat is het?"))
    text = text(
        gettext_lazy("Uw vraag"),
        rows=4,
        most=QUESTION_LENGTH,
        help_text=gettext_lazy("Schrijf alleen wat de ander nodig heeft om te antwoorden."),
        missing=gettext_lazy("Schrijf wat u vraagt."),
    )
    purpose = listed(gettext_lazy("Waarvoor hebt u dit nodig?"))
    basis = listed(gettext_lazy("Uw grondslag"))
    answer_by = day(gettext_lazy("Antwoord vóór"), width="")
    acute = forms.BooleanField(
        label=gettext_lazy("Dit kan niet wachten"),
        required=False,
        help_text=gettext_lazy("Is er nu gevaar? Bel eerst 112."),
    )
    child = forms.BooleanField(label=gettext_lazy("Het gaat misschien om een kind"), required=False)

    def __init__(self, offer: AskOffer, to: str = "", data: Mapping[str, Any] | None = None) -> None:
        only = offer.kinds[0].id if len(offer.kinds) == 1 else ""
        super().__init__(data, initial={"to": to, "kind": only, "answer_by": offer.answer_by})
        addressees = [(each.code, each.name) for each in offer.addressees]
        choose_from(self, "to", addressees, first=_("Kies een organisatie"))
        choose_from(self, "kind", pairs(offer.kinds))
        if only:
            self.fields["kind"].widget = forms.HiddenInput()
        choose_from(self, "purpose", pairs(offer.purposes), first=_("Kies waarvoor"))
        choose_from(self, "basis", pairs(offer.bases), first=_("Kies een grondslag"))
        if not offer.needs_ground:
            del self.fields["purpose"], self.fields["basis"]

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

    answer = choice(gettext_lazy("Uw antwoord"))
    text = when_asked(text(gettext_lazy("Wat deelt u?"), most=REPLY_LENGTH))
    basis = when_asked(listed(gettext_lazy("Op welke grondslag deelt u dit?")))
    reason = when_asked(chips(gettext_lazy("Waarom mag dit niet?")))
    sentence = when_asked(
        line(gettext_lazy("Welke reden?"), gettext_lazy("Eén zin. Noem geen namen."), most=SENTENCE_LENGTH)
    )

    def __init__(
        self,
        view: ReceivedRequest,
        data: Mapping[str, Any] | None = None,
        background: Background = NO_BACKGROUND,
    ) -> None:
        super().__init__(data, auto_id="answer_%s", background=background)
        choose_from(self, "answer", pairs(view.answers))
        choose_from(self, "reason", pairs(view.may_not_reasons))
        choose_from(self, "basis", pairs(view.bases), first=_("Kies een grondslag"))
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

    why = text(
        gettext_lazy("Waarom hebt u meer nodig?"),
        rows=2,
        most=FURTHER_LENGTH,
        help_text=gettext_lazy("Eén of twee zinnen. De ander leest dit en besluit dan."),
        missing=gettext_lazy("Schrijf waarom u meer nodig hebt."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, background: Background = NO_BACKGROUND) -> None:
        super().__init__(data, auto_id="further_%s", background=background)


class NumberForm(forms.Form):
    """A number of one's own for the directory; empty shows only that of the organisation."""

    telephone = line(
        gettext_lazy("Uw eigen nummer"),
        gettext_lazy("Leeg betekent: alleen het nummer van de organisatie staat in de gids."),
        most=40,
        inputmode="tel",
        autocomplete="tel",
    )

    def __init__(self, telephone: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"telephone": telephone}, auto_id="number_%s")
