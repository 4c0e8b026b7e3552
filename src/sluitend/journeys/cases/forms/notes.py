"""Forms for subjects, observations, notes, tracks and dates."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from sluitend.forms.doors import AddressForm
from sluitend.forms.fields import choice, line, reasons, sentence, several, text
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.cases.forms.clashing import Revised
from sluitend.journeys.cases.forms.fields import day, today
from sluitend.journeys.cases.models import Observation, Subject, TrackKind
from sluitend.journeys.cases.queries.shapes import SubjectView
from sluitend.journeys.cases.roles import PLACE_WORDS, ROLE_WORDS
from sluitend.journeys.reports.queries import LASTS
from sluitend.kernel.handbook.handling import Closes
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.sealing.tokens import DOOR, normalise

IDENTIFIERS = ("phone", "plate", "kvk", "address", "account")


class SubjectForm(AddressForm):
    """A person, company, place, vehicle, phone or account: what is known and by what it is found again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = choice(
            _("Wat is het?"), Subject.Kind.choices, kind="chips", missing=_("Kies wat het is.")
        )
        self.fields["name"] = line(
            _("Wat is er bekend?"),
            required=True,
            help_text=_(
                "Bijvoorbeeld “Man, ongeveer 40, spreekt Pools”. Geen BSN, geen nationaliteit of geloof."
            ),
            missing=_("Schrijf wat er bekend is. Een naam hoeft niet."),
        )
        self.fields["roles"] = several(
            _("Rol, als het een persoon is"),
            ROLE_WORDS.items(),
            help_text=_("Meer dan één kan: een verdachte kan ook slachtoffer zijn."),
        )
        self.fields["place_roles"] = several(_("Wat is er, als het een plaats is"), PLACE_WORDS.items())
        for name, label in (
            ("address", _("Adres")),
            ("kvk", _("KvK-nummer")),
            ("plate", _("Kenteken")),
            ("phone", _("Telefoonnummer")),
            ("account", _("Account of advertentie")),
            ("full_name", _("Volledige naam")),
        ):
            self.fields[name] = line(label)
        self.fields["birth"] = day(_("Geboortedatum"))
        self.fields["language"] = line(_("Taal, om een tolk te kiezen"))
        self.ask_door()

    def clean(self) -> dict[str, Any]:
        """Ask for name and date of birth together: alone neither finds anybody again."""
        data = super().clean() or {}
        if bool(data.get("full_name")) != bool(data.get("birth")):
            self.add_error("birth", _("Vul naam en geboortedatum samen in, of geen van beide."))
        return data

    def as_draft(self) -> NewSubject:
        """Return the subject that was described."""
        data = self.cleaned_data
        said = {**data, "address": self.typed_or_picked}
        identifiers = [(kind, said[kind].strip()) for kind in IDENTIFIERS if said.get(kind)]
        if self.meant:
            identifiers.append((DOOR, self.meant.id))
        birth: date | None = data.get("birth")
        if birth and data.get("full_name"):
            identifiers.append(("name_birth", f"{data['full_name'].strip()}|{birth.isoformat()}"))
        if data["kind"] == Subject.Kind.COMPANY and normalise("company", data["name"]):
            identifiers.append(("company", data["name"].strip()))
        roles = {Subject.Kind.PERSON: data["roles"], Subject.Kind.PLACE: data["place_roles"]}
        return NewSubject(
            kind=data["kind"],
            name=data["name"].strip(),
            roles=tuple(roles.get(data["kind"], ())),
            identifiers=tuple(identifiers),
            language=data.get("language", ""),
        )


class ObservationForm(forms.Form):
    """What was seen or heard, or what somebody thinks of it; and of whom or what in the case it tells.

    Args:
        subjects: of the case.
    """

    def __init__(self, *args: Any, subjects: Sequence[SubjectView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = choice(
            _("Wat schrijft u op?"),
            [(Observation.Kind.FACT, _("Gezien of gehoord")), (Observation.Kind.OPINION, _("Mijn duiding"))],
            kind="chips",
            missing=_("Kies of dit een feit is of uw duiding."),
        )
        self.fields["text"] = text(_("Tekst"), rows=4, missing=_("Schrijf wat er is gezien of gehoord."))
        if len(subjects) > 1:
            self.fields["about"] = several(
                _("Over wie en wat gaat dit?"),
                [(str(each.id), each.name) for each in subjects],
                help_text=_("Kruis aan wat bij elkaar hoort. Dat wordt een lijn in het beeld van de casus."),
            )
        self.fields["when"] = day(_("Wanneer?"), help_text=_("Leeg als de datum niet bekend is."))
        self.fields["lasts"] = choice(
            _("Hoe lang duurt dit al?"), LASTS.items(), kind="chips", required=False
        )
        self.fields["put_out"] = forms.BooleanField(label=_("Iemand is op straat gezet"), required=False)
        self.fields["where"] = line(_("Waar?"))
        self.fields["source"] = line(
            _("Van wie?"), help_text=_("Bijvoorbeeld “zelf gezien” of “toezichthouder”.")
        )

    def clean_when(self) -> date | None:
        """Refuse a day that is still to come, and one before anybody who reports was born."""
        chosen: date | None = self.cleaned_data.get("when")
        if chosen and (chosen > today() or chosen.year < today().year - 100):
            raise forms.ValidationError(_("Kies een dag die al is geweest, en niet te lang geleden."))
        return chosen

    def as_draft(self) -> NewObservation:
        """Return the observation that was described."""
        data = self.cleaned_data
        return NewObservation(
            kind=data["kind"],
            text=data["text"].strip(),
            when=data["when"].isoformat() if data.get("when") else "",
            where=data["where"].strip(),
            source=data["source"].strip(),
            lasts=data["lasts"],
            put_out=data["put_out"],
            about=tuple(UUID(each) for each in data.get("about", ())),
        )


class NoteForm(forms.Form):
    """A note on the timeline."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = text(_("Notitie"), rows=4, missing=_("Schrijf uw notitie."))
        self.fields["phone"] = line(
            _("Hoort er een telefoonnummer bij?"), help_text=_("Dan vindt u deze casus ook op dat nummer.")
        )
        self.fields["track"] = choice(
            _("Hoort dit bij een spoor?"), [("", _("Nee")), *TrackKind.choices], kind="chips", required=False
        )


class TrackForm(Revised):
    """Where a track stands."""

    content = ("summary", "runs")

    def __init__(self, *args: Any, place_closed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"] = text(
            _("Hoe staat het ervoor?"),
            rows=3,
            missing=_("Schrijf in één of twee zinnen hoe het ervoor staat."),
        )
        why = _("Beantwoord eerst wat er met de bewoners gebeurt.")
        self.fields["runs"] = choice(
            _("Gebeurt er nu iets op dit spoor?"),
            [("no", _("Het wacht")), ("yes", _("Het loopt"))],
            kind="choices",
            closed={"yes": why} if place_closed else {},
        )
        self.fields["due"] = day(
            _("Wanneer kijkt u weer?"), help_text=_("Leeg: volgens de termijn van de handreiking.")
        )


class CloseTrackForm(Revised):
    """How a track ended."""

    def __init__(self, *args: Any, pack: Pack, track: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [
            one for one in pack.outcomes if Closes.TRACK in one.closes and one.track in (track, "both")
        ]
        self.fields["outcome"] = choice(
            _("Hoe eindigde dit spoor?"),
            [(one.id, shown(one.label)) for one in outcomes],
            kind="chips",
            missing=_("Kies hoe dit spoor eindigde."),
        )
        self.fields["reason"] = reasons(pack, "track_close", "id_reason_text")
        self.fields["reason_text"] = sentence()


class DueForm(Revised):
    """Another date for the next step."""

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"] = day(_("Andere datum"), required=True)
        self.fields["reason"] = reasons(pack, "change_date", "id_reason_text", required=False)
        self.fields["reason_text"] = sentence()
