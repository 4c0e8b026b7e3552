"""Addresses of reports at the desk; the inbox and the intake page are those of the cases."""

from django.urls import path

from sluitend.journeys.reports.views import desk, signal

urlpatterns = [
    path("melding-invoeren/", desk.enter_report, name="enter_report"),
    path("signaal/", signal.signal, name="signal"),
    path("melding-invoeren/concept/", desk.enter_draft, name="enter_draft"),
]
