"""Forms of referrals. They only gather; every rule is in `choosing` and in the actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.referrals.choosing import Named
from sluitend.kernel.telltale.forms import MarkedForm

CHOOSE = {"required": _("Kies er een."), "invalid_choice": _("Kies er een.")}
DAY = {"required": _("Kies een dag."), "invalid": _("Dit is geen dag. Schrijf bijvoorbeeld 10-12-2026.")}


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
    acute = forms.BooleanField(label=_("Er is nu gevaar voor iemand"), required=False)
    child = forms.BooleanField(label=_("Het gaat misschien om een kind"), required=False)

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


class ReplyForm(MarkedForm, MessageForm):
    """A message to a partner, of which each word that tells who somebody is was looked at."""


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
