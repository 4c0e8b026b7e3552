"""`sluitend restore`: put a backup back, and destroy again in it what was destroyed since."""

from argparse import Namespace
from dataclasses import dataclass
from uuid import UUID

from sluitend.cli import environment, putting_back
from sluitend.cli.errors import CommandError
from sluitend.cli.owner import as_owner, require_full_view

NOT_BROUGHT_UP = (
    "Deze database is teruggezet of verplaatst, en wat na de back-up vernietigd is, staat er weer in. "
    "Draai `sluitend restore` voordat iemand aanmeldt."
)


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    `still_open` are the codes of reports that were not closed yet in the backup; `not_found` the names of
    organisations of which not everything is found under the keys of search that are here.
    """

    envelopes: int
    reports: int
    sessions: int
    still_open: tuple[str, ...]
    not_found: tuple[str, ...]


def restore(arguments: Namespace) -> int:
    """Put a backup back when one is named, replay the register of destructions, and mark the database.

    Without `--from` the administrator has put the database there by another way.
    """
    if arguments.keys:
        return putting_back.put_keys_back(arguments)
    if arguments.file is None:
        with as_owner():
            _bring_up_and_tell()
        return 0
    with environment.django("SLUITEND_OWNER_URL"):
        header = putting_back.put_back(arguments.file, arguments.key, replace=arguments.replace)
        require_full_view()
        _bring_up_and_tell()
        return putting_back.compare_ledger(header)


def _bring_up_and_tell() -> None:
    from sluitend.kernel.sealing.errors import RegisterBad

    try:
        done = bring_up_to_date()
    except RegisterBad as error:
        raise CommandError(
            "Het register van vernietigingen is veranderd of ontbreekt. Er is niets vernietigd en niemand "
            "kan aanmelden. Zet de nieuwste destructions.jsonl in SLUITEND_KEYS, zoek uit wie haar "
            "veranderde, en draai `sluitend restore` opnieuw."
        ) from error
    print(f"{done.envelopes} enveloppen opnieuw vernietigd, waarvan {done.reports} meldingen.")
    print(f"{done.sessions} sessies beëindigd. Iedereen meldt zich opnieuw aan.")
    if done.still_open:
        print(f"In de back-up nog open, nu zonder inhoud; sluit ze: {', '.join(done.still_open)}.")
    if done.not_found:
        print(
            f"Niet alles is te vinden bij: {', '.join(done.not_found)}. Draai `sluitend keys create` en dan "
            "`sluitend keys renew-tokens`, voordat iemand aanmeldt."
        )


def bring_up_to_date() -> Restored:
    """Do all of it or nothing, as the owner of the tables.

    Raises:
        RegisterBad: the register is not to be trusted.
    """
    from django.contrib.sessions.models import Session
    from django.db import transaction

    from sluitend.forms.actions import forget_destroyed
    from sluitend.journeys.reports.actions import destroy_again
    from sluitend.kernel.access.acting import acting, system_actor
    from sluitend.kernel.ledger.actions import record
    from sluitend.kernel.organisations.models import PLATFORM_ID
    from sluitend.kernel.sealing import destructions, standing

    with transaction.atomic():
        destroyed = destructions.trusted_register()
        living = _living(destroyed)
        forget_destroyed(destroyed)
        reports, still_open = destroy_again(destroyed)
        destructions.replay()
        not_found = _found_again()
        sessions, _ = Session.objects.all().delete()
        standing.mark_standing(again=True)
        with acting(system_actor(PLATFORM_ID)) as actor:
            record(actor=actor, action="database.restored", activity="toegang")
    return Restored(len(living), reports, sessions, still_open, not_found)


def _found_again() -> tuple[str, ...]:
    """Index all that was put back under the keys of search of now, and return where that was not done.

    A backup of before `keys renew-tokens` has tokens of a key that is gone: nothing in it would be found,
    and what somebody asked to wait for would be let through.
    """
    from django.db import transaction

    from sluitend.cli.token_commands import index_all
    from sluitend.kernel.organisations.models import Organisation
    from sluitend.kernel.sealing.errors import NoKey

    left = list[str]()
    for organisation_id, name in Organisation.objects.order_by("name").values_list("id", "name"):
        try:
            with transaction.atomic():
                done = index_all(organisation_id)
        except NoKey:
            done = False
        left += [] if done else [name]
    return tuple(left)


def is_up_to_date() -> bool:
    """Return whether nothing waits for `sluitend restore`; a public process sees only part of it."""
    from django.conf import settings

    from sluitend.kernel.sealing import standing

    if not standing.stands_where_it_was():
        return False
    return settings.SLUITEND_PUBLIC_ONLY or not standing.forgotten_destructions()


def _living(destroyed: list[UUID]) -> set[UUID]:
    from sluitend.kernel.sealing.models import MailboxSeal, Seal

    seals = Seal.objects.filter(envelope_id__in=destroyed).values_list("envelope_id", flat=True)
    mailboxes = MailboxSeal.objects.filter(envelope_id__in=destroyed).values_list("envelope_id", flat=True)
    return {*seals, *mailboxes}
