"""The region as the handbook names it, and the invented people who work there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from sluitend.journeys.administration.actions.agreements import catch_up_cover
from sluitend.kernel.handbook.directory import load_directory
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.models import (
    CONFIRMERS,
    FOUNDED,
    NEEDS_SECOND,
    Account,
    Membership,
    Organisation,
    PoolAgreement,
    PoolMember,
    Role,
)
from sluitend.kernel.sealing.keys import create_keys


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in to the demonstration."""

    email: str
    name: str
    organisation: str
    role: Role
    reporter_role: str = ""
    work_days: tuple[int, ...] = (1, 2, 3, 4, 5)


WESTLAND, DEN_HAAG, LEIDEN = "GM1783", "GM0518", "GM0546"

PEOPLE = (
    Person("melder@westland.example", "Joost Vermeer", WESTLAND, Role.REPORTER, "brp"),
    Person("af@westland.example", "Noor de Bruin", WESTLAND, Role.FOCAL_POINT, work_days=(2, 4)),
    Person("vervanger@westland.example", "Samira Haddou", WESTLAND, Role.DEPUTY),
    Person("manager@westland.example", "Wim Kester", WESTLAND, Role.MANAGER),
    Person("fg@westland.example", "Irene Tolsma", WESTLAND, Role.PRIVACY_OFFICER),
    Person("toezicht@westland.example", "Jeroen Valk", WESTLAND, Role.INSPECTOR),
    Person("beheer@westland.example", "Ravi Sital", WESTLAND, Role.ADMINISTRATOR),
    Person("melder@denhaag.example", "Esra Demir", DEN_HAAG, Role.REPORTER, "huisvesting"),
    Person("af@denhaag.example", "Thijs van Rooden", DEN_HAAG, Role.FOCAL_POINT),
    Person("vervanger@denhaag.example", "Mila Jonker", DEN_HAAG, Role.DEPUTY),
    Person("team.bos@denhaag.example", "Ruben Bos", DEN_HAAG, Role.FOCAL_POINT),
    Person("team.elmasri@denhaag.example", "Layla el Masri", DEN_HAAG, Role.FOCAL_POINT, work_days=(1, 2, 4)),
    Person("team.kramer@denhaag.example", "Joke Kramer", DEN_HAAG, Role.FOCAL_POINT, work_days=(3, 4, 5)),
    Person("team.ferreira@denhaag.example", "Tiago Ferreira", DEN_HAAG, Role.DEPUTY),
    Person("manager@denhaag.example", "Carla Groot", DEN_HAAG, Role.MANAGER),
    Person("fg@denhaag.example", "Sander Wolf", DEN_HAAG, Role.PRIVACY_OFFICER),
    Person("beheer@denhaag.example", "Lotte Zijlstra", DEN_HAAG, Role.ADMINISTRATOR),
    Person("melder@leiden.example", "Bas Kuiper", LEIDEN, Role.REPORTER, "wmo"),
    Person("af@leiden.example", "Hanneke Post", LEIDEN, Role.FOCAL_POINT, work_days=(1, 3, 5)),
    Person("vervanger@leiden.example", "Omar Saidi", LEIDEN, Role.DEPUTY),
    Person("manager@leiden.example", "Ineke Brands", LEIDEN, Role.MANAGER),
    Person("fg@leiden.example", "Daan Mulder", LEIDEN, Role.PRIVACY_OFFICER),
    Person("beheer@leiden.example", "Femke Oud", LEIDEN, Role.ADMINISTRATOR),
    Person("avim@politie.example", "Koen Aalders", "avim", Role.PARTNER),
    Person("heit@denhaag.example", "Marieke Stam", "heit", Role.PARTNER),
    Person("nla@arbeidsinspectie.example", "Peter Lansink", "arbeidsinspectie", Role.PARTNER),
    Person("riec@riec.example", "Yasmin Ouali", "riec", Role.PARTNER),
    Person("zorg@shop.example", "Anouk Reijnders", "shop", Role.PARTNER),
    Person("zorg@legerdesheils.example", "Gerrit Blom", "leger_des_heils", Role.PARTNER),
    Person("vt@veiligthuis.example", "Linda Faber", "vt_haaglanden", Role.PARTNER),
    Person("zvh@zvh-haaglanden.example", "Rob Tuinstra", "zvh_haaglanden", Role.PARTNER),
    Person("ggd@ggdhaaglanden.example", "Nadia Smit", "ggd_haaglanden", Role.PARTNER),
    Person("beheer@rsiv.example", "Hilde Brouwer", "rsiv", Role.ADMINISTRATOR),
    Person("regio@rsiv.example", "Merel van Dijk", "rsiv", Role.REGIONAL_COORDINATOR),
    Person("handboek@rsiv.example", "Joris Wiersma", "rsiv", Role.REGIONAL_COORDINATOR),
)

CARE_TEAM = (
    Person("zorg2@shop.example", "Dilan Aksoy", "shop", Role.PARTNER, work_days=(1, 2, 4)),
    Person("zorg3@shop.example", "Mark Visser", "shop", Role.PARTNER, work_days=(3, 4, 5)),
    Person("beheer@shop.example", "Petra Winters", "shop", Role.ADMINISTRATOR),
    Person("beheer2@shop.example", "Sami Bakkali", "shop", Role.ADMINISTRATOR),
)
"""Who works beside the coordinator of care, and who looks after that organisation."""
EVERYBODY = (*PEOPLE, *CARE_TEAM)
REGION = "rsiv"
ADMINISTRATORS = {
    REGION: "beheer@rsiv.example",
    DEN_HAAG: "beheer@denhaag.example",
    LEIDEN: "beheer@leiden.example",
}
COVER = (
    ("Waarneming Haaglanden", "haaglanden", DEN_HAAG),
    ("Waarneming Hollands Midden", "hollands_midden", LEIDEN),
)
NOT_CONNECTED = ("GM0569", "GM1901")
COVERED_FOR = 400
"""Days ago on which the agreements began: before the year that is told."""


def stands_in_for(town: Organisation) -> str:
    """Return the code of the municipality whose people stand in for another, or nothing."""
    if town.code in (WESTLAND, DEN_HAAG, LEIDEN, *NOT_CONNECTED):
        return ""
    parts = set(town.subregions.values_list("code", flat=True))
    return next((standing_in for _reference, part, standing_in in COVER if part in parts), "")


def load_region(pack: Pack, *, password: str) -> list[Organisation]:
    """Make the organisations of the pack and the people of the demonstration; again is harmless.

    Runs as the owner of the tables: no other role writes who has which role.

    Args:
        pack: the handbook whose municipalities and partners become organisations.
        password: of every account.

    Returns:
        The organisations that need keys.
    """
    create_keys(settings.SLUITEND_KEYS, ())  # a password and a role stand under one of them
    organisations = load_directory(pack)
    load_people(PEOPLE, password)
    _load_cover()
    return organisations


def _load_cover() -> None:
    """Let those who work stand in where nobody does, but for two municipalities, which take no part yet."""
    who = dict(Account.objects.filter(email__in=ADMINISTRATORS.values()).values_list("email", "pk"))
    today = timezone.localdate()
    since, until = today - timedelta(days=COVERED_FOR), today + timedelta(days=730)
    for reference, subregion, standing_in in COVER:
        agreement, new = PoolAgreement.objects.get_or_create(
            reference=reference, defaults={"since": since, "until": until}
        )
        if not new:
            continue
        silent = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY, subregions__code=subregion)
        covered = silent.exclude(code__in=[WESTLAND, DEN_HAAG, LEIDEN, *NOT_CONNECTED])
        members = [(each.pk, True, who[ADMINISTRATORS[REGION]]) for each in covered]
        stands = Organisation.objects.get(code=standing_in)
        members.append((stands.pk, False, who[ADMINISTRATORS[standing_in]]))
        PoolMember.objects.bulk_create(
            PoolMember(
                agreement=agreement, organisation_id=pk, covered=is_covered, agreed_by_id=by, agreed_on=since
            ).prove()
            for pk, is_covered, by in members
        )
    catch_up_cover()
    # The worker makes this a week again, each five minutes; a template of the tests has none.
    rows = list(Membership.objects.filter(agreement__members__covered=True).distinct())
    for row in rows:
        row.since, row.accepted_on, row.until = since, since, today + timedelta(days=60)
        row.prove()
    Membership.objects.bulk_update(rows, ["since", "until", "accepted_on", "proof"])


def load_people(people: Iterable[Person], password: str) -> None:
    """Give each of these an account and a role, as the owner of the tables; again is harmless."""
    accounts = {person: _account(person, password) for person in people}
    for person, account in accounts.items():
        _role(person, account, accounts)


def _account(person: Person, password: str) -> Account:
    account = Account.objects.filter(email=person.email).first() or Account.objects.create_user(
        person.email, person.name, password
    )
    account.work_days = list(person.work_days)
    account.home = Organisation.objects.get(code=person.organisation)
    if account.last_login is None:  # who never signed in has no work, and is told nothing
        account.last_login = timezone.now()
    account.save(update_fields=["work_days", "home", "last_login"])
    return account


def _role(person: Person, account: Account, accounts: dict[Person, Account]) -> None:
    """Give the role as the pages would: offered by the administrator, confirmed by the privacy officer.

    Those two and the manager, and everybody of a partner, were there at the start.
    """
    there = {other.role: row for other, row in accounts.items() if other.organisation == person.organisation}
    there_at_start = CONFIRMERS - {Role.FOCAL_POINT} | {Role.PARTNER}
    founder = person.role in there_at_start or Role.ADMINISTRATOR not in there
    offered = not founder and person.role is not Role.ADMINISTRATOR
    needs = person.role in NEEDS_SECOND
    second = there[Role.PRIVACY_OFFICER].pk if offered and needs else FOUNDED
    today = timezone.localdate()
    if Membership.objects.filter(account=account, organisation=account.home, role=person.role).exists():
        return
    Membership(
        account=account,
        organisation=account.home,
        role=person.role,
        reporter_role=person.reporter_role,
        invited_by=there[Role.ADMINISTRATOR].pk if offered else None,
        offered_on=today,
        confirmed_by=second if needs else None,
        confirmed_on=today if needs else None,
        accepted_on=today,
    ).prove().save(force_insert=True)
