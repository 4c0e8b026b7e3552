"""Searching by code or value in what somebody may see. The words that are sought are kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.cases.journey import CASE, CASE_ENRICH
from sluitend.journeys.cases.queries import Found
from sluitend.journeys.referrals import queries as referrals
from sluitend.journeys.referrals.journey import LOOK_AT_REFERRAL, REFERRAL
from sluitend.journeys.reports import queries as reports
from sluitend.journeys.reports.journey import REPORT
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.decisions import may, require_role
from sluitend.kernel.ledger.actions import record
from sluitend.kernel.listing import code_in
from sluitend.kernel.sealing.tokens import VALUES, normalise
from sluitend.surfaces.desk.journey import SEARCH

KIND_WORDS: Mapping[str, str | Promise] = {
    "phone": gettext_lazy("telefoonnummer"),
    "plate": gettext_lazy("kenteken"),
    "kvk": gettext_lazy("KvK-nummer"),
    "company": gettext_lazy("bedrijfsnaam"),
    "address": gettext_lazy("adres"),
    "account": gettext_lazy("account"),
    "name": gettext_lazy("naam"),
    "reference": gettext_lazy("uw eigen kenmerk"),
}


@dataclass(frozen=True)
class Hit:
    """Something that was found, and why."""

    title: str
    url: str
    code: str
    state: str
    why: str


@dataclass(frozen=True)
class Results:
    """What was found, per kind."""

    cases: list[Hit]
    reports: list[Hit]
    referrals: list[Hit]
    other_spellings: bool

    @property
    def number(self) -> int:
        """How many there are together."""
        return len(self.cases) + len(self.reports) + len(self.referrals)


def find(actor: Actor, words: str) -> Results:
    """Return what has this code, or this value however it was written.

    The ledger keeps that somebody searched and every hit that was shown, not what was sought.
    """
    require_role(actor, SEARCH)
    record(actor=actor, action=SEARCH, activity="zoeken")
    code = code_in(words)
    by_code = _by_code(actor, code) if code else None
    # Some number plates look like one of our codes.
    return by_code if by_code and by_code.number else _by_value(actor, words)


def _by_code(actor: Actor, code: str) -> Results:
    why = _("de code")
    return Results(
        cases=[
            Hit(_("Casus"), CASE.home.format(code=each.code), each.code, _state(each.closed), why)
            for each in cases.by_code(actor, code)
        ],
        reports=[
            _report(each.received, each.code, _state(each.closed), why)
            for each in reports.by_code(actor, code)
        ],
        referrals=[
            Hit(
                _("Doorzetting"),
                (LOOK_AT_REFERRAL.page if each.received else REFERRAL.home).format(code=each.code),
                each.code,
                _state(each.closed),
                why,
            )
            for each in referrals.by_code(actor, code)
        ],
        other_spellings=False,
    )


def _by_value(actor: Actor, words: str) -> Results:
    pairs = [(kind, words) for kind in VALUES if normalise(kind, words)]
    # Nothing is being looked at now, so nothing is left out of what is found.
    found = cases.earlier(actor, pairs, about_id=uuid4()) if pairs and may(actor, CASE_ENRICH) else []
    return Results(
        cases=[
            Hit(each.name, CASE.home.format(code=each.code), each.code, _state(each.closed), _why(each))
            for each in found
            if each.kind == "case"
        ],
        reports=[_report(each.day, each.code, "", _why(each)) for each in found if each.kind == "report"],
        referrals=[
            Hit(
                _("Doorzetting"),
                LOOK_AT_REFERRAL.page.format(code=each.code),
                each.code,
                _state(each.closed),
                ", ".join(str(KIND_WORDS.get(kind, kind)) for kind in each.shares),
            )
            for each in referrals.by_value(actor, words)
        ],
        other_spellings=bool(pairs),
    )


def _why(found: Found) -> str:
    kinds = ", ".join(str(KIND_WORDS.get(kind, kind)) for kind in found.shares)
    return _("%(kinds)s, daar anders geschreven") % {"kinds": kinds} if found.written else kinds


def _report(day: date, code: str, state: str, why: str) -> Hit:
    return Hit(
        _("Melding van %(day)s") % {"day": date_format(day, "j F Y")},
        REPORT.home.format(code=code),
        code,
        state,
        why,
    )


def _state(closed: object) -> str:
    return _("Gesloten") if closed else _("Open")
