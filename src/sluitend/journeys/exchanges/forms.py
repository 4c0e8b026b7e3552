"""Forms of exchanges. They only gather; every rule is in `offers` and in the actions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.forms.common import MessageForm
from sluitend.forms.fields import chips, choice, choose_from, day, line, listed, pairs, text, when_asked
from sluitend.journeys.exchanges.actions.answering import REPLY_LENGTH, answer_field
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


class TransferMessageForm(MessageForm):
    """A message about a case that went over, which may be what must be read before any contact."""

    reach = forms.BooleanField(
        label=gettext_lazy("Dit gaat over hoe iemand veilig te bereiken is"),
        required=False,
        help_text=gettext_lazy("De andere gemeente leest dit dan vandaag, voordat zij contact zoekt."),
    )


class AskForm(MarkedForm):
    """A question of a partner to a municipality."""

    to = listed(gettext_lazy("Aan wie vraagt u dit?"), missing=gettext_lazy("Kies aan wie u dit vraagt."))
    kind = chips(gettext_lazy("Wat is het?"))
    text = text(
        gettext_lazy("Uw vraag"),
        rows=4,
        most=QUESTION_LENGTH,
        help_text=gettext_lazy("Schrijf alleen wat de ander nodig heeft om te antwoorden."),
        missing=gettext_lazy("Schrijf wat u vraagt."),
    )
    answer_by = day(gettext_lazy("Antwoord vóór"), width="")
    acute = forms.BooleanField(
        label=gettext_lazy("Dit kan niet wachten"),
        required=False,
        help_text=gettext_lazy("Is er nu gevaar? Bel eerst 112."),
    )
    child = forms.BooleanField(label=gettext_lazy("Het gaat misschien om een kind"), required=False)

    def __init__(self, offer: AskOffer, to: str = "", data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"to": to, "answer_by": offer.answer_by})
        addressees = [(each.code, each.name) for each in offer.addressees]
        choose_from(self, "to", addressees, first=_("Kies een organisatie"))
        choose_from(self, "kind", pairs(offer.kinds))

    def question(self) -> Question:
        """Return what is asked."""
        data = self.cleaned_data
        return Question(
            to=data["to"],
            kind=data["kind"],
            text=data["text"],
            answer_by=data["answer_by"],
            acute=data["acute"],
            minor=data["child"],
            looked=self.looked,
        )


class AnswerForm(MarkedForm):
    """An answer: something, nothing or "we may not". Each is one choice.

    What is shared is written beside what was asked for, where the question says what that is.
    """

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
        asks = view.body.asks if view.body else ()
        self.shares = any(each.id == Request.Answer.DETAILS for each in view.answers)
        self.shared = tuple(answer_field(each.id) for each in asks) or ("text",)
        self.marked = (*self.shared, "sentence")
        super().__init__(data, auto_id="answer_%s", background=background)
        choose_from(self, "answer", pairs(view.answers))
        choose_from(self, "reason", pairs(view.may_not_reasons))
        choose_from(self, "basis", pairs(view.bases), first=_("Kies een grondslag"))
        self.fields["reason"].widget.attrs["shows"] = {OTHER_REASON: "#answer_sentence"}
        if asks or not self.shares:
            del self.fields["text"]
        if not self.shares:
            del self.fields["basis"]
            return
        for each in asks:
            self.fields[answer_field(each.id)] = when_asked(said_of(each.label))

    @property
    def shared_fields(self) -> list[forms.BoundField]:
        """The fields for what is shared."""
        return [self[name] for name in self.shared] if self.shares else []

    def going(self) -> tuple[str, ...]:
        """Return what goes with this answer: the other field may still hold what somebody typed first."""
        answer, reason = self.data.get("answer"), self.data.get("reason")
        if answer == Request.Answer.DETAILS.value and self.shares:
            return self.shared
        refuses = answer == Request.Answer.MAY_NOT.value and reason == OTHER_REASON
        return ("sentence",) if refuses else ()

    def clean(self) -> dict[str, Any]:
        """Gather what is shared, by field."""
        cleaned = super().clean()
        return {**cleaned, "texts": {name: cleaned.get(name) or "" for name in self.shared}}


def said_of(label: str) -> forms.CharField:
    """Return the field for what is shared of one thing that was asked for."""
    return text(label, most=REPLY_LENGTH, rows=2)


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
