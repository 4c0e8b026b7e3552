"""The forms for sharing without a yes: on which ground, what, to whom, and what the person is told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, no_bsn
from sluitend.forms.shelter_address import ask_of_address
from sluitend.journeys.care_files.content import Share
from sluitend.journeys.care_files.forms import LINE, Seen
from sluitend.journeys.care_files.queries.against import OUTSIDE, AgainstPage
from sluitend.journeys.care_files.words import Tells, Told, YesNo


class AgainstForm(Seen):
    """A decision to share something without a yes."""

    ground = fields.chips(_("Op welke grond?"), missing=_("Kies een grond."))
    why = fields.text(_("Waarom is dit nodig?"), rows=2, most=None, checks=[at_most(fields.SENTENCE), no_bsn])
    recipient = fields.listed(_("Aan wie"), missing=_("Kies een organisatie."))
    other = fields.line(
        _("Welke organisatie belt u?"), _("Schrijf de organisatie, geen naam."), checks=LINE, most=None
    )
    chosen = fields.several(
        _("Wat"), Tells.choices, required=True, missing=_("Kies wat de organisatie mag weten.")
    )
    until = fields.day(_("Tot"))
    told = fields.chips(
        _("Weet de persoon dit?"), Told.choices, missing=_("Kies wat de persoon hiervan weet.")
    )
    told_on = fields.when_asked(fields.day(_("Op welke dag vertelt u het?")))
    told_why = fields.line(_("Niet veilig? Schrijf waarom"), checks=LINE, most=None)

    def __init__(self, data: Any = None, *, page: AgainstPage) -> None:
        super().__init__(data, initial={"revision": page.revision}, auto_id="against_%s")
        fields.choose_from(self, "ground", page.grounds)
        fields.choose_from(self, "recipient", page.recipients, first=_("Kies een organisatie"))
        self.names = dict(page.recipients)
        ask_of_address(self, "why")

    def clean(self) -> dict[str, Any]:
        """Ask who is called, where that is somebody who does not work here."""
        data = super().clean() or {}
        if data.get("recipient") == OUTSIDE and not data.get("other", "").strip():
            self.add_error("other", _("Schrijf welke organisatie u belt."))
        return data

    def share(self) -> Share:
        """Return what was decided."""
        data = self.cleaned_data
        outside = data["recipient"] == OUTSIDE
        chosen = [each for each in Tells if each in data["chosen"]]
        return Share(
            to="" if outside else data["recipient"],
            recipient=data["other"] if outside else self.names[data["recipient"]],
            chosen=" ".join(chosen),
            parts=", ".join(str(each.label) for each in chosen),
            until=data["until"].isoformat(),
            told_on=data["told_on"].isoformat() if data["told_on"] else "",
            **{name: data[name] for name in ("ground", "why", "told", "told_why")},
        )


class LookAgainstForm(Seen):
    """What a colleague says who looks along at sharing without a yes."""

    agrees = fields.chips(_("Is dit nodig?"), YesNo.choices, missing=_("Kies ja of nee."))
    remark = fields.line(_("Nee? Schrijf waarom niet"), checks=LINE, most=None)

    def __init__(self, data: Any = None, *, revision: int) -> None:
        super().__init__(data, initial={"revision": revision}, auto_id="look_against_%s")
