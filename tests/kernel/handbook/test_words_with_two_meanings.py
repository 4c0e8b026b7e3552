"""Words that were taken for something else: what they say, and what their neighbours still say."""

import pytest
from tests.packs import den_haag

from sluitend.kernel.handbook.reading import propose

SAID = (
    ("Hij werd gisteren 18.", "young_adult", "yes"),
    ("Zij is vorige maand achttien geworden.", "young_adult", "yes"),
    ("Zij is in mei achttien geworden en woont bij hem.", "young_adult", "yes"),
    ("Zij zegt dat zij net achttien is.", "minor", "perhaps"),
    ("Zij is net achttien, zegt zij.", "minor", "perhaps"),
    ("Volgens haar moeder is zij net achttien.", "minor", "perhaps"),
    ("Zij is net negentien.", "minor", "perhaps"),
    ("Hij is nog net geen achttien.", "minor", "yes"),
    ("Hij wordt volgende week 18.", "minor", "yes"),
    ("Het meisje is net 17.", "minor", "yes"),
    ("Ze betaalden ieder 800 euro om ingeschreven te staan.", "registrations", "paid"),
    ("Zij betalen elke week om op dit adres ingeschreven te mogen staan.", "registrations", "paid"),
    ("Hij laat mannen geld betalen om zich te laten inschrijven.", "registrations", "paid"),
    ("Voor de inschrijving rekent de verhuurder 400 euro.", "registrations", "paid"),
    ("Wie een briefadres wil, betaalt hem 200 euro.", "registrations", "paid"),
    ("Er staan negen mensen ingeschreven op dit adres.", "registrations", "yes"),
    ("Zij betaalden de huur en staan hier ingeschreven.", "registrations", "yes"),
    ("Op een site staat een advertentie met foto's van haar.", "place_kind", "online"),
    ("Er staan drie advertenties van meiden met hetzelfde nummer.", "place_kind", "online"),
    ("Zij biedt zich aan op een website voor escort.", "place_kind", "online"),
    ("Anders komen ze vanavond bij zijn moeder.", "threat_other", "yes"),
    ("Zij moet vanavond het huis uit en weet niet waarheen.", "tonight", "nowhere"),
    ("Zij vroeg of zij vanavond ergens kan slapen.", "tonight", "nowhere"),
    ("Hij moet vanavond weg zijn uit de kamer.", "tonight", "nowhere"),
    ("Hij zit nu in de cel op het bureau.", "suspect", "held"),
    ("De politie houdt hem nog vast.", "suspect", "held"),
    ("Zij zit sinds gisteren op het politiebureau.", "suspect", "held"),
    ("Hij is aangehouden en weer vrijgelaten.", "suspect", "yes"),
    ("Zij woont begeleid en krijgt een uitkering.", "supported", "yes"),
    ("Haar woonbegeleider maakt zich zorgen.", "supported", "yes"),
    ("Hij krijgt drie keer per week begeleiding aan huis.", "supported", "yes"),
    ("Zij komt vrijdag terug om haar uittreksel op te halen.", "returns", "yes"),
    ("Hij komt maandag terug voor zijn rijbewijs.", "returns", "yes"),
    ("De vrouw komt donderdag terug om een verklaring op te halen.", "returns", "yes"),
    ("Meneer komt woensdag terug voor zijn paspoort.", "returns", "yes"),
    ("Zij komt donderdag weer aan de balie, zonder haar baas.", "returns", "yes"),
)

NOT_SAID = (
    ("Zij is net achttien.", "minor"),
    ("Hij is net 18 geworden.", "minor"),
    ("Een meisje dat pas achttien is, komt hier.", "minor"),
    ("Zij is net 18 jaar.", "minor"),
    ("Er zijn net 18 mannen geteld.", "young_adult"),
    ("Ze betaalden 300 euro inschrijfgeld aan het bureau.", "registrations"),
    ("Zij moesten 500 euro betalen om bij het bureau ingeschreven te worden.", "registrations"),
    ("Hij betaalde voor het inschrijven bij de sportschool.", "registrations"),
    ("Zij reageerden op een advertentie op internet voor schoonmakers.", "place_kind"),
    ("De lassers kwamen op een advertentie op een Poolse site af.", "place_kind"),
    ("Hij vond dit werk via een advertentie op Facebook.", "place_kind"),
    ("Vanavond om negen uur moeten de vaten weg zijn, anders gaan ze naar zijn moeder.", "tonight"),
    ("Het pakket moet vanavond weg zijn.", "tonight"),
    ("Als hij stopt, staan zij vanavond bij zijn moeder.", "tonight"),
    ("Vanavond slaapt hij bij zijn moeder.", "tonight"),
    ("De baas houdt haar vast in het huis.", "suspect"),
    ("Hij heeft jaren in de cel gezeten.", "suspect"),
    ("Op school krijgt hij begeleiding bij wiskunde.", "supported"),
    ("Zij vroeg om begeleiding naar de trein.", "supported"),
    ("Hij komt morgen terug om zijn pakket op te halen.", "returns"),
    ("Hij komt zaterdag terug om geld op te halen.", "returns"),
    ("Haar man komt dinsdag terug om haar op te halen.", "returns"),
    ("De baas komt vrijdag weer aan de balie.", "returns"),
    ("Zijn vriend komt donderdag terug om het paspoort van haar op te halen.", "returns"),
    ("De verhuurder komt maandag terug voor een brief.", "returns"),
)


@pytest.mark.parametrize(("words", "fact", "value"), SAID)
def test_it_is_heard(words: str, fact: str, value: str) -> None:
    assert propose([words], (), den_haag())[fact].values == (value,)


@pytest.mark.parametrize(("words", "fact"), NOT_SAID)
def test_it_says_no_such_thing(words: str, fact: str) -> None:
    assert fact not in propose([words], (), den_haag())
