"""Two who changed one thing: what each wrote, side by side, and what stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

KEEP = "keep_"
MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Keep:
    """One way to go on with a field, as `components/choices.html` shows it."""

    id: str
    name: str
    value: str
    label: str
    checked: bool = False
    type: str = "radio"
    hint: str = ""
    shows: str = ""
    closed: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Difference:
    """A field of which somebody else wrote another value: both in words, and what can stay."""

    id: str
    label: str
    mine: str
    theirs: str
    options: tuple[Keep, ...]


class Revised(forms.Form):
    """A form that remembers what the person saw, so that two people at once do not undo each other."""

    revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())
    conflict = False
    """Whether somebody else was first: the page then shows both, and what was typed stays."""
    content: ClassVar[tuple[str, ...]] = ()
    """The fields that show what is stored; `initial` has what stands there now."""

    @property
    def seen(self) -> int | None:
        """The revision that stood there when the page was shown."""
        value: int | None = self.cleaned_data.get("revision")
        return value

    def full_clean(self) -> None:
        """Fill in what was chosen after a conflict, and read the form."""
        if isinstance(self.data, QueryDict):
            self.data = self._as_chosen(self.data)
        super().full_clean()

    def clash(self) -> None:
        """Note that somebody else was first. Sent again as it stands it is about what stands there now."""
        self.conflict = True
        now = self.initial.get("revision")
        if now is not None and isinstance(self.data, QueryDict):
            data = self.data.copy()
            data["revision"] = str(now)
            self.data = data

    def differences(self) -> list[Difference]:
        """Return the fields of which another value stands there now than was typed."""
        if not isinstance(self.data, QueryDict):
            return []
        found = [(name, self._typed(self.data, name), self._stored(name)) for name in self.content]
        return [self._difference(name, mine, theirs) for name, mine, theirs in found if mine != theirs]

    def _as_chosen(self, typed: QueryDict) -> QueryDict:
        chosen = {name: typed[KEEP + name] for name in self.content if KEEP + name in typed}
        if not chosen:
            return typed
        data = typed.copy()
        for name, what in chosen.items():
            del data[KEEP + name]
            theirs = self._stored(name)
            if what == THEIRS:
                data.setlist(name, theirs)
            elif what == BOTH:
                data[name] = "\n\n".join(filter(None, [*theirs, *self._typed(typed, name)]))
        return data

    def _typed(self, data: QueryDict, name: str) -> list[str]:
        values = [value.replace("\r\n", "\n").strip() for value in data.getlist(self.add_prefix(name))]
        return sorted(filter(None, values))

    def _stored(self, name: str) -> list[str]:
        value = self.initial.get(name)
        if isinstance(value, bool):
            return ["on"] if value else []
        many = value if isinstance(value, list | tuple) else [value]
        return sorted(_sent(each) for each in many if each not in (None, ""))

    def _difference(self, name: str, mine: list[str], theirs: list[str]) -> Difference:
        field = self.fields[name]
        ways = [(MINE, _("Wat ik typte")), (THEIRS, _("Wat er nu staat"))]
        if isinstance(field.widget, forms.Textarea) and mine and theirs:
            ways.append((BOTH, _("Allebei, onder elkaar")))
        options = tuple(
            Keep(f"id_{KEEP}{name}_{way}", KEEP + name, way, label, checked=way == MINE)
            for way, label in ways
        )
        words = [_words(field, values) for values in (mine, theirs)]
        return Difference(f"id_{KEEP}{name}", str(field.label), words[0], words[1], options)


def _sent(value: Any) -> str:
    """Return a value as a browser would send it."""
    return value.isoformat() if isinstance(value, date) else str(value).replace("\r\n", "\n").strip()


def _words(field: forms.Field, values: Iterable[str]) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Ja") if list(values) else _("Nee")
    labels = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    return ", ".join(labels.get(value, value) for value in values) or "–"
