"""The questions of a report, one form a page. They know no database: intake may not select."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol, cast

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sluitend.forms.checks import checked_phone
from sluitend.forms.fields import BooleanField, ChoiceField, MultipleChoiceField, chips, choice
from sluitend.journeys.reports import danger, fields
from sluitend.journeys.reports.content import LASTS, IdentityContent, ReportContent
from sluitend.journeys.reports.models import Anonymity, Minor
from sluitend.journeys.reports.place_fields import (
    Choices,
    PackForm,
    PlaceFields,
    municipalities,
    with_outside,
)
from sluitend.kernel.handbook.entries import Text
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.recognition import Meldcode
from sluitend.kernel.handbook.territory import Municipality

WHEN = [("now", _("Net")), ("today", _("Vandaag")), ("yesterday", _("Gisteren")), ("other", _("Andere dag"))]
ANSWERS = [(Minor.YES, _("Ja")), (Minor.NO, _("Nee")), (Minor.PERHAPS, _("Misschien"))]
YES_NO = [("yes", _("Ja")), ("no", _("Nee"))]
DAYS_AGO = {"now": 0, "today": 0, "yesterday": 1}


class Labelled(Protocol):
    """An entry of the handbook with a name."""

    @property
    def id(self) -> str: ...

    @property
    def label(self) -> Text: ...


def words(text: Text) -> str:
    """Return a text of the handbook in the language of the page."""
    return text.in_language(get_language() or "nl")


def labelled(entries: Iterable[Labelled]) -> Choices:
    """Return entries of the handbook as choices, in the language of the page."""
    language = get_language() or "nl"
    return [(one.id, one.label.in_language(language)) for one in entries]


class WhatForm(PlaceFields):
    """Step 2: what, where and when."""

    saw = fields.long_text(
        _("Vertel wat er gebeurde"),
        rows=5,
        required=True,
        help_text=_("Schrijf wat u zelf zag of hoorde. Schrijf geen nummer van een paspoort op."),
        missing=_("Vertel wat u zag of hoorde. Eén zin is genoeg."),
    )
    think = fields.long_text(
        _("Wat denkt u dat er speelt?"),
        rows=2,
        help_text=_("Ook een gevoel is welkom. Wij houden het apart van de feiten."),
    )
    when = chips(_("Wanneer was dat?"), WHEN, missing=_("Kies wanneer het was."), shows={"other": "#id_day"})
    day = fields.PastDay(label=_("Welke dag was dat?"), required=False)
    minor = choice(
        _("Is er iemand jonger dan 18 jaar?"),
        ANSWERS,
        kind="answers",
        missing=_("Kies Ja, Nee of Misschien."),
    )
    lasts = chips(_("Hoe lang duurt dit al?"), LASTS.items(), required=False)
    company = fields.line(_("Naam van een bedrijf"), help_text=_("Ook zonder KvK-nummer."))
    kvk = fields.line(
        _("KvK-nummer"),
        help_text=_("Het nummer van het bedrijf bij de Kamer van Koophandel (KvK)."),
        inputmode="numeric",
        width="sl-w-xs",
    )
    plate = fields.line(_("Kenteken"), width="sl-w-xs")
    phone = fields.line(_("Telefoonnummer"), inputmode="tel", width="sl-w-s")
    account = fields.line(
        _("Account of advertentie op internet"), help_text=_("De naam of het adres van de pagina.")
    )
    found_at = fields.line(
        _("Is iemand ergens anders gevonden?"),
        help_text=_("Waar dat was. Hierboven staat dan waar iemand werkt of slaapt."),
    )
    people = fields.long_text(
        _("Om wie gaat het?"),
        rows=2,
        help_text=_("Alleen als dat nodig is. Beschrijf wat u zag, geen nummer of afkomst."),
    )
    spoke = choice(_("Sprak u zelf met de persoon om wie het gaat?"), YES_NO, kind="answers", required=False)
    put_out = choice(_("Is iemand op straat gezet?"), YES_NO, kind="answers", required=False)
    wants = fields.long_text(_("Wat wil die persoon?"), rows=2)
    reach = fields.line(_("Hoe kunnen wij die persoon veilig bereiken?"))
    reach_not = fields.line(
        _("Hoe zeker niet?"), help_text=_("Bijvoorbeeld “niet bellen, want er luistert iemand mee”.")
    )
    language = fields.line(_("Welke taal spreekt die persoon?"), width="sl-w-s")

    asks_door = True

    field_order = ("saw", "think", "where", "door", "municipality", "when", "day", "minor")
    KNOWN = ("lasts", "company", "kvk", "plate", "phone", "account", "found_at", "people")
    PERSON = ("spoke", "put_out", "wants", "reach", "reach_not", "language")

    def clean_kvk(self) -> str:
        """Check the length of a company number."""
        return fields.checked_kvk(self.cleaned_data["kvk"])

    def clean_phone(self) -> str:
        """Check a telephone number."""
        return checked_phone(self.cleaned_data["phone"])

    def clean_plate(self) -> str:
        """Check a number plate."""
        return fields.checked_plate(self.cleaned_data["plate"])

    def clean(self) -> dict[str, Any]:
        """Ask the day when it was another day, and the municipality when the place does not tell it."""
        data = self.cleaned_data
        if data.get("when") == "other" and not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Kies de dag."))
        self.check_place()
        return data

    def moment(self) -> str:
        """Return the day that was meant."""
        chosen = self.cleaned_data["when"]
        if chosen in DAYS_AGO:
            return (timezone.localdate() - timedelta(days=DAYS_AGO[chosen])).isoformat()
        return str(self.cleaned_data["day"])


class SignalsForm(PackForm):
    """Step 3: what somebody recognises, and from where they look."""

    role = ChoiceField(
        label=_("Vanuit welke rol zag u dit?"),
        required=False,
        help_text=_("Dan ziet u eerst wat daar het vaakst voorkomt. Uw rol noemt geen naam."),
    )
    none = BooleanField(required=False)
    form = ChoiceField(label=_("Waar lijkt het op?"), required=False)
    signals = MultipleChoiceField(label=_("Herkent u iets hiervan?"), required=False)
    acute = danger.question()

    def prepare(self) -> None:
        """Fill in roles, forms and indicators."""
        pack = self.pack
        roles, kinds, signs = pack.roles, pack.forms, pack.indicators
        self.choose("role", lambda: [("", _("Dat zeg ik liever niet")), *labelled(roles)], known=roles)
        self.choose("form", lambda: [("", _("Dat weet ik niet")), *labelled(kinds)], known=kinds)
        self.choose("signals", lambda: labelled(signs), known=signs)

    def clean(self) -> dict[str, Any]:
        """Ask whether it is now, when this page or an earlier one tells of danger or of a child."""
        told = cast("MultiValueDict[str, str]", self.data)
        danger.check(
            self,
            self.pack,
            signals=self.cleaned_data.get("signals", ()),
            marks=told.getlist("marks"),
            minor=told.get("minor", ""),
        )
        return self.cleaned_data


class WhoForm(PackForm):
    """Step 4: who reports."""

    anonymity = choice(_("Mogen wij weten wie u bent?"), missing=_("Kies een van de drie."))
    reporter_name = fields.line(_("Uw naam"))
    reporter_phone = fields.line(
        _("Uw telefoonnummer"),
        help_text=_("Meldt u voor uw werk? Vul dan in hoe wij u op het werk bereiken."),
        inputmode="tel",
        width="sl-w-s",
    )
    reporter_mail = fields.line(_("Uw e-mailadres"), inputmode="email")

    def prepare(self) -> None:
        """Put the promise about the name beside the choice."""
        self.choose(
            "anonymity",
            [
                (Anonymity.NAMED, _("Ja, met mijn naam")),
                (Anonymity.CONFIDENTIAL, _("Ja, maar noem mijn naam niet")),
                (Anonymity.ANONYMOUS, _("Nee, ik meld zonder naam")),
            ],
        )
        self.fields["anonymity"].widget.attrs = {
            "hints": {
                Anonymity.NAMED: _("Wij kunnen u bellen als er een vraag is."),
                Anonymity.CONFIDENTIAL: words(self.pack.name_promise),
                Anonymity.ANONYMOUS: _(
                    "Wij bewaren niet wie u bent of welke telefoon u gebruikt. "
                    "U kunt wel terugkomen met de code."
                ),
            },
            "shows": dict.fromkeys((Anonymity.NAMED, Anonymity.CONFIDENTIAL), "#wie"),
        }
        for name, token in (("reporter_name", "name"), ("reporter_phone", "tel"), ("reporter_mail", "email")):
            self.fields[name].widget.attrs["autocomplete"] = token

    def clean_reporter_phone(self) -> str:
        """Check a telephone number, unless nobody will keep it."""
        value: str = self.cleaned_data["reporter_phone"]
        return value if self.cleaned_data.get("anonymity") == Anonymity.ANONYMOUS else checked_phone(value)

    def clean(self) -> dict[str, Any]:
        """Ask the name of whoever wants to be known."""
        data = self.cleaned_data
        known = data.get("anonymity") in (Anonymity.NAMED, Anonymity.CONFIDENTIAL)
        if known and not data.get("reporter_name") and "reporter_name" not in self.errors:
            self.add_error("reporter_name", _("Vul uw naam in, of kies: zonder naam."))
        return data

    def identity(self, organisation: str = "") -> IdentityContent:
        """Return who reports; nothing for whoever reports without a name."""
        data = self.cleaned_data
        if data["anonymity"] == Anonymity.ANONYMOUS:
            return IdentityContent()
        return IdentityContent(
            name=data["reporter_name"],
            phone=data["reporter_phone"],
            mail=data["reporter_mail"],
            organisation=organisation,
        )


class CheckForm(PackForm):
    """Step 5: look once more, add photos, send. The municipality is the one that was found, or another."""

    municipality = ChoiceField(
        label=_("Klopt deze gemeente?"),
        required=False,
        error_messages={"invalid_choice": _("Kies een gemeente uit de lijst.")},
    )
    uploads = fields.Files(label=_("Foto's of documenten"))

    def prepare(self) -> None:
        """Offer the municipalities, and say what becomes of a photo: no name, no original."""
        self.choose_municipality()
        answers = self.data if self.is_bound else self.initial
        anonymous = answers.get("anonymity") == Anonymity.ANONYMOUS
        self.fields["uploads"].help_text = fields.files_help(anonymous=anonymous)

    def agrees_with(self, shown: Municipality, *, chosen: bool) -> None:
        """Put the municipality that is shown first, as "yes"."""
        others = [pair for pair in municipalities(self.pack)[1:] if pair[0] != shown.id]
        # Empty would take back what was chosen; a code would hold on to what only the place told.
        yes = (shown.id if chosen else "", _("Ja, dit klopt"))
        self.choose("municipality", with_outside([yes, *others]))


def meldcode_holds(pack: Pack, role: str) -> bool:
    """Return whether the page must say that a report does not replace the statutory reporting code."""
    return role in pack.roles and pack.roles[role].meldcode in (Meldcode.YES, Meldcode.CHECK)


def content_of(
    what: WhatForm, signals: SignalsForm | None = None, marks: tuple[str, ...] = ()
) -> ReportContent:
    """Return the words of a report from its checked forms."""
    data = what.cleaned_data
    ticked = signals.cleaned_data if signals else {}
    return ReportContent(
        saw=data["saw"],
        think=data["think"],
        where=what.in_words(),
        door=address.id if (address := what.address()) else "",
        address=address.text if address else "",
        latitude=data["latitude"],
        longitude=data["longitude"],
        accuracy=what.accurate_to(),
        near=what.near(),
        when=data.get("when", "other"),
        day=what.moment(),
        form=ticked.get("form", ""),
        role=ticked.get("role", ""),
        signals=tuple(ticked.get("signals", ())),
        marks=marks,
        acute=ticked.get("acute", ""),
        company=data["company"],
        kvk=data["kvk"],
        plate=data["plate"],
        phone=data["phone"],
        account=data["account"],
        people=data["people"],
        spoke=data["spoke"],
        wants=data["wants"],
        reach=data["reach"],
        reach_not=data["reach_not"],
        found_at=data["found_at"],
        lasts=data["lasts"],
        put_out=data["put_out"],
        language=data["language"],
    )
