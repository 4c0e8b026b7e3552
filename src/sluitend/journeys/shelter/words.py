"""Words that the pages of shelter share."""

from django.utils.translation import gettext_lazy as _

from sluitend.kernel.handbook.sheltering import Household

HOUSEHOLDS = {
    Household.ADULT: _("Volwassene"),
    Household.FAMILY: _("Volwassene met kinderen"),
    Household.CHILD: _("Kind alleen"),
}


def household_words(household: str) -> str:
    """Return for whom is looked, in words."""
    return str(HOUSEHOLDS[Household(household)])
