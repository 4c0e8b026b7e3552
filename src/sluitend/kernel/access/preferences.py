"""What somebody sets for themselves, and nobody else: it says nothing about what they may do."""

from dataclasses import dataclass
from uuid import UUID

from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.journey import OWN_ACCOUNT
from sluitend.kernel.organisations.models import Account


@dataclass(frozen=True)
class Preferences:
    """How somebody wants to work."""

    work_days: tuple[int, ...]
    theme: str
    language: str
    single_keys: bool
    covers_itself: bool
    digest_at: int | None = None
    """The hour of one mail a day; None for mail at once."""


def set_preferences(preferences: Preferences, actor: Actor) -> None:
    """Keep how somebody wants to work."""
    require_role(actor, OWN_ACCOUNT)
    Account.objects.filter(pk=actor.own_account).update(
        work_days=list(preferences.work_days),
        theme=preferences.theme,
        language=preferences.language,
        single_keys=preferences.single_keys,
        covers_itself=preferences.covers_itself,
        digest_at=preferences.digest_at,
    )


def keep_place(organisation_id: UUID, actor: Actor) -> None:
    """Remember for whom somebody acted last: there they start next time."""
    require_role(actor, OWN_ACCOUNT)
    Account.objects.filter(pk=actor.own_account).update(worked_for_id=organisation_id)


def set_language(language: str, actor: Actor) -> None:
    """Keep in which language somebody reads the pages, also who has no role yet."""
    Account.objects.filter(pk=actor.own_account).update(language=language)


def answer_walk(actor: Actor) -> None:
    """Remember that somebody began the first walk or put it aside: Vandaag offers it no more."""
    require_role(actor, OWN_ACCOUNT)
    Account.objects.filter(pk=actor.own_account).update(walked=True)
