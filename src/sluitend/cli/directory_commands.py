"""`sluitend organisation` and `sluitend account`: the first organisations and people of an installation.

Afterwards the administrators do this on their own pages. Runs as the web server's role.
"""

from argparse import Namespace
from typing import TYPE_CHECKING
from uuid import UUID

from sluitend.cli import environment
from sluitend.cli.errors import CommandError
from sluitend.cli.key_commands import ACTIVITY, create_keys
from sluitend.cli.owner import as_owner

if TYPE_CHECKING:
    from sluitend.kernel.access.acting import Actor
    from sluitend.kernel.handbook.pack import Pack

KINDS = ("municipality", "partner", "region")


def organisation_add(arguments: Namespace) -> int:
    """Add one organisation, or all of the handbook, and make their keys."""
    if not arguments.from_pack and not (arguments.code and arguments.name and arguments.kind):
        raise CommandError("Geef --code, --name en --kind, of --from-pack voor alle organisaties.")
    with environment.django():
        create_keys()  # the line in the ledger asks for those of the platform
        added = _from_pack() if arguments.from_pack else _add(arguments)
        create_keys()
        print(f"{added} organisaties toegevoegd, met sleutels. Kopieer keys.json naar het openbare proces.")
    return 0


def account_invite(arguments: Namespace) -> int:
    """Make the account of an administrator, with whom an organisation begins, and show the words once.

    The only one that an organisation has is invited anew: no colleague could do that.
    """
    with as_owner():
        from sluitend.journeys.administration.actions import Taken, begin
        from sluitend.kernel.access.acting import acting
        from sluitend.kernel.organisations.models import Organisation

        organisation = Organisation.objects.filter(code=arguments.organisation).first()
        if organisation is None:
            raise CommandError(
                f"Er is geen organisatie met code {arguments.organisation}. Voeg haar toe met "
                "`sluitend organisation add`."
            )
        if arguments.role != "administrator":
            raise CommandError(
                f"De rol {arguments.role} past niet. Deze opdracht maakt alleen een administrator; die "
                "nodigt de anderen uit, en een tweede persoon bevestigt hun rol."
            )
        email = _email(arguments.email)
        try:
            with acting(_keeper()) as actor:
                words = begin(organisation.id, email=email, name=arguments.name, actor=actor)
        except Taken as error:
            raise CommandError(
                f"Er is al een account met {email}. Een beheerder van de organisatie waar het thuis is, "
                "nodigt bij Mensen opnieuw uit."
            ) from error
    print(f"{arguments.name} krijgt op {email} een mail met een link, zodra de worker draait. Lees deze code")
    print("voor. Samen werken ze een week, tot er een wachtwoord is gekozen. De code staat nergens anders:")
    print(words)
    return 0


def account_lost_factor(arguments: Namespace) -> int:
    """Take the second factor off an account whose owner lost it, and end its password."""
    with environment.django():
        from sluitend.journeys.administration.actions import lose_second_factor
        from sluitend.kernel.access.acting import acting
        from sluitend.kernel.organisations.models import Account

        email = _email(arguments.email)
        account = Account.objects.filter(email=email).first()
        if account is None:
            raise CommandError(f"Er is geen account met {email}.")
        with acting(_keeper()) as actor:
            if not lose_second_factor(account.pk, actor):
                raise CommandError(f"{email} heeft geen tweede stap.")
    print(f"De tweede stap van {email} is weg. Wachtwoord en sessies werken niet meer.")
    print("Een beheerder van de organisatie waar dit account thuis is, nodigt bij Mensen opnieuw uit.")
    print("Laat die eerst bellen of langsgaan: is dit echt wie het zegt?")
    return 0


def _add(arguments: Namespace) -> int:
    """Add one organisation. Returns how many that are."""
    from sluitend.journeys.administration.actions import NewOrganisation, add_organisation
    from sluitend.kernel.access.acting import acting
    from sluitend.kernel.access.errors import DomainError

    new = NewOrganisation(
        code=arguments.code,
        name=arguments.name,
        kind=arguments.kind,
        partner_key=arguments.code if arguments.kind == "partner" else "",
        mail="",
        telephone="",
        subregion_ids=tuple(_subregions(arguments.subregion)),
    )
    try:
        with acting(_keeper()) as actor:
            add_organisation(new, actor)
    except DomainError as error:
        raise CommandError(f"Er is al een organisatie met code {arguments.code}.") from error
    return 1


def _from_pack() -> int:
    """Add what the handbook has and the directory lacks. Returns how many that are."""
    from sluitend.kernel.access.acting import acting
    from sluitend.kernel.handbook.directory import load_directory
    from sluitend.kernel.ledger.actions import record_many
    from sluitend.kernel.organisations.models import Organisation

    with acting(_keeper()) as actor:
        before = set(Organisation.objects.values_list("id", flat=True))
        added = [("organisation", row.id) for row in load_directory(_pack()) if row.id not in before]
        record_many(actor=actor, action="organisation.added", subjects=added, activity=ACTIVITY)
    return len(added)


def _pack() -> "Pack":
    from sluitend.kernel.handbook.queries import NoRelease, current_release

    try:
        return current_release().pack
    except NoRelease as error:
        raise CommandError(
            "Er is nog geen handreiking uitgegeven. Draai eerst `sluitend prepare`."
        ) from error


def _subregions(codes: list[str]) -> list[UUID]:
    from sluitend.kernel.handbook.directory import load_subregions

    if not codes:
        return []
    known = load_subregions(_pack())
    if unknown := sorted(set(codes) - known.keys()):
        raise CommandError(
            f"Onbekende subregio: {', '.join(unknown)}. Bekend zijn: {', '.join(sorted(known))}."
        )
    return [known[code].id for code in codes]


def _email(text: str) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise CommandError(f"{text} is geen e-mailadres.") from error
    return address


def _keeper() -> "Actor":
    """Return who acts: whoever keeps the server is of no organisation, so the platform has the lines."""
    from sluitend.kernel.access.acting import system_actor
    from sluitend.kernel.organisations.models import PLATFORM_ID

    return system_actor(PLATFORM_ID)
