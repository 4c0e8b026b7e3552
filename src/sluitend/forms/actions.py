"""What somebody was typing in a form, for them alone and for a day, and that a form was sent."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.forms.models import DRAFT_HOURS, Draft, SentForm
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.access.rounds import fenced
from sluitend.kernel.sealing.envelopes import create_envelope, destroy, open_envelope

AT_ONCE = 500
CLAIM = (
    "INSERT INTO forms_sentform (id, organisation_id, account_id, key, day, place) "
    "VALUES (%s, %s, %s, %s, %s, '') ON CONFLICT (organisation_id, account_id, key) DO NOTHING"
)


class TypedElsewhere(DomainError):
    """The same form is being typed in on another page of the same person. `at` is when that was kept."""

    def __init__(self, at: datetime) -> None:
        super().__init__(_("U typt dit ook in een ander venster."))
        self.at = at


@dataclass(frozen=True)
class Page:
    """A page in which somebody types: its random number, and the revision of the draft that it last saw.

    Without a number it is the only page there is; one that `takes` goes before what another page kept.
    """

    number: str = ""
    seen: int | None = None
    takes: bool = False

    def may_write(self, row: Draft) -> bool:
        """Return whether nobody typed in the same form of another page since."""
        return not self.number or self.takes or row.page in ("", self.number) or row.revision == self.seen


ONLY = Page()


def save_draft(*, form: str, content: dict[str, Any], actor: Actor, page: Page = ONLY) -> int:
    """Keep what somebody is typing, for a day, for them alone. Returns its revision.

    Args:
        form: name of the draft.
        content: what stands in the form.
        actor: who types it.
        page: in which page.

    Raises:
        TypedElsewhere: another page of the same form kept something that this page has not seen.
    """
    require_role(actor, OWN_ACCOUNT)
    row = _draft(form, actor)
    if row is not None and row.until > timezone.now() and not page.may_write(row):
        raise TypedElsewhere(row.until - timedelta(hours=DRAFT_HOURS))
    if row is None:
        envelope = create_envelope(organisation_id=actor.own_organisation)
        row = Draft(
            organisation_id=actor.own_organisation,
            account_id=actor.own_account,
            form=form,
            envelope_id=envelope.id,
            revision=0,
        )
    else:
        envelope = open_envelope(row.envelope_id, actor=actor, purpose="draft.keep")
    row.revision += 1
    row.page = page.number
    row.until = timezone.now() + timedelta(hours=DRAFT_HOURS)
    envelope.seal(row, "content", content)
    row.save()
    return row.revision


def drop_draft(*, form: str, actor: Actor, page: Page = ONLY) -> None:
    """Forget a draft: it was sent, or its writer starts anew. What another page kept since stays."""
    row = _draft(form, actor)
    if row is not None and page.may_write(row):
        _forget(row)


def forget_about(code: str, actor: Actor) -> None:
    """Forget what people of an organisation were typing about a matter of which it reads nothing any more.

    Args:
        code: of the matter.
        actor: the system, for that organisation: a draft is of one person.
    """
    for row in Draft.objects.filter(organisation_id=actor.own_organisation, form__contains=f"-{code}"):
        _forget(row)


def forget_passed(actor: Actor) -> None:
    """Forget the drafts of an organisation whose day is over, and that its forms were sent."""
    now = timezone.now()
    # One that would stay longer than a draft stays was written under a clock that ran ahead.
    old = Q(until__lt=now) | Q(until__gt=now + timedelta(hours=DRAFT_HOURS + 1))
    for row in Draft.objects.filter(old, organisation_id=actor.own_organisation)[:AT_ONCE]:
        with fenced():
            _forget(row)
    yesterday = timezone.localdate() - timedelta(days=1)
    SentForm.objects.filter(organisation_id=actor.own_organisation, day__lt=yesterday).delete()


def forget_destroyed(envelope_ids: Collection[uuid.UUID]) -> None:
    """Forget again, after a restore, the drafts whose envelope was destroyed."""
    Draft.objects.filter(envelope_id__in=envelope_ids).delete()


def _forget(row: Draft) -> None:
    envelope_id = row.envelope_id
    row.delete()
    destroy(envelope_id, why="draft")


def _draft(form: str, actor: Actor) -> Draft | None:
    # Locked: sending a form drops its draft while the page may still be saving it.
    return (
        Draft.objects.select_for_update()
        .filter(organisation_id=actor.own_organisation, account_id=actor.own_account, form=form)
        .first()
    )


def claim_form(key: uuid.UUID, *, actor: Actor) -> str | None:
    """Note that a form is being sent, or return to which page it led when it was sent before.

    Whoever sends the same at the same moment waits here until the first has been worked.

    Args:
        key: keyed hash of who sends what from which page.
        actor: who sends it.

    Returns:
        None: it is the first. Else the address of the page that followed.
    """
    require_role(actor, OWN_ACCOUNT)
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM, [uuid.uuid4(), actor.own_organisation, actor.own_account, key, timezone.localdate()]
        )
        if cursor.rowcount:
            return None
    return SentForm.objects.only("place").get(**_sent(key, actor)).place


def form_worked(key: uuid.UUID, *, place: str, actor: Actor) -> None:
    """Remember to which page a form led, within the transaction that did what it asked."""
    SentForm.objects.filter(**_sent(key, actor)).update(place=place)


def form_came_back(key: uuid.UUID, *, actor: Actor) -> None:
    """Let a form be sent again of which nothing was done."""
    SentForm.objects.filter(**_sent(key, actor)).delete()


def _sent(key: uuid.UUID, actor: Actor) -> dict[str, uuid.UUID]:
    return {"organisation_id": actor.own_organisation, "account_id": actor.own_account, "key": key}
