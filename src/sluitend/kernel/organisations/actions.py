"""Changing who works where. Whether somebody may, and its ledger line, is up to whoever calls this."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone

from sluitend.kernel.organisations.models import (
    Account,
    Membership,
    Organisation,
    Role,
    Subregion,
    TeamMember,
)


class Taken(Exception):
    """Somebody or something with this name is there already."""


def add_organisation(
    *,
    code: str,
    name: str,
    kind: str,
    partner_key: str = "",
    mail: str = "",
    telephone: str = "",
    subregion_ids: Iterable[UUID] = (),
) -> Organisation:
    """Add an organisation to the directory. Its keys are made by `sluitend keys`.

    Raises:
        Taken: there is one with this code.
    """
    try:
        with transaction.atomic():
            row = Organisation.objects.create(
                code=code, name=name, kind=kind, partner_key=partner_key, mail=mail, telephone=telephone
            )
    except IntegrityError as error:
        raise Taken(code) from error
    row.subregions.set(Subregion.objects.filter(pk__in=list(subregion_ids)))
    return row


def change_organisation(organisation_id: UUID, *, name: str, mail: str, telephone: str) -> None:
    """Change what the directory says of an organisation. Code and kind stay: keys and cases hang on them."""
    Organisation.objects.filter(pk=organisation_id).update(name=name, mail=mail, telephone=telephone)


def add_account(*, email: str, name: str) -> UUID:
    """Make an account that nobody can sign in to yet, without a role.

    Raises:
        Taken: there is an account with this address.
    """
    try:
        with transaction.atomic():
            return Account.objects.create_user(email, name).pk
    except IntegrityError as error:
        raise Taken(email) from error


def lose_second_factor(account_id: UUID) -> bool:
    """Take app, passkeys and recovery codes off an account of somebody who lost them; end its password too.

    With the password alone a thief would be in and set a factor of their own. An administrator invites them
    anew, so that it takes two people.

    Returns:
        Whether there was a second factor.
    """
    account = Account.objects.get(pk=account_id)
    found, _each = Authenticator.objects.filter(user=account).delete()
    if found:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return bool(found)


def found(account_id: UUID, organisation_id: UUID) -> None:
    """Make somebody the administrator of an organisation, for the command of whoever keeps the server.

    Only the owner of the tables can: with it everything begins, so no second person is there yet.
    """
    Account.objects.filter(pk=account_id).update(home_id=organisation_id)
    Membership(
        account_id=account_id,
        organisation_id=organisation_id,
        role=Role.ADMINISTRATOR,
        offered_on=timezone.localdate(),
        accepted_on=timezone.localdate(),
    ).prove().save(force_insert=True)


def end_membership(membership_id: UUID, *, until: date) -> Membership | None:
    """Let a role end after a day; yesterday ends it now. Returns what was ended.

    An end is brought forward only: for longer a role is offered again.
    """
    row = Membership.objects.filter(pk=membership_id).first()
    if row is not None and (row.until is None or row.until > until):
        _end(row, until)
    return row


def _end(row: Membership, until: date) -> None:
    given = row.given  # what was not given does not become so by ending it
    row.until = until
    if given:
        row.prove()
    row.save(update_fields=["until", "proof"])


def _end_all(rows: Iterable[Membership]) -> None:
    for row in rows:
        _end(row, yesterday())


def set_active(account_id: UUID, *, active: bool) -> None:
    """Close an account to signing in, or open it again. It is never removed: the ledger and cases name it.

    Closing ends its roles wherever it works. Opened again it has none: they are given anew, by two people.
    """
    if not active:
        _end_all(Membership.objects.unended().filter(account_id=account_id))
    Account.objects.filter(pk=account_id).update(is_active=active)


@dataclass(frozen=True)
class Preferences:
    """What somebody sets for themselves."""

    work_days: tuple[int, ...]
    theme: str
    language: str
    single_keys: bool
    covers_itself: bool


def set_preferences(account_id: UUID, preferences: Preferences) -> None:
    """Keep how somebody wants to work."""
    Account.objects.filter(pk=account_id).update(
        work_days=list(preferences.work_days),
        theme=preferences.theme,
        language=preferences.language,
        single_keys=preferences.single_keys,
        covers_itself=preferences.covers_itself,
    )


def keep_place(account_id: UUID, organisation_id: UUID) -> None:
    """Remember for whom somebody acted last: there they start next time."""
    Account.objects.filter(pk=account_id).update(worked_for_id=organisation_id)


def set_language(account_id: UUID, language: str) -> None:
    """Keep in which language somebody reads the pages."""
    Account.objects.filter(pk=account_id).update(language=language)


def yesterday() -> date:
    """Return the last day of a role that ends now."""
    return timezone.localdate() - timedelta(days=1)


def leave(account_id: UUID, *, organisation_id: UUID) -> bool:
    """End every role of somebody in an organisation today, and their place in its teams.

    Returns whether they still work somewhere; who does not can no longer sign in, and every session ends.
    """
    TeamMember.objects.filter(account_id=account_id, team__organisation_id=organisation_id).delete()
    _end_all(Membership.objects.unended().filter(account_id=account_id, organisation_id=organisation_id))
    elsewhere = Membership.objects.valid().filter(account_id=account_id).exists()
    if not elsewhere:
        set_active(account_id, active=False)
    return elsewhere
