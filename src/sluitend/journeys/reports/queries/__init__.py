"""The only place that reads reports. Everything comes back frozen, opened and logged; see the modules."""

from sluitend.journeys.reports.content import ACTIVITY, LASTS, ReportContent, also_told
from sluitend.journeys.reports.models import Kind
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
from sluitend.journeys.reports.queries.mailbox import MailboxView, Message, Milestone, mailbox
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
)
from sluitend.journeys.reports.queries.reporters import reporters
from sluitend.journeys.reports.queries.shapes import (
    AttachmentView,
    EarlierSignal,
    ReportLine,
    ReportView,
    SignalView,
)

__all__ = [
    "ACTIVITY",
    "GLANCED_KINDS",
    "LASTS",
    "AttachmentView",
    "EarlierSignal",
    "Glanced",
    "Kind",
    "MailboxView",
    "MarkView",
    "Message",
    "Milestone",
    "ReceiptView",
    "ReportContent",
    "ReportGlance",
    "ReportLine",
    "ReportView",
    "SignalView",
    "also_told",
    "by_code",
    "decision",
    "earlier_signals",
    "files_of",
    "glanced",
    "identifiers",
    "mailbox",
    "open_mark",
    "open_marks",
    "open_report_id",
    "open_reports",
    "page",
    "quoted",
    "recent_reports",
    "remembered",
    "report",
    "report_by_id",
    "report_glances",
    "reporters",
    "reports_by_id",
    "shortened",
]
