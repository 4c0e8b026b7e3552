"""Signing in and one's own account, as the desk and the ledger know them."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import SIGNED_IN, Permission, Side

OWN_ACCOUNT = Permission("own_account", SIGNED_IN, Side.NONE)

LINES = {
    "signin.good": _("Ingelogd"),
    "signin.failed": _("Inloggen mislukt"),
    "signin.recovery_code": _("Ingelogd met een herstelcode"),
    "second_factor.lost": _("Tweede stap weggehaald"),
}
