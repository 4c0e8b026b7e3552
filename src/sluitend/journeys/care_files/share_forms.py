"""The forms on which an agreement to share is noted: one organisation, one purpose, until a day."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn
from sluitend.forms.shelter_address import ask_of_address, no_address
from sluitend.journeys.care_files.consent_forms import Answering
from sluitend.journeys.care_files.content import Share
from sluitend.journeys.care_files.forms import LINE, Seen
from sluitend.journeys.care_files.queries.mediating import MediationPage
from sluitend.journeys.care_files.queries.offering import ShareOffer
from sluitend.journeys.care_files.words import ForMediation, GoesAlong, Purpose, Said, Tells

NAME = [at_most(80), no_bsn, no_address]
"""A municipality reads it: no place may stand in it."""


class PurposeForm(Answering):
    """An agreement to share something with one organisation for one purpose."""

    told: Callable[[], dict[str, str]]
    """What goes and for what, in words and as it is sent."""

    recipient = fields.listed(_("Aan wie"), missing=_("Kies een organisatie."))
    not_to = fields.line(_("Wie mag dit niet weten"), checks=LINE, most=None)
    until = fields.day(_("Tot"), _("Een mondeling ja geldt drie dagen. Laat daarna tekenen."))

    def __init__(self, data: Any = None, *, offer: ShareOffer) -> None:
        super().__init__(data, page=offer.page)
        self.offer = offer
        self.fields["recipient"].initial = offer.proposed
        fields.choose_from(self, "recipient", offer.recipients, first=_("Kies een organisatie"))
        fields.choose_from(self, "answer", [(each, each.label) for each in (Said.YES, Said.NO)])

    def share(self) -> Share:
        """Return the agreement that was noted."""
        data = self.cleaned_data
        names = ("not_to", "answer", "language", "form", "interpreter_number", "witness")
        return Share(
            what=self.offer.purpose,
            to=data["recipient"],
            recipient=dict(self.offer.recipients)[data["recipient"]],
            until=data["until"].isoformat(),
            given_by=data.get("given_by", ""),
            **self.told(),
            **{name: data[name] for name in names},
        )


class SupportForm(PurposeForm):
    """To whoever supports the person: parts of the file, chosen one by one."""

    field_order = ("revision", "recipient", "chosen", "not_to", "until", "answer", "form")
    chosen = fields.several(
        _("Wat"), Tells.choices, required=True, missing=_("Kies wat de organisatie mag weten.")
    )

    def told(self) -> dict[str, str]:
        """Return the parts that were chosen."""
        chosen = [each for each in Tells if each in self.cleaned_data["chosen"]]
        return {
            "chosen": " ".join(chosen),
            "parts": ", ".join(str(each.label) for each in chosen),
            "purpose": str(Purpose.SUPPORT.label),
        }


class TaskForm(PurposeForm):
    """To a municipality: the name it needs, a task, and before when."""

    field_order = ("revision", "recipient", "task", "name", "before", "not_to", "until", "answer", "form")
    task = fields.listed(_("Taak"), missing=_("Kies een taak."))
    name = fields.line(
        _("Naam zoals de gemeente die nodig heeft"),
        _("Alleen deze naam, de taak en de dag gaan mee. De gemeente antwoordt aan u."),
        required=True,
        checks=NAME,
        most=None,
    )
    before = fields.day(_("Antwoord vóór"))

    def __init__(self, data: Any = None, *, offer: ShareOffer) -> None:
        super().__init__(data, offer=offer)
        fields.choose_from(self, "task", offer.tasks, first=_("Kies een taak"))

    def told(self) -> dict[str, str]:
        """Return the task, and the name that goes with it."""
        data = self.cleaned_data
        label = str(dict(self.offer.tasks)[data["task"]])
        return {
            "task": data["task"],
            "name": data["name"],
            "before": data["before"].isoformat(),
            "parts": str(self.fields["name"].label),
            "purpose": label,
        }


class MediationForm(PurposeForm):
    """To whoever finds a place when nothing here fits: what they need to look, and nothing that tells who."""

    field_order = ("revision", "recipient", "chosen", "not_to", "until", "answer", "form")
    chosen = fields.several(
        _("Wat"), ForMediation.choices, required=True, missing=_("Kies wat wie bemiddelt mag weten.")
    )

    def told(self) -> dict[str, str]:
        """Return the parts that were chosen."""
        chosen = [each for each in ForMediation if each in self.cleaned_data["chosen"]]
        return {
            "chosen": " ".join(chosen),
            "parts": ", ".join(str(each.label) for each in chosen),
            "purpose": str(Purpose.MEDIATION.label),
        }


class MoveForm(PurposeForm):
    """To another care organisation, which has the client from then on: what goes along, chosen one by one."""

    field_order = ("revision", "recipient", "chosen", "not_to", "until", "answer", "form")
    chosen = fields.several(
        _("Wat gaat mee"), GoesAlong.choices, required=True, missing=_("Kies wat meegaat.")
    )

    def __init__(self, data: Any = None, *, offer: ShareOffer) -> None:
        super().__init__(data, offer=offer)
        nothing = {GoesAlong.WHOLE: not offer.whole, GoesAlong.BORN: not offer.age}
        options = [(each, each.label) for each in GoesAlong if not nothing.get(each)]
        fields.choose_from(self, "chosen", options)

    def told(self) -> dict[str, str]:
        """Return the parts that were chosen."""
        chosen = [each for each in GoesAlong if each in self.cleaned_data["chosen"]]
        return {
            "chosen": " ".join(chosen),
            "parts": ", ".join(str(each.label) for each in chosen),
            "purpose": str(Purpose.MOVE.label),
        }


class MediateForm(Seen):
    """Why nothing here fits."""

    reason = fields.chips(_("Waarom past hier niets?"), missing=fields.CHOOSE_REASON)
    told = fields.line(
        _("Leg dat uit in één zin"),
        _("Noem hier geen adres: dat hoort alleen bij de plek."),
        required=True,
        most=None,
        checks=LINE,
        missing=fields.WRITE,
    )

    def __init__(self, data: Any = None, *, page: MediationPage) -> None:
        super().__init__(data, initial={"revision": page.revision}, auto_id="mediate_%s")
        fields.choose_from(self, "reason", page.reasons)
        ask_of_address(self, "told")


FORMS: dict[Purpose, type[PurposeForm]] = {
    Purpose.SUPPORT: SupportForm,
    Purpose.TASK: TaskForm,
    Purpose.MEDIATION: MediationForm,
    Purpose.MOVE: MoveForm,
}
