"""Sharing without a yes, the only other way out of a file: a ground, a colleague, what the person is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.actions.consenting import add_asking
from sluitend.journeys.care_files.actions.sharing import stop_share
from sluitend.journeys.care_files.actions.working import OnFile, on_file
from sluitend.journeys.care_files.content import Share
from sluitend.journeys.care_files.grounds import ground_of
from sluitend.journeys.care_files.journey import CARE_FILE_AGAINST
from sluitend.journeys.care_files.queries.colleagues import others_there
from sluitend.journeys.care_files.words import Purpose, Standing, Told, YesNo
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Conflict, DomainError

LONGEST_DAYS = 92


def share_against(*, code: str, actor: Actor, wanted: Share, revision: int | None) -> None:
    """Decide to share something without a yes. It goes after a colleague looked; in direct danger before.

    Raises:
        DomainError: no ground of the handbook, no words of why, a day that cannot be, nothing about what the
            person is told, or nobody is there who can
            look along before it goes.
        Conflict: somebody else wrote first.
    """
    with on_file(code, actor, CARE_FILE_AGAINST, revision=revision) as it:
        today = timezone.localdate()
        ground = ground_of(it.pack, wanted.ground)
        if ground is None:
            raise DomainError(_("Kies een grond."), "ground")
        _require_words(wanted, today)
        if not ground.acute and not others_there(actor):
            raise DomainError(_("Er is nu geen collega die kan meekijken. Bel bij gevaar 112."), "ground")
        kept = replace(
            wanted,
            id=uuid4().hex,
            what=Purpose.SUPPORT if wanted.to else "",
            answer="",
            on=today.isoformat(),
            hurries="yes" if ground.acute else "",
            by=str(actor.own_account),
            second="",
            agrees="",
            withdrawn="",
            gone="",
        )
        it.consents = replace(it.consents, shares=(*it.consents.shares, kept))
        it.go_on()


def look_against(
    *, code: str, actor: Actor, share: str, agrees: str, remark: str = "", revision: int | None
) -> None:
    """Say, as a colleague of who decided it, whether something may be shared without a yes.

    A no ends it, and asks whoever read it to take it away. What went and was taken back is looked at too.

    Raises:
        Conflict: nothing waits, or somebody else wrote first.
        DomainError: it is one's own decision, or there is no word about why not.
    """
    with on_file(code, actor, CARE_FILE_AGAINST, revision=revision, ends=True) as it:
        found = it.consents.share(share)
        if found is None or not found.waits_for_second or agrees not in YesNo.values:
            raise Conflict
        if str(actor.own_account) == found.by:
            raise DomainError(_("Een collega kijkt mee. Dat kunt u niet zelf."), "agrees")
        if agrees == YesNo.NO and not remark.strip():
            raise DomainError(_("Schrijf waarom dit niet mag."), "remark")
        today = timezone.localdate()
        looked = replace(
            found,
            second=str(actor.own_account),
            looked_on=today.isoformat(),
            agrees=agrees,
            remark=remark.strip(),
        )
        if agrees == YesNo.NO or found.withdrawn:
            line = stop_share(it, found)
            was_read = line is not None and line.accepted
            # What nobody took on was read by nobody: there is nothing to tell the person, or to ask back.
            looked = replace(looked, went="yes" if was_read else "")
            # Who took it back was asked that already.
            if not found.withdrawn and (found.gone or was_read):
                add_asking(it, found.recipient, today, found.purpose)
        _change(it, share, lambda _each: looked)
        it.go_on()


def note_went(*, code: str, actor: Actor, share: str, revision: int | None) -> None:
    """Note that it was told by telephone to who does not work here.

    Raises:
        Conflict: a colleague did not look yet, it ended, or it goes by this program.
    """
    with on_file(code, actor, CARE_FILE_AGAINST, revision=revision) as it:
        today = timezone.localdate()
        found = it.consents.share(share)
        if found is None or found.sends or found.gone or found.standing(today) is not Standing.AGAINST:
            raise Conflict
        _change(it, share, lambda each: replace(each, gone=today.isoformat()))
        it.go_on()


def note_told(*, code: str, actor: Actor, share: str, revision: int | None) -> None:
    """Note that the person was told by now what was shared without a yes.

    Raises:
        Conflict: the person knows it, or nothing went.
    """
    with on_file(code, actor, CARE_FILE_AGAINST, revision=revision, ends=True) as it:
        found = it.consents.share(share)
        if found is None or not found.may_tell:
            raise Conflict
        today = timezone.localdate().isoformat()
        _change(it, share, lambda each: replace(each, told=Told.TOLD, told_on=today))
        it.go_on()


def _change(it: OnFile, share: str, how: Callable[[Share], Share]) -> None:
    consents = it.consents
    shares = (how(each) if each.id == share else each for each in consents.shares)
    it.consents = replace(consents, shares=tuple(shares))


def _require_words(wanted: Share, today: date) -> None:
    until, told_on = date.fromisoformat(wanted.until), wanted.told_on
    if not wanted.why.strip():
        raise DomainError(_("Schrijf waarom dit nodig is."), "why")
    if not today <= until <= today + timedelta(days=LONGEST_DAYS):
        raise DomainError(_("Kies een dag in de komende drie maanden."), "until")
    if wanted.told not in Told.values:
        raise DomainError(_("Kies wat de persoon hiervan weet."), "told")
    if wanted.told == Told.LATER and (not told_on or date.fromisoformat(told_on) <= today):
        raise DomainError(_("Kies een dag na vandaag."), "told_on")
    if wanted.told == Told.NOT and not wanted.told_why.strip():
        raise DomainError(_("Schrijf waarom vertellen niet veilig is."), "told_why")
