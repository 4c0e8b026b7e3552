"""What somebody says of a night: what is planned for tonight, what one became, that it was otherwise."""

from datetime import date

from django.utils.translation import gettext as _

from sluitend.journeys.shelter import course
from sluitend.journeys.shelter.actions.hotels import settle_hotels
from sluitend.journeys.shelter.actions.working import OnSearch, on_search
from sluitend.journeys.shelter.course import Happened, was_offered
from sluitend.journeys.shelter.journey import SHELTER_NIGHT
from sluitend.journeys.shelter.models import SearchNight
from sluitend.journeys.shelter.nights import may_be_corrected
from sluitend.journeys.shelter.queries.turned import turned_minor
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, DomainError
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.sheltering import Household, Night


def set_night(
    *, code: str, actor: Actor, night: date, state: str, told: str = "", revision: int | None = None
) -> None:
    """Say how a night is planned, or what it became. What was filled in changes with a reason, for a week.

    Args:
        night: the date of its evening.
        state: one of the four.
        told: the reason, where somebody said otherwise before.
        revision: of the search that somebody saw.

    Raises:
        Absent: the search has no such night, or there is no such search here.
        DomainError: the state cannot be, or it is too late to change.
        Conflict: somebody else filled it in.
    """
    if state not in set(Night):
        raise DomainError(_("Kies een stand."), "state")
    with on_search(code, actor, SHELTER_NIGHT, revision=revision, purpose=state) as it:
        row = SearchNight.objects.filter(search=it.row, night=night).first()
        if row is None:
            raise Absent
        _require_possible(it, night, Night(state))
        plans = night == it.tonight
        if not plans and row.outcome and row.outcome != state:
            _correct(it, row, told)
        column = "plan" if plans else "outcome"
        it.revises = True
        SearchNight.objects.filter(pk=row.pk).update(**{column: state, "kind": _kind(it, Night(state))})
        if plans:
            settle_hotels(it)


def _correct(it: OnSearch, row: SearchNight, told: str) -> None:
    if not may_be_corrected(row.night, it.tonight):
        raise DomainError(_("Een nacht verbeteren kan zeven dagen lang."), "state")
    if not told.strip():
        raise DomainError(_("Schrijf waarom de stand anders was."), "told")
    about = f"{row.night.isoformat()} {row.outcome}"
    it.happened(Happened(course.CORRECTED, "", about=about, told=told.strip()))


def _require_possible(it: OnSearch, night: date, state: Night) -> None:
    if state is Night.BRIDGED and (it.row.household == Household.CHILD or turned_minor(it.row, it.actor)):
        raise DomainError(child_is_not_bridged(it.pack), "state")
    if state is Night.DECLINED and not was_offered(night, it.course, it.tonight):
        raise DomainError(_("Er was geen aanbod voor deze nacht. Kies: nergens."), "state")


def _kind(it: OnSearch, state: Night) -> str:
    """Return in which kind of place somebody sleeps, where the state says that somebody does."""
    if state is Night.PLACED:
        return it.row.kind
    bridges = (each.id for each in it.pack.shelter_kinds if each.bridges)
    return next(bridges, "") if state is Night.BRIDGED else ""


def child_is_not_bridged(pack: Pack) -> str:
    """Return that a child alone is not bridged, and whom to call instead, by the handbook."""
    whom = [each for one in pack.care_situations if one.minor for each in one.first]
    partners = [shown(found.label) for each in dict.fromkeys(whom) if (found := pack.partners.get(each))]
    said = _("Een kind alleen wordt niet overbrugd.")
    return said + " " + _("Bel: %(names)s.") % {"names": ", ".join(partners)} if partners else said
