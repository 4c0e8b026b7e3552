"""Forms about the teams of a municipality."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TeamForm(forms.Form):
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
