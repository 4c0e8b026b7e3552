"""The walk of who receives reports and does cases: the focal point, and who stands in."""

from django.utils.translation import gettext_lazy as _

from sluitend.surfaces.desk.walks import shapes
from sluitend.surfaces.desk.walks.shapes import Walk, WalkStep
from sluitend.surfaces.desk.walks.shared import AWAY, HELP

FOCAL_POINT = Walk(
    "casussen",
    _("Aandachtsfunctionaris en vervanger"),
    (
        WalkStep(
            _("Begin bij Vandaag"),
            _("Hier staat wat u moet doen, het dringendste eerst: ook met weinig uren weet u waar u begint."),
            shapes.row(
                _("Lees wat er is gemeld"),
                _("Melding"),
                shapes.OF_A_REPORT,
                _("Lees melding"),
                _("vijf matrassen in een schuur"),
            ),
            "today",
        ),
        WalkStep(
            _("Lees wat is gezien, en apart wat iemand denkt"),
            _("Wat iemand zag kan ook iets gewoons zijn, en daarom staat die uitleg erbij."),
            shapes.told(
                _("Vijf matrassen in een schuur achter de kas"),
                _("seizoenswerkers die tijdelijk een slaapplek hebben"),
                _("Volgens mij mogen zij niet weg."),
            ),
            "cases:inbox",
        ),
        WalkStep(
            _("Kies wat u ermee doet"),
            _("U beantwoordt drie korte vragen en kiest zelf; Sluitend geeft alleen advies, met redenen."),
            shapes.choices(
                _("Maak een nieuwe casus"),
                _("Voeg toe aan een casus"),
                _("Geef door zonder casus"),
                _("Sluit, met een reden"),
            ),
            "cases:inbox",
        ),
        WalkStep(
            _("Werk in twee sporen"),
            _("Hulp aan de persoon en iets doen aan de plek lopen naast elkaar, en hulp gaat voor."),
            shapes.tracks(
                _("De zorgcoördinatie zoekt een veilige manier om te praten."),
                _("De controle van de schuur wacht tot er is overlegd."),
            ),
            "cases:list",
        ),
        WalkStep(
            _("Zet door aan wie iets kan doen"),
            _("De partner krijgt alleen wat u aanvinkt, en u leest vooraf precies wat er weggaat."),
            shapes.facts(
                (_("Aan"), _("Zorgcoördinatie")),
                (_("Gaat mee"), _("Hoe de persoon veilig te bereiken is")),
                (_("Blijft hier"), _("Wie het meldde")),
            ),
            "referrals:sent_list",
        ),
        WalkStep(
            _("Geef vrij wat anderen plannen"),
            _("Een bezoek op het verkeerde moment kan iemand in gevaar brengen, dus alles wacht tot u keek."),
            shapes.row(
                _("Controle van een schuur"),
                _("Controle"),
                shapes.OF_A_VISIT,
                _("Bekijk"),
                _("toezicht van de gemeente"),
            ),
            "visits:waiting",
        ),
        AWAY,
        HELP,
    ),
)
