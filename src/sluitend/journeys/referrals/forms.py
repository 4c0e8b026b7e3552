"""Forms of referrals. They only gather; every rule is in `choosing` and in the actions."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.referrals.waiting import LINE, Wait, WaitOffer
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.handling import OTHER_REASON
from sluitend.kernel.telltale import NO_BACKGROUND, Background
from sluitend.kernel.telltale.forms import MarkedForm

CHOOSE = {"required": _("Kies er een."), "invalid_choice": _("Kies er een.")}
DAY = {"required": _("Kies een dag."), "invalid": _("Dit is geen dag. Schrijf bijvoorbeeld 10-12-2026.")}

WAIT = ("until", "contact", "telephone", "address")


def pairs(items: Iterable[Named]) -> list[tuple[str, str]]:
    """Return choices for a form field."""
    return [(each.id, each.label) for each in items]


def chips(**attrs: Any) -> forms.RadioSelect:
    """Return a choice of a few short answers."""
    return forms.RadioSelect(attrs={"kind": "chips", **attrs})


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


class ShowingSelect(forms.Select):
    """A list of which a choice may show what belongs to it."""

    shows: Mapping[str, str] = MappingProxyType({})

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        """Return an option, with what it shows."""
        option: dict[str, Any] = super().create_option(name, value, *args, **more)
        if shown := self.shows.get(str(value)):
            option["attrs"]["data-shows"] = shown
        return option


class WaitForm(forms.Form):
    """Until when, whom to ring and, when it is not known, where: what belongs to an answer that asks to wait.

    The action says what is missing, as the fields count with that answer only.
    """

    until = forms.DateField(
        label=_("Wacht tot en met"),
        required=False,
        widget=forms.DateInput(attrs={"class": "sl-w-xs"}),
        error_messages=DAY,
    )
    contact = forms.CharField(
        label=_("Wie kunnen wij bellen?"), required=False, max_length=LINE, help_text=_("Naam of functie.")
    )
    telephone = forms.CharField(
        label=_("Op welk nummer?"),
        required=False,
        max_length=LINE,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    address = forms.CharField(
        label=_("Op welk adres moeten wij wachten?"),
        required=False,
        max_length=LINE,
        help_text=_("Straat, huisnummer en plaats."),
    )

    def fit(self, offer: WaitOffer) -> str:
        """Fit the fields to a referral, and return the places of those that stay, for what shows them."""
        if offer.place_known or not offer.codes:
            del self.fields["address"]
        elif offer.place_known is None:
            self.fields["address"].help_text = _("Alleen als het niet in de doorzetting staat.")
        for name in WAIT if not offer.codes else ():
            self.fields.pop(name, None)
        if offer.codes:
            self.initial["until"] = offer.usual
            self.fields["until"].help_text = _("Ten hoogste tot en met %(day)s.") % {
                "day": date_format(offer.latest, "j F Y")
            }
        asked = [name for name in WAIT if name in self.fields]
        for name in asked:
            self.fields[name].depends = True  # type: ignore[attr-defined]
        return " ".join(f"#{self[name].id_for_label}" for name in asked)


def wait_of(data: Mapping[str, Any]) -> Wait:
    """Return what was filled in about waiting."""
    return Wait(**{name: data[name] for name in WAIT if name in data})


class NotedAnswerForm(WaitForm, DayForm):
    """What a partner answered by telephone or mail: a code and a day, and how to wait where it asks that."""

    answer = forms.ChoiceField(
        label=_("Wat antwoordde de partner?"),
        widget=ShowingSelect,
        error_messages={"required": _("Kies wat de partner antwoordde.")},
    )
    field_order = ("answer", *WAIT, "on")

    def __init__(
        self,
        codes: Iterable[Named],
        offer: WaitOffer,
        data: Mapping[str, Any] | None = None,
        *,
        auto_id: str = "noted_%s",
    ) -> None:
        forms.Form.__init__(self, data, initial={"on": timezone.localdate()}, auto_id=auto_id)
        self.fields["answer"].choices = [("", _("Kies een antwoord")), *pairs(codes)]  # type: ignore[attr-defined]
        self.fields["answer"].widget.shows = dict.fromkeys(offer.codes, self.fit(offer))


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


class HeardForm(forms.Form):
    """What somebody who reads words of a partner heard in them."""

    acute = forms.BooleanField(label=_("Er is nu gevaar voor iemand"), required=False)
    child = forms.BooleanField(label=_("Het gaat misschien om een kind"), required=False)

    @staticmethod
    def minor_of(data: Mapping[str, Any]) -> str:
        """Return what was heard of a child, as the actions take it."""
        return "perhaps" if data["child"] else "unknown"


class TellForm(HeardForm):
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


class MessageForm(MarkedForm):
    """A question or an answer in words, of which each that tells who somebody is is looked at."""

    text = forms.CharField(
        label=_("Uw bericht"),
        max_length=2000,
        error_messages={"required": _("Schrijf eerst uw bericht.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        label: str,
        data: Mapping[str, Any] | None = None,
        background: Background = NO_BACKGROUND,
    ) -> None:
        super().__init__(data, auto_id="message_%s", background=background)
        self.fields["text"].label = label


class ReplyForm(HeardForm, MessageForm):
    """A message to a partner, and what its question told."""


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


class ReturnForm(MarkedForm, ReasonForm):
    """Why a referral goes back."""

    marked = ("sentence",)

    sentence = forms.CharField(
        label=_("Welke reden?"), required=False, max_length=600, help_text=_("Eén zin. Noem geen namen.")
    )

    def __init__(self, reasons: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(reasons, data)
        self.fields["reason"].widget.attrs["shows"] = {OTHER_REASON: "#id_sentence"}
        self.fields["reason"].error_messages = {
            "required": _("Kies een reden. De gemeente weet dan waar het wel hoort.")
        }

    def going(self) -> tuple[str, ...]:
        """Return the sentence where the reason asks for one."""
        return self.marked if self.data.get("reason") == OTHER_REASON else ()


class AnswerForm(MarkedForm, WaitForm):
    """An agreed code, how to wait where it asks that, and a few words when somebody wants to add them."""

    answer = forms.ChoiceField(
        label=_("Kies een antwoord"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een antwoord.")},
    )
    text = forms.CharField(
        label=_("Toelichting"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    field_order = ("answer", *WAIT, "text")

    def __init__(
        self,
        codes: Iterable[tuple[Named, str]],
        offer: WaitOffer,
        data: Mapping[str, Any] | None = None,
        background: Background = NO_BACKGROUND,
    ) -> None:
        super().__init__(data, background=background)
        codes = list(codes)
        self.fields["answer"].choices = pairs(each for each, _meaning in codes)  # type: ignore[attr-defined]
        self.fields["answer"].widget.attrs["hints"] = {each.id: meaning for each, meaning in codes}
        self.fields["answer"].widget.attrs["shows"] = dict.fromkeys(offer.codes, self.fit(offer))
