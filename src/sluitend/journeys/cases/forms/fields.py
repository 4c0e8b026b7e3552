"""Fields as the forms of a case have them: a question with three answers, a day."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.forms import fields
from sluitend.forms.fields import Label
from sluitend.journeys.cases.models import Answer


def answers(label: Label, *, help_text: Label = "") -> forms.ChoiceField:
    """Return a question with yes, no and do not know."""
    return fields.choice(
        label,
        Answer.choices,
        kind="answers",
        missing=_("%(question)s Kies een antwoord. “Weet niet” mag ook.") % {"question": label},
        help_text=help_text,
    )


def day(label: Label, *, required: bool = False, help_text: Label = "") -> forms.DateField:
    """Return a day, which may be unknown."""
    said = _("Dit is geen dag die wij kennen. Kies een dag.")
    return fields.day(label, help_text, required=required, invalid=said)


def today() -> date:
    """Return today, in the time zone of the municipality."""
    return timezone.localdate()
