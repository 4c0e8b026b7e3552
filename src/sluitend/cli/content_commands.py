"""`sluitend content`: what was sealed before there were proofs."""

from argparse import Namespace

from sluitend.cli.errors import CommandError
from sluitend.cli.key_commands import note
from sluitend.cli.owner import as_owner

NAMED_AT_MOST = 20
ADOPTED_NOW = "content.adopted"
"""What the ledger says once it is done."""


def content_adopt(arguments: Namespace) -> int:
    """Prove what is there as found, once, and read nothing without a proof from then on."""
    with as_owner():
        return adopt_all()


def adopt_all(*, again: bool = False) -> int:
    """Prove what is there, tell what does not open, and return the exit status."""
    from sluitend.kernel.organisations.models import PLATFORM_ID
    from sluitend.kernel.sealing.adopting import AlreadyAdopted, adopt
    from sluitend.kernel.sealing.errors import NoKey

    try:
        done = adopt(again=again)
    except AlreadyAdopted as error:
        print(f"Dit is gedaan op {error.args[0]}. Er is niets veranderd: wie tabellen kan schrijven,")
        print("kon anders eigen tekst laten bewijzen.")
        return 0
    except NoKey as error:
        raise CommandError(f"De sleutel {error} ontbreekt. Draai eerst `sluitend keys create`.") from error
    note(PLATFORM_ID, ADOPTED_NOW)
    print(f"{done.values} teksten bewezen als aangetroffen. Vanaf nu wordt niets zonder bewijs getoond.")
    shut = done.shut or []
    for place in shut[:NAMED_AT_MOST]:
        print(f"Gaat niet open en blijft zonder bewijs: {place}")
    if shut:
        print(f"{len(shut)} teksten zijn niet te lezen. Zoek uit waardoor.")
    return 1 if shut else 0
