"""Fields that forms are made of: choices, prepared reasons, a text, a line, a day.

A sentence says what is wrong in the words of this project; a form gives its own where it has better ones.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from sluitend.forms.bound import NO_DAY
from sluitend.kernel.flow.reasons import Named
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

type Label = str | StrPromise
type Options = Iterable[tuple[str, Any]]
type Checks = Sequence[Callable[[str], None]]
type Sent = MultiValueDict[str, str]
"""What a form was sent with."""

SENTENCE, LINE, TEXT = 300, 160, 4000
CHOOSE_ONE = _("Kies er een.")
CHOOSE_LISTED = _("Kies iets uit de lijst.")
CHOOSE_ANSWER = _("Kies een antwoord.")
CHOOSE_REASON = _("Kies een reden.")
WRITE = _("Schrijf hier iets.")
REASON = _("Uw reden, in één zin")


def _alike[T](one: T) -> T:
    made = one.__class__.__new__(one.__class__)
    vars(made).update(vars(one))
    return made


class OfEachForm:
    """A field of which every form has its own, made with few calls; a report is four forms with 36 of them.

    Its choices are shared: a form that has others gives them as a whole. Django copies each with its label.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """Return a field of its own, with a widget of its own that has the same choices."""
        made, kept = cast("forms.Field", _alike(self)), cast("forms.Field", self)
        made.widget = _alike(kept.widget)
        made.widget.attrs = kept.widget.attrs.copy()
        made.error_messages = kept.error_messages.copy()
        made.validators = kept.validators[:]
        memo[id(self)] = made
        return made


class CharField(OfEachForm, forms.CharField):
    """A text."""


class BooleanField(OfEachForm, forms.BooleanField):
    """A box to tick."""


class Known:
    """Choices of which it may be known which there are, so that what was sent is not laid beside each."""

    known: Container[str] | None = None

    def valid_value(self, value: Any) -> bool:
        """Return whether this is one of the choices."""
        if self.known is not None:
            return str(value) in self.known
        return bool(super().valid_value(value))  # type: ignore[misc]  # of the field beside it


class ChoiceField(Known, OfEachForm, forms.ChoiceField):
    """One choice."""

    default_error_messages = {"invalid_choice": CHOOSE_LISTED}


class MultipleChoiceField(Known, OfEachForm, forms.MultipleChoiceField):
    """Any number of choices."""

    default_error_messages = {"invalid_choice": CHOOSE_LISTED, "invalid_list": CHOOSE_LISTED}


def choice(
    label: Label,
    options: Options = (),
    *,
    kind: str = "choices",
    missing: Label = CHOOSE_ANSWER,
    required: bool = True,
    initial: str | None = None,
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
    return ChoiceField(
        label=label,
        choices=list(options),
        required=required,
        initial=initial,
        help_text=help_text,
        widget=forms.RadioSelect(attrs=attrs),
        error_messages={"required": missing, "invalid_choice": missing},
    )


def chips(
    label: Label, options: Options = (), *, missing: Label = CHOOSE_ONE, **more: Any
) -> forms.ChoiceField:
    """Return one choice of a few short answers."""
    return choice(label, options, kind="chips", missing=missing, **more)


def listed(
    label: Label,
    options: Options = (),
    *,
    missing: Label = CHOOSE_ONE,
    required: bool = True,
    help_text: Label = "",
    widget: forms.Select | None = None,
) -> forms.ChoiceField:
    """Return one choice of a list that folds out."""
    return ChoiceField(
        label=label,
        choices=list(options),
        required=required,
        help_text=help_text,
        widget=widget or forms.Select(),
        error_messages={"required": missing, "invalid_choice": missing},
    )


class ShowingSelect(forms.Select):
    """A list of which a choice may show what belongs to it."""

    def __init__(self, shows: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.shows = dict(shows or {})

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        """Return an option, with what it shows."""
        option: dict[str, Any] = super().create_option(name, value, *args, **more)
        if shows := self.shows.get(str(value)):
            option["attrs"]["data-shows"] = shows
        return option


def several(
    label: Label, options: Options = (), *, required: bool = False, help_text: Label = "", missing: Label = ""
) -> forms.MultipleChoiceField:
    """Return as many of a few short answers as somebody likes."""
    field = MultipleChoiceField(
        label=label,
        choices=list(options),
        required=required,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple(attrs={"kind": "chips"}),
    )
    if missing:
        field.error_messages["required"] = missing
    return field


def reasons(
    pack: Pack,
    list_id: str,
    text_id: str = "",
    *,
    required: bool = True,
    label: Label = "",
    missing: Label = CHOOSE_REASON,
) -> forms.ChoiceField:
    """Return the prepared reasons of the handbook as chips; those that ask a sentence open the text field.

    Args:
        text_id: HTML id of the text field.
    """
    prepared = pack.reason_list(list_id)
    opening = [each.id for each in prepared if each.asks_sentence] if text_id else []
    return chips(
        label or shown(prepared.label),
        [(each.id, shown(each.label)) for each in prepared],
        missing=missing,
        required=required,
        shows=dict.fromkeys(opening, f"#{text_id}"),
    )


def text(
    label: Label,
    *,
    required: bool = True,
    rows: int = 3,
    help_text: Label = "",
    missing: Label = WRITE,
    most: int | None = TEXT,
    checks: Checks = (),
    widget: forms.Widget | None = None,
) -> forms.CharField:
    """Return a text of some sentences."""
    return CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=widget or forms.Textarea(attrs={"rows": rows}),
        validators=checks,
        error_messages={"required": missing} if missing else {},
    )


def line(
    label: Label,
    help_text: Label = "",
    *,
    required: bool = False,
    most: int | None = LINE,
    missing: Label = WRITE,
    width: str = "",
    checks: Checks = (),
    **attrs: str,
) -> forms.CharField:
    """Return a short text; `width` is the class of a field that is as wide as its answer."""
    shape = {"autocomplete": "off", **attrs, **({"class": width} if width else {})}
    return text(
        label,
        required=required,
        help_text=help_text,
        missing=missing,
        most=most,
        checks=checks,
        widget=forms.TextInput(attrs=shape),
    )


def sentence(label: Label = REASON, *, most: int = SENTENCE) -> forms.CharField:
    """Return the one sentence that goes with "another reason"; the action asks for it."""
    return when_asked(line(label, most=most))


def day(
    label: Label,
    help_text: Label = "",
    *,
    required: bool = True,
    width: str = "sl-w-xs",
    invalid: Label = NO_DAY,
) -> forms.DateField:
    """Return a day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"class": width} if width else {}),
        error_messages={"required": _("Kies een dag."), "invalid": invalid},
    )


def when_asked[F: forms.Field](field: F) -> F:
    """Return a field that belongs to one choice: without that choice nobody fills it in, with it everybody.

    The server asks for it when that choice was made; the label therefore never says that it may stay empty.
    """
    field.required = False
    field.depends = True  # type: ignore[attr-defined]
    return field


def choose_from(form: forms.BaseForm, name: str, options: Options, *, first: Label | None = None) -> None:
    """Give a field of a form its choices, under an empty one with the words `first`."""
    empty = [] if first is None else [("", first)]
    cast("forms.ChoiceField", form.fields[name]).choices = [*empty, *options]


def pairs(items: Iterable[Named]) -> list[tuple[str, str]]:
    """Return what has an id and words as choices."""
    return [(each.id, each.label) for each in items]
