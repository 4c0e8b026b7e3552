"""That help stays assured: what the region counts of it, and what it keeps of the offer."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import DAY, FOCAL, Clockwork, Permission, Side
from sluitend.kernel.organisations.models import Role

CARE_FIGURES = Permission("care.figures", FOCAL | {Role.MANAGER, Role.REGIONAL_COORDINATOR}, Side.NONE)

RELEASE_FIGURES = Clockwork("assurance.figures", _("De cijfers over hulp van een half jaar vaststellen"), DAY)
