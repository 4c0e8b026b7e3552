"""Forms of the desk's own pages."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sluitend.forms.bound import SluitendForm
from sluitend.kernel.access.preferences import Preferences


class SearchForm(SluitendForm):
    """What somebody looks for. It travels in the body of a POST and is kept nowhere."""

    q = forms.CharField(label=_("Zoeken"), max_length=200, strip=True)


DIGEST_HOURS = range(7, 20)
"""From which one mail a day may come."""


class PreferencesForm(SluitendForm):
    """How somebody wants to work."""

    work_days = forms.TypedMultipleChoiceField(
        label=_("Uw werkdagen"),
        help_text=_(
            "Termijnen tellen in uw dagen. Acute meldingen en meldingen over kinderen wachten nooit."
        ),
        choices=[(number + 1, capfirst(name)) for number, name in WEEKDAYS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"kind": "chips"}),
    )
    theme = forms.ChoiceField(
        label=_("Licht of donker"),
        choices=[("", _("Zoals het toestel")), ("light", _("Licht")), ("dark", _("Donker"))],
        required=False,
        widget=forms.RadioSelect(attrs={"kind": "chips"}),
    )
    language = forms.ChoiceField(
        label=_("Taal"),
        choices=[("nl", "Nederlands"), ("en", "English")],
        widget=forms.RadioSelect(attrs={"kind": "chips"}),
    )
    digest_at = forms.TypedChoiceField(
        label=_("Mail dat er iets voor u klaarstaat"),
        help_text=_("Wat niet kan wachten of te laat dreigt te worden, mailen wij altijd meteen."),
        choices=[
            ("", _("Meteen")),
            *((hour, _("Eén keer per dag, na %(hour)s uur") % {"hour": hour}) for hour in DIGEST_HOURS),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    single_keys = forms.BooleanField(
        label=_("Losse toetsen gebruiken"),
        help_text=_("/ zoekt, J en K lopen door de rijen, ? toont alle toetsen. Nooit terwijl u typt."),
        required=False,
    )
    covers_itself = forms.BooleanField(
        label=_("Het scherm vanzelf afdekken"),
        help_text=_("Na twee minuten zonder aanraking. Voor een werkplek die u deelt."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["digest_at"].depends = True  # type: ignore[attr-defined]
        self.fields["theme"].depends = True  # type: ignore[attr-defined]  # its empty choice is an answer

    def preferences(self) -> Preferences:
        """Return what was chosen."""
        data = self.cleaned_data
        return Preferences(
            work_days=tuple(data["work_days"]),
            theme=data["theme"],
            language=data["language"],
            single_keys=data["single_keys"],
            covers_itself=data["covers_itself"],
            digest_at=data["digest_at"],
        )


PERIODS = (("week", _("Deze week")), ("month", _("Deze maand")), ("year", _("Dit jaar")))
KINDS = (
    ("", _("Alles")),
    ("looked", _("Bekeken")),
    ("shared", _("Gedeeld")),
    ("refused", _("Geweigerd of mislukt")),
)
OLDEST = "oud"
ORDERS = (("", _("Nieuwste eerst")), (OLDEST, _("Oudste eerst")))


class LedgerFilterForm(SluitendForm):
    """What a privacy officer looks for. Nothing personal: it may stand in the address."""

    who = forms.ChoiceField(label=_("Wie"), required=False)
    period = forms.ChoiceField(label=_("Periode"), choices=PERIODS, required=False)
    day = forms.DateField(label=_("Of één dag"), required=False, widget=forms.DateInput())
    kind = forms.ChoiceField(label=_("Wat"), choices=KINDS, required=False)
    order = forms.ChoiceField(label=_("Volgorde"), choices=ORDERS, required=False)

    def __init__(self, *args: Any, people: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered = sorted(people.items(), key=lambda pair: pair[1])
        everybody = [("", _("Iedereen")), *((str(account), name) for account, name in ordered)]
        self.fields["who"].choices = everybody  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.depends = True  # type: ignore[attr-defined]  # a question to look with asks for nothing
