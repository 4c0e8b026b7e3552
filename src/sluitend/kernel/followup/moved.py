"""Who gave a step to somebody else, or did it: for the second of two who had the same one before them."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError
from sluitend.kernel.followup.models import NextStep
from sluitend.kernel.organisations.models import Membership


def of_steps(error: DomainError, step_ids: Collection[UUID], actor: Actor) -> str:
    """Return what somebody hears who could not take or spread these steps: of a conflict who was first, and
    where the step is now.
    """
    steps = NextStep.objects.filter(organisation_id=actor.own_organisation, pk__in=step_ids)
    return _words(error, steps.exclude(done=None, team_id__in=actor.teams).first(), actor)


def of_own(error: DomainError, step_id: UUID, actor: Actor) -> str:
    """Return the same for somebody who could not give back what they had."""
    steps = NextStep.objects.filter(organisation_id=actor.own_organisation, pk=step_id)
    return _words(error, steps.exclude(done=None, owner_id=actor.account_id).first(), actor)


def of_matter(error: DomainError, code: str, actor: Actor) -> str:
    """Return the same for somebody who could not give a case or a report to another."""
    steps = NextStep.objects.filter(organisation_id=actor.own_organisation, code=code, done=None)
    return _words(error, steps.exclude(moved_by=None).first(), actor)


def _words(error: DomainError, step: NextStep | None, actor: Actor) -> str:
    if not isinstance(error, Conflict) or step is None:
        return error.message
    by = step.moved_by if step.done is None else step.done_by
    shown = {"name": _colleague(by, actor), "code": step.code, "now": _owner(step)}
    if not shown["name"]:
        return error.message
    if by == actor.account_id:
        return _("U was zelf eerst, in een ander venster. Kijk wat er nu staat.")
    if step.done is not None:
        return _("%(name)s was eerst: deze stap van %(code)s is al gedaan.") % shown
    return _("%(name)s was eerst. %(code)s ligt nu bij: %(now)s.") % shown


def _colleague(account_id: UUID | None, actor: Actor) -> str:
    # A step may be done by what another organisation did; whom they have there is not for here.
    here = Membership.objects.filter(organisation_id=actor.own_organisation)
    known = here.filter(account_id=account_id) if account_id else here.none()
    return known.values_list("account__name", flat=True).first() or ""


def _owner(step: NextStep) -> str:
    return str(step.owner or step.team or _("iedereen met de rol"))
