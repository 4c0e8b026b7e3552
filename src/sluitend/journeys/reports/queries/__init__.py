"""The only place that reads reports. Everything comes back frozen, opened and logged; see the modules."""

from sluitend.journeys.reports.content import ACTIVITY, LASTS, ReportContent, also_told
from sluitend.journeys.reports.models import AT_MUNICIPALITY, Kind, Passage
from sluitend.journeys.reports.queries.files import files_of, page
from sluitend.journeys.reports.queries.finding import by_code, open_report_id
from sluitend.journeys.reports.queries.glances import (
    GLANCED_KINDS,
    Glanced,
    ReportGlance,
    glanced,
    quoted,
    report_glances,
    shortened,
)
from sluitend.journeys.reports.queries.lists import (
    earlier_signals,
    open_reports,
    recent_reports,
)
from sluitend.journeys.reports.queries.mailbox import MailboxView, Message, Milestone, mailbox, said_to_asker
from sluitend.journeys.reports.queries.of_care import (
    HelpRequest,
    about_minors,
    code_of_request,
    has_help_requests,
    help_request,
    help_requests,
    is_about_minor,
    named_since,
    perhaps_the_same,
    told_of,
)
from sluitend.journeys.reports.queries.opened import (
    decision,
    identifiers,
    report,
    report_by_id,
    reports_by_id,
)
from sluitend.journeys.reports.queries.own import (
    MarkView,
    ReceiptView,
    open_mark,
    open_marks,
    remembered,
    remembered_one,
    remembers_more,
)
from sluitend.journeys.reports.queries.passing import (
    DoorView,
    held_thread,
    passage_of,
    passages_between,
    promised_over,
)
from sluitend.journeys.reports.queries.reporters import reporters
from sluitend.journeys.reports.queries.shapes import (
    AttachmentView,
    EarlierSignal,
    ReportLine,
    ReportView,
    SignalView,
)
from sluitend.journeys.reports.slowing import filing_too_fast
from sluitend.journeys.reports.terms import promised_days

__all__ = [
    "ACTIVITY",
    "AT_MUNICIPALITY",
    "GLANCED_KINDS",
    "LASTS",
    "AttachmentView",
    "DoorView",
    "EarlierSignal",
    "Glanced",
    "HelpRequest",
    "Kind",
    "MailboxView",
    "MarkView",
    "Message",
    "Milestone",
    "Passage",
    "ReceiptView",
    "ReportContent",
    "ReportGlance",
    "ReportLine",
    "ReportView",
    "SignalView",
    "about_minors",
    "also_told",
    "by_code",
    "code_of_request",
    "decision",
    "earlier_signals",
    "files_of",
    "filing_too_fast",
    "glanced",
    "has_help_requests",
    "held_thread",
    "help_request",
    "help_requests",
    "identifiers",
    "is_about_minor",
    "mailbox",
    "named_since",
    "open_mark",
    "open_marks",
    "open_report_id",
    "open_reports",
    "page",
    "passage_of",
    "passages_between",
    "perhaps_the_same",
    "promised_days",
    "promised_over",
    "quoted",
    "recent_reports",
    "remembered",
    "remembered_one",
    "remembers_more",
    "report",
    "report_by_id",
    "report_glances",
    "reporters",
    "reports_by_id",
    "said_to_asker",
    "shortened",
    "told_of",
]
