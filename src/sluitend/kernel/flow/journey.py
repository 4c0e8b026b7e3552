"""What matters with two sides have in common at the desk."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.manifest import DAY, Clockwork

EXPIRE = Clockwork("flow.expire", _("Laten verlopen wat tussen organisaties bleef liggen"), DAY)
