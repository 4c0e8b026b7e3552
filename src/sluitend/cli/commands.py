"""What each command of `sluitend` does. Each returns an exit status."""

from argparse import Namespace
from pathlib import Path

from sluitend.cli import environment
from sluitend.cli.clean import clean
from sluitend.cli.errors import CommandError
from sluitend.cli.launch import demo, serve

__all__ = [
    "clean",
    "demo",
    "doctor",
    "handbook_check",
    "handbook_publish",
    "keys_create",
    "keys_rotate",
    "ledger_checkpoint",
    "ledger_verify",
    "migrate",
    "prepare",
    "ready",
    "serve",
    "worker",
]


def migrate(arguments: Namespace) -> int:
    """Bring the database up to date, as its owner."""
    with environment.django("SLUITEND_OWNER_URL"):
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
    return 0


def worker(arguments: Namespace) -> int:
    """Work on the queue until a signal comes."""
    with environment.django("SLUITEND_WORKER_URL"):
        from django.core.management import call_command

        call_command("procrastinate", "worker", "--concurrency=2", "--shutdown-graceful-timeout=10")
    return 0


def prepare(arguments: Namespace) -> int:
    """Publish the handbook, make missing keys and, in a demonstration, load the invented data once."""
    with environment.django():
        from django.conf import settings

        _publish(settings.SLUITEND_PACK)
        _create_keys()
        loaded = settings.DATA / ".demo-loaded"
        if settings.DEMO and not loaded.exists():
            from sluitend.demo import load

            load()
            loaded.touch()
    return 0


def ready(arguments: Namespace) -> int:
    """Check the promises and collect the static files: what goes before the web server."""
    with environment.django():
        from sluitend.cli import checks
        from sluitend.cli.static import collect

        if not checks.report(brief=True):
            return 1
        collect()
    return 0


def doctor(arguments: Namespace) -> int:
    """Say of every promise whether this installation keeps it."""
    with environment.django():
        from sluitend.cli import checks

        return 0 if checks.report(brief=False) else 1


def handbook_check(arguments: Namespace) -> int:
    """Read a pack and name every mistake in it."""
    from sluitend.kernel.handbook.loading import load_pack
    from sluitend.kernel.handbook.problems import PackInvalid

    try:
        load_pack(arguments.folder or environment.PACK)
    except PackInvalid as error:
        raise CommandError(f"{error}\n{len(error.problems)} fouten in het pakket.") from error
    print("Het pakket klopt.")
    return 0


def handbook_publish(arguments: Namespace) -> int:
    """Publish a pack as the next numbered release."""
    with environment.django():
        from django.conf import settings

        _publish(arguments.folder or settings.SLUITEND_PACK)
    return 0


def keys_create(arguments: Namespace) -> int:
    """Make keys for the organisations that have none."""
    with environment.django():
        _create_keys()
    return 0


def keys_rotate(arguments: Namespace) -> int:
    """Give every organisation a new key and seal what lives to it."""
    with environment.django():
        from sluitend.kernel.access.acting import acting, system_actor
        from sluitend.kernel.organisations.models import Organisation
        from sluitend.kernel.sealing.keys import rotate

        for organisation in Organisation.objects.all():
            with acting(system_actor(organisation.id)):
                moved = rotate(organisation.id)
            print(f"{organisation.name}: {moved} zegels overgezet.")
    return 0


def ledger_verify(arguments: Namespace) -> int:
    """Check the ledger against its own chain and the checkpoints that this machine holds."""
    with environment.django():
        from django.conf import settings

        from sluitend.kernel.ledger.chain import verify

        findings = verify(settings.SLUITEND_CHECKPOINTS)
    for finding in findings:
        place = f"regel {finding.position}" if finding.position is not None else f"{finding.event_id or ''}"
        print(f"{finding.kind}: organisatie {finding.organisation_id} {place}".rstrip())
    print(f"{len(findings)} afwijkingen." if findings else "Het logboek klopt.")
    return 1 if findings else 0


def ledger_checkpoint(arguments: Namespace) -> int:
    """Link what is new in the ledger and sign a checkpoint."""
    with environment.django():
        from sluitend.kernel.ledger.chain import link_all, sign_checkpoint

        print(f"{link_all()} regels geschakeld, {sign_checkpoint()} ketens ondertekend.")
    return 0


def _publish(folder: Path) -> None:
    from sluitend.kernel.handbook.actions import publish
    from sluitend.kernel.handbook.problems import PackInvalid

    try:
        release = publish(folder, actor_name="sluitend handbook publish")
    except PackInvalid as error:
        raise CommandError(f"{error}\nHet pakket in {folder} is niet uitgegeven.") from error
    print(f"De handreiking is uitgave {release.number}.", flush=True)


def _create_keys() -> None:
    from django.conf import settings

    from sluitend.kernel.organisations.models import Organisation
    from sluitend.kernel.sealing.keys import copy_register, create_keys

    copy_register(create_keys(settings.SLUITEND_KEYS, Organisation.objects.values_list("id", flat=True)))
