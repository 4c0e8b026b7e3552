"""How a Django form looks: every field knows which component shows it and carries the right classes.

`components/form_field.html` shows any bound field. The setting `FORM_RENDERER` gives every form the fields of
this module, so that a journey need not import it. Widget attributes that choose and fill a component:

    forms.RadioSelect(attrs={"kind": "chips"})      chips, answers, choices (default) or tiles
    forms.CheckboxSelectMultiple(attrs={...})       the same, except answers
    attrs={"hints": {"value": "..."}}               a sentence under a choice
    attrs={"shows": {"other": "#id_reason_text"}}   what appears when this choice is made
    attrs={"closed": {"value": "..."}}              a choice that cannot be made, and why
    attrs={"icons": {"value": "bed"}}               the icon of a tile
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django import forms
from django.forms import renderers
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input
from django.template.backends.django import DjangoTemplates as Engine
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CLASSES = (
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea", "utrecht-textarea--invalid"),
    (forms.Select, "utrecht-select utrecht-select--html-select", "utrecht-select--invalid"),
    (forms.FileInput, "sl-file", ""),
    (Input, "utrecht-textbox utrecht-textbox--html-input", "utrecht-textbox--invalid"),
)
TICK_BOX = "utrecht-checkbox utrecht-checkbox--html-input"
# The browser's own pickers; they send and expect these forms, whatever the language.
PICKERS = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)
SHORT_ROWS = 3
TOO_LONG = gettext_lazy("Dit is te lang: %(show_value)d tekens. Er passen er %(limit_value)d.")
NO_MAIL = gettext_lazy("Dit is geen e-mailadres. Schrijf bijvoorbeeld naam@gemeente.nl.")
NO_DAY = gettext_lazy("Dit is geen dag. Schrijf bijvoorbeeld 10-12-2026.")


@dataclass(frozen=True)
class Option:
    """One choice of a group, ready to be shown."""

    id: str
    name: str
    type: str
    value: str
    label: str
    checked: bool = False
    hint: str = ""
    shows: str = ""
    closed: str = ""
    icon: str = ""


class SluitendField(forms.BoundField):
    """A bound field that knows its component."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        for kind, input_type, form_of_value in PICKERS:
            if isinstance(field.widget, kind):
                field.widget.input_type = input_type
                field.widget.format = form_of_value
        self._say_plainly(field)

    def _say_plainly(self, field: forms.Field) -> None:
        """Replace the sentences of Django by those of this project, where a form has none of its own.

        They are translated when somebody reads them: most of what is sent has nothing wrong in it.
        """
        said = field.error_messages
        if field.required and said.get("required") is forms.Field.default_error_messages["required"]:
            said["required"] = _("Nog niet ingevuld: %(label)s") % {"label": self.label}
        if isinstance(field, forms.CharField):
            said.setdefault("max_length", TOO_LONG)
        if isinstance(field, forms.EmailField):
            said.setdefault("invalid", NO_MAIL)
        if said.get("invalid") is forms.DateField.default_error_messages["invalid"]:
            said["invalid"] = NO_DAY

    @property
    def kind(self) -> str:
        """The component that shows this field."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect):  # CheckboxSelectMultiple is one too
            return str(widget.attrs.get("kind", "choices"))
        if isinstance(widget, forms.CheckboxInput):
            return "tick"
        return "file" if isinstance(widget, forms.FileInput) else "text"

    @property
    def optional(self) -> bool:
        """Whether the label says that this may stay empty; not for what belongs to one choice of another."""
        return not (self.field.required or getattr(self.field, "depends", False))

    @property
    def short(self) -> bool:
        """Whether one or two sentences are expected."""
        return int(self.field.widget.attrs.get("rows", SHORT_ROWS + 1)) <= SHORT_ROWS

    @property
    def single(self) -> bool:
        """Whether one choice excludes the others."""
        return not isinstance(self.field.widget, forms.CheckboxSelectMultiple)

    @property
    def first_id(self) -> str:
        """The control to which a line in the summary of errors leads."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def summed_up(self) -> list[str]:
        """What is wrong, as it is said away from the field: with the question, unless the sentence has it."""
        label = str(self.label)
        ending = " " if label.endswith("?") else ": "
        named = (self.is_hidden or label.lower() in str(error).lower() for error in self.errors)
        return [
            str(error) if names else f"{label}{ending}{error}"
            for error, names in zip(self.errors, named, strict=True)
        ]

    @property
    def options(self) -> list[Option]:
        """The choices of a group."""
        return [self._option(subwidget.data) for subwidget in self.subwidgets]

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the classes; the word "required" is left to the server, whose sentence is kinder."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        if classes := self._classes(widget):
            built["class"] = classes
        return built

    def _classes(self, widget: forms.Widget) -> str:
        if isinstance(widget, forms.CheckboxInput):
            return TICK_BOX
        if isinstance(widget, forms.RadioSelect):
            return ""
        for kind, plain, invalid in CLASSES:
            if isinstance(widget, kind):
                own = str(widget.attrs.get("class", ""))
                return " ".join(filter(None, [plain, invalid if self.errors else "", own]))
        return ""

    def _option(self, data: Mapping[str, Any]) -> Option:
        value = str(data["value"])
        return Option(
            id=data["attrs"].get("id", ""),
            name=data["name"],
            type=data["type"],
            value=value,
            label=str(data["label"]),
            checked=bool(data["selected"]),
            hint=self._extra("hints", value),
            shows=self._extra("shows", value),
            closed=self._extra("closed", value),
            icon=self._extra("icons", value),
        )

    def _extra(self, name: str, value: str) -> str:
        return str(self.field.widget.attrs.get(name, {}).get(value, ""))


class Renderer(DjangoTemplates):
    """The form renderer of the project; see the setting `FORM_RENDERER`."""

    bound_field_class = SluitendField

    @cached_property
    def engine(self) -> Engine:
        """The templates of fields, done the short way as those of pages are."""
        folders = [Path(renderers.__file__).parent / "templates"]
        loaders = [("sluitend.kernel.templates.Loader", ["django.template.loaders.filesystem.Loader"])]
        return Engine({"NAME": "fields", "DIRS": folders, "APP_DIRS": False, "OPTIONS": {"loaders": loaders}})


class SluitendForm(forms.Form):
    """The same fields for a form that is given a renderer of its own."""

    bound_field_class = SluitendField
