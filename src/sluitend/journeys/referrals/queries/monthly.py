"""The list of all that is open with a partner: numbers, kinds and ages. No envelope is opened for it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, DateField, DateTimeField, Max, Min, QuerySet, Value
from django.utils import timezone
from django.utils.translation import ngettext

from sluitend.journeys.cases.journey import REFERRAL_LIST
from sluitend.journeys.referrals import answers, waiting, words
from sluitend.journeys.referrals.models import PartnerList, Referral
from sluitend.journeys.referrals.queries.found import open_with
from sluitend.journeys.referrals.queries.shapes import (
    ListedRow,
    NotedCode,
    NotingView,
    OpenWith,
    PartnerListView,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import require_role
from sluitend.kernel.access.errors import Absent
from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.finding import find
from sluitend.kernel.handbook.queries import current_release, newest_number, release
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.organisations.models import Organisation

MONTH = 28
"""Days after which a list is due again; an office counts in weeks."""

MOST_COUNTED = 200
"""Far enough for who decides whether to make a list today."""

WEEKS_FROM = 21
_NEVER = Value(None, output_field=DateTimeField())

_OPEN = """organisation_id = %(organisation)s AND closed IS NULL AND went_on IS NOT NULL
        AND state = ANY(%(states)s)"""
DUE = f"""
WITH RECURSIVE known AS (
    (SELECT partner FROM referrals_referral WHERE {_OPEN} ORDER BY partner LIMIT 1)
    UNION ALL
    SELECT (
        SELECT r.partner FROM referrals_referral r WHERE {_OPEN} AND r.partner > known.partner
        ORDER BY r.partner LIMIT 1
    ) FROM known WHERE known.partner IS NOT NULL
)
SELECT known.partner, oldest.sent, made.last, counted.number,
    (SELECT number FROM handbook_release ORDER BY number DESC LIMIT 1)
FROM known
CROSS JOIN LATERAL (
    SELECT sent FROM referrals_referral r WHERE {_OPEN} AND r.partner = known.partner ORDER BY sent LIMIT 1
) oldest
CROSS JOIN LATERAL (
    SELECT max(made) AS last FROM referrals_partnerlist
    WHERE organisation_id = %(organisation)s AND partner = known.partner
) made
CROSS JOIN LATERAL (
    SELECT count(*) AS number FROM (
        SELECT FROM referrals_referral r WHERE {_OPEN} AND r.partner = known.partner LIMIT %(most)s
    ) few
) counted
WHERE CASE WHEN made.last IS NULL THEN oldest.sent < %(before)s ELSE made.last <= %(day)s END
"""  # noqa: S608  (our own text)


def open_by_partner(actor: Actor) -> tuple[OpenWith, ...]:
    """Return with which partners something is open, by name. One statement, whatever there is."""
    require_role(actor, REFERRAL_LIST)
    found = _by_partner(actor.own_organisation)
    last = {partner: day for partner, number, _oldest, day, _newest in found if not number}
    partners = [
        OpenWith(
            partner,
            words.partner(release(newest).pack, partner),
            number,
            last.get(partner),
            timezone.localtime(oldest).date(),
        )
        for partner, number, oldest, _day, newest in found
        if number
    ]
    return tuple(sorted(partners, key=lambda each: each.name))


def _by_partner(own: UUID) -> QuerySet[Any, Any]:
    nothing = Value(None, output_field=DateField())
    counted = (
        Referral.objects.filter(
            organisation_id=own, closed__isnull=True, state__in=answers.OPEN_STATES, went_on__isnull=False
        )
        .order_by()
        .values_list("partner")
        .annotate(number=Count("*"), oldest=Min("sent"), last=nothing, newest=newest_number())
    )
    made = (
        PartnerList.objects.filter(organisation_id=own)
        .order_by()
        .values_list("partner")
        .annotate(number=Value(0), oldest=_NEVER, last=Max("made"), newest=Value(0))
    )
    return counted.union(made, all=True)


def lists_due(actor: Actor) -> tuple[OpenWith, ...]:
    """Return the partners with something open for a month, and no list in that month.

    One statement, which steps from partner to partner: it takes no longer the more is open with one. It
    counts no further than `MOST_COUNTED`.
    """
    require_role(actor, REFERRAL_LIST)
    day = timezone.localdate() - timedelta(days=MONTH)
    given: dict[str, Any] = {
        "organisation": actor.own_organisation,
        "states": [str(state) for state in answers.OPEN_STATES],
        "day": day,
        "before": timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)),
        "most": MOST_COUNTED + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(DUE, given)
        found = cursor.fetchall()
    partners = [
        OpenWith(
            partner,
            words.partner(release(newest).pack, partner),
            min(number, MOST_COUNTED),
            last,
            timezone.localtime(oldest).date(),
            number > MOST_COUNTED,
        )
        for partner, oldest, last, number, newest in found
    ]
    return tuple(sorted(partners, key=lambda each: each.name))


def partner_list(partner: str, actor: Actor) -> PartnerListView:
    """Return all that is open with one partner, the oldest first; one line in the ledger.

    Raises:
        Absent: the handbook knows no such partner.
    """
    require_role(actor, REFERRAL_LIST)
    pack = current_release().pack
    if partner not in pack.partners:
        raise Absent
    record(actor=actor, action=REFERRAL_LIST, activity=Referral.ACTIVITY)
    return PartnerListView(
        partner=partner,
        name=words.partner(pack, partner),
        last=_last_list(partner, actor),
        rows=tuple(_listed(row) for row in open_with(partner, actor)),
    )


def sender_of_list(actor: Actor) -> tuple[str, str]:
    """Return the name and the number that stand on a list for a partner."""
    own = Organisation.objects.values_list("name", "telephone")
    return own.get(pk=actor.own_organisation)


def noting(code: str, actor: Actor) -> NotingView:
    """Return what is needed to note an answer while on the telephone. Nothing is opened.

    Raises:
        Absent: no such referral of this organisation.
    """
    row = find(Referral, code, actor, REFERRAL_LIST)
    pack = row.pack
    return NotingView(
        code=row.code,
        partner=words.partner(pack, row.partner),
        kind=words.kind(pack, row.track, row.form),
        sent=row.sent,
        codes=tuple(
            NotedCode(
                each.id,
                words.said(each.label),
                words.what_noting_does(row, each),
                phrases.marked(words.said(each.to_reporter), confirmed=each.confirmed),
            )
            for each in answers.codes_of(row)
        ),
        may_note=row.closed is None and row.went_on is not None and row.state in answers.OPEN_STATES,
        wait=waiting.offer(row, None),
    )


def _last_list(partner: str, actor: Actor) -> date | None:
    made = PartnerList.objects.filter(organisation_id=actor.own_organisation, partner=partner)
    return made.order_by("-made").values_list("made", flat=True).first()


def _listed(row: Referral) -> ListedRow:
    pack, codes = row.pack, answers.codes_of(row)
    return ListedRow(
        code=row.code,
        kind=words.kind(pack, row.track, row.form),
        sent=row.sent,
        age=_age(row.sent),
        answer=words.feedback(pack, row.answer) if row.answer else "",
        codes=tuple(words.named_code(each) for each in codes if not waiting.asks_to_wait(each)),
        wait_elsewhere=next((words.said(each.label) for each in codes if waiting.asks_to_wait(each)), ""),
    )


def _age(sent: datetime) -> str:
    days = (timezone.localdate() - timezone.localtime(sent).date()).days
    if days < WEEKS_FROM:
        return ngettext("%(n)d dag", "%(n)d dagen", days) % {"n": days}
    return ngettext("%(n)d week", "%(n)d weken", days // 7) % {"n": days // 7}
