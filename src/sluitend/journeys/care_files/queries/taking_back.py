"""What follows when a person takes something back, said before it is done."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import HELP, THREE, Consents, Share
from sluitend.journeys.care_files.effects import REMOVAL_TERM, Four, effects, effects_of
from sluitend.journeys.care_files.journey import CARE_FILE_READ
from sluitend.journeys.care_files.queries.reading import opened
from sluitend.journeys.care_files.queries.went import went_by
from sluitend.journeys.care_files.words import Standing
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow.terms import due_for
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release

HOLDS = (Standing.YES, Standing.AGAINST, Standing.WAITS)
type Lines = tuple[tuple[str, str], ...]
"""Sentences, each with the act that it is about; without one where there is one act only."""


@dataclass(frozen=True)
class BackPage:
    """What follows: what stops, is asked back, or cannot be undone.

    Attributes:
        acts: what is taken back, by id and in words.
        before: the day before which whoever has it is asked to take it away.
    """

    code: str
    acts: Lines
    before: date
    stops: Lines
    recalled: Lines
    removed: Lines
    stays: Lines


@dataclass(frozen=True)
class BackChoice:
    """All that the person agreed to and can take back, by id and in words."""

    code: str
    acts: Lines


def back_choice(code: str, actor: Actor) -> BackChoice:
    """Return what the person can take back: what is shared on a ground is no yes of theirs, and not among it.

    Raises:
        Absent: there is no such file here, or nothing is agreed to.
    """
    found, pack = opened(code, actor, CARE_FILE_READ, purpose="consent"), current_release().pack
    acts = tuple(_agreed(found.consents, pack))
    if not acts:
        raise Absent
    return BackChoice(code, acts)


def back_page(code: str, what: Collection[str], actor: Actor) -> BackPage:
    """Return what follows when the person takes this back. What does not hold any more is left out.

    Raises:
        Absent: there is no such file here, or none of it is agreed to.
    """
    found, pack = opened(code, actor, CARE_FILE_READ, purpose="consent"), current_release().pack
    closed = found.row.closed is not None
    acts = [
        (each, *follows)
        for each in dict.fromkeys(what)
        if (follows := _follows(each, found.consents, pack, actor, closed=closed))
    ]
    if not acts:
        raise Absent
    stops, recalled, removed, stays = (
        _lines([(label, four[line]) for _id, label, four in acts]) for line in range(4)
    )
    return BackPage(
        code=code,
        acts=tuple((each, label) for each, label, _four in acts),
        before=timezone.localtime(due_for(pack, REMOVAL_TERM)).date(),
        stops=stops,
        recalled=recalled,
        removed=removed,
        stays=stays,
    )


def _agreed(consents: Consents, pack: Pack) -> Iterator[tuple[str, str]]:
    today = timezone.localdate()
    for share in reversed(consents.shares):
        if share.standing(today) is Standing.YES:
            yield share.id, _label(share)
    labels = {each.id: shown(each.label) for each in pack.care_consents}
    for kind in (*THREE, HELP):
        if consents.standing(kind) is Standing.YES:
            yield kind, labels.get(kind, kind)


def _follows(
    what: str, consents: Consents, pack: Pack, actor: Actor, *, closed: bool
) -> tuple[str, Four] | None:
    """Return the act in words with its four sentences, where it holds."""
    if consents.standing(what) is Standing.YES:
        text = next((each for each in pack.care_consents if each.id == what), None)
        receiver = shown(text.recipient) if text and text.recipient else _("deze organisatie")
        return shown(text.label) if text else what, effects(what, receiver, closed=closed)
    share = consents.share(what)
    if share is None or share.standing(timezone.localdate()) not in HOLDS:
        return None
    line = went_by([share], actor).get(share.id)
    return _label(share), effects_of(share, line)


def _label(share: Share) -> str:
    return f"{share.recipient}: {share.purpose}"


def _lines(said: list[tuple[str, str]]) -> Lines:
    """Return what is said of each act; of several only what says something."""
    nothing = _("Niets.")
    if len(said) == 1:
        return (("", said[0][1]),)
    return tuple(each for each in said if each[1] != nothing) or (("", nothing),)
