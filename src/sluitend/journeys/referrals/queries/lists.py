"""Lists of referrals: no envelope opened, a page at a time by key. What is sought is logged row by row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.answers import OPEN_STATES
from sluitend.journeys.referrals.channels import state_of
from sluitend.journeys.referrals.journey import REFERRAL, REFERRAL_RECEIVED_LIST
from sluitend.journeys.referrals.models import Referral, ReferralOrigin
from sluitend.journeys.referrals.queries.held import holding
from sluitend.journeys.referrals.queries.shapes import Row
from sluitend.journeys.referrals.queries.taking import NOBODY, Taken, people_of, taken
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.flow.models import State
from sluitend.kernel.handbook.guidance import Track
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.listing import PAGE, Choice, Chosen, Order, Page, Sorting, named, page_of, with_code
from sluitend.kernel.manifest import Permission
from sluitend.kernel.organisations.models import Organisation
from sluitend.kernel.organisations.queries import organisations

MINE, NOBODYS = "mij", "niemand"

SHOW = Choice("toon", _("Welke"), {"open": _("Open"), "klaar": _("Klaar"), "alle": _("Alle")})
TRACK = Choice("spoor", _("Over"), {"": _("Alles"), "person": _("Persoon"), "place": _("Locatie")})
WHOSE = Choice("van", _("Wie pakt het op"), {"": _("Alles"), MINE: _("Bij u"), NOBODYS: _("Bij niemand")})
NEWEST = Order(("-sent", "-id"), (datetime.fromisoformat, UUID))
OLDEST = Order(("sent", "id"), (datetime.fromisoformat, UUID))
SORT = Sorting(
    "volgorde", _("Volgorde"), {"": _("Nieuwste eerst"), "oud": _("Oudste eerst")}, (NEWEST, OLDEST)
)
SENT, RECEIVED = (SHOW, TRACK, SORT), (WHOSE, SORT)
"""On what the two lists are filtered and sorted; only a list that several people share on whose it is."""


def sent_list(actor: Actor, asked: Mapping[str, str] | None = None) -> Page[Row]:
    """Return what the actor's organisation sent, by what an address asks: what is open and the newest first.

    Args:
        actor: who looks.
        asked: what was chosen.
    """
    require_role(actor, REFERRAL_LIST)
    chosen = Chosen.of(SENT, asked or {})
    found = Referral.objects.filter(organisation_id=actor.own_organisation)
    if chosen[SHOW.name] != "alle":
        found = found.filter(closed__isnull=chosen[SHOW.name] == "open")
    if chosen[TRACK.name]:
        found = found.filter(track=Track(chosen[TRACK.name]))
    parts = _sent_sought(found, chosen.words, actor) if chosen.words else [found]
    rows, more = _page(parts, chosen)
    codes = dict(
        ReferralOrigin.objects.filter(
            organisation_id=actor.own_organisation, referral_id__in=[row.id for row in rows]
        ).values_list("referral_id", "case_code")
    )
    _note(chosen, actor, REFERRAL_LIST, rows)
    return Page([_sent_row(row, codes.get(row.id, "")) for row in rows], chosen, more)


def _sent_sought(found: QuerySet[Referral], words: str, actor: Actor) -> list[QuerySet[Referral]]:
    """Return what has this code, comes from a case that was sought, or went to a partner of this name."""
    origins = ReferralOrigin.objects.filter(
        organisation_id=actor.own_organisation, case_id__in=cases.sought(words, actor)
    )
    partners = ((each.id, shown(each.label)) for each in current_release().pack.partners)
    return [
        with_code(found, words),
        found.filter(pk__in=origins.values("referral_id")),
        *(found.filter(partner=each) for each in named(words, partners)),
    ]


def received_list(actor: Actor, asked: Mapping[str, str] | None = None, *, done: bool = False) -> Page[Row]:
    """Return what was sent to the actor's organisation: sender, kind, area and urgency only.

    Args:
        actor: who looks.
        done: what is finished instead of what is open.
        asked: what was chosen.
    """
    require_role(actor, REFERRAL_RECEIVED_LIST)
    people = people_of(actor)
    chosen = Chosen.of(RECEIVED if len(people) > 1 and not done else (SORT,), asked or {})
    whose = chosen.values.get(WHOSE.name)
    found = Referral.objects.filter(recipient_id=actor.own_organisation, recipient_closed__isnull=not done)
    if whose == MINE:
        found = found.filter(taken_by=actor.own_account)
    elif whose == NOBODYS:
        found = found.filter(Q(taken_by=None) | ~Q(taken_by__in=list(people)))
    rows, more = _page(_received_sought(found, chosen.words, actor) if chosen.words else [found], chosen)
    senders = _names(row.organisation_id for row in rows if not row.over)
    _note(chosen, actor, REFERRAL_RECEIVED_LIST, rows)
    listed = [
        _received_row(row, senders.get(row.organisation_id, ""), taken(row, people, actor)) for row in rows
    ]
    return Page(listed, chosen, more)


def _received_sought(found: QuerySet[Referral], words: str, actor: Actor) -> list[QuerySet[Referral]]:
    """Return what has this code, holds this value, or came from an organisation of this name.

    Of what was taken back nothing is known any more but its code.
    """
    there = found.filter(access_ended__isnull=True, expires__gte=timezone.localdate())
    senders = ((each.id, each.name) for each in organisations())
    return [
        with_code(found, words),
        there.filter(pk__in=holding(words, actor).values("referral_id")),
        *(there.filter(organisation_id=each) for each in named(words, senders)),
    ]


def _page(parts: Sequence[QuerySet[Referral]], chosen: Chosen) -> tuple[list[Referral], str]:
    return page_of(parts, SORT.of(chosen), chosen.after, PAGE)


def _note(chosen: Chosen, actor: Actor, action: Permission, rows: Iterable[Referral]) -> None:
    chosen.note(actor, action, Referral.ACTIVITY, [(REFERRAL, row.id) for row in rows])


def _names(ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Organisation.objects.filter(id__in=set(ids)).values_list("id", "name"))


def _by(row: Referral) -> date:
    """Return before which day something is awaited: the answer, or what the partner would say after it."""
    return row.next_word or row.answer_by


def _late(row: Referral, closed: datetime | None) -> date | None:
    waits = closed is None and row.state in (State.SENT, State.ACCEPTED)
    expected = waits and (row.next_word is not None or not row.answered)
    return _by(row) if expected and _by(row) < timezone.localdate() else None


def _sent_row(row: Referral, case_code: str) -> Row:
    pack = row.pack
    partner = words.partner(pack, row.partner)
    state = words.feedback(pack, row.answer) if row.answer else state_of(row, partner)
    noted = row.closed is None and row.went_on is not None and row.state in OPEN_STATES
    return _row(row, partner, state, case_code=case_code, late=_late(row, row.closed), may_note=noted)


def _received_row(row: Referral, sender: str, by: Taken) -> Row:
    if row.over:
        return _gone(row, row.access_ended or row.expires)
    late = _late(row, row.recipient_closed)
    return _row(row, sender, words.state_for_recipient(row), late=late, by=by)


def _gone(row: Referral, day: date) -> Row:
    return Row(
        code=row.code,
        other="",
        kind="",
        track="",
        area="",
        state=row.state,
        state_words=words.state_for_recipient(row),
        sent=row.sent,
        answer_by=day,
        says_more=False,
        urgent=False,
        minor=False,
        gone=day,
    )


def _row(
    row: Referral,
    other: str,
    state_words: str,
    *,
    case_code: str = "",
    late: date | None = None,
    may_note: bool = False,
    by: Taken = NOBODY,
) -> Row:
    return Row(
        code=row.code,
        other=other,
        kind=words.kind(row.pack, row.track, row.form),
        track=row.track,
        area=row.area,
        state=row.state,
        state_words=state_words,
        sent=row.sent,
        answer_by=_by(row),
        says_more=row.next_word is not None,
        urgent=row.urgency == "now",
        minor=row.minor,
        case_code=case_code,
        late=late,
        may_note=may_note,
        taken=by,
    )
