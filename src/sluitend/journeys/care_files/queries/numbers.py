"""Whether somebody is to be reached at the number of a shelter: nobody passes that on."""

from sluitend.journeys.care_files.content import Contact
from sluitend.journeys.care_files.saying import message
from sluitend.journeys.care_files.words import BY_NUMBER
from sluitend.kernel.handbook.care import OfferKind
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.queries import telephones_of_partners
from sluitend.kernel.sealing.tokens import normalise

GIVE_PLACES = (OfferKind.SHELTER, OfferKind.SUPPORT)
"""Who gives these has houses of its own: its number tells where somebody may be."""


def of_a_shelter(contact: Contact, pack: Pack) -> str:
    """Return the warning that a rule has the number of who gives shelter, or nothing."""
    asked = {
        number
        for rule in contact.running
        if rule.channel in BY_NUMBER
        for number in normalise("phone", rule.value)
    }
    if not asked:
        return ""
    providers = {each.provider for each in pack.care_offers if each.provider and each.kind in GIVE_PLACES}
    known = telephones_of_partners(providers)
    numbers = {number for telephone in known for number in normalise("phone", telephone)}
    return message(pack, "shelter_number") if asked & numbers else ""
