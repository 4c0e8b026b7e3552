from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "sluitend.journeys.reports"
    label = "reports"
