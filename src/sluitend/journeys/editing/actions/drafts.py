"""The verbs of a whole draft: begin, offer, publish, put away."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.exports.differences import differences
from sluitend.journeys.editing.actions.checking import end_found_out
from sluitend.journeys.editing.actions.errors import NotRight, OtherWasFirst, StaysBehind
from sluitend.journeys.editing.actions.writing import (
    as_seen,
    count,
    locked,
    not_returned,
    note,
    reopen,
    write,
)
from sluitend.journeys.editing.journey import HANDBOOK_EDIT, HANDBOOK_PUBLISH
from sluitend.journeys.editing.merging import on_top
from sluitend.journeys.editing.models import Draft, DraftEntry
from sluitend.journeys.editing.queries.drafts import Change, content_of, live, pack_with
from sluitend.journeys.editing.queries.looking import read_by_nobody_else
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Conflict, DomainError, barred
from sluitend.kernel.handbook.actions import PublishedMeanwhile, publish_pack
from sluitend.kernel.handbook.due_numbers import ended_numbers
from sluitend.kernel.handbook.loading import list_parts, pack_of
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.plain import plain
from sluitend.kernel.handbook.problems import PackInvalid
from sluitend.kernel.handbook.queries import current_release, release, releases
from sluitend.kernel.organisations.queries import names as names_of

SHORTEST, LONGEST = 10, 500
"""So many characters say why a draft is not right yet."""


def start(*, actor: Actor) -> UUID:
    """Begin a draft on the release of now.

    Returns:
        The id of the draft.

    Raises:
        Refused: not a coordinator.
        Conflict: there is one already.
    """
    return _begin(actor, current_release().number, purpose="").id


def go_back(*, actor: Actor, number: int, without: bool = False) -> UUID:
    """Begin a draft that makes the lists of the handbook what they were in an earlier release.

    A second person still looks at it and publishes: going back is a change like any other.

    Args:
        actor: a coordinator.
        number: of the earlier release.
        without: this person knows what does not go back with it.

    Raises:
        StaysBehind: something differs that is no list, and nobody edits here.
        Refused: not a coordinator.
        NoRelease: there is no such release.
        Conflict: there is a draft already.
        DomainError: the earlier release is the one of now, or says the same.
    """
    require_role(actor, HANDBOOK_EDIT)
    now, then = current_release(), release(number)
    changes, stays = _changes_to(now.pack, then.pack), _staying(now.pack, then.pack)
    if stays and not (changes and without):
        raise StaysBehind(stays)
    if not changes:
        raise DomainError(_("Die uitgave is gelijk aan die van nu."))
    draft = _begin(actor, now.number, purpose=f"back:{number}")
    for part, entry_id, content in changes:
        write(draft, part, entry_id, content, actor)
    return draft.id


def _begin(actor: Actor, base: int, *, purpose: str) -> Draft:
    require_role(actor, HANDBOOK_EDIT)
    last = Draft.objects.filter(organisation_id=actor.own_organisation).aggregate(Max("revision"))
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                organisation_id=actor.own_organisation,
                # Goes on where the draft before stopped: a page of that one never fits this one.
                revision=last["revision__max"] or 0,
                base=base,
                started=timezone.now(),
                started_by_id=actor.own_account,
            )
    except IntegrityError as error:
        raise _was_first(actor) from error
    note(draft.id, actor=actor, action="handbook.start", purpose=purpose)
    return draft


def _was_first(actor: Actor) -> DomainError:
    """Return whose draft stands in the way; of a draft that ended since, nobody's."""
    draft = live(actor)
    if draft and draft.started_by_id == actor.own_account:
        return DomainError(_("U begon al een concept, misschien in een ander venster."))
    by = names_of([draft.started_by_id]).get(draft.started_by_id) if draft else None
    return OtherWasFirst(by) if by else Conflict()


def offer(*, actor: Actor, revision: int | None = None) -> None:
    """Say that the draft is ready for a second person. The whole pack must be right with it.

    Args:
        actor: a coordinator.
        revision: of the draft as this person saw it; what came in since they did not read.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        NotRight: the pack has problems with it.
        DomainError: it changes nothing.
        Conflict: somebody changed something since.
    """
    draft = locked(actor)
    as_seen(draft, revision)
    if not DraftEntry.objects.filter(draft=draft).exists():
        raise DomainError(_("Er is nog niets veranderd."))
    _right(draft)
    draft.state, draft.offered, draft.offered_by_id = Draft.State.OFFERED, timezone.now(), actor.own_account
    draft.save(update_fields=["state", "offered", "offered_by", *not_returned(draft)])
    note(draft.id, actor=actor, action="handbook.offer")


def take_back(*, actor: Actor) -> None:
    """Go on editing a draft that one offered oneself.

    Raises:
        DomainError: another offered it: who sends it back says why.
    """
    draft = locked(actor)
    if draft.state == Draft.State.OFFERED and draft.offered_by_id != actor.own_account:
        raise DomainError(_("Een ander zette dit klaar. Schrijf wat er nog niet goed is."), "why")
    reopen(draft, actor)


def send_back(*, actor: Actor, why: str, revision: int | None = None) -> None:
    """Send an offered draft back to who offered it, with what is not right yet.

    Args:
        actor: a coordinator who did not offer it.
        why: what is not right yet, in a sentence or more.
        revision: of the draft as this person read it.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        DomainError: it was not offered, this person offered it, or there is no reason.
        Conflict: somebody changed the draft since it was read.
    """
    draft = locked(actor)
    if draft.state != Draft.State.OFFERED or draft.offered_by_id == actor.own_account:
        raise DomainError(_("Dit concept is niet meer klaar om na te kijken."))
    as_seen(draft, revision)
    reason = " ".join(why.split())
    if not SHORTEST <= len(reason) <= LONGEST:
        raise DomainError(_("Schrijf in een of twee zinnen wat er nog niet goed is."), "why")
    draft.returned, draft.returned_by_id, draft.returned_why = timezone.now(), actor.own_account, reason
    draft.returned_to_id = draft.offered_by_id
    draft.state, draft.offered, draft.offered_by_id = Draft.State.OPEN, None, None
    draft.save()
    note(draft.id, actor=actor, action="handbook.return")


def publish(*, actor: Actor, revision: int | None = None) -> int:
    """Publish an offered draft as the next release, as a second person.

    Args:
        actor: a coordinator.
        revision: of the draft as this person read it; nobody agrees with what they have not seen.

    Returns:
        The number of the release.

    Raises:
        Refused: not a coordinator.
        NoDraft: there is no draft.
        DomainError: it was not offered, this person offered it, or wrote a line that nobody else has read.
        NotRight: the pack has problems with it.
        Conflict: somebody changed the draft since it was read, or another release came out and the draft
            must catch up first.
    """
    require_role(actor, HANDBOOK_PUBLISH)
    draft = locked(actor)
    if draft.state != Draft.State.OFFERED:
        raise DomainError(_("Dit concept is niet meer klaar om na te kijken."))
    if draft.offered_by_id == actor.own_account:
        raise barred(_("Een ander geeft uit wat u hebt klaargezet."))
    as_seen(draft, revision)
    if own := read_by_nobody_else(draft, actor.own_account):
        raise barred(
            _("Een collega kijkt eerst na wat u zelf schreef: %(names)s.")
            % {"names": ", ".join(one.entry_id for one in own[:3])}
        )
    pack = _numbered(_right(draft))
    both = [one for one in (draft.offered_by_id, actor.own_account) if one]
    named = names_of(both)
    # Who offered it first: the database gives names in any order.
    whose = " en ".join(named[one] for one in both if one in named)
    try:
        published = publish_pack(pack, actor_name=whose[:120], base=draft.base)
    except PublishedMeanwhile as error:
        raise OtherWasFirst(releases()[0].published_by) from error
    draft.state, draft.ended, draft.ended_by_id = Draft.State.PUBLISHED, timezone.now(), actor.own_account
    draft.became = published.number
    draft.save(update_fields=["state", "ended", "ended_by", "became"])
    end_found_out(pack, actor=actor)
    note(draft.id, actor=actor, action="handbook.publish", purpose=f"release:{published.number}")
    return published.number


def catch_up(*, actor: Actor) -> None:
    """Stand on the release of now, when another one came out since the draft began.

    What the draft left as it was in an entry becomes what it is now. Who looked at an entry that says
    something else there saw another change than the draft makes now: it is looked at anew.
    """
    draft = locked(actor)
    before, now = release(draft.base).pack, current_release()
    for row in DraftEntry.objects.filter(draft=draft):
        was, is_now = (getattr(pack, row.part).get(row.entry_id) for pack in (before, now.pack))
        if was == is_now:
            continue
        row.looked, row.looked_by_id = None, None
        if row.content is not None and was is not None and is_now is not None:
            row.content = on_top(row.part, row.content, was, is_now)
        row.version = count(draft)
        row.save(update_fields=["looked", "looked_by", "content", "version"])
    draft.base = now.number
    draft.save(update_fields=["base"])
    count(draft)  # whoever has it on a screen saw another difference
    reopen(draft, actor)
    note(draft.id, actor=actor, action="handbook.catch_up", purpose=f"release:{draft.base}")


def drop(*, actor: Actor, revision: int | None = None) -> None:
    """Put the draft away; nothing of it is published.

    Raises:
        Conflict: somebody changed something since `revision`, of the draft as this person saw it.
    """
    draft = locked(actor)
    as_seen(draft, revision)
    draft.state, draft.ended, draft.ended_by_id = Draft.State.DROPPED, timezone.now(), actor.own_account
    draft.save(update_fields=["state", "ended", "ended_by", *not_returned(draft)])
    note(draft.id, actor=actor, action="handbook.drop")


def _right(draft: Draft) -> Pack:
    """Return the pack that the draft makes; a number in it that ended since stops it as any other fault."""
    try:
        pack = pack_with(draft)
    except PackInvalid as error:
        raise NotRight(error) from error
    if ended := ended_numbers(pack, timezone.localdate()):
        raise NotRight(PackInvalid(ended))
    return pack


def _numbered(pack: Pack) -> Pack:
    """Return the pack with its next version and the day of today."""
    content = content_of(pack)
    following = _version_after(pack.description.version)
    content["description"] |= {"version": following, "date": timezone.localdate().isoformat()}
    return pack_of(content)


def _version_after(version: str) -> str:
    """Return the version with its last number one higher: none grows longer with each release."""
    first, dot, last = version.rpartition(".")
    if last.isascii() and last.isdigit() and dot:
        return f"{first}.{int(last) + 1}"
    return f"{version}.1"


def _staying(now: Pack, then: Pack) -> tuple[str, ...]:
    """Return by name what differs between two releases and is no list. Number and day are of each its own."""
    named = {
        "description": _("naam en beschrijving van het pakket"),
        "residents": _("de vraag over de bewoners"),
        "case_names": _("woorden voor namen van casussen"),
        "request": _("het formulier waarmee iemand hulp vraagt"),
        "borders": _("grenzen van gemeenten"),
    }
    ours = {"version": now.description.version, "date": now.description.date}
    as_now = then.model_copy(update={"description": then.description.model_copy(update=ours)})
    parts = [part for part in Pack.model_fields if part not in list_parts()]
    return tuple(named.get(part, part) for part in parts if getattr(now, part) != getattr(as_now, part))


def _changes_to(now: Pack, then: Pack) -> tuple[Change, ...]:
    return tuple(
        (change.part, change.entry_id, plain(entry) if entry else None)
        for change in differences(now, then)
        for entry in (getattr(then, change.part).get(change.entry_id),)
    )
