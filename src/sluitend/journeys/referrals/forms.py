"""Forms of referrals. They only gather; every rule is in `choosing` and in the actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sluitend.forms import common
from sluitend.forms.common import MESSAGE_LENGTH, MessageForm, ReasonForm
from sluitend.forms.doors import DOOR, AddressForm
from sluitend.forms.fields import (
    CHOOSE_ANSWER,
    CHOOSE_REASON,
    ShowingSelect,
    chips,
    choice,
    choose_from,
    day,
    line,
    listed,
    pairs,
    text,
    when_asked,
)
from sluitend.journeys.referrals.answers import SAYS_NOTHING
from sluitend.journeys.referrals.next_word import NextOffer
from sluitend.journeys.referrals.waiting import LINE, Wait, WaitOffer
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.telltale import NO_BACKGROUND, Background
from sluitend.kernel.telltale.forms import MarkedForm

WAIT = ("until", "contact", "telephone", "address", DOOR)


class DayForm(forms.Form):
    """The day on which something happened; today unless somebody says otherwise."""

    on = day(_("Welke dag?"), width="")

    def __init__(self, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(data, initial={"on": timezone.localdate()}, **more)


class UnansweredForm(ReasonForm, DayForm):
    """Since when there is no answer, and how that was established."""

    def __init__(self, reasons: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(reasons, data, prefix="unanswered")


class MoreForm(AddressForm):
    """What belongs to some answers only.

    For one that asks to wait: until when, whom to ring and, when it is not known, where. For one that ends
    nothing: before which day more is said. The action says what is missing.
    """

    next_word = day(_("Vóór welke dag komt er meer bericht?"), required=False)
    until = when_asked(day(_("Wacht tot en met")))
    contact = when_asked(line(_("Wie kunnen wij bellen?"), _("Naam of functie."), most=LINE))
    telephone = when_asked(line(_("Op welk nummer?"), most=LINE, inputmode="tel"))
    address = when_asked(
        line(_("Op welk adres moeten wij wachten?"), _("Straat, huisnummer en plaats."), most=LINE)
    )

    waits: tuple[str, ...] = ()
    """The answers that ask to wait."""

    def counts(self) -> bool:
        """An address goes along with an answer that asks to wait."""
        return self.cleaned_data.get("answer") in self.waits

    def clean(self) -> dict[str, Any]:
        """Take the address that was picked for what was typed."""
        data = super().clean()
        if "address" in data:
            data |= {"address": self.typed_or_picked, DOOR: self.meant.id if self.meant else ""}
        return data

    def fit(self, offer: WaitOffer, more: NextOffer | None = None) -> dict[str, str]:
        """Fit the fields to a referral, and return of each answer the places of those that it shows."""
        shows = self._fit_next(more) if more else {}
        if not shows:
            del self.fields["next_word"]
        if offer.place_known or not offer.codes:
            del self.fields["address"]
        elif offer.place_known is None:
            self.fields["address"].help_text = _("Alleen als het niet in de doorzetting staat.")
        self.waits = tuple(offer.codes)
        for name in WAIT if not offer.codes else ():
            self.fields.pop(name, None)
        self.ask_door()
        if offer.codes:
            self.initial["until"] = offer.usual
            self.fields["until"].help_text = _("Ten hoogste tot en met %(day)s.") % {
                "day": date_format(offer.latest, "j F Y")
            }
        waits = " ".join(f"#{self[name].id_for_label}" for name in WAIT if name in self.fields)
        return shows | dict.fromkeys(offer.codes, waits)

    def _fit_next(self, more: NextOffer) -> dict[str, str]:
        self.fields["next_word"].help_text = _(
            "Leeg is de dag die bij het antwoord staat. Ten hoogste %(day)s."
        ) % {"day": date_format(more.last, "j F Y")}
        return dict.fromkeys(more.codes, f"#{self['next_word'].id_for_label}")


def wait_of(data: Mapping[str, Any]) -> Wait:
    """Return what was filled in about waiting."""
    return Wait(**{name: data[name] for name in WAIT if name in data})


class StaysForm(ReasonForm):
    """Why what the plan asks no more stays with its partner."""

    reason = chips(_("Of laat het staan: waarom?"), missing=CHOOSE_REASON)


class PressedForm(DayForm):
    """What goes with a press on an answer: the day that it came, and before which day more is said."""

    next_word = day(
        _("Vóór welke dag komt er meer bericht?"),
        _("Leeg is de dag die bij het antwoord staat."),
        required=False,
    )


class NotedAnswerForm(MoreForm, DayForm):
    """What a partner answered by telephone or mail: a code and a day, and how to wait where it asks that."""

    answer = listed(
        _("Wat antwoordde de partner?"),
        missing=_("Kies wat de partner antwoordde."),
        widget=ShowingSelect(),
    )
    field_order = ("answer", *WAIT, "next_word", "on")

    def __init__(
        self,
        codes: Iterable[Named],
        offer: WaitOffer,
        data: Mapping[str, Any] | None = None,
        *,
        more: NextOffer | None = None,
        auto_id: str = "noted_%s",
    ) -> None:
        super().__init__(data, auto_id=auto_id)
        choose_from(self, "answer", pairs(codes), first=_("Kies een antwoord"))
        self.fields["answer"].widget.shows = self.fit(offer, more)


class ListedAnswerForm(forms.Form):
    """One row of a list that is worked in by keyboard: a code, and today unless somebody says otherwise."""

    answer = listed(_("Antwoord"), required=False, missing=CHOOSE_ANSWER)
    on = day(_("Dag"), width="")

    def __init__(self, code: str, codes: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix=code, initial={"on": timezone.localdate()})
        self.code = code
        choose_from(self, "answer", pairs(codes), first=_("Nog niets"))
        self.fields["answer"].widget.attrs["aria-label"] = gettext("Antwoord op %(code)s") % {"code": code}
        self.fields["on"].widget.attrs["aria-label"] = gettext("Dag van het antwoord op %(code)s") % {
            "code": code
        }

    @property
    def filled(self) -> bool:
        """Whether somebody chose an answer in this row."""
        return bool(self.data.get(self.add_prefix("answer"))) if self.is_bound else False


class HeardForm(forms.Form):
    """What somebody who reads words of a partner heard in them."""

    acute = forms.BooleanField(label=_("Er is nu gevaar voor iemand"), required=False)
    child = forms.BooleanField(label=_("Het gaat misschien om een kind"), required=False)

    @staticmethod
    def minor_of(data: Mapping[str, Any]) -> str:
        """Return what was heard of a child, as the actions take it."""
        return "perhaps" if data["child"] else "unknown"


class TellForm(HeardForm):
    """What the reporter is told after an answer was read; `turn` is the one that the page told of."""

    turn = forms.IntegerField(required=False, widget=forms.HiddenInput)
    tell = choice(
        _("Wat hoort de melder?"),
        required=False,
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
        choose_from(self, "tell", choices)


class ReplyForm(HeardForm, MessageForm):
    """A message to a partner, and what its question told."""


class ReferenceForm(forms.Form):
    """The recipient's own number of a referral."""

    reference = line(
        _("Uw eigen kenmerk"), _("Alleen uw organisatie ziet dit. U kunt erop zoeken."), most=None
    )

    def __init__(self, reference: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"reference": reference}, auto_id="own_%s")


class PickupCodeForm(forms.Form):
    """The code that somebody was told."""

    code = when_asked(
        line(
            _("Uw code"),
            _("Drie groepjes van vier letters en cijfers. Hoofdletters en streepjes maken niet uit."),
            most=None,
            autocapitalize="characters",
            spellcheck="false",
        )
    )


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


class ReturnForm(common.ReturnForm):
    """Why a referral goes back."""

    missing = _("Kies een reden. De gemeente weet dan waar het wel hoort.")


class AnswerForm(MarkedForm, MoreForm):
    """An agreed code, what it asks besides, and a few words when somebody wants to add them."""

    answer = choice(_("Kies een antwoord"))
    text = text(_("Toelichting"), required=False, rows=2, most=MESSAGE_LENGTH)

    field_order = ("answer", *WAIT, "next_word", "text")

    def __init__(
        self,
        codes: Iterable[tuple[Named, str]],
        offer: WaitOffer,
        more: NextOffer,
        data: Mapping[str, Any] | None = None,
        background: Background = NO_BACKGROUND,
    ) -> None:
        super().__init__(data, background=background)
        codes = list(codes)
        choose_from(self, "answer", pairs(each for each, _meaning in codes))
        self.fields["answer"].widget.attrs["hints"] = {each.id: meaning for each, meaning in codes}
        self.fields["answer"].widget.attrs["shows"] = self.fit(offer, more)
