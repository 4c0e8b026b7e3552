"""The directory: who answers where, on which days, and how sure that is. It says nothing about any matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR

from sluitend.journeys.exchanges.journey import (
    DIRECTORY,
    DIRECTORY_CHECK,
    DIRECTORY_CONFIRM,
    QUESTION_SEND,
)
from sluitend.journeys.exchanges.listed import asked_from, holds_until
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
    hours: str
    """When that number is answered, where it is of the handbook."""
    other_telephone: str
    """The number of the handbook, where its own is another; `other_sure` when the handbook confirmed it."""
    other_sure: bool
    contacts: tuple[Contact, ...]
    confirmed_on: date | None
    confirmed: bool
    by_region: bool
    """Whether it was the region that looked, since nobody works there."""
    asked: bool
    """Whether it is time to confirm it again."""
    may_ask: bool
    answered_for: bool
    """Whether somebody works there who can confirm it."""
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
    unanswered: tuple[Entry, ...] = ()
    """Of which nobody can confirm anything; for the region, which looks at those."""
    checked_on: date | None = None
    check_asked: bool = False

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
    checks = may(actor, DIRECTORY_CHECK)
    return Directory(
        municipalities=tuple(entries[row.id] for row in shown_rows if row.kind == KINDS[0]),
        partners=tuple(entries[row.id] for row in shown_rows if row.kind == KINDS[1]),
        own=entries.get(actor.own_organisation),
        own_telephone=mine,
        has_own_number=bool(actor.roles & {Role.FOCAL_POINT, Role.DEPUTY}),
        may_confirm=actor.own_organisation in entries and may(actor, DIRECTORY_CONFIRM),
        unanswered=tuple(each for each in entries.values() if checks and not each.answered_for),
        checked_on=known.by_region,
        check_asked=known.today >= asked_from(known.by_region),
    )


class _Known:
    """What the entries are made of, read once for all of them."""

    def __init__(self, rows: list[Organisation]) -> None:
        self.today = today = timezone.localdate()
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
        self.confirmed: dict[UUID, date] = {}
        self.by_region: date | None = None
        said = DirectoryEntry.objects.values_list("organisation_id", "organisation__kind", "confirmed_on")
        for organisation_id, kind, on in said:
            if kind == Organisation.Kind.REGION:
                self.by_region = on
            else:
                self.confirmed[organisation_id] = on
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
    by_region = not members and known.by_region is not None and known.by_region > (on or date.min)
    on = known.by_region if by_region else on
    line = known.pack.help_lines.get(partner.help_line) if partner and partner.help_line else None
    listed = line if line and any(sign.isdigit() for sign in line.number) else None
    is_municipality = row.kind == Organisation.Kind.MUNICIPALITY
    number = listed.number if listed else ""
    reads = row.id in known.reading if is_municipality else bool(members)
    return Entry(
        code=row.code,
        name=row.name,
        areas=tuple(sorted(part.name for part in row.subregions.all())),
        task=shown(partner.task) if partner else "",
        telephone=row.telephone or number,
        telephone_sure=bool(row.telephone or (listed and listed.confirmed)),
        hours=shown(listed.hours) if listed and _same(row.telephone or number, number) else "",
        other_telephone="" if _same(row.telephone or number, number) else number,
        other_sure=bool(listed and listed.confirmed),
        # Of a partner only the organisation is named: who works there is no business of the directory.
        contacts=tuple(_contact(each, known) for each in members) if is_municipality else (),
        confirmed_on=on,
        confirmed=known.today <= holds_until(on),
        by_region=by_region,
        asked=known.today >= asked_from(on),
        # A municipality asks from a case, where the handbook says what of whom.
        may_ask=reads and is_municipality and may(actor, QUESTION_SEND),
        answered_for=bool(members),
        reads=reads,
    )


def _same(one: str, other: str) -> bool:
    """Tell whether two numbers are one, however they are written."""
    return [sign for sign in one if sign.isdigit()] == [sign for sign in other if sign.isdigit()]


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
