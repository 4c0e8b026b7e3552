"""What somebody was typing in a form."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from sluitend.forms.models import DRAFT_HOURS, Draft
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.sealing.envelopes import open_envelope


@dataclass(frozen=True)
class Kept:
    """That something is kept of a form: since when, and its revision."""

    at: datetime
    revision: int


def draft(form: str, actor: Actor) -> dict[str, Any] | None:
    """Return what this account was typing in a form, less than a day ago."""
    require_role(actor, OWN_ACCOUNT)
    row = _mine(actor).filter(form=form).first()
    if row is None:
        return None
    found: dict[str, Any] | None = open_envelope(row.envelope_id, actor=actor, purpose="draft.read").read(
        row, "content"
    )
    return found


def drafts_kept(actor: Actor) -> dict[str, Kept]:
    """Return of which forms this account has a draft, and when each was kept; none is opened."""
    require_role(actor, OWN_ACCOUNT)
    rows = _mine(actor).values_list("form", "until", "revision")
    return {form: Kept(until - timedelta(hours=DRAFT_HOURS), revision) for form, until, revision in rows}


def _mine(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts of an account that are not over."""
    return Draft.objects.filter(
        organisation_id=actor.own_organisation, account_id=actor.own_account, until__gt=timezone.now()
    )
