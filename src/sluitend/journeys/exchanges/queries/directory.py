"""The directory: who answers where, on which days, and how sure that is. It says nothing about any matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR

from sluitend.journeys.exchanges.journey import DIRECTORY, DIRECTORY_CONFIRM, QUESTION_SEND
from sluitend.journeys.exchanges.models import ACTIVITY, DirectoryEntry, DirectoryPerson
from sluitend.journeys.exchanges.queries.addressees import ANSWERS_FOR
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may, require_role
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Absence, Membership, Organisation, Role
from sluitend.kernel.organisations.reading import reading

HALF_A_YEAR = timedelta(days=183)
"""After so long what nobody confirmed is shown as unconfirmed."""

KINDS = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.PARTNER)


@dataclass(frozen=True)
class Contact:
    """A focal point or deputy. `away_until` and `stands_in` say who to ask today."""

    name: str
    role_words: str
    days: str
    telephone: str
    away_until: date | None
    stands_in: str


@dataclass(frozen=True)
class Entry:
    """An organisation in the directory."""

    code: str
    name: str
    areas: tuple[str, ...]
    task: str
    telephone: str
    """Its own number, or else that of the handbook."""
    telephone_sure: bool
    """Whether it is its own number, or one that the handbook has confirmed."""
    contacts: tuple[Contact, ...]
    confirmed_on: date | None
    confirmed: bool
    may_ask: bool
    reads: bool
    """Whether somebody reads there: of a municipality, that it is connected or covered."""


@dataclass(frozen=True)
class Directory:
    """Municipalities and partners by name, and the own entry of whoever looks."""

    municipalities: tuple[Entry, ...]
    partners: tuple[Entry, ...]
    own: Entry | None
    own_telephone: str
    has_own_number: bool
    may_confirm: bool

    @property
    def answering(self) -> tuple[Entry, ...]:
        """The municipalities where somebody reads."""
        return tuple(each for each in self.municipalities if each.reads)

    @property
    def silent(self) -> tuple[Entry, ...]:
        """The municipalities where nobody reads yet: whom to call."""
        return tuple(each for each in self.municipalities if not each.reads)


def directory(actor: Actor, *, named: str = "") -> Directory:
    """Return the directory. A fixed number of statements, however many organisations there are.

    Args:
        actor: who looks.
        named: part of a name of an organisation or a focal point; everything when empty.
    """
    require_role(actor, DIRECTORY)
    rows = list(Organisation.objects.filter(kind__in=KINDS).prefetch_related("subregions").order_by("name"))
    known = _Known(rows)
    entries = {row.id: _entry(row, known, actor) for row in rows}
    record(actor=actor, action=DIRECTORY, activity=ACTIVITY)
    shown_rows = [row for row in rows if _fits(entries[row.id], named)]
    mine = known.numbers.get((actor.own_organisation, actor.account_id), "")
    return Directory(
        municipalities=tuple(entries[row.id] for row in shown_rows if row.kind == KINDS[0]),
        partners=tuple(entries[row.id] for row in shown_rows if row.kind == KINDS[1]),
        own=entries.get(actor.own_organisation),
        own_telephone=mine,
        has_own_number=bool(actor.roles & {Role.FOCAL_POINT, Role.DEPUTY}),
        may_confirm=actor.own_organisation in entries and may(actor, DIRECTORY_CONFIRM),
    )


class _Known:
    """What the entries are made of, read once for all of them."""

    def __init__(self, rows: list[Organisation]) -> None:
        today = timezone.localdate()
        roles = [role for kind in KINDS for role in ANSWERS_FOR[kind]]
        members = Membership.objects.at_work().filter(role__in=roles)
        self.pack: Pack = current_release().pack
        self.members: dict[UUID, list[Membership]] = {}
        for each in members.select_related("account", "home").order_by("role", "account__name"):
            self.members.setdefault(each.organisation_id, []).append(each)
        away = Absence.objects.filter(first__lte=today, last__gte=today).select_related("deputy")
        self.away: Mapping[tuple[UUID, UUID], Absence] = {
            (each.organisation_id, each.account_id): each for each in away
        }
        self.confirmed = dict(DirectoryEntry.objects.values_list("organisation_id", "confirmed_on"))
        self.numbers: dict[tuple[UUID, UUID | None], str] = {
            (organisation, account): telephone
            for organisation, account, telephone in DirectoryPerson.objects.values_list(
                "organisation_id", "account_id", "telephone"
            )
        }
        self.ids = {row.id for row in rows}
        self.reading = reading()


def _entry(row: Organisation, known: _Known, actor: Actor) -> Entry:
    partner = known.pack.partners.get(row.partner_key) if row.partner_key else None
    members = known.members.get(row.id, [])
    on = known.confirmed.get(row.id)
    line = known.pack.help_lines.get(partner.help_line) if partner and partner.help_line else None
    listed = line if line and any(sign.isdigit() for sign in line.number) else None
    is_municipality = row.kind == Organisation.Kind.MUNICIPALITY
    reads = row.id in known.reading if is_municipality else bool(members)
    return Entry(
        code=row.code,
        name=row.name,
        areas=tuple(sorted(part.name for part in row.subregions.all())),
        task=shown(partner.task) if partner else "",
        telephone=row.telephone or (listed.number if listed else ""),
        telephone_sure=bool(row.telephone or (listed and listed.confirmed)),
        # Of a partner only the organisation is named: who works there is no business of the directory.
        contacts=tuple(_contact(each, known) for each in members) if is_municipality else (),
        confirmed_on=on,
        confirmed=on is not None and on >= timezone.localdate() - HALF_A_YEAR,
        # A municipality asks from a case, where the handbook says what of whom.
        may_ask=reads and is_municipality and may(actor, QUESTION_SEND),
        reads=reads,
    )


def _contact(member: Membership, known: _Known) -> Contact:
    away = known.away.get((member.organisation_id, member.account_id))
    role = str(Role(member.role).label)
    return Contact(
        name=member.account.name,
        role_words=f"{role}, {member.home.name}" if member.home else role,
        days=", ".join(str(WEEKDAYS_ABBR[day - 1]) for day in member.account.work_days if 1 <= day <= 7),
        telephone=known.numbers.get((member.organisation_id, member.account_id), ""),
        away_until=away.last if away else None,
        stands_in=away.deputy.name if away and away.deputy else "",
    )


def _fits(entry: Entry, named: str) -> bool:
    wanted = named.strip().casefold()
    return not wanted or any(
        wanted in each.casefold()
        for each in (entry.name, entry.task, *entry.areas, *(one.name for one in entry.contacts))
    )
