"""Forms of the desk's own pages."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sluitend.forms.bound import SluitendForm
from sluitend.kernel.organisations.actions import Preferences
from sluitend.kernel.organisations.models import Organisation, Role

CODE = RegexValidator(r"^[A-Za-z0-9-]{2,60}$", _("Een code heeft alleen letters, cijfers en streepjes."))
TELEPHONE = RegexValidator(
    r"^[0-9 +()-]{3,40}$", _("Een telefoonnummer heeft alleen cijfers, spaties en een +.")
)


class SearchForm(SluitendForm):
    """What somebody looks for. It travels in the body of a POST and is kept nowhere."""

    q = forms.CharField(label=_("Zoeken"), max_length=200, strip=True)


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
    single_keys = forms.BooleanField(
        label=_("Losse toetsen gebruiken"),
        help_text=_("/ zoekt, J en K lopen door de rijen. Nooit terwijl u typt."),
        required=False,
    )
    covers_itself = forms.BooleanField(
        label=_("Het scherm vanzelf afdekken"),
        help_text=_("Na twee minuten zonder aanraking. Voor een werkplek die u deelt."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        )


class OrganisationDetailsForm(SluitendForm):
    """What the directory says of an organisation."""

    name = forms.CharField(label=_("Naam"), max_length=160)
    mail = forms.EmailField(
        label=_("Postbus"),
        help_text=_(
            "Hierheen gaat een neutraal bericht als een stap ook bij de leidinggevende blijft liggen."
        ),
        max_length=254,
        required=False,
    )
    telephone = forms.CharField(label=_("Telefoon"), max_length=40, required=False, validators=[TELEPHONE])


class OrganisationForm(OrganisationDetailsForm):
    """A new organisation."""

    field_order = ("kind", "code", "name", "subregions", "partner_key", "mail", "telephone")
    kind = forms.ChoiceField(
        label=_("Soort"),
        choices=[
            (kind.value, kind.label) for kind in Organisation.Kind if kind is not Organisation.Kind.PLATFORM
        ],
        widget=forms.RadioSelect(attrs={"kind": "chips"}),
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("De CBS-code van een gemeente begint met GM."),
        max_length=60,
        validators=[CODE],
    )
    partner_key = forms.CharField(
        label=_("Naam in het handboek"),
        help_text=_("Alleen voor een ketenpartner."),
        max_length=60,
        required=False,
    )
    subregions = forms.MultipleChoiceField(
        label=_("Deel van de regio"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"kind": "chips"}),
    )

    def __init__(self, *args: Any, subregions: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subregions"].choices = [(str(part), name) for part, name in subregions]  # type: ignore[attr-defined]


class RoleForm(SluitendForm):
    """A role in one's own organisation, until a day."""

    role = forms.ChoiceField(label=_("Rol"))
    until = forms.DateField(
        label=_("Tot en met"),
        help_text=_("Voor een tijdelijke waarneming. Daarna stopt de toegang vanzelf."),
        required=False,
        widget=forms.DateInput(),
    )

    def __init__(self, *args: Any, roles: tuple[Role, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]

    def clean_until(self) -> Any:
        """An end in the past is a slip of the pen; ending a role has its own button."""
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("Deze dag is al voorbij. Kies vandaag of later."))
        return until


class InviteForm(RoleForm):
    """Somebody new."""

    field_order = ("name", "email", "role", "until")
    name = forms.CharField(label=_("Naam"), help_text=_("Voornaam en achternaam."), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"), max_length=254)


class FirstAdministratorForm(SluitendForm):
    """Who keeps an organisation that has no administrator yet."""

    name = forms.CharField(label=_("Naam"), help_text=_("Voornaam en achternaam."), max_length=120)
    email = forms.EmailField(label=_("E-mailadres"), max_length=254)


class EndRoleForm(SluitendForm):
    """The last day of a role; empty means now."""

    until = forms.DateField(label=_("Laatste dag"), required=False, widget=forms.DateInput())


PERIODS = (("week", _("Deze week")), ("month", _("Deze maand")), ("year", _("Dit jaar")))
KINDS = (
    ("", _("Alles")),
    ("looked", _("Bekeken")),
    ("shared", _("Gedeeld")),
    ("refused", _("Geweigerd of mislukt")),
)


class LedgerFilterForm(SluitendForm):
    """What a privacy officer looks for. Nothing personal: it may stand in the address."""

    who = forms.ChoiceField(label=_("Wie"), required=False)
    period = forms.ChoiceField(label=_("Periode"), choices=PERIODS, required=False)
    day = forms.DateField(label=_("Of één dag"), required=False, widget=forms.DateInput())
    kind = forms.ChoiceField(label=_("Wat"), choices=KINDS, required=False)

    def __init__(self, *args: Any, people: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered = sorted(people.items(), key=lambda pair: pair[1])
        everybody = [("", _("Iedereen")), *((str(account), name) for account, name in ordered)]
        self.fields["who"].choices = everybody  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.depends = True  # type: ignore[attr-defined]  # a question to look with asks for nothing
