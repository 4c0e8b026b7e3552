"""Forms with words that leave: what tells who somebody is stands there, with a question of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.kernel.telltale.finding import Sort
from sluitend.kernel.telltale.leaving import (
    NO_BACKGROUND,
    Background,
    look_field,
    looks_in,
    still_to_look_at,
)
from sluitend.kernel.telltale.looking import GO, OUT, Look

SORT_WORDS = {
    Sort.NAME: gettext_lazy("naam"),
    Sort.BIRTH: gettext_lazy("geboortedatum"),
    Sort.PHONE: gettext_lazy("telefoonnummer"),
    Sort.NUMBER: gettext_lazy("nummer"),
    Sort.MAIL: gettext_lazy("mailadres"),
    Sort.ACCOUNT: gettext_lazy("account"),
    Sort.PLATE: gettext_lazy("kenteken"),
    Sort.ADDRESS: gettext_lazy("adres"),
    Sort.RESIDENCE: gettext_lazy("verblijf"),
    Sort.HEALTH: gettext_lazy("gezondheid"),
    Sort.REACH: gettext_lazy("veilig bereiken"),
    # Which of the names it is says who reported, to somebody who did not ask that with a reason.
    Sort.REPORTER: gettext_lazy("naam"),
}


LONGEST_TEXT = 20_000
"""Of one part."""


@dataclass(frozen=True)
class ShownLook:
    """A word to look at, in its sentence, with the field that asks what happens with it."""

    look: Look
    field: forms.BoundField
    words: str
    note: str = ""

    @property
    def known(self) -> bool:
        """Whether the case knows it as such."""
        return self.look.known


@dataclass(frozen=True)
class TextRow:
    """A part in free words: as it was told, and as the other one reads it."""

    id: str
    title: str
    told: str
    name: str
    """Of the field in which it is ticked."""
    ticked: bool
    field: forms.BoundField
    looks: list[ShownLook]
    how: str = ""
    note: str = ""

    @property
    def unread(self) -> bool:
        """Whether something in it must still be looked at."""
        return any(not each.field.value() for each in self.looks)


def text_field(row: str) -> str:
    """Return the name of the field with the words of a part."""
    return f"text_{row}"


def words_field(label: str, told: str) -> forms.Field:
    """Return a field for the words of a part, that begins with what was told."""
    field = forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        initial=told,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field.depends = True  # type: ignore[attr-defined]
    return field


def as_typed(text: str) -> str:
    """Return words as they were typed: a browser sends the end of a line as two signs."""
    return text.replace("\r\n", "\n").strip()


class LooksForm(forms.Form):
    """A form that asks of each word that was found whether it goes along."""

    looks: tuple[Look, ...] = ()

    def add_looks(self, looks: tuple[Look, ...], allowed: Callable[[Look], bool]) -> None:
        """Ask what happens with each of these; what may not go can only be left out."""
        self.looks = looks
        for look in looks:
            choices = [(OUT, _("Weglaten")), *([(GO, _("Mag mee"))] if allowed(look) else [])]
            self.fields[look_field(look)] = forms.ChoiceField(
                label=f"“{look.text}”, {SORT_WORDS[look.sort]}",
                required=False,
                choices=choices,
                widget=forms.RadioSelect(attrs={"kind": "chips"}),
                error_messages={"invalid_choice": _("Dit mag niet mee. Laat het weg of schrijf het anders.")},
            )
            self.fields[look_field(look)].depends = True  # type: ignore[attr-defined]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields of the form itself."""
        asked = {look_field(look) for look in self.looks}
        return [field for field in self if field.name not in asked]

    @property
    def looked(self) -> dict[str, str]:
        """What somebody decided on each word, by its key."""
        values = {
            look.key: str(self.data.get(self.add_prefix(look_field(look))) or "") for look in self.looks
        }
        return {key: value for key, value in values.items() if value in (OUT, GO)}

    @property
    def unread(self) -> tuple[Look, ...]:
        """What nobody decided on yet."""
        return tuple(look for look in self.looks if look.key not in self.looked)

    def shown(self, row: str, note: Callable[[Look], str] = lambda _look: "") -> list[ShownLook]:
        """Return what is to be looked at in one text."""
        return [
            ShownLook(look, self[look_field(look)], str(SORT_WORDS[look.sort]), note(look))
            for look in self.looks
            if look.row == row
        ]


class MarkedForm(LooksForm):
    """A form with a few words of one's own that go to another organisation.

    `marked` names its fields. What was decided on each word is `looked` in `cleaned_data`, for the action,
    which looks once more and takes out what was left out.
    """

    marked: tuple[str, ...] = ("text",)

    def __init__(self, *args: Any, background: Background = NO_BACKGROUND, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            looks = looks_in({name: self._typed(name) for name in self.going()}, background)
            self.add_looks(looks, background.lets_go)

    def going(self) -> tuple[str, ...]:
        """Return the fields whose words go along with what is chosen."""
        return tuple(name for name in self.marked if name in self.fields)

    def _typed(self, name: str) -> str:
        # As `CharField` cleans it: what is looked at is what leaves.
        return str(self.data.get(self.add_prefix(name)) or "").strip()

    @property
    def marks(self) -> list[ShownLook]:
        """Everything that is to be looked at."""
        return [shown for name in self.marked for shown in self.shown(name)]

    def clean(self) -> dict[str, Any]:
        """Wait until each word was looked at."""
        cleaned = super().clean() or {}
        if self.unread:
            self.add_error(look_field(self.unread[0]), still_to_look_at(len(self.unread)))
        return {**cleaned, "looked": self.looked}
