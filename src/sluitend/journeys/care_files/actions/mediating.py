"""Mediation to a place stands on an agreement to share of its own. To be registered is another act."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.working import on_file
from sluitend.journeys.care_files.journey import CARE_FILE_SHARE
from sluitend.journeys.care_files.queries.mediating import file_of_search
from sluitend.journeys.care_files.saying import message
from sluitend.journeys.care_files.words import Purpose
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.handbook.language import shown


def mediate(*, code: str, actor: Actor, reason: str, told: str, revision: int | None = None) -> None:
    """Note that whoever finds places elsewhere is asked to mediate, by what the person agreed to.

    It takes the file first: of a withdrawal at the same moment one is first. Is it this, that stops it.

    Args:
        code: of the search.
        revision: of the search that somebody saw.

    Raises:
        Absent: there is no such search here.
        DomainError: there is no care file, the person did not agree, or took that back; or no reason.
        Conflict: somebody else changed the search.
    """
    file = file_of_search(code, actor)
    if not file:
        raise DomainError(_("Begin eerst een zorgdossier. Daarin staat of de persoon dit goed vindt."))
    with on_file(file, actor, CARE_FILE_SHARE, first=True) as it:
        today, mediator = timezone.localdate(), it.pack.mediator
        consents = it.consents
        agreed = consents.agreed_now(Purpose.MEDIATION, today)
        if agreed is None:
            who = shown(mediator.label) if mediator else _("deze organisatie")
            raise DomainError(message(it.pack, "no_agreement", ontvanger=who))
        by, until = UUID(agreed.id), date.fromisoformat(agreed.until)
        shelter.mediate(
            code=code, actor=actor, reason=reason, told=told, by=by, until=until, revision=revision
        )
        went = replace(agreed, gone=agreed.gone or today.isoformat())
        shares = (went if each is agreed else each for each in consents.shares)
        it.consents = replace(consents, shares=tuple(shares))
