"""The only place that reads cases: frozen values, opened and logged. Absent and forbidden look alike."""

from sluitend.journeys.cases.queries.along import PLAN, Along, with_parts
from sluitend.journeys.cases.queries.casefile import case, head, head_and_first_step, head_and_subjects
from sluitend.journeys.cases.queries.earlier import Found, earlier
from sluitend.journeys.cases.queries.finding import by_code, code_of_case, open_case_id, sought
from sluitend.journeys.cases.queries.glances import Asked, Glance, Quote, glances
from sluitend.journeys.cases.queries.handover import (
    CaseForHandover,
    case_for_handover,
    changes_since,
    open_referrals,
)
from sluitend.journeys.cases.queries.listed import cases
from sluitend.journeys.cases.queries.measures import measure_page, measures_page
from sluitend.journeys.cases.queries.of_today import has_stopped, of_today
from sluitend.journeys.cases.queries.parts import (
    CaseForReferral,
    area_in,
    case_for_referral,
    known_to,
    parts_for,
    reach_of,
    reach_told_again,
    reached,
)
from sluitend.journeys.cases.queries.picture import picture
from sluitend.journeys.cases.queries.places import (
    CaseAt,
    case_at,
    cases_about,
    cases_going,
    known_with,
    residents_not_asked,
)
from sluitend.journeys.cases.queries.planning import plan_page
from sluitend.journeys.cases.queries.presence import Change, Present, last_change, presence
from sluitend.journeys.cases.queries.rows import tokens_of
from sluitend.journeys.cases.queries.shapes import CasePage, CaseView, Head, PartView
from sluitend.journeys.cases.queries.steps import close_page, sources_page, weigh_page
from sluitend.journeys.cases.queries.ways import Way
from sluitend.journeys.cases.reach import Reach

__all__ = [
    "PLAN",
    "Along",
    "Asked",
    "CaseAt",
    "CaseForHandover",
    "CaseForReferral",
    "CasePage",
    "CaseView",
    "Change",
    "Found",
    "Glance",
    "Head",
    "PartView",
    "Present",
    "Quote",
    "Reach",
    "Way",
    "area_in",
    "by_code",
    "case",
    "case_at",
    "case_for_handover",
    "case_for_referral",
    "cases",
    "cases_about",
    "cases_going",
    "changes_since",
    "close_page",
    "code_of_case",
    "earlier",
    "glances",
    "has_stopped",
    "head",
    "head_and_first_step",
    "head_and_subjects",
    "known_to",
    "known_with",
    "last_change",
    "measure_page",
    "measures_page",
    "of_today",
    "open_case_id",
    "open_referrals",
    "parts_for",
    "picture",
    "plan_page",
    "presence",
    "reach_of",
    "reach_told_again",
    "reached",
    "residents_not_asked",
    "sought",
    "sources_page",
    "tokens_of",
    "weigh_page",
    "with_parts",
]
