"""Forms about teams and assigning."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sluitend.forms.bound import SluitendForm
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.models import Assignment

NOBODY = "nobody"
"""On the page: it was not given to anybody in particular."""


class AssignForm(SluitendForm):
    """To whom a matter goes."""

    to = forms.ChoiceField(
        label=_("Wie pakt dit op?"),
        help_text=_("Ook elke volgende stap gaat hierheen."),
        required=False,
    )

    seen = forms.CharField(required=False, empty_value=None, max_length=50, widget=forms.HiddenInput())

    def __init__(self, data: QueryDict | None, *, choices: list[tuple[str, str]], now: str) -> None:
        super().__init__(data, initial={"to": now, "seen": now or NOBODY})
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.fields["to"].depends = True  # type: ignore[attr-defined]  # its empty choice is an answer

    def clean_seen(self) -> str | None:
        """Return who had it when the page was shown; None when the page did not say."""
        seen: str | None = self.cleaned_data["seen"]
        return "" if seen == NOBODY else seen

    def came_back(self, error: DomainError, said: str, *, now: str) -> None:
        """Say why it could not be done. Sent again as it stands it is about who has it now."""
        self.add_error(error.field if error.field in self.fields else None, said)
        self.data = {**self.data, "to": self.data.get("to", ""), "seen": now or NOBODY}


class SeveralForm(SluitendForm):
    """To whom several matters go."""

    to = forms.ChoiceField(
        label=_("Wie pakt dit op?"), help_text=_("Ook elke volgende stap gaat hierheen."), required=False
    )

    def __init__(self, data: QueryDict | None, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.fields["to"].depends = True  # type: ignore[attr-defined]  # its empty choice is an answer


class SpreadForm(SluitendForm):
    """Which rows of the queue go to whom."""

    steps = forms.TypedMultipleChoiceField(required=False)
    person = forms.ChoiceField(label=_("Geef aan"))

    def __init__(
        self, *args: Any, steps: list[tuple[str, str]], people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steps"].choices = steps  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("Kies een collega")), *people]  # type: ignore[attr-defined]


class GiveBackForm(SluitendForm):
    """Why somebody gives a matter back."""

    reason = forms.ChoiceField(
        label=_("Waarom geeft u dit terug?"),
        choices=Assignment.Back.choices,
        widget=forms.RadioSelect(attrs={"kind": "chips"}),
    )
