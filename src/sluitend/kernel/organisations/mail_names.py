"""Which organisation a mail comes from, as whoever reads it may know.

A mail names the organisation of its reader and no other. That somebody works there is plain to whoever sees
the mail go by; which municipality shares a case with a partner, or is stood in for, is not. So at a partner a
mail comes from the region, and who works in more than one place reads no name at all.
"""

from uuid import UUID

from sluitend.kernel.organisations.models import Membership, Organisation


def reader_name(address: str) -> str:
    """Return the name for a mail to this address; empty when it is nobody's, or that of several."""
    own = Membership.objects.filter(account__email=address, home__isnull=True)
    places = {*own.valid().values_list("organisation_id", flat=True)}
    if not places:
        # Who was let in and is not confirmed yet is mailed too.
        places = {*own.unended().values_list("organisation_id", flat=True)}
    places |= {*Organisation.objects.filter(mail=address).values_list("pk", flat=True)}
    return own_name(places.pop()) if len(places) == 1 else ""


def own_name(organisation_id: UUID) -> str:
    """Return the name for a mail to people of this organisation; of the region for who is no municipality."""
    own = Organisation.objects.get(pk=organisation_id)
    if own.kind in (Organisation.Kind.MUNICIPALITY, Organisation.Kind.REGION):
        return own.name
    if own.kind == Organisation.Kind.PLATFORM:
        return ""
    regions = Organisation.objects.filter(kind=Organisation.Kind.REGION).values_list("name", flat=True)
    return regions[0] if len(regions) == 1 else ""
