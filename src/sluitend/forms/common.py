"""Forms that more than one journey shows: a prepared reason, why something goes back, a message in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms.fields import CHOOSE_REASON, Label, chips, choose_from, line, pairs, text
from sluitend.kernel.flow.reasons import SENTENCE_LENGTH, Named
from sluitend.kernel.handbook.handling import OTHER_REASON
from sluitend.kernel.telltale import NO_BACKGROUND, Background
from sluitend.kernel.telltale.forms import MarkedForm

MESSAGE_LENGTH = 2000


class ReasonForm(forms.Form):
    """One prepared reason."""

    reason = chips(_("Waarom?"), missing=CHOOSE_REASON)

    def __init__(
        self, reasons: Iterable[Named], data: Mapping[str, Any] | None = None, prefix: str = "id"
    ) -> None:
        # Several forms stand on one page; an id names one field.
        super().__init__(data, auto_id=f"{prefix}_%s")
        choose_from(self, "reason", pairs(reasons))


class ReturnForm(MarkedForm, ReasonForm):
    """Why something goes back, with a sentence for "another reason"."""

    marked = ("sentence",)
    missing: Label = CHOOSE_REASON
    """What is said when no reason was chosen."""

    sentence = line(_("Welke reden?"), _("Eén zin. Noem geen namen."), most=SENTENCE_LENGTH)

    def __init__(self, reasons: Iterable[Named], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(reasons, data)
        self.fields["reason"].widget.attrs["shows"] = {OTHER_REASON: "#id_sentence"}
        self.fields["reason"].error_messages["required"] = self.missing

    def going(self) -> tuple[str, ...]:
        """Return the sentence where the reason asks for one."""
        return self.marked if self.data.get("reason") == OTHER_REASON else ()


class MessageForm(MarkedForm):
    """A message in words, of which each that tells who somebody is is looked at."""

    text = text(_("Uw bericht"), most=MESSAGE_LENGTH, missing=_("Schrijf eerst uw bericht."))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        background: Background = NO_BACKGROUND,
        *,
        label: Label = "",
    ) -> None:
        super().__init__(data, auto_id="message_%s", background=background)
        if label:
            self.fields["text"].label = label
