"""What people do in administration, one module a subject. Others may use what stands here."""

from sluitend.journeys.administration.actions.founding import begin, lose_second_factor
from sluitend.journeys.administration.actions.invitations import choose_first_password, invited
from sluitend.journeys.administration.actions.organisations import NewOrganisation, add_organisation
from sluitend.journeys.administration.actions.people import Taken

__all__ = [
    "NewOrganisation",
    "Taken",
    "add_organisation",
    "begin",
    "choose_first_password",
    "invited",
    "lose_second_factor",
]
