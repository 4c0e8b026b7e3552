"""The forms of a care file: who it is, how to make contact, how it ends."""

from calendar import monthrange
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import EmailValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sluitend.forms import fields
from sluitend.forms.checks import at_most, checked_phone, no_bsn
from sluitend.journeys.care_files.models import Appointment, CareFile
from sluitend.journeys.care_files.words import (
    BY_NUMBER,
    AfterSaid,
    AgeGroup,
    Before,
    Channel,
    Days,
    Interpreter,
    May,
    ParentsKnow,
    PlaceKind,
    Removal,
    SayWhat,
    With,
    YesNo,
)
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release

LINE = [at_most(fields.LINE), no_bsn]
NAME = [at_most(40), no_bsn]
NO_TIME = _("Dit is geen tijd. Schrijf bijvoorbeeld 10:30.")


def _years(label: Any) -> forms.IntegerField:
    """Return an age in years."""
    wrong, old = _("Schrijf alleen een getal, bijvoorbeeld 15."), _("Schrijf een leeftijd tot 120.")
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs={"class": "sl-w-xs", "inputmode": "numeric"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": old},
    )


class Seen(forms.Form):
    """A form that says which revision somebody saw, so that two people at once do not undo each other."""

    revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())
    conflict = False
    """Whether somebody else was first: what was typed stays, to be sent again over what stands there now."""

    def clash(self, now: int) -> None:
        """Note that somebody else was first."""
        self.conflict = True
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data["revision"] = str(now)
            self.data = data


class DetailsForm(Seen):
    """Who it is, and how the file stands."""

    state = fields.listed(_("Stand"), missing=_("Kies hoe het staat."))
    call_name = fields.line(_("Zo wil de persoon heten"), checks=NAME, most=None, width="sl-w-s")
    age_group = fields.chips(_("Jonger dan 18?"), AgeGroup.choices)
    language = fields.line(_("Taal"), checks=NAME, most=None, width="sl-w-s")
    subregion = fields.listed(
        _("Waar is de persoon nu?"),
        required=False,
        help_text=_(
            "Verhuist de persoon? Dan ondersteunt misschien een ander. Vraag daarvoor opnieuw een ja."
        ),
    )
    guardian = fields.line(_("Voogd: soort, organisatie en telefoon"), checks=LINE, most=None)
    parents_know = fields.chips(
        _("Weten ouders dit?"),
        ParentsKnow.choices,
        help_text=_("Beslis dit samen met Veilig Thuis of de voogd."),
        required=False,
    )
    own_number = fields.line(
        _("Nummer in uw eigen systeem"),
        _("Het enige dat dit dossier met het uwe verbindt."),
        checks=NAME,
        most=None,
        width="sl-w-s",
    )

    def __init__(self, data: Any = None, *, initial: Any = None, state: str = "", minor: bool) -> None:
        super().__init__(data, initial=initial, auto_id="details_%s")
        if not minor:
            del self.fields["parents_know"]
        # It is kept in Dutch, as it came from the request.
        parts = [(each.label.nl, shown(each.label)) for each in current_release().pack.subregions]
        fields.choose_from(self, "subregion", parts, first=_("Niet bekend"))
        open_states = [each for each in CareFile.State if each in CareFile.OPEN or each == state]
        fields.choose_from(self, "state", [(each, each.label) for each in open_states])


class RuleForm(Seen):
    """One rule for contact."""

    effect = fields.chips(_("Mag dit?"), May.choices)
    channel = fields.listed(_("Manier"), [("", _("Kies een manier")), *Channel.choices])
    value = fields.line(_("Nummer of adres"), checks=LINE, most=None, width="sl-w-s")
    days = fields.chips(_("Dagen"), Days.choices, initial=Days.ANY)
    start = forms.TimeField(
        label=_("Van"),
        required=False,
        widget=forms.TimeInput(attrs={"class": "sl-w-xs"}),
        error_messages={"invalid": NO_TIME},
    )
    end = forms.TimeField(
        label=_("Tot"),
        required=False,
        widget=forms.TimeInput(attrs={"class": "sl-w-xs"}),
        error_messages={"invalid": NO_TIME},
    )
    voicemail = fields.chips(_("Bericht inspreken?"), YesNo.choices, initial=YesNo.NO)
    through_whom = fields.line(_("Via wie"), checks=LINE, most=None, width="sl-w-s")
    say_what = fields.listed(
        _("Wat zegt u als iemand anders opneemt?"),
        [("", _("Niet afgesproken")), *SayWhat.choices],
        required=False,
    )
    check_on = fields.day(
        _("Opnieuw vragen op"),
        _("Na deze dag mag niets meer wat deze regel toestond."),
        required=False,
    )

    def clean_value(self) -> str:
        """Refuse what is no number or address of its way."""
        value, channel = str(self.cleaned_data["value"]), self.cleaned_data.get("channel")
        if value and channel in BY_NUMBER:
            return checked_phone(value)
        if value and channel == Channel.EMAIL:
            EmailValidator(_("Dit is geen e-mailadres."))(value)
        return value


class StopForm(Seen):
    """Until which day nobody makes contact."""

    until = fields.day(_("Geen contact tot"), _("Laat dit leeg om weer contact te zoeken."), required=False)


class ContactForm(forms.Form):
    """That contact was sought."""

    channel = fields.listed(_("Hoe zocht u contact?"), [("", _("Kies een manier")), *Channel.choices])
    reached = fields.chips(_("Sprak u de persoon?"), YesNo.choices, missing=_("Kies ja of nee."))
    against = fields.line(
        _("Mocht dit nu niet van de persoon? Waarom deed u het toch?"),
        _("Deze reden blijft in het dossier."),
        checks=LINE,
        most=None,
    )


class LookForm(Seen):
    """What a colleague says who looks along at an end."""

    agrees = fields.chips(_("Kan dit dossier dicht?"), YesNo.choices, missing=_("Kies ja of nee."))
    remark = fields.line(_("Nog niet? Wat is er nog nodig?"), checks=LINE, most=None)


class ChildForm(Seen):
    """Whom somebody called about a child."""

    told = fields.line(
        _("Welke organisatie belde u?"),
        _("Schrijf de organisatie, geen naam."),
        required=True,
        checks=LINE,
        most=None,
        width="sl-w-s",
    )


class AgeForm(Seen):
    """When somebody under 18 was born, or how old they are as a guess."""

    born = fields.day(
        _("Geboren op, als dat bekend is"),
        invalid=_("Deze dag bestaat niet. Weet u de dag niet? Schat dan de leeftijd hieronder."),
        required=False,
    )
    low = _years(_("Anders geschat: minstens zo oud"))
    high = _years(_("Geschat: hoogstens zo oud"))


class AfterForm(Seen):
    """On which days somebody asks how it goes."""

    dates = fields.several(_("Wanneer vraagt u hoe het gaat?"), required=True, missing=_("Kies een dag."))
    channel = fields.listed(_("Op welke manier?"))
    agreed = forms.BooleanField(
        label=_("De persoon zei ja tegen nazorg"),
        error_messages={"required": _("Nazorg kan alleen als de persoon ja zegt.")},
    )

    def __init__(self, data: Any = None, *, initial: Any = None, pack: Pack, today: date) -> None:
        super().__init__(data, initial=initial, auto_id="after_%s")
        days = [after_months(today, each) for each in pack.request.aftercare_months]
        fields.choose_from(self, "dates", [(each.isoformat(), date_format(each, "j F Y")) for each in days])
        fields.choose_from(self, "channel", Channel.choices, first=_("Kies een manier"))

    def clean_dates(self) -> list[date]:
        """Return the days that were chosen."""
        return [date.fromisoformat(each) for each in self.cleaned_data["dates"]]


class AfterSaidForm(Seen):
    """What somebody heard who asked how it goes."""

    said = fields.choice(_("Wat hoorde u?"), AfterSaid.choices)


class MomentForm(Seen):
    """A day and an hour, in the Netherlands."""

    day = fields.day(_("Dag"))
    hour = forms.TimeField(
        label=_("Hoe laat?"),
        widget=forms.TimeInput(attrs={"class": "sl-w-xs"}),
        error_messages={"required": NO_TIME, "invalid": NO_TIME},
    )

    def clean(self) -> dict[str, Any]:
        """Return what was sent, with the moment as `at`."""
        data: dict[str, Any] = super().clean() or {}
        if "day" in data and "hour" in data:
            data["at"] = timezone.make_aware(datetime.combine(data.pop("day"), data.pop("hour")))
        return data


class AppointmentForm(MomentForm):
    """An appointment."""

    field_order = ("revision", "kind", "day", "hour")
    kind = fields.chips(_("Met wie?"), With.choices)
    minutes = fields.chips(
        _("Hoe lang?"),
        [("30", _("Half uur")), ("60", _("Een uur")), ("120", _("Twee uur"))],
        initial="60",
    )
    place_kind = fields.chips(_("Waar?"), PlaceKind.choices)
    place = fields.line(
        _("Waar, in woorden"), _("Geen adres. Schrijf nooit waar iemand slaapt."), checks=LINE, most=None
    )
    interpreter = fields.chips(_("Is er een tolk?"), Interpreter.choices, initial=Interpreter.NONE)
    worker = fields.listed(_("Wie van u gaat of belt?"))
    remind_before = fields.chips(_("Herinneren?"), Before.choices, required=False, initial="")
    remind_by = fields.listed(
        _("Op welke manier?"), [("", _("Kies een manier")), *Channel.choices], required=False
    )

    def __init__(self, data: Any = None, *, initial: Any = None, workers: list[tuple[str, str]]) -> None:
        super().__init__(data, initial=initial, auto_id="meet_%s")
        fields.choose_from(self, "worker", workers, first=_("Kies een collega"))


class GiveForm(Seen):
    """Who does an appointment from now on."""

    worker = fields.listed(_("Wie van u gaat of belt?"), missing=_("Kies een collega."))

    def __init__(self, data: Any = None, *, initial: Any = None, workers: list[tuple[str, str]]) -> None:
        super().__init__(data, initial=initial, auto_id="give_%s")
        fields.choose_from(self, "worker", workers, first=_("Kies een collega"))

    def clean_worker(self) -> UUID:
        """Return who it is."""
        return UUID(self.cleaned_data["worker"])


class BecameForm(Seen):
    """What an appointment became."""

    became = fields.chips(
        _("Ging de afspraak door?"),
        [
            (each, each.label)
            for each in (Appointment.State.KEPT, Appointment.State.MISSED, Appointment.State.CANCELLED)
        ],
    )


class RemovalForm(Seen):
    """What somebody answered who was asked to take away what was shared."""

    answer = fields.chips(_("Wat was het antwoord?"), Removal.choices)

    def __init__(self, data: Any = None, *, initial: Any = None, asking: str) -> None:
        # Several may be asked at once, each with a form of its own on the page.
        super().__init__(data, initial=initial, auto_id=f"removal_{asking}_%s")
        self.asking = asking


class CloseForm(Seen):
    """How it ended, and what the person was told where nobody is sure that it did."""

    end = fields.listed(_("Hoe loopt dit af?"), missing=_("Kies hoe dit afloopt."))
    open_door = fields.text(
        _("Hoe kan de persoon terugkomen?"),
        help_text=_("Alleen bij geen contact meer, of terug naar de situatie. Daarna kijkt een collega mee."),
        required=False,
        rows=2,
        most=None,
        checks=[at_most(fields.SENTENCE), no_bsn],
    )

    def __init__(self, data: Any = None, *, initial: Any = None, pack: Pack) -> None:
        super().__init__(data, initial=initial, auto_id="close_%s")
        ends = [(each.id, shown(each.label)) for each in pack.request.ends]
        fields.choose_from(self, "end", ends, first=_("Kies een uitkomst"))


def after_months(day: date, months: int) -> date:
    """Return the same day some months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
