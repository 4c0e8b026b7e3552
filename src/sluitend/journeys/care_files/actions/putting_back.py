"""What the person took back stays so in a database that was put back, and somebody looks what went on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import batched
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from sluitend.journeys.care_files.actions.consenting import take_back
from sluitend.journeys.care_files.actions.working import OnFile, on_file
from sluitend.journeys.care_files.content import Consents
from sluitend.journeys.care_files.journey import CARE_FILE_WITHDRAW, CARE_FILE_WRITE
from sluitend.journeys.care_files.models import CareFile
from sluitend.kernel.access.acting import Actor, acting, system_actor
from sluitend.kernel.access.errors import Conflict
from sluitend.kernel.flow.verbs import doing
from sluitend.kernel.sealing.endings import Again
from sluitend.kernel.sealing.envelopes import OpenEnvelope, open_envelopes
from sluitend.kernel.sealing.errors import NoKey

AT_ONCE = 200
log = structlog.get_logger("sluitend.restoring")


def withdraw_again(ended: Mapping[UUID, date]) -> Again:
    """Take back again, after a restore, what the person had taken back since the backup.

    Which file that is stands nowhere outside the files, so each is opened. One that does not open is named:
    somebody must ask what the person of that one agrees to. For the owner of the tables only.
    """
    done, left = 0, list[str]()
    for organisation_id in CareFile.objects.order_by().values_list("organisation_id", flat=True).distinct():
        own = CareFile.objects.filter(organisation_id=organisation_id).order_by("id")
        for some in batched(list(own.values_list("id", flat=True)), AT_ONCE):
            with acting(system_actor(organisation_id)) as actor:
                rows = list(CareFile.objects.filter(pk__in=some).select_related("current_step"))
                for row, back in _to_take_back(rows, ended, actor):
                    if back is None:
                        left.append(row.code)
                        continue
                    try:
                        with transaction.atomic():
                            done += _again(row, back, actor)
                    except Exception as error:
                        # One file must not keep all others from being brought up to date.
                        log.warning("not_withdrawn_again", exc_info=error)
                        left.append(row.code)
    return Again(done, tuple(left))


def saw_put_back(*, code: str, actor: Actor, revision: int | None) -> None:
    """Note that somebody looked what had gone on of what a backup brought back.

    Raises:
        Conflict: nobody is asked to look.
    """
    with on_file(code, actor, CARE_FILE_WRITE, revision=revision, closed=True) as it:
        if not it.course.put_back:
            raise Conflict
        it.course = replace(it.course, put_back="")
        it.go_on()


def _to_take_back(
    rows: Sequence[CareFile], ended: Mapping[UUID, date], actor: Actor
) -> Iterator[tuple[CareFile, dict[str, date] | None]]:
    """Return each file with what is to be taken back in it, and on which day; None where it does not open."""
    envelopes = _opened([row.envelope_id for row in rows], actor)
    for row in rows:
        envelope = envelopes.get(row.envelope_id)
        if envelope is None or not envelope.key:
            yield row, None
            continue
        consents = Consents.from_json(envelope.read(row, "consents"))
        if back := {what: ended[each] for each, what in consents.living() if each in ended}:
            yield row, back


def _opened(ids: Sequence[UUID], actor: Actor) -> dict[UUID, OpenEnvelope]:
    try:
        return open_envelopes(ids, actor=actor, purpose=CARE_FILE_WITHDRAW)
    except NoKey:
        if len(ids) == 1:
            return {}
        half = len(ids) // 2
        return _opened(ids[:half], actor) | _opened(ids[half:], actor)


def _again(row: CareFile, back: Mapping[str, date], actor: Actor) -> int:
    today = timezone.localdate().isoformat()
    with doing(OnFile(row, actor, CARE_FILE_WITHDRAW, "restored")) as it:
        for what, day in back.items():
            take_back(it, what, day)
        consents = it.consents
        last = [consents.last(what) for what in back]
        answers = [replace(each, again=today) if each in last else each for each in consents.answers]
        shares = [replace(each, again=today) if each.id in back else each for each in consents.shares]
        it.consents = replace(consents, answers=tuple(answers), shares=tuple(shares))
        it.course = replace(it.course, put_back=today)
        it.go_on()
    return len(back)
