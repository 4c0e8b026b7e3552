"""Forms with words that leave: what tells who somebody is stands there, with a question of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sluitend.kernel.telltale.finding import Finder, Known, Sort, finder
from sluitend.kernel.telltale.looking import GO, OUT, Look, Written, looks_at, without

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
}


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


class LooksForm(forms.Form):
    """A form that asks of each word that was found whether it goes along."""

    looks: tuple[Look, ...] = ()

    def add_looks(self, looks: tuple[Look, ...], may_go: Callable[[Look], bool] = lambda _look: True) -> None:
        """Ask what happens with each of these; what may not go can only be left out."""
        self.looks = looks
        for look in looks:
            choices = [(OUT, _("Weglaten")), *([(GO, _("Mag mee"))] if may_go(look) else [])]
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

    `marked` names its fields; what was left out is gone from `cleaned_data`.
    """

    marked: tuple[str, ...] = ("text",)

    def __init__(self, *args: Any, known: Known | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self._look(finder(), known or Known())

    def _look(self, by: Finder, known: Known) -> None:
        self.add_looks(looks_at(self._written(), finder=by, known=known, today=timezone.localdate()))

    def _written(self) -> list[Written]:
        # As `CharField` cleans it: what is looked at is what leaves.
        names = [name for name in self.marked if name in self.fields]
        return [Written(name, str(self.data.get(self.add_prefix(name)) or "").strip()) for name in names]

    @property
    def marks(self) -> list[ShownLook]:
        """Everything that is to be looked at."""
        return [shown for name in self.marked for shown in self.shown(name)]

    def clean(self) -> dict[str, Any]:
        """Wait until each word was looked at, and take out what was left out."""
        cleaned = super().clean() or {}
        if self.unread:
            self.add_error(look_field(self.unread[0]), still_to_look_at(len(self.unread)))
        for name in self.marked:
            if isinstance(text := cleaned.get(name), str):
                cleaned[name] = without(Written(name, text), self.looks, self.looked)
        return cleaned


def look_field(look: Look) -> str:
    """Return the name of the field in which somebody says what happens with a word."""
    return f"look_{look.key}"


def still_to_look_at(number: int) -> str:
    """Return how much was not looked at."""
    return ngettext("Bekijk nog %(n)d woord", "Bekijk nog %(n)d woorden", number) % {"n": number}
