"""What editing the handbook adds to the desk."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import Permission, Side
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

LINES = {
    "handbook.start": _("Concept van het handboek begonnen"),
    "handbook.offer": _("Concept van het handboek klaargezet"),
    "handbook.reopen": _("Concept van het handboek weer in bewerking"),
    "handbook.return": _("Concept van het handboek teruggestuurd"),
    "handbook.look": _("Regel van het concept nagekeken"),
    "handbook.assign": _("Regels van het handboek verdeeld om na te gaan"),
    "handbook.catch_up": _("Concept van het handboek bijgewerkt"),
    "handbook.drop": _("Concept van het handboek weggelegd"),
}
