"""Addresses that need no account. None holds a word of what is told."""

from django.urls import path

from sluitend.journeys.reports.models import Kind
from sluitend.journeys.reports.views import advice, filing, mailbox, marking

urlpatterns = [
    path("melden/", filing.start, name="report_start"),
    path("melden/hulp/", filing.start, {"kind": Kind.HELP}, name="report_help"),
    path("melden/concept/", filing.concept, name="report_draft"),
    path("melden/markeer/", marking.mark, name="report_mark"),
    path("melden/afmaken/<str:code>/", filing.finish, name="report_finish"),
    path("overleg/", advice.advice, name="advice"),
    path("ontvangst/", mailbox.receipt, name="receipt"),
]
