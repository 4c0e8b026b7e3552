"""What editing the handbook adds to the desk."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import SIGNED_IN, Permission, Side
from sluitend.kernel.organisations.models import Role

HANDBOOK_EDIT = Permission(
    "handbook.edit",
    frozenset({Role.REGIONAL_COORDINATOR}),
    Side.NONE,
    label=_("Regel van het handboek gewijzigd in het concept"),
)
HANDBOOK_PUBLISH = Permission(
    "handbook.publish", frozenset({Role.REGIONAL_COORDINATOR}), Side.NONE, label=_("Handboek uitgegeven")
)
HANDBOOK_ANSWER = Permission(
    "handbook.answer",
    SIGNED_IN,
    Side.NONE,
    public=True,
    label=_("Organisatie zei of het handboek over haar klopt"),
)
"""What somebody without an account does who got a link: say whether the handbook is right about them."""

LINES = {
    "handbook.start": _("Concept van het handboek begonnen"),
    "handbook.offer": _("Concept van het handboek klaargezet"),
    "handbook.reopen": _("Concept van het handboek weer in bewerking"),
    "handbook.return": _("Concept van het handboek teruggestuurd"),
    "handbook.look": _("Regel van het concept nagekeken"),
    "handbook.assign": _("Regels van het handboek verdeeld om na te gaan"),
    "handbook.ask": _("Organisatie gevraagd of het handboek over haar klopt"),
    "handbook.ask.taken": _("Antwoord van een organisatie overgenomen in het concept"),
    "handbook.ask.ended": _("Vraag aan een organisatie weggelegd"),
    "handbook.catch_up": _("Concept van het handboek bijgewerkt"),
    "handbook.drop": _("Concept van het handboek weggelegd"),
}
