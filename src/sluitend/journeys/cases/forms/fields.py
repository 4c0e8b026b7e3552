"""Fields as the forms of a case have them: a question with three answers, a day."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.forms import fields
from sluitend.forms.fields import Label
from sluitend.journeys.cases.models import Answer
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack


def answers(label: Label, *, help_text: Label = "") -> forms.ChoiceField:
    """Return a question with yes, no and do not know."""
    return fields.choice(
        label,
        Answer.choices,
        kind="answers",
        missing=_("%(question)s Kies een antwoord. “Weet niet” mag ook.") % {"question": label},
        help_text=help_text,
    )


def residents(pack: Pack, *, required: bool = True) -> forms.ChoiceField:
    """Return the question what happens to the people who stay at a place."""
    asked = pack.residents
    return fields.choice(
        shown(asked.question),
        [(each.id, shown(each.label)) for each in asked.answers],
        kind="chips",
        missing=_("Kies wat er met de bewoners gebeurt. “Nog niet bekend” kan ook."),
        required=required,
        help_text=shown(asked.hint),
    )


def first_step(pack: Pack) -> forms.ChoiceField:
    """Return what was done first where there may be people without papers, which is itself never kept.

    It may stay empty here: whether it is needed depends on the answer about the residents.
    """
    asked = pack.residents
    return fields.choice(
        _("Wat deed u eerst?"),
        [(each.id, shown(each.label)) for each in asked.first_steps],
        kind="chips",
        required=False,
        help_text=f"{shown(asked.papers_question)} {shown(asked.papers_hint)}",
    )


def day(label: Label, *, required: bool = False, help_text: Label = "") -> forms.DateField:
    """Return a day, which may be unknown."""
    said = _("Dit is geen dag die wij kennen. Kies een dag.")
    return fields.day(label, help_text, required=required, invalid=said)


def today() -> date:
    """Return today, in the time zone of the municipality."""
    return timezone.localdate()
