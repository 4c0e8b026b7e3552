"""What whoever was asked fills in: an answer of the handbook, and a number of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn
from sluitend.forms.common import ReasonForm
from sluitend.forms.pages import Asked
from sluitend.kernel.handbook.language import shown


class AnswerForm(forms.Form):
    """An answer, with a day where it asks one."""

    reply = fields.choice(_("Wat is uw antwoord?"), missing=_("Kies een antwoord."))
    until = fields.when_asked(fields.day(_("Tot of op welke dag?")))
    reason = fields.when_asked(fields.listed(_("Waarom past het niet?"), required=False))

    def __init__(self, data: Any = None, *, asked: Asked) -> None:
        super().__init__(data, auto_id="answer_%s")
        view = asked.view
        words = [(each.id, f"{shown(each.label)}: {shown(each.meaning)}") for each in view.offered]
        fields.choose_from(self, "reply", words)
        if view.is_support:
            reasons = [(each.id, shown(each.label)) for each in view.pack.shelter_refusals]
            fields.choose_from(self, "reason", reasons, first=_("Geen reden"))
        else:
            del self.fields["reason"], self.fields["until"]

    @classmethod
    def make(cls, asked: Asked) -> "AnswerForm":
        """Return it for one side of one share."""
        return cls(asked.data, asked=asked)


class DeclineForm(ReasonForm):
    """Why somebody cannot do it."""

    @classmethod
    def make(cls, asked: Asked) -> "DeclineForm":
        """Return it for one share that nobody read yet."""
        return cls(asked.view.cannot, asked.data, prefix="decline")


class FirstForm(forms.Form):
    """What somebody wants to know before they take it on."""

    question = fields.chips(_("Wat wilt u eerst weten?"), missing=_("Kies wat u eerst wilt weten."))

    @classmethod
    def make(cls, asked: Asked) -> "FirstForm":
        """Return it with the questions of the handbook."""
        form = cls(asked.data, auto_id="first_%s")
        fields.choose_from(form, "question", [(each.id, each.label) for each in asked.view.questions])
        return form


class SeenForm(forms.Form):
    """Which words somebody saw who says that they read them. The page shows its value itself."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @classmethod
    def make(cls, asked: Asked) -> "SeenForm":
        """Return it as it was sent."""
        return cls(asked.data, auto_id="seen_%s")


class StepForm(forms.Form):
    """Which step somebody says is done. The page shows its value itself."""

    step = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @classmethod
    def make(cls, asked: Asked) -> "StepForm":
        """Return it as it was sent."""
        return cls(asked.data, auto_id="step_%s")


class NumberForm(forms.Form):
    """The number by which it is known in a system of their own."""

    number = fields.line(
        _("Nummer in uw eigen systeem"),
        _("Het enige dat dit met uw eigen dossier verbindt."),
        checks=[at_most(40), no_bsn],
        required=True,
        most=None,
        width="sl-w-s",
    )

    @classmethod
    def make(cls, asked: Asked) -> "NumberForm":
        """Return it with the number that is kept."""
        return cls(asked.data, initial={"number": asked.view.number}, auto_id="number_%s")
