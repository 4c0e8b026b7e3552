"""The walk of who sees something in their work and tells it."""

from django.utils.translation import gettext_lazy as _

from sluitend.surfaces.desk.walks import shapes
from sluitend.surfaces.desk.walks.shapes import Walk, WalkStep
from sluitend.surfaces.desk.walks.shared import HELP

REPORTER = Walk(
    "melder",
    _("Melder"),
    (
        WalkStep(
            _("Vertel wat u zag"),
            _("Een vermoeden is genoeg, en u vult alleen in wat u weet."),
            shapes.told(
                _("Vijf matrassen in een schuur achter de kas"),
                _("seizoenswerkers die tijdelijk een slaapplek hebben"),
                _("Volgens mij mogen zij niet weg."),
            ),
            "report_start",
        ),
        WalkStep(
            _("Kies of u uw naam noemt"),
            _("Met uw naam kan de gemeente u bellen, en zonder naam mag ook."),
            shapes.choices(
                _("Ja, met mijn naam"), _("Ja, maar noem mijn naam niet"), _("Nee, ik meld zonder naam")
            ),
            "report_start",
        ),
        WalkStep(
            _("Volg het met een code"),
            _("Met de code leest u hoe ver wij zijn en of wij iets vragen."),
            shapes.lines(
                (_("Wij hebben uw melding gelezen"), _("maandag")),
                (_("Er is een vraag voor u"), _("vandaag")),
            ),
            "receipt",
        ),
        WalkStep(
            _("Geen tijd? Maak een notitie"),
            _("U tikt aan wat opvalt en maakt het dezelfde dag af."),
            shapes.choices(_("Slapen op het werk"), _("Iemand is bang"), _("Papieren bij een ander")),
            "report_mark",
        ),
        WalkStep(
            _("Twijfelt u? Overleg"),
            _("U vraagt raad zonder personen te noemen, en kunt daarna altijd nog melden."),
            shapes.note(_("Uw vraag."), _("Ik zag iets op mijn werk. Is dat iets voor u?")),
            "advice",
        ),
        WalkStep(
            _("Ook u hebt Vandaag"),
            _("Wilt u nog iets afmaken, dan staat het daar, met een dag."),
            shapes.row(_("Maak uw notitie af"), _("Notitie"), shapes.OF_A_REPORT, _("Maak af")),
            "today",
        ),
        HELP,
    ),
)
