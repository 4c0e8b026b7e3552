"""What people may do with the handbook beside reading it."""

from sluitend.kernel.manifest import Permission, Side
from sluitend.kernel.organisations.models import Role

CONSENT_FORM = Permission("consent_form", frozenset({Role.PARTNER}), Side.NONE)
"""For partners; of these only care prints them."""
