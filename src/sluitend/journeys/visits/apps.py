from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "sluitend.journeys.visits"
    label = "visits"
