"""`sluitend restore`: put a backup back, and end again in it what was destroyed or taken back since."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sluitend.cli import environment, putting_back
from sluitend.cli.errors import CommandError
from sluitend.cli.owner import as_owner, require_full_view

NOT_BROUGHT_UP = (
    "Deze database is teruggezet of verplaatst, en wat na de back-up vernietigd of ingetrokken is, staat er "
    "weer in. "
    "Draai `sluitend restore` voordat iemand aanmeldt."
)


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    `still_open` are the codes of reports that were not closed yet in the backup; `not_found` the names of
    organisations of which not everything is found under the keys of search that are here. `ended` is how much
    ended again that is no envelope, and `not_ended` the codes of what could not be.
    """

    envelopes: int
    reports: int
    sessions: int
    still_open: tuple[str, ...]
    not_found: tuple[str, ...]
    ended: int
    not_ended: tuple[str, ...]


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
    print(f"{done.ended} keer opnieuw ingetrokken of beëindigd wat na de back-up eindigde.")
    if done.not_ended:
        print(
            f"Dit ging daarbij niet open of mislukte: {', '.join(done.not_ended)}. Vraag bij elk na wat is "
            "ingetrokken, voordat iemand verder werkt. Wat een ander ervan las, opent die niet meer."
        )
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
        register = destructions.trusted_register()
        here = destructions.present(register.destroyed)
        living = _living(here)
        forget_destroyed(here)
        reports, still_open = destroy_again(here)
        destructions.replay()
        ended, not_ended = _end_again(register.ended)
        not_found = _found_again()
        sessions, _ = Session.objects.all().delete()
        standing.mark_standing(again=True)
        with acting(system_actor(PLATFORM_ID)) as actor:
            record(actor=actor, action="database.restored", activity="toegang")
    return Restored(len(living), reports, sessions, still_open, not_found, ended, not_ended)


def _end_again(ended: Mapping[UUID, date]) -> tuple[int, tuple[str, ...]]:
    """End again what ended since the backup, with what follows on it, and return what could not be ended.

    Each journey first, which says what follows; then the seals, and each matter that somebody still read.
    """
    from sluitend.kernel.flow.expiring import end_again
    from sluitend.kernel.manifest import enders
    from sluitend.kernel.sealing import endings

    since = endings.unknown(ended)
    endings.know(since)
    done = [each(since) for each in enders()] if since else []
    done.append(end_again(endings.drop_again(ended), since))
    return sum(each.done for each in done), tuple(code for each in done for code in each.left)


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
    return settings.SLUITEND_PUBLIC_ONLY or not standing.forgotten()


def _living(destroyed: list[UUID]) -> set[UUID]:
    from sluitend.kernel.sealing.models import MailboxSeal, Seal

    seals = Seal.objects.filter(envelope_id__in=destroyed).values_list("envelope_id", flat=True)
    mailboxes = MailboxSeal.objects.filter(envelope_id__in=destroyed).values_list("envelope_id", flat=True)
    return {*seals, *mailboxes}
