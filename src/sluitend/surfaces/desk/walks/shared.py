"""Steps that are the same in more than one walk."""

from django.utils.translation import gettext_lazy as _

from sluitend.surfaces.desk.walks.shapes import WalkStep, facts, note

AWAY = WalkStep(
    _("U bent er niet elke dag"),
    _("Zet uw werkdagen bij uw account en zeg wanneer u weg bent: dan gaat werk naar wie er is."),
    facts(
        (_("Uw werkdagen"), _("dinsdag en donderdag")),
        (_("Afwezig"), _("volgende week")),
        (_("Vervanger"), _("uw collega")),
    ),
    "account",
)
HELP = WalkStep(
    _("Weet u het even niet?"),
    _("Bij Hulp staat de handleiding, met uw rol vooraan, en wat woorden betekenen."),
    note(_("Is er nu direct gevaar?"), _("Bel 112. Schrijf pas daarna iets op.")),
    "manual",
)
