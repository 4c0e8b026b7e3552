"""Whose business help is beside the region's: who pays for it, who gives it, and where it is there."""

from sluitend.journeys.assurance.models import Assured, AssuredTerms
from sluitend.kernel.handbook.guidance import NATIONAL
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.models import Organisation, Role

OF_A_TOWN = "gemeente "


def is_party(terms: AssuredTerms, own: Organisation, pack: Pack) -> bool:
    """Tell whether an organisation pays for the help, or gives it: by a name that was typed, too."""
    if terms.partner and terms.partner == own.code:
        return True
    town = pack.municipalities.get(own.code)
    called = {_plain(each) for each in (own.name, *(town.aliases if town else ()))}
    return bool(called & {_plain(terms.payer), _plain(terms.provider)})


def is_here(row: Assured, own: Organisation, pack: Pack) -> bool:
    """Tell whether an organisation is a municipality for which the help is there."""
    town = pack.municipalities.get(own.code)
    return town is not None and row.area in (town.subregion, NATIONAL)


def role_there(own: Organisation) -> Role:
    """Return who hears it in an organisation."""
    return Role.MANAGER if own.kind == Organisation.Kind.MUNICIPALITY else Role.PARTNER


def _plain(name: str) -> str:
    return name.strip().casefold().removeprefix(OF_A_TOWN)
