"""A fact of the plan that is corrected, and what somebody does with an action.

Both name their fact or action in what is sent, not in the address: an address tells nothing of a case.
"""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from sluitend.forms.fields import REASON, sentence
from sluitend.journeys.cases.forms.clashing import Revised
from sluitend.journeys.cases.forms.fields import day, first_step, residents
from sluitend.journeys.cases.queries.plan_views import PlanPage
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack


class FactForm(Revised):
    """A fact, and the values that a person says it has."""

    content = ("values",)

    def __init__(self, *args: Any, page: PlanPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = [each for each in (*page.facts, *page.more) if not each.asked_elsewhere]
        asked = [each for each in facts if each.id == self.data.get("fact")]
        self.initial["values"] = sorted(value for each in asked for value in each.values)
        values = {value.id: shown(value.label) for each in asked for value in each.choices}
        self._nothing = {each.fact.values[0].id for each in asked}
        missing = {"required": _("Kies een antwoord."), "invalid_choice": _("Kies een antwoord.")}
        self.fields["fact"] = forms.ChoiceField(
            choices=[(each.id, shown(each.fact.label)) for each in facts], error_messages=missing
        )
        self.fields["values"] = forms.MultipleChoiceField(
            label="".join(shown(each.fact.label) for each in asked),
            choices=list(values.items()),
            error_messages={**missing, "invalid_list": _("Kies een antwoord.")},
        )

    @property
    def pressed(self) -> list[str]:
        """What was pressed, as it can be sent again after a colleague was first."""
        return self._typed(self.data, "values") if isinstance(self.data, QueryDict) else []

    def _typed(self, data: QueryDict, name: str) -> list[str]:
        values = super()._typed(data, name)
        # A box that was ticked because nothing was known yet says nothing beside one that somebody ticked.
        return [each for each in values if each not in self._nothing] or values


class ReleaseForm(Revised):
    """The release of the handbook by which a case is judged from now on."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput())


class ResidentsForm(forms.Form):
    """What happens to the people who stay at a place, and what was done first."""

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = residents(pack)
        self.fields["first_step"] = first_step(pack)


class ActionForm(Revised):
    """An action, and what is done with it: begun, done, not done, or taken up again. Several can be begun."""

    START, FINISH, REFUSE, PUT_OFF, AGAIN = "start", "finish", "refuse", "later", "again"

    def __init__(self, *args: Any, page: PlanPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = {
            "required": _("Kies een actie van het plan."),
            "invalid_choice": _("Deze actie staat niet meer in het plan."),
        }
        self.fields["action"] = forms.MultipleChoiceField(
            choices=[
                (each, each) for each in (*page.plan.by_id, *(past.id for past in page.past if past.composed))
            ],
            error_messages=missing,
        )
        self.fields["what"] = forms.ChoiceField(
            choices=[
                (each, each) for each in (self.START, self.FINISH, self.REFUSE, self.PUT_OFF, self.AGAIN)
            ],
            error_messages=missing,
        )
        self.fields["reason"] = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput())
        self.fields["until"] = day(_("Wanneer komt dit terug?"))
        self.fields["reason_text"] = sentence(REASON)

    def clean_action(self) -> list[str]:
        """Let more than one action only be begun."""
        chosen: list[str] = self.cleaned_data["action"]
        if len(chosen) > 1 and self.data.get("what") != self.START:
            raise forms.ValidationError(_("Kies één actie van het plan."))
        return chosen
