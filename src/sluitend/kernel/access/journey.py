"""Signing in and one's own account, as the desk and the ledger know them."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import HOURS, MINUTES, SIGNED_IN, Clockwork, Permission, Side

OWN_ACCOUNT = Permission("own_account", SIGNED_IN, Side.NONE)

RELEASE = Clockwork("access.release", _("Beëindigen wat een sessie te lang vasthoudt"), 10 * MINUTES)
FORGET = Clockwork("access.forget", _("Oude pogingen om binnen te komen vergeten"), 3 * HOURS)

LINES = {
    "signin.good": _("Ingelogd"),
    "signin.failed": _("Inloggen mislukt"),
    "signin.recovery_code": _("Ingelogd met een herstelcode"),
    "second_factor.lost": _("Tweede stap weggehaald"),
}
