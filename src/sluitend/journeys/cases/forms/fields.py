"""Fields that every form of a case is made of: prepared choices, reasons as chips, one sentence, a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.cases.models import Answer
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

SENTENCE = 300
TEXT = 4000
LINE = 160

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

type Label = str | StrPromise


def choice(
    label: Label,
    options: Iterable[tuple[str, Label]],
    *,
    kind: str = "choices",
    missing: Label = "",
    required: bool = True,
    hints: Mapping[str, str] | None = None,
    shows: Mapping[str, str] | None = None,
    closed: Mapping[str, str] | None = None,
    help_text: Label = "",
) -> forms.ChoiceField:
    """Return one choice of a few.

    Args:
        kind: component that shows it: choices, chips or answers.
        missing: what is said when nothing was chosen.
        hints: a sentence under a choice.
        shows: what appears when a choice is made.
        closed: a choice that cannot be made, and why. The action refuses it too.
    """
    attrs = {
        "kind": kind,
        "hints": dict(hints or {}),
        "shows": dict(shows or {}),
        "closed": dict(closed or {}),
    }
    said = missing or _("Kies een antwoord.")
    return forms.ChoiceField(
        label=label,
        choices=list(options),
        required=required,
        help_text=help_text,
        widget=forms.RadioSelect(attrs=attrs),
        error_messages={"required": said, "invalid_choice": said},
    )


class OpeningSelect(forms.Select):
    """A list of which each choice but the empty one opens the same part of the page."""

    def __init__(self, opens: str) -> None:
        super().__init__()
        self.opens = opens

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return one choice, with what appears when it is made."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["data-shows"] = self.opens
        return option


def answers(label: Label, *, help_text: Label = "") -> forms.ChoiceField:
    """Return a question with yes, no and do not know."""
    return choice(
        label,
        Answer.choices,
        kind="answers",
        missing=_("%(question)s Kies een antwoord. “Weet niet” mag ook.") % {"question": label},
        help_text=help_text,
    )


def reasons(
    pack: Pack, list_id: str, text_id: str, *, required: bool = True, label: Label = ""
) -> forms.ChoiceField:
    """Return the prepared reasons of the handbook as chips; those that ask a sentence open the text field.

    Args:
        text_id: HTML id of the text field.
    """
    listed = pack.reason_list(list_id)
    return choice(
        label or shown(listed.label),
        [(reason.id, shown(reason.label)) for reason in listed],
        kind="chips",
        missing=_("Kies een reden."),
        required=required,
        shows={reason.id: f"#{text_id}" for reason in listed if reason.asks_sentence},
    )


def sentence(label: Label = "") -> forms.CharField:
    """Return the one sentence that goes with "another reason"."""
    return when_asked(
        forms.CharField(
            label=label or _("Uw reden, in één zin"), max_length=SENTENCE, widget=forms.TextInput()
        )
    )


def text(
    label: Label,
    *,
    required: bool = True,
    rows: int = 3,
    help_text: Label = "",
    missing: Label = "",
    most: int = TEXT,
) -> forms.CharField:
    """Return a text of some sentences."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or _("Schrijf hier iets.")},
    )


def line(
    label: Label, *, required: bool = False, help_text: Label = "", most: int = LINE, missing: Label = ""
) -> forms.CharField:
    """Return a short text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": missing or _("Schrijf hier iets.")},
    )


def day(label: Label, *, required: bool = False, help_text: Label = "") -> forms.DateField:
    """Return a day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"class": "sl-w-xs"}),
        error_messages={
            "required": _("Kies een dag."),
            "invalid": _("Dit is geen dag die wij kennen. Kies een dag."),
        },
    )


def today() -> date:
    """Return today, in the time zone of the municipality."""
    return timezone.localdate()


def when_asked[F: forms.Field](field: F) -> F:
    """Return a field that belongs to one choice: without that choice nobody fills it in, with it everybody.

    The server asks for it when that choice was made; the label therefore never says that it may stay empty.
    """
    field.required = False
    field.depends = True  # type: ignore[attr-defined]
    return field
