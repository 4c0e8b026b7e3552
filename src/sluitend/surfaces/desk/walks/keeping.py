"""The walks of who sees to it that the work goes well, and opens no case."""

from django.utils.translation import gettext_lazy as _

from sluitend.surfaces.desk.walks import shapes
from sluitend.surfaces.desk.walks.shapes import Walk, WalkStep
from sluitend.surfaces.desk.walks.shared import HELP

MANAGER = Walk(
    "leiding",
    _("Leidinggevende"),
    (
        WalkStep(
            _("Begin bij Vandaag"),
            _("Blijft iets te lang liggen, dan staat het hier, en u wijst het toe aan iemand die er is."),
            shapes.row(_("Een melding is nog niet gelezen"), _("Melding"), shapes.OF_A_REPORT, _("Wijs toe")),
            "today",
        ),
        WalkStep(
            _("Zie in één keer wat openstaat"),
            _("U ziet hoeveel er wacht en bij wie, maar niet waar het over gaat."),
            shapes.facts((_("Meldingen"), _("2 open")), (_("Casussen"), _("5 open"))),
            "overview",
        ),
        WalkStep(
            _("Leg een besluit van de burgemeester vast"),
            _("Heft de burgemeester een wachtverzoek op, dan blijft na te lezen wanneer en waarom."),
            shapes.note(_("De burgemeester besloot."), _("U schrijft op wanneer en waarom.")),
            "visits:decisions",
        ),
        WalkStep(
            _("Bevestig wie een rol krijgt"),
            _("Een rol die veel mag, werkt pas als ook een tweede persoon ja zegt."),
            shapes.lines(
                (_("De beheerder bood een rol aan"), _("gisteren")), (_("Wacht op uw ja"), _("vandaag"))
            ),
            "who_may",
        ),
        WalkStep(
            _("Vergelijk met de regio"),
            _("De regio toont aantallen en hoe snel het gaat, en geen casussen."),
            shapes.facts(
                (_("Uw gemeente"), _("gelezen binnen 1 dag")), (_("Regio"), _("gelezen binnen 2 dagen"))
            ),
            "region",
        ),
        HELP,
    ),
)

PRIVACY_OFFICER = Walk(
    "privacy",
    _("Privacyfunctionaris"),
    (
        WalkStep(
            _("Zie wie keek"),
            _("Elke blik en elke weigering staat er, zonder inhoud en zonder namen van betrokkenen."),
            shapes.lines(
                (_("Opende een casus"), _("aandachtsfunctionaris, vandaag")),
                (_("Geweigerd: geen recht"), _("toezichthouder, gisteren")),
            ),
            "who_looked",
        ),
        WalkStep(
            _("Neem een steekproef"),
            _("Het lot kiest een paar keer dat iemand iets bekeek, en bij twijfel vraagt u waarom."),
            shapes.row(_("Waarom is hier gekeken?"), _("Casus"), shapes.IN_A_CASE, _("Bekijk")),
            "who_looked",
        ),
        WalkStep(
            _("Controleer of het logboek klopt"),
            _("Sluitend rekent na of er een regel weg is of is veranderd."),
            shapes.note(_("Het logboek klopt."), _("Er is geen regel weg.")),
            "who_looked",
        ),
        WalkStep(
            _("Zie wie wat mag"),
            _("U leest wie welke rol heeft, wie die gaf en wie haar bevestigde."),
            shapes.facts((_("Rol"), _("Toezichthouder")), (_("Aangeboden door"), _("de beheerder"))),
            "who_may",
        ),
        WalkStep(
            _("Zie wat openstaat"),
            _("Het overzicht toont wat te lang wacht, zonder waar het over gaat."),
            shapes.facts((_("Meldingen"), _("2 open")), (_("Casussen"), _("5 open"))),
            "overview",
        ),
        HELP,
    ),
)

ADMINISTRATOR = Walk(
    "beheer",
    _("Beheerder"),
    (
        WalkStep(
            _("Laat iemand binnen"),
            _("U biedt een rol aan en de collega zegt zelf ja; bij veel rollen bevestigt ook een ander."),
            shapes.lines(
                (_("U biedt een rol aan"), _("vandaag")),
                (_("Een ander bevestigt"), _("daarna")),
                (_("De collega zegt ja"), _("Pas dan werkt de rol.")),
            ),
            "manage_people",
        ),
        WalkStep(
            _("Maak een team"),
            _("In een team kan wie er is het werk nemen, zodat niets op één naam blijft liggen."),
            shapes.row(_("Neem een melding uit de wachtrij"), _("Melding"), shapes.OF_A_REPORT, _("Neem")),
            "manage_teams",
        ),
        WalkStep(
            _("Regel wie waarneemt"),
            _("Met een afspraak tussen gemeenten gaat het werk door als er niemand is."),
            shapes.facts(
                (_("Gemeenten"), _("Voorbeeldstad en Voorbeelddorp")), (_("Tot"), _("eind volgend jaar"))
            ),
            "manage_pools",
        ),
        WalkStep(
            _("Kijk of alles loopt"),
            _("Wat vanzelf gebeurt, zoals herinneringen, moet ook echt gebeuren."),
            shapes.facts((_("Herinneringen"), _("gelukt, vandaag")), (_("Logboek"), _("gelukt, vandaag"))),
            "running",
        ),
        WalkStep(
            _("Ook u hebt Vandaag"),
            _("Moet u iets doen, dan staat het daar; casussen ziet u niet."),
            shapes.note(_("Er wacht niets op u."), _("Moet u iets doen, dan staat het hier.")),
            "today",
        ),
        HELP,
    ),
)

REGION = Walk(
    "regio",
    _("Regiocoördinator"),
    (
        WalkStep(
            _("Zie de regio in één beeld"),
            _("U ziet hoeveel en hoe snel, en geen casussen: zo weet u waar hulp nodig is."),
            shapes.facts((_("Meldingen"), _("12 deze maand")), (_("Gelezen"), _("binnen 2 dagen"))),
            "region",
        ),
        WalkStep(
            _("Houd het handboek bij"),
            _("Wat hier staat, gebruikt iedereen, dus u wijzigt in een concept en een ander geeft het uit."),
            shapes.lines(
                (_("U wijzigt een regel"), _("in het concept")),
                (_("Een ander leest na en geeft uit"), _("daarna")),
            ),
            "editing:overview",
        ),
        WalkStep(
            _("Zoek uit wat niet is bevestigd"),
            _("Een verkeerd nummer kost iemand hulp, dus elk feit heeft iemand die het navraagt."),
            shapes.facts(
                (_("Nummer van een partner"), _("niet bevestigd")), (_("Wie vraagt het na"), _("u"))
            ),
            "editing:unconfirmed",
        ),
        WalkStep(
            _("Weet welke hulp geregeld is"),
            _("U ziet wie hulp geeft, wie betaalt en tot wanneer, voordat iets stopt."),
            shapes.facts((_("Opvang"), _("geregeld")), (_("Tot"), _("eind volgend jaar"))),
            "assurance:board",
        ),
        WalkStep(
            _("Zoek wie u kunt vragen"),
            _("In de gids staat wie bij een gemeente of partner werkt, op welke dagen, en wie vervangt."),
            shapes.facts((_("Gemeente"), _("Voorbeeldstad")), (_("Werkt op"), _("dinsdag en donderdag"))),
            "exchanges:directory",
        ),
        HELP,
    ),
)
