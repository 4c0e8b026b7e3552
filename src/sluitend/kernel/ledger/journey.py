"""Looking through the ledger, and what it says of itself."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import HOURS, MINUTES, Clockwork, Permission, Side
from sluitend.kernel.organisations.models import Role

LEDGER_READ = Permission(
    "ledger.read", frozenset({Role.PRIVACY_OFFICER}), Side.NONE, label=_("Logboek bekeken")
)
LEDGER_VERIFY = Permission(
    "ledger.verify", frozenset({Role.PRIVACY_OFFICER}), Side.NONE, label=_("Logboek gecontroleerd")
)

LINK = Clockwork("ledger.link", _("Het logboek schakelen"), 10 * MINUTES)
CHECKPOINT = Clockwork("ledger.checkpoint", _("Controlepunten van het logboek zetten"), 3 * HOURS)
HEADS = Clockwork("ledger.heads", _("De stand van het logboek naar een tweede partij sturen"), 30 * MINUTES)
DIARY = Clockwork("ledger.diary", _("Het dagboek van het logboek opruimen"), 3 * HOURS)

LINES = {
    "custodian.limit": _("Te veel geopend in korte tijd: er ging even niets meer open"),
    "content.not_genuine": _("Tekst gevonden die niet is zoals hij geschreven is"),
    "content.noted": _("Vastgelegd wat er geschreven is"),
    "database.restored": _("Reservekopie teruggezet"),
}
