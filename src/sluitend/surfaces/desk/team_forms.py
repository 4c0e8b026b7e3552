"""Forms about teams and assigning."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.followup.models import Assignment
from sluitend.surfaces.forms import SluitendForm


class AssignForm(SluitendForm):
    """To whom a matter goes."""

    to = forms.ChoiceField(
        label=_("Wie pakt dit op?"),
        help_text=_("Ook elke volgende stap gaat hierheen."),
        required=False,
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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


class TeamForm(SluitendForm):
    """A team: its name and its people."""

    name = forms.CharField(label=_("Naam van het team"), max_length=80)


class MembersForm(TeamForm):
    """The same with the people who are in it."""

    members = forms.MultipleChoiceField(
        label=_("Wie zitten erin?"),
        help_text=_("Alleen wie aandachtsfunctionaris of vervanger is: een team leest casussen."),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"kind": "chips"}),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = people  # type: ignore[attr-defined]
