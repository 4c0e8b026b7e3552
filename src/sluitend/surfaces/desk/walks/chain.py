"""The walks of who acts beside the focal point: partners, care coordination, and who checks."""

from django.utils.translation import gettext_lazy as _

from sluitend.surfaces.desk.walks import shapes
from sluitend.surfaces.desk.walks.shapes import Walk, WalkStep
from sluitend.surfaces.desk.walks.shared import AWAY, HELP

PARTNER = Walk(
    "partner",
    _("Ketenpartner"),
    (
        WalkStep(
            _("Begin bij Vandaag"),
            _("Vraagt een gemeente uw hulp, dan staat dat hier, met de dag waarvóór u antwoordt."),
            shapes.row(
                _("Bekijk of deze vraag voor u is"), _("Doorzetting"), shapes.OF_A_REFERRAL, _("Bekijk vraag")
            ),
            "today",
        ),
        WalkStep(
            _("Neem aan, of stuur terug"),
            _("U ziet eerst alleen hoe snel, welke soort en welk gebied: de rest leest u na aannemen."),
            shapes.facts(
                (_("Hoe snel"), _("deze week")),
                (_("Soort"), _("hulp aan een persoon")),
                (_("Gebied"), _("uw eigen regio")),
            ),
            "referrals:received_list",
        ),
        WalkStep(
            _("Antwoord met één keuze"),
            _("De gemeente moet weten waar zij aan toe is, en niets mogen zeggen is ook een antwoord."),
            shapes.choices(_("Wij pakken het op"), _("Vandaag geen plek"), _("Mag niets zeggen")),
            "referrals:received_list",
        ),
        WalkStep(
            _("Vraag om te wachten"),
            _("Loopt er iets bij een adres, dan vraagt u de gemeente daar te wachten tot u bent gesproken."),
            shapes.note(_("Hier wachten."), _("Overleg eerst met wie erom vroeg.")),
            "visits:asked",
        ),
        WalkStep(
            _("Meld zelf wat u zag"),
            _("Uw signaal gaat naar de gemeente van de plek, en u volgt het met een code."),
            shapes.told(
                _("Een busje haalt elke ochtend dezelfde mensen op"),
                _("gewoon vervoer naar het werk"),
                _("Zij lijken bang voor de chauffeur."),
            ),
            "signal",
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

CARE = Walk(
    "zorg",
    _("Zorgcoördinatie"),
    (
        WalkStep(
            _("Begin bij Vandaag"),
            _("Hier staat wie er op u wacht, het dringendste eerst en zonder namen."),
            shapes.row(_("Neem deze hulpvraag aan"), _("Hulpvraag"), shapes.OF_CARE, _("Open hulpvraag")),
            "today",
        ),
        WalkStep(
            _("Lees eerst hoe u de persoon veilig bereikt"),
            _("Een bericht op het verkeerde moment kan gevaar geven, dus wat er niet staat, mag niet."),
            shapes.facts((_("Bellen"), _("op werkdagen, tussen 10 en 12 uur")), (_("Sms"), _("nooit"))),
            "care:list",
        ),
        WalkStep(
            _("Neem aan"),
            _("Wie hulp vroeg, leest dan dat u ermee bezig bent."),
            shapes.lines(
                (_("Hulpvraag binnen"), _("vandaag")),
                (_("Aangenomen door u"), _("De aanvrager leest dit.")),
            ),
            "care:list",
        ),
        WalkStep(
            _("Houd een dossier, zo dun als kan"),
            _("U legt vast wat nodig is voor veilig contact, en het verhaal blijft in uw eigen systeem."),
            shapes.facts(
                (_("Contact"), _("alleen via de huisarts")), (_("Doel"), _("een rustige slaapplek"))
            ),
            "care:list",
        ),
        WalkStep(
            _("Deel alleen met een ja"),
            _("De persoon kiest per organisatie wat die mag weten, en kan dat later intrekken."),
            shapes.choices(_("Ja, dit mag"), _("Nee"), _("Weet ik nog niet")),
            "care:shared",
        ),
        WalkStep(
            _("Houd uw afspraken bij"),
            _("In de agenda staan afspraken zonder namen en zonder adres van een opvang."),
            shapes.lines((_("Gesprek, dossier H-0001"), _("donderdag, 10:00"))),
            "care_files:agenda",
        ),
        AWAY,
        HELP,
    ),
)

INSPECTOR = Walk(
    "toezicht",
    _("Toezichthouder en boa"),
    (
        WalkStep(
            _("Begin bij Vandaag"),
            _("Hier staat welke controle door mag gaan, en op welke dag."),
            shapes.row(_("Voer de controle uit"), _("Controle"), shapes.OF_A_VISIT, _("Open controle")),
            "today",
        ),
        WalkStep(
            _("Plan wat u wilt doen"),
            _("U zegt waar, wanneer en waarvoor, zodat de aandachtsfunctionaris kan kijken of het kan."),
            shapes.facts(
                (_("Waar"), _("Voorbeeldlaan 1")),
                (_("Wanneer"), _("volgende week dinsdag")),
                (_("Waarvoor"), _("brandveiligheid")),
            ),
            "visits:plan",
        ),
        WalkStep(
            _("Ga pas als er vrijgegeven staat"),
            _("Alles wacht, ook het gewoonste bezoek: zo zegt wachten niets over een plek."),
            shapes.row(
                _("Controle van een schuur"),
                _("Controle"),
                shapes.OF_A_VISIT,
                _("Bekijk"),
                _("nog niet vrijgegeven"),
            ),
            "visits:own_list",
        ),
        WalkStep(
            _("Schrijf op wat u zag"),
            _("Een besluit kan erop rusten, dus later wijzigen kan niet."),
            shapes.told(
                _("Vijf bedden in een schuur"),
                _("opslag van meubels"),
                _("Ik denk dat hier mensen slapen."),
            ),
            "visits:own_list",
        ),
        WalkStep(
            _("Valt u onderweg iets op?"),
            _("Met een notitie van een paar tikken gaat het niet verloren, en u maakt haar later af."),
            shapes.choices(_("Slapen op het werk"), _("Iemand is bang"), _("Papieren bij een ander")),
            "report_mark",
        ),
        WalkStep(
            _("Neem een kaart mee"),
            _("Op een kaart staat wat u kunt zien en wat u dan wel en niet doet."),
            shapes.note(_("Doe dit."), _("Is er nu gevaar? Bel 112.")),
            "handbook_cards",
        ),
        HELP,
    ),
)
