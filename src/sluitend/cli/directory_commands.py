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
    from sluitend.kernel.handbook.pack import Pack

KINDS = ("municipality", "partner", "region")


def organisation_add(arguments: Namespace) -> int:
    """Add one organisation, or all of the handbook, and make their keys."""
    if not arguments.from_pack and not (arguments.code and arguments.name and arguments.kind):
        raise CommandError("Geef --code, --name en --kind, of --from-pack voor alle organisaties.")
    with environment.django():
        added = _from_pack() if arguments.from_pack else [_add(arguments)]
        create_keys()
        for organisation_id in added:
            _note("organisation.added", ("organisation", organisation_id))
        print(
            f"{len(added)} organisaties toegevoegd, met sleutels. Kopieer keys.json naar het openbare proces."
        )
    return 0


def account_invite(arguments: Namespace) -> int:
    """Make the account of an administrator, with whom an organisation begins, and show the words once.

    The only one that an organisation has is invited anew: no colleague could do that.
    """
    with as_owner():
        from django.db import transaction

        from sluitend.kernel.followup.jobs import after_commit
        from sluitend.kernel.organisations.actions import Taken, add_account, found
        from sluitend.kernel.organisations.invitations import invite
        from sluitend.kernel.organisations.models import Organisation
        from sluitend.kernel.organisations.queries import account_named, only_administrator
        from sluitend.surfaces.desk.jobs import tell_person

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
        again = only_administrator(organisation.id)
        with transaction.atomic():
            try:
                # Who is invited anew keeps account and role: nobody else there could do it.
                renewed = again is not None and account_named(email) == again
                made = again if again and renewed else add_account(email=email, name=arguments.name)
            except Taken as error:
                raise CommandError(
                    f"Er is al een account met {email}. Een beheerder van de organisatie waar het thuis is, "
                    "nodigt bij Mensen opnieuw uit."
                ) from error
            if not renewed:
                found(made, organisation.id)
            words = invite(made)
            after_commit(tell_person, made)
            action = "account.invited_again" if renewed else "account.invited"
            _note(action, ("account", made), purpose=arguments.role)
    print(f"{arguments.name} krijgt op {email} een mail met een link, zodra de worker draait. Lees deze code")
    print("voor. Samen werken ze een week, tot er een wachtwoord is gekozen. De code staat nergens anders:")
    print(words)
    return 0


def account_lost_factor(arguments: Namespace) -> int:
    """Take the second factor off an account whose owner lost it, and end its password."""
    with environment.django():
        from django.db import transaction

        from sluitend.kernel.organisations.actions import lose_second_factor
        from sluitend.kernel.organisations.models import Account

        email = _email(arguments.email)
        account = Account.objects.filter(email=email).first()
        if account is None:
            raise CommandError(f"Er is geen account met {email}.")
        with transaction.atomic():  # never gone without its line in the ledger
            if not lose_second_factor(account.pk):
                raise CommandError(f"{email} heeft geen tweede stap.")
            _note("second_factor.lost", ("account", account.pk))
    print(f"De tweede stap van {email} is weg. Wachtwoord en sessies werken niet meer.")
    print("Een beheerder van de organisatie waar dit account thuis is, nodigt bij Mensen opnieuw uit.")
    print("Laat die eerst bellen of langsgaan: is dit echt wie het zegt?")
    return 0


def _add(arguments: Namespace) -> UUID:
    from sluitend.kernel.organisations.actions import Taken, add_organisation

    parts = _subregions(arguments.subregion)
    try:
        row = add_organisation(
            code=arguments.code,
            name=arguments.name,
            kind=arguments.kind,
            partner_key=arguments.code if arguments.kind == "partner" else "",
            subregion_ids=parts,
        )
    except Taken as error:
        raise CommandError(f"Er is al een organisatie met code {arguments.code}.") from error
    return row.id


def _from_pack() -> list[UUID]:
    from sluitend.kernel.handbook.directory import load_directory
    from sluitend.kernel.organisations.models import Organisation

    before = set(Organisation.objects.values_list("id", flat=True))
    return [row.id for row in load_directory(_pack()) if row.id not in before]


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


def _note(action: str, subject: tuple[str, UUID], *, purpose: str = "") -> None:
    """Keep a ledger line in the platform's own ledger: nobody of an organisation did this."""
    from sluitend.kernel.access.acting import acting, system_actor
    from sluitend.kernel.ledger.actions import record
    from sluitend.kernel.organisations.models import PLATFORM_ID

    with acting(system_actor(PLATFORM_ID)) as actor:
        record(actor=actor, action=action, subject=subject, activity=ACTIVITY, purpose=purpose)
