"""Words of the work that somebody meets on the desk: what each means, a press away from where it stands.

A word that the handbook explains too, under the same Dutch label, is explained in the words of the handbook:
so a region changes an explanation by adding or changing an explained word. Ours is for every region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sluitend.kernel.handbook.approach import Word
from sluitend.kernel.handbook.language import in_dutch, shown
from sluitend.kernel.handbook.pack import Pack


@dataclass(frozen=True)
class Concept:
    """A word of the work, and what it means for who has no word from the handbook."""

    label: Promise
    meaning: Promise


@dataclass(frozen=True)
class Explained:
    """A word as a page shows it."""

    id: str
    label: str
    meaning: str
    confirmed: bool = True


CONCEPTS: Mapping[str, Concept] = {
    "assured": Concept(
        _("geborgde hulp"),
        _(
            "Hulp waarvan is vastgelegd wie haar geeft, wie betaalt en tot wanneer. Stopt er iets, dan ziet "
            "de regio dat op tijd."
        ),
    ),
    "coordinating_care": Concept(
        _("zorgcoördinatie"),
        _(
            "De organisatie die voor een mogelijk slachtoffer hulp en opvang zoekt en bij elkaar houdt. Zij "
            "werkt voor de persoon, niet voor het onderzoek."
        ),
    ),
    "care_file": Concept(
        _("zorgdossier"),
        _(
            "Wat de zorgcoördinatie over een persoon vastlegt. De gemeente en de politie kunnen er niet in "
            "kijken."
        ),
    ),
    "consent": Concept(
        _("toestemming"),
        _(
            "De persoon zegt zelf ja tegen één ding: wat, aan wie en waarvoor. Nee zeggen mag, en ja weer "
            "intrekken ook."
        ),
    ),
    "contact_rule": Concept(
        _("contactregel"),
        _(
            "Hoe, waar en wanneer iemand veilig te bereiken is, zoals die dat zelf zei. Wat er niet staat, "
            "mag niet: een bericht kan door een ander worden gelezen."
        ),
    ),
    "cover": Concept(
        _("waarneming"),
        _(
            "Iemand uit een andere gemeente doet het werk zolang u er niet bent. Dat stopt vanzelf als u "
            "terug bent, en in het logboek staat wie keek."
        ),
    ),
    "directory": Concept(
        _("gids"),
        _(
            "Wie u bij een gemeente of partner iets kunt vragen, op welke dagen, en wie vervangt. Ieder "
            "houdt de eigen regels bij en bevestigt ze."
        ),
    ),
    "enrich": Concept(
        _("verrijken"),
        _(
            "Nagaan wat uw gemeente al weet: één vraag aan één bron, en alleen als dat nodig is. U legt vast "
            "waarom u keek en wat u overnam."
        ),
    ),
    "focal_point": Concept(
        _("aandachtsfunctionaris"),
        _(
            "Degene die in een gemeente meldingen over mensenhandel leest, weegt en doorzet. Ook wat anderen "
            "bij een plek plannen, geeft die vrij."
        ),
    ),
    "ground": Concept(
        _("grondslag"),
        _(
            "De regel in de wet waarop u iets deelt. Zonder grondslag deelt u niets. Welke u mag kiezen, "
            "zegt het handboek."
        ),
    ),
    "help_request": Concept(
        _("hulpvraag"),
        _(
            "Iemand vraagt hulp voor een persoon. Het is geen melding. De vraag gaat naar de "
            "zorgcoördinatie. Leest daar nog niemand, dan gaat zij naar de gemeente."
        ),
    ),
    "interpretation": Concept(
        _("duiding"),
        _(
            "Wat iemand denkt dat iets betekent. Het staat apart van wat is gezien of gehoord, want het kan "
            "ook anders zijn."
        ),
    ),
    "ledger": Concept(
        _("logboek"),
        _(
            "Wie wat opende, deelde of probeerde, en wanneer. Het wordt vanzelf bijgehouden en niemand kan "
            "er een regel uit halen zonder dat het opvalt."
        ),
    ),
    "night": Concept(
        _("nacht zonder plek"),
        _(
            "Een nacht waarin iemand om opvang vroeg en er geen bed was. De regio telt die nachten, zonder "
            "namen, om te weten wat er ontbreekt."
        ),
    ),
    "not_to": Concept(
        _("wie mag dit niet weten"),
        _("De persoon noemt zelf wie dit niet mag horen, zoals familie of een baas."),
    ),
    "referral": Concept(
        _("doorzetting"),
        _(
            "Een kopie van wat een partner nodig heeft om iets te doen. De casus blijft van de gemeente; de "
            "partner geeft antwoord."
        ),
    ),
    "release": Concept(
        _("vrijgeven"),
        _(
            "Wat iemand bij een plek plant, wacht tot de aandachtsfunctionaris heeft gekeken of het kan. Dat "
            "het wacht, zegt niets over de plek."
        ),
    ),
    "released_handbook": Concept(
        _("uitgave"),
        _(
            "Het handboek zoals het op één moment is vastgesteld, met een nummer. Een casus houdt de uitgave "
            "waarmee zij begon, tot u de nieuwe kiest."
        ),
    ),
    "retention": Concept(
        _("bewaartermijn"),
        _("Hoe lang een casus na het sluiten blijft bestaan. Daarna moet de gemeente haar vernietigen."),
    ),
    "second_eyes": Concept(
        _("tweede paar ogen"),
        _(
            "Een collega leest mee bij iets wat acuut is of over een kind gaat. U beslist zelf, en wacht "
            "niet op de ander."
        ),
    ),
    "signal": Concept(
        _("signaal"),
        _(
            "Iets wat u kunt zien of horen en dat bij uitbuiting past. Het kan ook iets gewoons zijn: daarom "
            "staat er een onschuldige uitleg bij."
        ),
    ),
    "tracks": Concept(
        _("sporen"),
        _(
            "Een casus heeft een of twee sporen. Het persoonsspoor is hulp aan een mens. Het locatiespoor is "
            "iets doen aan een plek of bedrijf. Zij lopen naast elkaar; hulp gaat voor."
        ),
    ),
    "transfer": Concept(
        _("overdracht"),
        _(
            "Een casus gaat naar een andere gemeente, omdat het daar hoort. Zij blijft van u tot de ander "
            "haar overneemt."
        ),
    ),
    "wait_request": Concept(
        _("wachtverzoek"),
        _(
            "Iemand vraagt om bij een adres, bedrijf of kenteken niets te doen tot die is gesproken. Zo "
            "loopt een onderzoek geen gevaar, en de mensen daar ook niet. Wie iets plant, leest niet waarom "
            "er gewacht wordt."
        ),
    ),
    "weighing": Concept(
        _("weging"),
        _(
            "Drie vragen: is het concreet, is het van nu, en past het in een patroon? Daarna kiest u, met "
            "een reden, hoe het verder gaat."
        ),
    ),
}
"""By the name that a template gives; see `{% what %}`."""


def explained(name: str, pack: Pack) -> Explained:
    """Return what a word of the work means: in the words of the handbook if it has any, else ours."""
    concept = CONCEPTS[name]
    sought, today = _in_dutch(name), timezone.localdate()
    words = (each for each in reversed([*pack.words]) if each.label.nl.casefold() == sought)
    word = next((each for each in words if each.valid_on(today)), None)
    if word is None:
        return Explained(name, str(concept.label), str(concept.meaning))
    return Explained(word.id, shown(word.label), f"{shown(word.meaning)}.", word.confirmed)


def word_list(pack: Pack) -> tuple[Explained, ...]:
    """Return every word that is explained, of the handbook and of the work, by alphabet and each once."""
    return tuple(sorted(_every(pack), key=lambda each: each.label.casefold()))


def of_words(words: tuple[Word, ...]) -> tuple[Explained, ...]:
    """Return words of the handbook as a page shows them."""
    return tuple(
        Explained(each.id, shown(each.label), f"{shown(each.meaning)}.", each.confirmed) for each in words
    )


def _every(pack: Pack) -> Iterator[Explained]:
    theirs = _of_handbook(pack)
    yield from of_words(tuple(theirs.values()))
    yield from (explained(name, pack) for name in CONCEPTS if _in_dutch(name) not in theirs)


def _of_handbook(pack: Pack) -> dict[str, Word]:
    today = timezone.localdate()
    return {each.label.nl.casefold(): each for each in pack.words if each.valid_on(today)}


@cache
def _in_dutch(name: str) -> str:
    with in_dutch():
        return str(CONCEPTS[name].label).casefold()
