"""What people may do at the desk beside its journeys: search, and see how it stands."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import FOCAL, HOURS, Clockwork, Permission, Seen, Side
from sluitend.kernel.organisations.models import Role

SEARCH = Permission("search", FOCAL | {Role.PARTNER}, Side.NONE, label=_("Gezocht"), seen=Seen.LOOKED)
OVERVIEW = Permission("overview", frozenset({Role.MANAGER, Role.PRIVACY_OFFICER}), Side.NONE)
REGION = Permission("region", FOCAL | {Role.MANAGER, Role.REGIONAL_COORDINATOR}, Side.NONE)

# Envelopes stand below whatever has words for people.
DESTRUCTIONS = Clockwork("sealing.destructions", _("Het register van vernietiging bijwerken"), 3 * HOURS)
