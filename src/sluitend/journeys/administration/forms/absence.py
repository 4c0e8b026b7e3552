"""Forms about being away and standing in."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.organisations.absence import Candidate
from sluitend.kernel.organisations.reading import Town


class AbsenceForm(forms.Form):
    """From when until when, and who stands in."""

    field_order = ("person", "first", "last", "deputy")
    first = forms.DateField(label=_("Eerste dag"), widget=forms.DateInput())
    last = forms.DateField(label=_("Laatste dag"), widget=forms.DateInput())
    deputy = forms.ChoiceField(
        label=_("Vervanger"),
        help_text=_("Die ziet zolang wat op naam staat, en hoort het eerst wat dringend blijft liggen."),
        required=False,
    )

    def __init__(self, *args: Any, deputies: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not deputies:
            del self.fields["deputy"]
            return
        choices = [
            ("", _now("Iedereen die dit werk doet")),
            *((str(each.account_id), named(each)) for each in deputies),
        ]
        self.fields["deputy"].choices = choices  # type: ignore[attr-defined]
        self.fields["deputy"].depends = True  # type: ignore[attr-defined]  # its empty choice is an answer

    def deputy_id(self) -> UUID | None:
        """Return the deputy that was chosen."""
        chosen = self.cleaned_data.get("deputy")
        return UUID(chosen) if chosen else None


def named(candidate: Candidate) -> str:
    """Return a name, with the municipality when that is another one."""
    return f"{candidate.name} ({candidate.elsewhere})" if candidate.elsewhere else candidate.name


class ColleagueAbsenceForm(AbsenceForm):
    """The same for somebody else."""

    person = forms.ChoiceField(label=_("Wie"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _now("Kies een collega")), *people]  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """What every agreement between municipalities has."""

    reference = forms.CharField(
        label=_("Kenmerk van de afspraak"), help_text=_("Bijvoorbeeld het zaaknummer."), max_length=80
    )
    since = forms.DateField(label=_("Eerste dag"), widget=forms.DateInput())
    until = forms.DateField(label=_("Laatste dag"), widget=forms.DateInput())


class CoverForm(AgreementForm):
    """An agreement under which some municipalities stand in for others all the time."""

    covered = forms.MultipleChoiceField(
        label=_("Waar leest nog niemand?"),
        error_messages={"required": _("Kies een of meer gemeenten.")},
        widget=forms.CheckboxSelectMultiple(attrs={"kind": "chips"}),
    )
    standing_in = forms.MultipleChoiceField(
        label=_("Wie neemt daar waar?"),
        help_text=_("Hun beheerder moet akkoord gaan. Daarna lezen hun aandachtsfunctionarissen mee."),
        error_messages={"required": _("Kies een of meer gemeenten.")},
        widget=forms.CheckboxSelectMultiple(attrs={"kind": "chips"}),
    )

    def __init__(self, *args: Any, towns: list[Town], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, own in (("covered", False), ("standing_in", True)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (str(each.id), each.name.removeprefix("Gemeente "))
                for each in towns
                if (each.how == "connected") is own
            ]


class PoolForm(AgreementForm):
    """An agreement between municipalities."""

    organisations = forms.MultipleChoiceField(
        label=_("Met welke gemeenten?"),
        error_messages={"required": _("Kies een of meer gemeenten.")},
        widget=forms.CheckboxSelectMultiple(attrs={"kind": "chips"}),
    )

    def __init__(self, *args: Any, others: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = [  # type: ignore[attr-defined]
            (str(each), name.removeprefix("Gemeente ")) for each, name in others
        ]
