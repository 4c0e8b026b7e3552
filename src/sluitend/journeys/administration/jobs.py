"""Background work of administration. Arguments are ids only; every job may run twice."""

from functools import partial
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from sluitend.journeys.administration.queries import roles
from sluitend.journeys.administration.queries.invitations import link_of
from sluitend.kernel.followup.escalation import send_neutral
from sluitend.kernel.followup.jobs import PATIENT, app, for_each_organisation
from sluitend.kernel.followup.mailing import send_signed, to_each
from sluitend.kernel.organisations.models import PLATFORM_ID, Membership, Role
from sluitend.kernel.organisations.queries import mailboxes


@app.task(name="desk.tell_person", queue="mail", retry=PATIENT)
def tell_person(ids: list[str]) -> None:
    """Mail each of these accounts the link of their invitation, or that a role was offered to them.

    Both look the same from outside: a neutral line and a link.
    """
    for each in ids:
        link = link_of(UUID(each))
        path = f"/uitnodiging/{link}/" if link else "/account/rollen/"
        to_each(mailboxes([UUID(each)]), partial(send_neutral, path=path))


@app.task(name="desk.tell_former", queue="mail", retry=PATIENT)
def tell_former(ids: list[str]) -> None:
    """Mail whoever could confirm roles in an organisation that the region is asked to let in another.

    Also whose account was closed: whoever closes all of them is not the only one to tell why.
    """
    for row in Membership.objects.filter(pk__in=ids).select_related("organisation"):
        people = {each.email for each in roles.former([row.organisation_id]) if each.recent}
        with override("nl"):
            text = _(
                "Bij %(place)s is aan iemand deze rol aangeboden: %(role)s. U kon daar zelf rollen "
                "bevestigen, maar u en uw collega's mogen of kunnen dat niet meer. Klopt dat niet? Bel uw "
                "regio voor %(day)s, op een nummer dat u zelf opzoekt. Klopt het wel? Dan hoeft u niets "
                "te doen."
            ) % {
                "place": row.organisation.name,
                "role": Role(row.role).label,
                "day": date_format(roles.confirm_from(row.pk), "l j F Y"),
            }
            subject = _("Wie rollen bevestigt, verandert")
            to_each(sorted(people), partial(send_signed, subject, text))


@app.periodic(cron="12 * * * *")
@app.task(name="organisations.ended", queueing_lock="organisations.ended")
def note_ended(timestamp: int) -> None:
    """Note each role that ended by its date: it may have had a later one in a backup."""
    from sluitend.journeys.administration.actions import grants  # the actions queue the jobs here

    for_each_organisation("organisations.ended", lambda actor: grants.note_ended_roles(), only=[PLATFORM_ID])


@app.periodic(cron="*/5 * * * *")
@app.task(name="organisations.cover", queueing_lock="organisations.cover")
def cover(timestamp: int) -> None:
    """Let the people of who stands in for a municipality do so, as the agreements of today say."""
    from sluitend.journeys.administration.actions import agreements  # the actions queue the jobs here

    for_each_organisation(
        "organisations.cover", lambda actor: agreements.ask_to_stand_in(), only=[PLATFORM_ID]
    )
