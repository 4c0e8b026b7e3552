"""What matters with two sides have in common at the desk."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import DAY, Clockwork

ENDED_THERE = "step.ended"
LINES = {ENDED_THERE: _("De andere kant beëindigde dit")}

EXPIRE = Clockwork("flow.expire", _("Laten verlopen wat tussen organisaties bleef liggen"), DAY)
