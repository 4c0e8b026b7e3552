"""`sluitend ledger`: check it, or link and sign by hand."""

from argparse import Namespace
from typing import TYPE_CHECKING
from uuid import UUID

from sluitend.cli import environment
from sluitend.cli.owner import as_owner

if TYPE_CHECKING:
    from sluitend.kernel.ledger.verification import Finding
    from sluitend.kernel.sealing.comparing import Difference

WORDS = {
    "changed": "gewijzigd",
    "removed": "weggehaald",
    "inserted": "toegevoegd",
    "recomputed": "herrekend",
    "cut_off": "staart eraf",
    "missing": "wel in het dagboek, niet in de database",
    "unlinked": "niet geschakeld",
    "bad_checkpoint": "controlepunt vals",
}
UNLIKE = {
    "other_words": "andere tekst dan er geschreven is",
    "other_end": "een andere stand dan er geschreven is",
    "not_remembered": "niet geschreven door Sluitend",
    "away": "weg, en niet vernietigd",
    "no_proof": "zonder geldig bewijs",
    "no_end": "gesloten of gedaan, en geen regel zegt dat iemand dat deed",
    "other_line": "de regels over wat er geschreven is, zijn veranderd",
}


def ledger_verify(arguments: Namespace) -> int:
    """Check the whole ledger against its chain, the checkpoints in SLUITEND_CHECKPOINTS and the diary, and
    with `--against` against those that a second party holds.

    Runs as the owner of the tables: a web role sees no line outside an organisation, and would find nothing.
    """
    with as_owner():
        from django.conf import settings

        from sluitend.kernel.followup.ends import steps_without_line
        from sluitend.kernel.ledger.checkpoints import read_checkpoints
        from sluitend.kernel.ledger.content import content_differences
        from sluitend.kernel.ledger.heads import held_elsewhere
        from sluitend.kernel.ledger.models import Event
        from sluitend.kernel.ledger.verification import missing, verify
        from sluitend.kernel.organisations.models import Organisation

        elsewhere = held_elsewhere(arguments.against) if arguments.against else []
        points = read_checkpoints(settings.SLUITEND_CHECKPOINTS) + elsewhere
        findings = verify(points, organisations=_everybody({point.organisation_id for point in points}))
        findings += missing(settings.SLUITEND_DIARY)
        lines = Event.objects.count()
        names = dict(Organisation.objects.values_list("id", "name"))
        unlike = [*content_differences(), *steps_without_line()]
        for each in unlike:
            print(_unlike(each, names.get(each.organisation_id, "onbekend")))
        for finding in findings:
            print(_sentence(finding, names.get(finding.organisation_id, "onbekend")))
    print(f"{lines} regels nagekeken tegen {len(points)} controlepunten.")
    if findings or unlike:
        print(f"{len(findings) + len(unlike)} afwijkingen.")
        return 1
    if arguments.against and not elsewhere:
        print(f"In {arguments.against} staat geen controlepunt.")
        return 1
    if not points:
        print(
            f"In {settings.SLUITEND_CHECKPOINTS} staat geen controlepunt. Zonder controlepunt "
            "blijft onzichtbaar wat is weggehaald of herrekend. Zet SLUITEND_CHECKPOINTS op uw kopie."
        )
        return 1
    print("Het logboek klopt.")
    return 0


def _everybody(known: set[UUID]) -> set[UUID]:
    """Return every organisation that has a chain, also one of which only a checkpoint still knows."""
    from sluitend.kernel.ledger.models import Event, Link
    from sluitend.kernel.organisations.models import Organisation

    found = known | set(Organisation.objects.values_list("id", flat=True))
    found |= set(Event.objects.order_by().values_list("organisation_id", flat=True).distinct())
    found |= set(Link.objects.order_by().values_list("organisation_id", flat=True).distinct())
    # What nobody can read as a checkpoint has no organisation.
    return found - {UUID(int=0)}


def _unlike(found: "Difference", name: str) -> str:
    return f"{found.table} ({UNLIKE[found.unlike]}): {name}, rij {found.row_id}"


def _sentence(finding: "Finding", name: str) -> str:
    parts = [f"{finding.kind} ({WORDS[finding.kind]}): {name}, organisatie {finding.organisation_id}"]
    if finding.position is not None:
        until = f" tot en met {finding.until}" if finding.until else ""
        parts.append(f"regel {finding.position}{until}")
    if finding.event_id is not None:
        parts.append(f"gebeurtenis {finding.event_id}")
    return ", ".join(parts)


def ledger_checkpoint(arguments: Namespace) -> int:
    """Take in what came from the public on days that are over, link what is new and sign a checkpoint."""
    with environment.django("SLUITEND_WORKER_URL"):
        from sluitend.kernel.access.acting import acting, system_actor
        from sluitend.kernel.ledger.actions import take_in
        from sluitend.kernel.ledger.chain import link_all, sign_checkpoint
        from sluitend.kernel.organisations.models import PLATFORM_ID

        with acting(system_actor(PLATFORM_ID)):
            take_in()
        lines = 0
        while more := link_all():
            lines += more
        print(f"{lines} regels geschakeld, {sign_checkpoint()} ketens ondertekend.")
    return 0
